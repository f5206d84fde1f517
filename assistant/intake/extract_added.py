"""What was added to a figure: 预算18万，追加3万，一共21万; 去年底7个，今年新建3个，总数10个.

Where both and their sum are told, the sum is the year's. Where no sum is told, it is offered as a sum of two, or the
figure waits; what was built this year alone (今年再建4个) is told to be no total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.extract_context import Context
from assistant.intake.extract_hit import Hit
from assistant.slots.numeral import Numeral

_LEADS = "(?:今年|本年度?|年内|当年|年中|后来|中途|随后|期间|[上下]半年|又|再|还|另|已|实际|[县区]?财政){0,4}"
_BUILT = "(?:新|再|又|增|续|扩)(?:建|增|设|挂|打造|添|成立|组建)(?:成|起|立)?|新增|增设|增加"
_PAID = "追加|增拨|调增|增列|加拨|追拨|增补|追列"
_ADDED = re.compile(
    rf"(?:[一-龥]{{0,4}}[，、；。]|[一-龥]{{0,4}}）?，?){_LEADS}(?:(?P<built>{_BUILT})|(?P<paid>{_PAID}))了?(?:预算|经费|资金)?(?:[一-龥]{{2,6}})?"
)
_TOTAL = re.compile(
    "[^，、；。\n0-9]{0,6}[，、；。](?:到?(?:现在?|目前|年底|年末|今年底?)|至今|全[镇乡年]|总数|总量|总额|一共|合计|共计|总计|累计|共|达到?|增[加至]?到?"
    "|有|已|为|是|，){1,5}[了有达到]{0,2}"
)
#: 原有民兵之家7个, 年初7个: what it was before.
_BEFORE = re.compile("(?:原有|原来|年初|原先|去年底|上年[底末])[^，。；\n]{0,10}$")
_NEW = re.compile(f"(?:{_BUILT})")
_NOW = Context("value", 0)
_COUNTED = (FieldType.COUNT, FieldType.MONEY)


def with_added(hits: Sequence[Hit], text: str, figures: Sequence[Numeral], schema: FactSchema) -> list[Hit]:
    """The hits with what two figures and what was added between them come to."""
    places = {id(one): place for place, one in enumerate(figures)}
    told = {hit.label for hit in hits if _role(hit) == "value" and not hit.doubt}
    out: list[Hit] = []
    for hit in hits:
        place = places.get(id(hit.figure))
        known = hit.label in told and _role(hit) == "last-year"
        if not hit.label or place is None or schema.by_label[hit.label].type not in _COUNTED or known:
            out.append(hit)
            continue
        out += _come_to(hit, text, figures[place : place + 3])
    return out


def _come_to(hit: Hit, text: str, three: Sequence[Numeral]) -> Iterator[Hit]:
    one, added, total = (*three, None, None)[:3]
    assert one is not None
    between = _ADDED.fullmatch(text, one.end, added.start) if added is not None and _alike(one, added) else None
    role = _role(hit)
    earlier = role == "last-year" or (role == "value" and _BEFORE.search(text, max(0, one.start - 20), one.start))
    if between is None or added is None or not (earlier if between["built"] else role == "value"):
        yield hit
        return
    value = (one.value or Decimal(0)) + (added.value or Decimal(0))
    last = one if role == "last-year" else None
    whole = total is not None and total.value == value and _alike(one, total)
    if whole and total is not None and _TOTAL.fullmatch(text, added.end, total.start):
        yield replace(hit, figure=total, end=total.end, doubt=hit.doubt, context=_NOW, last_year=last)
    elif between["built"]:
        figure = replace(one, text=text[one.start : added.end], end=added.end, value=value, low=value, high=value)
        doubt = f"由{one.text}和新增的{added.text}相加得出"
        yield replace(hit, figure=figure, end=added.end, doubt=doubt, context=_NOW, last_year=last)
    else:
        yield replace(hit, doubt=hit.doubt or f"后面又{between['paid']}{added.text}，可能要合起来算")


def only_new(hits: Sequence[Hit], text: str, schema: FactSchema) -> Iterator[Hit]:
    """今年再建民兵之家4个: a figure that no fact took, with the fact of which it is only what is new."""
    told = {hit.label for hit in hits if hit.label and _role(hit) == "value"}
    for hit in hits:
        words = text[max(0, hit.begin) : hit.end]
        if hit.label or not _NEW.search(words):
            continue
        named = (item.label for item in schema.fields if item.type in _COUNTED and item.label in words)
        if (label := max(named, key=len, default="")) and label not in told:
            yield replace(hit, label=label)


def _alike(one: Numeral, other: Numeral) -> bool:
    same = one.kind == other.kind and (one.kind == "money" or one.unit == other.unit)
    return same and one.value is not None and other.value is not None


def _role(hit: Hit) -> str:
    return hit.context.role if hit.context is not None else "value"
