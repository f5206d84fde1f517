"""Two texts that went different ways from one: what does not clash is merged, what clashes is told, by sentences.

The way of diff3: sentences of the common text that both still have hold the three together; between them the side
that changed something has it, and where both did, differently, a person chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from assistant.slots.grammar import Slot, parse_placed

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）]*|\n|$)")


class Side(StrEnum):
    """Whose words stand in a place."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    #: Both changed it in the same way.
    AGREED = "agreed"
    CLASH = "clash"


class Choice(StrEnum):
    """What becomes of a clash. ``BOTH``: theirs, then mine."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A place of all three texts. ``base``, ``mine``, ``theirs`` of all stretches joined are the three texts."""

    side: Side
    base: str
    mine: str
    theirs: str

    @property
    def text(self) -> str:
        """What stands there in the merged text; "" for a clash."""
        return {Side.CLASH: "", Side.THEIRS: self.theirs}.get(self.side, self.mine)

    def chosen(self, choice: Choice) -> str:
        if choice is Choice.BOTH:
            return f"{self.theirs}{self.mine}"
        return self.mine if choice is Choice.MINE else self.theirs


def merge(base: str, mine: str, theirs: str) -> list[Stretch]:
    """The three texts (plain or slot text) side by side, in reading order; no two neighbours are of one side.

    Neighbouring clashes are one; a sentence that one side moved is gone in one place and new in another.
    """
    old, here, there = (list(_sentences(text)) for text in (base, mine, theirs))
    in_mine, in_theirs = _kept(old, here), _kept(old, there)
    found: list[Stretch] = []
    at = (0, 0, 0)
    for place in (*sorted(in_mine.keys() & in_theirs.keys()), None):
        to = (len(old), len(here), len(there)) if place is None else (place, in_mine[place], in_theirs[place])
        texts = ["".join(part[start:end]) for part, start, end in zip((old, here, there), at, to, strict=True)]
        if any(texts):
            found.append(Stretch(_side(*texts), *texts))
        if place is not None:
            found.append(Stretch(Side.SAME, old[place], old[place], old[place]))
            at = (to[0] + 1, to[1] + 1, to[2] + 1)
    return list(_joined(found))


def clashes(stretches: Sequence[Stretch]) -> list[Stretch]:
    return [stretch for stretch in stretches if stretch.side is Side.CLASH]


def decided(stretches: Sequence[Stretch], choices: Sequence[Choice]) -> str:
    """The merged text, with a choice for each clash in order."""
    left = iter(choices)
    return "".join(stretch.chosen(next(left)) if stretch.side is Side.CLASH else stretch.text for stretch in stretches)


def _sentences(text: str) -> Iterator[str]:
    """Sentences with their end marks, line breaks by themselves; joined they are the text."""
    blanked = "".join(
        "x" * (placed.end - placed.start) if isinstance(placed.node, Slot) else text[placed.start : placed.end]
        for placed in parse_placed(text)
    )
    for found in _SENTENCE.finditer(blanked):
        start, end = found.span()
        if end > start + 1 and text[end - 1] == "\n":
            yield text[start : end - 1]
            start = end - 1
        if end > start:
            yield text[start:end]


def _kept(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Index in ``old`` → index in ``new`` of what stayed."""
    return {
        step.src_start + offset: step.dest_start + offset
        for step in Indel.opcodes(old, new)
        if step.tag == "equal"
        for offset in range(step.src_end - step.src_start)
    }


def _side(base: str, mine: str, theirs: str) -> Side:
    if mine == theirs:
        return Side.SAME if mine == base else Side.AGREED
    if theirs == base:
        return Side.MINE
    return Side.THEIRS if mine == base else Side.CLASH


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for one in stretches:
        if last is not None and last.side is one.side:
            last = Stretch(one.side, last.base + one.base, last.mine + one.mine, last.theirs + one.theirs)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
