"""Facts that the shape requires, that are empty, and of which nothing in the report shows that they are missing."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.checks.finding import Finding
from assistant.facts.fields import FactField, FieldType
from assistant.reports.report import Report

_PLACE = "placeholder.missing"


def required_findings(report: Report, found: Iterable[Finding]) -> list[Finding]:
    """An error for each: a text that is whole without a required figure would go out as if there were none to tell.

    Args:
        found: what the other checks say; a fact whose slot stands open somewhere is told there.
    """
    if not any(section.text for section in report.sections):
        return []
    shown = {label for finding in found if finding.rule == _PLACE for label in finding.facts}
    preset = {label for template, _ in report.shape.walk() for label in template.facts}
    findings = []
    for item in report.sheet.schema.required(report.shape.key):
        if item.label in shown or not report.sheet.fact(item.label).empty:
            continue
        homes = [section for section in report.sections if item.label in section.facts]
        if not homes and item.label not in preset:
            findings.append(_finding(item, "", f"请在“事实”页填上{_otherwise(item)}。"))
        # A section that was taken out takes its facts along; one that waits for its text is told as empty.
        written = [section for section in homes if section.text]
        if written:
            mend = f"请填上，再重新起草这一节或补写进去{_otherwise(item)}。"
            findings.append(_finding(item, written[0].key, mend))
    return findings


def _finding(item: FactField, section_key: str, mend: str) -> Finding:
    where = "，这一节也没有提到" if section_key else ""
    message = f"必填的“{item.label}”还没有填{where}。{mend}"
    return Finding("placeholder.required", "error", message, section_key=section_key, facts=(item.label,))


def _otherwise(item: FactField) -> str:
    if item.type.numeric:
        return "；确实没有的，填 0"
    return "；确实没有的，填“无”" if item.type in (FieldType.TEXT, FieldType.LIST, FieldType.TABLE) else ""
