"""Forms and ledgers as finds: what one form says, and a ledger by the columns that a person assigned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.errors import SheetProblem
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.formatting import plain_text
from assistant.facts.sheet import Fact, FactSheet
from assistant.intake.found import Extraction, FoundFact, Notice
from assistant.intake.ledger import LedgerMapping, read_ledger, remembered
from assistant.intake.ledger_combine import combine
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_types import MappingMemory
from assistant.intake.ledger_units import reporters, rows_by_reporter
from assistant.intake.workbook_grid import Book, Grid
from assistant.intake.xlsx_form_layout import LAST_YEAR_MARK
from assistant.pending import Assigned

Assignments = Mapping[str, Mapping[str, Assigned]]


def form_finds(sheet: FactSheet, name: str) -> Extraction:
    """What one filled form says, in the order of the form; last year's figures stand beside this year's."""
    facts = [found for item in sheet.schema.fields for found in _of_form(item, sheet, name)]
    return Extraction(name, "", tuple(facts))


def _of_form(item: FactField, sheet: FactSheet, name: str) -> Iterator[FoundFact]:
    fact = sheet.facts.get(item.label)
    if fact is None:
        return
    source = f"{name}（{fact.source}）" if fact.source else name
    if item.type is not FieldType.TABLE:
        if not fact.empty or fact.last_year is not None:
            yield FoundFact(item.label, replace(fact, source=source), "", place=item.group, unit=item.measure)
        return
    for row in fact.value if isinstance(fact.value, tuple) else ():
        if isinstance(row, Mapping):
            yield FoundFact(item.label, Fact(source=source), "", place=item.label, row=dict(row))
    if fact.last_year is not None:
        yield FoundFact(item.label, Fact(last_year=fact.last_year, source=source), "", place=f"{item.label}（去年）")


def with_unread(found: Extraction, unread: Sequence[tuple[str, SheetProblem]]) -> Extraction:
    """The finds of one or several forms with the cells that could not be read: each told, its fact in doubt.

    Args:
        unread: (whose form, "" where there is only one; what is wrong with a cell).
    """
    cells: dict[str, list[str]] = {}
    notices = []
    for who, problem in unread:
        whose = f"“{who}”的 {problem.place}" if who else problem.place
        cells.setdefault(problem.label.partition(".")[0].removesuffix(LAST_YEAR_MARK), []).append(whose)
        message = f"{whose} {replace(problem, place='')}".removesuffix("。") + "；没有读"
        notices.append(Notice("unread", message, place=who or problem.place))
    facts = tuple(
        replace(fact, doubt=f"有 {len(told)} 格没有读进来（{'、'.join(told[:3])}）")
        if (told := cells.get(fact.label)) and not (fact.row and fact.doubt)
        else fact
        for fact in found.facts
    )
    return replace(found, facts=facts, notices=(*notices, *found.notices))


def mappings_of(
    proposed: Sequence[LedgerMapping],
    schema: FactSchema,
    memory: MappingMemory,
    report_type: str,
    assigned: Assignments,
) -> tuple[LedgerMapping, ...]:
    """How a ledger is read: as proposed or remembered, with what a person assigned since."""
    made = []
    for mapping in remembered(proposed, schema, memory, report_type):
        for key, (fact, part, unit) in assigned.get(mapping.sheet, {}).items():
            mapping = mapping.decided(key, fact, part, unit or None)
        made.append(mapping)
    return tuple(made)


def read_all(book: Book, mappings: Sequence[LedgerMapping], schema: FactSchema, skipped: Collection[str]) -> Extraction:
    """Every sheet that is not skipped, as one; figures of two sheets for one fact are told and stay in doubt."""
    read = [read_ledger(book, mapping, schema) for mapping in mappings if mapping.sheet not in skipped]
    years = {one.year for one in read if one.year is not None}
    facts = tuple(fact for one in read for fact in one.facts)
    # What concerns the file is said by every sheet.
    notices = tuple(dict.fromkeys(notice for one in read for notice in one.notices))
    return Extraction(book.name, "", facts, notices, max(years) if years else None)


def hidden_rows(book: Book) -> dict[str, tuple[int, ...]]:
    """Visible sheets with hidden rows that hold something → their 1-based numbers."""
    found = {
        grid.name: tuple(row for row in sorted(grid.hidden_rows) if any(_cells(grid, row)))
        for grid in book.grids
        if not grid.hidden
    }
    return {name: rows for name, rows in found.items() if rows}


def _cells(grid: Grid, row: int) -> Iterator[bool]:
    return (cell not in (None, "") for cell in (grid.rows[row - 1] if row <= len(grid.rows) else ()))


def unhidden(book: Book, sheets: Collection[str]) -> Book:
    """The book as if the hidden rows of these sheets were shown: a person wants them counted."""
    if not sheets:
        return book
    return replace(
        book, grids=tuple(replace(one, hidden_rows=frozenset()) if one.name in sheets else one for one in book.grids)
    )


def without(book: Book, left: Mapping[str, Collection[int]]) -> Book:
    """The book as if these rows of its sheets were not there: a person does not want them counted."""
    if not any(left.values()):
        return book
    grids = (replace(one, left_rows=frozenset(left.get(one.name, ()))) for one in book.grids)
    return replace(book, grids=tuple(grids))


@dataclass(frozen=True)
class Twice:
    """A village or unit with several rows, 1-based numbers; ``left``: those of them that do not count."""

    sheet: str
    name: str
    rows: tuple[int, ...]
    left: tuple[int, ...]


def twice_in(book: Book, mappings: Sequence[LedgerMapping], left: Mapping[str, Collection[int]]) -> list[Twice]:
    """Who stands in the book more than once, in the order of the sheets.

    Args:
        book: with all its rows, those that are left out too.
    """
    grids = {grid.name: grid for grid in book.grids}
    found = []
    for mapping in mappings:
        if mapping.form != "units" or not mapping.names:
            continue
        rows: dict[str, list[int]] = {}
        for row, name in rows_by_reporter(Layout(grids[mapping.sheet]), mapping).items():
            rows.setdefault(name, []).append(row)
        gone = left.get(mapping.sheet, ())
        found += [
            Twice(mapping.sheet, name, tuple(places), tuple(row for row in places if row in gone))
            for name, places in rows.items()
            if len(places) > 1
        ]
    return found


def reporters_of(book: Book, mappings: Sequence[LedgerMapping], skipped: Collection[str]) -> tuple[str, ...]:
    """The villages or units that have a row of their own, over all sheets that are read; nobody twice."""
    grids = {grid.name: grid for grid in book.grids}
    names = [
        name
        for mapping in mappings
        if mapping.form == "units" and mapping.names and mapping.sheet not in skipped
        for name in reporters(Layout(grids[mapping.sheet]), mapping)
    ]
    return tuple(dict.fromkeys(names))


def who_reported(forms: Sequence[tuple[str, FactSheet]], schema: FactSchema) -> list[tuple[str, list[str], str]]:
    """(label, what each unit reported, the sum) for every figure that anybody reported; "" where nothing was."""
    summed = {found.label: found for found in combine(forms, schema).facts}
    table = []
    for item in schema.fields:
        if not item.type.numeric:
            continue
        told = [
            plain_text(fact.value, item, fact.approximate) for _, sheet in forms if (fact := sheet.fact(item.label))
        ]
        if any(told):
            found = summed.get(item.label)
            total = plain_text(found.fact.value, item, found.fact.approximate) if found else "不相加"
            table.append((item.label, told, total))
    return table
