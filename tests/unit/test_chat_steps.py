"""What changes a fact by so much: 增加3人 is added to what stands, 增加到20人 is not; what may be both is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from assistant.chatting.told_by_model import offers_of
from assistant.facts.sheet import read_facts
from assistant.intake.chat_facts import told_facts
from assistant.intake.chat_making import ToldFacts
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
FACTS: dict[str, Any] = {
    "年度": 2025,
    "入伍人数": {"value": 18, "last_year": 15},
    "党委议军会议": 2,
    "宣传资料": {"value": 2000, "approximate": True},
    "慰问金总额": "3万元",
    "民兵分队": [{"名称": "应急排", "实有人数": 28}],
    "民兵器材库": 1,
    "立功受奖": [{"等次": "三等功", "人数": 2}],
}
SHEET = read_facts(FACTS, SCHEMA)


def told(text: str, recent: Sequence[str] = ()) -> ToldFacts:
    return told_facts(text, SHEET, recent)


@pytest.mark.parametrize(
    ("text", "label", "new"),
    [
        ("入伍人数增加3人", "入伍人数", "21人"),
        ("入伍人数增加三人", "入伍人数", "21人"),
        ("今年征兵增加了3个", "入伍人数", "21人"),
        ("入伍人数应该再多3个", "入伍人数", "21人"),
        ("新增入伍3人", "入伍人数", "21人"),
        ("入伍人数减少2人", "入伍人数", "16人"),
        ("入伍人数少报了2人", "入伍人数", "20人"),
        ("征兵漏算2人", "入伍人数", "20人"),
        ("漏报了2名入伍人员", "入伍人数", "20人"),
        ("入伍人数多报了2人", "入伍人数", "16人"),
        ("入伍人数比原来多3人", "入伍人数", "21人"),
        ("议军会又开了1次", "党委议军会议", "3次"),
        ("民兵器材库又建了一个", "民兵器材库", "2个"),
        ("三等功少报了1个", "立功受奖", "三等功3人"),
        ("立功受奖里头三等功少报了1个", "立功受奖", "三等功3人"),
        ("慰问金总额少填了5000元", "慰问金总额", "3.5万元"),
        ("应急排增加3人", "民兵分队", "应急排31人"),
    ],
)
def test_a_change_is_made_to_what_stands_and_told_as_such(text: str, label: str, new: str) -> None:
    (offer,) = told(text).offers
    assert (offer.label, offer.new) == (label, new)
    assert offer.doubt.startswith("由现在的")
    assert offer.doubt.endswith("得出，请核对")


def test_how_a_sum_came_about_is_said() -> None:
    assert told("入伍人数增加3人").offers[0].doubt == "由现在的18人加上3人得出，请核对"
    assert told("入伍人数减少2人").offers[0].doubt == "由现在的18人减去2人得出，请核对"
    assert told("宣传资料增加200份").offers[0].new == "2200余份"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("入伍人数增加到20人", "20人"),
        ("入伍人数增至20人", "20人"),
        ("入伍人数减少到15人", "15人"),
        ("入伍人数降到15人", "15人"),
        ("入伍人数从18人增加到20人", "20人"),
        ("入伍人数增加3人，达到21人", "21人"),
        ("入伍人数多了1人，改成17人", "17人"),
        ("入伍人数差不多20人", "约20人"),
    ],
)
def test_what_it_came_to_is_taken_as_it_is(text: str, new: str) -> None:
    (offer,) = told(text).offers
    assert (offer.label, offer.new) == ("入伍人数", new)
    assert "得出" not in offer.doubt


@pytest.mark.parametrize(
    ("text", "label", "new"),
    [
        ("今年多征了2个兵，一共20个", "入伍人数", "20人"),
        ("今年多征了2个兵，一共20人", "入伍人数", "20人"),
        ("宣传资料多印了500份，累计2500份", "宣传资料", "2500份"),
        ("议军会多开了一次，一共3次", "党委议军会议", "3次"),
    ],
)
def test_the_total_beside_a_change_counts(text: str, label: str, new: str) -> None:
    found = told(text)
    assert [(one.label, one.new) for one in found.offers] == [(label, new)]
    assert not found.unread


@pytest.mark.parametrize(
    ("text", "label", "new"),
    [
        ("应急排走了两个人", "民兵分队", "应急排26人"),
        ("应急排今年又走了3人", "民兵分队", "应急排25人"),
        ("应急排缺编，走了3个人", "民兵分队", "应急排25人"),
        ("应急排走了3人现在25", "民兵分队", "应急排25人"),
        ("应急排少了2人，现在26人", "民兵分队", "应急排26人"),
        ("应急排实有减了两个", "民兵分队", "应急排26人"),
        ("应急排清退2人", "民兵分队", "应急排26人"),
        ("专武干部走了1个", "专武干部", "3名"),
        ("专武干部调走一个，现在还剩3名", "专武干部", "3名"),
        ("大学生走了5个", "大学生入伍", "5人"),
        ("报名的走了16个", "入伍人数", "16人"),
        ("当兵走了十二个人", "入伍人数", "12人"),
        ("今年多征了2个兵一共20个", "入伍人数", "20人"),
        ("宣传横幅去年60今年70", "宣传横幅", "70条（去年60条）"),
    ],
)
def test_who_went_is_the_one_who_is_named(text: str, label: str, new: str) -> None:
    (offer,) = told_facts(text, read_facts({**FACTS, "专武干部": 4}, SCHEMA)).offers
    assert (offer.label, offer.new) == (label, new)


def test_a_total_that_is_no_sum_of_the_change_is_to_be_looked_over() -> None:
    assert "对不上" in told("应急排走了3人，现在20人").offers[0].doubt
    assert "对不上" in told("今年多征了2个兵，一共30个").offers[0].doubt


@pytest.mark.parametrize(
    "text",
    [
        "有俩没过体检",
        "应急排缺2人",
        "应急排还缺编2人",
        "入伍的还差5个",
        "体检刷掉5个",
        "光荣牌挂歪了3块",
        "电子屏坏了2块",
    ],
)
def test_what_is_wanting_is_not_what_there_is(text: str) -> None:
    found = told(text)
    assert not found.offers
    assert not found.asks
    assert "说的不是现在有多少" in found.notes[0]


def test_which_column_is_less_is_asked_with_a_button_each() -> None:
    (ask,) = told("应急排少了仨").asks
    assert list(ask.says) == ["数量", "编制人数", "实有人数", "民兵干部"]
    (again,) = told(ask.says["实有人数"]).asks
    assert list(again.says) == ["改成25人", "改成31人"]
    assert "数量" not in told("应急排走了俩").asks[0].says, "who went is people"


def test_last_years_figure_of_a_row_changes_nothing() -> None:
    found = told("应急排去年走了2个人")
    assert not found.offers
    assert "去年" in found.notes[0]


@pytest.mark.parametrize("text", ["走了俩", "应急排走了俩", "应急排少了仨"])
def test_who_went_is_asked_where_no_fact_is_named(text: str) -> None:
    found = told(text)
    assert not found.offers
    assert found.asks or found.notes


def test_a_rise_from_another_value_than_ours_tells_two_years() -> None:
    assert told("入伍人数从10人增加到20人").offers[0].new == "20人（去年10人）"


@pytest.mark.parametrize("text", ["入伍人数少了2人", "征兵少2人", "入伍人数不对，少了2个"])
def test_what_may_be_more_or_less_is_asked(text: str) -> None:
    found = told(text)
    assert not found.offers
    (ask,) = found.asks
    assert (ask.question, list(ask.says)) == ("要改成多少？“入伍人数”现在是18人。", ["改成16人", "改成20人"])
    assert [told(say).offers[0].new for say in ask.says.values()] == ["16人", "20人"], "the button settles it"


def test_last_year_is_changed_where_it_is_named() -> None:
    (offer,) = told("去年入伍人数增加1人").offers
    assert (offer.last_year, offer.new) == (True, "16人")
    (ask,) = told("去年入伍人数少了1人").asks
    answers = [told(say).offers[0] for say in ask.says.values()]
    assert [(offer.last_year, offer.new) for offer in answers] == [(True, "14人"), (True, "16人")]


def test_without_a_value_it_is_asked_what_it_is() -> None:
    found = told("大学生入伍增加3人")
    assert not found.offers
    assert found.notes == ("“大学生入伍”还没有数，不知道是在多少的基础上加上3人，请直接说一共是多少。",)


def test_less_than_nothing_is_told() -> None:
    found = told("入伍人数减少30人")
    assert not found.offers
    assert found.notes == ("“入伍人数”现在是18人，减去30人会小于零，没有记。",)


def test_a_change_without_a_name_is_of_what_was_spoken_of_last() -> None:
    assert told("再加3人", ["入伍人数"]).offers[0].new == "21人"
    assert told("再加3人").unread == ("3人",)
    (ask,) = told("再加3人", ["入伍人数", "大学生入伍"]).asks
    assert ask.says["入伍人数"] == "入伍人数增加3人"


def test_a_plan_and_a_comparison_change_nothing_of_this_year() -> None:
    assert not told("明年计划征兵增加5人").offers
    (offer,) = told("入伍人数比去年增加4人").offers
    assert (offer.last_year, offer.new) == (True, "14人")
    (offer,) = told("入伍人数同比减少2人").offers
    assert (offer.last_year, offer.new) == (True, "20人")


def test_a_model_does_not_make_a_change_a_value() -> None:
    call = {"facts": [{"label": "入伍人数", "value": "3人"}]}
    offers, notes = offers_of(call, "那一项再加3人吧", SHEET)
    assert offers == []
    assert notes == ["“3人”说的是增减了多少，不是“入伍人数”现在的数，没有采用。"]
    offers, _ = offers_of(call, "入伍的就3人", SHEET)
    assert [offer.new for offer in offers] == ["3人"]
