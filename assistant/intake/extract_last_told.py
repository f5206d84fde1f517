"""Last year's figures that stand apart from this year's: in the same order, under the name of their measure.

4次、6次，比去年的3次和5次都多; 去年，次数是8次，人次是520.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.intake.extract_context import Reader
from assistant.slots.numeral import Numeral

_BOUNDARY = re.compile(r"[。！？\n；|｜]")
_COMPARED = re.compile("(?:比|较|高于|多于|低于|少于|超过|与)(?:去年|上年)(?:同期)?的?$")
_JOINED = re.compile("[^，。；！？\n（）]{0,6}(?:、|和|与|及|以及)")
#: 次数是8次: the name of what a figure is counted in tells nothing else.
_MEASURES: dict[str, tuple[str, ...]] = {
    "次数": ("次", "回", "场"),
    "人次": ("人次",),
    "人数": ("人", "名"),
    "户数": ("户",),
    "天数": ("天",),
    # Of any measure word.
    "金额": (),
    "总额": (),
    "比例": (),
    "占比": (),
}
_MEASURED = re.compile(
    rf"(?:去年|上年)[^。；！？\n]{{0,24}}?(?P<noun>{'|'.join(_MEASURES)})(?:才|只|就|则|也|是|为|有|达)*$"
)
_BACK, _FIGURES_BACK = 60, 4


def told_apart(reader: Reader, figures: Sequence[Numeral], text: str) -> dict[int, int]:
    """Number of last year's figure → number of this year's that it is told of."""
    found: dict[int, int] = {}
    for place, one in enumerate(figures):
        if one.value is None or place in found or reader.judge(place).role != "last-year":
            continue
        found |= dict(_in_order(reader, figures, text, place))
        if place not in found and (mine := _measured(reader, figures, text, place)) is not None:
            found[place] = mine
    return found


def _in_order(reader: Reader, figures: Sequence[Numeral], text: str, place: int) -> Iterator[tuple[int, int]]:
    """4次议军会、6次专题会，比去年的3次和5次都多: of as many figures in front."""
    if not _COMPARED.search(text, max(0, figures[place].start - 8), figures[place].start):
        return
    last = place
    while last + 1 < len(figures) and _JOINED.fullmatch(text, figures[last].end, figures[last + 1].start):
        last += 1
    count = last - place + 1
    first = place - count
    if count < 2 or first < 0 or _BOUNDARY.search(text, figures[first].end, figures[place].start):
        return
    pairs = [(place + number, first + number) for number in range(count)]
    if all(_alike(figures[mine], figures[one]) and reader.judge(mine).role == "value" for one, mine in pairs):
        yield from pairs


def _measured(reader: Reader, figures: Sequence[Numeral], text: str, place: int) -> int | None:
    """去年，次数是8次，人次是520: of the nearest figure in front that is counted so."""
    one = figures[place]
    told = _MEASURED.search(text, max(0, one.start - 40), one.start)
    if told is None:
        return None
    units = _MEASURES[told["noun"]]
    for other in range(place - 1, max(-1, place - 1 - _FIGURES_BACK), -1):
        before = figures[other]
        between = text[before.end : one.start]
        if len(between) > _BACK or "\n" in between or len(re.findall("[。！？；]", between)) > 1:
            return None
        same = before.kind == one.kind or (before.kind, one.kind) == ("count", "number")
        if reader.judge(other).role == "value" and same and (not units or before.unit in units):
            return other
    return None


def _alike(one: Numeral, two: Numeral) -> bool:
    return (one.kind, one.unit) == (two.kind, two.unit)
