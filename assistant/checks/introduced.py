"""What stands right before a number and says what kind of figure it is: 同比增加, 去年, 由…增至, 新建."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checks.figures import Role
from assistant.slots.numeral import Numeral

#: Where a clause ends, a sentence too: 较去年减少3人 says nothing of what the next sentence counts.
_BREAKS = re.compile(r"[，、：:→|｜。；;！？\n]")
_LAST = "去年|上年|上一年|同期"
_LAST_YEAR = re.compile(_LAST)
#: 在去年基础上报名应征48人, 针对去年短板: what last year left, or began, is no time of the figure behind it.
_LEFT_BY_IT = (
    r"(?:[^，。；\n]{0,12}?(?:基础|之)上|以来|起(?!义)|开始|的?(?:先进|成功|好|有效|现成|历史|突出|存在)?的?(?:征兵|武装|各项|民兵|整组)?(?:工作)?的?"
    r"(?:短板|弱项|欠缺|教训|经验|做法|底子|势头|态势|思路|模式))(?=.)"
)
_BUILT_ON = re.compile(
    rf"(?:{_LAST}){_LEFT_BY_IT}"
    r"|(?:针对|巩固|总结|借鉴|结合|[吸汲]取|对照|参照|延续|沿用|按照?|依照|根据|围绕|立足|依托|鉴于|基于|聚焦|紧盯|保持|坚持|运用|发扬|落实)[好了]?"
    rf"(?:{_LAST})[^，。；\n0-9]{{0,8}}?(?:问题|不足|成果|成绩|成效|标准|情况|要求|部署|工作|计划|方案|总结|考核|水平|规模)(?![中里时])(?=.)"
)
_THIS_YEAR = re.compile("今年|本年")
_CHANGE = re.compile(
    r"(?:(?:增长|下降|增加|减少|提高|上升|降低|同比|增幅|净增|增|减|多|少)了?"
    r"|(?:[较比](?:去年|上年|上一年|同期)|同比)[^，、；。]{0,4}[多少增减][一-龥]{0,3})$"
)
_FROM = re.compile(r"[由从](?:(?:去年|上年|上一年|年初|同期|原来|原先|最初)的?)?[ ]?$")
_TO = re.compile("[，]?[一-龥]{0,3}[至到为成]了?[ ]?")
#: 去年两次，今年是三次: one fact, twice.
_NOW = re.compile("[，、；][ ]?(?:今年|本年)[一-龥]{0,4}[ ]?")
_NEW = re.compile("(?:新建|新增|新设|增设|其余|剩下)了?$")
#: 去年新兵12人、大学生9人: all that follows in its sentence, but for 比去年多了2人.
_YEAR_BEFORE = re.compile(
    rf"(?:(?<![一-龥])|(?<=而|但))(?:去年|上年|上一年|往年)(?!底|末|{_LEFT_BY_IT})|今年|本年|(?P<end>[。；;！？\n）])"
)
_CLAUSE = 16
#: A clause with none of these has no word that compares: most have none, and are not looked at further.
_COMPARING = frozenset("去上同增下减提降净多少由从新其剩")


@dataclass(frozen=True, slots=True)
class Said:
    """How a number is introduced.

    Attributes:
        change: 同比增加 stands right before it.
        last_year: 去年 stands before it in its clause.
        origin: it is the 9 of 由9个增至14个.
        year_before: 去年 opens the sentence that it stands in: it is no figure of this year.
        new: 新建1个，总数达到2个: only a part of what the fact counts.
    """

    change: bool
    last_year: bool
    origin: bool = False
    year_before: bool = False
    new: bool = False

    def cost(self, role: Role) -> float:
        """Last year's figure needs a word that says so, a difference as well."""
        if self.origin:
            return -1.0 if role == "last_year" else 40.0
        if role == "change":
            return 0.0 if self.change else 8.0
        if role == "last_year":
            return -1.0 if self.last_year and not self.change else 8.0
        return 4.0 if self.change or self.new or self.year_before else 1.0 if self.last_year else 0.0


PLAIN = Said(change=False, last_year=False)


def of_last_year(before: str) -> bool:
    """Whether the clause that these characters end says that its figure is last year's."""
    clause = _BREAKS.split(before)[-1]
    *_, last = (None, *_LAST_YEAR.finditer(clause))
    if last is None or _THIS_YEAR.search(clause, last.end()):
        return False
    built_on = _BUILT_ON.search(clause)
    return built_on is None or last.start() > built_on.end()


def introductions(text: str, numerals: Sequence[Numeral], year: int | None) -> tuple[list[Said], dict[int, int]]:
    """How each number is introduced, and the 14 of 由9个增至14个 → the place of the 9.

    Args:
        year: the report's own.
    """
    introduced: list[Said] = []
    anchors: dict[int, int] = {}
    years = _YEAR_BEFORE.finditer(text)
    ahead, year_before = next(years, None), False
    for place, numeral in enumerate(numerals):
        while ahead is not None and ahead.start() < numeral.start:
            year_before = ahead["end"] is None and ahead.group() not in ("今年", "本年")
            ahead = next(years, None)
        if numeral.kind == "year" and year is not None:
            year_before = numeral.value == year - 1
        before = text[max(0, numeral.start - _CLAUSE) : numeral.start]
        if not year_before and _COMPARING.isdisjoint(before):
            introduced.append(PLAIN)
            continue
        clause = _BREAKS.split(before)[-1]
        after = numerals[place + 1].start if place + 1 < len(numerals) else len(text)
        goes_on = after - numeral.end <= 8 and _TO.fullmatch(text, numeral.end, after)
        origin = bool(goes_on and _FROM.search(clause))
        now = after - numeral.end <= 10 and _NOW.fullmatch(text, numeral.end, after)
        origin = origin or bool(now and (year_before or of_last_year(before)))
        if origin:
            anchors[place + 1] = place
        last_year = year_before or of_last_year(before)
        new = bool(_NEW.search(clause))
        introduced.append(Said(bool(_CHANGE.search(clause)), last_year, origin, year_before, new))
    return introduced, anchors
