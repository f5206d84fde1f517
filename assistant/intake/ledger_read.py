"""Reads a ledger by its mapping: facts with the cells they came from, and everything a person must decide.

Totals rows are compared and never counted, hidden rows and columns are told and left out, what cannot be read is named
with its cell and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.facts.fields import FactSchema
from assistant.facts.hanzi_figures import in_figures
from assistant.facts.tables import shortened
from assistant.intake.found import Extraction, FoundFact, Notice
from assistant.intake.ledger_journal import read_journal
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_pairs import read_pairs
from assistant.intake.ledger_people import read_people
from assistant.intake.ledger_rows import read_rows
from assistant.intake.ledger_types import LedgerMapping
from assistant.intake.ledger_units import read_units
from assistant.intake.ledger_words import SERIAL_HEADERS, normal
from assistant.intake.ledger_year import year_of
from assistant.intake.workbook_grid import Book, Grid, column_letters

_READERS: dict[str, Callable[[Layout, LedgerMapping, FactSchema, str], tuple[list[FoundFact], list[Notice]]]] = {
    "pairs": read_pairs,
    "units": read_units,
    "rows": read_rows,
    "people": read_people,
    "journal": read_journal,
}
_SHOWN = 10


def read_ledger(book: Book, mapping: LedgerMapping, schema: FactSchema) -> Extraction:
    """What one sheet of a ledger says, by its mapping; nothing is in a sheet yet.

    Args:
        mapping: proposed (its doubts are carried on to the facts) or confirmed.

    Returns:
        Facts whose ``place`` is a cell and whose ``source`` names the file and who reported what.
    """
    layout = layout_of(book, mapping)
    facts, notices = _READERS[mapping.form](layout, mapping, schema, book.name)
    told = [*book.notices, *_hidden(book, Layout(_grid(book, mapping))), *_not_taken(mapping), *notices]
    return Extraction(book.name, "", tuple(facts), (*told, *_untaken(mapping)), year_of(book, mapping))


def _grid(book: Book, mapping: LedgerMapping) -> Grid:
    return next(grid for grid in book.grids if grid.name == mapping.sheet)


def layout_of(book: Book, mapping: LedgerMapping) -> Layout:
    """The sheet as the mapping reads it."""
    grid = _grid(book, mapping)
    return Layout(grid.turned() if mapping.across else grid)


def _hidden(book: Book, layout: Layout) -> list[Notice]:
    told = [
        Notice("unread", f"工作表“{grid.name}”是隐藏的，没有读", place=grid.name)
        for grid in book.grids
        if grid.hidden and any(cell is not None for row in grid.rows for cell in row)
    ]
    grid = layout.grid
    rows = sorted(
        row
        for row in grid.hidden_rows
        if row <= len(grid.rows) and any(cell is not None for cell in grid.rows[row - 1])
    )
    if rows:
        shown = "、".join(map(str, rows[:_SHOWN])) + ("等" if len(rows) > _SHOWN else "")
        message = f"第 {shown} 行是隐藏的（共 {len(rows)} 行），没有计入，要不要计入请在上面选"
        told.append(Notice("unread", message, place=grid.place(rows[0], 1)))
    columns = sorted(column for column in grid.hidden_columns if any(grid.text(row, column) for row in layout.rows))
    if columns:
        shown = "、".join(column_letters(column) for column in columns[:_SHOWN])
        told.append(Notice("unread", f"{shown} 列是隐藏的，没有读", place=grid.place(1, columns[0])))
    return told


def _not_taken(mapping: LedgerMapping) -> list[Notice]:
    """Second columns for one fact, which nobody assigned. What is computed anyway (sure 0) needs no look."""
    return [
        Notice("choice", choice.doubt, choice.header, place=choice.place)
        for choice in mapping.choices
        if choice.fact is None and choice.doubt and choice.sure
    ]


def _untaken(mapping: LedgerMapping) -> list[Notice]:
    """The other columns with figures: whoever looks for one of them is told why it is not among the finds."""
    if mapping.form in ("people", "journal"):
        # Dates, telephones, balances: these are read by a rule of their own.
        return []
    left = [
        choice
        for choice in mapping.choices
        if choice.fact is None
        and not mapping.is_names(choice)
        and not (choice.doubt and choice.sure)
        and normal(choice.header) not in SERIAL_HEADERS
        and any(re.search(r"\d", in_figures(text)) for text in choice.samples)
    ]
    if not left:
        return []
    word = "项" if mapping.form == "pairs" else "列"
    shown = "、".join(f"“{shortened(choice.header)}”（{choice.place}）" for choice in left[:_SHOWN])
    more = f"等 {len(left)} {word}" if len(left) > _SHOWN else ""
    return [Notice("untaken", f"有数而没有取的{word}：{shown}{more}")]
