"""Sentences that are nearly the same, in time linear in the texts.

A sentence is found again by a few fingerprints (the smallest hashes of its runs of four characters); only those that
share one are compared in full.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

#: Characters of a run, fingerprints of a sentence, sentences compared in full.
_RUN, _PRINTS, _COMPARED = 4, 8, 8
#: A fingerprint that more different sentences share tells nothing.
_COMMON = 64
#: Share of characters, in percent, from which two sentences are alike.
ALIKE = 82.0
#: Shorter sentences are any report's.
SHORTEST = 12
#: A sentence without end is cut here.
_LONGEST = 400
_SENTENCE = re.compile(rf"[^。；;！？\n]{{1,{_LONGEST}}}[。；;！？]?")
_NEUTRAL = re.compile(r"[0-9０-９]+(?:[.．][0-9]+)?|[\ue000-\uf8ff]+")
_MARKS = re.compile(r"[^\w#]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters [start, end) of a text. ``key``: neutral of figures, slots, blanks and marks."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """A sentence of the index. ``ratio``: share of characters in percent."""

    key: str
    ratio: float


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences that are long enough to be compared. Slots of ``text`` are private characters."""
    for match in _SENTENCE.finditer(text):
        key = neutral(match.group())
        if len(key) >= SHORTEST:
            yield Sentence(match.start(), match.end(), key)


def neutral(text: str) -> str:
    """Figures and slots as one mark each, other marks and blanks left out."""
    return _MARKS.sub("", _NEUTRAL.sub("#", text))


def runs(key: str) -> Iterator[str]:
    """Its runs of four characters of words; those with a figure or a slot in them tell nothing."""
    for at in range(len(key) - _RUN + 1):
        run = key[at : at + _RUN]
        if "#" not in run:
            yield run


def _prints(key: str) -> list[int]:
    # crc32, for the same text must give the same findings in every process; hash() is salted.
    return nsmallest(_PRINTS, {zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs(key)})


class SentenceIndex:
    """Sentences to be found again; equal ones are kept once."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys: list[str] = list(dict.fromkeys(keys))
        self._known = set(self._keys)
        self._by_print: dict[int, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            for mark in _prints(key):
                self._by_print[mark].append(number)

    def alike(self, key: str) -> Likeness | None:
        """The sentence that is most like ``key``, if any is alike."""
        if key in self._known:
            return Likeness(key, 100.0)
        shared: Counter[int] = Counter()
        for mark in _prints(key):
            found = self._by_print.get(mark, ())
            if len(found) <= _COMMON:
                shared.update(found)
        best = None
        for number, _ in shared.most_common(_COMPARED):
            ratio = fuzz.ratio(key, self._keys[number], score_cutoff=best.ratio if best else ALIKE)
            if ratio and (best is None or ratio > best.ratio):
                best = Likeness(self._keys[number], ratio)
        return best


def share(one: str, other: str) -> float:
    """How many characters of ``one``, in percent, stand in ``other`` in the same order."""
    if not one:
        return 0.0
    return 100.0 * (len(one) + len(other) - Indel.distance(one, other)) / 2 / len(one)


Marked = tuple[tuple[str, bool], ...]


def marked(one: str, other: str) -> tuple[Marked, Marked]:
    """Both texts in stretches, each with whether the other has it too; single characters are not told as same."""
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for step in Indel.opcodes(one, other):
        same = step.tag == "equal" and step.src_end - step.src_start > 1
        _add(left, one[step.src_start : step.src_end], same)
        _add(right, other[step.dest_start : step.dest_end], same)
    return tuple(left), tuple(right)


def _add(stretches: list[tuple[str, bool]], text: str, same: bool) -> None:
    if not text:
        return
    if stretches and stretches[-1][1] == same:
        stretches[-1] = (stretches[-1][0] + text, same)
    else:
        stretches.append((text, same))
