"""Years, dates, ordinals and spans of time that no fact is named for: what the sheet's year says of them.

A report names many days (9月20日) that no fact knows; they are passed over. Another year than the report's stays a
finding, but for last year beside 去年 and a coming one in a sentence about plans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.checks.figures import Figure
from assistant.facts.numeral_values import value_of
from assistant.slots.numeral import Numeral

_LAST_YEAR = re.compile("去年|上年|上一年|同期|[较比与]$")
_PLANNED = re.compile("力争|争取|计划|打算|目标|今后|未来|下一步|下步|明年|来年|将|拟|[到在]$")
#: 2026年，力争….
_WILL = re.compile("将|力争|争取|计划|打算|拟")
_BY_THEN = re.compile("[底末初]?(?:以?前|之前|内)|[底末]")
_CLAUSE_ENDS, _SENTENCE_ENDS = re.compile("[，。；;！？\n]"), re.compile("[。；;！？\n]")
_YEAR = re.compile("([0-9]{4}|[零〇○一二三四五六七八九]{4})[ ]?[年./-]")
_TITLE = re.compile("报告|总结|小结|述职|汇报")
_DURATION = frozenset({"年", "个月", "周年"})
_AROUND = 40


@dataclass(frozen=True)
class TimeVerdict:
    """What is known of a time: ``figure`` where it says or contradicts one, otherwise nothing but perhaps a hint."""

    figure: Figure | None = None
    mismatch: bool = False
    hint: bool = False


def time_verdict(numeral: Numeral, text: str, figures: list[Figure]) -> TimeVerdict | None:
    """For a number that no fact was found for; None where it is no time or is to be told as any other number.

    Args:
        figures: the sheet's years and dates that are filled.
    """
    if numeral.kind == "ordinal" or numeral.text.startswith("连续"):
        return TimeVerdict(hint=True)
    before = text[max(0, numeral.start - _AROUND) : numeral.start]
    if numeral.kind == "count" and numeral.unit in _DURATION:
        planned = _PLANNED.search(_SENTENCE_ENDS.split(before)[-1])
        return TimeVerdict(hint=True) if planned else None
    if numeral.kind not in ("year", "date"):
        return None
    year = _year_of(numeral)
    if year is None:
        return TimeVerdict()
    if told := _own(numeral, text, figures):
        return TimeVerdict(told, mismatch=True)
    own = next((figure for figure in figures if figure.kind == "year"), None)
    if own is None or own.value is None:
        return None
    if year == own.value:
        return TimeVerdict(own)
    clause = _CLAUSE_ENDS.split(before)[-1]
    behind = text[numeral.end : numeral.end + 6]
    if year == own.value - 1 and (_LAST_YEAR.search(clause) or _LAST_YEAR.search(behind)):
        return TimeVerdict(own)
    coming = _PLANNED.search(_SENTENCE_ENDS.split(before)[-1]) or _BY_THEN.match(behind) or _WILL.search(behind)
    return TimeVerdict(hint=True) if year > own.value and coming else None


def _year_of(numeral: Numeral) -> int | None:
    if numeral.date is not None:
        return numeral.date.year
    if numeral.kind == "year":
        return int(numeral.value) if numeral.value is not None else None
    found = _YEAR.match(numeral.text)
    value = value_of(found[1]) if found else None
    return int(value) if value is not None else None


def _own(numeral: Numeral, text: str, figures: list[Figure]) -> Figure | None:
    """The fact that this line is for: the date of a line by itself, the year of a title."""
    begin = text.rfind("\n", max(0, numeral.start - _AROUND), numeral.start) + 1
    if begin == 0 and numeral.start > _AROUND:
        return None
    end = text.find("\n", numeral.end, numeral.end + _AROUND)
    if end < 0:
        end = len(text)
    line = text[begin : min(end, numeral.end + _AROUND)]
    if numeral.date is not None:
        alone = not line.replace(text[numeral.start : numeral.end], "").strip("（）() \u3000\t")
        dates = [figure for figure in figures if figure.kind == "date"]
        return dates[0] if alone and len(dates) == 1 else None
    titled = numeral.kind == "year" and end - begin <= _AROUND and _TITLE.search(line) and "。" not in line
    return next((figure for figure in figures if figure.kind == "year"), None) if titled else None
