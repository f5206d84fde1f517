"""List facts by their sections, and by the words that open them inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.facts.cues import ListCues
from assistant.facts.fields import FactSchema
from assistant.intake.cleaning import BLANK
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_words import EDGES, Word

_ENUMERATOR = re.compile(
    r"(?:(?<=[，。；：、\n ])|^)[ \u3000]*(?:[一二三四五六七八九十][是要](?:要)?|第[一二三四五六七八九十][，：]"
    r"|[一二三四五六]在(?=[一-龥])|(?:也|还|更)?在于(?=[一-龥])|其[一二三四五六][，：是]?|[一二三四]来[，]?|(?:另|再|还有|又)?一个(?:问题|原因)?[是，：]|(?:还有|再)就是(?=[一-龥])|再就是"
    r"|首先[，是]|其次[，是]|再次[，是]|最后[，是]"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2})+[.．、]?[ ]?|[0-9]{1,2}[.．、）][ ]?(?![0-9])"
    r"|（[0-9一二三四五六七八九十]{1,2}）)|[ ]?[①-⑳]",
    re.MULTILINE,
)
_LEADING = re.compile(
    r"从[^，]{1,8}看，|(?:还有|另外|同时|此外|坦率地讲|具体说|也)[，：]?|(?:主要|还)?(?:是|有(?!的)|在于|表现在|表现为|体现在)(?:：|，)?|主要(?=[是有：])|："
    r"|(?:我们?|我镇|我乡|我街道|我办)?(?:打算|准备|想|考虑)(?:：|，)?|着力(?=[一-龥])"
)
#: 研究不深入，问效不经常: two faults that are told alike.
_FAULT = re.compile(r"(?:不[一-龥]{1,3}|偏[一-龥]|薄弱|滞后|不足|欠缺|缺乏)$")
#: In the last part of a text a passage may open a list without a heading.
_TAIL = 0.55
_LEAST_ITEM = 4


@dataclass(frozen=True)
class Passage:
    """A stretch of the text that belongs to a list fact."""

    label: str
    start: int
    end: int


def passages(frame: Frame, schema: FactSchema) -> list[Passage]:
    """Where the sections of list facts stand, in order."""
    lists = schema.hints.lists
    found: list[Passage] = []
    current = style = ""
    for paragraph in frame.paragraphs:
        text = frame.text[paragraph.start : paragraph.end]
        if any(start == paragraph.start for start, _ in frame.zone("signature")):
            break
        named = _named(text, lists) if paragraph.is_heading else ""
        if paragraph.is_heading and (named or not current or _style(text) in ("", "一、", "【", style)):
            current, style = named, _style(text)
            continue
        label, at = _opened(text, lists)
        if not label and (mine := _style(text)) in ("一、", "（") and (mine == style or not current):
            head = re.match(r"[^。]{2,40}。", text)
            current, style = (_named(head.group(), lists) if head else ""), mine
            if current and head:
                label, at = current, head.end()
        if label:
            current = label
        tail = at if current else max(at, int(len(frame.text) * _TAIL) - paragraph.start)
        for begin, end, name in _parts(text, at, current, lists, tail):
            if name:
                found.append(Passage(name, paragraph.start + begin, paragraph.start + end))
                current = name if current else current
    return found


def _style(heading: str) -> str:
    """How a heading is numbered: 一、, （一）, 1., 1、, 1.1, 【; "" without a number."""
    found = re.match(r"[ \u3000]*([一二三四五六七八九十]{1,3}、|（|【|[0-9]{1,2}(?:\.[0-9]+|[.．、])?)", heading)
    return re.sub("[0-9]+", "1", re.sub("[一二三四五六七八九十]{1,3}", "一", found.group(1))) if found else ""


def _named(heading: str, lists: Mapping[str, ListCues]) -> str:
    places = [
        (match.start(), label)
        for label, cues in lists.items()
        if (match := pattern(cues.heading).search(heading.strip(" \u3000。：:】【")))
    ]
    return min(places)[1] if places else ""


def _opened(text: str, lists: Mapping[str, ListCues]) -> tuple[str, int]:
    """存在问题。…, 原因分析：…: a paragraph with the list's name in front."""
    head = re.match(
        r"[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)?"
        r"(?P<h>[^。：，；\n]{2,14})[。：:]",
        text,
    )
    if boxed := re.match(r"[ \u3000]*【(?P<h>[^】\n]{2,20})】", text):
        return _named(boxed["h"], lists), boxed.end()
    if head is None:
        return "", 0
    for label, cues in lists.items():
        if re.fullmatch(f"(?:目前|当前|主要|工作中|仍)*(?:{cues.heading})[一-龥]{{0,6}}", head["h"]):
            return label, head.end()
    return "", 0


def _parts(
    text: str, at: int, current: str, lists: Mapping[str, ListCues], tail: int
) -> Iterator[tuple[int, int, str]]:
    """A paragraph cut where the words of another list begin."""
    cuts: list[tuple[int, int, str]] = [(at, at, current)]
    if tail < len(text):
        for label, cues in lists.items():
            if not cues.lead:
                continue
            for found in pattern(cues.lead).finditer(text, tail):
                sentence = max(text.rfind(mark, 0, found.start()) for mark in "。；\n")
                inside = _ENUMERATOR.search(text, max(sentence, at), found.start())
                if inside and label == current:
                    continue
                cuts.append((max(sentence + 1, at), found.end(), label))
    cuts.sort(key=lambda cut: (cut[0], cut[1]))
    # One sentence opens one list: the words that come first say which.
    cuts = [cut for number, cut in enumerate(cuts) if not number or cut[0] != cuts[number - 1][0] or number == 1]
    for number, (_, begin, label) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        if label and lists[label].stop and (stop := pattern(lists[label].stop).search(text, begin, end)):
            # What ends a list stands at the beginning of a sentence.
            end = stop.start() if text[: stop.start()].rstrip(" \u3000")[-1:] in ("", "。", "；", "\n") else end
        if end > begin:
            yield begin, end, label


def items(frame: Frame, found: Sequence[Passage]) -> Iterator[Word]:
    """The items of every passage."""
    seen: set[tuple[str, str]] = set()
    for passage in found:
        for start, end in _items(frame.text, passage.start, passage.end):
            value = frame.text[start:end]
            if len(value) >= _LEAST_ITEM and BLANK not in value and (passage.label, value) not in seen:
                seen.add((passage.label, value))
                yield Word(passage.label, (value,), start, end)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    marks = [found for found in _ENUMERATOR.finditer(text, start, end)]
    if marks:
        if marks[0].group().strip() in ("还有就是", "再就是"):
            for begin, last in _cut(text, start, marks[0].start(), "。"):
                if last - begin >= _LEAST_ITEM:
                    yield _trimmed(text, begin, last)
        for number, mark in enumerate(marks):
            stop = marks[number + 1].start() if number + 1 < len(marks) else end
            for begin, last in _sentences(text, mark.end(), stop, last=number + 1 == len(marks)):
                yield _trimmed(text, begin, last)
        return
    whole = list(_cut(text, start, end, r"[；。\n]"))
    if len(whole) == 1:
        begin, last = _trimmed(text, *whole[0])
        parts = list(_cut(text, begin, last, "，"))
        alike = len(parts) == 2 and all(_FAULT.search(text[first:stop]) for first, stop in parts)
        if (len(parts) >= 3 or alike) and all(stop - first >= 6 for first, stop in parts):
            whole = parts
    for begin, last in whole:
        if last - begin >= _LEAST_ITEM:
            yield _trimmed(text, begin, last)


def _sentences(text: str, start: int, end: int, *, last: bool) -> Iterator[tuple[int, int]]:
    """An item behind its mark: one for each ；, and of the last one only the first sentence."""
    for begin, stop in _cut(text, start, end, "；"):
        dot = text.find("。", begin, stop)
        if dot >= 0 and (last or stop - begin > 90):
            stop = dot
        if stop - begin >= _LEAST_ITEM:
            yield begin, stop


def _cut(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    at = start
    for mark in re.finditer(marks, text[start:end]):
        if mark.start() + start > at:
            yield at, start + mark.start()
        at = start + mark.end()
    if end > at:
        yield at, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    while (lead := _LEADING.match(text[start:end])) and lead.end():
        start += lead.end()
    return start, end
