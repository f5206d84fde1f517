"""A required figure that is zero and of which no sentence says so: the report would pass over it in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.checks.finding import Finding
from assistant.facts.fields import FactField
from assistant.reports.report import Report
from assistant.slots.render import render_text

_CLAUSE = re.compile(r"[，。；！？\n]")
_DENIED = re.compile(r"未|没|无|尚|零")


def untold_zeros(report: Report, used: Iterable[str]) -> list[Finding]:
    """A warning for each, at the section that is its place and has a text.

    Args:
        used: labels of the facts whose slots stand in the report.
    """
    told = set(used)
    whole = [section for section in report.sections if section.text]
    clauses = [clause for section in whole for clause in _CLAUSE.split(render_text(section.text, report.sheet))]
    denials = [clause for clause in clauses if _DENIED.search(clause)]
    found = []
    for item in report.sheet.schema.required(report.shape.key):
        homes = [section for section in whole if item.label in section.facts]
        if not homes or not item.type.numeric or item.label in told or report.sheet.value(item.label) != 0:
            continue
        if not any(_speaks_of(clause, item) for clause in denials):
            message = f"“{item.label}”填的是 0，正文没有交代。请写明没有的情况，或核对是否填错。"
            found.append(Finding("coverage.zero", "warning", message, section_key=homes[0].key, facts=(item.label,)))
    return found


def _speaks_of(clause: str, item: FactField) -> bool:
    return any(name in clause for name in (item.label, *item.aliases))
