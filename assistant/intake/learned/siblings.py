"""Items that stand or fall with those beside them.

A list is told as a whole: where the model believes most of the items of a run, one that it knows nothing like is an
item too. Alone, it would be ruled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from assistant.intake.extract_frame import Frame
from assistant.intake.extract_words import EDGES, Word

#: From where an item is believed, how many of a run must be, and which part of it.
_BELIEVED, _LEAST, _PART = 0.5, 1, 0.3
#: From where one of a numbered run speaks for the others.
_POSSIBLE = 0.05
_NUMBER = re.compile("(?:[二三四五六七八九]是|其[二三四五六]|第[二三四五六])[，：]?")
#: What may stand between two items: a mark, a number, a word or two of the author's.
_BETWEEN = 8


def believed_siblings(frame: Frame, words: Sequence[Word], likely: Mapping[int, float]) -> set[int]:
    """The ids of the items that stand in a run of which the model believes enough.

    Args:
        likely: how likely an item is by itself, by the id of its word.
    """
    found: set[int] = set()
    for run in _runs(frame, words):
        sure = sum(likely[id(word)] >= _BELIEVED for word in run)
        counted = _counted(frame, run) and any(likely[id(word)] >= _POSSIBLE for word in run)
        if counted or (sure >= _LEAST and sure >= len(run) * _PART):
            found |= {id(word) for word in run}
    return found


def _counted(frame: Frame, run: Sequence[Word]) -> bool:
    """一是甲；二是乙；三是丙: whether the author's own numbers make one list of them."""
    between = [frame.text[one.end : two.start].strip(EDGES) for one, two in pairwise(run)]
    return len(between) > 1 and all(_NUMBER.fullmatch(words) for words in between)


def _runs(frame: Frame, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Items of one list, one right behind the other."""
    run: list[Word] = []
    for word in sorted(words, key=lambda word: word.start):
        between = frame.text[run[-1].end : word.start].strip(EDGES) if run else ""
        if run and (word.label != run[-1].label or len(between) > _BETWEEN):
            yield run
            run = []
        run.append(word)
    if run:
        yield run
