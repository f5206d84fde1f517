"""Items on one line with nothing but their numbers between them: ①登记：88人②报名：12人 gets a mark in front of ②.

A figure looks for its noun on both sides up to a mark, and a number is none: each value moved to the next item's noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_last_words import Change, changed

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: 10.5 and 3.20 are no numbers of items: a word follows at once, and a word or a bracket stands in front.
_NUMBER = re.compile(
    rf"(?P<circled>[{_CIRCLED}])|[（(](?P<bracket>[0-9]{{1,2}})[)）](?=[ \u3000]*[一-龥])"
    r"|(?:^[ \u3000]*|(?<=[一-龥）)，。；：、%])[ \u3000]*)(?P<plain>[0-9]{1,2})[.．、)）](?=[ \u3000]*[一-龥])"
)
_FIGURE = re.compile(r"[0-9一二两三四五六七八九十百]")
_PARTED = re.compile(r"[，。；：、！？][ \u3000]*$")


def parted(cleaned: Cleaned) -> Cleaned:
    """The text with a mark in front of each number that follows a figure; the very text where all have one."""
    return changed(cleaned, _changes(cleaned.text))


def _changes(text: str) -> Iterator[Change]:
    start = 0
    for line in text.split("\n"):
        last: tuple[str, int, int] | None = None
        for found in _NUMBER.finditer(line):
            kind = found.lastgroup or ""
            here = (kind, _CIRCLED.index(found[kind]) + 1 if kind == "circled" else int(found[kind]), found.end())
            follows = last is not None and last[0] == kind and here[1] == last[1] + 1
            told = line[last[2] : found.start()] if last is not None else ""
            if follows and _FIGURE.search(told) and not _PARTED.search(told):
                yield start + found.start(), start + found.start(), "；"
            if last is None or follows or here[1] == 1:
                last = here
        start += len(line) + 1
