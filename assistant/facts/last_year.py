"""Last year's figure and the sentence on where it came from.

A fact's ``source`` is that of this year's value, so the other one stands in the note. It is the program's own sentence:
it goes with its figure, and a person's note is never touched.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.facts.sheet import Fact
from assistant.facts.values import Approximation, Value

_ENDS = re.compile(r"\s*[。；\n]\s*")
#: 去年数是近3000份，取自…: written before a fact kept the word of last year's figure itself.
_OWN = re.compile(r"去年数(?:是[^，。；\n]+，)?取自[^。；\n]+|去年数是[^，。；\n]+")


def told_of_last_year(where: str) -> str:
    """去年数取自旧稿.txt; "" where nothing says where it came from."""
    # What ends the sentence does not stand in it, or it would not be known for our own again.
    place = _ENDS.sub("，", where).strip("，")
    return f"去年数取自{place}" if place else ""


def with_last_year(fact: Fact, value: Value | None, told: str = "", word: Approximation = "") -> Fact:
    """The fact with last year's value; another one than before takes the sentence on the old one away.

    Args:
        told: where it came from, as ``told_of_last_year`` says it; written where no person has a note.
        word: that of its 概数, "" for an exact one.
    """
    own = not fact.note or _OWN.fullmatch(fact.note) is not None
    stays = value == fact.last_year and not told
    last_told = fact.last_told if stays and not word else None if value is None else (value, word)
    return replace(fact, last_year=value, last_told=last_told, note=told if own and not stays else fact.note)
