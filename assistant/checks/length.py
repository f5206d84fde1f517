"""A section far from its share of the report's length, or without a word."""

from __future__ import annotations

from assistant.checks.finding import Finding
from assistant.facts.sheet import FactSheet
from assistant.reports.outline_edit import below
from assistant.reports.report import Report, Section
from assistant.slots.render import render_text

#: Outside these shares of its budget a section is told about.
SHORT, LONG = 0.5, 1.6


def length_findings(section: Section, sheet: FactSheet, budget: int) -> list[Finding]:
    """A hint for a drafted section that is much shorter or longer than ``budget`` characters."""
    size = len("".join(render_text(section.text, sheet).split()))
    if not size or SHORT * budget <= size <= LONG * budget:
        return []
    over = size > budget
    message = f"这一节 {size} 字，大约应写 {budget} 字，{'偏长' if over else '偏短'}。"
    return [
        Finding(rule=f"length.{'over' if over else 'under'}", severity="hint", message=message, section_key=section.key)
    ]


def empty_findings(section: Section, report: Report) -> list[Finding]:
    """A warning for a section without text in a report that has texts: its heading would be printed alone.

    The same for a heading that is there to hold others and holds none.
    """
    if section.text.strip() or not any(other.text.strip() for other in report.sections):
        return []
    if not section.holds_text:
        if any(other.holds_text for other in below(report.sections, section.key)):
            return []
        message = f"“{section.title}”下面没有内容，文件里会只有标题。请把别的节归到它下面，或在提纲里删去。"
        return [Finding(rule="length.empty", severity="warning", message=message, section_key=section.key)]
    alone = "，文件里会只有标题" if section.heading.strip() else ""
    message = f"“{section.title}”还没有文字{alone}。请起草或写上；不要这一节的，在提纲里删去。"
    return [Finding(rule="length.empty", severity="warning", message=message, section_key=section.key)]
