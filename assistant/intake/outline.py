"""The headings of somebody's report, by their numbers: 一、 （一） 1. and what stands under each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_HANZI = "[一二三四五六七八九十]{1,3}"
_LEVELS = (
    re.compile(rf"第{_HANZI}(?:部分|章|节)[、：:\s]*|{_HANZI}\s*[、．.]\s*"),
    re.compile(rf"[（(]\s*{_HANZI}\s*[）)]\s*[、．.]?\s*"),
    re.compile(r"[0-9０-９]{1,2}\s*[．.、](?![0-9０-９])\s*"),
)
#: A heading has at most so many characters; more is a sentence.
LONGEST = 26
_END = re.compile(r"[。：:；;]")
_FIGURE = re.compile(r"[0-9０-９]")


@dataclass(frozen=True)
class Heading:
    """One heading.

    Attributes:
        depth: 1 for the outermost of this text.
        text: without number and end mark.
        runin: its text follows in the same paragraph.
        start: of its line; ``body``, ``end``: [body, end) is all that stands under it, headings of its own included.
        leaf: no heading stands under it.
    """

    depth: int
    text: str
    runin: bool
    start: int
    body: int
    end: int
    leaf: bool = True


def headings(text: str) -> tuple[Heading, ...]:
    """The headings in their order; () for a text without numbered ones."""
    found = list(_found(text))
    levels = sorted({one.depth for one in found})
    found = [replace(one, depth=levels.index(one.depth) + 1) for one in found]
    made = []
    for number, one in enumerate(found):
        following = next((other.start for other in found[number + 1 :] if other.depth <= one.depth), len(text))
        leaf = number + 1 == len(found) or found[number + 1].depth <= one.depth
        made.append(replace(one, end=following, leaf=leaf))
    return tuple(made)


def _found(text: str) -> Iterator[Heading]:
    at = 0
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        left = at + len(line) - len(line.lstrip())
        for level, pattern in enumerate(_LEVELS, 1):
            number = pattern.match(plain)
            if number is not None:
                words, rest = _heading_of(plain[number.end() :])
                # 1.专武干部3名 is an item of a list, no heading.
                if words and not (level == len(_LEVELS) and _FIGURE.search(words)):
                    yield Heading(level, words, bool(rest), left, left + len(plain) - len(rest), at + len(line))
                break
        at += len(line)


def _heading_of(words: str) -> tuple[str, str]:
    """(heading, text behind it); "" for a line that is none."""
    end = _END.search(words)
    head, rest = (words[: end.start()], words[end.end() :].strip()) if end else (words, "")
    head = head.strip("，,、 　")
    return (head, rest) if 2 <= len(head) <= LONGEST else ("", "")
