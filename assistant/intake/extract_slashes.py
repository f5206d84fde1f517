"""Rows whose figures stand side by side: 通信保障班（编/实/干部）12/11/1, and 应急排（30/28）."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence

from assistant.facts.cues_tables import TableCues
from assistant.intake.extract_cues import past
from assistant.slots.numeral import Numeral

_NAMES = re.compile(r"[ ]*（(?P<names>[一-龥]{1,6}(?:[/／、，:：+＋-][一-龥]{1,6}){1,4})）[：:为是 ]*")
_MARK = re.compile(r"[ ]*[/／、:：+＋，-][ ]*")
#: 应急排（30/28）, 应急连 80/78/6: nothing but the figures, parted by strokes.
_OPENS = re.compile(r"[ \u3000]*[（：:]?[ ]*")
_STROKE = re.compile(r"人?[ ]*[/／][ ]*")
_ENDS = re.compile(r"人?[ ]*(?:[）、，；。\n \u3000]|$)")
#: Officers are a small part of their team.
_OFFICERS = 3
#: A team may have a tenth more people than places (超编).
_MOST_OVER = (11, 10)


def named_in_brackets(
    text: str, at: int, figures: Sequence[Numeral], cues: TableCues
) -> tuple[list[tuple[str, int]], int] | None:
    """(column, number of its figure) in order, and the place behind them; None where no such names stand at ``at``.

    A name that is no column's counts its figure and gives none.
    """
    told = _NAMES.match(text, at)
    if told is None:
        return None
    names = re.split("[/／、，:：+＋-]", told["names"])
    first = _first(figures, told.end())
    if first is None or figures[first].start != told.end() or first + len(names) > len(figures):
        return None
    mine = figures[first : first + len(names)]
    if any(not _MARK.fullmatch(text, one.end, two.start) for one, two in itertools.pairwise(mine)):
        return None
    found = [(label, first + order) for order, name in enumerate(names) if (label := _column(name, cues))]
    return (found, mine[-1].end) if len(found) > 1 and len({label for label, _ in found}) == len(found) else None


def by_strokes(
    text: str, at: int, figures: Sequence[Numeral], cues: TableCues
) -> tuple[list[tuple[str, int]], int] | None:
    """(column, number of its figure) of 30/28 or 80/78/6 at ``at``: in the order of the form, where they can be that.

    A team has hardly more people than places, and fewer officers than a third of them; other figures are none of it.
    """
    named = [label for label, column in cues.columns.items() if column.say]
    begin = past(_OPENS, text, at)
    first = _first(figures, begin)
    if len(named) < 2 or first is None or figures[first].start != begin:
        return None
    mine = [figures[first]]
    while (
        len(mine) < len(named)
        and first + len(mine) < len(figures)
        and _STROKE.fullmatch(text, mine[-1].end, figures[first + len(mine)].start)
    ):
        mine.append(figures[first + len(mine)])
    values = [one.value for one in mine if one.value is not None]
    if len(mine) < 2 or len(values) < len(mine) or not _ENDS.match(text, mine[-1].end):
        return None
    if values[1] * _MOST_OVER[1] > values[0] * _MOST_OVER[0] or any(
        officers * _OFFICERS > values[1] for officers in values[2:]
    ):
        return None
    return [(label, first + order) for order, label in zip(range(len(mine)), named, strict=False)], mine[-1].end


def _first(figures: Sequence[Numeral], begin: int) -> int | None:
    """The number of the first figure from ``begin`` on."""
    place = bisect_left(figures, begin, key=lambda one: one.start)
    return place if place < len(figures) else None


def _column(name: str, cues: TableCues) -> str:
    for label, column in cues.columns.items():
        if column.say and re.fullmatch(f"(?:{column.say})(?:人数|数|人员)?", name):
            return label
    return ""
