"""Items of a list that running text tells in one breath: 先后完成了堤防值守、山洪转移和道路除冰三项任务.

What frames them (完成了…, …这几样, 任务有…) is no part of them, and phrases of another kind (制度, 演练) are no items:
most of a run must say by its own words what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.facts.cues_runs import RunCues
from assistant.facts.fields import FactSchema
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_words import Word, texts
from assistant.slots.numeral import Numeral

_SENTENCE_END = re.compile(r"[。！？\n]")
#: 台风“海葵”灾后清障: a name in quotation marks is part of a phrase.
_PHRASE = "(?:[^，。；：、！？\n0-9“”（）]|“[^，。；、“”\n]{1,8}”){2,18}"
#: The marks that may part a run: all of them alike, but for the last (甲、乙和丙).
_PARTED = {mark: re.compile(f"{_PHRASE}(?:{mark}{_PHRASE})+") for mark in "、；，"}
_TWO = re.compile("[^，。；：、！？\n0-9“”（）]{6,32}")
_LAST_TWO = re.compile("(?<=.{2})(?:以及|[和及与])(?=.{2})")
#: A clause is looked back over so far.
_FAR = 200
_LEAST = 2
_TASKS = "任务"


def phrases(frame: Frame, schema: FactSchema, figures: Sequence[Numeral]) -> Iterator[Word]:
    """Every text fact, and the runs of phrases, which go before what a plainer cue makes of the same words."""
    runs = [word for label, cues in schema.hints.runs.items() for word in _runs(frame, label, cues)]
    yield from runs
    for word in texts(frame, schema, figures):
        if not any(one.label == word.label and one.start < word.end and word.start < one.end for one in runs):
            yield word


def _runs(frame: Frame, label: str, cues: RunCues) -> Iterator[Word]:
    seen: set[str] = set()
    for start, end in _told(frame, cues):
        value = frame.text[start:end]
        if value not in seen:
            seen.add(value)
            yield Word(label, (value,), start, end)


def _told(frame: Frame, cues: RunCues) -> Iterator[tuple[int, int]]:
    text, last = frame.text, 0
    for found in pattern(cues.before).finditer(text):
        if found.end() < last or not _may(frame, cues, found.start(), found.end()):
            continue
        for mark, run in _PARTED.items():
            if parts := _parts(text, run.match(text, found.end()), mark, cues):
                last = parts[-1][1]
                yield from parts
                break
        else:
            # 参加了甲和乙: no mark but the word.
            if parts := _parts(text, _TWO.match(text, found.end()), "", cues):
                last = parts[-1][1]
                yield from parts
    for found in re.finditer(f"(?:(?<=[，。；：\n])|^){_PARTED['、'].pattern}", text):
        behind = pattern(cues.behind).search(text, found.start(), _end_of(text, found.start()))
        inside = behind and found.start() < behind.start() <= found.end()
        if behind and inside and _may(frame, cues, found.start(), found.start()):
            told = _PARTED["、"].match(text, found.start(), behind.start())
            yield from _parts(text, told, "、", cues, framed=_TASKS in behind.group())


def _end_of(text: str, place: int) -> int:
    stop = _SENTENCE_END.search(text, place)
    return stop.start() if stop else len(text)


def _may(frame: Frame, cues: RunCues, start: int, end: int) -> bool:
    """Whether a run may begin here: it is done, and what stands around it speaks of such things."""
    number = frame.number(start)
    sentence = frame.sentences[number]
    around = frame.text[frame.sentences[max(0, number - 1)].start : sentence.end]
    clause = max(frame.text.rfind(mark, sentence.start, start) for mark in "，。；：\n") + 1
    clause = max(clause, sentence.start, start - _FAR)
    if cues.ahead and pattern(cues.ahead).search(frame.text, clause, end):
        return False
    return not cues.near or pattern(cues.near).search(around) is not None


def _parts(
    text: str, run: re.Match[str] | None, mark: str, cues: RunCues, *, framed: bool = False
) -> list[tuple[int, int]]:
    """The phrases of a run; none where they are not what the list is of.

    Args:
        framed: the words behind the run say what it is (…等任务也由民兵完成): one phrase that does is enough.
    """
    if run is None:
        return []
    parts: list[tuple[int, int]] = []
    at = run.start()
    for end in [*(run.start() + one.start() for one in re.finditer(mark or "(?!)", run.group())), run.end()]:
        parts.append((at, end))
        at = end + 1
    parts[-1] = (parts[-1][0], _cut(text, *parts[-1], cues))
    first, last = parts[-1]
    both = list(_LAST_TWO.finditer(text[first:last]))
    if both and mark in ("、", ""):
        # 甲、乙和丙: where both are what the list is of.
        word = both[-1]
        pair = [(first, first + word.start()), (first + word.end(), last)]
        if all(_fits(text[a:b], cues) for a, b in pair):
            parts[-1:] = pair
    fitting = sum(_fits(text[start:end], cues) for start, end in parts)
    wrong = cues.unless and any(pattern(cues.unless).search(text, start, end) for start, end in parts)
    enough = fitting == len(parts) or (mark == "、" and len(parts) > 2 and fitting >= len(parts) - 1)
    enough = enough or (framed and fitting > 0)
    if len(parts) < 2 or not enough or wrong or any(end - start < _LEAST for start, end in parts):
        return []
    return parts


def _fits(phrase: str, cues: RunCues) -> bool:
    return pattern(cues.word).search(phrase) is not None


def _cut(text: str, start: int, end: int, cues: RunCues) -> int:
    tail = pattern(cues.tail).search(text, start + 1, end) if cues.tail else None
    return tail.start() if tail else end
