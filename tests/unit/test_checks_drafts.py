"""What the embedded engine writes has no bare number, and its plain text audits almost without false alarms."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from test_embedded import SHAPES, drafted, example, report_of

from assistant.checks.plain_audit import audit_text
from assistant.checks.report import check_report
from assistant.facts.sheet import Fact, FactSheet
from assistant.reports.outline_edit import own_section
from assistant.reports.report import Report
from assistant.reports.types import Length
from assistant.slots.render import render_text


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("length", list(Length))
def test_drafts(shape: str, length: Length) -> None:
    sheet = example(shape)
    report_type, report = report_of(shape, sheet, length)
    texts = drafted(shape, sheet, length)
    sections = tuple(replace(one, text=texts.get(one.key, ""), revision=1) for one in report.sections)
    findings = check_report(replace(report, sections=sections), report_type)
    assert not [finding for finding in findings if finding.kind in ("number", "placeholder")]
    plain = "\n".join(render_text(f"{one.heading}。{one.text}", sheet) for one in sections)
    assert len(audit_text(plain, sheet).findings) <= 1


def test_a_section_left_without_text_is_told_once_something_is_written() -> None:
    sheet = example(SHAPES[0])
    report_type, report = report_of(SHAPES[0], sheet, Length("标准"))
    texts = drafted(SHAPES[0], sheet, Length("标准"))

    def empty(without: str) -> list[str]:
        kept = {key: text for key, text in texts.items() if without not in (key, "all")}
        sections = tuple(replace(one, text=kept.get(one.key, "")) for one in report.sections)
        found = check_report(replace(report, sections=sections), report_type)
        return [finding.section_key for finding in found if finding.rule == "length.empty"]

    assert empty("") == []
    assert empty("opening") == ["opening"]
    assert empty("all") == [], "nothing is drafted yet"


def findings(shape: str, facts: dict[str, Fact], key: str, text: str | None = None) -> list[str]:
    """The rules that speak of a draft, one section's text being another one's where it is given."""
    sheet = example(shape)
    for label, fact in facts.items():
        sheet = sheet.with_fact(label, fact)
    report_type, report = report_of(shape, sheet, Length("标准"))
    texts = drafted(shape, sheet, Length("标准")) | ({} if text is None else {key: text})
    sections = tuple(replace(one, text=texts.get(one.key, ""), revision=1) for one in report.sections)
    found = check_report(replace(report, sections=sections), report_type)
    return [f"{one.rule} {'、'.join(one.facts)}" for one in found]


@pytest.mark.parametrize(
    "text",
    ["全年做好征兵工作。", "没有发生责任退兵，兵员质量得到保证。", "未来一年力争入伍人数增加，无人机班入伍人数居首。"],
)
def test_a_required_zero_that_no_sentence_tells_is_told(text: str) -> None:
    none = {"入伍人数": Fact(value=0), "大学生入伍": Fact(value=0), "党委议军会议": Fact(value=0)}
    assert not [one for one in findings("duty-c", none, "") if one.startswith("coverage.zero")]
    found = findings("duty-c", none, "conscription", text)
    assert [one for one in found if one.startswith("coverage.zero")] == ["coverage.zero 入伍人数"]


def test_no_zero_of_a_draft_is_left_untold() -> None:
    required = [item.label for item in example("duty-c").schema.required("duty-c") if item.type.numeric]
    nothing = {label: Fact(value=0) for label in required if label != "年度"}
    assert not [one for one in findings("duty-c", nothing, "") if one.startswith("coverage.zero")]


def test_a_sum_that_the_account_tells_is_not_called_unused() -> None:
    row = {"项目": "民兵训练补助", "金额": Decimal(9800)}
    facts = {"训练保障投入": Fact(value=Decimal(9800)), "经费明细": Fact(value=(row,))}
    assert "训练保障投入" not in "".join(one for one in findings("work-a", facts, "") if one.startswith("coverage"))


SPARSE = {"年度": Fact(value=2025), "自称": Fact(value="我街道"), "入伍人数": Fact(value=3), "训练天数": Fact(value=0)}


@pytest.mark.parametrize("shape", SHAPES)
def test_headings_promise_only_what_the_facts_bear(shape: str) -> None:
    sheet = FactSheet(example(shape).schema, SPARSE)
    report_type, _ = report_of(shape, sheet, Length("标准"))
    for seed in range(6):
        _, report = report_of(shape, sheet, Length("标准"), seed)
        headings = "\n".join(section.heading for section in report.sections)
        assert not any(word in headings for word in ("经费", "训练", "走访", "冲锋", "急难任务", "器材")), headings
    sections = tuple(replace(one, text="做好工作。", revision=1) for one in report.sections)
    found = check_report(replace(report, sections=sections), report_type)
    assert not [one for one in found if one.rule == "coverage.heading"]
    assert "double-support" in {one.section_key for one in found if one.rule == "coverage.bare"} or shape == "duty-b"
    assert "conscription" not in {one.section_key for one in found if one.rule == "coverage.bare"}


def test_a_heading_whose_facts_never_came_is_told() -> None:
    report_type, report = report_of("duty-b", FactSheet(example("duty-b").schema, {}), Length("标准"))
    sheet = FactSheet(report.sheet.schema, SPARSE)
    sections = tuple(replace(one, text="做好工作。", revision=1) for one in report.sections)
    found = check_report(replace(report, sheet=sheet, sections=sections), report_type)
    (told,) = [one for one in found if one.rule == "coverage.heading" and one.section_key == "funding"]
    assert "可换成“统筹各方资源，做好工作保障”" in told.message


def test_a_heading_that_holds_nothing_is_told() -> None:
    sheet = example(SHAPES[0])
    report_type, report = report_of(SHAPES[0], sheet, Length("标准"))
    texts = drafted(SHAPES[0], sheet, Length("标准"))
    sections = tuple(replace(one, text=texts.get(one.key, "")) for one in report.sections)
    alone = own_section("own-1", "空标题", group=True)
    found = check_report(replace(report, sections=(*sections, alone)), report_type)
    assert [one.section_key for one in found if one.rule == "length.empty"] == ["own-1"]
    assert any("空标题" in one.message and "归到它下面" in one.message for one in found)


def test_a_person_who_speaks_in_a_units_report_is_told_and_a_slogan_is_not() -> None:
    sheet = example(SHAPES[0])
    report_type, report = report_of(SHAPES[0], sheet, Length("标准"))
    assert report.shape.voice == "unit"

    def told(text: str) -> list[str]:
        sections = tuple(replace(one, text=text if one.key == "opening" else "") for one in report.sections)
        found = check_report(replace(report, sections=sections), report_type)
        return [one.message for one in found if one.rule == "voice.person"]

    first, second = told("一年来，我始终把武装工作抓在手上，本人带头上党课。")
    assert "，我始终把武装工作抓在……”" in first
    assert "，本人带头上党课”" in second
    assert told("我镇开展“我为群众办实事”活动，组织专武干部述职，我国国防法深入人心。") == []


def test_a_unit_or_another_who_speaks_for_the_person_is_told_with_its_place_and_mended() -> None:
    shape = SHAPES[2]
    report_type, report = report_of(shape, example(shape), Length("标准"))
    text = "由党工委书记负总责。下一步，{{自称}}将抓好整改，党政主要领导带头。我街道被评为先进。"
    sections = tuple(replace(one, text=text if one.key == "opening" else "") for one in report.sections)
    found = [one for one in check_report(replace(report, sections=sections), report_type) if one.kind == "voice"]
    assert [(one.rule, one.severity, text[one.start : one.end]) for one in found] == [
        ("voice.office", "warning", "党工委书记"),
        ("voice.unit", "hint", "{{自称}}"),
        ("voice.office", "warning", "党政主要领导"),
    ]
    assert [one.fix and one.fix.after for one in found] == ["我", "我", None]


def written(shape: str, label: str) -> Report:
    """A whole report whose texts were written before its fact was emptied, and without it."""
    sheet = example(shape)
    _, report = report_of(shape, sheet, Length.NORMAL)
    texts = drafted(shape, sheet.with_fact(label, Fact(value=0)), Length.NORMAL)
    sections = tuple(replace(one, text=texts.get(one.key, ""), revision=1) for one in report.sections)
    return replace(report, sections=sections, sheet=sheet.with_fact(label, Fact()))


def required(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    report_type, _ = report_of(report.shape.key, report.sheet, report.length)
    found = check_report(report, report_type)
    return [(one.section_key, one.facts) for one in found if one.rule == "placeholder.required"]


def test_an_empty_required_fact_that_no_text_shows_stops_the_final_file() -> None:
    report = written("duty-c", "入伍人数")
    assert required(report) == [("conscription", ("入伍人数",))]
    (finding,) = (
        one
        for one in check_report(report, report_of("duty-c", report.sheet, report.length)[0])
        if one.rule == "placeholder.required"
    )
    assert finding.severity == "error"
    assert finding.message == (
        "必填的“入伍人数”还没有填，这一节也没有提到。请填上，再重新起草这一节或补写进去；确实没有的，填 0。"
    )
    assert required(replace(report, sheet=report.sheet.with_fact("入伍人数", Fact(value=0)))) == []


def test_a_required_fact_is_told_once_and_only_where_it_is_wanted() -> None:
    report = written("duty-c", "入伍人数")
    shown = [
        replace(one, text=one.text + "入伍{{入伍人数}}。") if one.key == "causes" else one for one in report.sections
    ]
    assert required(replace(report, sections=tuple(shown))) == [], "it stands open in a text already"
    without = tuple(one for one in report.sections if one.key != "conscription")
    assert required(replace(report, sections=without)) == [], "the section was taken out"
    waiting = tuple(replace(one, text="") if one.key == "conscription" else one for one in report.sections)
    assert required(replace(report, sections=waiting)) == [], "the section waits for its text"
    assert required(replace(report, sections=tuple(replace(one, text="") for one in report.sections))) == []


def test_a_required_fact_that_belongs_to_no_section_is_asked_for() -> None:
    assert required(written("work-a", "成文日期")) == [("", ("成文日期",))]
