"""Passages of lists whose sentences tell more than one list, or frame what they tell.

甲不齐，缘由是乙。 tells a fault and its cause, 由于乙，甲。 the same the other way round, 甲不高。要乙。 a fault and
what will be done about it. 回头看，甲，乙，丙，这三条是短板。 are three faults, and what stands around them is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from assistant.facts.cues import ListCues
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_lists import is_no_item
from assistant.intake.extract_passages import ENUMERATOR, Passage
from assistant.intake.extract_words import EDGES, trimmed

_PARTS = re.compile(r"[^；。\n]+[；。\n]*")
#: What a cause comes to is no part of it: …，所以欠账较多.
SO = re.compile("，(?:所以|因此|因而|以致|致使|导致|造成)")
_SAID_AGAIN = re.compile(
    "(?:之所以)?(?:会)?(?:出现|产生|存在|造成|有|导致)?(?:这|以上|上述|此|如此)|之所以|究其|分析|归根|追根"
)
_LEAST, _MOST = 4, 60
#: 甲是客观原因，….
_IS_A_KIND = re.compile("(?P<v>[^，。；：\n]{4,40})是(?:[主客]观|一个)(?:原因|因素)，")
#: What stands around faults that one sentence tells.
_LEAD = re.compile(
    r"(?:[^，。；：]{0,4}(?:回头|回过头|总体|整体|客观|实事求是|平心而论|静下心|扪心)[^，。；：]{0,6}，|盘点(?:下来|起来)，"
    r"|(?:[^，。；：]{0,8}，)?[^，。；：]{0,24}(?:还|仍|依然|尚)(?:有|存在)(?:着|一定|较大|不小|不少|很大|一些)*的?(?:距离|差距|不足)，"
    r"|[^，。；：]{0,8}(?:虽|虽然|尽管)[^，。；：]{2,14}，但是?|(?:主要)?(?:表现|体现)(?:为|在)：?)"
)
_TAIL = re.compile(
    r"，(?:(?:这|以上|上述)?(?:[两二三四五几]|[2-5])[条点个项样][^，。；]{0,6}|这些|都|均)[都也就]?是[^，。；]{0,20}"
    r"(?:短板|不足|问题|弱项|差距|软肋|毛病|欠账|短处)[。；]?$"
)


def mended(text: str, lists: Mapping[str, ListCues], found: list[Passage]) -> list[Passage]:
    """The passages, those apart whose sentences tell two lists, and without what only frames them."""
    made = [one for part in found for one in _apart(text, lists, _longer(text, lists, part))]
    made = [one for part in made for one in _unframed(text, lists, part)]
    made = [one for part in made for one in _of_a_kind(text, lists, part)]
    return sorted(made, key=lambda part: part.start)


def _others(lists: Mapping[str, ListCues], label: str) -> Iterator[tuple[str, ListCues]]:
    """The lists that an item of this one may turn to."""
    yield from ((name, cues) for name, cues in lists.items() if cues.turned == label and cues.turn)


def _longer(text: str, lists: Mapping[str, ListCues], part: Passage) -> Passage:
    """A passage that began where its first sentence turned begins where the sentence does."""
    cues = lists[part.label]
    begin = max(text.rfind(mark, 0, part.start) for mark in "。；：\n】") + 1
    if part.whole or not cues.turned or not cues.turn or begin >= part.start:
        return part
    turn = pattern(cues.turn).search(text, begin, part.end)
    following = pattern(cues.turn).search(text, part.start, part.end)
    if turn and following and turn.start() < part.start <= turn.end() and turn != following:
        return replace(part, start=begin)
    return part


def _apart(text: str, lists: Mapping[str, ListCues], part: Passage) -> Iterator[Passage]:
    """The sentences of a passage that tell two lists as items each; what stands between them stays a passage."""
    fault = lists[part.label].turned or part.label
    sentences = [(one.start(), one.end()) for one in _PARTS.finditer(text, part.start, part.end)]
    told = {begin: items for begin, end in sentences if (items := list(_two(text, lists, fault, begin, end)))}
    told |= dict(_remedied(text, lists, fault, sentences))
    if not told or (part.label != fault and len(told) < max(2, len(sentences) - 1)):
        # What is said of causes has one in each sentence, or none of them is a fault's.
        yield part
        return
    at = part.start
    for begin, end in sentences:
        if begin in told:
            if text[at:begin].strip(EDGES):
                yield replace(part, start=at, end=begin)
            # Two that are told alike need no model.
            yield from (replace(item, sure=len(told) > 1) for item in told[begin])
            at = max(end, *(item.end for item in told[begin]))
    if text[at : part.end].strip(EDGES):
        yield replace(part, start=at)


def _two(text: str, lists: Mapping[str, ListCues], fault: str, start: int, end: int) -> Iterator[Passage]:
    """The items of a sentence that tells a fault and its cause, in either order."""
    mark = ENUMERATOR.match(text, start, end)
    start = mark.end() if mark else start
    for name, cues in _others(lists, fault):
        given = pattern(cues.given).match(text, start, end) if cues.given else None
        comma = text.find("，", start, end)
        if given and comma > 0:
            first, second = (given.end(), comma), (comma + 1, end)
            pair = [*_item(text, name, *first), *_item(text, fault, *second)]
        elif turn := pattern(cues.turn).search(text, start + _LEAST, end):
            if _SAID_AGAIN.match(text, start):
                return
            so = SO.search(text, turn.end(), end)
            pair = [
                *_item(text, fault, start, turn.start()),
                *_item(text, name, turn.end(), so.start() if so else end),
            ]
        else:
            continue
        if len(pair) == 2:
            yield from pair
            return


def _remedied(
    text: str, lists: Mapping[str, ListCues], fault: str, sentences: list[tuple[int, int]]
) -> Iterator[tuple[int, list[Passage]]]:
    """甲不高。要乙。: a fault with what will be done about it in the sentence behind."""
    for (start, end), (_, last) in pairwise(sentences):
        for name, cues in _others(lists, fault):
            turn = pattern(cues.turn).match(text, end - 1, last)
            mark = ENUMERATOR.match(text, start, end)
            if turn:
                pair = [
                    *_item(text, fault, mark.end() if mark else start, end),
                    *_item(text, name, turn.end(), last),
                ]
                if len(pair) == 2:
                    yield start, pair


def _item(text: str, label: str, start: int, end: int) -> Iterator[Passage]:
    start, end = trimmed(text, start, end)
    if _LEAST <= end - start <= _MOST:
        yield Passage(label, start, end, whole=True)


def _unframed(text: str, lists: Mapping[str, ListCues], part: Passage) -> Iterator[Passage]:
    """The faults of one sentence without what it says around them."""
    if not lists[part.label].needs or any(mark in text[part.start : part.end].rstrip(EDGES) for mark in "。；\n"):
        yield part
        return
    start, end = part.start, part.start + len(text[part.start : part.end].rstrip(EDGES))
    lead = _LEAD.match(text, start, end)
    tail = _TAIL.search(text, start, end)
    if (not lead and not tail) or is_no_item(text, start, end):
        yield part
        return
    start, end = lead.end() if lead else start, tail.start() if tail else end
    yield from _by_commas(text, part.label, start, end)


def _by_commas(text: str, label: str, start: int, end: int) -> Iterator[Passage]:
    at = start
    for comma in [*(start + one.start() for one in re.finditer("，", text[start:end])), end]:
        yield from _item(text, label, at, comma)
        at = comma + 1


def _of_a_kind(text: str, lists: Mapping[str, ListCues], part: Passage) -> Iterator[Passage]:
    """A cause that is told by its kind: 甲是客观原因，…."""
    if not lists[part.label].given:
        yield part
        return
    if one := _IS_A_KIND.match(text, part.start, part.end):
        yield from _item(text, part.label, *one.span("v"))
        yield replace(part, start=one.end())
    else:
        yield part
