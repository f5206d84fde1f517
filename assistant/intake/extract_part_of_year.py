"""Figures of a season, a festival, a half year or one batch: parts of the year's, never the year's own.

春季8个，…全年20个 states twenty; 春节45户，八一38户 the sum of both, for a person to look at; one alone is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.extract_context import Context
from assistant.intake.extract_hit import Hit
from assistant.slots.numeral import Numeral

PART = (
    '(?:[春夏秋冬]季|[上下]半年|[一二三四]季度|[“"]?(?:八一|七一)[”"]?|春节|元旦|清明|端午|中秋|国庆|重阳'
    "|第[一二三四五]批|首批|第[一二三四]季度)"
)
_ALONE = '(?<![、和及与至到])(?<![、和及与至到][“"])'
#: 春季8个, 春节慰问45户, “八一”前夕走访38户; 春节、八一走访83户 is of both.
_OF_PART = re.compile(
    rf"{_ALONE}(?P<part>{PART})(?![、和及与至到]|[期前]?间?[、和及与])[^，。；：、\n0-9每均]{{0,10}}$"
)
#: What follows the part in a clause of its own: 秋季点验应到82人，实到80人.
_LOOSELY = re.compile(
    rf"{_ALONE}(?P<part>{PART})(?![、和及与至到])[^。；\n]{{0,24}}[，、][实参]到?[^，。；、\n0-9]{{0,4}}$"
)
_WHOLE = re.compile(
    "(?:^|[，。；、（\n])[^，。；、（\n0-9]{0,6}(?:全年|一年|年内|两次|两季|两批|两节|合起来|加起来|一共|总共|合计|共计|总计|累计|共)[^，。；、\n0-9]{0,6}$"
)
#: ，森林灭火120人次: another task in the same words.
_ANOTHER = re.compile("[，、；](?![^，。；、]*(?:其中|训|点验|课|学|教育|受众|覆盖|慰问|转移|共|计|总))[一-龥]{2,8}")
_TOTAL = re.compile("全年|年内|今年|一年|共|累计|总")
#: Signs in front of a figure that name a task beside its noun.
_TASK = 5
_FAR, _SENTENCE = 60, 90
_COUNTED = (FieldType.COUNT, FieldType.MONEY)


def of_the_year(hits: Sequence[Hit], text: str, figures: Sequence[Numeral], schema: FactSchema) -> list[Hit]:
    """The hits with the year's figure in the place of a part's, or with the doubt that it is only a part."""
    places = {id(one): place for place, one in enumerate(figures)}
    parts = {id(hit): part for hit in hits if _states(hit, schema) and (part := _part(text, hit.figure))}
    whole = {hit.label for hit in hits if _states(hit, schema) and id(hit) not in parts}
    out: list[Hit] = []
    done: set[str] = set()
    for hit in hits:
        part = parts.get(id(hit), "")
        if not part:
            out.append(hit)
        elif hit.label not in whole and hit.label not in done:
            done.add(hit.label)
            place = places.get(id(hit.figure))
            mine = [one.figure for one in hits if one.label == hit.label and id(one) in parts]
            out.append(_meant(hit, part, text, figures[place + 1 :] if place is not None else (), mine))
        elif hit.label in whole:
            # 全年走访83户 stands elsewhere: the part says nothing more.
            continue
    return out


def _states(hit: Hit, schema: FactSchema) -> bool:
    now = hit.context is None or hit.context.role == "value"
    return bool(hit.label) and now and schema.by_label[hit.label].type in _COUNTED


def _part(text: str, one: Numeral) -> str:
    left = text[max(0, one.start - 40) : one.start]
    found = _OF_PART.search(left) or _LOOSELY.search(left)
    return found["part"] if found else ""


def _meant(hit: Hit, part: str, text: str, following: Sequence[Numeral], mine: Sequence[Numeral]) -> Hit:
    one, last = hit.figure, hit.figure
    parts = [one, *(other for other in mine if other is not one)]
    for other in following:
        if other.start - one.end > _SENTENCE or other.start - last.end > _FAR:
            break
        if (other.kind, other.unit) != (one.kind, one.unit) or other.value is None or one.value is None:
            continue
        between = text[last.end : other.start]
        if _WHOLE.search(between) and other.value >= one.value:
            return replace(hit, figure=other, end=other.end, doubt="", context=Context("value", other.start))
        if _part(text, other) and other not in parts and re.fullmatch(r"[，、；和及][^，。；、\n0-9]{0,14}", between):
            parts.append(other)
            last = other
    said = "、".join(figure.text for figure in parts)
    if len(parts) > 1 and (added := _added(parts, text)) is not None:
        return replace(hit, figure=added, end=max(hit.end, added.end), doubt=hit.doubt or f"由{said}相加得出")
    return replace(hit, doubt=hit.doubt or f"原文只说了{part.strip('“”')}的数")


def with_others(hits: Sequence[Hit], text: str, figures: Sequence[Numeral]) -> list[Hit]:
    """抗洪出动民兵180人次，森林灭火120人次: of one task, with a doubt that names what stands behind; a whole stays."""
    taken = {id(hit.figure) for hit in hits}
    places = {id(one): place for place, one in enumerate(figures)}
    out: list[Hit] = []
    for hit in hits:
        one, place = hit.figure, places.get(id(hit.figure))
        parts = [one]
        if (
            hit.label
            and place is not None
            and one.unit == "人次"
            and (hit.context is None or hit.context.role == "value")
        ):
            for other in figures[place + 1 :]:
                between = text[parts[-1].end : other.start]
                if id(other) in taken or other.unit != one.unit or not _ANOTHER.fullmatch(between):
                    break
                parts.append(other)
        if len(parts) > 1 and not _is_whole(parts, text):
            said = "、".join(figure.text for figure in parts[1:])
            hit = replace(hit, doubt=hit.doubt or f"后面还有{said}，可能要合起来算")
        out.append(hit)
    return out


def _is_whole(parts: Sequence[Numeral], text: str) -> bool:
    """出动民兵700人次，抗洪400人次，灭火300人次: the first is what the others are parts of."""
    first, *others = [one.value or 0 for one in parts]
    before = re.split("[，。；\n]", text[max(0, parts[0].start - 30) : parts[0].start])[-1]
    of_one_task = len(before) > _TASK and not _TOTAL.search(before)
    return sum(others) == first or (len(others) > 1 and sum(others) < first) or not of_one_task


def _added(parts: Sequence[Numeral], text: str) -> Numeral | None:
    parts = sorted(parts, key=lambda one: one.start)
    values = [one.value for one in parts if one.value is not None]
    if len(values) < len(parts):
        return None
    first, last, value = parts[0], parts[-1], sum(values[1:], values[0])
    return replace(first, text=text[first.start : last.end], end=last.end, value=value, low=value, high=value)
