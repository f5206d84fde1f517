"""Rows of a ledger with a row for each village: whose each is, and of which year where they tell."""

from __future__ import annotations

from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_row_kinds import RowKinds, row_kinds
from assistant.intake.ledger_types import LedgerMapping
from assistant.intake.ledger_words import money_unit, normal, without_money_unit, year_name

#: A ledger has thousands of rows: the first tell whether any can be of a year.
_LOOK_AT = 5
_YEARS = ("年度", "年份", "年", "所属年度", "统计年度", "所属年份")


def reporters(layout: Layout, mapping: LedgerMapping) -> list[str]:
    """Who has a row with anything in it; totals are nobody."""
    return list(rows_by_reporter(layout, mapping).values())


def rows_by_reporter(layout: Layout, mapping: LedgerMapping) -> dict[int, str]:
    """Row → whose it is, for the rows that count."""
    return {row: name_of(layout, row, mapping.names) for row in kinds_of(layout, mapping).counted}


def kinds_of(layout: Layout, mapping: LedgerMapping) -> RowKinds:
    return row_kinds(layout, layout.below(mapping.bottom), mapping.names, mapping.taken)


def name_of(layout: Layout, row: int, names: int) -> str:
    """Whose row it is: blanks inside a name only make it as wide as the others, and a unit is of its amounts."""
    told = without_money_unit(layout.text(row, names))[0] if names else ""
    return "".join(told.split()) or layout.grid.line(row).replace(" ", "")


def unit_beside(layout: Layout, row: int, mapping: LedgerMapping) -> str:
    """The unit that a row gives to its amounts: in a cell of its own, or behind its name; "" for none."""
    beside = money_unit(layout.text(row, mapping.unit_column)) if mapping.unit_column else ""
    return beside or (without_money_unit(layout.text(row, mapping.names))[1] if mapping.names else "")


def rows_of_years(layout: Layout, mapping: LedgerMapping) -> dict[int, list[int]]:
    """Year → its rows, where each row is named by a year or has one in a column of years; {} for any other ledger.

    The day on which a village filled in its row is no year of its figures.
    """
    heads = {at: layout.titles(mapping.top, mapping.bottom, at) for at in layout.columns}
    dated = [at for at, titles in heads.items() if titles and normal(titles[-1]) in _YEARS]
    near = layout.below(mapping.bottom)[:_LOOK_AT]
    columns = [at for at in (mapping.names, *dated) if at and any(year_name(layout.text(row, at)) for row in near)]
    rows = kinds_of(layout, mapping).counted if columns else ()
    for column in columns:
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(year_name(layout.text(row, column)), []).append(row)
        if 0 not in found and len(found) > 1:
            return found
    return {}
