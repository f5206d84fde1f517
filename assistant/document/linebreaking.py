"""Where Word ends a line of Chinese text: 避头尾 rules, numbers and words whole, a stop that hangs over the margin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.document.text import width

#: Never at the beginning of a line (避头), as the files ask Word for it. Word takes a hundred characters at most.
NEVER_FIRST = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—"
#: Never at its end (避尾), fifty at most. With the digits there a number stays with its measure word: 12|人 would leave
#: a digit at the end of a line; 万亿余多 stand between the two, 年 and 月 inside a date.
NEVER_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥—～0123456789第万亿余多年月"
_NEVER_FIRST, _NEVER_LAST = frozenset(NEVER_FIRST), frozenset(NEVER_LAST)
#: One of these may stand over the right margin, as Word's 允许标点溢出边界 has it.
_HANGING = frozenset("，。、；：！？,.;:!?")
#: Between hanzi and digits or letters, in 字 of the text's size. Measured in LibreOffice; Word says a quarter.
GAP = 0.23
_NARROW = re.compile(r"[0-9A-Za-z]")
_WORD = re.compile(r"[0-9A-Za-z.,%‰:/\-\u00a0\ue0fe'&+]")
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def advances(text: str, cell: float, spacing: float, narrow: float = 0.5, *, gaps: bool = True) -> list[float]:
    """How far each character moves the pen, in the unit of ``cell``.

    Args:
        cell: size of a hanzi without ``spacing``, which is added to every character.
        narrow: width of digits and Latin letters in 字.
        gaps: whether hanzi and digits stand apart a little, as in body text.
    """
    found: list[float] = []
    before = ""
    for character in text:
        apart = gaps and before and bool(_between(before, character) or _between(character, before))
        found.append(width(character, narrow) * cell + spacing + (GAP * cell if apart else 0.0))
        before = character
    return found


def _between(one: str, other: str) -> bool:
    return _HANZI.match(one) is not None and _NARROW.match(other) is not None


def break_lines(text: str, pens: Sequence[float], first: float, rest: float) -> list[tuple[int, int]]:
    """Lines of a paragraph as [start, end) of its characters.

    Args:
        pens: what each character takes (``advances``).
        first, rest: room on the first line and on the others. ``\\n`` in the text ends a line.
    """
    lines: list[tuple[int, int]] = []
    start, room = 0, first
    while start < len(text):
        end = _line_end(text, pens, start, room)
        lines.append((start, end))
        start, room = end + (text[end : end + 1] == "\n"), rest
    if not lines or text.endswith("\n"):
        lines.append((len(text), len(text)))
    return lines


def _line_end(text: str, pens: Sequence[float], start: int, room: float) -> int:
    used, at = 0.0, start
    while at < len(text) and text[at] != "\n" and used + pens[at] <= room + 0.01:
        used += pens[at]
        at += 1
    if at == len(text) or text[at] == "\n":
        return at
    if text[at] in _HANGING and at > start and (at + 1 == len(text) or may_break(text, at + 1)):
        return at + 1
    for end in range(at, start, -1):
        if may_break(text, end):
            return end
    # Nowhere allowed: a word longer than the line.
    return max(at, start + 1)


def may_break(text: str, at: int) -> bool:
    """Whether a line may end before character ``at``."""
    before, after = text[at - 1], text[at]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return not (_WORD.match(before) and _WORD.match(after))
