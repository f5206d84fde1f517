"""How much of a text is read: the time of the rules grows with its figures, and no report has thousands."""

from __future__ import annotations

import re

#: A report of 30,000 characters has some 2,000 signs of figures, hanzi figures like 一 and 三 among them.
MOST_FIGURES = 5000
_FIGURE = re.compile("[0-9０-９][0-9０-９.,，:/]*|[零〇一二两三四五六七八九十百千万亿半]+|俩|仨")
_STOP = "\n。！？；，、 \t"
_BACK = 200


def readable(text: str) -> int:
    """Where reading ends: the length of the text, or the last stop in front of one figure too many."""
    for number, found in enumerate(_FIGURE.finditer(text)):
        if number == MOST_FIGURES:
            stop = max(text.rfind(sign, max(0, found.start() - _BACK), found.start()) for sign in _STOP)
            line = text.rfind("\n", max(0, found.start() - _BACK), found.start())
            return (line if line >= 0 else stop if stop >= 0 else found.start() - 1) + 1
    return len(text)
