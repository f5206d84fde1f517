"""Facts that a model read out of a person's words: each value must stand in those words, or it is dropped and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from assistant.errors import SheetError
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.sheet import EMPTY, Fact, FactSheet, read_fact
from assistant.intake.chat_facts import told_facts
from assistant.intake.chat_offers import offers_between
from assistant.intake.chat_reading import Reading
from assistant.intake.cleaning import clean
from assistant.intake.extract_figures import approximation, figures, value_of_figure
from assistant.reports.chat import FactOffer

_SHOWN = 16


def offers_of(arguments: Mapping[str, Any], message: str, sheet: FactSheet) -> tuple[list[FactOffer], list[str]]:
    """What a call of ``propose_facts`` proposes, and what of it was left out and why."""
    entries = arguments.get("facts")
    made, quotes, notes = sheet, {}, []
    for entry in entries if isinstance(entries, list) else []:
        label, value = (
            (str(entry.get(name, "")).strip() for name in ("label", "value")) if isinstance(entry, dict) else ("", "")
        )
        item = sheet.schema.find(label)
        if not isinstance(item, FactField):
            notes.append(f"模型提了“{label[:_SHOWN]}”，没有这项可以填的事实，没有采用。")
        elif _by_how_much(value, message, sheet.schema):
            notes.append(f"“{value[:_SHOWN]}”说的是增减了多少，不是“{item.label}”现在的数，没有采用。")
        elif not said(value, item, message):
            notes.append(f"模型给“{item.label}”的“{value[:_SHOWN]}”在您的话里没有，没有采用。")
        elif item.type is FieldType.TABLE:
            # A row as the person told it is read by the rules that read it without a model.
            row = next((one for one in told_facts(value, made).offers if one.label == item.label), None)
            if row is None:
                notes.append(f"“{item.label}”是表格，请在“事实”页填，或按“应急排实有30人”这样说。")
                continue
            made = made.with_fact(item.label, read_fact(row.after, item))
            quotes[item.label] = value
        else:
            try:
                fact = _read(value, item)
            except SheetError as error:
                notes.append(f"{error.problems[0]}没有采用。")
                continue
            made = made.with_fact(item.label, _taken(made.facts.get(item.label, EMPTY), fact, item))
            quotes[item.label] = value
    offers = [
        offer.model_copy(update={"quote": quotes[offer.label], "doubt": "由模型读出，请核对是不是这一项"})
        for offer in offers_between(sheet, made)
    ]
    return offers, notes


def said(value: str, item: FactField, message: str) -> bool:
    """Whether the person's own words hold the value: a figure by its value, a text letter for letter."""
    if not value:
        return False
    if not item.type.numeric:
        return value in message
    told = [one.value for one in figures(clean(message).text) if one.value is not None]
    try:
        fact = _read(value, item)
    except SheetError:
        return value in message
    return isinstance(fact.value, int | Decimal) and Decimal(fact.value) in told


def _by_how_much(value: str, message: str, schema: FactSchema) -> bool:
    """Whether the person's words hold the value only as a change: 再加3人 is no value."""
    reading = Reading(message, schema)
    wanted = {one.value for one in figures(value)}
    found = [bool(reading.steps(one)) for one in reading.figures if one.value in wanted]
    return bool(found) and all(found)


def _read(value: str, item: FactField) -> Fact:
    """A value as people say it: 二十五个 for a fact that is counted in 人. Raises SheetError."""
    try:
        return read_fact(value, item)
    except SheetError:
        found = figures(value) if item.type.numeric else []
        number = value_of_figure(found[0], FieldType(item.type)) if len(found) == 1 else None
        if number is None or (item.type is FieldType.COUNT and number != int(number)):
            raise
        return Fact(number, approximation(found[0]))


def _taken(had: Fact, fact: Fact, item: FactField) -> Fact:
    if item.type is FieldType.LIST and isinstance(fact.value, tuple):
        kept = had.value if isinstance(had.value, tuple) else ()
        return replace(had, value=tuple(dict.fromkeys((*kept, *fact.value))))
    return replace(had, value=fact.value, approximate=fact.approximate, source="对话")
