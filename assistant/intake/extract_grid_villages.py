"""Tables with a line for each village: added up where nobody did, and held against the total that somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType
from assistant.intake.extract_grid_copy import Copy
from assistant.intake.extract_grid_read import Cell, Column, Grid, Line, amount

#: The villages' own column, and a village's name.
_HEAD = re.compile("(?:各)?(?:行政)?(?:村|社区)(?:（社区）|居|组|名|名称)?|村居名称?")
_VILLAGE = re.compile("[一-龥]{1,6}(?:村|社区|居委会|屯)")
_OF = re.compile("^[（(]?其中")
_RATE = re.compile("每|户均|人均")


def of_villages(grid: Grid, rows: Sequence[Line]) -> bool:
    """Lines of villages, each of them once: 村名｜入伍人数."""
    names = [line.cells[0].text for line in rows if line.cells]
    villages = sum(1 for name in names if _VILLAGE.fullmatch(name))
    headed = bool(grid.columns) and _HEAD.fullmatch(grid.columns[0].name) is not None
    return len(names) > 1 and len(set(names)) == len(names) and (villages == len(names) or headed)


def add_up(grid: Grid, rows: Sequence[Line], every: Sequence[Line], copy: Copy, schema: FactSchema) -> bool:
    """Tells the sums of a table without a total, for a person to look at; False where no column can be added up.

    A column is added up only where each village has its figure.
    """
    sums: list[tuple[Column, FactField, list[Cell], Decimal]] = []
    left: list[tuple[int, str]] = []
    for number, column in enumerate(grid.columns):
        item = _fact(_OF.sub("", column.name), schema)
        total = _sum(rows, number) if number and column.role in ("other", "now") else None
        counted = isinstance(item, FactField) and item.type in (FieldType.COUNT, FieldType.MONEY)
        if total is not None and counted and not _RATE.match(column.name):
            assert isinstance(item, FactField)
            sums.append((column, item, [line.cells[number] for line in rows], total))
        elif total is not None:
            left.append((rows[0].cells[number].start, column.name))
    if not sums:
        return False
    copy.left += left
    for line in grid.lines(every):
        copy.keep_shut(line)
    for column, item, cells, total in sums:
        begin, first, last = copy.size, cells[0].start, cells[-1].start + len(cells[-1].text) - 1
        unit = column.unit or _measured(cells[0].text) or grid.unit or item.measure
        copy.made(_OF.sub("", column.name) if schema.find(column.name) else item.label, first)
        copy.made(f"{total}{unit}", first, last)
        copy.made("。\n", last)
        copy.doubted(begin, f"表里没有合计，这是{len(cells)}行相加的数")
    return True


def _fact(name: str, schema: FactSchema) -> FactField | DerivedFact | None:
    """The fact of a column, by its name or by the one word that a message would say: 登记, 报名."""
    if item := schema.find(name):
        return item
    labels = [label for label, words in schema.hints.chat.items() if name in words]
    return schema.by_label.get(labels[0]) if len(labels) == 1 else None


def sum_at_odds(grid: Grid, rows: Sequence[Line], number: int, cell: Cell) -> str:
    """Why a total is in doubt that is not the sum of its villages; "" where it is, or where they are not all told."""
    if len(grid.totals) != 1 or cell not in grid.totals[0].cells or not of_villages(grid, rows):
        return ""
    total, added = amount(cell.text), _sum(rows, number)
    if total is None or added is None or total == added:
        return ""
    return f"合计写的是{cell.text}，各行相加是{added}"


def _sum(rows: Sequence[Line], number: int) -> Decimal | None:
    cells = [line.cells[number] for line in rows if number < len(line.cells)]
    amounts = [told for cell in cells if cell.is_figure and (told := amount(cell.text)) is not None]
    return sum(amounts, Decimal(0)) if amounts and len(amounts) == len(rows) else None


def _measured(text: str) -> str:
    told = re.search("[一-龥]+$", text)
    return told.group() if told else ""
