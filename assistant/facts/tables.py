"""Table facts, row by row and cell by cell."""

from __future__ import annotations

from decimal import Decimal

from assistant.errors import SheetProblem
from assistant.facts.fields import FactField, FieldType
from assistant.facts.nothing import is_no_row, is_nothing
from assistant.facts.values import Row, read_cell


def read_table(raw: object, item: FactField, label: str, problems: list[SheetProblem]) -> tuple[Row, ...] | None:
    """The rows of a table, empty rows dropped, and a row of 无 beside others; None where it is no table at all.

    Args:
        label: how problems name it.
        problems: what is wrong is added here, each with row and column; the rest is read all the same.
    """
    if isinstance(raw, str) and _says_none(raw):
        # 民兵分队: 无 is an answer, kept as the row that says so.
        raw = [{item.key_column.label: raw.strip()}]
    if not isinstance(raw, list | tuple):
        problems.append(SheetProblem(label, "不是表格", f"若干行，每行写{'、'.join(c.label for c in item.columns)}"))
        return None
    rows: list[Row] = []
    none: list[Row] = []
    seen: set[object] = set()
    for number, row in enumerate(raw, 1):
        place = f"{label}.第{number}行"
        if not isinstance(row, dict):
            problems.append(SheetProblem(place, "不是一行", "{列名: 值, …}"))
            continue
        cells: dict[str, int | Decimal | str] = {}
        # 无 all along the row: its figures are none either. Beside a name it is a figure that nobody gave.
        no_name = any(item.column(str(name)) == item.key_column and _says_none(cell) for name, cell in row.items())
        for name, cell in row.items():
            column = item.column(str(name))
            if column is None:
                columns = "、".join(c.label for c in item.columns)
                problems.append(SheetProblem(place, f"没有“{name}”这一列", f"{columns} 之一"))
                continue
            if cell is None or cell == "" or (column.type is not FieldType.TEXT and no_name and _says_none(cell)):
                continue
            try:
                cells[column.label] = read_cell(cell, column)
            except ValueError as error:
                problems.append(SheetProblem(f"{place}.{column.label}", f"写的是“{shortened(cell)}”", str(error)))
        key = cells.get(item.key_column.label)
        if not cells:
            continue
        if key is None or key == "":
            problems.append(SheetProblem(place, f"缺“{item.key_column.label}”"))
        elif is_no_row(cells):
            none.append(cells)
        elif key in seen:
            problems.append(SheetProblem(place, f"的“{item.key_column.label}”与前面重复：{key}", "每行一个不同的名称"))
        else:
            seen.add(key)
            rows.append(cells)
    return tuple(rows or none[:1])


def _says_none(cell: object) -> bool:
    return isinstance(cell, str) and is_nothing(cell)


def shortened(raw: object) -> str:
    """What was given, short enough for a message."""
    text = str(raw)
    return text if len(text) <= 30 else text[:30] + "…"
