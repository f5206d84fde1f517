"""Bare numbers that a person keeps: which finding an acceptance belongs to, and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.checks.finding import Finding
from assistant.reports.acceptance import AcceptedNumber
from assistant.reports.report import Section

#: What a person may keep; a linkable number has its fix. The last two are numbers of an old report.
KEEPABLE = frozenset({"number.unknown", "number.conflicting", "leftover.year", "leftover.last_year_figure"})
_ENDS = re.compile(r"[。；;！？\n]")
#: A sentence without end is looked at so far on either side: time stays linear in the text.
_NEIGHBOURHOOD = 120


def acceptance_of(finding: Finding, section: Section) -> AcceptedNumber:
    """What is stored when a person keeps the number of ``finding``."""
    text = section.heading if finding.part == "heading" else section.text
    begin, end = _sentence(text, finding.start, finding.end)
    return AcceptedNumber(
        section_key=section.key,
        part=finding.part,
        sentence=text[begin:end],
        place=finding.start - begin,
        number=finding.excerpt,
        rule=finding.rule,
        expected=finding.expected,
    )


def part_kept(
    findings: Iterable[Finding], sections: Sequence[Section], accepted: Iterable[AcceptedNumber]
) -> tuple[list[Finding], list[AcceptedNumber]]:
    """The findings that are left, and the acceptances that hold: those whose number, sentence and finding are there."""
    known = {one.key: one for one in accepted}
    if not known:
        return list(findings), []
    by_key = {section.key: section for section in sections}
    left: list[Finding] = []
    kept: dict[object, AcceptedNumber] = {}
    for finding in findings:
        section = by_key.get(finding.section_key)
        if finding.rule in KEEPABLE and section is not None:
            one = known.get(acceptance_of(finding, section).key)
            if one is not None:
                kept[one.key] = one
                continue
        left.append(finding)
    return left, list(kept.values())


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    begin = max(0, start - _NEIGHBOURHOOD)
    for found in _ENDS.finditer(text, begin, start):
        begin = found.end()
    stop = _ENDS.search(text, end, end + _NEIGHBOURHOOD)
    return begin, stop.end() if stop else min(len(text), end + _NEIGHBOURHOOD)
