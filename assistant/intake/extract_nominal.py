"""What was meant to be beside what is: 核编3名，在岗2名 states two, 印了5000份，实际发出4200份 states 4200."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.slots.numeral import Numeral

#: What somebody may have or meant to do, with the noun in front of it.
_NOMINAL = re.compile(
    r"(?P<noun>[一-龥]{2,10}?)(?:应编|核编|编制|核定|定编|额定|应配|应有|编额|(?:编组)?任务数?|编组指标|印[制发]?)"
    r"(?:人数|数|数量|编制)?(?:为|是|有|：|共|了)*$"
)
_REAL = re.compile(
    r"[，、；（]?(?:但|而)?(?:目前|现在|今年|本年)?"
    r"(?:(?:实际|实)(?:编组|编实|编|有|配|在|到|发|在岗|在编|到位|配备|发出|发放|发了|散发)?(?:人数|数)?"
    r"|在岗|在编|在位|现有|现编|到位|到岗|发出)(?:为|是|有|：|共|了|出)*"
)

#: 政考对象26人，通过24人
_MEANT_FOR, _PASSED = (
    re.compile(r"(?P<noun>[一-龥]{2,8}?)对象(?:为|是|有|：|共)*$"),
    re.compile(r"[，、](?:实际|最终)?通过了?"),
)


def nominal(figures: Sequence[Numeral], text: str) -> dict[int, tuple[int, str]]:
    """Number of a figure that is only meant → the number of the one that is, and the noun of both."""
    found: dict[int, tuple[int, str]] = {}
    for place, (one, two) in enumerate(itertools.pairwise(figures)):
        if not _alike(one, two):
            continue
        begin = max(figures[place - 1].end if place else 0, one.start - 20)
        for meant, had in ((_NOMINAL, _REAL), (_MEANT_FOR, _PASSED)):
            if had.fullmatch(text, one.end, two.start) and (told := meant.search(text, begin, one.start)):
                found[place] = place + 1, told["noun"]
    return found


def _alike(one: Numeral, two: Numeral) -> bool:
    """5000，实际发出4200份: the first has its measure word from the second."""
    return (one.kind, one.unit) == (two.kind, two.unit) or (one.kind == "number" and two.kind == "count")
