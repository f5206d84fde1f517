"""Rows of table facts out of tables as such: lines with tabs or bars, under a line that names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value, read_cell
from assistant.intake.cleaning import BLANK
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_row import Row

_CUT = re.compile(r"\t+|[ \u3000]*[|｜][ \u3000]*")
_UNIT = re.compile(r"[（(](?P<unit>[^（）()]{1,4})[）)]")
_TOTALS = re.compile(r"合\s*计|总\s*计|小\s*计|共\s*计|备注|说明")
_LEAST_COLUMNS = 2

Cell = tuple[str, int, int]


def grid_rows(frame: Frame, schema: FactSchema) -> tuple[list[Row], list[tuple[int, int]]]:
    """Every row of every table fact that stands in a grid, and the stretches that are grids."""
    tables = [item for item in schema.fields if item.type is FieldType.TABLE]
    rows: list[Row] = []
    spans: list[tuple[int, int]] = []
    header: tuple[FactField, dict[int, tuple[str, str]]] | None = None
    last = 0
    for paragraph in frame.paragraphs:
        cells = _cells(frame.text, paragraph.start, paragraph.end)
        parted = "\n" in frame.text[last : paragraph.start].replace("\n", "", 1)
        last = paragraph.end
        if len(cells) < _LEAST_COLUMNS:
            header = None
            continue
        named = max(
            (found for item in tables if (found := _header(item, cells))), key=lambda one: len(one[1]), default=None
        )
        if named:
            header = named
        elif parted:
            header = None
        elif header and (row := _row(header[0], header[1], cells)):
            rows.append(row)
        if header:
            spans.append((paragraph.start, paragraph.end))
    return rows, spans


def _cells(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a line with their places; bars at its ends make none."""
    found, at = [], start
    for cut in [*_CUT.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        found.append((text[at:stop].strip(" \u3000"), at, stop))
        at = cut.end() if cut else end
    return [cell for number, cell in enumerate(found) if cell[0] or 0 < number < len(found) - 1]


def _header(item: FactField, cells: list[Cell]) -> tuple[FactField, dict[int, tuple[str, str]]] | None:
    """Which cell names which column, with the unit that stands in brackets: 金额（万元）."""
    columns: dict[int, tuple[str, str]] = {}
    for number, (text, _, _) in enumerate(cells):
        unit = _UNIT.search(text)
        column = item.column(re.sub(r"\s", "", _UNIT.sub("", text)))
        if column and column.label not in {label for label, _ in columns.values()}:
            columns[number] = (column.label, unit["unit"] if unit else "")
    labels = {label for label, _ in columns.values()}
    return (item, columns) if len(labels) >= _LEAST_COLUMNS and item.key_column.label in labels else None


def _row(item: FactField, columns: dict[int, tuple[str, str]], cells: list[Cell]) -> Row | None:
    values: dict[str, Value | None] = dict(_values(item, columns, cells))
    key = values.get(item.key_column.label)
    if not isinstance(key, str) or not key or _TOTALS.search(key) or BLANK in key or len(values) < _LEAST_COLUMNS:
        return None
    filled = [cell for cell in cells if cell[0]]
    return Row(item.label, values, filled[0][1], filled[-1][2])


def _values(item: FactField, columns: dict[int, tuple[str, str]], cells: list[Cell]) -> Iterator[tuple[str, Value]]:
    for number, (label, unit) in columns.items():
        column = item.column(label)
        text = cells[number][0] if number < len(cells) else ""
        if column is None or not text or BLANK in text:
            continue
        if column.type is FieldType.MONEY and re.fullmatch(r"[0-9.,]+", text):
            text += unit if unit.endswith(("元", "万", "亿")) else ""
        try:
            yield label, read_cell(text, column)
        except ValueError:
            continue
