"""Parts of the year in headers and names, by the months they cover: 上半年, 第三季度, 1—6月, 截至11月底.

Parts are added up only where no month is in two of them, and are the year's only where none is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_HAN = "一二三四五六七八九十"
_NUMBER = rf"(?:(?<!\d)(?:1[0-2]|[1-9])(?!\d)|(?<![{_HAN}])(?:十[一二]?|[一二三四五六七八九])(?![{_HAN}]))"
_PART = re.compile(
    r"(?P<half>[上下])半年度?"
    rf"|(?:(?P<until>截至|截止到?|前)\s*(?:20\d\d年)?|(?P<first>{_NUMBER})(?:月份?|季度?)?\s*[-—–~至到]+\s*|第)?"
    rf"(?P<last>{_NUMBER})(?(until)个?)(?:(?P<quarter>季度?)|月份?(?!\d))[底末]?"
)
_AROUND = re.compile(r"\([^()]*\)|20\d\d\s*年?|\s+")
_YEAR = frozenset(range(1, 13))
_OF_A_QUARTER = 3


def months_of(text: str) -> frozenset[int]:
    """The months that a header speaks of; none where it speaks of no part of the year."""
    found = _PART.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return frozenset()
    if found["half"]:
        return frozenset(range(1, 7) if found["half"] == "上" else range(7, 13))
    last = _number(found["last"])
    first = 1 if found["until"] else _number(found["first"] or found["last"])
    if found["quarter"]:
        first, last = (first - 1) * _OF_A_QUARTER + 1, last * _OF_A_QUARTER
    return frozenset(range(first, last + 1)) & _YEAR


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    ten, ones = word.startswith("十"), word.removeprefix("十")
    return 10 * ten + (_HAN.index(ones) + 1 if ones else 0)


def part_of_year(text: str) -> str:
    """上半年, 一季度, 3月 as it stands in a header; "" where it speaks of no part, or of all twelve months."""
    found = _PART.search(unicodedata.normalize("NFKC", text))
    return found[0] if found and months_of(text) not in (frozenset(), _YEAR) else ""


def is_part_of_year(name: str) -> bool:
    """Whether a name is nothing else: 2025年一季度; 五月村 is a village."""
    bare = _AROUND.sub("", unicodedata.normalize("NFKC", name))
    return _PART.fullmatch(bare) is not None


def without_part(text: str) -> str:
    """上半年入伍 → 入伍; a header that is nothing but a part of the year stays."""
    plain = unicodedata.normalize("NFKC", text)
    return _PART.sub("", plain, count=1).strip(" ()的") or plain


def add_up(texts: Iterable[str]) -> bool:
    """Whether they are parts of the year of which none holds another: 上半年 and 三季度, not 上半年 and 一季度."""
    months = [months_of(text) for text in texts]
    return all(months) and sum(map(len, months)) == len(frozenset().union(*months))


def whole_year(texts: Iterable[str]) -> bool:
    """Whether no month is missing in them."""
    return frozenset().union(*map(months_of, texts)) == _YEAR
