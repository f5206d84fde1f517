"""Figures that no rule knows: which fact the words around them tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import FIGURE
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_hit import Hit
from assistant.intake.extract_row import Row
from assistant.intake.learned.linear import Features
from assistant.slots.numeral import Numeral

#: The class of a figure that states nothing; a row's and last year's have these in front of the label.
NOTHING, ROW, LAST_YEAR, FREE = "-", "T:", "L:", "free"
#: So much of the words in front of a guessed figure is shown with it.
REACH = 16
_CLAUSE = re.compile("[，、：（）(]")
_SENTENCE = "\n。；"
_BEHIND = re.compile(r"[^，。；、：\n\ue001]{0,10}")
_LED = re.compile(r"[ \u3000●■▲◆·—\-0-9.、（）一二三四五六七八九十]*([^，。；：\n]{1,12})：")
_NEAR, _HEADING, _BEFORE, _BETWEEN = 14, 24, 30, 10
#: A sentence is looked back over so far: who pastes a list of thousands waits no longer for each.
_LONGEST = 2000
#: What the clauses further back are worth, from the nearest.
_WORTH = (0.8, 0.6, 0.5, 0.4, 0.3, 0.3)


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure as the rules left it.

    Attributes:
        figure: with its place in the cleaned text.
        role: as ``Context`` has it.
        told: the fact that it states, ``ROW`` and the table for a row's, "" where nothing is known of it.
        role_told: in which role it states it, "row" for a row's.
        heading, paragraph: the heading above, and where its line begins.
    """

    figure: Numeral
    role: str
    told: str
    role_told: str
    heading: str
    paragraph: int

    @property
    def tag(self) -> str:
        return self.told + self.role_told[:1] if self.told or self.role_told else FREE


@dataclass(frozen=True)
class Sight:
    """A text with its figures.

    Attributes:
        masked: the cleaned text with figures masked, sign for sign.
        seen: every figure in order.
        free: the numbers of those that state nothing yet and may state this year's value.
    """

    cleaned: Cleaned
    masked: str
    seen: Sequence[Seen]
    free: Sequence[int]


def seen_of(
    frame: Frame, figures: Sequence[Numeral], reader: Reader, known: Sequence[Hit], rows: Sequence[Row]
) -> Iterator[Seen]:
    """The figures of a text with what the rules found of them."""
    hits = {id(hit.figure): (hit.label, hit.context.role if hit.context else "value") for hit in known}
    in_rows = {place: (ROW + row.table, "row") for row in reversed(rows) for place in row.used}
    for place, one in enumerate(figures):
        told, role = hits.get(id(one)) or in_rows.get(place) or ("", "")
        paragraph = frame.paragraphs[frame.sentence(one.start).paragraph]
        yield Seen(one, reader.judge(place).role, told, role, paragraph.heading, paragraph.start)


def grams(words: str, prefix: str, sizes: Sequence[int]) -> Iterator[str]:
    """Every run of so many signs, with the prefix in front."""
    for size in sizes:
        for place in range(len(words) - size + 1):
            yield prefix + words[place : place + size]


def features(masked: str, seen: Sequence[Seen], place: int) -> Features:
    """What stands around a figure.

    Args:
        masked, seen: as ``Sight`` has them; ``place`` is the figure asked for.
    """
    one, figure = seen[place], seen[place].figure
    made: dict[str, float] = {}

    def say(names: Iterator[str], worth: float) -> None:
        for name in names:
            made[name] = max(made.get(name, 0.0), worth)

    least = max(0, figure.start - _LONGEST)
    begin = max(least - 1, *(masked.rfind(mark, least, figure.start) for mark in _SENTENCE)) + 1
    near_ones = _CLAUSE.split(masked[begin : figure.start])[-len(_WORTH) - 1 :]
    clauses = [re.sub(f"{FIGURE}+", "#", words) for words in near_ones]
    near = clauses[-1][-_NEAR:]
    say(grams(near, "l", (1, 2, 3)), 1.0)
    for size in (1, 2, 3, 4):
        made["le" + near[-size:]] = 1.0
    for distance, words in enumerate(clauses[-2 : -2 - len(_WORTH) : -1]):
        say(grams(words[-_NEAR:], "p", (2, 3)), _WORTH[distance])
        if not distance:
            say(grams(words[-_NEAR:], "q", (2, 3)), 0.6)
    behind = _BEHIND.match(masked, figure.end, figure.end + 12)
    say(grams(behind.group() if behind else "", "r", (1, 2, 3)), 1.0)
    say(grams(one.heading[-_HEADING:], "h", (2,)), 0.5)
    if led := _LED.match(masked, one.paragraph, figure.start):
        say(grams(led[1], "c", (2, 3)), 0.6)
    say(grams(masked[max(0, begin - _BEFORE) : begin], "s", (2,)), 0.25)
    made |= {f"u{figure.unit}": 1.5, f"k{figure.kind}": 1.5, f"role{one.role}": 1.0, f"lu{near[-2:]}{figure.unit}": 1.0}
    made |= _beside(masked, seen, place)
    return made


def _beside(masked: str, seen: Sequence[Seen], place: int) -> dict[str, float]:
    """What the figures before and behind state."""
    one, made = seen[place].figure, dict[str, float]()
    tags = [other.tag for other in seen[max(0, place - 2) : place]]
    second, first = ["^"] * (2 - len(tags)) + tags
    made |= {f"p2{second}": 0.7, f"p12{first}{second}": 0.5}
    if place:
        before = seen[place - 1].figure
        between = masked[before.end : one.start]
        same = "" if "\n" not in between else "/"
        made[f"p1{first}{same}"] = 1.0
        made[f"bt{first}{between[-_BETWEEN:]}"] = 1.0
        made[f"bu{first}{one.unit if one.unit == before.unit else '!'}{between[-_BETWEEN:][:1]}"] = 0.7
        made[f"pu{before.unit}"] = 0.5
    else:
        made |= {f"p1{first}/": 1.0, "pu^": 0.5}
    if place + 1 < len(seen):
        made |= {f"n1{seen[place + 1].tag}": 1.0, f"nu{seen[place + 1].figure.unit}": 0.5}
    return made
