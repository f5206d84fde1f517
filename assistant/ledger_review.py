"""Ledgers as finds, by the columns that a person assigned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.facts.fields import FactSchema
from assistant.intake.found import Extraction, Notice
from assistant.intake.ledger import LedgerMapping, read_ledger, remembered
from assistant.intake.ledger_choices import with_units
from assistant.intake.ledger_parts import is_part_of_year
from assistant.intake.ledger_read import layout_of
from assistant.intake.ledger_sheets import across, of_year
from assistant.intake.ledger_types import MappingMemory
from assistant.intake.ledger_unit_rows import kinds_of, name_of, reporters, rows_of_years
from assistant.intake.ledger_words import year_name
from assistant.intake.ledger_year import year_of
from assistant.intake.workbook_grid import Book, Grid
from assistant.pending import Assigned

Assignments = Mapping[str, Mapping[str, Assigned]]


def mappings_of(
    proposed: Sequence[LedgerMapping],
    schema: FactSchema,
    memory: MappingMemory,
    report_type: str,
    assigned: Assignments,
    columns: Mapping[str, int],
) -> tuple[LedgerMapping, ...]:
    """How a ledger is read: as proposed or remembered, with what a person assigned since.

    Args:
        columns: sheet → the column of names or of values that a person chose.
    """
    made = []
    for mapping in remembered(proposed, schema, memory, report_type):
        for key, (fact, part, unit) in assigned.get(mapping.sheet, {}).items():
            mapping = mapping.decided(key, fact, part, unit or None)
        if mapping.sheet in columns:
            mapping = mapping.with_column(columns[mapping.sheet])
        made.append(with_units(mapping, schema))
    return tuple(made)


def read_all(
    book: Book,
    mappings: Sequence[LedgerMapping],
    schema: FactSchema,
    skipped: Collection[str],
    report: int | None = None,
) -> Extraction:
    """Every sheet that is not skipped, as one; figures of two sheets for one fact stay in doubt, beside their sum.

    Args:
        report: the report's year: sheets of it are the file's own, those of other years are told apart.
    """
    wanted = [mapping for mapping in mappings if mapping.sheet not in skipped]
    read = [read_ledger(book, mapping, schema) for mapping in wanted]
    year = _own_year([one.year for one in read], report)
    told = [(mapping.sheet, of_year(one, year)) for mapping, one in zip(wanted, read, strict=True)]
    # What concerns the file is said by every sheet.
    notices = [notice for one in read for notice in one.notices]
    notices += [
        Notice("last-year", f"“{sheet}”是 {one.year} 年的，不和 {year} 年的放在一起，请核对", place=sheet)
        for (sheet, _), one in zip(told, read, strict=True)
        if one.year not in (None, year)
    ]
    return Extraction(book.name, "", tuple(across(told, schema, year)), tuple(dict.fromkeys(notices)), year)


def _own_year(years: Iterable[int | None], report: int | None) -> int | None:
    named = {year for year in years if year is not None}
    return report if report in named else max(named, default=None)


def hidden_rows(book: Book) -> dict[str, tuple[int, ...]]:
    """Visible sheets with hidden rows that hold something → their 1-based numbers."""
    found = {
        grid.name: tuple(row for row in sorted(grid.hidden_rows) if any(_cells(grid, row)))
        for grid in book.grids
        if not grid.hidden
    }
    return {name: rows for name, rows in found.items() if rows}


def _cells(grid: Grid, row: int) -> Iterator[bool]:
    return (cell not in (None, "") for cell in (grid.rows[row - 1] if row <= len(grid.rows) else ()))


def unhidden(book: Book, sheets: Collection[str]) -> Book:
    """The book as if the hidden rows of these sheets were shown: a person wants them counted."""
    if not sheets:
        return book
    return replace(
        book, grids=tuple(replace(one, hidden_rows=frozenset()) if one.name in sheets else one for one in book.grids)
    )


def without(book: Book, left: Mapping[str, Collection[int]]) -> Book:
    """The book as if these rows of its sheets were not there: a person does not want them counted."""
    if not any(left.values()):
        return book
    grids = (replace(one, left_rows=frozenset(left.get(one.name, ()))) for one in book.grids)
    return replace(book, grids=tuple(grids))


_WHY: dict[str, Literal["twice", "sum", "nameless"]] = {"sum": "sum", "nameless": "nameless", "": "twice"}


@dataclass(frozen=True)
class Questioned:
    """Rows of a ledger that count, and perhaps should not.

    Attributes:
        why: a village or unit has several rows; or a row equals the sum of all others; or it does not say whose it is.
        rows: 1-based numbers, of columns where ``across``; ``left``: those of them that do not count.
    """

    sheet: str
    name: str
    rows: tuple[int, ...]
    left: tuple[int, ...]
    why: Literal["twice", "sum", "nameless"] = "twice"
    across: bool = False


def questioned_in(
    book: Book, mappings: Sequence[LedgerMapping], left: Mapping[str, Collection[int]]
) -> list[Questioned]:
    """Rows that a person decides about, in the order of the sheets.

    Args:
        book: with all its rows, those that are left out too.
    """
    found = []
    for mapping in mappings:
        if mapping.form != "units" or not mapping.names:
            continue
        layout = layout_of(book, mapping)
        if rows_of_years(layout, mapping):
            # A village has a row in each year.
            continue
        kinds = kinds_of(layout, mapping)
        gone = left.get(mapping.sheet, ())
        rows: dict[str, list[int]] = {}
        for row in kinds.counted:
            rows.setdefault(name_of(layout, row, mapping.names), []).append(row)
        for name, places in rows.items():
            doubtful = "sum" if places[0] in kinds.sums else "nameless" if places[0] in kinds.nameless else ""
            if len(places) > 1 or doubtful:
                out = tuple(row for row in places if row in gone)
                found.append(Questioned(mapping.sheet, name, tuple(places), out, _WHY[doubtful], mapping.across))
    return found


def reporters_of(
    book: Book, mappings: Sequence[LedgerMapping], skipped: Collection[str], report: int | None = None
) -> tuple[str, ...]:
    """The villages or units that have a row of their own, over all sheets of the year that are read; nobody twice."""
    read = [(mapping, year_of(book, mapping)) for mapping in mappings if mapping.sheet not in skipped]
    wanted = (None, _own_year([year for _, year in read], report))
    names = [
        name
        for mapping, year in read
        if mapping.form == "units" and mapping.names and year in wanted
        for name in reporters(layout_of(book, mapping), mapping)
        if not is_part_of_year(name) and not year_name(name)
    ]
    return tuple(dict.fromkeys(names))
