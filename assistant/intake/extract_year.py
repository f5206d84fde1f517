"""The year that a text speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.intake.extract_context import year_of
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_years import is_planned, last_of_row, last_of_several
from assistant.slots.numeral import Numeral

#: Where a text names its year: in its title, or early on.
_EARLY = 400
#: 2023年9月到街道工作, 2019年起任书记: a year out of somebody's life.
_OF_LIFE = re.compile(
    r"(?:[0-9一二三四五六七八九十]{1,3}[月日])*(?:起|开始|以来)?[，]?(?:我|本人)?(?:(?:任|担任|当选|入职|转业|退役|退伍|参军|参加工作|接任|上任)"
    r"|(?:调|来|到|转业到|分配到|选调到)[^，。；\n]{2,16}(?:工作|任职|任|担任|上班))"
)
#: 2025.12, 2025-11-20: dates without 年.
_DOTTED = re.compile(r"(?<![0-9])(20[0-9]{2})[.\-/](?:1[0-2]|0?[1-9])(?![0-9])")

#: 武装工作记事【2025】, 沙河尾街道24年党管武装的数: in the first line of notes that name no year by four signs and 年.
_IN_SHORT = re.compile(
    r"[^\n]{0,40}?(?:[【（(\[](?P<four>20[0-9]{2})(?:年度?)?[】）)\]]|(?<![0-9])(?P<last>20[0-9]{2})(?=[ ]*\n)"
    r"|(?<![0-9了满近过来约第前后这])(?P<two>2[0-9])年度?(?=党管|武装|民兵|全年|的?[数材总]))"
)
_THIS_YEAR = re.compile("今年|本年")


def year_of_text(frame: Frame, numerals: Sequence[Numeral]) -> tuple[int | None, tuple[int, int] | None]:
    """The year of the report: that of its title, of its opening, or of its date."""

    def first(zones: Sequence[tuple[int, int]]) -> Numeral | None:
        told = [
            one
            for start, end in zones
            for one in numerals
            if start <= one.start < end and year_of(one) is not None and not _OF_LIFE.match(frame.text, one.end)
        ]
        # 2026年计划入伍15人；2025年实际入伍12人
        done = (one for one in told if not is_planned(frame.text, one.end))
        # 今年入伍12人。2026年计划入伍15人
        return next(done, told[0] if told and not _THIS_YEAR.search(frame.text, 0, told[0].start) else None)

    def dotted(zones: Sequence[tuple[int, int]]) -> re.Match[str] | None:
        return next((told for zone in zones if (told := _DOTTED.search(frame.text, *zone))), None)

    several = last_of_several(frame.text)
    if several is not None:
        return several
    for zones in (
        frame.zone("title"),
        frame.zone("opening"),
        frame.zone("byline"),
        [(0, _EARLY)],
        frame.zone("signature"),
    ):
        one = first(zones)
        told = dotted(zones)
        if one is not None and (told is None or one.start < told.start()):
            return last_of_row(frame.text, one.start) or year_of(one), (one.start, one.end)
        if told is not None:
            return int(told.group(1)), told.span()
    short = _IN_SHORT.match(frame.text)
    if short is None:
        return None, None
    name = short.lastgroup or "two"
    return int(short[name]) + (2000 if name == "two" else 0), short.span(name)
