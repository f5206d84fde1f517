"""What was planned is no result; shares told in one breath; words that only look like a team, a unit or a result."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def facts(text: str) -> dict[str, object]:
    return {one.label: one.fact.value for one in extract_text(text, SCHEMA).facts if one.row is None}


@pytest.mark.parametrize("text", ["我镇2025年计划入伍15人。", "今年计划征集新兵15人。"])
def test_recruits_that_were_planned_are_none(text: str) -> None:
    assert "入伍人数" not in facts(text)


@pytest.mark.parametrize("verb", ["入伍", "征集"])
def test_those_who_came_are_taken_without_a_doubt(verb: str) -> None:
    found = extract_text(f"2025年计划{verb}15人，实际入伍12人。", SCHEMA).facts
    assert [(one.fact.value, one.doubt) for one in found if one.label == "入伍人数"] == [(12, "")]


@pytest.mark.parametrize(
    "text",
    [
        "党员29名，退伍军人33名，分别占35.4%和40.2%。",
        "基干民兵中党员二十九名，退伍军人三十三名，分别占百分之三十五点四和百分之四十点二。",
        "基干民兵82人，党员29人；退伍军人33人，分别占35.4%、40.2%。",
    ],
)
def test_shares_belong_to_the_counts_in_their_order(text: str) -> None:
    found = facts(text)
    assert (float(str(found["党员比例"])), float(str(found["退伍军人比例"]))) == (35.4, 40.2)


def test_each_platoon_is_no_team() -> None:
    found = extract_text("民兵应急排30人。下辖3个排，每排40人。", SCHEMA).facts
    assert [one.row["名称"] for one in found if one.row] == ["民兵应急排"]


def test_what_sends_a_paper_is_no_part_of_the_units_name() -> None:
    assert facts("关于报送凤凰街道2024年武装工作总结的函\n区人武部：\n今年入伍12人。\n")["单位简称"] == "凤凰街道"


def test_trainers_are_no_recruits() -> None:
    assert "入伍人数" not in facts("选送6名教练员参加区里的集训。")
