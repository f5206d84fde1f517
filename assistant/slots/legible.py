"""A text as the readers of figures need it: simplified characters, digits where a scanner put letters.

Every change is one character for one, so that a place in the copy is the same place in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

import opencc

from assistant.slots.vocabulary import vocabulary

#: So many different traditional characters make a text a traditional one; a name alone does not.
LEAST_TRADITIONAL = 6
_HALF_MARKS = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
_HALF_MARK = re.compile(r"[,:;()?!]")
_FORMAL, _PLAIN_HANZI = "壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千"
_PLAIN, _HAS_FORMAL = str.maketrans(_FORMAL, _PLAIN_HANZI), re.compile(f"[{_FORMAL}]")
_SLIPS = str.maketrans("OolI", "0011")
_HAS_SLIP = re.compile("[OolI]")
#: 2 0 8 人, as a scanner spreads it.
SPREAD = re.compile(r"(?<![0-9.] )(?<![0-9.])[0-9](?: [0-9])++(?=\s?[人名个次份户元万条块天])")


def legible(text: str) -> str:
    """The whole: ``mended(simplified(text))``. Linear."""
    return mended(simplified(text))


def mended(text: str) -> str:
    """2O8人 as 208人, 2 0 8人 too, 叁万元 as 三万元, and full-width marks; as long as the text."""
    text = full_marks(text)
    if _HAS_SLIP.search(text):
        text = _misread().sub(lambda found: found.group().translate(_SLIPS), text)
    if _HAS_FORMAL.search(text):
        text = _formal().sub(lambda found: found.group().translate(_PLAIN), text)
    # A mark that is not seen keeps the place of the blank.
    return SPREAD.sub(lambda found: found.group().replace(" ", "\u200b"), text)


def simplified(text: str, least: int = LEAST_TRADITIONAL) -> str:
    """The text in simplified characters, if ``least`` different ones of it are traditional."""
    changed = _changed(text)
    return text.translate(changed) if len(changed) >= least else text


def is_traditional(text: str) -> bool:
    """Whether a text of few words is written in traditional characters: more of its own are such than simplified."""
    return len(_changed(text)) > max(1, len(_changed(text, "s2t")))


@lru_cache(maxsize=4096)
def simple_name(name: str) -> str:
    """A name of the sheet in simplified characters."""
    return simplified(name, least=1)


def full_marks(text: str) -> str:
    """Half-width marks beside Chinese as full-width ones; those of 1,200 and 9:30 stay."""
    return _HALF_MARK.sub(lambda found: _mark(found, text), text)


def _mark(found: re.Match[str], text: str) -> str:
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if found.group() in ",:" and before.isdigit() and after.isdigit():
        return found.group()
    foreign = before.isascii() and after.isascii() and before + after
    return found.group() if foreign else _HALF_MARKS[found.group()]


def misread_numbers(text: str) -> list[re.Match[str]]:
    """Numbers in which the scanner took a letter for a digit: 2O8人, l8万元, lO人."""
    return list(_misread().finditer(text)) if _HAS_SLIP.search(text) else []


def with_digits(number: str) -> str:
    """2O8 → 208."""
    return number.translate(_SLIPS)


def _changed(text: str, way: str = "t2s") -> dict[int, str]:
    hanzi = sorted({character for character in set(text) if "\u4e00" <= character <= "\u9fff"})
    if not hanzi:
        return {}
    simple = str(_converter(way).convert("\n".join(hanzi))).split("\n")
    return {ord(old): new for old, new in zip(hanzi, simple, strict=True) if old != new and len(new) == 1}


@lru_cache(maxsize=2)
def _converter(way: str) -> opencc.OpenCC:
    return opencc.OpenCC(way)


@lru_cache(maxsize=1)
def _formal() -> re.Pattern[str]:
    # The 伍 of 入伍 and 队伍 counts nothing; one such character alone is a name more often than a number.
    more = f"{_FORMAL}零万亿"
    return re.compile(
        rf"(?:(?<=[入队退]伍)|(?<![{more}入队退])(?=伍)|(?<![{more}])(?!伍))[{_FORMAL}][{more}]++"
        rf"(?= ?(?:[余多元整]|{vocabulary().measure_pattern}))"
    )


@lru_cache(maxsize=1)
def _misread() -> re.Pattern[str]:
    return re.compile(
        r"(?<![A-Za-z0-9.])(?=[0-9.]*+[OolI])(?=[OolI.]*+[0-9]|[lI][Oo])"
        rf"[0-9OolI][0-9OolI.]*+(?= ?(?:[余多%万亿元]|{vocabulary().measure_pattern}))"
    )
