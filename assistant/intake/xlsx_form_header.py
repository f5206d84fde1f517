"""Where the facts of a form's tab stand: its header row, also where somebody wrote over parts of it.

A form has nine headers in one order, so a header that was changed is known by its place among the others. What it says
now must still be what the column is: a column called 计划数 is no 数值 any more.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.intake import ledger_words as words
from assistant.intake import xlsx_form_layout as layout
from assistant.intake.workbook_grid import Grid
from assistant.intake.xlsx_form_cells import Faults

#: A header stands near the top even where somebody put lines above it.
HEADER_WITHIN = 20
#: Headers in their usual order, by which the others are known.
_ENOUGH = 4
#: What people call this year's figures in the place of 数值.
_VALUES = ("本年数", "今年数", "全年数", "本年度数", "实际数", "填报数", "上报数", "今年数值", "本年数值", "全年数值")
_ASIDE = re.compile(r"[(（\[【](?P<said>[^)）\]】]*)[)）\]】]|\s+|[:：]")
_FILLED_BY = re.compile(rf"\s*{layout.FILLED_BY}[：:]?")
_YEAR = re.compile(r"20\d\d年?度?")


@dataclass(frozen=True)
class FactHeader:
    """``year``: the one whose figures are this year's by the headers, None where they name none."""

    row: int
    columns: Mapping[str, int]
    year: int | None = None


def plain(text: str) -> str:
    """What of a header or a title matters: 2025年数值（填这里） → 数值."""
    return _YEAR.sub("", _ASIDE.sub("", unicodedata.normalize("NFKC", text)))


def fact_header(grid: Grid, faults: Faults) -> FactHeader | None:
    """None for a tab without facts, and for one whose columns cannot be told any more: that is among the faults."""
    for row in range(1, min(HEADER_WITHIN, len(grid.rows)) + 1):
        columns = _columns(grid, row)
        if layout.FACT not in columns or layout.VALUE not in columns:
            continue
        value, last = (grid.text(row, columns.get(name, 0)) for name in (layout.VALUE, layout.LAST_YEAR))
        years, before = words.years(value), words.years(last)
        if (value and not _says_value(value)) or (years and before and before[0] >= years[0]):
            faults.add(row, columns[layout.VALUE], "", f"表头写的是“{value}”，这一页没有读", f"“{layout.VALUE}”")
            return None
        if last and not (words.says_last_year(last) or before):
            at = columns.pop(layout.LAST_YEAR)
            if any(grid.text(below, at) for below in range(row + 1, len(grid.rows) + 1)):
                faults.add(row, at, "", f"表头写的是“{last}”，这一列没有读", f"“{layout.LAST_YEAR}”")
        meant = [*years, *(year + 1 for year in before)]
        return FactHeader(row, columns, meant[0] if meant else None)
    return None


def _columns(grid: Grid, row: int) -> dict[str, int]:
    texts = {at: text for at in range(1, grid.width + 1) if (text := grid.text(row, at))}
    found: dict[str, int] = {}
    for at, text in texts.items():
        if text in layout.HEADERS:
            found.setdefault(text, at)
    shifts = Counter(at - layout.HEADERS.index(name) for name, at in found.items())
    shift, agreeing = shifts.most_common(1)[0] if shifts else (0, 0)
    if agreeing >= _ENOUGH:
        for number, name in enumerate(layout.HEADERS):
            at = shift + number
            if name not in found and 1 <= at <= grid.width and at not in found.values():
                found[name] = at
    for at, text in texts.items():
        if at not in found.values() and plain(text) in layout.HEADERS:
            found.setdefault(plain(text), at)
    return found


def _says_value(text: str) -> bool:
    asides = (found["said"] or "" for found in _ASIDE.finditer(text))
    if words.says_last_year(text) or any(map(words.kind_of_figures, asides)):
        return False
    known = {"", layout.VALUE, *_VALUES, *words.VALUE_HEADERS}
    return plain(text) in known or words.normal(text) in words.VALUE_HEADERS


def holds_facts(grid: Grid, schema: FactSchema) -> bool:
    """Whether several facts stand below each other, with something beside them."""
    return any(
        sum(
            bool(text := grid.text(row, at))
            and schema.find(layout.fact_label(text)) is not None
            and any(grid.text(row, beside) for beside in range(at + 1, grid.width + 1))
            for row in range(1, len(grid.rows) + 1)
        )
        > 1
        for at in range(1, min(grid.width, len(layout.HEADERS)) + 1)
    )


def table_of(grid: Grid, schema: FactSchema) -> tuple[FactField, bool] | None:
    """(the table fact whose rows the tab holds, whether they are last year's): by its first cell, or by its name."""
    for text in (grid.text(1, 1), grid.name):
        title = text.removesuffix(layout.LAST_YEAR_MARK)
        table = schema.by_label.get(title) or schema.by_label.get(plain(title))
        if table is not None and table.type is FieldType.TABLE:
            return table, text.endswith(layout.LAST_YEAR_MARK)
    return None


def filled_by(grid: Grid) -> str:
    """The unit that a tab names over its header: behind the words, or in the cell beside them; "" for none."""
    for row in range(1, min(4, len(grid.rows)) + 1):
        for at in range(1, grid.width + 1):
            text = grid.text(row, at)
            found = _FILLED_BY.match(text)
            if found is None:
                continue
            own = text[found.end() :].partition(layout.FILLED_IN_BY)[0].strip()
            beside = (grid.text(row, next_) for next_ in range(at + 1, grid.width + 1))
            name = own or next((text for text in beside if text), "")
            return "" if name.startswith(layout.FILLED_IN_BY) else name
    return ""
