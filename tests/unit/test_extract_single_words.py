"""Names of units, people, tasks and honours that stand once, in a greeting, a first line or beside another."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
TITLE = "石桥镇2025年武装工作报告\n"
BODY = "一、民兵工作\n全年组织点验2次，训练10天，各村民兵连按时到齐，装备逐件登记，台账当天补齐。\n"


def value(text: str, label: str) -> object:
    """What was found for a fact; None where nothing was."""
    return next((one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == label), None)


@pytest.mark.parametrize(
    "text",
    [
        f"（年底碰头会记录，石桥镇，老陈整理，还没有给书记看过）\n{BODY}",
        f"石桥镇2025年数字底稿（给小林起草用，12月5日前要）\n{BODY}",
        f"武装工作述职报告\n（2025年度 石桥镇党委书记 沈从军）\n\n{BODY}",
        f"守一方土\n——石桥镇党委书记关于2025年党管武装的述职\n\n{BODY}",
        f"【石桥镇民兵工作群】12月5日\n{BODY}",
    ],
)
def test_the_township_in_a_first_line_that_is_no_title(text: str) -> None:
    assert value(text, "单位简称") == "石桥镇"
    assert value(text, "单位类别") == "镇"


@pytest.mark.parametrize("first", ["各乡镇党委，各村：\n", "（周会记录，全镇情况，老陈整理，还没有给书记看过）\n"])
def test_what_is_no_township_in_a_first_line(first: str) -> None:
    assert value(first + BODY, "单位简称") is None


def test_the_short_name_that_a_text_gives_its_unit() -> None:
    said = "根据通知要求，临江经济区石桥街道办事处（以下简称石桥办事处）梳理了一年来的武装工作，现报告如下。\n"
    text = f"关于武装工作的报告\n\n区委：\n{said}{BODY}"
    assert value(text, "单位简称") == "石桥办事处"
    assert value(text, "单位类别") == "办事处"
    assert value(text, "单位全称") == "临江经济区石桥街道办事处"


@pytest.mark.parametrize(
    ("text", "label", "said"),
    [
        (f"述  职  报  告\n石桥镇党委书记  沈从军\n\n{BODY}", "文种", "述职报告"),
        (f"石桥镇述职底稿（2025年，还没有给书记看过，差两个数）\n{BODY}", "文种", "述职报告"),
        (f"石桥镇关于2025年人民武装工作的报告\n\n{BODY}", "文种", "工作情况报告"),
        (f"{TITLE}\n县委，县人武部：\n{BODY}", "主送机关", "县委，县人武部"),
        (f"述职报告\n（石桥镇党委书记　沈从军　二〇二五年度）\n\n{BODY}", "述职人", "沈从军"),
        (f"2025年述职报告\n\n{BODY}\n石桥镇党委书记：沈从军\n2025年12月5日\n", "述职人", "沈从军"),
        (f"中共石桥镇委员会书记 2025年武装工作述职报告\n\n{BODY}", "述职人职务", "中共石桥镇委员会书记"),
        (
            f"{TITLE}\n一年来，全镇落实市委和警备区关于民兵工作的部署，各项任务按期办结。\n{BODY}",
            "上级军事机关",
            "警备区",
        ),
    ],
)
def test_who_writes_what_to_whom(text: str, label: str, said: str) -> None:
    assert value(text, label) == said


@pytest.mark.parametrize(
    "said",
    [
        "汛期巡堤由此成为民兵今年最要紧的专项任务，40人轮流上堤。",
        "汛期巡堤就成了民兵的头号任务，40人轮流上堤。",
        "汛期巡堤作为今年的专项任务，40人轮流上堤。",
        "我把汛期巡堤定为民兵专项任务，40人轮流上堤。",
        "镇党委把汛期巡堤当头等大事，民兵40人轮流上堤。",
        "年内以“汛期巡堤”为专项任务，民兵40人轮流上堤。",
        "最重的担子是7月份的汛期巡堤，民兵40人轮流上堤。",
        "7月下旬的汛期巡堤，是今年的专项任务，民兵40人轮流上堤。",
    ],
)
def test_what_was_made_the_special_task(said: str) -> None:
    assert value(f"{TITLE}{BODY}{said}\n", "专项任务名称") == "汛期巡堤"


@pytest.mark.parametrize(
    "said",
    [
        "镇党委把武装工作当成硬任务来抓，件件有人管。",
        "坚持把危难当作考场，民兵随叫随到。",
        "这是民兵今年最硬的任务，40人轮流上堤。",
        "训练成了民兵当年的头等大事，40人一个不少。",
    ],
)
def test_what_is_no_name_of_a_special_task(said: str) -> None:
    assert value(f"{TITLE}{BODY}{said}\n", "专项任务名称") is None


@pytest.mark.parametrize(
    "said",
    ["结合党纪学习教育，中心组专题学了武装工作。", "全镇以党纪学习教育为动力，把武装工作各项任务抓到了底。"],
)
def test_an_education_named_without_quotation_marks(said: str) -> None:
    assert value(f"{TITLE}一、思想\n{said}\n{BODY}", "主题教育活动") == "党纪学习教育"


@pytest.mark.parametrize(
    "said",
    ["本年总的要求“人员不减、标准不降”。", "本年总的要求是人员不减、标准不降。"],
)
def test_the_motto_of_the_year(said: str) -> None:
    assert value(f"{TITLE}{said}\n{BODY}", "年度主题") == "人员不减、标准不降"


def test_no_motto_behind_a_line_that_is_only_named() -> None:
    assert value(f"{TITLE}全镇盯住平安这条主线抓武装，现作汇报。\n{BODY}", "年度主题") is None


def test_the_second_honour_of_two() -> None:
    text = f"{TITLE}{BODY}镇里得了“全市征兵工作红旗单位”和“全县兵役登记先进集体”两块牌子。\n"
    told = [one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == "征兵荣誉"]
    assert told == [("全市征兵工作红旗单位",), ("全县兵役登记先进集体",)]


@pytest.mark.parametrize(
    "said",
    [
        "班子成员联系民兵连，16个村实现全覆盖。",
        "开年就把任务分解到16个村，逐月过问。",
        "我用一个月把16个村的底数摸了一遍。",
        "与16个村党支部书记逐人谈话。",
        "乡里16个行政村，路都不好走。",
        "16个村，每村建一个民兵连。",
    ],
)
def test_how_many_villages_in_plain_words(said: str) -> None:
    assert value(f"{TITLE}{BODY}{said}\n", "村社区个数") == 16


@pytest.mark.parametrize("said", ["宣讲队走进16个村。", "把6个试点村的民兵之家修好。", "对16个村民小组进行走访。"])
def test_what_is_no_number_of_the_villages(said: str) -> None:
    assert value(f"{TITLE}{BODY}{said}\n", "村社区个数") is None
