"""Money that is told in an unusual way: thousands, gifts of one household, what was granted in one sum."""

from __future__ import annotations

import pytest

from assistant.intake.cleaning import clean
from assistant.intake.extract import extract_text
from assistant.intake.extract_thousands import in_thousands
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def facts(text: str) -> dict[str, object]:
    return {one.label: one.fact.value for one in extract_text(text, SCHEMA).facts if one.row is None}


def items(text: str) -> list[object]:
    rows = (one.row for one in extract_text(text, SCHEMA).facts if one.label == "经费明细")
    return [row["项目"] for row in rows if row is not None]


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("八一走访慰问军属38户，发放慰问金38，000元。", "慰问金总额", 38000),
        ("走访慰问军属38户，发放慰问金17，600元。", "慰问金总额", 17600),
        ("征兵期间印发宣传资料1，200份。", "宣传资料", 1200),
    ],
)
def test_a_full_width_comma_may_stand_between_thousands(text: str, label: str, value: int) -> None:
    found = facts(text)
    assert found[label] == value
    assert found.get("走访慰问户数") in (None, 38)


@pytest.mark.parametrize("text", ["分别投入12，300元", "报名12，120人上站", "38，50元", "2024，100份", "1.5，300元"])
def test_two_figures_in_a_row_stay_two(text: str) -> None:
    cleaned = clean(text)
    assert in_thousands(cleaned) is cleaned


def test_the_gift_of_a_household_is_no_total() -> None:
    found = facts("年内走访慰问军属家庭38户，每户发放600元慰问金和价值200元的慰问品。")
    assert found == {"走访慰问户数": 38, "每户慰问金": 600}


def test_the_worth_of_all_gifts_is_a_total() -> None:
    assert facts("八一走访慰问军属38户，送去价值7600元的慰问品。")["慰问金总额"] == 7600


@pytest.mark.parametrize(
    "lead",
    [
        "拨付武装工作经费23.5万元，其中",
        "武装经费年初预算18万，追加了3万，一共21万，其中",
        "经费方面，预算18万，向上争取5万，其中",
    ],
)
def test_what_was_granted_is_no_item_of_what_was_spent(lead: str) -> None:
    assert items(f"{lead}训练保障6万元，器材装备7万元，征兵宣传3万元。") == ["训练保障", "器材装备", "征兵宣传"]
