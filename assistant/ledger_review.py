"""Ledgers as finds, by the columns that a person assigned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.facts.fields import FactSchema
from assistant.intake.found import Extraction
from assistant.intake.ledger import LedgerMapping, read_ledger, remembered
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_sheets import across
from assistant.intake.ledger_types import MappingMemory
from assistant.intake.ledger_units import reporters, rows_by_reporter
from assistant.intake.workbook_grid import Book, Grid
from assistant.pending import Assigned

Assignments = Mapping[str, Mapping[str, Assigned]]


def mappings_of(
    proposed: Sequence[LedgerMapping],
    schema: FactSchema,
    memory: MappingMemory,
    report_type: str,
    assigned: Assignments,
) -> tuple[LedgerMapping, ...]:
    """How a ledger is read: as proposed or remembered, with what a person assigned since."""
    made = []
    for mapping in remembered(proposed, schema, memory, report_type):
        for key, (fact, part, unit) in assigned.get(mapping.sheet, {}).items():
            mapping = mapping.decided(key, fact, part, unit or None)
        made.append(mapping)
    return tuple(made)


def read_all(book: Book, mappings: Sequence[LedgerMapping], schema: FactSchema, skipped: Collection[str]) -> Extraction:
    """Every sheet that is not skipped, as one; figures of two sheets for one fact stay in doubt, beside their sum."""
    wanted = [mapping for mapping in mappings if mapping.sheet not in skipped]
    read = [read_ledger(book, mapping, schema) for mapping in wanted]
    years = {one.year for one in read if one.year is not None}
    told = [(mapping.sheet, one) for mapping, one in zip(wanted, read, strict=True)]
    # What concerns the file is said by every sheet.
    notices = tuple(dict.fromkeys(notice for one in read for notice in one.notices))
    return Extraction(book.name, "", tuple(across(told, schema)), notices, max(years) if years else None)


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


@dataclass(frozen=True)
class Twice:
    """A village or unit with several rows, 1-based numbers; ``left``: those of them that do not count."""

    sheet: str
    name: str
    rows: tuple[int, ...]
    left: tuple[int, ...]


def twice_in(book: Book, mappings: Sequence[LedgerMapping], left: Mapping[str, Collection[int]]) -> list[Twice]:
    """Who stands in the book more than once, in the order of the sheets.

    Args:
        book: with all its rows, those that are left out too.
    """
    grids = {grid.name: grid for grid in book.grids}
    found = []
    for mapping in mappings:
        if mapping.form != "units" or not mapping.names:
            continue
        rows: dict[str, list[int]] = {}
        for row, name in rows_by_reporter(Layout(grids[mapping.sheet]), mapping).items():
            rows.setdefault(name, []).append(row)
        gone = left.get(mapping.sheet, ())
        found += [
            Twice(mapping.sheet, name, tuple(places), tuple(row for row in places if row in gone))
            for name, places in rows.items()
            if len(places) > 1
        ]
    return found


def reporters_of(book: Book, mappings: Sequence[LedgerMapping], skipped: Collection[str]) -> tuple[str, ...]:
    """The villages or units that have a row of their own, over all sheets that are read; nobody twice."""
    grids = {grid.name: grid for grid in book.grids}
    names = [
        name
        for mapping in mappings
        if mapping.form == "units" and mapping.names and mapping.sheet not in skipped
        for name in reporters(Layout(grids[mapping.sheet]), mapping)
    ]
    return tuple(dict.fromkeys(names))
