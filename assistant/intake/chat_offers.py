"""Two sheets beside each other: what a person would take."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts.fields import FactField, FieldType
from assistant.facts.formatting import plain_text, row_text
from assistant.facts.sheet import EMPTY, Fact, FactSheet, plain_fact
from assistant.facts.values import Approximation, Value, table_rows
from assistant.reports.chat import FactOffer


def offers_between(now: FactSheet, new: FactSheet) -> Iterator[FactOffer]:
    """One offer for each fact that is another in ``new``, in the order of the form."""
    for label, item in now.schema.by_label.items():
        before, after = now.facts.get(label, EMPTY), new.facts.get(label, EMPTY)
        if (before.value, before.approximate, before.last_year) == (after.value, after.approximate, after.last_year):
            continue
        last_year = (before.value, before.approximate) == (after.value, after.approximate)
        old, fresh = _shown(before, after, item, last_year=last_year)
        yield FactOffer(
            label=label,
            before=None if before.blank else plain_fact(before),
            after=None if after.blank else plain_fact(after),
            now=old,
            new=fresh,
            last_year=last_year,
        )


def cleared(sheet: FactSheet, label: str) -> FactSheet:
    """The sheet without this year's value of a fact; last year's, its note and its mark stay."""
    had = sheet.facts.get(label, EMPTY)
    return sheet.with_fact(label, Fact(last_year=had.last_year, note=had.note, private=had.private))


def _shown(before: Fact, after: Fact, item: FactField, *, last_year: bool) -> tuple[str, str]:
    old, new = (before.last_year, after.last_year) if last_year else (before.value, after.value)
    if item.type is FieldType.TABLE:
        rows, fresh = table_rows(old), table_rows(new)
        return (
            "；".join(row_text(row, item) for row in rows if row not in fresh),
            "；".join(row_text(row, item) for row in fresh if row not in rows),
        )
    if item.type is FieldType.LIST:
        lines, added = _lines(old), [line for line in _lines(new) if line not in _lines(old)]
        kept = [line for line in lines if line in _lines(new)]
        return "；".join(line for line in lines if line not in kept), ("加：" if kept and added else "") + "；".join(
            added
        )
    word: Approximation = "" if last_year else before.approximate
    fresh_word: Approximation = "" if last_year else after.approximate
    shown = plain_text(new, item, fresh_word)
    if not last_year and before.last_year != after.last_year and after.last_year is not None:
        shown += f"（去年{plain_text(after.last_year, item)}）"
    return plain_text(old, item, word), shown


def _lines(value: Value | None) -> list[str]:
    return [str(line) for line in value] if isinstance(value, tuple) else []
