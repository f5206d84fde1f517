"""Which year a ledger speaks of: by its headers, its title, its file's name; last by the day it was filled in."""

from __future__ import annotations

import re

from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_types import LedgerMapping
from assistant.intake.ledger_unit_rows import rows_of_years
from assistant.intake.ledger_words import kind_of_figures, years
from assistant.intake.workbook_grid import Book, Grid

#: 2026年1月5日, 2026.1.5, 20260105, 截至2026年1月: when it was filled in, not what it is about.
_DATE = re.compile(
    r"(?:截至|截止|填报|填表|制表|统计|打印|上报|报送)(?:日期|时间)?(?:到|至)?\s*[:：]?\s*20\d\d\s*[年./-]\s*\d{1,2}\s*月?"
    r"(?:\s*[./-]?\s*\d{1,2}\s*日?)?"
    r"|20\d\d\s*(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]|([./-])\s*\d{1,2}\s*\1\s*\d{1,2})"
    r"|(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
)
_MONTH = re.compile(r"(20\d\d)\s*[年./-]?\s*(\d{1,2}|0[1-9]|1[0-2])")
#: A paper of January is about the year before.
_AFTERWARDS = 2


def year_of(book: Book, mapping: LedgerMapping) -> int | None:
    """None where it does not say. What stands nearest to the figures counts: a file of 2025 holds tables of 2024."""
    grid = next(grid for grid in book.grids if grid.name == mapping.sheet)
    layout = Layout(grid)
    if mapping.form == "units" and (by_year := rows_of_years(layout_of(grid, mapping.across), mapping)):
        return max(by_year)
    headers = [choice.header for choice in mapping.taken if mapping.form != "pairs"]
    headers += [column.header for column in mapping.columns if mapping.form == "pairs"]
    # The title of a sheet on its side stands over the row with the names.
    top = (mapping.names if mapping.across else mapping.bottom) + 1
    lines = layout.lines_above(max(mapping.top, top) if not mapping.across else top)
    told = [" ".join(header for header in headers if not kind_of_figures(header))]
    around = [" ".join(lines), *grid.above, grid.tab, book.name]
    for text in (*told, *(_DATE.sub(" ", text) for text in around)):
        if named := years(text):
            return max(named)
    if mapping.form == "journal" and mapping.names:
        dates = [year for row in layout.below(mapping.bottom) for year in years(layout.text(row, mapping.names))]
        if dates:
            return max(dates)
    filled = [_about(found[0]) for found in _DATE.finditer(" ".join(around))]
    return max(filled, default=None)


def year_of_name(text: str) -> int | None:
    """The only year that a file's name gives: a date in it says when the file was made, not what it is about."""
    told = set(years(_DATE.sub(" ", text))) or {_about(found[0]) for found in _DATE.finditer(text)}
    return told.pop() if len(told) == 1 else None


def layout_of(grid: Grid, across: bool) -> Layout:
    return Layout(grid.turned() if across else grid)


def named_years(text: str) -> list[int]:
    """The years that a title or a header speaks of, without the day on which somebody filled it in."""
    return years(_DATE.sub(" ", text))


def _about(date: str) -> int:
    found = _MONTH.search(date)
    assert found is not None, date
    return int(found[1]) - (int(found[2][:2]) <= _AFTERWARDS)
