"""A list that two people changed: what each did to its lines, put together; a line that both changed is a clash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain

Lines = tuple[str, ...]


class Side(StrEnum):
    """Whose line stands where both changed it."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class _Changes:
    """What became of each line of a list, and what was put before each, and behind the last."""

    became: tuple[Lines, ...]
    added: tuple[Lines, ...]

    def written(self, base: Lines) -> Iterator[str]:
        """The lines that were put in, or in the place of others."""
        yield from chain.from_iterable(self.added)
        yield from chain.from_iterable(new for old, new in zip(base, self.became, strict=True) if new != (old,))


def merge_lines(base: Lines, mine: Lines, theirs: Lines, of_both: Side | None = None) -> Lines | None:
    """Both people's changes of ``base``; what both added in one place stands there, theirs first.

    A line that both wrote stands once, where they have it: one person saw the other's, or both have it from one source.

    Args:
        of_both: whose line is taken where both changed it; without it there is no list then.
    """
    here, there = _changes(base, mine), _changes(base, theirs)
    written = set(there.written(base))
    merged: list[str] = []
    for place in range(len(base) + 1):
        merged += there.added[place]
        merged += [line for line in here.added[place] if line not in written]
        if place < len(base):
            stood = (base[place],)
            line = _line(stood, here.became[place], there.became[place], of_both)
            if line is None:
                return None
            merged += line if line in (stood, there.became[place]) else [one for one in line if one not in written]
    return tuple(merged)


def _line(stood: Lines, mine: Lines, theirs: Lines, of_both: Side | None) -> Lines | None:
    if mine in (stood, theirs):
        return theirs
    if theirs == stood:
        return mine
    if of_both is None:
        return None
    return mine if of_both is Side.MINE else theirs


def _changes(old: Sequence[str], new: Sequence[str]) -> _Changes:
    became: list[Lines] = [()] * len(old)
    added: list[Lines] = [()] * (len(old) + 1)
    for start, end, put in _edits(old, new):
        # A line in the place of another is that one changed; what is more than was there is new.
        for place, line in zip(range(start, end), put, strict=False):
            became[place] = (line,)
        added[end] += tuple(put[end - start :])
    return _Changes(tuple(became), tuple(added))


def _edits(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, Sequence[str]]]:
    """(start, end) of the old lines, and what stands there now; together they are the whole of both."""
    for _, start, end, begin, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield start, end, new[begin:until]
