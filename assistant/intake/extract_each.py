"""So many times so much: 8堂，每堂2课时 are sixteen; 7户，每户1000元 is the rate of these seven only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.facts.fields import FactField, FactSchema
from assistant.intake.extract_binding import Binding
from assistant.intake.extract_context import Context
from assistant.intake.extract_hit import Hit
from assistant.slots.numeral import Numeral

_TIMES = re.compile(r"[次课]?[ ]?(?:×|[xX*]|乘以?)[ ]?(?:每[一-龥]{1,2})?")
_EACH = re.compile(
    "[^，、；。（\n0-9]{0,8}[（，、；](?:平均|大约|按)?(?:每|一)(?P<unit>[一-龥]{1,2}?)[课训练学习讲上为是约：共]{0,3}"
)
#: How far behind what it is counted for a rate may stand.
_FAR = 40


def times(hits: Sequence[Hit], text: str, figures: Sequence[Numeral], schema: FactSchema) -> list[Hit]:
    """The hits; one whose own measure word stands behind, for each of what was counted, has the product."""
    places = {id(one): place for place, one in enumerate(figures)}
    out: list[Hit] = []
    for hit in hits:
        place = places.get(id(hit.figure))
        one, following = hit.figure, figures[place + 1 : place + 2] if place is not None else ()
        item = schema.by_label.get(hit.label)
        two = following[0] if following else None
        if (
            isinstance(item, FactField)
            and two is not None
            and two.unit == item.measure != one.unit
            and one.value is not None
            and two.value is not None
            and _is_each(text, one, two)
        ):
            value = one.value * two.value
            said = text[one.start : two.end]
            figure = replace(two, text=said, start=one.start, value=value, low=value, high=value)
            hit = replace(hit, figure=figure, end=two.end, doubt=hit.doubt or f"由{one.text}×{two.text}算出")
        out.append(hit)
    used = {id(figures[place + 1]) for hit in hits if (place := places.get(id(hit.figure), -1)) >= 0 and hit not in out}
    return [hit for hit in out if id(hit.figure) not in used]


def parts_of_times(
    hits: Sequence[Hit], text: str, figures: Sequence[Numeral], binding: Binding, closed: set[int]
) -> Iterator[Hit]:
    """集训2批次，每批7天: a figure that nothing took, with the fact of which it tells a part."""
    taken = {id(hit.figure) for hit in hits}
    told = {hit.label for hit in hits}
    for place, (one, two) in enumerate(pairwise(figures)):
        if place + 1 in closed or id(one) in taken or id(two) in taken or not _is_each(text, one, two):
            continue
        yield from (
            replace(hit, context=Context("partial", two.start), begin=one.start)
            for hit in binding.behind(two, text[max(0, one.start - _FAR) : one.start])
            if hit.label and hit.label not in told
        )


def _is_each(text: str, one: Numeral, two: Numeral) -> bool:
    if one.kind != "count" or two.kind != "count":
        return False
    each = _EACH.fullmatch(text, one.end, two.start)
    return _TIMES.fullmatch(text, one.end, two.start) is not None or (
        each is not None and bool(one.unit) and one.unit.startswith(each["unit"])
    )


def of_those_counted(hits: Sequence[Hit], figures: Sequence[Numeral], schema: FactSchema) -> list[Hit]:
    """The hits; a rate of some, where more were counted, waits for a person."""
    pairs = dict((cue.product[1], cue.product[0]) for cue in schema.hints.sums.values() if len(cue.product) == 2)
    return [
        replace(hit, doubt=_of_some(hit, hits, figures, pairs[hit.label])) if hit.label in pairs else hit
        for hit in hits
    ]


def _of_some(rate: Hit, hits: Sequence[Hit], figures: Sequence[Numeral], counted: str) -> str:
    now = [hit.figure for hit in hits if hit.label == counted and (hit.context is None or hit.context.role == "value")]
    units = {one.unit for one in now}
    near = [one for one in figures if one.end <= rate.figure.start <= one.end + _FAR and one.unit in units]
    mine = near[-1] if near else None
    if mine is None or mine.value is None:
        return rate.doubt
    more = next(
        (one for one in now if one.value is not None and one.value > mine.value and one.start > rate.figure.end), None
    )
    return rate.doubt or (f"原文是{mine.text}的标准，不是{more.text}的" if more is not None else "")
