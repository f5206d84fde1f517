"""What somebody else read out of a text (a model), read again by our own numeral reader out of its quote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import Fact
from assistant.facts.values import Value, read_value
from assistant.intake.cleaning import clean
from assistant.intake.extract_context import year_of
from assistant.intake.extract_figures import approximation, figures, measures, unit_of, value_of_figure
from assistant.intake.found import Extraction, FoundFact
from assistant.slots.numeral import Numeral


def reread(
    extraction: Extraction,
    item: FactField,
    value: str,
    row: Mapping[str, str] | None,
    span: tuple[int, int],
    doubt: str,
) -> FoundFact | None:
    """A fact that somebody else read, read again out of its own quote.

    Args:
        value: what they say it is, as written; ``row``: the same for a table's row.
        span: the quote's place in ``extraction.text``.
        doubt: what to say of it.

    Returns:
        None where the quote does not hold the value: what counts is what our own reader finds there.
    """
    start, end = span
    quote = extraction.text[start:end]
    cleaned = clean(quote).text
    numerals = figures(cleaned)
    place = f"第 {sum(1 for line in extraction.text[:end].split(chr(10)) if line.strip())} 段"
    source = f"{extraction.source}，{place}"
    if item.type is FieldType.TABLE:
        cells: dict[str, Value | None] = {}
        for name, cell in (row or {}).items():
            column = item.column(name)
            if column is None or not cell.strip():
                continue
            if column.type is FieldType.TEXT:
                if _plain(cell) not in _plain(quote):
                    return None
                cells[column.label] = cell.strip()
                continue
            one = _stated(cell, numerals, FieldType(column.type))
            if one is None:
                return None
            cells[column.label] = value_of_figure(one, FieldType(column.type))
        if cells.get(item.key_column.label) is None:
            return None
        return FoundFact(item.label, Fact(), quote, start, end, place, "", cells, doubt)
    if item.type.numeric:
        one = _stated(value, numerals, item.type)
        if one is None or (item.type is FieldType.COUNT and one.kind == "count" and one.unit not in _units(item, one)):
            return None
        fact = Fact(value_of_figure(one, item.type), approximation(one), None, source)
        return FoundFact(item.label, fact, quote, start, end, place, unit_of(one), None, doubt)
    if item.type in (FieldType.YEAR, FieldType.DATE):
        try:
            typed, _ = read_value(value, item)
        except ValueError:
            return None
        if not any(typed in (one.date, year_of(one)) for one in numerals):
            return None
        return FoundFact(item.label, Fact(typed, source=source), quote, start, end, place, "", None, doubt)
    text = value.strip(" 。；，")
    if not text or _plain(text) not in _plain(quote) or (item.type is FieldType.CHOICE and text not in item.choices):
        return None
    told: Value = (text,) if item.type is FieldType.LIST else text
    return FoundFact(item.label, Fact(told, source=source), quote, start, end, place, "", None, doubt)


def _stated(value: str, numerals: Sequence[Numeral], kind: FieldType) -> Numeral | None:
    """The figure of the quote that has the told value."""
    told = figures(clean(value).text)
    if not told:
        return None
    scale = Decimal(1)
    if kind is FieldType.MONEY and told[0].kind != "money":
        # A bare number is yuan, or counts what the quote counts: 7.5 in front of 7.5万元.
        scale = Decimal(10000)
    for one in numerals:
        if one.value is None or (kind is FieldType.MONEY and one.kind != "money"):
            continue
        if kind is FieldType.PERCENT and one.kind != "percent":
            continue
        if kind is FieldType.COUNT and one.kind not in ("count", "number"):
            continue
        if told[0].value is not None and one.value in (told[0].value, told[0].value * scale):
            return one
    return None


def _units(item: FactField, one: Numeral) -> frozenset[str]:
    """Measure words that a told count may have; a field without one takes any."""
    return measures(item) or frozenset({one.unit})


def _plain(text: str) -> str:
    return re.sub(r"[\s，。、；：“”‘’（）]", "", text)
