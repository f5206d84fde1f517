"""Forms of several villages added up: who reported what, who did not, and what cannot be added."""

from __future__ import annotations

from decimal import Decimal

from schemas import SCHEMA

from assistant.facts.sheet import Fact, FactSheet, read_facts
from assistant.intake.found import Extraction, FoundFact
from assistant.intake.ledger_combine import combine


def form(**facts: object) -> FactSheet:
    return read_facts(facts, SCHEMA)


def of(found: Extraction, label: str) -> list[FoundFact]:
    return [one for one in found.facts if one.label == label]


def said(found: Extraction) -> str:
    return "\n".join(notice.message for notice in found.notices)


def test_counts_and_money_are_summed_with_who_reported_what() -> None:
    found = combine(
        [
            ("柳庄村", form(入伍人数={"value": 2, "last_year": 1}, 慰问金总额="0.6万元", 信访举报=0)),
            ("石桥村", form(入伍人数={"value": 3, "last_year": 2}, 慰问金总额=800)),
            ("东岭村", form(适龄青年=9)),
        ],
        SCHEMA,
    )
    (count,) = of(found, "入伍人数")
    assert count.fact == Fact(5, "", 3, "柳庄村 2、石桥村 3", "没有填的：东岭村")
    (money,) = of(found, "慰问金总额")
    assert money.fact.value == Decimal(6800)
    assert money.fact.source == "柳庄村 6000元、石桥村 800元"
    (zero,) = of(found, "信访举报")
    assert zero.fact.value == 0
    assert found.notices == ()


def test_last_year_is_summed_only_when_all_gave_it() -> None:
    found = combine([("甲村", form(入伍人数={"value": 2, "last_year": 1})), ("乙村", form(入伍人数=3))], SCHEMA)
    assert of(found, "入伍人数")[0].fact.last_year is None
    assert "没填的：乙村" in said(found)


def test_last_years_sum_is_as_rough_as_its_parts() -> None:
    forms = [form(宣传资料={"value": 300, "last_year": said}) for said in ("近200", 100)]
    (one,) = of(combine(list(zip("甲乙", forms, strict=True)), SCHEMA), "宣传资料")
    assert one.fact.last_told == (300, "近")


def test_an_approximate_part_makes_the_sum_approximate() -> None:
    found = combine([("甲村", form(宣传资料="200余")), ("乙村", form(宣传资料=300))], SCHEMA)
    (one,) = of(found, "宣传资料")
    assert (one.fact.value, one.fact.approximate) == (500, "余")
    assert one.fact.source == "甲村 200余、乙村 300"
    assert one.doubt


def test_percentages_are_not_summed() -> None:
    found = combine([("甲村", form(党员比例=30)), ("乙村", form(党员比例=40))], SCHEMA)
    assert of(found, "党员比例") == []
    assert "甲村 30%、乙村 40%" in said(found)
    assert of(combine([("甲村", form(党员比例=30)), ("乙村", form())], SCHEMA), "党员比例")[0].fact.value == 30


def test_rows_and_lines_are_put_behind_each_other() -> None:
    one = form(民兵分队=[{"名称": "应急排", "数量": 1}], 存在问题=["场地不足", "经费紧张"])
    other = form(民兵分队=[{"名称": "救护班", "数量": 2}, {"名称": "应急排", "数量": 1}], 存在问题=["场地不足"])
    found = combine([("甲村", one), ("乙村", other)], SCHEMA)
    rows = of(found, "民兵分队")
    assert [(row.place, row.row and row.row["名称"], bool(row.doubt)) for row in rows] == [
        ("甲村", "应急排", False),
        ("乙村", "救护班", False),
        ("乙村", "应急排", True),
    ]
    (lines,) = of(found, "存在问题")
    assert lines.fact.value == ("场地不足", "经费紧张")
    assert lines.fact.source == "甲村 2条、乙村 1条"


def test_texts_that_differ_are_listed_to_choose_from() -> None:
    found = combine([("甲村", form(年度=2025)), ("乙村", form(年度=2024)), ("丙村", form(年度=2025))], SCHEMA)
    assert [(one.fact.value, one.fact.source, bool(one.doubt)) for one in of(found, "年度")] == [
        (2025, "甲村、丙村", True),
        (2024, "乙村", True),
    ]
    assert "“年度”各单位填的不一样" in said(found)
    (same,) = of(combine([("甲村", form(年度=2025)), ("乙村", form(年度=2025))], SCHEMA), "年度")
    assert same.doubt == ""


def test_an_empty_form_is_told() -> None:
    found = combine([("甲村", form(入伍人数=2)), ("乙村", form())], SCHEMA)
    assert "“乙村”交的是空表" in said(found)


def test_a_form_handed_in_twice_is_told() -> None:
    full = form(入伍人数=2, 适龄青年=30, 兵役登记=29, 信访举报=0, 专题会议=1)
    assert "填的完全一样" in said(combine([("甲村", full), ("乙村", full)], SCHEMA))
    assert "“甲村”交了两份" in said(combine([("甲村", form(入伍人数=2)), ("甲村", form(入伍人数=3))], SCHEMA))
