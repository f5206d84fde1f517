"""One fact told in several figures: once in spring and once in autumn, one for each of three, parts and their sum."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.intake.extract_context import Context
from assistant.intake.extract_hit import Hit
from assistant.slots.numeral import Numeral

#: What says when something was: 春天, 九月, 年底, 汛前.
_WHEN = (
    r"(?:[春夏秋冬][天季里]?|入[春夏秋冬]|年[初中底末]|[上下]半年|汛[前期后]"
    r"|[0-9一二三四五六七八九十]{1,2}月(?:份|[初中底末]|[0-9]{1,2}日)?)"
)
#: Words in front of the first figure and of those behind it: 点验春天, 春季点验; 、秋季点验, ，秋天又.
_FIRST = re.compile(rf"(?P<ahead>[一-龥]{{0,6}}?[，：]?){_WHEN}(?P<word>[一-龥]{{0,6}})$")
_NEXT = re.compile(rf"[，、和及]?{_WHEN}(?P<word>[一-龥]{{0,6}})")
_EMPTY = re.compile("^(?:又|再|也|还|各|有|是|了|搞|办|开|组织|进行)+|(?:了|过|又)+$")
#: 征兵、整组、防火各开专题会一次，共三次.
_EACH = re.compile("各(?![级类项种界方])[^，。；：\n]{0,12}$")
_THEIR_SUM = re.compile("[，、（](?:全年|年内|一年)?(?:一共|总共|合计|共计|总计|累计|共|计)[一-龥]{0,4}")


def told_in_parts(hits: Sequence[Hit], text: str, figures: Sequence[Numeral]) -> list[Hit]:
    """The hits, with the whole in the place of its parts."""
    places = {id(one): place for place, one in enumerate(figures)}
    out: list[Hit] = []
    gone: set[int] = set()
    for hit in hits:
        place = places.get(id(hit.figure))
        if id(hit.figure) in gone and (not hit.label or any(one.label == hit.label for one in out)):
            continue
        if hit.label and place is not None and _now(hit):
            whole, parts = _summed(place, figures, text), [place]
            if whole is None and (parts := _season_by_season(place, figures, text)):
                whole = _added([figures[part] for part in parts], text)
            if whole is not None:
                gone |= {id(figures[part]) for part in parts} | {id(whole)}
                # The parts state nothing any more.
                out += [replace(hit, label="", figure=figures[part]) for part in parts]
                hit = _as_whole(hit, whole, parts, figures)
        out.append(hit)
    return _without_parts(out)


def _now(hit: Hit) -> bool:
    return hit.context is None or hit.context.role in ("value", "partial")


def _as_whole(hit: Hit, whole: Numeral, parts: Sequence[int], figures: Sequence[Numeral]) -> Hit:
    doubt = hit.doubt
    if len(parts) == 1 and "“各”" in doubt:
        # 各开1次，共3次: the sum is said.
        doubt = ""
    if len(parts) > 1:
        doubt = doubt or "由" + "和".join(figures[part].text for part in parts) + "相加得出"
    context = Context("value", whole.start)
    return replace(hit, figure=whole, end=max(hit.end, whole.end), doubt=doubt, rivals=(), context=context)


def _summed(place: int, figures: Sequence[Numeral], text: str) -> Numeral | None:
    """各召开专题会议一次，共计三次: the sum that stands behind what each had."""
    one, following = figures[place], figures[place + 1] if place + 1 < len(figures) else None
    if following is None or not _alike(one, following) or not one.value or not following.value:
        return None
    if (
        following.value <= one.value
        or following.value % one.value
        or not _EACH.search(text, max(0, one.start - 16), one.start)
    ):
        return None
    return following if _THEIR_SUM.fullmatch(text, one.end, following.start) else None


def _season_by_season(place: int, figures: Sequence[Numeral], text: str) -> list[int]:
    """春季点验一次、秋季点验一次: the numbers of the figures, where there are several and their words are the same."""
    one = figures[place]
    first = _FIRST.search(text, max(0, one.start - 16), one.start)
    if first is None or one.value is None:
        return []
    mine, last = [place], one
    alike = (number for number in range(place + 1, len(figures)) if _alike(one, figures[number]))
    for number in itertools.islice(alike, 4):
        told = _NEXT.fullmatch(text, last.end, figures[number].start)
        if told is None or _EMPTY.sub("", told["word"]) not in ("", _EMPTY.sub("", first["word"])):
            break
        mine.append(number)
        last = figures[number]
    return mine if len(mine) > 1 else []


def _added(parts: Sequence[Numeral], text: str) -> Numeral | None:
    values = [one.value for one in parts if one.value is not None]
    if len(values) < len(parts):
        return None
    first, last, value = parts[0], parts[-1], sum(values[1:], values[0])
    return replace(first, text=text[first.start : last.end], end=last.end, value=value, low=value, high=value)


def _alike(one: Numeral, two: Numeral) -> bool:
    return (one.kind, one.unit) == (two.kind, two.unit)


def _without_parts(hits: list[Hit]) -> list[Hit]:
    """春节慰问76户 … 走访54户 … 全年走访130户: a figure that is the sum of all others of its fact is the whole."""
    labels = dict.fromkeys(hit.label for hit in hits if hit.label)
    for label in labels:
        mine = [hit for hit in hits if hit.label == label and (hit.context is None or hit.context.role == "value")]
        values = [hit.figure.value for hit in mine if hit.figure.value is not None]
        if len(mine) < 3 or len(values) < len(mine):
            continue
        whole = max(mine, key=lambda hit: hit.figure.value or 0)
        if whole.figure.value is not None and sum(values) == 2 * whole.figure.value:
            parts = {id(hit) for hit in mine if hit is not whole}
            hits = [hit for hit in hits if id(hit) not in parts]
    return hits
