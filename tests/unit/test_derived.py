"""Derived facts: rates, totals and comparisons, by code."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.checks.rules import sheet_findings
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
        ("兵役登记率", {"兵役登记": 2599, "适龄青年": 2600}, "99.96", "99.96%"),
        ("兵役登记率", {"兵役登记": 1, "适龄青年": 3000}, "0.03", "0.03%"),
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
            {"优抚资金": [{"项目": "甲", "金额": "55.8万元"}, {"项目": "乙", "金额": 0}]},
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
        # What is there would pass for the whole.
        ("满编率", {"民兵分队": [*TEAMS, {"名称": "侦察班", "实有人数": 8}]}),
        ("民兵分队合计人数", {"民兵分队": [*TEAMS, {"名称": "侦察班", "编制人数": 8}]}),
        ("经费合计", {"经费明细": [{"项目": "甲", "金额": "5万元"}, {"项目": "乙"}]}),
    ],
)
def test_no_value_while_something_is_missing(label: str, facts: dict[str, object]) -> None:
    made = sheet(facts)
    assert made.value(label) is None
    assert render_text("{{" + label + "}}", made) == f"【待补：{label}】"


def test_a_cell_that_a_total_lacks_is_told() -> None:
    made = sheet({"民兵分队": [*TEAMS, {"名称": "侦察班", "实有人数": 8}]})
    (told,) = [one for one in sheet_findings(made) if one.rule == "rule.gap"]
    assert "“侦察班”没有填“编制人数”" in told.message
    assert not [one for one in sheet_findings(sheet({"民兵分队": TEAMS})) if one.rule == "rule.gap"]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"武装经费预算": {"value": "30.01万元", "last_year": "30万元"}}, "同比增加100元"),
        ({"武装经费预算": {"value": "29.99万元", "last_year": "30万元"}}, "同比减少100元"),
        ({"武装经费预算": {"value": "30万余元", "last_year": "30万元"}}, "【待补：武装经费预算的准数】"),
    ],
)
def test_no_change_is_nought_per_cent_and_of_a_rough_figure_there_is_none(facts: dict[str, object], said: str) -> None:
    assert render_text("{{武装经费预算|同比}}", sheet(facts)) == said


def test_last_year_of_a_rate() -> None:
    made = sheet({"大学生入伍": {"value": 16, "last_year": 12}, "入伍人数": {"value": 18, "last_year": 15}})
    assert made.fact("大学生比例").last_year == Decimal(80)
    assert render_text("{{大学生比例|同比}}", made) == "同比提高8.9个百分点"


def test_a_rate_given_by_hand_stands_in() -> None:
    assert render_text("{{兵役登记率}}", sheet({"兵役登记率": "98.5%"})) == "98.5%"
