"""Last year's figure and the sentence on where it came from.

A fact's ``source`` is that of this year's value, so the other one stands in the note. It is the program's own sentence:
it goes with its figure, and a person's note is never touched.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.facts.sheet import Fact
from assistant.facts.values import Value

_OWN = re.compile(r"去年数(?:是[^，。；\n]+，)?取自[^。；\n]+|去年数是[^，。；\n]+")


def told_of_last_year(figure: str, where: str) -> str:
    """去年数是近3000份，取自旧稿.txt; "" where there is nothing to tell.

    Args:
        figure: as it was written, "" for one that is just its value.
    """
    parts = (f"是{figure}" * bool(figure), f"取自{where}" * bool(where))
    return "去年数" + "，".join(filter(None, parts)) if any(parts) else ""


def with_last_year(fact: Fact, value: Value | None, told: str = "") -> Fact:
    """The fact with last year's value; another one than before takes the sentence on the old one away.

    Args:
        told: where it came from, as ``told_of_last_year`` says it; written where no person has a note.
    """
    own = not fact.note or _OWN.fullmatch(fact.note) is not None
    stays = value == fact.last_year and not told
    return replace(fact, last_year=value, note=told if own and not stays else fact.note)
