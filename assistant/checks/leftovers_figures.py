"""Last year's figures and texts in a report whose facts have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.finding import Finding
from assistant.checks.leftovers_ground import Ground, Prose
from assistant.facts.fields import DerivedFact, FactField, FieldType
from assistant.facts.formatting import plain_text
from assistant.facts.sheet import FactSheet
from assistant.facts.values import table_rows
from assistant.slots.numeral import Numeral
from assistant.slots.numerals import find_numerals

#: A number that nothing names tells last year's fact only when it is at least this large.
_TELLING = 20
#: Texts of last year's facts that are shorter are words that any report has.
_TEXT = 8


@dataclass(frozen=True)
class Former:
    """A figure of last year whose fact is another now.

    Attributes:
        name: of the slot, 民兵分队.应急排.实有人数.
        now: this year's value, printed; "" while it is not filled in.
    """

    label: str
    name: str
    kind: str
    units: frozenset[str]
    value: Decimal
    now: str


def former_figures(sheet: FactSheet) -> dict[str, Former]:
    """Name → last year's figure, of facts and of cells of tables, where this year's differs."""
    items: tuple[FactField | DerivedFact, ...] = (*sheet.schema.fields, *sheet.schema.derived)
    return {one.name: one for item in items for one in _formers(item, sheet)}


def _formers(item: FactField | DerivedFact, sheet: FactSheet) -> Iterator[Former]:
    fact = sheet.fact(item.label)
    if isinstance(item, FactField) and item.type is FieldType.TABLE:
        yield from _former_cells(item, sheet)
    elif isinstance(fact.last_year, int | Decimal) and fact.last_year != fact.value:
        as_field = item if isinstance(item, FactField) else None
        kind = {FieldType.MONEY: "money", FieldType.PERCENT: "percent"}.get(item.type, "count")
        shown = plain_text(fact.value, as_field, fact.approximate) if as_field else str(fact.value or "")
        units = frozenset({item.measure, *item.measures} - {""})
        yield Former(item.label, item.label, kind, units, Decimal(fact.last_year), shown)


def _former_cells(item: FactField, sheet: FactSheet) -> Iterator[Former]:
    fact = sheet.fact(item.label)
    key = item.key_column.label
    now = {str(row.get(key)): row for row in table_rows(fact.value)}
    for row in table_rows(fact.last_year):
        name = str(row.get(key, ""))
        for column in item.columns:
            value, today = row.get(column.label), now.get(name, {}).get(column.label)
            if isinstance(value, int | Decimal) and value != today:
                kind = "money" if column.type is FieldType.MONEY else "count"
                units = frozenset({column.measure} - {""})
                shown = "" if today is None else str(today)
                yield Former(item.label, f"{item.label}.{name}.{column.label}", kind, units, Decimal(value), shown)


def figure_findings(prose: Prose, numbers: Iterable[Finding], formers: Mapping[str, Former]) -> Iterator[Finding]:
    """Which of the numbers that no fact supports are last year's.

    Args:
        numbers: findings of kind ``number`` of this very text.
    """
    if not formers:
        return
    by_label: dict[str, list[Former]] = {}
    for one in formers.values():
        by_label.setdefault(one.label, []).append(one)
    read: dict[str, list[Numeral]] = {}
    for found in numbers:
        if found.kind != "number" or found.rule == "number.linkable":
            continue
        if found.excerpt not in read:
            read[found.excerpt] = find_numerals(found.excerpt)
        numerals = read[found.excerpt]
        if len(numerals) != 1:
            continue
        former = _named(found, numerals[0], by_label) or _told_by_value(found, numerals[0], formers)
        if former is None:
            continue
        rest = f"今年是{former.now}" if former.now else "今年的数还没有填"
        message = f"“{found.excerpt}”是“{former.name}”去年的数，{rest}，可能是旧稿里留下的。"
        yield prose.finding("last_year_figure", "warning", message, found.start, found.end, facts=(former.label,))


def _named(found: Finding, numeral: Numeral, formers: Mapping[str, list[Former]]) -> Former | None:
    """The number finding names the fact: so its last year's figure is told at once."""
    named = (former for label in found.facts for former in formers.get(label, ()))
    return next((former for former in named if _says(numeral, former)), None)


def _told_by_value(found: Finding, numeral: Numeral, formers: Mapping[str, Former]) -> Former | None:
    """No context names the fact. Only a large number in the fact's own measure word, equal to one fact alone."""
    if found.facts or (numeral.low or 0) < _TELLING:
        return None
    equal = [former for former in formers.values() if numeral.unit in former.units and _says(numeral, former)]
    return equal[0] if len(equal) == 1 else None


def _says(numeral: Numeral, former: Former) -> bool:
    if numeral.kind not in (former.kind, "number") or not numeral.says(former.value):
        return False
    return numeral.value is not None


def text_findings(prose: Prose, ground: Ground, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Words of last year's text facts (``texts``: text → label) that this year's facts no longer say."""
    for text, label in texts.items():
        if len(text) < _TEXT or text in ground.known:
            continue
        at = prose.open.find(text)
        while at >= 0:
            message = f"“{text if len(text) <= 24 else text[:23] + '…'}”是去年报告里“{label}”的内容，今年的事实里没有。"
            yield prose.finding("last_year_text", "warning", message, at, at + len(text), facts=(label,))
            at = prose.open.find(text, at + len(text))
