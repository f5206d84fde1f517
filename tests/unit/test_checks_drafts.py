"""What the embedded engine writes has no bare number, and its plain text audits almost without false alarms."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_embedded import SHAPES, drafted, example, report_of

from assistant.checks.plain_audit import audit_text
from assistant.checks.report import check_report
from assistant.reports.outline_edit import own_section
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

    [message] = told("一年来，我始终把武装工作抓在手上，本人带头上党课。")
    assert "我始终把武装" in message
    assert "等 2 处" in message
    assert told("我镇开展“我为群众办实事”活动，组织专武干部述职，我国国防法深入人心。") == []
