"""What was meant to be beside what is: 核编3名，在岗2名 states two, 印了5000份，实际发出4200份 states 4200."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.slots.numeral import Numeral

#: What somebody may have or meant to do, with the noun in front of it.
_NOMINAL = re.compile(
    r"(?P<noun>[一-龥]{0,10}?)(?:应编|核编|编制|核定|定编|额定|应配|应有|编额|(?:编组)?任务数?|编组指标|印[制发]?)"
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
#: 议军会议（要求不少于2次）：实际召开3次
_ASKED = re.compile(
    r"(?P<noun>[一-龥]{2,10})（(?:考核)?(?:要求|标准|任务|目标|指标|规定|应[建配])(?:数|是|为|不少于|不低于|：)*$"
)
_DONE = re.compile(
    r"[^（）\n]{0,4}）[：，]?(?:实际|已经?|共|召开|完成|组织|开展|配备|配|办|编实|编|落实|到位|达到?|了)*"
)


def nominal(figures: Sequence[Numeral], text: str) -> dict[int, tuple[int, str, int]]:
    """Number of a figure that is only meant → the number of the one that is, the noun of both and its place."""
    found: dict[int, tuple[int, str, int]] = {}
    for place, (one, two) in enumerate(itertools.pairwise(figures)):
        if not _alike(one, two):
            continue
        begin = max(figures[place - 1].end if place else 0, one.start - 20)
        for meant, had in ((_NOMINAL, _REAL), (_MEANT_FOR, _PASSED), (_ASKED, _DONE)):
            if had.fullmatch(text, one.end, two.start) and (told := meant.search(text, begin, one.start)):
                found[place] = place + 1, told["noun"], told.start("noun")
    return found


def _alike(one: Numeral, two: Numeral) -> bool:
    """5000，实际发出4200份: the first has its measure word from the second."""
    return (one.kind, one.unit) == (two.kind, two.unit) or (one.kind == "number" and two.kind == "count")
