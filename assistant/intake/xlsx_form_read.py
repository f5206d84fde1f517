"""Reads a form in Excel back to its fact sheet: every fault at once, each with its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import SheetError, SheetProblem, WorkbookInputError
from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType, TableColumn
from assistant.facts.sheet import EMPTY, Fact, FactSheet, read_fact
from assistant.facts.values import Approximation, Row, read_cell, read_value
from assistant.facts.yaml_form import SheetFile
from assistant.intake import xlsx_form_layout as layout
from assistant.intake.workbook import load_book, read_book
from assistant.intake.workbook_grid import Book, Grid
from assistant.intake.xlsx_form_cells import Faults, raw, typed, with_unit

#: A header stands near the top even where somebody put lines above it.
_HEADER_WITHIN = 20

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
    reader = _Reader(schema)
    for grid in book.grids:
        reader.read(grid)
    return SheetFile(report_type, shape, FactSheet(schema, reader.facts())), reader.problems


@dataclass
class _Draft:
    """A fact while its lines and its table are still being gathered."""

    item: FactField
    entry: dict[str, Any]
    place: str


class _Reader:
    def __init__(self, schema: FactSchema) -> None:
        self.schema = schema
        self.problems: list[SheetProblem] = []
        self.drafts: dict[str, _Draft] = {}

    def read(self, grid: Grid) -> None:
        faults = Faults(grid)
        header = _fact_header(grid)
        title = grid.text(1, 1)
        table = self.schema.by_label.get(title.removesuffix(layout.LAST_YEAR_MARK))
        if header:
            self._facts_tab(grid, *header, faults)
        elif table is not None and table.type is FieldType.TABLE:
            rows = _TableTab(grid, table, title, faults).rows()
            if rows:
                key = "last_year" if title.endswith(layout.LAST_YEAR_MARK) else "value"
                self._draft(table, grid.place(1, 1)).entry[key] = rows
        self.problems.extend(faults.problems)

    def facts(self) -> dict[str, Fact]:
        found = {label: Fact(**draft.entry) for label, draft in self.drafts.items()}
        order = [*self.schema.by_label, *self.schema.derived_by_label]
        return {label: found[label] for label in order if label in found and not found[label].blank}

    def _draft(self, item: FactField, place: str) -> _Draft:
        return self.drafts.setdefault(item.label, _Draft(item, {}, place))

    def _facts_tab(self, grid: Grid, top: int, columns: Mapping[str, int], faults: Faults) -> None:
        seen: dict[str, str] = {}
        for row in range(top + 1, len(grid.rows) + 1):
            written = grid.text(row, columns[layout.FACT])
            cells = _Line(grid, row, columns)
            item = self._field(layout.fact_label(written))
            if item is None:
                self._unknown(written, cells, faults)
                continue
            if cells.empty(item):
                continue
            is_line = item.type is FieldType.LIST
            if item.label in seen and not is_line:
                faults.add(row, columns[layout.FACT], item.label, f"写了两次，前一次在 {seen[item.label]}")
                continue
            seen.setdefault(item.label, grid.place(row, columns[layout.FACT]))
            self._fact(item, cells, faults)

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

    def _fact(self, item: FactField, cells: _Line, faults: Faults) -> None:
        draft = self._draft(item, cells.place)
        for name, header in (("source", layout.SOURCE), ("note", layout.NOTE)):
            text = str(raw(cells.value(header), FieldType.TEXT) or "")
            if text:
                # Lines of a list may each say where they come from.
                draft.entry[name] = "；".join(part for part in (draft.entry.get(name, ""), text) if part)
        if item.type is FieldType.TABLE:
            return
        if item.type is FieldType.LIST:
            lines = str(raw(cells.value(layout.VALUE), FieldType.LIST) or "")
            value, _ = read_value(lines, item)
            assert isinstance(value, tuple)
            if value:
                draft.entry["value"] = (*draft.entry.get("value", ()), *value)
            return
        draft.entry.update(_NumberLine(item, cells, faults).entry())


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


@dataclass(frozen=True)
class _TableTab:
    """The tab of a table fact: label in A1, units over the header, rows below."""

    grid: Grid
    item: FactField
    title: str
    faults: Faults

    def rows(self) -> tuple[Row, ...]:
        top = next((row for row in range(2, _HEADER_WITHIN) if self._column(row, 1)), 0)
        if not top:
            self.faults.add(layout.TABLE_HEADER_ROW, 1, self.title, "找不到表头", self.item.key_column.label)
            return ()
        columns = {at: column for at in range(1, self.grid.width + 1) if (column := self._column(top, at))}
        rows: list[Row] = []
        seen: dict[object, int] = {}
        for row in range(top + 1, len(self.grid.rows) + 1):
            cells: dict[str, Any] = {}
            broken = False
            for at, column in columns.items():
                label = f"{self.title}.第{row - top}行.{column.label}"
                value = self.grid.value(row, at)
                if self.faults.uncomputed(row, at, label):
                    broken = True
                elif value not in (None, ""):
                    try:
                        cells[column.label] = read_cell(self._raw(value, column, top, at), column)
                    except ValueError as error:
                        broken = True
                        self.faults.unreadable(row, at, label, error)
            if cells and self._keyed(cells, row, row - top, seen, broken):
                rows.append(
                    {column.label: cells[column.label] for column in self.item.columns if column.label in cells}
                )
        return tuple(rows)

    def _raw(self, value: Any, column: TableColumn, top: int, at: int) -> Any:
        given = typed(value, column)
        return with_unit(given, self.grid.text(top - 1, at)) if column.type is FieldType.MONEY else given

    def _keyed(self, cells: dict[str, Any], row: int, number: int, seen: dict[object, int], broken: bool) -> bool:
        label = f"{self.title}.第{number}行"
        key = cells.get(self.item.key_column.label)
        if key in (None, ""):
            if not broken:
                self.faults.add(row, 1, label, f"缺“{self.item.key_column.label}”")
            return False
        if key in seen:
            self.faults.add(
                row, 1, label, f"的“{self.item.key_column.label}”与第 {seen[key]} 行重复：{key}", "每行一个不同的名称"
            )
            return False
        seen[key] = row
        return True

    def _column(self, row: int, at: int) -> TableColumn | None:
        text = self.grid.text(row, at)
        return self.item.column(text) or self.item.column(text.partition("（")[0])


def _fact_header(grid: Grid) -> tuple[int, Mapping[str, int]] | None:
    """The header's row and header → column, None for a tab that holds no facts."""
    for row in range(1, min(_HEADER_WITHIN, len(grid.rows)) + 1):
        columns = {grid.text(row, at): at for at in range(1, grid.width + 1)}
        if layout.FACT in columns and layout.VALUE in columns:
            return row, {header: columns[header] for header in layout.HEADERS if header in columns}
    return None
