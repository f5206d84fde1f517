"""What was found, put beside what a sheet has: to accept, edit or refuse one by one. Nothing is taken by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant.facts.fields import FactField, FieldType
from assistant.facts.formatting import plain_text
from assistant.facts.last_year import told_of_last_year, with_last_year
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Row, Value, filled_cells, list_items, table_rows
from assistant.intake.found import Extraction, FoundFact
from assistant.intake.source_year import report_year

State = Literal["new", "same", "conflict", "row"]
#: Where an accepted value goes: this year's place, or last year's.
Target = Literal["value", "last_year"]
_OLD_WORDS = "是去年稿子里写的，今年没有变再采用"


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


def proposals(
    extraction: Extraction, sheet: FactSheet, keep: Collection[str] = (), report: int | None = None, shift: int = 0
) -> list[Proposal]:
    """Everything found, in the order of the text, beside the sheet.

    A source of the year before the report's gives last year's figures only: its years, texts, problems and plans are
    last year's too, and are proposed for nothing, but for those of ``keep`` (单位全称) whose place is empty.

    Args:
        keep: labels that stay from year to year (``ReportType.keep_next_year``).
        report: the report's year where the sheet does not say.
        shift: years by which a person says that the source is another's; for finds with a year of their own.
    """
    year = report_year(sheet) or report
    return list(_proposed(extraction, sheet, keep, year, shift))


def _proposed(
    extraction: Extraction, sheet: FactSheet, keep: Collection[str], report: int | None, shift: int
) -> Iterator[Proposal]:
    tables: Tables = {}
    for found in extraction.facts:
        item = sheet.schema.by_label.get(found.label)
        if item is None:
            continue
        year = extraction.year if found.year is None else found.year + shift
        before = report is not None and year == report - 1
        other = ""
        if report is not None and year not in (None, report, report - 1):
            whose = f"这份材料说的是{year}" if found.year is None else f"这一处是{found.year}"
            other = f"{whose}年{'的数' * (found.year is not None)}，报告是{report}年"
        doubt = "；".join(part for part in (found.doubt, other) if part)
        target: Target = "last_year" if before else "value"
        if before:
            if item.type.numeric or item.type is FieldType.TABLE:
                if item.private:
                    continue
            elif found.label in keep and sheet.fact(found.label).empty:
                # Who reports, and in which office, changes from one year to the next.
                target, doubt = "value", "；".join(part for part in (doubt, _OLD_WORDS) if part)
            else:
                continue
        if found.row is not None:
            yield _row_beside(found, _table(tables, item, sheet, target), target, doubt)
        else:
            yield _beside(found, item, sheet, target, doubt)


def _beside(found: FoundFact, item: FactField, sheet: FactSheet, target: Target, doubt: str) -> Proposal:
    fact = sheet.facts.get(found.label, Fact())
    here = fact.value if target == "value" else fact.last_year
    told = plain_text(found.fact.value, item, found.fact.approximate)
    word = fact.approximate if target == "value" else fact.last_approximate
    shown = plain_text(here, item, word)
    if item.type is FieldType.LIST:
        had = here if isinstance(here, tuple) else ()
        fresh = [one for one in _items(found.fact.value) if one not in had]
        state: State = "same" if not fresh else ("row" if had else "new")
    elif here is None or here == "":
        state = "new"
    else:
        state = "same" if (here, word) == (found.fact.value, found.fact.approximate) else "conflict"
    return Proposal(found, state, target, shown, told, doubt)


def _row_beside(found: FoundFact, table: _Table, target: Target, doubt: str) -> Proposal:
    row = filled_cells(found.row)
    mine = table.row(row)
    told = _row_text(row)
    if mine is None:
        return Proposal(found, "row", target, "", told, doubt)
    state: State = "same" if all(mine.get(name) == cell for name, cell in row.items()) else "conflict"
    return Proposal(found, state, target, _row_text(mine), told, doubt)


def accept(sheet: FactSheet, proposal: Proposal) -> FactSheet:
    """The sheet with one proposal taken: see ``accept_all``."""
    return accept_all(sheet, (proposal,))


def accept_all(sheet: FactSheet, taken: Iterable[Proposal]) -> FactSheet:
    """The sheet with proposals taken. A conflict is decided for what was found; lists and tables grow.

    A fact keeps its note; its source becomes the quote and its place, of several rows the last one's.
    """
    tables: Tables = {}
    last: dict[tuple[str, Target], FoundFact] = {}
    for proposal in taken:
        found, target = proposal.found, proposal.target
        item = sheet.schema.by_label[found.label]
        if found.row is not None:
            _table(tables, item, sheet, target).take(filled_cells(found.row))
            last[found.label, target] = found
            continue
        value = found.fact.value
        if item.type is FieldType.LIST:
            value = tuple(dict.fromkeys([*_items(sheet.facts.get(found.label, Fact()).value), *_items(value)]))
        sheet = _with_value(sheet, found, target, value)
    for (label, target), table in tables.items():
        sheet = _with_value(sheet, last[label, target], target, tuple(table.rows))
    return sheet


def _with_value(sheet: FactSheet, found: FoundFact, target: Target, value: Value | None) -> FactSheet:
    had = sheet.facts.get(found.label, Fact())
    if target == "last_year":
        # A fact's source is that of this year's value.
        told = told_of_last_year(found.fact.source or found.place)
        return sheet.with_fact(found.label, with_last_year(had, value, told, found.fact.approximate))
    last = had if had.last_year is not None else found.fact
    return sheet.with_fact(
        found.label,
        replace(
            had,
            value=value,
            approximate=found.fact.approximate,
            last_year=last.last_year,
            last_told=last.last_told,
            source=source_of(found),
        ),
    )


def source_of(found: FoundFact) -> str:
    """去年报告.docx，第 3 段：“全年向部队输送新兵12名”."""
    where = found.fact.source or found.place
    return f"{where}：“{found.quote.strip()}”" if found.quote.strip() else where


def _items(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return list_items(value)


class _Table:
    """A sheet's rows by their names: a ledger has thousands, and each is looked up."""

    def __init__(self, item: FactField, here: Value | None) -> None:
        self._key = item.key_column.label
        self.rows: list[Row] = table_rows(here)
        self._places: dict[object, list[int]] = {}
        for place, row in enumerate(self.rows):
            self._places.setdefault(row.get(self._key), []).append(place)

    def row(self, like: Mapping[str, object]) -> Row | None:
        """The first row of the same name."""
        places = self._places.get(like.get(self._key))
        return self.rows[places[0]] if places else None

    def take(self, row: Row) -> None:
        """Renews every row of the same name, or comes behind the others."""
        places = self._places.setdefault(row.get(self._key), [])
        for place in places:
            self.rows[place] = {**self.rows[place], **row}
        if not places:
            places.append(len(self.rows))
            self.rows.append(row)


Tables = dict[tuple[str, Target], _Table]


def _table(tables: Tables, item: FactField, sheet: FactSheet, target: Target) -> _Table:
    if (item.label, target) not in tables:
        fact = sheet.facts.get(item.label, Fact())
        tables[item.label, target] = _Table(item, fact.value if target == "value" else fact.last_year)
    return tables[item.label, target]


def _row_text(row: Mapping[str, object]) -> str:
    return "，".join(f"{name} {cell}" for name, cell in row.items())
