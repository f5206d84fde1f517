"""People counted like things: 基干的有9个，应急排6个，防火分队3个 are people of each team, for they sum up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

_PEOPLE = ("人", "名", "个", "位", "个人")
_STOP = re.compile(r"[。！？\n]")
#: How far in front of the first row the people of all of them stand.
_FAR, _FIGURES = 24, 3


def counted_as_people(
    rows: list[Row], item: FactField, cues: TableCues, text: str, figures: Sequence[Numeral]
) -> list[Row]:
    """Moves what counts a row's things to its people where the rows together are the people told right in front.

    Args:
        rows: one table's rows in the order of the text; changed in place.
    """
    things = next((label for label, column in cues.columns.items() if column.first), "")
    people = next((label for label, column in cues.columns.items() if column.usual and label != things), "")
    if not things or not people:
        return rows
    for group in _groups(rows, item, things, text, figures):
        first = min(group[0].used)
        total = sum(figures[place].value or 0 for row in group for place in row.used)
        begin = max(0, first - _FIGURES)
        if any(_is_whole(one, total, group[0], text) for one in figures[begin:first]):
            for row in group:
                row.cells[people] = row.cells.pop(things)
    return rows


def _is_whole(one: Numeral, total: Decimal | int, first: Row, text: str) -> bool:
    """98个基干民兵，比去年多6个。应急排50个，…: whether these are the people whom the rows share out."""
    between = text[one.end : first.start]
    near = len(between) <= _FAR and len(_STOP.findall(between)) <= 1
    return one.unit in _PEOPLE and one.value == total and near


def _groups(
    rows: Sequence[Row], item: FactField, things: str, text: str, figures: Sequence[Numeral]
) -> list[list[Row]]:
    """Rows of one sentence that have nothing but the count of things, each beside the next."""
    groups: list[list[Row]] = []
    for row in rows:
        if set(row.cells) != {item.key_column.label, things} or len(row.used) != 1:
            continue
        if figures[min(row.used)].unit != "个":
            continue
        last = groups[-1][-1] if groups else None
        if last and min(row.used) == max(last.used) + 1 and not _STOP.search(text, last.end, row.start):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [group for group in groups if len(group) > 1]
