"""Columns that one word tells together: 编制、实有均为24人 of one row, 以上均为满编 of all the rows of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField
from assistant.intake.extract_columns import put, suits
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_headcount import counted_as_people
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

#: How far behind a row the words stand, and how long a list of rows in one sentence may be.
_FAR, _SENTENCE = 14, 400
_ALL = "(?:以上|上述|各队|各分队|各支|[，、])?[^，。；]{0,4}(?:均|都|全部?|各)(?:已|是|为)*"


def together(rows: list[Row], item: FactField, cues: TableCues, frame: Frame, figures: Sequence[Numeral]) -> list[Row]:
    """The rows with the columns that are told together, and with what counts their people as people's; in place."""
    named = [label for label, column in cues.columns.items() if column.say]
    starts = [one.start for one in figures]
    for row in rows if len(named) > 1 and cues.full else ():
        _both(row, named, item, cues, frame.text, figures, starts)
        first, second = named[:2]
        if row.cells.get(first) is not None and row.cells.get(second) is None:
            sentence = frame.sentence(row.start)
            end = min(sentence.end, row.end + _SENTENCE)
            full = pattern(cues.full).search(frame.text, row.end, end)
            if full and pattern(f"{_ALL}(?:{cues.full})").search(frame.text, row.end, end):
                row.cells[second] = row.cells[first]
    return counted_as_people(rows, item, cues, frame.text, figures)


def _both(
    row: Row,
    named: Sequence[str],
    item: FactField,
    cues: TableCues,
    text: str,
    figures: Sequence[Numeral],
    starts: Sequence[int],
) -> None:
    """编制、实有均为24人，配干部2人: a figure for two columns, and the one behind it for a third."""
    first, second = named[:2]
    says = (cues.columns[first].say, cues.columns[second].say)
    for place in sorted(row.used):
        # The second of the two words stood right in front of its figure and has it already.
        one, begin = figures[place], figures[place - 1].end if place else 0
        if first not in row.cells and _pair(*says).fullmatch(text, max(begin, one.start - _FAR), one.start):
            put(row, item, cues, first, one)
    place = bisect_left(starts, row.end)
    if any(label in row.cells for label in named) or place >= len(figures):
        return
    one = figures[place]
    if one.start - row.end > _FAR or not _pair(*says).fullmatch(text, row.end, one.start):
        return
    for label in (first, second):
        if suits(one, item, label, cues.columns[label]):
            put(row, item, cues, label, one)
    row.used.add(place)
    row.end = one.end
    for label in named[2:]:
        if place + 1 >= len(figures):
            return
        following = figures[place + 1]
        between = text[one.end : following.start]
        word = pattern(f"[，、（][^，。；]{{0,2}}(?:{cues.columns[label].say})[^，。；]{{0,2}}")
        if len(between) <= _FAR and word.fullmatch(between) and suits(following, item, label, cues.columns[label]):
            put(row, item, cues, label, following)
            row.used.add(place + 1)
            row.end = following.end


@lru_cache(maxsize=16)
def _pair(first: str, second: str) -> re.Pattern[str]:
    number = "(?:人数|数)?"
    return re.compile(
        f"[，、（：]?(?:{first}){number}(?:[、和与及])?(?:{second}){number}(?:均|都|各|同|一样)+(?:为|是|有|达)?"
    )
