"""Last year's figure right beside this year's: ，2024年为48人, [48人], （48→55）, 去年48人今年55人, ，同期为48人.

Who writes two years side by side marks the older one by its number, by a bracket of his own kind, by an arrow or by a
word that only a neighbour explains. All of them are written as （去年…） or 去年 in the copy that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.intake.extract_last_words import Change

_DIGITS = r"[0-9]{1,9}(?:\.[0-9]{1,4})?"
_NUMBER = rf"(?:{_DIGITS}|[一二三四五六七八九十百千两零]{{1,8}})"
_UNIT = (
    "(?:人次|课时|学时|[余多]?万元?|[余多]?元|个百分点"
    "|[余多]?[人名位个次户块面条幅份张册期天处座间支起件例场回届堂所连%])"
)
_FIGURE = rf"{_NUMBER}{_UNIT}"
_IS = "(?:仅仅?|只|才|则|也|数|全年|同期|同口径|一共|共){0,2}(?:是|为|有|：)?"
#: 55人报名，2024年为48人，: the figure in front is this year's, and the clause says nothing else.
_BY_NUMBER = re.compile(
    rf"(?<![0-9.]){_FIGURE}[^，。；：（）\n0-9]{{0,10}}[，；（](?:而|但)?(?P<word>20[0-9]{{2}}年)度?{_IS}{_FIGURE}(?=[，。；）\n]|$)"
)
#: 报名88人，同期为79人; 预算23万元，基数是21万元
_UNNAMED = re.compile(
    rf"(?<![0-9.]){_FIGURE}[^，。；：（）\n0-9]{{0,10}}[，；（](?P<word>同期数?|基数|底数|上期数?)(?:是|为|：){_FIGURE}(?=[，。；）\n]|$)"
)
#: 报名去年204人今年219人
_UNPARTED = re.compile(
    rf"(?:去年|上年)(?:同期)?[一-龥]{{0,3}}{_FIGURE}(?P<at>)(?=(?:今年|本年)[一-龥]{{0,3}}{_NUMBER})"
)
#: 去年还只有6个，如今已有11个
_BY_NOW = re.compile(
    rf"(?:去年|上年)[^，。；\n0-9]{{0,8}}{_FIGURE}[，；](?:而|但|到)?(?P<word>现如今|如今|而今|现今|眼下|时下)(?=[^，。；\n0-9]{{0,6}}{_NUMBER})"
)
#: 基干民兵74人（68→74）
_ARROW = re.compile(
    rf"(?<![0-9.])(?P<now>{_DIGITS})(?P<unit>{_UNIT})（(?P<told>(?P<last>{_DIGITS}){_UNIT}?[ ]?"
    rf"[→⇒➔][ ]?(?P<again>{_DIGITS}){_UNIT}?)）"
)
#: 方括号里是2024年的数: the brackets that a text names are round ones to all that reads it.
_LEGEND = re.compile(
    r"(?P<kind>方|中|六角|尖|花|大)括[号弧](?=[^。；\n]{0,16}(?:去年|上年|20[0-9]{2}年))"
    r"|(?:去年|上年|20[0-9]{2}年)[^。；\n]{0,16}?(?P<other>方|中|六角|尖|花|大)括[号弧]"
)
_OTHER_BRACKETS = re.compile(
    rf"(?P<open>[\[〔【{{〈])(?=(?:{_NUMBER}|无|没)[^\[\]〔〕【】{{}}〈〉\n]{{0,24}}(?P<close>[\]〕】}}〉]))"
)


def beside(text: str, year: int | None) -> Iterator[Change]:
    """(start, end, what stands there instead), in no order.

    Args:
        text: the text.
        year: that of the report; None where it does not say.
    """
    for told in _BY_NUMBER.finditer(text):
        if year is not None and told["word"] == f"{year - 1}年":
            yield *told.span("word"), "去年"
    for told in _UNNAMED.finditer(text):
        yield *told.span("word"), "去年"
    for told in _UNPARTED.finditer(text):
        yield *told.span("at"), "，"
    for told in _BY_NOW.finditer(text):
        yield *told.span("word"), "今年"
    for told in _ARROW.finditer(text):
        if Decimal(told["now"]) == Decimal(told["again"]):
            yield *told.span("told"), f"去年{told['last']}{told['unit']}"
    if legend := _LEGEND.search(text):
        yield *legend.span("kind" if legend["kind"] else "other"), ""
        for told in _OTHER_BRACKETS.finditer(text):
            yield *told.span("open"), "（"
            yield *told.span("close"), "）"
