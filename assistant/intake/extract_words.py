"""Text facts by their places and phrasings."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.facts.cues import WordCue
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value
from assistant.intake.cleaning import BLANK
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.slots.numeral import Numeral

#: What stands around an item and is no part of it.
EDGES = "。；，、：:;, \u3000\n"
_QUOTES = {"“": "”", "‘": "’", "《": "》"}
#: （1） in front of an item.
_NUMBER = re.compile(r"（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.．、](?![0-9])|[①-⑳]|[一二三四五六]是")


_YEAR = re.compile(r"[ \u3000]*(20[0-9]{2})年，")
_BOTH = re.compile("([^和及与]{4,})[和及]([^和及与]{4,})")


def trimmed(text: str, start: int, end: int, edges: str = EDGES) -> tuple[int, int]:
    """The stretch [start, end) without the signs of ``edges`` at its beginning and its end."""
    while end > start and text[end - 1] in edges:
        end -= 1
    while start < end and text[start] in edges:
        start += 1
    return start, end


@dataclass(frozen=True)
class Word:
    """A text, a list's item or a row of texts."""

    label: str
    value: Value
    start: int
    end: int
    row: dict[str, Value | None] | None = None
    doubt: str = ""
    guessed: bool = False


def texts(frame: Frame, schema: FactSchema, figures: Sequence[Numeral]) -> Iterator[Word]:
    """Every text fact, the first phrasing that matches; several items for lists and tables."""
    for label, cues in schema.hints.texts.items():
        item = schema.by_label[label]
        if item.type in (FieldType.LIST, FieldType.TABLE):
            yield from _many(frame, item, cues)
        elif label in schema.hints.most:
            yield from _most(frame, item, cues)
        else:
            yield from _one(frame, item, cues)
    for item in schema.fields:
        if item.type is FieldType.DATE:
            yield from _dated(frame, item, figures)


def _matches(frame: Frame, cue: WordCue) -> Iterator[tuple[re.Match[str], int]]:
    """Matches with the place at which their string begins: ^ and $ hold for the line."""
    say = pattern(cue.say)
    if cue.zone == "all":
        for found in say.finditer(frame.text):
            if not cue.near or _near(frame, cue, found.start()):
                yield found, 0
        return
    for start, end in frame.zone(cue.zone):
        line = frame.text[start:end]
        indent = len(line) - len(line.lstrip(" \u3000"))
        for found in say.finditer(line.strip(" \u3000")):
            if not cue.near or _near(frame, cue, start + indent + found.start()):
                yield found, start + indent


def _near(frame: Frame, cue: WordCue, place: int) -> bool:
    sentence = frame.sentence(place)
    words = f"{frame.heading(sentence)}\n{frame.text[sentence.start : sentence.end]}"
    return bool(pattern(cue.near).search(words))


def _value(found: re.Match[str], cue: WordCue) -> str:
    group = "v" if "v" in found.re.groupindex else 0
    return cue.value or (found[group] or "").strip(" \u3000，。；：、")


def _span(found: re.Match[str], at: int) -> tuple[int, int]:
    group = "v" if "v" in found.re.groupindex else 0
    return at + found.start(group), at + found.end(group)


def _accepts(item: FactField, cue: WordCue, value: str) -> bool:
    if not value or BLANK in value or (cue.unless and pattern(cue.unless).search(value)):
        return False
    return item.type is not FieldType.CHOICE or value in item.choices


def _one(frame: Frame, item: FactField, cues: tuple[WordCue, ...]) -> Iterator[Word]:
    for cue in cues:
        for found, at in _matches(frame, cue):
            value = _value(found, cue)
            if _accepts(item, cue, value):
                if not cue.value and re.fullmatch(r"[一-龥](?:[ \u3000]+[一-龥]){1,2}", value):
                    value = re.sub(r"\s+", "", value)
                yield Word(item.label, value, *_span(found, at))
                return


def _most(frame: Frame, item: FactField, cues: tuple[WordCue, ...]) -> Iterator[Word]:
    seen: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for cue in cues:
        for found, at in _matches(frame, cue):
            value = _value(found, cue)
            if _accepts(item, cue, value):
                seen[value] += 1
                first.setdefault(value, _span(found, at))
    if seen:
        value, _ = seen.most_common(1)[0]
        yield Word(item.label, value, *first[value])


def _many(frame: Frame, item: FactField, cues: tuple[WordCue, ...]) -> Iterator[Word]:
    seen: set[object] = set()
    taken: list[tuple[int, int]] = []
    for cue in cues:
        for found, at in _matches(frame, cue):
            if item.type is FieldType.TABLE:
                row: dict[str, Value | None] = {
                    name: (found[name] or "").strip(EDGES) for name in found.re.groupindex if item.column(name)
                }
                key = row.get(item.key_column.label)
                stray = cue.unless and isinstance(key, str) and pattern(cue.unless).search(key)
                if key and not stray and key not in seen and BLANK not in found.group():
                    seen.add(key)
                    first = min(found.start(name) for name in row)
                    yield Word(item.label, (), at + first, at + found.end(), row=row)
                continue
            start, end = _span(found, at)
            for begin, stop in (
                [(start, end)] if cue.whole else _listed(frame.text, start, end, "、；，" if cue.clauses else "、；")
            ):
                value = frame.text[begin:stop]
                again = any(first < stop and begin < last for first, last in taken)
                if _accepts(item, cue, value) and value not in seen and not again:
                    seen.add(value)
                    taken.append((begin, stop))
                    yield Word(item.label, (value,), begin, stop)


def _listed(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """The parts of A、B和C; commas inside quotation marks and brackets do not part."""
    depth, begin = 0, start
    for place in range(start, end + 1):
        character = text[place] if place < end else "、"
        depth += (character in "“‘《（") - (character in "”’》）")
        if (character in marks and depth <= 0) or place == end:
            first, last = begin, place
            while first < last and text[first] in "“” 和及":
                first += 1
            if mark := _NUMBER.match(text, first, last):
                first = mark.end()
            while last > first and text[last - 1] in "“” ":
                last -= 1
            both = _BOTH.fullmatch(text, first, last) if place == end and begin > start else None
            if both:
                # 山洪转移、扑救山火和道路除冰: the last two.
                yield first, both.end(1)
                first = both.start(2)
            if last - first >= 2:
                yield first, last
            begin = place + 1


def of_another_year(frame: Frame, word: Word, year: int | None) -> bool:
    """2024年，我乡被评为征兵工作先进乡 in the report of 2025."""
    told = _YEAR.match(frame.text, frame.sentence(word.start).start)
    return told is not None and year is not None and int(told.group(1)) != year


def _dated(frame: Frame, item: FactField, figures: Sequence[Numeral]) -> Iterator[Word]:
    places = [*reversed(frame.zone("signature")), *frame.zone("byline")]
    for start, end in places:
        for one in figures:
            if start <= one.start < end and isinstance(one.date, datetime.date):
                yield Word(item.label, one.date, one.start, one.end)
                return
