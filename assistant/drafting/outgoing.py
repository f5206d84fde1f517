"""What leaves, built from what may: messages see a sheet with stand-ins for values that stay, and cleaned texts.

So no message can depend on a withheld value, whatever it is made of: not on a figure, nor on whether a rate can be
worked out, on how many rows a private table has, or on how long a number is.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

from assistant.drafting.brief import Brief
from assistant.drafting.withhold import Withholder, withheld_labels
from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Row, Value, table_rows
from assistant.reports.report import Report

#: Stand-ins. Figures are told apart, so that no difference of two of them is zero.
_TEXT = "（不外发）"
_FIRST, _STEP = 10_007, 101
_DAY = datetime.date(2000, 1, 1)


def outgoing(brief: Brief, hidden: Withholder, *, send_values: bool) -> Brief:
    """The brief as messages are made of it."""
    report = outgoing_report(brief.report, hidden, send_values=send_values)
    section = report.section(brief.section.key)
    return replace(
        brief,
        report=report,
        section=section if section is not None else brief.section,
        instruction=hidden.clean(brief.instruction),
        avoid=hidden.clean(brief.avoid),
    )


def outgoing_report(report: Report, hidden: Withholder, *, send_values: bool) -> Report:
    """The report as messages are made of it: its titles first, so that their marks are those of every section."""
    named = [
        replace(section, title=hidden.clean(section.title), heading=hidden.clean(section.heading))
        for section in report.sections
    ]
    sections = tuple(
        replace(section, instruction=hidden.clean(section.instruction), text=hidden.clean(section.text))
        for section in named
    )
    return replace(report, sheet=standing_in(report.sheet, send_values=send_values), sections=sections)


def standing_in(sheet: FactSheet, *, send_values: bool) -> FactSheet:
    """The sheet with a stand-in for every withheld value: filled where there is something to tell, empty where not.

    Of a list that is withheld with all others its entries are counted; of a private one, nothing but that it is there.
    """
    gone = withheld_labels(sheet, send_values=send_values)
    facts = dict(sheet.facts)
    for place, label in enumerate(gone):
        item, fact = sheet.schema.by_label.get(label), facts.get(label)
        if item is None:
            # What a person gave for a figure that code works out counts only while it cannot be: none of it goes.
            facts.pop(label, None)
        elif fact is not None:
            counted = not sheet.private(label)
            facts[label] = Fact(
                # 无 is an answer: a fact that has it is not asked for.
                _instead(item, fact.value, place, counted=counted) if fact.told else fact.value,
                last_year=None if fact.last_year is None else _instead(item, fact.last_year, place, counted=counted),
                private=fact.private,
            )
    return FactSheet(sheet.schema, facts)


def _instead(item: FactField, value: Value | None, place: int, *, counted: bool) -> Value:
    figure = _FIRST + _STEP * place
    match item.type:
        case FieldType.COUNT | FieldType.YEAR:
            return figure
        case FieldType.MONEY | FieldType.PERCENT:
            return Decimal(figure)
        case FieldType.DATE:
            return _DAY
        case FieldType.CHOICE:
            return item.choices[0]
        case FieldType.LIST:
            return (_TEXT,) * (len(value) if counted and isinstance(value, tuple) else 1)
        case FieldType.TABLE:
            return (_row(item, value, figure),)
    return _TEXT


def _row(item: FactField, value: Value | None, figure: int) -> Row:
    """One row that has every cell that some row has."""
    rows = table_rows(value)
    return {
        column.label: _TEXT if column.type is FieldType.TEXT else figure
        for column in item.columns
        if any(row.get(column.label) is not None for row in rows)
    }
