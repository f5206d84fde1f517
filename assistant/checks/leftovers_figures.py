"""Last year's figures and texts in a report whose facts have changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.finding import Finding
from assistant.checks.leftovers_ground import Ground, Prose
from assistant.checks.leftovers_words import leftover_words
from assistant.facts.fields import DerivedFact, FactField, FieldType
from assistant.facts.formatting import plain_text
from assistant.facts.sheet import FactSheet
from assistant.facts.values import table_rows
from assistant.slots.numeral import Numeral
from assistant.slots.numerals import find_numerals

#: A number that nothing names tells last year's fact only when it is at least this large.
_TELLING = 20
#: Words of a limit: 突破80人 sets a mark and is no way to write down the 86 of a table, as 80余人 is.
_LIMIT = re.compile("超过|突破|不少于|不低于|不下|至少|不足|不到|以上|以下|以内|超(?!出)")
#: Texts of last year's facts that are shorter are words that any report has.
_TEXT = 8


@dataclass(frozen=True)
class Former:
    """A figure of last year whose fact is another now.

    Attributes:
        name: of the slot, 民兵分队.应急排.实有人数.
        now: this year's value, printed; "" while it is not filled in.
        approximate: the fact is told as a 概数, so last year's was printed as one too: 3000余 for 3000.
    """

    label: str
    name: str
    kind: str
    units: frozenset[str]
    value: Decimal
    now: str
    approximate: bool = False


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
        about = bool(fact.approximate or fact.last_approximate)
        yield Former(item.label, item.label, kind, units, Decimal(fact.last_year), shown, about)


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
    """Which of the numbers are last year's: those that no fact supports, and a 概数 that is last year's to the letter.

    Args:
        numbers: findings of kind ``number`` of this very text; ``number.linkable`` for one that a fact supports.
    """
    if not formers:
        return
    by_label: dict[str, list[Former]] = {}
    for one in formers.values():
        by_label.setdefault(one.label, []).append(one)
    read: dict[str, list[Numeral]] = {}
    for found in numbers:
        if found.kind != "number" or _is_goal(found, prose):
            continue
        if found.excerpt not in read:
            read[found.excerpt] = find_numerals(found.excerpt)
        numerals = read[found.excerpt]
        if len(numerals) != 1:
            continue
        former = _told(found, numerals[0], formers, by_label)
        if former is None:
            continue
        rest = f"今年是{former.now}" if former.now else "今年的数还没有填"
        message = f"“{found.excerpt}”是“{former.name}”去年的数，{rest}，可能是旧稿里留下的。"
        yield prose.finding("last_year_figure", "warning", message, found.start, found.end, facts=(former.label,))


def _is_goal(found: Finding, prose: Prose) -> bool:
    """A goal of the next year may well be a number that a year before had."""
    if not prose.is_plan(found.start):
        return False
    return not found.facts or leftover_words().plan_pattern.search(prose.around(found.start, found.end)) is not None


def _told(
    found: Finding, numeral: Numeral, formers: Mapping[str, Former], by_label: Mapping[str, list[Former]]
) -> Former | None:
    named = [former for label in found.facts for former in by_label.get(label, ())]
    if found.rule == "number.linkable":
        # 3000余 is true of this year's 3500余 too, and yet nobody writes it so but who copies last year's.
        return next((former for former in named if _prints(numeral, former)), None)
    return next((former for former in named if _says(numeral, former)), None) or _told_by_value(found, numeral, formers)


def _told_by_value(found: Finding, numeral: Numeral, formers: Mapping[str, Former]) -> Former | None:
    """No context names the fact. Only a large number in the fact's own measure word, equal to one fact alone."""
    if found.facts or (numeral.low or 0) < _TELLING:
        return None
    equal = [
        former
        for former in formers.values()
        if numeral.unit in former.units and (_prints(numeral, former) or (not numeral.rough and _says(numeral, former)))
    ]
    return equal[0] if len(equal) == 1 else None


def _says(numeral: Numeral, former: Former) -> bool:
    if numeral.value is None or numeral.kind not in (former.kind, "number"):
        return False
    if numeral.rough and _LIMIT.search(numeral.text):
        return False
    return numeral.says(former.value) or _prints(numeral, former)


def _prints(numeral: Numeral, former: Former) -> bool:
    """Whether last year's 概数 was printed in these very words."""
    return (
        former.approximate
        and bool(numeral.rough)
        and numeral.value == former.value
        and numeral.kind in (former.kind, "number")
        and not _LIMIT.search(numeral.text)
    )


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
