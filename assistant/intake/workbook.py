"""Reads .xlsx and .xlsm files into grids, with stored values of formulas, in bounded time and memory.

Each sheet is walked twice: once for what openpyxl's streaming reader leaves out (hidden rows and columns, merged
ranges, formulas nobody computed) and for its size, then by openpyxl for the values. The full reader of openpyxl is not
used: it makes a cell for every cell of a merged range, and one range may span seventeen thousand million.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from defusedxml import DefusedXmlException
from lxml.etree import iterparse
from openpyxl import load_workbook

from assistant.errors import WorkbookInputError, reason
from assistant.intake.found import Notice
from assistant.intake.workbook_grid import Book, CellValue, Grid, Span, shown
from assistant.intake.workbook_guard import (
    BROKEN_ARCHIVE,
    MAX_FILE_BYTES,
    checked_archive,
    damaged,
    too_large,
    unsafe,
)

#: Cells with something in them, over all sheets; a ledger of 5,000 rows and 20 columns has 100,000.
MAX_CELLS = 300_000
MAX_ROWS = 100_000
MAX_COLUMNS = 500
#: Rows by columns, empty cells among them: two cells far apart make a table of all that lies between.
MAX_AREA = 3_000_000
MAX_SHEETS = 100
MAX_MERGES = 20_000
#: One long text in every cell: a few kilobytes on disk, gigabytes to look through.
MAX_CHARACTERS = 20_000_000
#: The hidden sheet of a form of our own.
META_SHEET = "_拟稿"

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL_TAG, _COLUMN, _MERGE = (f"{_NS}{tag}" for tag in ("row", "c", "col", "mergeCell"))
_VALUE, _FORMULA, _INLINE = (f"{_NS}{tag}" for tag in ("v", "f", "is"))
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
#: How a workbook writes characters that XML cannot hold, and an underscore that looks like one of these.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_BROKEN = (*BROKEN_ARCHIVE, KeyError, IndexError, TypeError, AttributeError, SyntaxError)


@dataclass
class _Survey:
    rows: int = 0
    columns: int = 0
    cells: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Span] = field(default_factory=list)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)


def load_book(file: Path) -> Book:
    """A workbook from disk; a file that is too large is refused unread. Raises WorkbookInputError."""
    try:
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            raise too_large(file.name, size)
        data = file.read_bytes()
    except OSError as error:
        raise WorkbookInputError(f"读不到“{file}”（{reason(error)}）。", "请检查文件名和权限。") from error
    return read_book(data, file.name)


def read_book(data: bytes, name: str) -> Book:
    """All worksheets of an .xlsx or .xlsm file. Macros never run; they are told.

    Raises:
        WorkbookInputError: it is no workbook, locked, damaged or too large.
    """
    archive = checked_archive(data, name)
    notices: list[Notice] = []
    if "xl/vbaProject.bin" in archive.namelist():
        notices.append(Notice("unread", f"“{name}”里有宏。宏没有运行，只读了单元格里的值"))
    book = None
    try:
        with warnings.catch_warnings():
            # openpyxl warns of drawings and extensions that it leaves out; only cells matter here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = book.worksheets
            if len(sheets) > MAX_SHEETS:
                raise _oversized(name, f"工作表多于 {MAX_SHEETS} 张")
            grids = tuple(_grids(sheets, archive, name))
    except DefusedXmlException as error:
        raise unsafe(name) from error
    except _BROKEN as error:
        # openpyxl wraps what its parsers say.
        raise (unsafe if isinstance(error.__cause__, DefusedXmlException) else damaged)(name) from error
    finally:
        if book is not None:
            book.close()
    if not grids:
        raise damaged(name)
    meta = next((grid for grid in grids if grid.name == META_SHEET), None)
    return Book(
        name,
        tuple(grid for grid in grids if grid is not meta),
        tuple(notices),
        tuple(tuple(shown(cell) for cell in row) for row in meta.rows) if meta else (),
    )


def _grids(sheets: list[Any], archive: zipfile.ZipFile, name: str) -> Iterator[Grid]:
    cells = characters = 0
    for sheet in sheets:
        with archive.open(sheet._worksheet_path) as source:
            survey = _surveyed(source, name, MAX_CELLS - cells)
        cells += survey.cells
        sheet.reset_dimensions()
        rows: list[tuple[CellValue, ...]] = []
        if survey.cells:
            for row in sheet.iter_rows(max_row=survey.rows, max_col=survey.columns):
                rows.append(tuple(_value(cell) for cell in row))
                characters += sum(len(cell) for cell in rows[-1] if isinstance(cell, str))
                if characters > MAX_CHARACTERS:
                    raise _oversized(name, "里面的文字太多")
        yield Grid(
            sheet.title,
            tuple(rows),
            sheet.sheet_state != "visible",
            frozenset(survey.hidden_rows),
            frozenset(survey.hidden_columns),
            tuple(survey.merges),
            frozenset(survey.uncomputed),
            frozenset(survey.errors),
        )


def _surveyed(source: IO[bytes], name: str, room: int) -> _Survey:
    """One walk by libxml2 with entities off; a document type is refused by openpyxl's parser before."""
    found = _Survey()
    row = column = 0
    tags = (_ROW, _CELL_TAG, _COLUMN, _MERGE)
    for event, element in iterparse(source, events=("start", "end"), tag=tags, resolve_entities=False, load_dtd=False):
        tag = element.tag
        if event == "start":
            if tag == _ROW:
                row, column = _number(element.get("r"), row + 1), 0
                if element.get("hidden") in ("1", "true") or element.get("ht") == "0":
                    found.hidden_rows.add(row)
            continue
        if tag == _CELL_TAG:
            column = _column(element.get("r"), column + 1)
            _note_cell(found, element, row, column)
            if found.cells > room:
                raise _oversized(name, f"有内容的单元格超过 {MAX_CELLS} 个")
        elif tag == _ROW:
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif tag == _COLUMN:
            if element.get("hidden") in ("1", "true") or element.get("width") == "0":
                last = min(_number(element.get("max"), 1), MAX_COLUMNS)
                found.hidden_columns.update(range(_number(element.get("min"), 1), last + 1))
        else:
            span = _span(element.get("ref", ""))
            if span:
                found.merges.append(span)
            if len(found.merges) > MAX_MERGES:
                raise _oversized(name, f"合并单元格超过 {MAX_MERGES} 处")
    if found.rows > MAX_ROWS:
        raise _oversized(name, f"行数超过 {MAX_ROWS}")
    if found.columns > MAX_COLUMNS:
        raise _oversized(name, f"列数超过 {MAX_COLUMNS}")
    if found.rows * found.columns > MAX_AREA:
        raise _oversized(name, f"有 {found.rows} 行、{found.columns} 列，大多是空的")
    return found


def _note_cell(found: _Survey, cell: Any, row: int, column: int) -> None:
    # One walk over the children: three searches take a fourth of the time of reading the sheet.
    parts = {part.tag: part for part in cell}
    value, formula = parts.get(_VALUE), parts.get(_FORMULA)
    if cell.get("t") == "e":
        found.errors.add((row, column))
    if formula is not None and (value is None or (not value.text and cell.get("t") != "str")):
        found.uncomputed.add((row, column))
    elif value is None and _INLINE not in parts:
        return
    found.cells += 1
    found.rows, found.columns = max(found.rows, row), max(found.columns, column)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else default


def _column(reference: str | None, default: int) -> int:
    found = _CELL.fullmatch(reference or "")
    return _letters(found.group(1)) if found else default


def _letters(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number


def _span(reference: str) -> Span | None:
    first, _, last = reference.partition(":")
    begin, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if not begin or not end:
        return None
    return Span(int(begin.group(2)), _letters(begin.group(1)), int(end.group(2)), _letters(end.group(1)))


def _value(cell: Any) -> CellValue:
    value = cell.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        number = exact(value)
        if "%" in _QUOTED.sub("", cell.number_format or ""):
            return shown(Decimal(number) * 100) + "%"
        return number
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), str(value))


def exact(number: int | float) -> int | Decimal:
    """A stored number as Excel shows it: 15 digits, so 0.1+0.2 is 0.3 and 9.949999999999999 is 9.95."""
    if isinstance(number, int):
        return number
    short = Decimal(format(number, ".15g"))
    return int(short) if short.is_finite() and short == short.to_integral_value() and abs(short) < 10**15 else short


def _oversized(name: str, fault: str) -> WorkbookInputError:
    return WorkbookInputError(f"“{name}”{fault}，没有读。", "请只留需要的表和行，另存后重新选择。")


def visible(grids: Iterable[Grid]) -> tuple[Grid, ...]:
    return tuple(grid for grid in grids if not grid.hidden)
