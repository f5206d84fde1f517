"""What the columns of a table without a head are, by what stands in them: names, units, figures that add up.

普通民兵｜498｜510｜-12: the third figure is the first less the second, so the first is this year's. Two columns of
figures alone do not tell which is which: what is read of them waits for a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.facts.fields import FactField, FactSchema
from assistant.intake.extract_grid_read import Column, Grid, Line, amount, is_unit, unit_in

UNORDERED = "这张表没有表头，看不出哪一列是今年的，先按前一列是今年、后一列是去年读"
_NUMBERING = re.compile(
    r"^(?:[0-9]{1,2}[.．、]|[（(][0-9一二三四五六七八九十]{1,2}[)）]|"
    r"[一二三四五六七八九十]{1,2}、|[①-⑳]|其中[：:]?)[ ]*"
)
_HANZI = re.compile("[一-龥]{2}")
_LEAST_ROWS, _SHARE = 2, Decimal("0.11")


def columns_by_content(grid: Grid, schema: FactSchema) -> tuple[list[Column], str] | None:
    """The columns of a table whose names are facts, and why they are in doubt ("" where they are not).

    None where the names are no facts, or the figures may mean anything.
    """
    rows = grid.rows
    if len(rows) < _LEAST_ROWS:
        return None
    kinds = [_kind([line.cells[at].text for line in rows if at < len(line.cells)]) for at in range(grid.width)]
    if kinds[0] == "figure" and [line.cells[0].text for line in rows] == [str(at) for at in range(1, len(rows) + 1)]:
        kinds[0] = "number"
    figures = [at for at, kind in enumerate(kinds) if kind == "figure"]
    words = [at for at, kind in enumerate(kinds) if kind == "words" and figures and at < figures[0]]
    if not words or not figures or "mixed" in kinds:
        return None
    names = [line.cells[words[-1]].text for line in rows if words[-1] < len(line.cells)]
    known = sum(1 for name in names if isinstance(_fact(name, schema), FactField))
    roles = _roles(rows, figures) if known * 2 > len(names) else None
    if roles is None:
        return None
    told, doubt = roles
    columns = [
        Column("", "", "unit" if kind == "unit" else "number" if kind == "number" else "other") for kind in kinds
    ]
    for at in range(words[-1] + 1, grid.width):
        if kinds[at] in ("words", "empty"):
            columns[at].role = "remark"
    for at, role in zip(figures, told, strict=True):
        columns[at].role = role
    return columns, doubt


def _fact(name: str, schema: FactSchema) -> object:
    item = schema.find(unit_in(_NUMBERING.sub("", name).strip("：: "))[0])
    return item if isinstance(item, FactField) and item.type.numeric else None


def _kind(cells: Sequence[str]) -> str:
    told = [cell for cell in cells if cell and not re.fullmatch("[-—–/]+", cell)]
    if not told:
        return "empty"
    if all(amount(cell) is not None for cell in told):
        return "figure"
    if all(is_unit(cell) for cell in told):
        return "unit"
    return "words" if any(_HANZI.search(cell) for cell in told) and not any(map(amount, told)) else "mixed"


def _roles(rows: Sequence[Line], figures: Sequence[int]) -> tuple[list[str], str] | None:
    """The roles of the columns of figures, and their doubt; None where nothing can be said."""
    if len(figures) == 1:
        return ["now"], ""
    lines = [[line.cells[at].text if at < len(line.cells) else "" for at in figures] for line in rows]
    if len(figures) == 2:
        if all(cell[1].endswith("%") or cell[1][:1] in "+-−－＋" for cell in lines if amount(cell[1])):
            return ["now", "change"], ""
        return ["now", "before"], UNORDERED
    values = [[amount(cell) for cell in line[:3]] for line in lines]
    whole = [(a, b, c) for a, b, c in values if a is not None and b is not None and c is not None]
    rest = ["change"] * (len(figures) - 2)
    if len(whole) < _LEAST_ROWS or all(a == b for a, b, _ in whole):
        return None
    if all(_is_change(a, b, c) for a, b, c in whole):
        return ["now", "before", *rest], ""
    if all(_is_change(b, a, c) for a, b, c in whole):
        return ["before", "now", *rest], ""
    return None


def _is_change(now: Decimal, before: Decimal, change: Decimal) -> bool:
    """Whether the third is the difference of the two, or the share of it in percent."""
    return change == now - before or bool(before and abs((now - before) * 100 / before - change) < _SHARE)


def at_odds(grid: Grid, line: Line, now: int) -> str:
    """Why a line is in doubt whose figures do not give its own change; "" where they do."""
    before = [at for at, column in enumerate(grid.columns) if column.role == "before"]
    change = [
        at
        for at, column in enumerate(grid.columns)
        if column.role == "change" and re.fullmatch("(?:同比)?(?:增减|差额?|相差|变化|升降)[数额情况]*", column.name)
    ]
    if len(before) != 1 or len(change) != 1 or max(before[0], change[0], now) >= len(line.cells):
        return ""
    this, last, step = (amount(line.cells[at].text) for at in (now, before[0], change[0]))
    if this is None or last is None or step is None or line.cells[change[0]].text.endswith("%"):
        return ""
    if abs(step) == abs(this - last) or abs((this - last) * 100 / (last or 1) - step) < _SHARE:
        return ""
    return f"表里写的增减“{line.cells[change[0]].text}”和两年的数对不上"
