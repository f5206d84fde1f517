"""Texts that tell several years: only the report's own year states this year's figures."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts

SECTIONS = """清河镇近三年武装工作情况
2022年，召开议军会2次。全年入伍19人。
2023年，召开议军会3次。全年入伍21人。
2024年，召开议军会4次。全年入伍25人。"""
HEADED = """清河镇2022年至2024年武装工作情况
一、2022年
召开议军会2次。
入伍19人。
二、2023年
召开议军会3次。
入伍21人。
三、2024年
召开议军会4次。
入伍25人。"""
ROWS = """关于报送凤凰街道武装工作材料的函（附：近三年数据）
凤凰街道近三年（2022—2024年）武装工作主要数据：
议军会：2022年2次、2023年3次、2024年4次。
入伍：2022年19人、2023年21人、2024年25人，其中大学生分别为14人、17人、22人。
基干民兵：120人、118人、125人。
2024年召开专题会议6次，现场办公3次。"""


def told(text: str, label: str) -> list[tuple[object, object]]:
    return [(one.fact.value, one.fact.last_year) for one in extract_text(text, SCHEMA).facts if one.label == label]


@pytest.mark.parametrize(
    ("text", "label", "value", "last"),
    [
        (SECTIONS, "党委议军会议", 4, 3),
        (SECTIONS, "入伍人数", 25, 21),
        (HEADED, "党委议军会议", 4, 3),
        (HEADED, "入伍人数", 25, 21),
        (ROWS, "党委议军会议", 4, 3),
        (ROWS, "入伍人数", 25, 21),
        (ROWS, "大学生入伍", 22, 17),
        (ROWS, "基干民兵", 125, 118),
        (ROWS, "专题会议", 6, None),
        ("2022-2024年，全镇分别入伍19人、21人、25人。", "入伍人数", 25, 21),
    ],
)
def test_the_last_of_several_years_is_the_report_s(text: str, label: str, value: int, last: int | None) -> None:
    assert told(text, label) == [(value, last)]
    assert extract_text(text, SCHEMA).year == 2024


@pytest.mark.parametrize(
    ("text", "year", "recruits"),
    [
        ("2026年计划入伍15人；2025年实际入伍12人。", 2025, 12),
        ("2025年计划入伍15人；2024年实际入伍12人。", 2024, 12),
        ("今年入伍12人。2026年计划入伍15人，宣传资料印发3000份。", None, 12),
    ],
)
def test_a_year_to_come_is_not_the_report_s(text: str, year: int | None, recruits: int) -> None:
    found = extract_text(text, SCHEMA)
    assert found.year == year
    assert told(text, "入伍人数")[0][0] == recruits
    assert told(text, "宣传资料") == []


def test_one_sentence_of_last_year_leaves_the_rest_of_its_paragraph_to_this_year() -> None:
    text = "清河镇2024年党管武装工作报告\n2024年，我镇入伍25人。2023年，我镇被评为征兵先进单位。基干民兵100人。"
    assert told(text, "基干民兵") == [(100, None)]


def test_nouns_in_a_row_are_no_years() -> None:
    text = "清河镇近三年（2022—2024年）武装工作情况\n2024年党员、退役军人、大学生分别为14人、17人、22人，入伍25人。"
    assert told(text, "入伍人数") == [(25, None)]
