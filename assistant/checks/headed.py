"""Bare numbers under a heading that gives their unit: 【经费】（万元） and below it 器材装备 | 6.3."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.slots.numeral import Numeral

#: What ends the reach of such a heading: an empty line, or the next heading.
_HEADING = re.compile(
    r"(?P<unit>[（(](?:单位[：: ]?)?(?P<scale>[万亿]?)元[）)][ ]*$)"
    r"|(?P<end>^[ \u3000]*+$|^[ \u3000]*+(?:【|[一二三四五六七八九十]、))",
    re.MULTILINE,
)
_SCALES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}


def with_headed_units(text: str, numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    """The numbers, with the money of a heading's unit where one stands over them. Linear."""
    marks = list(_HEADING.finditer(text))
    if not any(mark["unit"] for mark in marks):
        return tuple(numerals)
    found: list[Numeral] = []
    at, scale = 0, None
    for numeral in numerals:
        while at < len(marks) and marks[at].start() < numeral.start:
            scale = _SCALES[marks[at]["scale"]] if marks[at]["unit"] else None
            at += 1
        found.append(_money(numeral, scale) if scale and numeral.kind == "number" else numeral)
    return tuple(found)


def _money(numeral: Numeral, scale: Decimal) -> Numeral:
    def times(value: Decimal | None) -> Decimal | None:
        return None if value is None else value * scale

    return replace(
        numeral, kind="money", unit="元", value=times(numeral.value), low=times(numeral.low), high=times(numeral.high)
    )
