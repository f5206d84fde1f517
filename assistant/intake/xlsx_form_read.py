"""Reads a form in Excel back to its fact sheet: every fault at once, each with its cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import SheetError, SheetProblem, WorkbookInputError
from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType
from assistant.facts.sheet import EMPTY, Fact, FactSheet, read_fact
from assistant.facts.values import Approximation, read_value
from assistant.facts.yaml_form import SheetFile
from assistant.intake import xlsx_form_layout as layout
from assistant.intake.workbook import load_book, read_book
from assistant.intake.workbook_grid import Book, Grid
from assistant.intake.xlsx_form_cells import Faults, raw, typed, with_unit
from assistant.intake.xlsx_form_header import fact_header, filled_by, holds_facts, table_of
from assistant.intake.xlsx_form_table import TableTab

SchemaOf = Callable[[str, str], FactSchema]


def is_form(book: Book) -> bool:
    """Whether the workbook is a form that this program wrote."""
    return bool(book.meta) and bool(book.meta[0]) and book.meta[0][0] == layout.FORM


def load_form(file: Path, schema_of: SchemaOf) -> SheetFile:
    """A form from disk. Raises WorkbookInputError, SheetError, UnknownNameError."""
    return form_of(load_book(file), schema_of)


def read_form(data: bytes, name: str, schema_of: SchemaOf) -> SheetFile:
    """A form from memory (an upload). Raises as ``load_form``."""
    return form_of(read_book(data, name), schema_of)


def form_of(book: Book, schema_of: SchemaOf) -> SheetFile:
    """The fact sheet of a form.

    Args:
        schema_of: (report type, shape) → its schema; raises UnknownNameError for names that do not exist.

    Raises:
        WorkbookInputError: a workbook that is no form.
        SheetError: every problem of every cell.
    """
    file, problems = form_in_part(book, schema_of)
    if problems:
        raise SheetError(problems, book.name)
    return file


def form_in_part(book: Book, schema_of: SchemaOf) -> tuple[SheetFile, list[SheetProblem]]:
    """What of a form can be read, and what is wrong with the other cells. Raises WorkbookInputError."""
    if not is_form(book):
        raise WorkbookInputError(
            f"“{book.name}”不是本程序生成的事实表。", "请用 sheet 命令生成一份空白表填写；自己的台账请在“事实”页导入。"
        )
    said = {row[0]: row[1] for row in book.meta if len(row) > 1}
    report_type, shape = said.get("report_type", ""), said.get("shape", "")
    schema = schema_of(report_type, shape)
    reader = _read(book, schema)
    others = reader.of_other_years()
    if others:
        reader = _read(book, schema, others)
    who = next((name for grid in book.grids if (name := filled_by(grid))), "")
    return SheetFile(report_type, shape, FactSheet(schema, reader.facts()), who), [*others.values(), *reader.problems]


def _read(book: Book, schema: FactSchema, passed_over: Collection[str] = ()) -> _Reader:
    reader = _Reader(schema, passed_over)
    for grid in book.grids:
        reader.read(grid)
    return reader


@dataclass
class _Draft:
    """A fact while its lines and its table are still being gathered; ``row`` and ``place``: where it was told first."""

    item: FactField
    entry: dict[str, Any]
    row: int
    place: str


class _Reader:
    """``passed_over``: tabs that are not read."""

    def __init__(self, schema: FactSchema, passed_over: Collection[str] = ()) -> None:
        self.schema = schema
        self.passed_over = passed_over
        self.problems: list[SheetProblem] = []
        self.drafts: dict[str, _Draft] = {}
        #: Tab → the year that its column of values names, and its cell.
        self.years: dict[str, tuple[int, str]] = {}
        #: Title of a table → the tab that holds its rows.
        self.tables: dict[str, str] = {}

    def read(self, grid: Grid) -> None:
        if grid.name in self.passed_over:
            return
        faults = Faults(grid)
        header = fact_header(grid, faults)
        table = table_of(grid, self.schema)
        if header:
            if header.year is not None:
                self.years[grid.name] = header.year, grid.place(header.row, header.columns[layout.VALUE])
            self._facts_tab(grid, header.row, header.columns, faults)
        elif table is not None:
            self._table_tab(grid, *table, faults)
        elif not faults.problems and holds_facts(grid, self.schema):
            expected = f"有一行表头，写着“{layout.FACT}”和“{layout.VALUE}”"
            faults.add(1, 1, "", "这一页看不出哪一列是数值，没有读", expected)
        self.problems.extend(faults.problems)

    def facts(self) -> dict[str, Fact]:
        found = {label: Fact(**draft.entry) for label, draft in self.drafts.items()}
        order = [*self.schema.by_label, *self.schema.derived_by_label]
        return {label: found[label] for label in order if label in found and not found[label].blank}

    def of_other_years(self) -> dict[str, SheetProblem]:
        """Tabs whose header names another year than the form does."""
        year = next((self.drafts.get(item.label) for item in self.schema.fields if item.type is FieldType.YEAR), None)
        own = year.entry.get("value") if year else None
        if own is None:
            return {}
        return {
            tab: SheetProblem("", f"表头写的是 {told} 年，表里填的年份是 {own}，这一页没有读", "同一年", place=place)
            for tab, (told, place) in self.years.items()
            if told != own
        }

    def _table_tab(self, grid: Grid, table: FactField, last: bool, faults: Faults) -> None:
        title = table.label + (layout.LAST_YEAR_MARK if last else "")
        rows = TableTab(grid, table, title, faults).rows()
        if not rows:
            return
        first = self.tables.setdefault(title, grid.name)
        draft = self.drafts.setdefault(table.label, _Draft(table, {}, 1, grid.place(1, 1)))
        if draft.entry.setdefault("last_year" if last else "value", rows) != rows:
            # A copy of the tab that somebody went on filling in: nobody knows which of the two is meant.
            faults.add(1, 1, title, f"在“{first}”页也填了，两页不一样", "只填一页")

    def _facts_tab(self, grid: Grid, top: int, columns: Mapping[str, int], faults: Faults) -> None:
        mine: dict[str, _Draft] = {}
        for row in range(top + 1, len(grid.rows) + 1):
            written = grid.text(row, columns[layout.FACT])
            cells = _Line(grid, row, columns)
            item = self._field(layout.fact_label(written))
            if item is None:
                self._unknown(written, cells, faults)
                continue
            if cells.empty(item):
                continue
            place = grid.place(row, columns[layout.FACT])
            if item.type is FieldType.LIST:
                self._line(mine.setdefault(item.label, _Draft(item, {}, row, place)), cells)
                continue
            draft = _Draft(item, self._entry(item, cells, faults), row, place)
            if item.label in mine:
                self._twice(mine[item.label], draft, columns[layout.FACT], faults)
            else:
                mine[item.label] = draft
        for label, draft in mine.items():
            before = self.drafts.setdefault(label, draft)
            if before is draft:
                continue
            if draft.item.type is FieldType.TABLE:
                # Its tab came first, or its tab's remark.
                before.entry.update({name: text for name, text in draft.entry.items() if name not in before.entry})
            else:
                self._twice(before, draft, columns[layout.FACT], faults)

    @staticmethod
    def _twice(before: _Draft, now: _Draft, column: int, faults: Faults) -> None:
        """A fact on two lines or on two tabs: the first stays, another value is told."""
        if before.entry != now.entry:
            faults.add(now.row, column, now.item.label, f"写了两次，前一次在 {before.place}")

    def _field(self, name: str) -> FactField | None:
        found = self.schema.find(name)
        if isinstance(found, DerivedFact):
            return FactField(label=found.label, type=found.type, group="", measure=found.measure)
        return found

    def _unknown(self, written: str, cells: _Line, faults: Faults) -> None:
        if not cells.empty(None):
            nearest = self.schema.nearest(written) if written else []
            message = "不是已知的事实" if written else "这一行没有写是哪项事实"
            column = cells.columns[layout.FACT]
            faults.add(cells.row, column, written, message, f"“{nearest[0]}”（最接近的一项）" if nearest else "")

    def _entry(self, item: FactField, cells: _Line, faults: Faults) -> dict[str, Any]:
        entry = {name: text for name, text in cells.remarks().items() if text}
        if item.type is not FieldType.TABLE:
            entry.update(_NumberLine(item, cells, faults).entry())
        return entry

    @staticmethod
    def _line(draft: _Draft, cells: _Line) -> None:
        for name, text in cells.remarks().items():
            # Lines of a list may each say where they come from.
            told = "；".join(part for part in (draft.entry.get(name, ""), text) if part)
            if told:
                draft.entry[name] = told
        value, _ = read_value(str(raw(cells.value(layout.VALUE), FieldType.LIST) or ""), draft.item)
        assert isinstance(value, tuple)
        if value:
            draft.entry["value"] = (*draft.entry.get("value", ()), *value)


@dataclass(frozen=True)
class _Line:
    """One row of a tab of facts, cells by header."""

    grid: Grid
    row: int
    columns: Mapping[str, int]

    @property
    def place(self) -> str:
        return self.grid.place(self.row, self.columns[layout.VALUE])

    def value(self, header: str) -> Any:
        return self.grid.value(self.row, self.columns[header]) if header in self.columns else None

    def remarks(self) -> dict[str, str]:
        headers = (("source", layout.SOURCE), ("note", layout.NOTE))
        return {name: str(raw(self.value(header), FieldType.TEXT) or "") for name, header in headers}

    def empty(self, item: FactField | None) -> bool:
        """Nothing filled in. A table's value cell only points to its tab."""
        headers = [layout.VALUE, layout.APPROXIMATE, layout.LAST_YEAR, layout.SOURCE, layout.NOTE]
        if item is not None and item.type is FieldType.TABLE:
            headers = [layout.SOURCE, layout.NOTE]
        uncomputed = any((self.row, self.columns.get(header)) in self.grid.uncomputed for header in headers)
        return not uncomputed and all(self.value(header) in (None, "") for header in headers)


@dataclass(frozen=True)
class _NumberLine:
    """Value, unit, 概数 and last year of one fact that is no list and no table."""

    item: FactField
    cells: _Line
    faults: Faults

    def entry(self) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        now, before = self._read(layout.VALUE, self.item.label), EMPTY
        if self.item.type.numeric:
            before = self._read(layout.LAST_YEAR, f"{self.item.label}（去年）")
            entry["approximate"] = self._approximation(now.approximate)
        elif self.cells.value(layout.LAST_YEAR) not in (None, ""):
            self._add(layout.LAST_YEAR, "不是数量，没有去年数")
        entry.update(value=now.value, last_year=before.value)
        if before.approximate and before.value is not None:
            entry["last_told"] = (before.value, before.approximate)
        return entry

    def _read(self, header: str, label: str) -> Fact:
        value = self.cells.value(header)
        column = self.cells.columns.get(header, 0)
        if self.faults.uncomputed(self.cells.row, column, label) or value in (None, ""):
            return EMPTY
        try:
            given = typed(value, self.item)
            if self.item.type is FieldType.MONEY:
                given = with_unit(given, str(self.cells.value(layout.UNIT) or "").strip())
            # Through the reader of sheets: one way of reading for YAML, page and form.
            return read_fact(given, self.item)
        except ValueError as error:
            self.faults.unreadable(self.cells.row, column, label, error)
        except SheetError as error:
            for problem in error.problems:
                self.faults.add(self.cells.row, column, label, problem.message, problem.expected)
        return EMPTY

    def _approximation(self, written: Approximation) -> str:
        chosen = str(self.cells.value(layout.APPROXIMATE) or "").strip()
        if chosen and chosen not in layout.APPROXIMATIONS:
            self._add(layout.APPROXIMATE, f"写的是“{chosen}”", f"{'、'.join(layout.APPROXIMATIONS)} 之一")
            return ""
        if chosen and written and chosen != written:
            self._add(layout.APPROXIMATE, f"选的是“{chosen}”，数值里写的是“{written}”", "同一个说法")
        return chosen or written

    def _add(self, header: str, message: str, expected: str = "") -> None:
        self.faults.add(self.cells.row, self.cells.columns.get(header, 1), self.item.label, message, expected)
