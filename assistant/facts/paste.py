"""Cells copied from a spreadsheet (tab-separated text) → rows of a table fact."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import SheetProblem
from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.foreign_money import foreign_money
from assistant.facts.head_units import BRACKETS, HEAD_END, TAIL_UNIT, plain_head, read_typed_cell, unit_in
from assistant.facts.tables import shortened
from assistant.facts.totals import is_total
from assistant.facts.values import Row, clean_text

MAX_ROWS = 500
_MAX_CHARACTERS = 100_000
#: 元 that counts money, and is not a part of 多元 or 元旦.
_YUAN = re.compile(r"[十百千万亿]元|(?<!\w)元(?!\w)")
_HAS_UNIT = re.compile("[元万亿千百]")
_SAYS_UNIT = re.compile(f"{_HAS_UNIT.pattern}|[¥￥]|人民币|RMB|CNY", re.IGNORECASE)
#: Heads of columns that count the lines, or say something of them.
SERIAL = ("序号", "编号", "序", "号")
_REMARKS = ("备注", "说明", "日期", "时间", "单位", "")
_FIGURE = re.compile(r"[\d.¥￥+-]")
_SPACES = re.compile(r"\s{2,}")
_NOBODY_CHOSE: Mapping[int, str] = {}


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


def read_block(text: str, item: FactField, start: str = "") -> Block | None:
    """Cells and their columns: by header if there is one, else in the table's order; None where nothing was pasted.

    Args:
        start: the column that the first of them was pasted into, "" for the table's first.

    Raises:
        ValueError: more rows than any table of a report has.
    """
    if len(text) > _MAX_CHARACTERS:
        raise ValueError("粘贴的内容太长，不像一张表；请只复制要用的那几行")
    lines = _cells(text)
    while lines and not any(lines[-1]):
        lines.pop()
    if not lines:
        return None
    if len(lines) > MAX_ROWS:
        raise ValueError(f"最多粘贴 {MAX_ROWS} 行，这里有 {len(lines)} 行；请只复制要用的那几行")
    width = max(len(row) for row in lines)
    rows = [(*row, *[""] * (width - len(row))) for row in lines]
    top = next(place for place, row in enumerate(rows) if any(row))
    named = [_column(head, item) for head in rows[top]]
    filled = sum(bool(cell) for cell in rows[top])
    if sum(column is not None for column in named) * 2 >= filled:
        labels = [column.label if column else "" for column in named]
        # Two heads for one column: the first has it, a person decides.
        unique = ["" if label in labels[:place] else label for place, label in enumerate(labels)]
        matched = _with_names(unique, rows[top], rows[top + 1 :], item)
        # Beside which rows they were pasted, the blank lines tell.
        gap = rows[:top] if start else []
        return Block(rows[top], (*gap, *rows[top + 1 :]), top + 2 - len(gap), matched)
    order = [column.label for column in item.columns]
    order = order[order.index(start) :] if start in order else order
    figures = [column.label for column in item.columns if column.type is not FieldType.TEXT]
    if (
        width == 1
        and not start
        and figures
        and all(re.match(r"[\d.]", unicodedata.normalize("NFKC", row[0])) for row in rows if row[0])
    ):
        # A column of figures is none of names.
        order = figures
    return Block((), tuple(rows), 1, tuple((order + [""] * width)[:width]))


def _with_names(
    matched: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]], item: FactField
) -> tuple[str, ...]:
    """What nothing else is called by holds the names, where it is the only column left: 开支内容 beside 金额."""
    left = [at for at, label in enumerate(matched) if not label and _may_name(heads[at], [row[at] for row in rows])]
    if item.key_column.label in matched or len(left) != 1:
        return tuple(matched)
    return tuple(item.key_column.label if at == left[0] else label for at, label in enumerate(matched))


def _may_name(head: str, cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if cell]
    return bool(told) and head not in (*SERIAL, *_REMARKS) and not any(_FIGURE.match(cell) for cell in told)


def _cells(text: str) -> list[tuple[str, ...]]:
    cleaned = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in cleaned:
        # Excel quotes a cell that holds a line end.
        found = csv.reader(io.StringIO(cleaned), delimiter="\t")
        return [tuple(clean_text(cell) for cell in row) for row in found]
    return [tuple(clean_text(cell) for cell in _SPACES.split(line.strip())) for line in cleaned.split("\n")]


def _column(head: str, item: FactField) -> TableColumn | None:
    plain = plain_head(head)
    bare = BRACKETS.sub("", plain).strip(HEAD_END)
    return item.column(plain) or item.column(bare) or item.column(TAIL_UNIT.sub("", bare))


def rows_of(
    block: Block, item: FactField, matched: Sequence[str], chosen: Mapping[int, str] = _NOBODY_CHOSE
) -> PastedRows:
    """The block's rows under the columns ``matched``; every cell that cannot be read is named with row and column.

    Args:
        chosen: column of the block, from 0 → the unit that a person chose for its bare amounts.
    """
    problems: list[SheetProblem] = []
    twice = {label for label in matched if label and list(matched).count(label) > 1}
    problems += [SheetProblem(label, "有两列都对到这里", "一列") for label in sorted(twice)]
    columns = [item.column(label) if label else None for label in matched]
    heads = block.heads or ("",) * len(matched)
    problems += [
        SheetProblem("", f"“{shortened(head)}”写的是{foreign}", "人民币，请换算后再粘贴")
        for head, column in zip(heads, columns, strict=True)
        if column is not None and column.type is FieldType.MONEY and (foreign := foreign_money(head))
    ]
    problems += _unread_units(block, item, matched)
    units = [
        chosen.get(at) or unit_in(head, column) for at, (head, column) in enumerate(zip(heads, columns, strict=True))
    ]
    rows: list[Row] = []
    left_out: list[int] = []
    key = item.key_column.label
    names: dict[object, int] = {}
    for number, cells in enumerate(block.rows, block.first):
        if any(map(is_total, cells)):
            left_out.append(number)
            continue
        row: dict[str, int | Decimal | str] = {}
        for cell, column, unit in zip(cells, columns, units, strict=True):
            if column is None or not cell:
                continue
            try:
                row[column.label] = read_typed_cell(cell, column, unit)
            except ValueError as error:
                place = f"第{number}行“{column.label}”"
                problems.append(SheetProblem("", f"{place}写的是“{shortened(cell)}”", str(error)))
        if key in row and names.setdefault(row[key], number) != number:
            place = f"第{number}行“{key}”写的是“{shortened(row[key])}”，与第{names[row[key]]}行同名"
            problems.append(SheetProblem("", place, "每行一个不同的名称，两行合成一行或改一个"))
        # A gap in a column without names leaves its row as it is: those below must not move up.
        if row or key not in matched:
            rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    return PastedRows(tuple(rows), tuple(problems), tuple(left_out))


def _unread_units(block: Block, item: FactField, matched: Sequence[str]) -> list[SheetProblem]:
    """Columns of money whose head names a unit that is not understood: taken for 元, they would be far off."""
    problems: list[SheetProblem] = []
    for place, (head, label) in enumerate(zip(block.heads, matched, strict=bool(block.heads))):
        column = item.column(label) if label else None
        if (
            column is None
            or column.type is not FieldType.MONEY
            or unit_in(head, column)
            or foreign_money(head)
            or not _YUAN.search(plain_head(head))
        ):
            continue
        if any(row[place] and not _HAS_UNIT.search(row[place]) for row in block.rows):
            said = f"看不出表头“{shortened(head)}”下面的数按什么单位"
            problems.append(SheetProblem("", said, "“经费（万元）”这样的写法，或在每格里写明"))
    return problems


def bare_amounts(block: Block, item: FactField, matched: Sequence[str]) -> tuple[int, ...]:
    """The columns, from 0, with amounts of which neither head nor cell says the unit: 1.36 may be yuan, or 万元."""
    heads = block.heads or ("",) * len(matched)
    return tuple(
        at
        for at, (head, label) in enumerate(zip(heads, matched, strict=True))
        if label
        and (column := item.column(label)) is not None
        and column.type is FieldType.MONEY
        and not unit_in(head, column)
        and not foreign_money(head)
        and any(
            re.search("[1-9]", row[at]) and not _SAYS_UNIT.search(row[at])
            for row in block.rows
            if not any(map(is_total, row))
        )
    )


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
        ValueError: they reach beyond the last row.
    """
    if len(new) > len(old):
        raise ValueError(f"要填到第 {len(new)} 行，表里只有 {len(old)} 行；请连同名称一起复制")
    empty: Row = {}
    padded = [*new, *[empty] * (len(old) - len(new))]
    return [{**before, **after} for before, after in zip(old, padded, strict=True)]
