"""All checks of a report, ordered as it is read."""

from __future__ import annotations

from assistant.checks.finding import Finding, Part
from assistant.checks.placeholders import placeholder_findings
from assistant.checks.rules import sheet_findings
from assistant.facts.sheet import FactSheet
from assistant.reports.report import Report, Section
from assistant.reports.types import ReportType


def check_report(report: Report, report_type: ReportType) -> list[Finding]:
    """Every finding: the facts' own contradictions, then section by section in reading order."""
    found = sheet_findings(report.sheet)
    for section in report.sections:
        found += _section_findings(section, report.sheet)
    return found


def _section_findings(section: Section, sheet: FactSheet) -> list[Finding]:
    return [
        *_text_findings(section.heading, sheet, section.key, "heading"),
        *_text_findings(section.text if section.holds_text else "", sheet, section.key, "text"),
    ]


def _text_findings(text: str, sheet: FactSheet, key: str, part: Part) -> list[Finding]:
    found = placeholder_findings(text, sheet, key, part)
    return sorted(found, key=lambda finding: finding.start)
