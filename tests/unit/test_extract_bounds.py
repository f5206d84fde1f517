"""Texts that are no reports: they are read in the time that a person waits, and what was not read is told."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.intake.extract_bound import MOST_FIGURES
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


def test_a_text_with_too_many_figures_is_read_in_part_and_told() -> None:
    head = "2025年，最终批准入伍12名。\n"
    text = head + "".join(f"{number}号，{number}人\n" for number in range(MOST_FIGURES)) + "召开议军会议3次。"
    found = extract_text(text, SCHEMA)
    assert found.text == text
    assert any((one.label, one.fact.value) == ("入伍人数", 12) for one in found.facts)
    assert not any(one.label == "党委议军会议" for one in found.facts)
    (told,) = [one for one in found.notices if one.kind == "unread"]
    assert text[: told.start].endswith("\n")
    assert told.place == f"第 {text[: told.start].count(chr(10))} 段"


def test_a_long_report_is_read_to_its_end() -> None:
    part = "二、一年来，各村一个一个抓落实，开展活动三十余次，参加一百多人，进一步压实责任，推动各项工作再上新台阶。\n"
    text = "2025年，最终批准入伍12名。\n" + part * 600 + "召开议军会议3次。"
    assert len(text) > 30_000
    assert values(text)["党委议军会议"] == 3
