"""Proposes a ledger with a row for each village: which column names them, which holds which fact."""

from __future__ import annotations

from dataclasses import replace

from assistant.intake import ledger_words as words
from assistant.intake.ledger_choices import LOOK_AT, choice_of, distinct, with_fact
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_types import Choice, LedgerMapping


def propose_units(layout: Layout, top: int, bottom: int, matcher: Matcher) -> LedgerMapping:
    names = _name_column(layout, top, bottom)
    choices = []
    for column in layout.columns:
        titles = layout.titles(top, bottom, column)
        if column == names or not titles or words.normal(titles[-1]) in words.SERIAL_HEADERS:
            continue
        choice = choice_of(layout, bottom, column, titles)
        choices.append(with_fact(choice, titles, matcher, layout.unit_above(top)))
    return LedgerMapping(layout.grid.name, "units", top, bottom, distinct(_of_years(choices)), names)


def _name_column(layout: Layout, top: int, bottom: int) -> int:
    """The column that names villages or units: by its header, else the first whose texts all differ; 0 for none."""
    rows = layout.below(bottom)[:LOOK_AT]
    texts_only = [
        column
        for column in layout.columns
        if rows and not any(layout.is_number(row, column) for row in rows) and layout.text(rows[0], column)
    ]
    for column in texts_only:
        if any(words.normal(title) in words.NAME_HEADERS for title in layout.titles(top, bottom, column)):
            return column
    different = (column for column in texts_only if len({layout.text(row, column) for row in rows}) == len(rows))
    return next(different, 0)


def _of_years(choices: list[Choice]) -> list[Choice]:
    """Columns of two years: the older one holds last year's figures."""
    told = {choice.key: year for choice in choices for year in words.years(choice.header)[:1]}
    by_column = [words.years(choice.header)[:1] for choice in choices]
    newest = max(told.values(), default=0)
    return [
        replace(choice, last_year=True) if years and years[0] == newest - 1 else choice
        for choice, years in zip(choices, by_column, strict=True)
    ]
