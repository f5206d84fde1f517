"""Sheet rules: every rule of the report types fires and names its figures; the examples break none."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.facts.rules import RuleViolation, broken_rules
from assistant.facts.sheet import FactSheet, read_facts
from assistant.facts.yaml_form import load_sheet
from assistant.reports.loader import Library
from assistant.slots.render import render_text

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
TYPE = "armed-forces-work"


def sheet(facts: dict[str, object]) -> FactSheet:
    return read_facts(facts, Library().get(TYPE).facts)


def broken(facts: dict[str, object]) -> dict[str, list[str]]:
    """Rule → its messages as a person reads them."""
    made = sheet(facts)
    found: dict[str, list[str]] = {}
    for violation in broken_rules(made):
        found.setdefault(violation.rule, []).append(render_text(violation.message, made))
    return found


def team(name: str, planned: int | None, present: int | None, officers: int = 1) -> dict[str, object]:
    return {"名称": name, "编制人数": planned, "实有人数": present, "民兵干部": officers}


CASES: list[tuple[str, dict[str, object], tuple[str, ...]]] = [
    ("conscription-1-2", {"报名应征": 51, "适龄青年": 50}, ("51人", "50人")),
    ("conscription-2-3", {"上站体检": 41, "报名应征": 40}, ("41人", "40人")),
    ("conscription-3-4", {"体检合格": 31, "上站体检": 30}, ("31人", "30人")),
    ("conscription-4-5", {"入伍人数": 21, "体检合格": 20}, ("21人", "20人")),
    ("conscription-1-3", {"上站体检": 41, "适龄青年": 40}, ("41人", "40人")),
    ("conscription-2-4", {"体检合格": 31, "报名应征": 30}, ("31人", "30人")),
    ("conscription-3-5", {"入伍人数": 21, "上站体检": 20}, ("21人", "20人")),
    ("conscription-1-4", {"体检合格": 31, "适龄青年": 30}, ("31人", "30人")),
    ("conscription-2-5", {"入伍人数": 21, "报名应征": 20}, ("21人", "20人")),
    ("conscription-1-5", {"入伍人数": 21, "适龄青年": 20}, ("21人", "20人")),
    ("students", {"大学生入伍": 13, "入伍人数": 12}, ("13人", "12人")),
    ("registered", {"兵役登记": 101, "适龄青年": 100}, ("101人", "100人")),
    ("political-check", {"政治考核": 33, "报名应征": 32}, ("33人", "32人")),
    ("pre-service", {"役前训练": 15, "体检合格": 14}, ("15人", "14人")),
    ("pre-service-enlisted", {"役前训练": 14, "入伍人数": 15}, ("15人", "14人")),
    ("over-strength", {"民兵分队": [team("应急排", 30, 32)]}, ("应急排", "32人", "30人", "超编")),
    ("under-strength", {"民兵分队": [team("应急排", 30, 28)]}, ("应急排", "28人", "30人", "缺编")),
    ("unit-officers", {"民兵分队": [team("应急排", 5, 5, 6)]}, ("应急排", "6人", "5人")),
    ("core-militia", {"基干民兵": 60, "民兵分队": [team("甲", 30, 30), team("乙", 28, 28)]}, ("60人", "58人")),
    ("special-militia", {"专项参与民兵": 90, "普通民兵": 50, "基干民兵": 30}, ("90人", "80人")),
    ("village-companies", {"村级民兵连": 9, "村社区个数": 8}, ("9个", "8个")),
    ("signed-homes", {"挂牌民兵之家": 9, "村社区个数": 8}, ("9个", "8个")),
    ("signed-of-homes", {"挂牌民兵之家": 9, "民兵之家": 8}, ("9个", "8个")),
    ("dated", {"年度": 2025, "成文日期": "2026年7月1日"}, ("2026年7月1日", "2025年")),
    ("dated", {"年度": 2025, "成文日期": "2024年12月31日"}, ("2024年12月31日", "2025年")),
    (
        "detail-equipment",
        {"器材装备投入": "8万元", "经费明细": [{"项目": "器材装备", "金额": "7.5万元"}]},
        ("器材装备", "8万元", "7.5万元"),
    ),
    (
        "detail-rooms",
        {"库室建设投入": "8万元", "经费明细": [{"项目": "库室建设", "金额": "7万元"}]},
        ("8万元", "7万元"),
    ),
    (
        "detail-training",
        {"训练保障投入": "6万元", "经费明细": [{"项目": "民兵训练", "金额": "7万元"}]},
        ("6万元", "7万元"),
    ),
    (
        "detail-conscription",
        {"征兵宣传投入": "2万元", "经费明细": [{"项目": "征兵宣传", "金额": "1万元"}]},
        ("2万元", "1万元"),
    ),
    *(
        (f"part-{key}", {label: "9万元", "经费明细": [{"项目": "合计", "金额": "8万元"}]}, ("9万元", "8万元"))
        for key, label in (
            ("equipment", "器材装备投入"),
            ("rooms", "库室建设投入"),
            ("training", "训练保障投入"),
            ("conscription", "征兵宣传投入"),
        )
    ),
    (
        "parts",
        {
            **dict.fromkeys(("器材装备投入", "库室建设投入", "训练保障投入", "征兵宣传投入"), "3万元"),
            "经费明细": [{"项目": "各项", "金额": "11万元"}],
        },
        ("3万元", "11万元"),
    ),
    ("over-budget", {"武装经费预算": "10万元", "经费明细": [{"项目": "各项", "金额": "11万元"}]}, ("10万元", "11万元")),
    (
        "gift-per-house",
        {"慰问金总额": "4万元", "走访慰问户数": 50, "每户慰问金": 600},
        ("4万元", "50户", "600元"),
    ),
    ("gift-share", {"慰问金总额": 500, "每户慰问金": 600}, ("500元", "600元")),
    *(
        (f"{size}-{key}", {label: amount}, (label, shown))
        for size, amount, shown in (
            ("huge", "1,000,000万元", "1000000万元"),
            ("large", "2000万元", "2000万元"),
            ("tiny", "7.5", "7.5元"),
        )
        for key, label in (
            ("budget", "武装经费预算"),
            ("equipment", "器材装备投入"),
            ("rooms", "库室建设投入"),
            ("training", "训练保障投入"),
            ("conscription", "征兵宣传投入"),
            ("gifts", "慰问金总额"),
        )
    ),
    ("huge-per-house", {"每户慰问金": "600万元"}, ("600万元",)),
    ("large-per-house", {"每户慰问金": "6万元"}, ("6万元",)),
    ("huge-details", {"经费明细": [{"项目": "器材", "金额": "20亿元"}]}, ("器材", "200000万元")),
    ("huge-benefits", {"优抚资金": [{"项目": "优待金", "金额": "20亿元"}]}, ("优待金", "200000万元")),
    ("large-benefits", {"优抚资金": [{"项目": "优待金", "金额": "2亿元"}]}, ("优待金", "20000万元")),
]


@pytest.mark.parametrize(("rule", "facts", "named"), CASES, ids=[f"{case[0]}-{n}" for n, case in enumerate(CASES)])
def test_rule_fires_and_names_the_figures(rule: str, facts: dict[str, object], named: tuple[str, ...]) -> None:
    found = broken(facts)
    assert rule in found
    for figure in named:
        assert figure in found[rule][0]


def test_every_rule_has_a_case() -> None:
    rules = {rule.id for rule in Library().get(TYPE).facts.rules}
    untried = rules - {case[0] for case in CASES}
    # The reader refuses a percentage above 100 before a rule sees it; 见 test_percentages.
    assert all(rule.startswith("percent-") for rule in untried)
    assert {rule.id for rule in Library().get(TYPE).facts.rules if rule.severity == "hint"} == set()


def test_percentages() -> None:
    assert "percent-registered" in broken({"兵役登记": 101, "适龄青年": 100})
    assert "percent-students" in broken({"大学生入伍": 13, "入伍人数": 12})
    assert "percent-fit" in broken({"体检合格": 13, "上站体检": 12})


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_examples_break_no_rule(file: Path) -> None:
    made = load_sheet(file.read_text(encoding="utf-8"), Library().schema_of).sheet
    assert broken_rules(made) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"入伍人数": 12},
        {"入伍人数": 0, "体检合格": 0, "大学生入伍": 0},
        {"入伍人数": 12, "体检合格": 12},
        {"年度": 2025, "成文日期": "2025年1月1日"},
        {"年度": 2025, "成文日期": "2026年6月30日"},
        {"武装经费预算": 0},
        {"民兵分队": [team("应急排", None, 30)]},
        {"民兵分队": [team("应急排", 30, 30)], "基干民兵": {"value": 25, "approximate": True}},
    ],
)
def test_rules_stay_silent(facts: dict[str, object]) -> None:
    assert broken(facts) == {}


def test_a_nearer_rule_speaks_alone() -> None:
    assert list(broken({"入伍人数": 30, "体检合格": 20, "上站体检": 25, "报名应征": 28})) == ["conscription-4-5"]
    assert list(broken({"入伍人数": 30, "报名应征": 28})) == ["conscription-2-5"]


def test_a_rule_for_each_row_names_every_row_that_breaks_it() -> None:
    made = sheet({"民兵分队": [team("应急排", 30, 28), team("甲.乙|丙", 20, 19), team("医疗队", 10, 10)]})
    found = [violation for violation in broken_rules(made) if violation.rule == "under-strength"]
    assert [violation.row for violation in found] == ["应急排", "甲.乙|丙"]
    assert render_text(found[1].message, made) == "民兵分队“甲.乙|丙”缺编：实有19人，编制20人"


def test_severities() -> None:
    def severity(rule: str, facts: dict[str, object]) -> RuleViolation:
        return next(violation for violation in broken_rules(sheet(facts)) if violation.rule == rule)

    assert severity("students", {"大学生入伍": 13, "入伍人数": 12}).severity == "error"
    assert severity("over-strength", {"民兵分队": [team("应急排", 30, 32)]}).severity == "warning"
    assert severity("students", {"大学生入伍": 13, "入伍人数": 12}).facts == ("大学生入伍", "入伍人数")


def test_work_safety_rules() -> None:
    schema = Library().get("work-safety").facts
    made = read_facts({"发现隐患": 10, "整改隐患": 11, "安全投入": "2亿元"}, schema)
    texts = [render_text(violation.message, made) for violation in broken_rules(made)]
    assert texts[0] == "整改隐患（11处）多于发现隐患（10处）"
    assert "20000万元" in texts[1]
