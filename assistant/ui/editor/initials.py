"""First letters of a label's pinyin, so that it can be found without an input method: 入伍人数 → rwrs."""

from __future__ import annotations

#: GB 2312 sorts its common hanzi by pinyin: each letter, and the first hanzi that begins with it.
_FIRSTS = tuple(
    (hanzi.encode("gb2312"), letter)
    for letter, hanzi in zip("abcdefghjklmnopqrstwxyz", "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝", strict=True)
)
#: Behind the last of them hanzi are sorted by radical.
_END = b"\xd7\xfa"


def initials(label: str) -> str:
    """Small letters and digits; a hanzi that is none of the 3,755 common ones is left out."""
    return "".join(_initial(character) for character in label)


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    code = character.encode("gb2312", errors="ignore")
    if len(code) != 2 or not _FIRSTS[0][0] <= code < _END:
        return ""
    return next(letter for first, letter in reversed(_FIRSTS) if code >= first)
