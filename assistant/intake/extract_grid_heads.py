"""What the columns of lines without a head of their own are: told in a sentence above, or by an earlier head.

A pasted sheet often has one head for all of its parts (【组织】 … 【民兵】 …), and a paper may tell it in words:
栏目顺序为：项目、2024年、2025年、增减.
"""

from __future__ import annotations

import re

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


def is_of_years(name: str) -> bool:
    """Whether a head parts this year from last year, or tells the change."""
    bare = re.sub("[（(][^（）()]*[）)]", "", name)
    return _OF_YEARS.fullmatch(bare) is not None
