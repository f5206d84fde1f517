"""Totals that a text adds up itself: 春节30户、八一34户，全年共64户."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.slots.numeral import Numeral

#: 全年共64户 may add up what stands before it.
_SUM = re.compile(r"(?:[共总合累小]计|一共|总共|共|总额|加起来|全年|[两三四]次|计|＝|=)[为达是有]?[ \u3000]*$")
_MOST_PARTS = 12
#: How many characters before its total a part may stand.
_REACH = 320


def sums_of(text: str, numerals: Sequence[Numeral]) -> tuple[dict[int, int], dict[int, int]]:
    """Each total → the first of the numbers before it that it adds up; and each of those → its total."""
    sums: dict[int, int] = {}
    part_of: dict[int, int] = {}
    for place, total in enumerate(numerals):
        if total.value is None or not total.unit or not _SUM.search(text, max(0, total.start - 6), total.start):
            continue
        left = total.value
        for first in range(place - 1, max(-1, place - 1 - 2 * _MOST_PARTS), -1):
            part = numerals[first]
            if total.start - part.end > _REACH or left <= 0:
                break
            if (part.kind, part.unit) != (total.kind, total.unit) or part.value is None or first in sums:
                continue
            left -= part.value
            if left == 0 and place - first > 1:
                sums[place] = first
                part_of.update((at, place) for at in range(first, place))
                break
    return sums, part_of
