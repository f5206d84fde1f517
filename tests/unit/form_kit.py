"""Forms in Excel for tests: written, filled in by a clerk, read back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from schemas import SCHEMA

from assistant.errors import SheetError
from assistant.facts.fields import FactSchema
from assistant.facts.sheet import FactSheet
from assistant.intake.xlsx_form_read import read_form
from assistant.intake.xlsx_form_write import write_form
from assistant.reports.loader import Library
from assistant.reports.types import ReportType, Shape

LIBRARY = Library()
DUTY, SHAPE = LIBRARY.shape("armed-forces-work", "duty-c")
SMALL_SHAPE = SHAPE.model_copy(update={"key": "s", "sections": (), "presets": {}})
SMALL_TYPE = DUTY.model_copy(update={"key": "t", "facts": SCHEMA})


def schema_of(_type: str, _shape: str) -> FactSchema:
    return SCHEMA


def written(given: FactSheet, kind: ReportType = SMALL_TYPE, shape: Shape = SMALL_SHAPE) -> bytes:
    return write_form(kind, shape, given)


def back(data: bytes) -> FactSheet:
    return read_form(data, "表.xlsx", schema_of).sheet


def cell_of(book: Any, label: str, header: str = "数值") -> Any:
    for tab in book.worksheets:
        headers = {str(cell.value): cell.column for cell in tab[3]}
        if "事实" not in headers:
            continue
        for row in range(4, tab.max_row + 1):
            if tab.cell(row, headers["事实"]).value == label:
                return tab.cell(row, headers[header])
    raise AssertionError(label)


def edited(change: Callable[[Any], None], start: FactSheet | None = None) -> bytes:
    """The form after a clerk worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(written(start or FactSheet(SCHEMA))))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def typed(**cells: object) -> bytes:
    """A blank form with values typed in: ``label`` or ``label__header``."""

    def change(book: Any) -> None:
        for name, value in cells.items():
            label, _, header = name.partition("__")
            cell_of(book, label, header or "数值").value = value

    return edited(change)


def problems(data: bytes) -> list[str]:
    with pytest.raises(SheetError) as caught:
        back(data)
    return [str(problem) for problem in caught.value.problems]
