"""Rows whose columns are named in brackets, in the order of the figures: 通信保障班（编/实/干部）12/11/1."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.facts.cues_tables import TableCues
from assistant.slots.numeral import Numeral

_NAMES = re.compile(r"[ ]*（(?P<names>[一-龥]{1,6}(?:[/／、，:：+＋-][一-龥]{1,6}){1,4})）[：:为是 ]*")
_MARK = re.compile(r"[ ]*[/／、:：+＋，-][ ]*")


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
    first = next((place for place, one in enumerate(figures) if one.start >= told.end()), None)
    if first is None or figures[first].start != told.end() or first + len(names) > len(figures):
        return None
    mine = figures[first : first + len(names)]
    if any(not _MARK.fullmatch(text, one.end, two.start) for one, two in itertools.pairwise(mine)):
        return None
    found = [(label, first + order) for order, name in enumerate(names) if (label := _column(name, cues))]
    return (found, mine[-1].end) if len(found) > 1 and len({label for label, _ in found}) == len(found) else None


def _column(name: str, cues: TableCues) -> str:
    for label, column in cues.columns.items():
        if column.say and re.fullmatch(f"(?:{column.say})(?:人数|数|人员)?", name):
            return label
    return ""
