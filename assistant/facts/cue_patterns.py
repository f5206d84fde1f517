"""How the patterns of `facts.cues` are held against a text: what reads facts out of it and what checks it do the same.

A figure stands in the text as a run of one character, so that no pattern reads its digits and none runs over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

#: Stands for a figure, one for each of its characters.
FIGURE = "\ue001"
#: Characters on either side of a figure that a cue may use.
LEFT, RIGHT = 44, 30
_CLASS = re.compile(r"\[\^[^\]]*\]")


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with ``FIGURE`` for each character of the spans, which are in order and do not overlap."""
    parts: list[str] = []
    reached = 0
    for start, end in spans:
        parts += (text[reached:start], FIGURE * (end - start))
        reached = end
    return "".join((*parts, text[reached:]))


def closed(source: str, also: str = "") -> str:
    """A cue's pattern whose ``[^…]`` never run over a figure, the end of a line, or the characters ``also``."""
    return _CLASS.sub(lambda found: f"{found.group()[:-1]}{FIGURE}{also}\n]", source)


@lru_cache(maxsize=8192)
def compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)
