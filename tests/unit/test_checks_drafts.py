"""What the embedded engine writes has no bare number, and its plain text audits almost without false alarms."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_embedded import SHAPES, drafted, example, report_of

from assistant.checks.plain_audit import audit_text
from assistant.checks.report import check_report
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
