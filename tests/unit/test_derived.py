"""Derived facts: rates, totals and comparisons, by code."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.facts.sheet import FactSheet, read_facts
from assistant.reports.loader import Library
from assistant.slots.render import render_text


def sheet(facts: dict[str, object]) -> FactSheet:
    return read_facts(facts, Library().get("armed-forces-work").facts)


TEAMS = [{"名称": "应急排", "编制人数": 30, "实有人数": 28}, {"名称": "医疗队", "编制人数": 15, "实有人数": 15}]


@pytest.mark.parametrize(
    ("label", "facts", "value", "shown"),
    [
        ("兵役登记率", {"兵役登记": 413, "适龄青年": 415}, "99.5", "99.5%"),
        ("兵役登记率", {"兵役登记": 342, "适龄青年": 342}, "100", "100%"),
        ("兵役登记率", {"兵役登记": 0, "适龄青年": 342}, "0", "0%"),
        ("大学生比例", {"大学生入伍": 13, "入伍人数": 16}, "81.3", "81.3%"),
        ("大学生比例", {"大学生入伍": 2, "入伍人数": 3}, "66.7", "66.7%"),
        ("体检合格率", {"体检合格": 29, "上站体检": 45}, "64.4", "64.4%"),
        ("民兵总数", {"普通民兵": 520, "基干民兵": 88}, "608", "608人"),
        ("民兵分队合计人数", {"民兵分队": TEAMS}, "43", "43人"),
        ("民兵分队编制合计", {"民兵分队": TEAMS}, "45", "45人"),
        ("满编率", {"民兵分队": TEAMS}, "95.6", "95.6%"),
        (
            "经费合计",
            {"经费明细": [{"项目": "甲", "金额": "7.5万元"}, {"项目": "乙", "金额": "2500.5元"}]},
            "77500.5",
            "77500.5元",
        ),
        (
            "优抚资金合计",
            {"优抚资金": [{"项目": "甲", "金额": "55.8万元"}, {"项目": "乙", "人数": 3}]},
            "558000",
            "55.8万元",
        ),
    ],
)
def test_value(label: str, facts: dict[str, object], value: str, shown: str) -> None:
    made = sheet(facts)
    assert made.value(label) == Decimal(value)
    assert render_text("{{" + label + "}}", made) == shown


@pytest.mark.parametrize(
    ("label", "facts"),
    [
        ("兵役登记率", {"兵役登记": 413}),
        ("兵役登记率", {"适龄青年": 415}),
        ("兵役登记率", {"兵役登记": 0, "适龄青年": 0}),
        ("大学生比例", {"大学生入伍": 0, "入伍人数": 0}),
        ("民兵分队合计人数", {"民兵分队": [{"名称": "应急排", "编制人数": 30}]}),
        ("满编率", {"民兵分队": [{"名称": "应急排", "实有人数": 30}]}),
        ("经费合计", {"器材装备投入": "7万元"}),
    ],
)
def test_no_value_while_something_is_missing(label: str, facts: dict[str, object]) -> None:
    made = sheet(facts)
    assert made.value(label) is None
    assert render_text("{{" + label + "}}", made) == f"【待补：{label}】"


def test_last_year_of_a_rate() -> None:
    made = sheet({"大学生入伍": {"value": 16, "last_year": 12}, "入伍人数": {"value": 18, "last_year": 15}})
    assert made.fact("大学生比例").last_year == Decimal(80)
    assert render_text("{{大学生比例|同比}}", made) == "同比提高8.9个百分点"


def test_a_rate_given_by_hand_stands_in() -> None:
    assert render_text("{{兵役登记率}}", sheet({"兵役登记率": "98.5%"})) == "98.5%"
