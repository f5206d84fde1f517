"""The numbers and bullets that people type before items and headings: 1. （二） 一、 ③ 一是 第三， ·

Not every number in front is one: 八一、国庆期间 and 8、9月份 are told of days and months. So a mark is sure by what
follows it, or it is one of a run: the items of a list say together whether they are numbered. A mark that stays is
seen and taken away by a person; a number that goes with a mark is seen by nobody. Where neither is sure, it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Flag, auto


class Kind(Flag):
    """What stands in front. ``NUMBER``: （一） 1. 第二， ①; ``WORD``: 一是 二要 其三，; ``BULLET``: · ● -"""

    NUMBER = auto()
    WORD = auto()
    BULLET = auto()


_ALL = Kind.NUMBER | Kind.WORD | Kind.BULLET
_DIGIT = "[一二三四五六七八九十]"
#: 一 to 九十九, as they are counted: 八一, 五四 and 三八 are days.
_COUNT = "(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_EITHER = rf"(?:{_COUNT}|\d{{1,2}})"
_SURE = {
    Kind.NUMBER: re.compile(
        rf"\s*(?:[（(\[【〔]\s*{_EITHER}\s*[）)\]】〕][、.．:：]?|\d{{1,2}}\s*[）)]|[①-⑳⑴-⒇⒈-⒛㈠-㈩]"
        rf"|第{_EITHER}(?:[，,:：]|、(?!第|\d|{_DIGIT})|(?:部分|章)[、:：]?|[节条](?:[、:：\s]|$)))\s*"
    ),
    Kind.WORD: re.compile(
        rf"\s*(?:其{_COUNT}[，,、:：]"
        # 一是一，二是二 and 三要素 are words of their own; 十一是 speaks of a day.
        rf"|(?!十一){_COUNT}(?:是(?!一[，,、；]?二是二)|要(?![素件点求领义害道塞闻旨职]))[，,:：]?)\s*"
    ),
    # -5℃ is no item.
    Kind.BULLET: re.compile(r"\s*(?:[·•●○◆◇■□▪*＊]+|[-–—]++(?!\d))\s*"),
}
#: 1. 2、 三、: sure by what follows. 1.5万元 is an amount, 1.2025年 an item.
_COUNTED = re.compile(
    rf"\s*(?:(?P<arabic>\d{{1,2}})\s*(?:、|[.．](?!\d|$)|[.．](?=\d{{4}}年))|(?P<hanzi>{_COUNT})\s*[、.．:：])\s*"
)
#: 8、9月份, 一、二季度: what is told by two numbers of one script may be no item.
_ANOTHER = {"arabic": re.compile(r"\d{1,2}(?!\d)"), "hanzi": re.compile(_DIGIT)}
_NUMERALS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}
#: 十一、 may be the day.
_NATIONAL_DAY = "十一"


@dataclass(frozen=True)
class _Counted:
    """A number with a mark behind it; not ``sure``: it may as well be a part of what is said."""

    end: int
    script: str
    number: int
    sure: bool


def without_marks(texts: Sequence[str], kinds: Kind = _ALL) -> list[str]:
    """The items of one list, each without what stands before it."""
    counted = [_counted(text) if Kind.NUMBER in kinds else None for text in texts]
    runs = _in_runs(counted)
    found = []
    for place, (text, mark) in enumerate(zip(texts, counted, strict=True)):
        at = mark.end if mark is not None and place in runs else 0
        found.append(text[_end(text, at, kinds) :])
    return found


def mark_of(text: str, kinds: Kind = _ALL) -> str:
    """What surely is a mark before a text that stands alone; "" where there is none."""
    return text[: _end(text, 0, kinds)]


def _end(text: str, at: int, kinds: Kind) -> int:
    """Where the sure marks end that begin at ``at``: several may stand one behind the other."""
    while (end := _next(text, at, kinds)) > at:
        at = end
    return at


def _next(text: str, at: int, kinds: Kind) -> int:
    for kind, pattern in _SURE.items():
        if kind in kinds and (found := pattern.match(text, at)):
            return found.end()
    counted = _counted(text, at) if Kind.NUMBER in kinds else None
    return counted.end if counted is not None and counted.sure else at


def _counted(text: str, at: int = 0) -> _Counted | None:
    found = _COUNTED.match(text, at)
    if found is None:
        return None
    script = found.lastgroup or ""
    said = found[script]
    sure = said != _NATIONAL_DAY and _ANOTHER[script].match(text, found.end()) is None
    return _Counted(found.end(), script, int(said) if script == "arabic" else _value(said), sure)


def _value(said: str) -> int:
    tens, ten, ones = said.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def _in_runs(marks: Sequence[_Counted | None]) -> set[int]:
    """Places of the items that are counted 1, 2, 3 …: at least one of them surely, or three at least."""
    found: set[int] = set()
    for script in ("arabic", "hanzi"):
        for run in _runs([(place, one) for place, one in enumerate(marks) if one is not None and one.script == script]):
            if len(run) > 2 or (len(run) == 2 and any(mark.sure for _, mark in run)):
                found |= {place for place, _ in run}
    return found


def _runs(marks: Sequence[tuple[int, _Counted]]) -> Iterator[list[tuple[int, _Counted]]]:
    run: list[tuple[int, _Counted]] = []
    for place, mark in marks:
        if mark.number == 1 and run:
            yield run
            run = []
        if mark.number == len(run) + 1:
            run.append((place, mark))
    yield run
