"""A ledger in traditional characters, read in simplified ones: every name that the program knows is written so."""

from __future__ import annotations

from dataclasses import replace

from assistant.intake.found import Notice
from assistant.intake.workbook_grid import Book, Grid
from assistant.slots.legible import is_traditional, simple_name

_TOLD = "这份台账是繁体字的，已按简体字读，人名、地名请核对"


def in_simplified(book: Book) -> Book:
    """The book in simplified characters, which is told; any other, one with a 鍾 in its names too, as it is."""
    if not is_traditional("".join(map(_words, book.grids))):
        return book
    return replace(book, grids=tuple(map(_simplified, book.grids)), notices=(*book.notices, Notice("slip", _TOLD)))


def _simplified(grid: Grid) -> Grid:
    rows = tuple(tuple(simple_name(cell) if isinstance(cell, str) else cell for cell in row) for row in grid.rows)
    return replace(grid, name=simple_name(grid.name), rows=rows)


def _words(grid: Grid) -> str:
    return "".join(dict.fromkeys(cell for row in grid.rows for cell in row if isinstance(cell, str)))
