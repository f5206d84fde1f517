"""Facts as an answer tells them: this year's value beside last year's, the items of a list, the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.formatting import cell, plain_text
from assistant.facts.sheet import FactSheet
from assistant.facts.values import Row, table_rows
from assistant.intake.chat_questions import AskedRow
from assistant.reports.report import Report, Section
from assistant.slots.forms import comparable
from assistant.slots.grammar import Slot, print_slot, slots_in
from assistant.slots.render import TOTAL, render_text

#: Items or rows of one fact that an answer prints.
_MOST = 20


def told(label: str, sheet: FactSheet, *, last: bool = False) -> str:
    """A fact and its value. ``last``: it is last year's that was asked for."""
    item = sheet.schema.find(label)
    fact = sheet.fact(label)
    field = sheet.schema.by_label.get(label)
    if last and field is not None and field.type.numeric:
        return _told_last(field, sheet)
    if item is None or fact.empty:
        return f"“{label}”还没有填。"
    if field is None:
        return f"“{label}”是 {_derived(label, sheet)}，由其他事实算出。"
    if field.type is FieldType.LIST and isinstance(fact.value, tuple):
        return _lines(f"“{label}”有 {len(fact.value)} 条：", [f"{n}. {one}" for n, one in enumerate(fact.value, 1)])
    if field.type is FieldType.TABLE:
        rows = table_rows(fact.value)
        return _lines(f"“{label}”有 {len(rows)} 行：", [row_told(row, field) for row in rows])
    beside = ""
    if fact.last_year is not None:
        beside = f"，去年 {plain_text(fact.last_year, field, fact.last_approximate)}"
        beside += f"，{_moved(label, '同比', sheet)}" if comparable(fact) else ""
        if comparable(fact) and fact.value != fact.last_year:
            beside += f"，相差 {_moved(label, '增减', sheet)}"
    return f"“{label}”是 {plain_text(fact.value, field, fact.approximate)}{beside}。"


def _told_last(field: FactField, sheet: FactSheet) -> str:
    fact = sheet.fact(field.label)
    now = "今年的还没有填" if fact.empty else f"今年是 {plain_text(fact.value, field, fact.approximate)}"
    if fact.last_year is None:
        return f"“{field.label}”去年的数没有填；{now}。"
    moved = "" if not comparable(fact) else f"，{_moved(field.label, '同比', sheet)}"
    return f"“{field.label}”去年是 {plain_text(fact.last_year, field, fact.last_approximate)}，{now}{moved}。"


def _derived(label: str, sheet: FactSheet) -> str:
    """The value of a derived fact as a text prints it."""
    return render_text(print_slot(Slot((label,))), sheet)


def _moved(label: str, form: str, sheet: FactSheet) -> str:
    return render_text(print_slot(Slot((label,), form)), sheet)


def _lines(head: str, lines: Sequence[str]) -> str:
    more = [f"……共 {len(lines)}，其余在“事实”页看。"] if len(lines) > _MOST else []
    return "\n".join([head, *lines[:_MOST], *more])


def row_told(row: Row, item: FactField) -> str:
    """应急排：数量1个、编制人数30人."""
    cells = "、".join(_cell_told(row, column) for column in item.columns[1:] if cell(row, column))
    return f"{row.get(item.key_column.label) or ''}{f'：{cells}' if cells else ''}"


def _cell_told(row: Row, column: TableColumn) -> str:
    return f"{column.label}{cell(row, column)}"


def row_answered(asked: AskedRow, sheet: FactSheet) -> str:
    """What a table says of one of its rows, what was asked for first."""
    item = sheet.schema.by_label[asked.table]
    if not asked.name:
        return _column_answered(asked, item, sheet)
    row = next(one for one in table_rows(sheet.value(asked.table)) if one.get(item.key_column.label) == asked.name)
    column = item.column(asked.column) if asked.column else None
    if column is None:
        return f"{row_told(row, item)}（{asked.table}）。"
    rest = "、".join(_cell_told(row, one) for one in item.columns[1:] if one != column and cell(row, one))
    said = cell(row, column)
    first = f"“{asked.name}”的{column.label}" + (f"是 {said}" if said else "还没有填")
    return f"{first}{f'，{rest}' if rest else ''}（{asked.table}）。"


def _column_answered(asked: AskedRow, item: FactField, sheet: FactSheet) -> str:
    """What a column adds up to, and each row's part of it."""
    key = item.key_column.label
    column = item.column(asked.column)
    assert column is not None
    rows = table_rows(sheet.value(asked.table))
    parts = "、".join(f"{row.get(key)}{cell(row, column)}" for row in rows if cell(row, column))
    whole = render_text(print_slot(Slot((item.label, TOTAL, column.label))), sheet)
    return f"“{item.label}”的{column.label}合计 {whole}：{parts}。" if parts else f"“{column.label}”还没有填。"


def used_in(section: Section, report: Report) -> str:
    """What facts a section's text uses, with their values; of one that is not written, those that it is to use."""
    sheet = report.sheet
    if not section.text:
        own = "、".join(_briefly(label, sheet) for label in section.facts)
        return f"“{section.title}”还没有写。" + (f"写的时候用：{own}。" if own else "")
    labels = tuple(_labels_in(section))
    if not labels:
        return f"“{section.title}”没有用到事实。"
    return f"“{section.title}”用了 {len(labels)} 项：{'、'.join(_briefly(label, sheet) for label in labels)}。"


def _labels_in(section: Section) -> Iterator[str]:
    yield from dict.fromkeys(slot.label for slot in slots_in(f"{section.heading}\n{section.text}"))


def _briefly(label: str, sheet: FactSheet) -> str:
    """A fact's name with its value behind it: 适龄青年415人."""
    field, fact = sheet.schema.by_label.get(label), sheet.fact(label)
    if fact.empty:
        return f"{label}（未填）"
    if field is None:
        return f"{label}{_derived(label, sheet)}"
    if field.type in (FieldType.LIST, FieldType.TABLE) and isinstance(fact.value, tuple):
        return f"{label}（{len(fact.value)} 条）"
    value = plain_text(fact.value, field, fact.approximate)
    return f"{label}{value}" if field.type.numeric else f"{label}“{value}”"
