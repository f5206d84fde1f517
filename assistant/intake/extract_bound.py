"""How much of a text is read: the time of the rules grows with its figures and its length; no report has so many."""

from __future__ import annotations

import re

#: A report of 30,000 characters has some 2,000 signs of figures, hanzi figures like 一 and 三 among them.
MOST_FIGURES = 5000
#: The rules read some 30,000 characters of prose a second; thirty reports stand in this many.
MOST_CHARACTERS = 120_000
#: 3,000 and 1.5 and 2025/3/4 are one figure, 1,1,1,1 are four.
_FIGURE = re.compile(
    "[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+(?:[.:/][0-9０-９]+){0,2}"
    "|[零〇一二两三四五六七八九十百千万亿半]+|俩|仨"
)
_STOP = "\n。！？；，、 \t"
_BACK = 200


def readable(text: str) -> tuple[int, str]:
    """Where reading ends and why: the length of the text and "", or the last stop in front of what is too much."""
    figures = enumerate(_FIGURE.finditer(text[:MOST_CHARACTERS]))
    if (over := next((found.start() for number, found in figures if number == MOST_FIGURES), None)) is not None:
        return _stop_before(text, over), "数太多"
    if len(text) > MOST_CHARACTERS:
        return _stop_before(text, MOST_CHARACTERS), "文字太长"
    return len(text), ""


def _stop_before(text: str, place: int) -> int:
    line = text.rfind("\n", max(0, place - _BACK), place)
    stop = max(text.rfind(sign, max(0, place - _BACK), place) for sign in _STOP)
    return (line if line >= 0 else stop if stop >= 0 else place - 1) + 1
