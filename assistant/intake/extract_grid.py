"""Rows of table facts out of tables as such: lines with tabs or bars, under a line that names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value, read_cell
from assistant.intake.cleaning import BLANK
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

_CUT = re.compile(r"\t+|[ \u3000]*[|｜][ \u3000]*|[ \u3000]{2,}")
_UNIT = re.compile(r"[（(](?P<unit>[^（）()]{1,4})[）)]")
_TOTALS = re.compile(r"合\s*计|总\s*计|小\s*计|共\s*计|备注|说明")
_LEAST_COLUMNS = 2

Cell = tuple[str, int, int]


#: The column of names, of this year's and of last year's figures in a table of facts.
_NAMES = re.compile(r"项目|指标|内容|事项|类别|名称|工作")
_VALUES = re.compile(r"数量|数据|完成(?:数|情况)?|数值|今年|本年|实际|结果|数")
_PLAIN_VALUES = re.compile(r"本年度?|今年|去年|上年|上年度|去年同期|人数|数量|数据|完成数|完成情况|实绩|实际数?|数值")
_BEFORE = re.compile(r"去年|上年|同期")
_YEAR = re.compile(r"(20[0-9]{2})年?")
_IN_BRACKETS = re.compile(r"（([^（）]{1,10})）")
_MEASURE = re.compile(r"（(?:个|人|名|次|户|块|条|份|万元|元|天|人次|处|课时|支|起|%)）")


@dataclass(frozen=True)
class GridFigure:
    """A figure in a cell of a table of facts.

    Attributes:
        words: what the row's name says.
        last_year: the figure stands in last year's column.
    """

    words: str
    last_year: bool
    row: int


def grid_figures(frame: Frame, figures: Sequence[Numeral], year: int | None) -> dict[int, GridFigure]:
    """Number of a figure → its row, for tables with a line a fact: 项目 | 2025年 | 2024年."""
    found: dict[int, GridFigure] = {}
    columns: dict[int, bool] = {}
    width = 0
    for number, paragraph in enumerate(frame.paragraphs):
        cells = _cells(frame.text, paragraph.start, paragraph.end)
        if columns and len(cells) < width:
            cells = _close(frame.text, paragraph.start, paragraph.end, width) or cells
        if len(cells) < _LEAST_COLUMNS:
            columns = {}
            continue
        header = _fact_header(cells, year)
        if header:
            columns, width = header, len(cells)
            continue
        for place, one in enumerate(figures):
            if not columns or not cells[1][1] <= one.start < paragraph.end:
                continue
            column = next((at for at, (_, start, end) in enumerate(cells) if start <= one.start < end), -1)
            if column not in columns:
                continue
            name = _MEASURE.sub("", cells[0][0])
            inside = _IN_BRACKETS.search(name)
            bracketed = frame.text[one.start - 1 : one.start] == "（"
            words = _IN_BRACKETS.sub("", name) + (inside.group(1) if inside and bracketed else "")
            if bracketed and not inside:
                continue
            found[place] = GridFigure(words, columns[column], number)
    return found


def _fact_header(cells: list[Cell], year: int | None) -> dict[int, bool]:
    """Number of a column → whether it is last year's; empty where the line is no header."""
    # 环节 | 人数 | 上年: whatever the first column is called, if the others say whose figures they have.
    named = _NAMES.search(cells[0][0]) or any(_PLAIN_VALUES.fullmatch(text) for text, _, _ in cells[1:])
    if not named or len(cells[0][0]) > 8 or re.search("[0-9]", cells[0][0]):
        return {}
    columns: dict[int, bool] = {}
    for number, (text, _, _) in enumerate(cells[1:], 1):
        told = _YEAR.search(text)
        if told and year is not None and int(told.group(1)) in (year, year - 1):
            columns[number] = int(told.group(1)) == year - 1
        elif _BEFORE.search(text):
            columns[number] = True
        elif not told and _VALUES.search(text) and len(text) <= 8:
            columns[number] = False
    return columns


def scaled(frame: Frame, figures: Sequence[Numeral]) -> list[Numeral]:
    """Bare numbers under a heading that says 万元 as money."""
    out = []
    for one in figures:
        if (
            one.kind == "number"
            and one.value is not None
            and not re.match("[一-龥]", frame.text[one.end : one.end + 1])
        ):
            paragraph = frame.paragraphs[frame.sentence(one.start).paragraph]
            said = f"{paragraph.heading}\n{frame.text[paragraph.start : one.start]}"
            if _IN_HEADING.search(said):
                one = replace(one, value=one.value * 10000, unit="元", kind="money", text=one.text)
        out.append(one)
    return out


_IN_HEADING = re.compile(r"（(?:单位：)?万元）")


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


def _close(text: str, start: int, end: int, width: int) -> list[Cell]:
    """A line whose cells one blank parts, where that makes as many as the header has; none otherwise."""
    found = [(cell.group(), cell.start(), cell.end()) for cell in re.finditer(r"[^ \u3000]+", text[start:end])]
    return [(cell, start + at, start + stop) for cell, at, stop in found] if len(found) == width else []


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
    if not isinstance(key, str) or not re.search("[一-龥]", key) or BLANK in key or len(values) < _LEAST_COLUMNS:
        return None
    if any(_TOTALS.match(re.sub(r"\s", "", text)) for text, _, _ in cells) or _TOTALS.search(key):
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
