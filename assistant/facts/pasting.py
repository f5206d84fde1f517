"""Cells that were pasted into a grid: where they go, or why a person is asked first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.facts.fields import FactField, FieldType
from assistant.facts.grid_line import Cells, text_of
from assistant.facts.hanzi_figures import in_figures
from assistant.facts.head_units import unit_in
from assistant.facts.nothing import is_nothing
from assistant.facts.paste import SERIAL, Block, bare_amounts, rows_of
from assistant.facts.tables import shortened


@dataclass(frozen=True)
class Placed:
    """Cells by row, from the row that they were pasted into. ``said``: what was done with them, "" for nothing odd."""

    rows: tuple[Cells, ...]
    said: str = ""


@dataclass(frozen=True)
class Aside:
    """A person decides first, for this reason."""

    why: str


def place(block: Block, item: FactField, start: str, held: int) -> Placed | Aside:
    """What becomes of a block.

    Args:
        start: the column that its first cell was pasted into.
        held: how many rows the table has.
    """
    why = next(_headed(block, item, start, held) if block.heads else _bare(block, item, start), "")
    if not why and (unsaid := bare_amounts(block, item, block.matched)):
        labels = "、".join(f"“{block.matched[at]}”" for at in unsaid)
        why = f"{labels}没有写单位，看不出是元还是万元"
    if why:
        return Aside(why)
    read = rows_of(block, item, block.matched)
    if block.heads and read.problems:
        return Aside("有的格读不出来")
    left = tuple(f"第 {number} 行像是合计，没有放：合计由程序算" for number in read.left_out)
    if block.heads:
        rows = tuple({label: text_of(cell) for label, cell in row.items()} for row in read.rows)
        units = tuple(
            f"“{label}”按表头的{unit}折成了元"
            for head, label in zip(block.heads, block.matched, strict=True)
            if (column := item.column(label)) is not None
            and column.type is FieldType.MONEY
            and (unit := unit_in(head, column)) not in ("", "元")
        )
        return Placed(rows, "；".join(("刚才粘贴的按表头放进了表里", *units, *left)) + "。")
    # What cannot be read stands in the grid with its reason, to be mended there.
    kept = (cells for number, cells in enumerate(block.rows, block.first) if number not in read.left_out)
    rows = tuple(
        {label: cell for label, cell in zip(block.matched, cells, strict=True) if label and cell} for cells in kept
    )
    return Placed(rows, "；".join(left) + "。" if left else "")


def _headed(block: Block, item: FactField, start: str, held: int) -> Iterator[str]:
    strange = [
        f"“{shortened(head)}”"
        for at, (head, label) in enumerate(zip(block.heads, block.matched, strict=True))
        if not label and head not in SERIAL and any(row[at] for row in block.rows)
    ]
    if strange:
        yield f"带着表头，{'、'.join(strange)}在这张表里没有对应的列"
    named = [label for label in block.matched if label]
    if item.key_column.label in named:
        if held:
            yield f"带着表头，表里已经有 {held} 行，要请您选追加还是替换"
    elif named != _from(item, start)[: len(named)]:
        yield f"表头写的是{'、'.join(f'“{label}”' for label in named)}，却贴在“{start}”一列"


def _bare(block: Block, item: FactField, start: str) -> Iterator[str]:
    width = max(at + 1 for row in block.rows for at, cell in enumerate(row) if cell)
    room = len(_from(item, start))
    if width > room:
        yield f"有 {width} 列，从“{start}”起只有 {room} 列"
    if _seems_headed(block, item):
        yield "第一行像是表头，没有认出来"


def _from(item: FactField, start: str) -> list[str]:
    labels = [column.label for column in item.columns]
    return labels[labels.index(start) :]


def _seems_headed(block: Block, item: FactField) -> bool:
    """Whether the first line has words in a column of figures."""
    first, *others = [row for row in block.rows if any(row)]
    return any(
        column is not None
        and column.type is not FieldType.TEXT
        and bool(first[at])
        and not _figured(first[at])
        and not is_nothing(first[at])
        and any(_figured(row[at]) for row in others)
        for at, column in enumerate(map(item.column, block.matched))
    )


def _figured(cell: str) -> bool:
    return bool(re.search(r"\d", in_figures(cell)))
