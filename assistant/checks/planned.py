"""Numbers of the time to come: an aim contradicts no fact of this year, nor does any bear it out."""

from __future__ import annotations

import re

from assistant.slots.numeral import Numeral

#: Words that lead the rest of their sentence into the next year, commas and all.
_AHEAD = re.compile(
    r"明年|来年|次年|下一?年度?(?!度)|(?<!为)下一?步|新的一年|今后|力争(?!上游|主动|一流)|争取(?:在|于|明年|使|达到|实现)|预计|打算"
    r"|(?:奋斗)?目标(?:任务)?[是为：:]|(?<![一-龥])计划(?!内|外|生育|任务|落实|要求|执行|完成)"
)
#: Words that lead it back.
_HERE = re.compile("今年|本年|目前|截至|实际|已|去年|上年|至今|现有")


def looks_ahead(text: str, begin: int, numeral: Numeral, year: int | None, plan: bool) -> bool:
    """Whether a sentence has come to speak of the next year where the number stands.

    Args:
        begin: of the sentence.
        year: the report's own.
        plan: what stands around the sentence is about the next year.
    """
    before = text[begin : numeral.start]
    here = max((found.end() for found in _HERE.finditer(before)), default=-1)
    if here < 0 and plan:
        return True
    ahead = max((found.start() for found in _AHEAD.finditer(before)), default=-1)
    if year is not None:
        ahead = max(ahead, before.rfind(f"{year + 1}年"))
    return ahead > here
