"""Last year's value by arithmetic: 入伍15人，比去年多3人 says twelve, 与去年持平 says the same.

Only a change in the fact's own measure is taken; a share (增长20%) gives no exact figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.intake.extract_context import Reader
from assistant.slots.numeral import Numeral

_YEAR = "(?:去年|上年|上一年|前一年)(?:度|同期)?"
#: From this year's figure to the change: nothing but what compares the two.
_MORE, _LESS = (
    re.compile(
        rf"[人名]?[ ]?[，（、]?(?:人数|总数)?"
        rf"(?:(?:比|较|相比|同){_YEAR}(?:净|又|也)?(?:{verbs})|同比(?:净)?(?:{verbs}))(?:了|出|的)?"
    )
    for verbs in (
        "多[出开办走送征报发跑去建编挂训]?|增加|增长|提高|上升|新增|增|加|涨",
        "少[开办走送征报发跑去建编挂训]?|减少|下降|降低|减",
    )
)
_OVER = re.compile(rf"[，（、]?(?:高|多|超)出{_YEAR}")
#: （+3人）, （↑1次）, （同比减2个）
_SIGNED = re.compile(
    rf"（(?:(?:同比|[比较]{_YEAR})(?P<told>[多少])了?|(?:同比|[比较]{_YEAR})?(?P<sign>[+＋↑增升↓减降－−-])(?:加|长|少|低|了)?)"
)
#: 入伍人数比去年增加3人，达到19人: the change in front of what it came to.
_CHANGE = re.compile(
    rf"(?:[比较]{_YEAR}|同比)(?:净|又|也)?(?:(?P<more>多[开办走送]?|增加|增长|提高|新增|增)|减少|下降|少[开办走送]?|压减|减)了?$"
)
_CAME_TO = re.compile("[，、](?:总数|总量|总额|人数|累计|现)?(?:达到?|共|为|[增升减降][加少]?[到至])了?")
_UP = "+＋↑增升多"
_HELD = re.compile("（(?:同比)?持平）")
#: 送20人上站体检，与去年持平; 每户500元，标准与上年相同; 器材库1个，没有变化: what is counted may be said again.
_EQUAL = r"(?:持平|一样多?|相同|一致|同样|相等)"
_SAME = re.compile(
    rf"(?:[一-龥]{{0,8}}(?:（社区）)?[，（]|[一-龥]{{0,4}})(?:[一-龥]{{0,6}}?(?:仍|还是?|均|都)?(?:与|同|和|跟){_YEAR}(?:的)?(?:[一-龥]{{0,4}}数|保持)?"
    rf"{_EQUAL}|同比{_EQUAL}|[一-龥]{{0,6}}?(?:没有?(?:变化|变动|增减|什么变化)|无变化|未变|保持不变|不增不减))(?=[，。；、）\n]|$)"
)
#: 持平 of what stands between is not that of the figure in front.
_PARTED = re.compile("(?<!同)比|较|多|少|另|其中|由|从")


def changed(reader: Reader, figures: Sequence[Numeral], text: str) -> dict[int, Numeral]:
    """Number of a figure of this year → last year's, worked out."""
    found: dict[int, Numeral] = {}
    for place, one in enumerate(figures):
        role = reader.judge(place).role
        if one.value is None or one.rough or role not in ("value", "partial"):
            continue
        if place and (came := _came(text, figures[place - 1], one)) is not None and came >= 0:
            found[place] = replace(one, value=came, low=came, high=came)
            continue
        if _equal(text, one) or reader.both(place):
            found[place] = one
            continue
        if place + 1 == len(figures):
            continue
        after = figures[place + 1]
        step = _step(text, one, after)
        last = one.value - step if step is not None else None
        if last is not None and last >= 0:
            found[place] = replace(one, value=last, low=last, high=last)
    return found


def _step(text: str, one: Numeral, after: Numeral) -> Decimal | None:
    """By how much this year's figure is above last year's; None where the next figure is no such change."""
    bare = after.kind == "number" and one.kind == "count" and text[after.end : after.end + 1] == "）"
    own = (one.kind, one.unit) == (after.kind, after.unit) or (one.kind, after.kind) == ("percent", "points") or bare
    if not own or after.value is None or after.rough:
        return None
    between = text[one.end : after.start]
    if signed := _SIGNED.fullmatch(between):
        return after.value if (signed["sign"] or signed["told"]) in _UP else -after.value
    if _MORE.fullmatch(between) or _OVER.fullmatch(between):
        return after.value
    return -after.value if _LESS.fullmatch(between) else None


def _came(text: str, step: Numeral, one: Numeral) -> Decimal | None:
    """What this year's figure was before the change that stands in front of it."""
    alike = (one.kind, one.unit) == (step.kind, step.unit) and step.value is not None and not step.rough
    if not alike or one.value is None or step.value is None or not _CAME_TO.fullmatch(text, step.end, one.start):
        return None
    told = _CHANGE.search(text, max(0, step.start - 16), step.start)
    if told is None:
        return None
    return one.value - step.value if told["more"] else one.value + step.value


def _equal(text: str, one: Numeral) -> bool:
    told = _SAME.match(text, one.end) or _HELD.match(text, one.end)
    return told is not None and _PARTED.search(told.group()) is None
