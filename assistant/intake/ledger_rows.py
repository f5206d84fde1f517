"""A ledger whose rows are the rows of a table fact."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.facts.fields import FactField, FactSchema, FieldType, TableColumn
from assistant.facts.foreign_money import foreign_money
from assistant.facts.sheet import Fact
from assistant.facts.values import Value
from assistant.intake.found import FoundFact, Notice
from assistant.intake.ledger_cells import CellReading, Cells
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_row_kinds import row_kinds
from assistant.intake.ledger_totals import asides_told, compared
from assistant.intake.ledger_types import Choice, LedgerMapping
from assistant.intake.ledger_words import money_unit


@dataclass(frozen=True)
class _Part:
    choice: Choice
    column: TableColumn


def read_rows(
    layout: Layout, mapping: LedgerMapping, schema: FactSchema, source: str
) -> tuple[list[FoundFact], list[Notice]]:
    """One found row a row. A name that is there twice is given twice, with a doubt: a table cannot hold both."""
    table = schema.by_label[mapping.table]
    parts = [_Part(choice, column) for choice in mapping.taken if choice.part and (column := table.column(choice.part))]
    keys = [part for part in parts if part.column == table.key_column]
    key = keys[0] if keys else parts[0]
    kinds = row_kinds(layout, layout.below(mapping.bottom), key.choice.column, mapping.taken)
    cells = Cells(layout.grid)
    values: dict[str, dict[int, Value]] = {part.choice.key: {} for part in parts}
    own_units: dict[str, set[str]] = {part.choice.key: set() for part in parts}
    facts: list[FoundFact] = []
    notices = asides_told(layout, kinds)
    seen: dict[object, int] = {}
    for row in kinds.counted:
        told: dict[str, Value | None] = {}
        rough: list[str] = []
        before = len(cells.unread)
        for part in parts:
            reading = _read(layout, mapping, cells, row, part)
            if reading is not None and reading.value != "":
                told[part.column.label] = reading.value
                values[part.choice.key][row] = reading.value
                own_units[part.choice.key].add(reading.own_unit)
                if reading.approximate:
                    rough.append(layout.grid.text(row, part.choice.column))
        if not told:
            continue
        doubt = _doubt(layout, table, key, row, told, seen, cells.unread[before:], notices)
        doubt = doubt or next((part.choice.doubt for part in parts if part.choice.doubt), "")
        # A table's cells hold no 约: who takes the row shall see that it goes.
        doubt = doubt or (f"“{rough[0]}”在表格里只记数，不记概数" if rough else "")
        quote = " ".join(text for part in parts if (text := layout.grid.text(row, part.choice.column)))
        place = layout.grid.place(row, key.choice.column)
        fact = Fact(source=source)
        facts.append(FoundFact(table.label, fact, quote, place=place, row=told, doubt=doubt))
    for part in parts:
        notices.extend(compared(layout, part.choice, part.column, values[part.choice.key], kinds.totals))
        if part.column.type is FieldType.MONEY and len(own_units[part.choice.key]) > 1:
            message = f"“{part.choice.header}”一列里单位不一，已各按各的单位换算，请核对"
            notices.append(Notice("choice", message, place=part.choice.place))
    return facts, [*cells.notices, *notices]


def _read(layout: Layout, mapping: LedgerMapping, cells: Cells, row: int, part: _Part) -> CellReading | None:
    unit = part.choice.unit
    if part.column.type is FieldType.MONEY and mapping.unit_column:
        beside = layout.grid.text(row, mapping.unit_column)
        if foreign := foreign_money(beside):
            cells.foreign(row, part.choice.column, foreign)
            return None
        unit = money_unit(beside) or unit
    return cells.read(row, part.choice.column, part.column, unit)


def _doubt(
    layout: Layout,
    table: FactField,
    key: _Part,
    row: int,
    told: dict[str, Value | None],
    seen: dict[object, int],
    unread: list[str],
    notices: list[Notice],
) -> str:
    name = told.get(table.key_column.label)
    place = layout.grid.place(row, key.choice.column)
    if name is None:
        notices.append(Notice("unread", f"{place} 缺“{table.key_column.label}”，这一行要补上才能用", place=place))
        return f"缺“{table.key_column.label}”"
    if name in seen:
        first = layout.grid.place(seen[name], key.choice.column)
        notices.append(
            Notice("choice", f"“{name}”有两行（{first} 和 {place}），请只留一行或改名", str(name), place=place)
        )
        return f"与 {first} 重名"
    seen[name] = row
    return f"有 {len(unread)} 格没有读进来（{'、'.join(unread[:3])}）" if unread else ""
