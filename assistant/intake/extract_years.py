"""Texts of several years: which one is the report's, whose a row without years is, how far a year's words reach.

近三年（2022—2024年）…基干民兵：120人、118人、125人; 2022年，…。2023年，…: only the report's year states facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_last_words import Change, changed

_YEAR = "20[0-9]{2}"
#: 2022—2024年, 2022年至2024年: from one year to another.
_RANGE = re.compile(
    rf"(?<![0-9])(?P<first>{_YEAR})年?度?[ ]?(?:—|–|-|－|~|～|至|到){{1,2}}[ ]?(?P<last>{_YEAR})年"
    r"(?!）?[^，。；\n]{0,6}规划)"
)
#: 近三年, 三年来: words of a text that sets years side by side.
_SEVERAL = re.compile("近(?:几|两|二|三|四|五|[2-5])个?年|[两二三四五]年来|历年")
_EARLY = 120
#: 2022年19人、2023年21人; 2022年、2023年、2024年: years side by side.
_SIDE = re.compile(
    rf"(?P<year>{_YEAR})年度?(?:[^，。；：、\n]{{1,8}})?(?=[、，和及与](?:{_YEAR})年|[，。；\n：分]|$)[、，和及与]?"
)
#: 2026年计划入伍15人: a year to come.
_PLANNED = re.compile(
    "度?[，：]?(?:我?[镇乡街办们]{0,2})?(?:计划|预计|拟|目标|打算|思路|力争|将|工作(?:计划|打算|思路|安排)|重点工作)"
)
_FIGURE = r"[0-9]+(?:\.[0-9]+)?(?:余|多)?(?:万元|[一-龥]{1,2})"
_ROW = re.compile(
    rf"(?<![、0-9.])(?P<told>分别(?:为|是|有)?)?(?P<row>{_FIGURE}(?:、{_FIGURE}){{1,5}})(?![、0-9和及与])"
)
_ONE = re.compile(_FIGURE)
_UNIT = re.compile(r"[0-9.余多]+")
#: Who opens a sentence or a line with a year speaks of it until another is named.
_OPENS = re.compile(
    rf"(?:^|(?<=[。；！]))(?P<mark>[ \u3000]*(?:[（(]?[0-9一二三四五六七八九十]{{1,3}}[）)、.．][ ]?)?)"
    rf"(?P<year>{_YEAR})年(?!底|末|初|以来|起|[0-9]{{1,2}}月|开始|前)度?",
    re.MULTILINE,
)
_NOW_AGAIN = re.compile(
    "(?:^|(?<=[。；！\n]))[ \u3000]*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．][ ]?)?"
    "(?:今年|本年|目前|现有|截至|一年来)"
)
_HEADING = re.compile(r"[^。；，\n]{0,24}$", re.MULTILINE)


def last_of_row(text: str, start: int) -> int | None:
    """The latest of the years that stand side by side from a place on; None where one stands alone."""
    years: list[int] = []
    at = start
    while (one := _SIDE.match(text, at)) is not None:
        years.append(int(one["year"]))
        at = one.end()
    return max(years) if len(years) > 1 else None


def last_of_several(text: str) -> tuple[int, tuple[int, int]] | None:
    """The last year, and where it stands, of a text that says at once that it tells several."""
    spread = _range(text)
    if spread is not None:
        return int(spread["last"]), (spread.start("last"), spread.end())
    if not _SEVERAL.search(text, 0, _EARLY):
        return None
    done = [one for one in _OPENS.finditer(text) if not is_planned(text, one.end())]
    if len({one["year"] for one in done}) < 2:
        return None
    last = max(done, key=lambda one: one["year"])
    return int(last["year"]), (last.start("year"), last.end())


def is_planned(text: str, end: int) -> bool:
    """Whether a year that ends here is one to come."""
    return _PLANNED.match(text, end) is not None


def _range(text: str) -> re.Match[str] | None:
    """The years from one to another that a text names before any other."""
    spread = _RANGE.search(text, 0, _EARLY)
    return spread if spread and not re.search(rf"{_YEAR}年", text[: spread.start()]) else None


def with_years(cleaned: Cleaned) -> Cleaned:
    """The text with the last figure of each row that has one for each of its years, and last year's behind it."""
    spread = _range(cleaned.text)
    if spread is None:
        return cleaned
    count = int(spread["last"]) - int(spread["first"]) + 1
    return changed(cleaned, _last_of(cleaned.text, spread.end(), count)) if 1 < count < 7 else cleaned


def _last_of(text: str, start: int, count: int) -> Iterator[Change]:
    for told in _ROW.finditer(text, start):
        figures = list(_ONE.finditer(text, *told.span("row")))
        clause = re.split("[，。；：\n]", text[max(0, told.start() - 40) : told.start()])[-1]
        alike = len({_UNIT.sub("", one.group()) for one in figures}) == 1
        if len(figures) != count or not alike or "、" in clause or "年" in clause:
            # 党员、退役军人、大学生分别为14人、17人、22人 are of one year.
            continue
        yield told.start(), figures[-1].start(), ""
        yield told.end(), told.end(), f"（去年{figures[-2].group()}）"


def reaches(text: str, year: int | None) -> list[tuple[int, int, int]]:
    """(start, end, year): how far the words of other years reach, in a text that tells several one after the other."""
    heads = list(_OPENS.finditer(text))
    years = {one["year"] for one in heads if not is_planned(text, one.end())}
    if len(years) < 2 or (len(years) < 3 and last_of_several(text) is None):
        return []
    told: list[tuple[int, int, int]] = []
    for number, one in enumerate(heads):
        mine = int(one["year"])
        near = {int(other["year"]) for other in heads[max(0, number - 1) : number + 2]} - {mine}
        if year is None or mine == year or not any(abs(other - mine) == 1 for other in near):
            continue
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        if not _HEADING.match(text, one.end()):
            line = text.find("\n", one.end(), end)
            end = line if line >= 0 else end
        now = _NOW_AGAIN.search(text, one.end(), end)
        told.append((one.start(), now.start() if now else end, mine))
    return told
