"""Rows of a ledger that are never counted: totals are compared, the rest are told."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from assistant.facts import formatting
from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.tables import shortened
from assistant.facts.values import Value
from assistant.intake.found import Notice
from assistant.intake.ledger_cells import Cells, added
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_row_kinds import RowKinds
from assistant.intake.ledger_types import Choice


def compared(
    layout: Layout,
    choice: Choice,
    item: FactField | TableColumn,
    values: dict[int, Value],
    totals: Mapping[int, str],
) -> list[Notice]:
    """Every totals row whose figure is not the sum of the rows that it stands under.

    Args:
        values: row → the value that was read there, for the rows that count.
    """
    if item.type not in (FieldType.COUNT, FieldType.MONEY):
        return []
    cells = Cells(layout.grid)
    notices = []
    since = 0
    for row in sorted(totals):
        part = totals[row] == "小计"
        rows = [at for at in values if at < row and (at > since or not part)] or (list(values) if not part else [])
        if part:
            since = row
        told = cells.read(row, choice.column, item, choice.unit)
        if told is None or not isinstance(told.value, int | Decimal):
            continue
        total = added([values[at] for at in rows])
        if total != told.value:
            place = layout.grid.place(row, choice.column)
            message = (
                f"“{choice.header}”的{totals[row]}（{place}）是{shown(told.value, item)}，"
                f"各行相加是{shown(total, item)}，取的是各行相加的数，请核对"
            )
            notices.append(Notice("choice", message, layout.grid.text(row, choice.column), place=place))
    return [*cells.notices, *notices]


def asides_told(layout: Layout, kinds: RowKinds) -> list[Notice]:
    """Rows with figures that are nobody's own: they were left out, and a person should know."""
    grid = layout.grid
    return [
        Notice("unread", f"{grid.line(row)}“{shortened(name)}”不是一个单位的数，没有计入", place=grid.place(row, 1))
        for row, name in kinds.asides.items()
    ]


def shown(value: Value, item: FactField | TableColumn) -> str:
    """A figure as a message shows it."""
    if item.type is FieldType.MONEY and isinstance(value, int | Decimal):
        return formatting.money(Decimal(value))
    return formatting.digits(value) if isinstance(value, int | Decimal) else str(value)
