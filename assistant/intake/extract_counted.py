"""Faults, causes and plans that are counted before they are told: 有三块短板没有补上。甲；乙；丙。

A number in front of a list, and as many items behind it: one proves the other, so that no model has to weigh them, and
what announces them is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from assistant.facts.cues import ListCues
from assistant.intake.extract_closing import closed
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_passage import Passage, outside
from assistant.intake.extract_passages import ENUMERATOR
from assistant.intake.extract_words import EDGES, trimmed

_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6} | {str(one): one for one in range(2, 7)}
#: 原因两条，: how many there are, and the sign behind what announces them.
_COUNTED = re.compile(
    r"(?P<n>[两二三四五六]|(?<![0-9.])[2-6])(?:大|个方面|个|点|条|块|项|件|方面|笔|处|样|桩|道)[^，。：；！？\n0-9]{0,18}(?P<sign>[：。，])"
)
#: What was done away with, or is told of others.
_DONE = re.compile(
    "解决|整改|化解|攻克|破解|排查|发现|反映|去年|上年|检查|督查|办理|办结|群众|企业的|困难(?:户|群众|家庭|职工)"
)
#: What only says that they follow.
_HEAD = re.compile("(?:分别|主要|具体)(?:是|为|有|表现为|表现在|体现在)：?")
_LEAST, _MOST = 5, 70
_LATE = 0.4
#: No list is longer than this.
_FAR = 600


def counted(frame: Frame, lists: Mapping[str, ListCues], found: list[Passage]) -> list[Passage]:
    """The passages, with the items that were counted in place of what was read there."""
    text, last = frame.text, closed(frame)
    for told in _COUNTED.finditer(text, 0, last):
        near = max(0, told.start() - _MOST)
        begin = max(text.rfind(mark, near, told.start()) for mark in "。；：！？\n") + 1
        label = _label(text[begin : told.end()], lists) if told.start() - begin < _MOST else ""
        if not label or _DONE.search(text, begin, told.end()):
            continue
        cues = lists[label]
        late = told.start() > len(text) * _LATE
        items = next(_readings(frame, told, last), [])
        if not items or not (_wrong(text, items, cues) if cues.needs and cues.facts else late):
            continue
        start, end = begin, items[-1][1]
        found = outside(found, text, start, end)
        found += [Passage(label, first, stop, whole=True, sure=True) for first, stop in items]
    return sorted(found, key=lambda part: part.start)


def _label(said: str, lists: Mapping[str, ListCues]) -> str:
    """The list that the announcing words name last."""
    places = [
        (match.end(), label)
        for label, cues in lists.items()
        for match in pattern(cues.word or "(?!)").finditer(said)
        if not (cues.unless and pattern(cues.unless).search(said))
    ]
    return max(places)[1] if places else ""


def _wrong(text: str, items: list[tuple[int, int]], cues: ListCues) -> bool:
    """Whether the items say what is wrong."""
    return all(pattern(cues.needs).search(text, *item) for item in items)


def _readings(frame: Frame, told: re.Match[str], last: int) -> Iterator[list[tuple[int, int]]]:
    """The items behind a count, by marks, by lines, by semicolons or by commas, where there are as many."""
    text, number, start = frame.text, _NUMBERS[told["n"]], told.end()
    line = _until(text, "\n", start, min(last, start + _FAR))
    sentence = _until(text, "。", start, line)
    if told["sign"] == "，":
        yield from _as_many(text, number, _by(text, "，", start, sentence))
        return
    if text[start:line].strip(EDGES):
        marks = list(ENUMERATOR.finditer(text, start, line))
        if not marks or text[start : marks[0].start()].strip(EDGES):
            yield from _as_many(text, number, _by(text, "；", start, sentence))
            if told["sign"] == "：" and "；" not in text[start:sentence]:
                yield from _as_many(text, number, _by(text, "，", start, sentence))
        return
    # 甲；⏎乙；⏎丙。
    lines = [(part.start, part.end) for part in frame.paragraphs if start < part.start < last][:number]
    if "".join(text[stop - 1] for _, stop in lines) == "；" * (number - 1) + "。":
        yield from _as_many(text, number, lines)


def _until(text: str, mark: str, start: int, end: int) -> int:
    place = text.find(mark, start, end)
    return place if place >= 0 else end


def _by(text: str, mark: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(start + one.end() for one in re.finditer(mark, text[start:end])), end]
    return [(one, other) for one, other in pairwise(cuts) if text[one:other].strip(EDGES)]


def _as_many(text: str, number: int, parts: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    items = [_trimmed(text, *part) for part in parts]
    if len(items) == number and all(_LEAST <= stop - start <= _MOST for start, stop in items):
        yield items


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = trimmed(text, start, end)
    head = ENUMERATOR.match(text, start, end) or _HEAD.match(text, start, end)
    return (head.end() if head else start), end
