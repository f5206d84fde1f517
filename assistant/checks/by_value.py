"""A number that no name tells: the fact of its value, where the words around are at least like the fact's name."""

from __future__ import annotations

import re
from bisect import bisect_left

from assistant.checks.figures import Figure
from assistant.checks.known import Known
from assistant.checks.ranking import SUM_BEFORE
from assistant.checks.scene import SENTENCE, Scene
from assistant.checks.verdict import Verdict
from assistant.slots.numeral import Numeral

#: How many characters around a number may hint at its fact.
_AROUND = 14
_ENDS = re.compile(r"[，。；;！？\n]")
_SUM = re.compile("合计|共|总")


class ByValue:
    """Judges by values in one text."""

    def __init__(self, scene: Scene, known: Known) -> None:
        self._scene = scene
        self._known = known
        self._likenesses: dict[tuple[tuple[int, ...], str, str], list[tuple[int, int]]] = {}

    def judge(self, numeral: Numeral, place: int) -> Verdict:
        """No name tells the fact: an equal value does, where the words around are at least like its name."""
        if numeral.kind == "number" or numeral.is_range:
            return Verdict("unknown")
        equal = self._known.equal_to(numeral)
        if not equal:
            return Verdict("unknown")
        if numeral.kind in ("year", "date"):
            return Verdict("grounded", equal[0]) if len(equal) == 1 else Verdict("unknown", others=equal)
        free = tuple(figure for figure in equal if not self._spoken_for(figure, numeral, place))
        if not free:
            return Verdict("unknown")
        begin = max(0, numeral.start - _AROUND)
        for stop in SENTENCE.finditer(self._scene.text, begin, numeral.start):
            begin = stop.end()
        # What stands behind a comma is said of the next number.
        stop_at = _ENDS.search(self._scene.text, numeral.end, numeral.end + _AROUND)
        end = stop_at.start() if stop_at else numeral.end + _AROUND
        around, noun = self._scene.text[begin:end], self._scene.text[numeral.end : numeral.end + 2]
        alike = self._alike(free, around, noun)
        if alike[0][0] >= min(2, len(equal)):
            tied = tuple(free[at] for likeness, at in alike if likeness == alike[0][0])
            return Verdict("grounded", tied[-1], others=tied if len(tied) > 1 else ())
        if len(equal) == 1 and numeral.kind == "money" and SUM_BEFORE.search(around[: numeral.start - begin]):
            return Verdict("grounded", equal[0])
        if len(equal) == 1 and noun and any(name.startswith(noun[0]) for name in equal[0].names):
            return Verdict("grounded", equal[0])
        return Verdict("unknown", others=free)

    def _alike(self, figures: tuple[Figure, ...], around: str, noun: str) -> list[tuple[int, int]]:
        """How much each of the figures is like the words, with its place; the best first."""
        key = (tuple(map(id, figures)), around, noun)
        if key not in self._likenesses:
            likenesses = ((_likeness(figure, around, noun), at) for at, figure in enumerate(figures))
            self._likenesses[key] = sorted(likenesses, reverse=True)
        return self._likenesses[key]

    def _spoken_for(self, figure: Figure, numeral: Numeral, place: int) -> bool:
        """Whether the sentence names the figure beside another number, with another value."""
        claimed = self._scene.claimed.get(figure.label)
        if not claimed or figure.row:
            return False
        begin, end = self._scene.sentence(numeral)
        for at in range(bisect_left(claimed, (begin, -1)), len(claimed)):
            start, owner = claimed[at]
            if start >= end:
                return False
            if owner != place and self._scene.numerals[owner].value != numeral.value:
                return True
        return False


def _likeness(figure: Figure, text: str, noun: str) -> int:
    """How many pairs of characters of a name stand in the text; the noun right behind the number counts more."""
    if figure.is_total and not _SUM.search(text):
        return 0
    names = (figure.row, *figure.names) if figure.row else figure.names
    pairs = max(sum(name[at : at + 2] in text for at in range(len(name) - 1)) for name in names)
    return pairs + (2 if len(noun) == 2 and any(noun in name for name in names) else 0)
