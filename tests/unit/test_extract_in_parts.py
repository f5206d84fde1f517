"""One fact in several figures, and figures that belong to something else nearby."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
YEAR = "清河镇2025年党管武装工作情况报告\n"


def facts(text: str) -> dict[str, tuple[object, object]]:
    """label → value and last year's value."""
    found = extract_text(YEAR + text, SCHEMA).facts
    return {one.label: (one.fact.value, one.fact.last_year) for one in found if one.row is None}


def values(text: str) -> dict[str, object]:
    return {label: value for label, (value, _) in facts(text).items()}


# ---- the whole of what was told in parts


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("春季点验一次、秋季点验一次，到点九十人次。", "点验次数", 2),
        ("点验汛前一次，年底又一次。", "点验次数", 2),
        ("上半年点验两次，下半年点验一次。", "点验次数", 3),
        ("征兵、训练、双拥各召开专题会议一次，共计三次。", "专题会议", 3),
        ("整组、征兵各开专题会2次，共4次。", "专题会议", 4),
    ],
)
def test_times_are_added_up(said: str, label: str, value: int) -> None:
    assert values(said)[label] == value


def test_what_was_added_up_waits_for_a_person() -> None:
    found = extract_text(YEAR + "春季点验一次、秋季点验一次。", SCHEMA).facts
    assert [one.doubt for one in found if one.label == "点验次数"] == ["由一次和一次相加得出"]


def test_other_things_of_other_seasons_are_no_parts() -> None:
    assert values("春季点验一次、秋季整组一次。").get("点验次数") == 1


def test_the_sum_of_all_others_is_the_whole() -> None:
    said = "1月20日　春节慰问军属40户。\n7月30日　“八一”慰问老兵25户。\n全年走访65户，慰问金3.25万元。"
    assert values(said)["走访慰问户数"] == 65
    assert values("春节慰问军属40户。\n“八一”慰问老兵25户。\n全年走访80户。")["走访慰问户数"] != 65


# ---- one for each


@pytest.mark.parametrize(
    "said",
    [
        "全镇12个村，一村一个民兵连。",
        "全镇12个村各有一个民兵连。",
        "全镇12个村每村一个民兵连，共十二个连。",
        "全镇12个村（社区）全部建起村级民兵连。",
        "全镇十二个村，建起民兵连十二个。",
    ],
)
def test_a_company_for_each_village(said: str) -> None:
    assert values(said)["村级民兵连"] == 12


def test_villages_and_communities_are_parts_of_those_told_before() -> None:
    assert values("我镇下辖村和社区18个，其中村11个、社区7个。")["村社区个数"] == 18


# ---- shares


def test_shares_stay_with_their_nouns() -> None:
    said = values("基干民兵80人，退役军人占比四成，党员占比36.3%。")
    assert (said["退伍军人比例"], str(said["党员比例"])) == (40, "36.3")
    assert str(values("基干民兵里退役军人占一半以上，达到53.8%。")["退伍军人比例"]) == "53.8"
    assert str(values("基干民兵中有41.3%的党员、46.3%的退役军人。")["退伍军人比例"]) == "46.3"


def test_about_in_front_of_the_verb() -> None:
    found = extract_text(YEAR + "基干民兵80人，其中党员约占35%。", SCHEMA).facts
    assert [one.fact.approximate for one in found if one.label == "党员比例"] == ["约"]


# ---- soldiers, officers, days


@pytest.mark.parametrize("said", ["光荣参军9人", "今年去当兵的9个", "入伍人数由去年同期（7人）基础上增加到9人"])
def test_soldiers_in_other_words(said: str) -> None:
    assert values(said + "。全县今年一共走了310个，目前全区累计输送新兵402人。")["入伍人数"] == 9


def test_what_there_was_before() -> None:
    assert facts("镇里原有专武干部2名，今年增配到3名。")["专武干部"] == (3, 2)
    assert values("镇里原有器材库一间，今年翻修一新。")["民兵器材库"] == 1


@pytest.mark.parametrize("said", ["组织基干民兵轮训，每人12天", "基干民兵到基地集训，时间12天", "海训12天"])
def test_days_of_training(said: str) -> None:
    assert values(said + "，参训96人次。")["训练天数"] == 12


def test_an_office_that_one_must_hold_is_no_count() -> None:
    assert values("新任委员头一件事，是参加一次民兵点验。\n全年点验3次。")["点验次数"] == 3


# ---- the task of the year


@pytest.mark.parametrize(
    "said",
    [
        "58名民兵驻守6个卡口",
        "58名民兵在6个卡口值守",
        "58名民兵守在村口6个卡口",
        "带着58名基干民兵守了6处险工险段",
        "58名民兵参加，在6处取水点值守",
    ],
)
def test_militia_and_posts_of_the_task(said: str) -> None:
    found = values(f"把防汛抗旱作为民兵专项任务，{said}。")
    assert (found["专项参与民兵"], found["值守卡口"]) == (58, 6)
    assert "基干民兵" not in found


# ---- another clause counts something else


def test_pensions_are_no_visits() -> None:
    said = values("慰问了40户，每户300元，1.2万元；优待金发给义务兵家庭11户11人共15.4万元。")
    assert "慰问人数" not in said
    assert said["慰问金总额"] == 12000


# ---- months, and whose clause it is


def test_months_are_no_nouns_of_what_was_counted() -> None:
    said = values("四月、十月分别点验一次，到点分别为88人次和92人次。")
    assert said["点验次数"] == 2
    assert said.get("点验人次") not in (88, 92)


def test_the_partys_committee_is_at_home_again() -> None:
    said = "三月，全市突发疫情，镇党委把疫情防控作为民兵专项任务，46名民兵守在村口8个卡口。"
    assert values(said)["值守卡口"] == 8


def test_the_first_half_and_the_end_are_the_whole_year() -> None:
    assert values("上半年和年底共组织点验2次。")["点验次数"] == 2
