"""Clauses of a text: of which list fact they tell an item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.intake.extract_frame import Frame
from assistant.intake.learned.figures import grams
from assistant.intake.learned.linear import Features

_CLAUSE = re.compile(r"[^，。；：！？、\t\n]+[，。；：！？、]?")
_WORDS = re.compile("[一-龥]{2}")
#: What numbers an item.
NUMBER = re.compile(
    r"(?:[①-⑳]|[一二三四五六七八九十]+[是、]|其[一二三四五六]|第[一二三四五六七八九][，、件个条是]"
    r"|[（(]?[0-9一二三四五六七八九十]{1,2}[)）.．、]|再?一个|另一个|[●■▲▶·—-])"
)
_MARKS = "，。；：！？、"
_HEADING, _LINE, _SENTENCE, _COLON, _ABOVE, _PARTS = 30, 14, 10, 10, 24, 8


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two marks, with the mark behind it; ``paragraph``: where its line begins and ends."""

    start: int
    end: int
    paragraph: tuple[int, int]
    heading: str
    is_heading: bool


def clauses(frame: Frame) -> list[Clause]:
    """Every clause with words, in order."""
    return [
        Clause(
            part.start + found.start(), part.start + found.end(), (part.start, part.end), part.heading, part.is_heading
        )
        for part in frame.paragraphs
        for found in _CLAUSE.finditer(frame.text[part.start : part.end])
        if _WORDS.search(found.group())
    ]


def features(text: str, told: Sequence[Clause], place: int) -> Features:
    """What a clause says, where it stands, and what stands around it.

    Args:
        told: every clause of the text in order; ``place`` is the one asked for.
    """
    one = told[place]
    made: dict[str, float] = {}

    def say(names: Iterator[str], worth: float) -> None:
        for name in names:
            made[name] = worth

    words = _plain(text, one)
    body = words.rstrip(_MARKS)
    say(grams(body, "w", (2, 3)), 1.0)
    for size in (1, 2, 3, 4):
        made |= {"^" + body[:size]: 1.0, "$" + body[-size:]: 1.0}
    made |= {"pe" + words[-1:]: 1.0, f"len{min(6, len(body) // 4)}": 1.0, f"ish{one.is_heading:d}": 1.0}
    if number := NUMBER.match(body):
        made |= {"en": 1.0, "en" + re.sub("[一二三四五六七八九十]", "一", number.group()): 1.0}
    for offset in (-1, -2, 1):
        made |= _neighbour(text, told, place, offset)
    start, line = one.start, one.paragraph[0]
    say(grams(one.heading[-_HEADING:], "h", (2,)), 0.6)
    say(grams(text[line:start][:_LINE], "b", (2,)), 0.5)
    sentence = max(text.rfind("。", line, start), text.rfind("；", line, start), line - 1) + 1
    if sentence < start:
        say(grams(text[sentence : sentence + _SENTENCE], "s", (2,)), 0.5)
    colon = text.rfind("：", line, start)
    if colon >= 0:
        say(grams(text[max(line, colon - _COLON) : colon], "c", (2,)), 0.7)
    say(grams(text[max(0, line - _ABOVE) : line], "pp", (2,)), 0.3)
    part = start / len(text)
    made |= {f"pos{int(part * _PARTS)}": 1.0, "posx": part * 2}
    return made


def _plain(text: str, clause: Clause) -> str:
    """Its words, figures as one sign: which figure it is tells nothing."""
    return re.sub("[0-9]+", "9", text[clause.start : clause.end].strip(" \u3000"))


def _neighbour(text: str, told: Sequence[Clause], place: int, offset: int) -> dict[str, float]:
    at = place + offset
    if not 0 <= at < len(told) or told[at].paragraph != told[place].paragraph:
        return {f"{offset}none": 1.0}
    words = _plain(text, told[at])
    made = dict.fromkeys(grams(words.rstrip(_MARKS), str(offset), (2,)), 0.5)
    made[f"{offset}pe{words[-1:]}"] = 1.0
    if offset < 0 and NUMBER.match(words):
        made[f"{offset}en"] = 1.0
    return made
