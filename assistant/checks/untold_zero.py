"""A required figure that is zero and of which no sentence says so: the report would pass over it in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.checks.finding import Finding
from assistant.facts.fields import FactField
from assistant.reports.report import Report
from assistant.slots.render import render_text

_CLAUSE = re.compile(r"[，。；！？\n]")
#: 未来, 无人机 and 零散 deny nothing.
_DENIED = re.compile("未(?!来)|没|无(?!人机|论|缝|私|偿)|尚(?!武)|零(?!散|距离|星)")


def untold_zeros(report: Report, used: Iterable[str]) -> list[Finding]:
    """A warning for each, at the section that is its place and has a text.

    Args:
        used: labels of the facts whose slots stand in the report.
    """
    told = set(used)
    required = report.sheet.schema.required(report.shape.key)
    zeros = [item for item in required if item.type.numeric and report.sheet.value(item.label) == 0]
    zeros = [item for item in zeros if item.label not in told]
    if not zeros:
        return []
    whole = [section for section in report.sections if section.text]
    clauses = [clause for section in whole for clause in _CLAUSE.split(render_text(section.text, report.sheet))]
    denials = [clause for clause in clauses if _DENIED.search(clause)]
    found = []
    for item in zeros:
        homes = [section for section in whole if item.label in section.facts]
        if homes and not any(_speaks_of(clause, item) for clause in denials):
            message = f"“{item.label}”填的是 0，正文没有交代。请写明没有的情况，或核对是否填错。"
            found.append(Finding("coverage.zero", "warning", message, section_key=homes[0].key, facts=(item.label,)))
    return found


def _speaks_of(clause: str, item: FactField) -> bool:
    return any(name in clause for name in (item.label, *item.aliases))
