"""Sections that promise more than their facts bear: a heading without what it speaks of, a text without a fact."""

from __future__ import annotations

from assistant.checks.finding import Finding
from assistant.reports.report import Report, Section, unmet_claims


def bare_findings(section: Section, report: Report) -> list[Finding]:
    """Hints for a drafted section; a person may mean it so."""
    if not section.text.strip():
        return []
    return [*_heading(section, report), *_text(section, report)]


def _heading(section: Section, report: Report) -> list[Finding]:
    """Only of the headings that came with the shape is it known what they speak of."""
    template = next((one for one, _ in report.shape.walk() if one.key == section.key), None)
    unmet = unmet_claims(template, section.heading, report.sheet) if template else ()
    if template is None or not unmet:
        return []
    others = [one for one in template.headings if one not in template.claims and "{{" not in one]
    instead = f"，可换成“{others[0]}”" if others else ""
    message = f"标题“{section.heading}”所说的“{unmet[0]}”等都没有填。请补填，或改标题{instead}。"
    return [Finding("coverage.heading", "hint", message, section_key=section.key, facts=unmet, part="heading")]


def _text(section: Section, report: Report) -> list[Finding]:
    sheet = report.sheet
    home = [label for label in section.facts if sheet.schema.find(label)]
    # A required fact that is missing, or zero, is told for itself.
    needed = {item.label for item in sheet.schema.required(report.shape.key)}
    if not home or needed.intersection(home) or any(sheet.fact(label).shows for label in home):
        return []
    message = f"“{section.title}”这一节没有一项事实，只有一般的话。请补填事实；没有这项工作的，在提纲里删去这一节。"
    return [Finding("coverage.bare", "hint", message, section_key=section.key)]
