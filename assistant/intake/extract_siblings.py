"""Rows beside rows: an item of a list that is built like the row of a table next to it is a row, whatever its name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import FIGURE, pattern
from assistant.intake.extract_figures import unit_of, value_of_figure
from assistant.intake.extract_open import bare_name
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

#: What parts one item from the next; words of a list in front of a name.
_PARTS = r"[，、；。：）\n \u3000]"
_ITEM = re.compile(
    rf"{_PARTS}*(?:以及|和|及|还有|另有|另外|另|其中)?(?:发放|兑现|落实|支付|发|给|为)?"
    r"(?P<name>[“”一-龥（）、]{2,18}?)(?<!、)(?:共|计|各|为|是|有|：|（|发放|[ \u3000])*"
)
_ENDS = re.compile(r"[。；！？\n]")
#: Between the figures of one item.
_WITHIN = re.compile(r"(?:共|计|合计|各|达|发放|[发付]了|[，、：（） \u3000])*")


def siblings(
    rows: Sequence[Row],
    masked: str,
    figures: Sequence[Numeral],
    schema: FactSchema,
    reader: Reader,
    taken: set[int],
) -> list[Row]:
    """Rows on either side of those found, and on either side of these.

    Args:
        rows: what was found; a row without figures of the text, or whose name stands behind them, has no siblings.
        taken: numbers of figures that state something already, or may state nothing.
    """
    found: list[Row] = []
    free = {place for place in range(len(figures)) if place not in taken}
    waiting = [row for row in rows if row.used]
    while waiting:
        row = waiting.pop()
        cues = schema.hints.tables.get(row.table)
        any_unit = cues is not None and bool(cues.unit_column)
        built = _built(row, masked, figures, any_unit=any_unit)
        if cues is None or not cues.siblings or built is None:
            continue
        item = schema.by_label[row.table]
        size = len(row.used)
        for first in (max(row.used) + 1, min(row.used) - size):
            places = range(first, first + size)
            if not all(place in free and reader.judge(place).role == "value" for place in places):
                continue
            mine = _sibling(row, places, built, masked, figures, item, cues)
            if mine is not None:
                free -= mine.used
                found.append(mine)
                waiting.append(mine)
    return found


def _built(row: Row, masked: str, figures: Sequence[Numeral], *, any_unit: bool) -> tuple[str, ...] | None:
    """Kinds and units of a row's figures, in order; None where they do not stand side by side behind a name."""
    places = sorted(row.used)
    ahead = _name(masked, figures, places[0])
    if ahead is None or places[-1] - places[0] + 1 != len(places) or not _together(places, masked, figures):
        return None
    return tuple(_kind(figures[place], any_unit=any_unit) for place in places)


def _kind(one: Numeral, *, any_unit: bool) -> str:
    """``any_unit``: each row has a measure word of its own (挂历900本、雨伞200把)."""
    return (
        one.kind
        if one.kind == "money" or (any_unit and one.unit)
        else f"{one.kind} {one.unit}".replace("名", "人").replace("位", "人")
    )


def _together(places: Sequence[int], masked: str, figures: Sequence[Numeral]) -> bool:
    return all(_WITHIN.fullmatch(masked, figures[a].end, figures[b].start) for a, b in itertools.pairwise(places))


def _name(masked: str, figures: Sequence[Numeral], place: int) -> tuple[str, int] | None:
    """The name in front of a figure and its place: all that stands between it and the figure before."""
    begin = figures[place - 1].end if place else 0
    begin = max(begin, figures[place].start - 30)
    last = max((mark.end() for mark in _ENDS.finditer(masked, begin, figures[place].start)), default=begin)
    told = _ITEM.fullmatch(masked, last, figures[place].start)
    return (told["name"], told.start("name")) if told else None


def _sibling(
    row: Row,
    places: range,
    built: tuple[str, ...],
    masked: str,
    figures: Sequence[Numeral],
    item: FactField,
    cues: TableCues,
) -> Row | None:
    if places[0] < 0 or places[-1] >= len(figures):
        return None
    kinds = tuple(_kind(figures[place], any_unit=bool(cues.unit_column)) for place in places)
    if (
        cues.unit_column
        and cues.open is not None
        and any(figures[place].unit not in cues.open.units for place in places)
    ):
        return None
    told = _name(masked, figures, places[0])
    if kinds != built or told is None or not _together(places, masked, figures):
        return None
    # Nothing but the end of an item stands between the two.
    first, second = sorted((row.used, set(places)), key=min)
    between = masked[figures[max(first)].end : figures[min(second)].start]
    if FIGURE in between or "其中" in between or "。" in between or "\n" in between:
        return None
    name, at = told
    name = bare_name(name)
    name = cues.names.get(name, name)
    if not pattern(cues.siblings).search(name) or (cues.unless and pattern(cues.unless).search(name)):
        return None
    if cues.open is not None and pattern(cues.open.unless).search(name):
        return None
    cells: dict[str, Value | None] = {item.key_column.label: name}
    for place, other in zip(places, sorted(row.used), strict=True):
        column = _column(row, figures[other], item)
        if not column:
            return None
        typed = item.column(column)
        assert typed is not None
        cells[column] = value_of_figure(figures[place], FieldType(typed.type))
    if cues.unit_column:
        cells[cues.unit_column] = unit_of(figures[places[0]])
    return Row(item.label, cells, at, figures[places[-1]].end, set(places))


def _column(row: Row, one: Numeral, item: FactField) -> str:
    """The column in which a row has a figure; "" where two may have it."""
    mine = [
        column.label
        for column in item.columns
        if column.type.numeric and row.cells.get(column.label) == value_of_figure(one, FieldType(column.type))
    ]
    return mine[0] if len(mine) == 1 else ""
