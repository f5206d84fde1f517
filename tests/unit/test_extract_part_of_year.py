"""Figures of a season, a festival, a batch or one task, and what came with the year, are no figures of the year."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def told(text: str, label: str) -> list[tuple[object, str]]:
    """Value and doubt of a fact."""
    return [(one.fact.value, one.doubt) for one in extract_text(text, SCHEMA).facts if one.label == label]


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("征兵：春季8个，秋季原来报13个，后来有一个淘汰了，实际12个，全年20个。", "入伍人数", 20),
        ("春节走访慰问军属45户。八一走访慰问军属38户。全年走访83户。", "走访慰问户数", 83),
        ("春节、“八一”走访慰问军属83户。", "走访慰问户数", 83),
        ("悬挂光荣牌1216块，今年新挂34块。", "光荣牌", 34),
        ("光荣牌累计悬挂2431块，今年更换52块。", "光荣牌", 52),
        ("悬挂光荣牌52块，累计悬挂2431块。", "光荣牌", 52),
        ("光荣牌新挂11块，更换22块，共33块。", "光荣牌", 33),
        ("出动民兵700人次，森林灭火120人次，抗洪180人次。", "出动民兵", 700),
    ],
)
def test_the_year_s_own_figure_is_certain(text: str, label: str, value: int) -> None:
    assert told(text, label) == [(value, "")]


@pytest.mark.parametrize(
    ("text", "label", "value", "why"),
    [
        ("走访慰问军属烈属：春节45户，八一38户。", "走访慰问户数", 83, "由45户、38户相加得出"),
        ("第一批入伍8人，第二批入伍12人。", "入伍人数", 20, "由8人、12人相加得出"),
        ("春季点验应到82人，实到79人；秋季点验实到80人。", "点验人次", 159, "由79人、80人相加得出"),
        ("春节走访慰问军属45户。", "走访慰问户数", 45, "原文只说了春节的数"),
        ("抗洪抢险出动民兵180人次，森林灭火120人次。", "出动民兵", 180, "后面还有120人次，可能要合起来算"),
        ("书记、镇长各到武装部现场办公2次。", "现场办公", 2, "原文写的是“各”，可能要合起来算"),
        ("送兵38人，其中大学毕业生26人、在读大学生9人。", "大学生入伍", 35, "由26人和9人相加得出"),
        ("新兵入伍23名，其中大学毕业生11名，在校生8名。", "大学生入伍", 19, "由11名和8名相加得出"),
    ],
)
def test_parts_are_added_up_or_told_to_be_parts(text: str, label: str, value: int, why: str) -> None:
    assert told(text, label) == [(value, why)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("今年再建民兵之家4个。", "民兵之家"),
        ("累计悬挂光荣牌2431块。", "光荣牌"),
        ("报名48人，其中大学毕业生20人、在校生10人。", "大学生入伍"),
        ("全年组织集训2批次，每批7天。", "训练天数"),
    ],
)
def test_what_came_with_the_year_or_hangs_by_now_is_not_what_is_asked(text: str, label: str) -> None:
    assert told(text, label) == []


def test_a_gift_for_each_household_is_no_part_of_the_year() -> None:
    text = "“八一”期间按每户700元的标准走访慰问军属86户，合计发放慰问金6.02万元。"
    assert told(text, "每户慰问金") == [(700, "")]
