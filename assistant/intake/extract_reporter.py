"""One of several places that report in one text, and where its words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Reporter:
    """A place with the parts of the source that are its own."""

    who: str
    parts: tuple[tuple[int, int], ...]
    #: What stands between them.
    glue: str = "\n"
    #: Whether it is the total of a list, told with it.
    whole: bool = False

    def words(self, source: str) -> str:
        return self.glue.join(source[start:end] for start, end in self.parts)


def spans(found: Sequence[Reporter], places: Sequence[int]) -> list[tuple[int, int]]:
    """The parts in a copy of the source each of whose signs knows its place."""
    parts = sorted(part for one in found for part in one.parts)
    if not parts:
        return []
    starts = [start for start, _ in parts]
    told: list[tuple[int, int]] = []
    for at, place in enumerate(places):
        before = bisect_right(starts, place) - 1
        if before < 0 or place >= parts[before][1]:
            continue
        if told and told[-1][1] == at:
            told[-1] = (told[-1][0], at + 1)
        else:
            told.append((at, at + 1))
    return told
