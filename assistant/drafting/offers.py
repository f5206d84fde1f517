"""The slots that a section's prompt offers: of each fact the forms that can be printed, of a table what it adds up to.

All of it is built from a sheet that may leave (`outgoing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.drafting.brief import Brief
from assistant.drafting.outgoing import standing_in
from assistant.drafting.withhold import as_data, slot_of, withholder
from assistant.facts.fields import DerivedFact, FactField, FieldType
from assistant.facts.sheet import FactSheet
from assistant.facts.values import measures_of, table_rows
from assistant.reports.report import Report
from assistant.slots.forms import comparable
from assistant.slots.grammar import print_slot, slots_in
from assistant.slots.render import TOTAL

#: The label under which a unit calls itself, as `Shape.voice` says.
SELF = "自称"


@dataclass(frozen=True)
class Line:
    """A slot as the prompt offers it, with what may be said about it."""

    text: str
    note: str = ""


def wanted(item: FactField | DerivedFact | None, report: Report) -> bool:
    """Whether the report cannot do without a fact that nobody filled in yet: its text is to show that it is missing."""
    return isinstance(item, FactField) and report.shape.key in item.required_by and report.sheet.fact(item.label).empty


def offered(item: FactField | DerivedFact | None, report: Report) -> bool:
    """Whether a model is told of a fact: there is something to tell, or the report is to show that it is missing."""
    return item is not None and (report.sheet.fact(item.label).told or wanted(item, report))


def gap(item: FactField) -> Line:
    """The slot of a fact that is still to be filled in."""
    return Line(slot_of(item.label), "（还没有报来，照样写进正文，系统会标出待补；不评价它的多少好坏）")


def offered_slots(brief: Brief, *, send_values: bool) -> list[str]:
    """The slots that a section's prompt offers, each once: those of its facts, of its instruction, and the unit's."""
    hidden = withholder(brief.sheet, send_values=send_values)
    sheet = standing_in(brief.sheet, send_values=send_values)
    slots = [slot_of(SELF)] if sheet.value(SELF) is not None else []
    for label in brief.section.facts:
        item = sheet.schema.find(label)
        if wanted(item, brief.report):
            slots.append(slot_of(label))
        if item is None or not sheet.fact(label).told:
            continue
        if isinstance(item, DerivedFact):
            slots.append(slot_of(item.label))
        elif by_entry(item, sheet):
            slots += [line.text for line in entries(item, sheet, send_values=send_values)]
        else:
            slots += [
                print_slot(slot)
                for line in offer(item, sheet, send_values=send_values)
                for slot in slots_in(line.text + line.note)
            ]
            if item.type is FieldType.TABLE and send_values and not sheet.private(item.label):
                slots += _cells(item, sheet)
    slots += [print_slot(slot) for slot in slots_in(hidden.clean(brief.instruction))]
    return list(dict.fromkeys(slots))


def by_entry(item: FactField, sheet: FactSheet) -> bool:
    """Whether a list is written entry by entry: how many a private one has would tell something."""
    return item.type is FieldType.LIST and not sheet.private(item.label)


def offer(item: FactField, sheet: FactSheet, *, send_values: bool) -> Iterator[Line]:
    """The slots that a fact has to offer which is not written entry by entry."""
    if item.type is FieldType.TABLE:
        yield from _table(item, sheet, send_values and not sheet.private(item.label))
        return
    if item.type is FieldType.LIST:
        yield Line(slot_of(item.label), "（各条连着列出）")
        return
    forms = [*measures_of(item)[1:2]] if item.type is FieldType.COUNT else []
    if item.type.numeric and (fact := sheet.fact(item.label)).last_year is not None:
        forms += ["同比", "去年"] if comparable(fact) or fact.empty else ["去年"]
    others = " 或 ".join(slot_of(item.label, form=form) for form in forms)
    yield Line(slot_of(item.label), f"（还可写 {others}）" if others else "")


def entries(item: FactField, sheet: FactSheet, *, send_values: bool) -> Iterator[Line]:
    """The entries of a list, a slot each."""
    value = sheet.value(item.label)
    for number, text in enumerate(value if isinstance(value, tuple) else (), 1):
        note = f"〔值：{as_data(str(text))}〕" if send_values and not sheet.private(item.label) else ""
        yield Line(slot_of(item.label, str(number)), note)


def _cells(item: FactField, sheet: FactSheet) -> Iterator[str]:
    """Every filled cell of a table: the prompt shows one row's as an example of all."""
    for row in table_rows(sheet.value(item.label)):
        for column in item.columns[1:]:
            if row.get(column.label) is not None:
                yield slot_of(item.label, str(row[item.key_column.label]), column.label)


def _table(item: FactField, sheet: FactSheet, with_rows: bool) -> Iterator[Line]:
    """The table as a whole with its totals; rows by name only where names may be sent."""
    notes = ["逐项列出"]
    rows = table_rows(sheet.value(item.label))
    if with_rows and rows:
        names = [str(row[item.key_column.label]) for row in rows]
        notes.append(f"也可以逐行写：{'、'.join(slot_of(item.label, name) for name in names)}")
        measures = {column.measure_from for column in item.columns}
        cells = [c.label for c in item.columns[1:] if c.label not in measures and rows[0].get(c.label) is not None]
        if cells:
            notes.append(f"只写一格时如 {'、'.join(slot_of(item.label, names[0], cell) for cell in cells)}")
    # One total is enough: offered many, a small model asks for totals of everything.
    totals = [
        slot_of(item.label, TOTAL, column.label)
        for label in item.row
        if (column := item.column(label)) and column.type is not FieldType.TEXT and not column.measure_from
        if any(row.get(column.label) is not None for row in rows)
    ]
    if totals:
        notes.append(f"合计可写 {totals[-1]}")
    yield Line(slot_of(item.label), f"（{'；'.join(notes)}）")
