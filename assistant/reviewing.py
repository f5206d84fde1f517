"""What is open in a report, and what a person decides about it: the desk's side of 核校."""

from __future__ import annotations

import datetime
from functools import partial

from assistant.checks.acceptance import KEEPABLE, acceptance_of
from assistant.checks.coverage import unused_facts
from assistant.checks.coverage_grid import CoverageRow, coverage_grid
from assistant.checks.finding import Finding
from assistant.checks.leftovers import OF_NUMBERS, Comparison
from assistant.checks.leftovers_others import Other, other_of, other_text
from assistant.checks.leftovers_words import leftover_words
from assistant.checks.report import Review, review_report
from assistant.checks.rules import sheet_findings
from assistant.errors import InputError, NotFound
from assistant.reports.acceptance import AcceptedNumber
from assistant.reports.loader import Library
from assistant.reports.manuscript import Manuscript, manuscript
from assistant.reports.memory import Memory
from assistant.reports.report import Origin, Report, Section
from assistant.reports.snapshot import snapshot_of
from assistant.reports.text_history import StepKind
from assistant.reports.types import ReportType
from assistant.storage.store import Store

#: Reports whose findings are remembered; other reports that one is held against, the last changed first.
_REVIEWS = 64
_OTHERS = 200


class Reviewing:
    """Reads reports and checks them."""

    def __init__(self, store: Store, library: Library) -> None:
        self.store = store
        self.library = library
        self._reviews: Memory[Review] = Memory(_REVIEWS)
        self._manuscripts: Memory[Manuscript] = Memory(_REVIEWS)
        self._others: Memory[Other | None] = Memory(2 * _OTHERS)
        self._comparisons: Memory[Comparison] = Memory(2)
        self._compared: Memory[tuple[Finding, ...]] = Memory(_REVIEWS)

    def report(self, report_id: str) -> Report:
        """Raises NotFound."""
        return self.store.report(report_id)

    def report_type(self, report: Report) -> ReportType:
        return self.library.get(report.report_type)

    def _section(self, report: Report, key: str) -> Section:
        section = report.section(key)
        if section is None:
            raise InputError(f"没有“{key}”这一节。", "请刷新页面。")
        return section

    def manuscript(self, report: Report) -> Manuscript:
        """The report with its facts in place; made once for every state of it."""
        return self._manuscripts.get(report.id, report, lambda: manuscript(report))

    def findings(self, report: Report) -> list[Finding]:
        """What is open, numbers that a person keeps left out."""
        return list(self.review(report).findings)

    def review(self, report: Report) -> Review:
        """Findings and kept numbers; made once for every state of a report."""
        report_type = self.report_type(report)

        def make() -> Review:
            return review_report(report, report_type, self.store.accepted_numbers(report.id))

        return self._reviews.get(report.id, (report, report_type, leftover_words()), make)

    def compared(self, report: Report) -> tuple[Finding, ...]:
        """What other reports left in this one: names of their units and people, last year's texts, same passages.

        None is an error. Made once for every state of the report and of the list.
        """
        changes = self.store.changes(report.report_type)
        heads = tuple((other, updated) for other, updated in changes if other != report.id)[:_OTHERS]

        old = self.old_texts(report)

        def compare() -> Comparison:
            return Comparison([*self._read_others(heads), *(other_text(name, text) for name, text in old)])

        def make() -> tuple[Finding, ...]:
            made = self._comparisons.get(report.id, (heads, old), compare)
            return tuple(made.findings(report, self.report_type(report)))

        return self._compared.get(report.id, (report, heads, old, leftover_words()), make)

    def old_texts(self, report: Report) -> tuple[tuple[str, str], ...]:  # noqa: ARG002
        """(name, text) of papers that are no report of the list and that this one is held against."""
        return ()

    def _read_others(self, heads: tuple[tuple[str, datetime.datetime], ...]) -> list[Other]:
        found = (self._others.get(name, updated, partial(self._read_other, name)) for name, updated in heads)
        return [other for other in found if other is not None]

    def _read_other(self, report_id: str) -> Other | None:
        """None for a report that was deleted meanwhile."""
        try:
            return other_of(self.report(report_id))
        except NotFound:
            return None

    def stale(self, report: Report) -> dict[str, list[Finding]]:
        """Section key → why its wording may be out of date."""
        found: dict[str, list[Finding]] = {}
        for finding in self.review(report).findings:
            if finding.kind == "stale":
                found.setdefault(finding.section_key, []).append(finding)
        return found

    def affirm(self, report_id: str, key: str, revision: int) -> Section:
        """A person read the section and finds that it still holds. Raises EditConflict when it is another text now."""
        report = self.report(report_id)
        section = self._section(report, key)
        return self.store.affirm(report_id, key, revision, snapshot_of(section, section.text, report.sheet))

    def keep_number(self, report_id: str, finding: Finding) -> AcceptedNumber:
        """A person answers for a number that no fact supports, until its sentence changes."""
        section = self._section(self.report(report_id), finding.section_key)
        text = section.heading if finding.part == "heading" else section.text
        if finding.rule not in KEEPABLE or text[finding.start : finding.end] != finding.excerpt:
            raise InputError("这一处文字已经变了。", "请重新核校。")
        return self.store.accept_number(report_id, acceptance_of(finding, section), self.store.get_setting("name"))

    def take_back_number(self, report_id: str, accepted_id: int) -> None:
        """The number is a finding again."""
        self.store.take_back_number(report_id, accepted_id)

    def coverage(self, report: Report) -> list[CoverageRow]:
        """Which fact is used in which section."""
        return coverage_grid(report)

    def unused(self, report: Report, section: Section) -> list[str]:
        """The section's own facts that are filled in and that its text leaves out."""
        return unused_facts(section, report)

    def sheet_findings(self, report: Report) -> list[Finding]:
        """Only what the facts themselves contradict."""
        return sheet_findings(report.sheet)

    def bare_numbers(self, report: Report) -> dict[str, tuple[tuple[int, int], ...]]:
        """Section key → [start, end) of the numbers in its slot text that no fact stands behind."""
        found: dict[str, tuple[tuple[int, int], ...]] = {}
        for finding in self.findings(report):
            if finding.part == "text" and (finding.kind == "number" or finding.rule in OF_NUMBERS):
                found[finding.section_key] = (*found.get(finding.section_key, ()), (finding.start, finding.end))
        return found

    def apply_fix(self, report_id: str, finding: Finding) -> Section:
        """Puts a finding's fix into its section's text."""
        report = self.report(report_id)
        section = self._section(report, finding.section_key)
        fix = finding.fix
        if fix is None or section.text[fix.start : fix.end] != fix.before:
            raise InputError("这一处文字已经变了。", "请重新核校。")
        text = section.text[: fix.start] + fix.after + section.text[fix.end :]
        # The words around the fix are as old as they were: only what is named now for the first time is of today.
        snapshot = None
        if section.snapshot is not None:
            snapshot = {**snapshot_of(section, text, report.sheet), **section.snapshot}
        return self.store.save_text(
            report_id, section.key, text, section.revision, Origin.EDIT, snapshot=snapshot,
            by=self.store.get_setting("name"), kind=StepKind.FIX,
        )  # fmt: skip
