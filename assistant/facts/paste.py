"""Cells copied from a spreadsheet (tab-separated text) → rows of a table fact."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import SheetProblem
from assistant.facts.arithmetic import work_out
from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.tables import shortened
from assistant.facts.values import MONEY_UNITS, Row, clean_text, read_cell

MAX_ROWS = 500
_MAX_CHARACTERS = 100_000
_TOTALS = ("合计", "总计", "小计", "共计")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_SPACES = re.compile(r"\s{2,}")


@dataclass(frozen=True)
class Block:
    """Pasted cells.

    Attributes:
        heads: the first row, where it names columns; () where the block has no header.
        rows: the cells below it, all of one width. ``first``: number of the first of them in the pasted text, from 1.
        matched: for every pasted column the label of the table's column that it goes into, "" for none.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int
    matched: tuple[str, ...]


@dataclass(frozen=True)
class PastedRows:
    """What a block comes to: ``rows`` may be used only where ``problems`` is empty.

    ``left_out``: numbers of the pasted rows that are totals.
    """

    rows: tuple[Row, ...]
    problems: tuple[SheetProblem, ...]
    left_out: tuple[int, ...]


def read_block(text: str, item: FactField) -> Block | None:
    """Cells and their columns: by header if there is one, else in the table's order; None where nothing was pasted.

    Raises:
        ValueError: more rows than any table of a report has.
    """
    if len(text) > _MAX_CHARACTERS:
        raise ValueError("粘贴的内容太长，不像一张表；请只复制要用的那几行")
    lines = [row for row in _cells(text) if any(row)]
    if not lines:
        return None
    if len(lines) > MAX_ROWS:
        raise ValueError(f"最多粘贴 {MAX_ROWS} 行，这里有 {len(lines)} 行；请只复制要用的那几行")
    width = max(len(row) for row in lines)
    rows = [(*row, *[""] * (width - len(row))) for row in lines]
    named = [_column(head, item) for head in rows[0]]
    filled = sum(bool(cell) for cell in rows[0])
    if sum(column is not None for column in named) * 2 >= filled:
        labels = [column.label if column else "" for column in named]
        # Two heads for one column: the first has it, a person decides.
        unique = tuple("" if label in labels[:place] else label for place, label in enumerate(labels))
        return Block(rows[0], tuple(rows[1:]), 2, unique)
    order = [column.label for column in item.columns]
    figures = [column.label for column in item.columns if column.type is not FieldType.TEXT]
    if width == 1 and figures and all(re.match(r"[\d.]", unicodedata.normalize("NFKC", row[0])) for row in rows):
        # A column of figures is none of names.
        order = figures
    return Block((), tuple(rows), 1, tuple((order + [""] * width)[:width]))


def _cells(text: str) -> list[tuple[str, ...]]:
    cleaned = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\t" in cleaned:
        # Excel quotes a cell that holds a line end.
        found = csv.reader(io.StringIO(cleaned), delimiter="\t")
        return [tuple(clean_text(cell) for cell in row) for row in found]
    return [tuple(clean_text(cell) for cell in _SPACES.split(line.strip())) for line in cleaned.split("\n")]


def _column(head: str, item: FactField) -> TableColumn | None:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", head))
    return item.column(plain) or item.column(_BRACKETS.sub("", plain))


def rows_of(block: Block, item: FactField, matched: Sequence[str]) -> PastedRows:
    """The block's rows under the columns ``matched``; every cell that cannot be read is named with row and column."""
    problems: list[SheetProblem] = []
    twice = {label for label in matched if label and list(matched).count(label) > 1}
    problems += [SheetProblem(label, "有两列都对到这里", "一列") for label in sorted(twice)]
    units = [_unit(head) for head in block.heads] or [""] * len(matched)
    rows: list[Row] = []
    left_out: list[int] = []
    for number, cells in enumerate(block.rows, block.first):
        if any(cell.replace(" ", "") in _TOTALS for cell in cells):
            left_out.append(number)
            continue
        row: dict[str, int | Decimal | str] = {}
        for cell, label, unit in zip(cells, matched, units, strict=True):
            column = item.column(label) if label else None
            if column is None or not cell:
                continue
            try:
                row[column.label] = read_typed_cell(cell, column, unit)
            except ValueError as error:
                place = f"第{number}行“{column.label}”"
                problems.append(SheetProblem("", f"{place}写的是“{shortened(cell)}”", str(error)))
        if row:
            rows.append(row)
    return PastedRows(tuple(rows), tuple(problems), tuple(left_out))


def _unit(head: str) -> str:
    """万元 of 金额（万元）, where the cells below carry figures alone."""
    found = _BRACKETS.search(unicodedata.normalize("NFKC", head))
    inside = found.group()[1:-1].removeprefix("单位:").strip() if found else ""
    return inside if inside in MONEY_UNITS else ""


def read_typed_cell(cell: str, column: TableColumn, unit: str = "") -> int | Decimal | str:
    """A cell as a person types it, sums too; ``unit``: what a bare amount of money is counted in.

    Raises:
        ValueError: what was expected, in Chinese.
    """
    worked = work_out(cell, column)
    if worked is not None:
        return read_cell(worked.value, column)
    bare = column.type is FieldType.MONEY and re.fullmatch(r"[\d.,]+", unicodedata.normalize("NFKC", cell))
    return read_cell(f"{cell}{unit}" if bare and unit else cell, column)


def appended(old: Sequence[Row], new: Sequence[Row], item: FactField) -> list[Row]:
    """Old rows with the new ones behind them; a new row of a name that is there fills in that row."""
    key = item.key_column.label
    merged: dict[object, Row] = {row[key]: row for row in old}
    unnamed = [row for row in new if key not in row]
    for row in new:
        if key in row:
            merged[row[key]] = {**merged.get(row[key], {}), **row}
    return [*merged.values(), *unnamed]


def filled_in(old: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """A column pasted without names: its cells go to the old rows, in order.

    Raises:
        ValueError: there are more of them than rows.
    """
    if len(new) > len(old):
        raise ValueError(f"粘贴了 {len(new)} 行，表里只有 {len(old)} 行；请连同名称一起复制")
    empty: Row = {}
    padded = [*new, *[empty] * (len(old) - len(new))]
    return [{**before, **after} for before, after in zip(old, padded, strict=True)]
