"""A report at an earlier moment, for 花脸稿: a milestone, or the end of a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from assistant.copies import redline_copy
from assistant.errors import InputError, SheetError
from assistant.exporting import ExportedFile, file_stem
from assistant.facts.sheet import FactSheet, read_facts
from assistant.reports.milestone import Milestone
from assistant.reports.report import Report, Section
from assistant.typesetting import Typesetting

#: Days that are offered, the last ones.
_DAYS = 14


@dataclass(frozen=True)
class Moment:
    """A time that a person can name. ``at``: aware, UTC. ``milestone``: what was kept then."""

    name: str
    at: datetime.datetime
    milestone: Milestone | None = None


class Moments(Typesetting):
    """The desk's side of comparing versions."""

    def moments(self, report: Report) -> list[Moment]:
        """The moments to compare with, newest first: milestones, and the ends of earlier days with changes."""
        found = [Moment(one.name, one.at, one) for one in self.store.milestones(report.id)]
        days = sorted({at.astimezone().date() for at in self.store.change_times(report.id)})
        for day in days[:-1][-_DAYS:]:
            end = datetime.datetime.combine(day, datetime.time.max).astimezone()
            found.append(Moment(f"{day.month}月{day.day}日结束时", end))
        return sorted(found, key=lambda moment: moment.at, reverse=True)

    def report_at(self, report: Report, moment: Moment) -> Report:
        """The report as it stood then: texts and facts; outline and headings are today's."""
        if moment.milestone is not None:
            return _kept(report, moment.milestone)
        then = self.store.revisions_at(report.id, moment.at)
        sections = tuple(self._showing(report, section, then.get(section.key, 0)) for section in report.sections)
        return replace(report, sheet=self.store.sheet_at(report.id, moment.at), sections=sections)

    def _showing(self, report: Report, section: Section, number: int) -> Section:
        if number in (0, section.revision):
            return section if number else replace(section, text="", revision=0)
        for version in self.store.versions(report.id, section.key):
            if version.number == number:
                return replace(section, text=version.text, revision=number)
        raise InputError(f"“{section.title}”没有第 {number} 稿。", "请刷新页面。")

    def redline(self, report: Report, old: Moment, new: Moment | None = None) -> ExportedFile:
        """花脸稿 of the whole report from one moment to another, or to now."""
        later = report if new is None else self.report_at(report, new)
        author = self.store.get_setting("name")
        return redline_copy(self.report_at(report, old), later, file_stem(report), author, paper=self.paper(report))

    def redline_section(self, report: Report, key: str, old: int, new: int) -> ExportedFile:
        """花脸稿 of one section between two of its versions, in the report as it is."""
        section = self._section(report, key)

        def with_version(number: int) -> Report:
            shown = self._showing(report, section, number)
            return replace(report, sections=tuple(shown if one.key == key else one for one in report.sections))

        author = self.store.get_setting("name")
        return redline_copy(with_version(old), with_version(new), file_stem(report), author, paper=self.paper(report))


def _kept(report: Report, milestone: Milestone) -> Report:
    def then(section: Section) -> Section:
        text = milestone.text(section.key)
        return replace(section, text=text.text if text else "", revision=text.revision if text else 0)

    sections = tuple(then(section) if section.holds_text else section for section in report.sections)
    return replace(report, sheet=_sheet(report, milestone), sections=sections)


def _sheet(report: Report, milestone: Milestone) -> FactSheet:
    """The facts of then, one by one: what the report type no longer reads is left out."""
    schema = report.sheet.schema
    sheet = FactSheet(schema)
    for label, value in milestone.facts.items():
        try:
            sheet = FactSheet(schema, {**sheet.facts, **read_facts({label: value}, schema).facts})
        except SheetError:
            continue
    return sheet
