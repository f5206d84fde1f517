"""What the heads of columns say, and what tells the columns of lines without a head of their own.

A pasted sheet often has one head for all of its parts (【组织】 … 【民兵】 …), and a paper may tell it in words:
栏目顺序为：项目、2024年、2025年、增减.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: 栏目顺序为：, 各列依次是, 三个数分别为: what tells that names of columns follow.
_TOLD = re.compile(
    r"(?:栏目|各?列|各栏|表头|栏次|顺序|(?:每行|后面|各项)?(?:[两三四]个数|数字|数据))[^。；：\n]{0,10}?"
    r"(?:依次|分别|顺序)?(?:为|是|：|依次|分别)+[“]?(?P<names>[^。；\n”）]{4,60})"
)
_MARKS = re.compile("[、，,/／|｜]|(?<=年)和|(?<=数)和|[ \u3000]+")
#: Names of the column of names itself.
_NAMES = re.compile("项目|指标|名称|事项|内容|科目|类别|项|指标名称|项目名称|栏目")
_OF_YEARS = re.compile(
    r"20[0-9]{2}年?度?数?|(?:今年|本年度?|本期|去年|上年度?|上年同期|去年同期|同期|上期)(?:数|完成数?|实际数?|全年|情况)?"
    r"|(?:同比)?增减(?:数|额|情况)?|差额?|增幅|同比|相差|差[数值]|变化"
)
_LEAST, _MOST = 2, 8
#: What the head of a column says it is; the first that fits.
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile("序号?|编号|[Nn][Oo][.]?|#")),
    ("change", re.compile(".*(?:增减|同比|增幅|增长|升降|差额|变化|[±]|比(?:上年|去年)).*|相?差[数值]?|增[/／]减")),
    ("before", re.compile(".*(?:去年|上年|上一年|同期).*")),
    ("plan", re.compile(".*(?:计划|目标|任务|明年|来年|应完成).*|(?:年初)?预算数?")),
    ("unit", re.compile("(?:计量)?单位|量词")),
    ("remark", re.compile("备注|说明|附注|备考")),
    (
        "now",
        re.compile(
            "(?:本年度?|今年|本期|当年|全年|年度)?(?:本年度?|今年|本期|当年|数量?|数据|数值|完成数?|完成情况|实绩|实际数?|实际(?:完成|支出)数?|支出(?:数|金额)?|实支|决算数?|"
            "人数|次数|户数|金额|人次|结果|情况|总数|合计|累计|完成值|指标值|统计数|填报数)"
        ),
    ),
)
_SPACE = re.compile(r"[ \u3000]+")
_BRACKET = re.compile(r"[（(]([^（）()]{1,12})[）)]")


def told_names(words: str) -> list[str]:
    """The names of columns that a sentence tells, that of the names first; [] where it tells none."""
    for told in _TOLD.finditer(words):
        names = [name for name in _MARKS.split(told["names"].strip()) if name]
        if names and not _NAMES.fullmatch(names[0]):
            names.insert(0, "项目")
        years = sum(1 for name in names[1:] if is_of_years(name))
        if years >= _LEAST and len(names) < _MOST:
            return names
    return []


def names_parts(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the second line of a head names what the merged cells of the first hold: 人数 over 编制 and 实有.

    The shape tells it: below is filled where above a cell goes on, and empty where a cell of both lines stands.
    """
    if len(below) > len(above) or not above[0]:
        return False
    said = [*below, *[""] * (len(above) - len(below))]
    merged = [not cell or (place + 1 < len(above) and not above[place + 1]) for place, cell in enumerate(above)]
    return sum(merged) > 1 and merged == [bool(cell) for cell in said]


def is_of_years(name: str) -> bool:
    """Whether a head parts this year from last year, or tells the change."""
    bare = re.sub("[（(][^（）()]*[）)]", "", name)
    return _OF_YEARS.fullmatch(bare) is not None


def role_of(name: str) -> str:
    """What a column is by its head; "other" where the head does not say."""
    name = _SPACE.sub("", name)
    bare = _BRACKET.sub("", name) or name
    return next((role for role, words in _ROLES if words.fullmatch(bare)), "other")
