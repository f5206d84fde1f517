"""What was read before: facts and sections whose rows are the same are not made anew.

A page reads its report several times a second; most of that time went into making values and sections out of rows
that nobody had touched. The rows are still read from the database every time, and compared whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Row

from assistant.facts.fields import FactSchema
from assistant.facts.sheet import FactSheet
from assistant.reports.memory import Memory
from assistant.reports.report import Section

#: Reports, and sections of them, that are remembered.
_REPORTS, _SECTIONS = 128, 2048


class _Same:
    """Equal for the very same object: comparing two schemas whole would take longer than reading the rows."""

    def __init__(self, one: object) -> None:
        self.one = one

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.one is other.one

    __hash__ = None  # type: ignore[assignment]


class Reading:
    """The sheets and sections that were read last."""

    def __init__(self) -> None:
        self._sheets: Memory[FactSheet] = Memory(_REPORTS)
        self._sections: Memory[Section] = Memory(_SECTIONS)

    def sheet(
        self, report_id: str, rows: Sequence[Row[str, str]], schema: FactSchema, make: Callable[[], FactSheet]
    ) -> FactSheet:
        """The sheet of a report's fact rows, which ``make`` makes."""
        # Of an edited report type the same rows may read otherwise: its schema is another object.
        return self._sheets.get(report_id, (_Same(schema), [tuple(row) for row in rows]), make)

    def section(self, report_id: str, row: Row[Any], make: Callable[[Row[Any]], Section]) -> Section:
        """The section of a row of ``sections_query``, which ``make`` makes."""
        return self._sections.get((report_id, row.id), tuple(row), lambda: make(row))
