"""Proposes a ledger with a row for each village: which column names them, which holds which fact."""

from __future__ import annotations

from dataclasses import replace

from assistant.intake import ledger_words as words
from assistant.intake.ledger_choices import LOOK_AT, choice_of, distinct, with_fact
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_types import Choice, Column, LedgerMapping
from assistant.intake.workbook_grid import column_letters


def propose_units(
    layout: Layout, top: int, bottom: int, matcher: Matcher, above: str | None = None, unit_row: int = 0
) -> LedgerMapping:
    """A mapping with a choice for every column, the names' too: a person may say that the names are elsewhere.

    Args:
        above: the unit that a line over the table gives, None to look for it here.
        unit_row: the row with the unit of each column, 0 for none.
    """
    above = layout.unit_above(top) if above is None else above
    units = _unit_column(layout, bottom)
    if units and not above:
        # Each row says its own; one that does not is none of the larger units.
        above = "元"
    named = [column for column in _text_columns(layout, bottom) if column != units]
    names = _name_column(layout, top, bottom, named)
    said = {words.without_money_unit(layout.text(row, names))[1] for row in _rows(layout, bottom)} if names else set()
    if any(said) and not above:
        # 柳林村（万元） and 石桥村（元） side by side.
        above = "元" if len(said) > 1 else said.pop()
    choices = []
    for column in layout.columns:
        titles = layout.titles(top, bottom, column)
        if column == units or not titles or words.normal(titles[-1]) in words.SERIAL_HEADERS:
            continue
        beside = layout.grid.text(unit_row, column) if unit_row else ""
        choices.append(with_fact(choice_of(layout, bottom, column, titles), titles, matcher, above, beside))
    kept = [replace(choice, fact=None, doubt="") if choice.column == names else choice for choice in choices]
    # A column of years names rows too, and is none of the texts.
    may_name = sorted({*named, names} - {0})
    options = tuple(Column(at, column_letters(at), " ".join(layout.titles(top, bottom, at))) for at in may_name)
    return LedgerMapping(
        layout.grid.name,
        "units",
        top,
        bottom,
        distinct(_of_years(kept)),
        names,
        unit_column=units,
        columns=options,
        across=layout.grid.on_side,
        unit=above,
    )


def _rows(layout: Layout, bottom: int) -> list[int]:
    """The first rows of villages: a total on top has no name, or stands where no name does."""
    near = layout.below(bottom)[:LOOK_AT]
    first = layout.columns[:3]
    return [row for row in near if not any(words.total_name(layout.text(row, column)) for column in first)]


def _text_columns(layout: Layout, bottom: int) -> list[int]:
    rows = _rows(layout, bottom)
    return [
        column
        for column in layout.columns
        if any(layout.text(row, column) for row in rows) and not any(layout.is_number(row, column) for row in rows)
    ]


def _name_column(layout: Layout, top: int, bottom: int, named: list[int]) -> int:
    """The column that names villages or units: by its header, else the first whose texts all differ; 0 for none.

    Of two with such headers (片区 and 村) the one that tells more rows apart. Years are names, too.
    """
    rows = _rows(layout, bottom)
    if (dated := _year_column(layout, rows)) and not any(_headed(layout, top, bottom, at) for at in named):
        return dated
    different = {column: len({text for row in rows if (text := layout.text(row, column))}) for column in named}
    headed = [column for column in named if _headed(layout, top, bottom, column)]
    if headed:
        return max(headed, key=lambda column: (different[column], -column))
    return next((column for column in named if different[column] == len(rows)), 0)


def _headed(layout: Layout, top: int, bottom: int, column: int) -> bool:
    return any(words.normal(title) in words.NAME_HEADERS for title in layout.titles(top, bottom, column))


def _year_column(layout: Layout, rows: list[int]) -> int:
    """A column with a year or a day of one in each row, of several years; 0 for none."""
    for column in layout.columns:
        years = [words.year_name(layout.text(row, column)) for row in rows]
        if all(years) and len(set(years)) > 1:
            return column
    return 0


def _unit_column(layout: Layout, bottom: int) -> int:
    """A column with nothing but units, one for each row; 0 for none."""
    rows = layout.below(bottom)[:LOOK_AT]
    for column in layout.columns:
        texts = [text for row in rows if (text := layout.grid.text(row, column))]
        if texts and all(map(words.is_unit, texts)):
            return column
    return 0


def _of_years(choices: list[Choice]) -> list[Choice]:
    """Columns of several years: the newest is the ledger's own, the one before is last year, no other counts."""
    dated = {choice.column: max(years) for choice in choices if (years := words.years(choice.header)) and choice.fact}
    newest = max(dated.values(), default=0)
    made = []
    for choice in choices:
        age = newest - dated.get(choice.column, newest)
        if age == 1:
            choice = replace(choice, last_year=True)
        elif age > 1:
            told = f"“{choice.header}”是 {newest - age} 年的，没有取"
            choice = replace(choice, key=f"{choice.key}·{age}", fact=None, sure=0.0, doubt=told)
        made.append(choice)
    return made
