"""All checks of a report, ordered as it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.checks.acceptance import part_kept
from assistant.checks.bare_numbers import bare_number_findings
from assistant.checks.bare_section import bare_findings
from assistant.checks.binding import Binder
from assistant.checks.cover import cover_findings
from assistant.checks.coverage import coverage_findings, used_facts
from assistant.checks.finding import Finding, Part
from assistant.checks.leftovers import Leftovers, told_once
from assistant.checks.leftovers_words import leftover_words
from assistant.checks.length import empty_findings, length_findings
from assistant.checks.placeholders import placeholder_findings
from assistant.checks.plans import of_this_year
from assistant.checks.repetition import repetition_findings
from assistant.checks.required import required_findings
from assistant.checks.rules import sheet_findings
from assistant.checks.speaking import speaking_findings
from assistant.checks.stale import stale_findings
from assistant.checks.untold_zero import untold_zeros
from assistant.checks.wording import wording_findings
from assistant.facts.sheet import FactSheet
from assistant.reports.acceptance import AcceptedNumber
from assistant.reports.memory import Memory
from assistant.reports.report import Report, budget
from assistant.reports.types import ReportType
from assistant.reports.voice_places import speaker_of


@dataclass(frozen=True)
class Review:
    """What the checks say of a report.

    Attributes:
        findings: what is open, as ``check_report`` orders it.
        kept: numbers that a person keeps and whose sentence is still the same.
    """

    findings: tuple[Finding, ...]
    kept: tuple[AcceptedNumber, ...]


class _Texts:
    """The findings of single texts on one state of the facts: an edit changes one, of the others they are known."""

    def __init__(self, sheet: FactSheet) -> None:
        self.binder = Binder(sheet)
        self.leftovers = Leftovers(sheet)
        self._known: dict[tuple[str, str, Part, bool, bool], tuple[Finding, ...]] = {}

    def findings(self, text: str, key: str, part: Part, plan: bool, aims: bool) -> tuple[Finding, ...]:
        known = (text, key, part, plan, aims)
        if known not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[known] = tuple(_text_findings(text, self.binder, self.leftovers, key, part, plan, aims))
        return self._known[known]


#: Texts of one report that are remembered, and reports.
_REMEMBERED = 64
_TEXTS: Memory[_Texts] = Memory(64)


def check_report(report: Report, report_type: ReportType, accepted: Iterable[AcceptedNumber] = ()) -> list[Finding]:
    """Every finding: the facts' own contradictions, then section by section in reading order.

    Args:
        accepted: numbers that a person keeps; they are no findings while their sentence stays as it is.
    """
    return list(review_report(report, report_type, accepted).findings)


def review_report(report: Report, report_type: ReportType, accepted: Iterable[AcceptedNumber] = ()) -> Review:
    """The findings, and the acceptances that hold."""
    found = [*cover_findings(report), *sheet_findings(report.sheet)]
    texts = _TEXTS.get(report.id, (report.sheet, leftover_words()), lambda: _Texts(report.sheet))
    used = {label for section in report.sections for label in used_facts(section, report)}
    characters = report_type.lengths.get(report.length, 0)
    worn = repetition_findings(report)
    speaker = speaker_of(report)
    for section in report.sections:
        plan = texts.leftovers.ground.about_plans(f"{section.title}{section.heading}")
        aims = plan and not of_this_year(f"{section.title}{section.heading}")
        found += texts.findings(section.heading, section.key, "heading", plan, aims)
        found += empty_findings(section, report)
        if not section.holds_text:
            continue
        found += speaking_findings(section, report.sheet, speaker)
        found += texts.findings(section.text, section.key, "text", plan, aims)
        found += stale_findings(section, report.sheet)
        found += coverage_findings(section, report, used)
        found += bare_findings(section, report)
        found += (finding for finding in worn if finding.section_key == section.key)
        if characters:
            found += length_findings(section, report.sheet, budget(section, report.sections, characters))
    found += required_findings(report, found)
    found += untold_zeros(report, used)
    left, kept = part_kept(found, report.sections, accepted)
    return Review(tuple(left), tuple(kept))


def _text_findings(
    text: str, binder: Binder, leftovers: Leftovers, key: str, part: Part, plan: bool, aims: bool
) -> list[Finding]:
    """``plan``: the section is about the next year as well, ``aims``: about nothing else."""
    numbers = bare_number_findings(text, binder, key, part, plan=plan, aims=aims)
    found = placeholder_findings(text, binder.sheet, key, part) + numbers
    found += wording_findings(text, binder, key, part, numbers)
    found = told_once(found, leftovers.findings(text, found, key, part, plan=plan))
    return sorted(found, key=lambda finding: finding.start)
