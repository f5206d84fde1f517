"""Findings of slot text and of plain text."""

from __future__ import annotations

import pytest
from schemas import sheet

from assistant.checks.bare_numbers import bare_number_findings
from assistant.checks.binding import Binder
from assistant.checks.finding import Finding
from assistant.checks.placeholders import placeholder_findings
from assistant.checks.plain_audit import audit_text
from assistant.checks.rules import sheet_findings


def bare(text: str, **changes: object) -> list[Finding]:
    return bare_number_findings(text, Binder(sheet(**changes)), "s")


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("入伍12人。", "入伍{{入伍人数}}。"),
        ("输送新兵12名。", "输送新兵{{入伍人数|名}}。"),
        ("输送新兵十二名。", "输送新兵{{入伍人数|名}}。"),
        ("发放明白纸2000余份。", "发放明白纸{{宣传资料}}。"),
        ("器材投入7.5万元。", "器材投入{{器材装备投入}}。"),
        ("器材投入75000元。", "器材投入{{器材装备投入}}。"),
        ("登记率98.2%。", "登记率{{兵役登记率}}。"),
        ("应急排编制30人。", "应急排编制{{民兵分队.应急排.编制人数}}。"),
        ("共23个村。", "共{{村社区个数}}村。"),
    ],
)
def test_linkable(text: str, fixed: str) -> None:
    (finding,) = bare(text)
    assert (finding.rule, finding.kind, finding.section_key) == ("number.linkable", "number", "s")
    fix = finding.fix
    assert fix is not None
    assert text[fix.start : fix.end] == fix.before
    assert text[: fix.start] + fix.after + text[fix.end :] == fixed


def test_conflicting_says_both() -> None:
    (finding,) = bare("全年入伍13人。")
    assert (finding.rule, finding.severity, finding.facts) == ("number.conflicting", "error", ("入伍人数",))
    assert "13人" in finding.message
    assert "12人" in finding.message
    assert finding.fix is None


def test_named_fact_goes_before_equal_value() -> None:
    # 2次 is the value of another fact.
    (finding,) = bare("召开专题会2次。")
    assert (finding.rule, finding.facts) == ("number.conflicting", ("专题会议",))


def test_unknown() -> None:
    (finding,) = bare("出动车辆17辆。")
    assert (finding.rule, finding.severity) == ("number.unknown", "error")
    (finding,) = bare("入伍12人。", 入伍人数=None)
    assert (finding.rule, finding.facts) == ("number.unknown", ("入伍人数",))


def test_slots_are_no_bare_numbers() -> None:
    assert not bare("一是输送{{入伍人数}}，{{年度}}完成{{宣传资料|张}}；二是{{单位简称}}。", 单位简称="12镇")


def test_placeholders() -> None:
    text = "输送{{入伍人数}}，{{火箭}}"
    missing, fault = placeholder_findings(text, sheet(入伍人数=None), "s")
    assert (missing.rule, missing.facts, missing.excerpt) == ("placeholder.missing", ("入伍人数",), "{{入伍人数}}")
    assert (fault.rule, fault.severity) == ("placeholder.fault", "error")
    assert text[fault.start : fault.end] == "{{火箭}}"


def test_rules_name_both_figures() -> None:
    (finding,) = [one for one in sheet_findings(sheet(大学生入伍=13)) if one.rule == "rule.students"]
    assert finding.message == "大学生入伍（13人）多于入伍人数（12人）。"


TEXT = "入伍12人，同比增长20%，其中大学生8人。器材投入7.5万元，应急排编制30人、实有28人。2025年，出动车辆17辆。"


def statuses(text: str) -> list[tuple[str, str, str]]:
    return [(one.text, one.status, one.fact) for one in audit_text(text, sheet()).numbers]


def test_a_total_among_the_rows_is_told() -> None:
    rows = [{"项目": "器材", "金额": 13600}, {"项目": "小计", "金额": 13600}]
    (finding,) = [one for one in sheet_findings(sheet(经费明细=rows)) if one.rule == "rule.total-row"]
    assert (finding.severity, finding.facts) == ("error", ("经费明细",))
    assert "“小计”由程序算，请删去这一行" in finding.message


@pytest.mark.parametrize(
    ("said", "told"), [("65余", ["hint"]), ("5多", ["warning"]), ("60余", []), ("近65", []), ("65", [])]
)
def test_a_rough_figure_that_is_not_round_is_told(said: str, told: list[str]) -> None:
    found = [one for one in sheet_findings(sheet(宣传资料=said)) if one.rule == "rule.rough"]
    assert [one.severity for one in found] == told
    assert all(one.facts == ("宣传资料",) for one in found)


def test_a_count_without_its_measure_word_is_told() -> None:
    rows = [{"名称": "桌签", "数量": 30}, {"名称": "毛巾", "数量": 9, "量词": "条"}, {"名称": "海报"}]
    found = [one for one in sheet_findings(sheet(宣传品明细=rows)) if one.rule == "rule.gap"]
    (finding,) = [one for one in found if one.facts == ("宣传品明细",)]
    assert "“桌签”没有填“量词”" in finding.message


def test_plain_text() -> None:
    assert statuses(TEXT) == [
        ("12人", "grounded", "入伍人数"),
        ("20%", "grounded", "入伍人数"),
        ("8人", "grounded", "大学生入伍"),
        ("7.5万元", "grounded", "器材装备投入"),
        ("30人", "grounded", "民兵分队.应急排.编制人数"),
        ("28人", "grounded", "民兵分队.应急排.实有人数"),
        ("2025年", "grounded", "年度"),
        ("17辆", "unknown", ""),
    ]


def test_two_exchanged_figures_are_two_mismatches() -> None:
    assert statuses("入伍8人，其中大学生12人。") == [
        ("8人", "mismatch", "入伍人数"),
        ("12人", "mismatch", "大学生入伍"),
    ]
    assert [status for _, status, _ in statuses("应急排编制28人、实有30人。")] == ["mismatch", "mismatch"]


def test_json_shape() -> None:
    found = audit_text("一是入伍十三人。", sheet()).as_json()
    assert found["numbers"] == [
        {
            "text": "一是",
            "start": 0,
            "end": 2,
            "value": "",
            "unit": "",
            "status": "ignored",
            "fact": "",
            "expected": "",
        },
        {
            "text": "十三人",
            "start": 4,
            "end": 7,
            "value": "13",
            "unit": "人",
            "status": "mismatch",
            "fact": "入伍人数",
            "expected": "12人",
        },
    ]
    assert [finding["rule"] for finding in found["findings"]] == ["number.conflicting"]


def test_numbers_inside_a_text_fact_are_its_own() -> None:
    found = audit_text("存在以下问题：训练场地只有3处。", sheet(存在问题=["训练场地只有3处"]))
    assert [(one.status, one.fact) for one in found.numbers] == [("grounded", "存在问题")]


@pytest.mark.parametrize("text", ["", "9" * 40 + "人", "{{" * 1000, "入伍1\u200b2人", "《{{入伍人数}}》", "\u202e12人"])
def test_odd_texts(text: str) -> None:
    audit_text(text, sheet())
    bare(text)


@pytest.mark.parametrize("unit", [TEXT, "12人", "入伍", "应急排", "1"])
def test_large_texts_come_to_an_end(unit: str) -> None:
    """Quadratic time would not end; ``benchmarks/audit_scaling.py`` prints how the time grows."""
    audit_text(unit * (60_000 // len(unit)), sheet())


def test_each_row_keeps_its_figures() -> None:
    rows = "器材装备7.5万元、训练4万元。"
    assert [status for _, status, _ in statuses(rows)] == ["grounded", "grounded"]
    rows = "器材装备7.5万元、训练7.5万元。"
    assert [status for _, status, _ in statuses(rows)] == ["grounded", "mismatch"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("发放明白纸2000余份。", "grounded"),
        ("发放明白纸2000份。", "mismatch"),
        ("全年入伍12余人。", "mismatch"),
        ("全年入伍10余人。", "grounded"),
        ("召开专题会4人。", "mismatch"),
        ("天气晴好，共有12人。", "unknown"),
    ],
)
def test_how_a_figure_is_said(text: str, status: str) -> None:
    assert [found for _, found, _ in statuses(text)] == [status]


def test_a_name_that_a_slot_prints_names_the_number() -> None:
    (finding,) = bare("{{民兵分队.应急排.名称}}编制31人。")
    assert (finding.rule, finding.excerpt) == ("number.conflicting", "31人")
    assert "编制31人。".index("31人") + len("{{民兵分队.应急排.名称}}") == finding.start


def test_a_form_that_a_fact_does_not_have_can_be_dropped() -> None:
    text = "全年入伍{{入伍人数|场次}}。"
    (found,) = placeholder_findings(text, sheet())
    assert found.fix is not None
    assert text[: found.fix.start] + found.fix.after + text[found.fix.end :] == "全年入伍{{入伍人数}}。"


@pytest.mark.parametrize(
    ("text", "strays"),
    [
        ("送兵{{入伍人数。", ["{{"]),
        ("送兵入伍人数}}。", ["}}"]),
        ("送兵{{x{{入伍人数}}}}。", ["{{", "}}"]),
        (r"写法\{{入伍人数}}。", []),
        ("送兵{{入伍人数}}。", []),
    ],
)
def test_braces_that_are_no_slots_are_told(text: str, strays: list[str]) -> None:
    found = placeholder_findings(text, sheet(入伍人数=12))
    assert [finding.excerpt for finding in found if finding.rule == "placeholder.braces"] == strays
