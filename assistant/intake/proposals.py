"""What was found, put beside what a sheet has: to accept, edit or refuse one by one. Nothing is taken by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant.facts.fields import FactField, FieldType
from assistant.facts.formatting import plain_text
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Row, Value
from assistant.intake.found import Extraction, FoundFact

State = Literal["new", "same", "conflict", "row"]
#: Where an accepted value goes: this year's place, or last year's.
Target = Literal["value", "last_year"]


@dataclass(frozen=True)
class Proposal:
    """One fact found, beside what the sheet has for it.

    Attributes:
        state: new (the sheet's place is empty), same (nothing to do), conflict (it has something else),
            row (a further row of a table or item of a list).
        target: the sheet's place: a report of the year before fills ``last_year``.
        here, found_text: what the sheet has ("" for nothing) and what was found, as a person reads them.
        doubt: why to look twice, "" where there is no doubt.
    """

    found: FoundFact
    state: State
    target: Target = "value"
    here: str = ""
    found_text: str = ""
    doubt: str = ""

    @property
    def label(self) -> str:
        return self.found.label


def proposals(extraction: Extraction, sheet: FactSheet, keep: Collection[str] = ()) -> list[Proposal]:
    """Everything found, in the order of the text, beside the sheet.

    A source of the year before the report's gives last year's figures only: its years, texts, problems and plans are
    last year's too, and are proposed for nothing, but for those of ``keep`` (单位全称) whose place is empty.

    Args:
        keep: labels that stay from year to year (``ReportType.keep_next_year``).
    """
    year = report_year(sheet)
    before = year is not None and extraction.year == year - 1
    other = ""
    if year is not None and extraction.year not in (None, year, year - 1):
        other = f"这份材料说的是{extraction.year}年，报告是{year}年"
    return list(_proposed(extraction, sheet, keep, before, other))


def report_year(sheet: FactSheet) -> int | None:
    """The year that the sheet's report is about."""
    for item in sheet.schema.fields:
        if item.type is FieldType.YEAR and isinstance(value := sheet.value(item.label), int):
            return value
    return None


def _proposed(
    extraction: Extraction, sheet: FactSheet, keep: Collection[str], before: bool, other: str
) -> Iterator[Proposal]:
    for found in extraction.facts:
        item = sheet.schema.by_label.get(found.label)
        if item is None:
            continue
        doubt = "；".join(part for part in (found.doubt, other) if part)
        if not before:
            yield _beside(found, item, sheet, "value", doubt)
        elif item.type.numeric or item.type is FieldType.TABLE:
            if not item.private:
                yield _beside(found, item, sheet, "last_year", doubt)
        elif found.label in keep and sheet.fact(found.label).empty:
            yield _beside(found, item, sheet, "value", doubt)


def _beside(found: FoundFact, item: FactField, sheet: FactSheet, target: Target, doubt: str) -> Proposal:
    fact = sheet.facts.get(found.label, Fact())
    here = fact.value if target == "value" else fact.last_year
    if found.row is not None:
        return _row_beside(found, item, here, target, doubt)
    told = plain_text(found.fact.value, item, found.fact.approximate)
    shown = plain_text(here, item, fact.approximate if target == "value" else "")
    if item.type is FieldType.LIST:
        had = here if isinstance(here, tuple) else ()
        fresh = [one for one in _items(found.fact.value) if one not in had]
        state: State = "same" if not fresh else ("row" if had else "new")
    elif here is None or here == "":
        state = "new"
    else:
        alike = here == found.fact.value and (target == "last_year" or fact.approximate == found.fact.approximate)
        state = "same" if alike else "conflict"
    return Proposal(found, state, target, shown, told, doubt)


def _row_beside(found: FoundFact, item: FactField, here: Value | None, target: Target, doubt: str) -> Proposal:
    row = _clean(found.row)
    mine = _row_of(here, item, row)
    told = _row_text(row)
    if mine is None:
        return Proposal(found, "row", target, "", told, doubt)
    state: State = "same" if all(mine.get(name) == cell for name, cell in row.items()) else "conflict"
    return Proposal(found, state, target, _row_text(mine), told, doubt)


def accept(sheet: FactSheet, proposal: Proposal) -> FactSheet:
    """The sheet with the proposal taken. A conflict is decided for what was found; lists and tables grow.

    The fact keeps its note; its source becomes the quote and its place.
    """
    found = proposal.found
    item = sheet.schema.by_label[found.label]
    had = sheet.facts.get(found.label, Fact())
    if found.row is not None:
        rows = _with_row(had.value if proposal.target == "value" else had.last_year, item, _clean(found.row))
        value: Value | None = rows
    elif item.type is FieldType.LIST:
        kept = [one for one in had.value if isinstance(one, str)] if isinstance(had.value, tuple) else []
        value = tuple(dict.fromkeys([*kept, *_items(found.fact.value)]))
    else:
        value = found.fact.value
    if proposal.target == "last_year":
        return sheet.with_fact(found.label, replace(had, last_year=value))
    last_year = had.last_year if had.last_year is not None else found.fact.last_year
    return sheet.with_fact(
        found.label,
        replace(had, value=value, approximate=found.fact.approximate, last_year=last_year, source=source_of(found)),
    )


def source_of(found: FoundFact) -> str:
    """去年报告.docx，第 3 段：“全年向部队输送新兵12名”."""
    where = found.fact.source or found.place
    return f"{where}：“{found.quote.strip()}”" if found.quote.strip() else where


def _items(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


def _clean(row: Mapping[str, Value | None] | None) -> dict[str, int | str]:
    """A row without its empty cells."""
    return {name: cell for name, cell in (row or {}).items() if cell not in (None, "")}  # type: ignore[misc]


def _row_of(here: Value | None, item: FactField, row: Mapping[str, object]) -> Row | None:
    key = item.key_column.label
    rows = [one for one in here if isinstance(one, Mapping)] if isinstance(here, tuple) else []
    return next((one for one in rows if one.get(key) == row.get(key)), None)


def _with_row(here: Value | None, item: FactField, row: Row) -> tuple[Row, ...]:
    key = item.key_column.label
    rows = [one for one in here if isinstance(one, Mapping)] if isinstance(here, tuple) else []
    if any(one.get(key) == row.get(key) for one in rows):
        return tuple({**one, **row} if one.get(key) == row.get(key) else one for one in rows)
    return (*rows, row)


def _row_text(row: Mapping[str, object]) -> str:
    return "，".join(f"{name} {cell}" for name, cell in row.items())
