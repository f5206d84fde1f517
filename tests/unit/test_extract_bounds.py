"""Texts that are no reports: they are read in the time that a person waits, and what was not read is told."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.intake.extract_bound import MOST_CHARACTERS, MOST_FIGURES, readable
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def values(text: str) -> dict[str, object]:
    return {one.label: one.fact.value for one in extract_text(text, SCHEMA).facts if one.row is None}


# With one pattern that runs back over all of them, each of these took minutes and more.
@pytest.mark.parametrize(
    "filling", [" ", "　", "\t", "9", "１", "…", "：", "柳林村", "(", "一个", "3人、", "毛巾30条、"]
)
def test_what_stands_in_front_of_a_long_filling_is_found(filling: str) -> None:
    # What holds a figure is read, and slowly: a third of it would still take minutes where that is squared.
    length = 60_000 if not any(sign.isdigit() for sign in filling[:-1]) else 20_000
    found = values("2025年，最终批准入伍12名。\n" + filling * (length // len(filling)) + "\n召开议军会议3次。")
    assert found["入伍人数"] == 12


@pytest.mark.parametrize(
    ("filling", "why"),
    [
        ("".join(f"{number}号，{number}人\n" for number in range(MOST_FIGURES)), "数太多"),
        ("持续压实责任，推动各项工作再上新台阶。\n" * (MOST_CHARACTERS // 18), "文字太长"),
    ],
    ids=["figures", "prose"],
)
def test_a_text_that_is_no_report_is_read_in_part_and_told(filling: str, why: str) -> None:
    text = "2025年，最终批准入伍12名。\n" + filling + "召开议军会议3次。"
    found = extract_text(text, SCHEMA)
    assert found.text == text
    assert any((one.label, one.fact.value) == ("入伍人数", 12) for one in found.facts)
    assert not any(one.label == "党委议军会议" for one in found.facts)
    told, *lines = [one for one in found.notices if one.kind == "unread"]
    assert len(lines) <= 21
    assert told.message.startswith(why)
    assert told.place == f"第 {text[: told.start - 1].count(chr(10)) + 1} 段"


@pytest.mark.parametrize(
    ("part", "figures"),
    [("1,", 1), ("12,345,7\n", 2), ("1,234,567元\n", 1), ("2025/3/4,12:30\n", 2), ("1.5，", 1), ("三百二十、", 1)],
)
def test_a_mark_parts_figures_but_where_it_belongs_to_one(part: str, figures: int) -> None:
    text = part * (2 * MOST_FIGURES // figures)
    end, why = readable(text)
    assert why == "数太多"
    assert abs(end - len(text) / 2) < 3 * len(part)


def test_a_long_report_is_read_to_its_end() -> None:
    part = "二、一年来，各村一个一个抓落实，开展活动三十余次，参加一百多人，进一步压实责任，推动各项工作再上新台阶。\n"
    text = "2025年，最终批准入伍12名。\n" + part * 600 + "召开议军会议3次。"
    assert len(text) > 30_000
    assert values(text)["党委议军会议"] == 3
