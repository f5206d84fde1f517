"""Items of lists that running text tells, without the words that only lead to them or sum them up.

其他就是抗旱送水 is 抗旱送水, and 水库清淤这两样急活 is 水库清淤, whoever found the item: a cue takes what stands
between two marks, and so does a model. What its own clause says is still to come is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.facts.cues_runs import RunCues
from assistant.facts.fields import FactSchema
from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_passages import Passage
from assistant.intake.extract_words import Word
from assistant.intake.learned.guesses import weighed
from assistant.intake.learned.reader import Learned

_BOTH = re.compile("[^和及与]{4,}?(?P<word>以及|[和及与])[^和及与]{4,}")
_LEAST = 2
_MARKS, _FAR = "，。；：\n", 60


def weighed_items(
    learned: Learned | None,
    cleaned: Cleaned,
    frame: Frame,
    words: Sequence[Word],
    schema: FactSchema,
    cells: Sequence[Passage],
) -> Iterator[Word]:
    """What the models leave of the words and add to them, each item of running text with its own words alone."""
    given = [(cell.start, cell.end) for cell in cells]
    bare = list(_all_bare(frame.text, words, schema, given))
    yield from _all_bare(frame.text, weighed(learned, cleaned, frame, bare, schema, cells), schema, given)


def _all_bare(text: str, words: Iterable[Word], schema: FactSchema, given: Sequence[tuple[int, int]]) -> Iterator[Word]:
    """The words with the items of running text bare, each once."""
    seen: set[tuple[str, str]] = set()
    for word in words:
        cues = schema.hints.runs.get(word.label)
        if cues is None or any(start <= word.start < end for start, end in given):
            yield word
            continue
        far = max(0, word.start - _FAR)
        clause = max(far, *(text.rfind(mark, far, word.start) + 1 for mark in _MARKS))
        if cues.still and pattern(cues.still).search(text, clause, word.start):
            continue
        for start, end in _bare(text, word.start, word.end, cues):
            value = text[start:end]
            if end - start >= _LEAST and (word.label, value) not in seen:
                seen.add((word.label, value))
                yield replace(word, value=(value,), start=start, end=end)


def _bare(text: str, start: int, end: int, cues: RunCues) -> list[tuple[int, int]]:
    """The item's own stretch; two where 和 joins two things that both are what the list is of."""
    first, last = start, end
    if cues.lead and (lead := pattern(cues.lead).match(text, start, end)):
        first = lead.end()
    if cues.close and (close := pattern(cues.close).search(text, first, end)):
        last = close.start()
    if (first, last) == (start, end):
        return [(start, end)]
    both = _BOTH.fullmatch(text, first, last)
    if both:
        parts = [(first, both.start("word")), (both.end("word"), last)]
        if all(pattern(cues.word).search(text, *part) for part in parts):
            return parts
    return [(first, last)]
