"""Whose year a source speaks of, and when a person has to say so: right figures of a wrong year are wrong."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.facts.fields import FieldType
from assistant.facts.sheet import FactSheet
from assistant.intake.found import Extraction

#: Characters from which a text is a paper, not a message from a village: a message speaks of now and names no year.
PAPER = 300


@dataclass(frozen=True)
class YearQuestion:
    """A source that is not surely of the report's own year. ``source``, ``report``: None where neither says one."""

    source: int | None
    report: int | None

    @property
    def last_year(self) -> bool:
        """Whether it is known to be of the year before the report's, the only one whose figures are 去年数."""
        return self.source is not None and self.report is not None and self.source == self.report - 1


def report_year(sheet: FactSheet) -> int | None:
    """The year that the sheet's report is about."""
    for item in sheet.schema.fields:
        if item.type is FieldType.YEAR and isinstance(value := sheet.value(item.label), int):
            return value
    return None


def year_question(found: Extraction | None, sheet: FactSheet) -> YearQuestion | None:
    """What a person has to say before anything is taken; None for a source of the report's own year."""
    if found is None:
        return None
    year = report_year(sheet)
    if found.year is None:
        return YearQuestion(None, year) if len(found.text.strip()) >= PAPER else None
    return YearQuestion(found.year, year) if found.year != year else None
