"""Words of a slot text that say something about a fact beyond its value, each given to the slot that it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.checks.comparing import DOUBLE, DOWN, LAST_YEAR, LEVEL, NO_FIGURE_AFTER, TOP, UP
from assistant.facts.fields import FactSchema
from assistant.facts.numeral_values import value_of
from assistant.slots.grammar import Slot, parse_placed, slots_in

Kind = Literal["up", "down", "level", "double", "top", "against", "none", "count"]

_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("double", re.compile(DOUBLE)),
    ("up", re.compile(f"(?:{UP})(?!{NO_FIGURE_AFTER})")),
    ("down", re.compile(f"(?:{DOWN})(?!{NO_FIGURE_AFTER})")),
    ("level", re.compile(LEVEL)),
    ("top", re.compile(TOP)),
    ("against", re.compile(LAST_YEAR)),
    (
        "none",
        re.compile(
            r"(?:未(?!来|婚|成年)|没有|零(?!部件|星|散|工)|无(?!偿|线|人机|论|私|障碍))[一-龥]{0,3}",
        ),
    ),
)
_COUNT = re.compile(r"([一二三四五六七八九十两]{1,3}|[0-9]{1,2})(?:个|点|项|条|类|方面)")
_SENTENCE = re.compile(r"[。；;！？\n]")
_COMMA = re.compile(r"[，、：,:]")
#: A word further from a slot than this, a comma counting as so many characters, does not speak of it.
_REACH, _COMMA_COST = 14, 5
#: Stands for a slot, one for each of its characters, so that places stay.
_BLANK = "\ue001"


@dataclass(frozen=True)
class PlacedSlot:
    slot: Slot
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Word:
    """A word of the literal text."""

    kind: Kind
    text: str
    start: int
    end: int


class Nearby:
    """A section's slots and the words around them."""

    def __init__(self, text: str, heading: str, schema: FactSchema) -> None:
        self._schema = schema
        self._slots: list[PlacedSlot] = []
        self._by_label: dict[str, list[PlacedSlot]] = {}
        prose = []
        for placed in parse_placed(text):
            raw = text[placed.start : placed.end]
            if isinstance(placed.node, Slot):
                slot = PlacedSlot(placed.node, self._label(placed.node), placed.start, placed.end)
                self._slots.append(slot)
                self._by_label.setdefault(slot.label, []).append(slot)
                raw = _BLANK * len(raw)
            prose.append(raw)
        self._prose = "".join(prose)
        self._starts = [slot.start for slot in self._slots]
        self._in_heading = {self._label(slot) for slot in slots_in(heading)}

    def _label(self, slot: Slot) -> str:
        item = self._schema.find(slot.label)
        return item.label if item else slot.label

    def slots(self, label: str) -> list[PlacedSlot]:
        """The slots of the text that name the fact."""
        return self._by_label.get(label, [])

    def names(self, label: str) -> bool:
        """Whether text or heading name the fact by a slot."""
        return label in self._in_heading or label in self._by_label

    def words(self, label: str, *kinds: Kind) -> Iterator[Word]:
        """The words of these kinds that speak of the fact, in order."""
        return (word for word in self._owned.get(label, ()) if word.kind in kinds)

    def counts(self, label: str, number: int) -> Iterator[Word]:
        """Words like 三个 or 3项 beside the fact's slots that count to ``number``."""
        for match in _COUNT.finditer(self._prose):
            if value_of(match.group(1)) == number and self._owner(*match.span()) == label:
                yield Word("count", match.group(), *match.span())

    @cached_property
    def _owned(self) -> dict[str, list[Word]]:
        found: dict[str, list[Word]] = {}
        for kind, pattern in _WORDS:
            for match in pattern.finditer(self._prose):
                if owner := self._owner(*match.span()):
                    found.setdefault(owner, []).append(Word(kind, match.group(), *match.span()))
        return {owner: sorted(words, key=lambda word: word.start) for owner, words in found.items()}

    def _owner(self, start: int, end: int) -> str:
        """The fact of the nearer slot of the same sentence; "" when none is near."""
        before = bisect_right(self._starts, start) - 1
        after = bisect_left(self._starts, end)
        costs = []
        if before >= 0:
            costs.append((self._cost(self._slots[before].end, start), self._slots[before].label))
        if after < len(self._slots):
            costs.append((self._cost(end, self._slots[after].start), self._slots[after].label))
        cost, label = min(costs, default=(_REACH + 1, ""))
        return label if cost <= _REACH else ""

    def _cost(self, start: int, end: int) -> int:
        # Far away is looked at no further: time stays linear in a text of one sentence.
        if end - start > _REACH or _SENTENCE.search(self._prose, start, end):
            return _REACH + 1
        return end - start + _COMMA_COST * len(_COMMA.findall(self._prose, start, end))
