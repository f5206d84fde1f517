"""A table as it stands on a sheet: cells, and what a person would see or not see of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.intake.found import Notice

CellValue = int | Decimal | str | datetime.date | bool | None


def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Span:
    """A merged range, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet.

    Attributes:
        name: its tab; "" for a text file, which has none. ``cut_from``: the tab's name where this is one of its tables.
        rows: cells, row by row; shorter rows end early. A number is an int or a Decimal of at most 15 digits (as
            Excel counts), one that is shown with % is a text with %.
        hidden: the whole sheet is; ``hidden_rows``, ``hidden_columns``: 1-based numbers; ``left_rows``: rows that a
            person does not want counted.
        uncomputed: (row, column) of formulas without a stored value; ``errors``: of formulas that went wrong (#REF!).
        above: lines over the tables before this one on its tab, nearest first: a year or a unit may hold for it, too.
        on_side: rows here are the columns of the sheet, see ``turned``.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Span, ...] = ()
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    errors: frozenset[tuple[int, int]] = frozenset()
    left_rows: frozenset[int] = frozenset()
    cut_from: str | None = None
    on_side: bool = False
    above: tuple[str, ...] = ()

    @property
    def tab(self) -> str:
        return self.name if self.cut_from is None else self.cut_from

    def turned(self) -> Grid:
        """The same with its columns as rows: what reads villages below each other reads them side by side, too.

        Cells keep their names (``place``, ``line``). ``left_rows`` are rows of whichever way it is read.
        """
        return replace(
            self,
            rows=tuple(
                tuple(self.value(row, column) for row in range(1, len(self.rows) + 1))
                for column in range(1, self.width + 1)
            ),
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            merges=tuple(Span(span.left, span.top, span.right, span.bottom) for span in self.merges),
            uncomputed=frozenset((column, row) for row, column in self.uncomputed),
            errors=frozenset((column, row) for row, column in self.errors),
            on_side=not self.on_side,
        )

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def value(self, row: int, column: int) -> CellValue:
        """The cell at a 1-based place, None outside."""
        if not 1 <= row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else None

    def text(self, row: int, column: int) -> str:
        """The cell as a person reads it, "" where empty."""
        return shown(self.value(row, column))

    def place(self, row: int, column: int) -> str:
        """征兵工作!C7; a text file has no tab: C7."""
        if self.on_side:
            row, column = column, row
        cell = f"{column_letters(column)}{row}"
        return f"{self.tab}!{cell}" if self.tab else cell

    def line(self, row: int) -> str:
        """第 4 行; D 列 where it is read on its side."""
        return f"{column_letters(row)} 列" if self.on_side else f"第 {row} 行"

    def numbered(self) -> Iterator[tuple[int, tuple[CellValue, ...]]]:
        return enumerate(self.rows, 1)


@dataclass(frozen=True)
class Book:
    """A file's sheets. ``meta``: the texts of a form's own hidden sheet, row by row, () for any other workbook."""

    name: str
    grids: tuple[Grid, ...]
    notices: tuple[Notice, ...] = ()
    meta: tuple[tuple[str, ...], ...] = ()


def shown(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).strip()
