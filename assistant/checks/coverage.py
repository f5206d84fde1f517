"""Facts that were filled in and that nobody reads: unused in their own section, or in the whole report."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.checks.finding import Finding
from assistant.facts.accounts import told_by_row
from assistant.reports.report import Report, Section
from assistant.slots.grammar import slots_in


def used_facts(section: Section, report: Report) -> set[str]:
    """Labels of the facts that a section's heading and text refer to."""
    found = set()
    for slot in slots_in(f"{section.heading}\n{section.text}"):
        item = report.sheet.schema.find(slot.label)
        found.add(item.label if item else slot.label)
    return found


def unused_facts(section: Section, report: Report) -> list[str]:
    """Home facts of a drafted section that are filled and that its text does not use.

    A zero is told in words (未发生信访举报), so no slot stands for it.
    """
    if not section.text:
        return []
    here, sheet = used_facts(section, report), report.sheet
    unused = [
        label
        for label in section.facts
        if label not in here and sheet.value(label) not in (None, 0) and sheet.schema.find(label) is not None
    ]
    return [label for label in unused if not _told_in_account(label, report)]


def _told_in_account(label: str, report: Report) -> bool:
    """Whether a table that some section tells has the sum of this fact in it."""
    tables = [table for table in report.sheet.schema.tables if told_by_row(report.sheet, label, table)]
    return bool(tables) and any(not used_facts(section, report).isdisjoint(tables) for section in report.sections)


def coverage_findings(section: Section, report: Report, used_anywhere: Iterable[str]) -> list[Finding]:
    """Home facts of a drafted section that are filled and not used in it. Hints: leaving one out may be meant."""
    anywhere = set(used_anywhere)
    unused = unused_facts(section, report)
    return [
        Finding(
            rule="coverage.elsewhere" if label in anywhere else "coverage.unused",
            severity="hint",
            message=f"事实“{label}”在这一节没有用到"
            + ("，只在别处用了。" if label in anywhere else "，全文也没有用到。"),
            section_key=section.key,
            facts=(label,),
        )
        for label in unused
    ]
