"""Lines that tell the same of one place each, whatever its name ends in: 杨家坝：入伍1名 beside 大湾村：入伍3人.

A name alone tells no place from a topic: that the lines say the same word of each does, and that the name is no word
of the work (军事训练：组织3次 / 应急演练：组织2次), of a body of men (应急排：编制30人) or of a time (春季：入伍3人).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = r"[ \u3000]*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．][ ]?|[【\[●·*-] ?)?"
_DIGIT = "[0-9一二两三四五六七八九十]"
_LINE = re.compile(rf"^{_MARK}(?P<name>[一-龥]{{2,6}})：(?=[^\n]*?(?:{_DIGIT}|没|无))", re.MULTILINE)
#: The word in front of a figure, by its last two characters.
_SAID = re.compile(rf"(?P<word>[一-龥]{{2}})了?(?={_DIGIT})")
_TOPIC = re.compile(
    r"训练|演练|演习|征兵|入伍|应征|定兵|工作|教育|整组|民兵|慰问|走访|议军|宣传|活动|经费|资金|开支|装备|情况|保障|登记|兵役|报名"
    r"|体检|政审|处置|抢险|防汛|防火|扑火|扑救|值班|值守|会议|优抚|优待|抚恤|双拥|动员|潜力|物资|器材|建设|阵地|学习|培训|考核"
    r"|合计|总计|小计|共计|汇总|其中|其他|其它|另外|今年|去年|上年|本年|全年|全[镇乡街办区县]|[我本][镇乡街村]|[镇乡]里|武装部"
    r"|[^工]排$|[班连队营组]$|分队|半年|季度?$|[月年日度]$|[生兵员人军者户属]$|[数额率]$|[类型级批次轮期]$|文化|学历|大专|本科"
)


@dataclass(frozen=True)
class NamedLine:
    """A line that begins with a name and ``：``; characters [start, end) are its head."""

    start: int
    end: int
    name: str


def named_lines(text: str, villages: Sequence[NamedLine]) -> list[NamedLine]:
    """The lines of places; ``villages`` are the heads that are known by their names, which count as lines too."""
    known = {one.start for one in villages}
    formed = [
        NamedLine(one.start(), one.end(), one["name"])
        for one in _LINE.finditer(text)
        if one.start() not in known and not _TOPIC.search(one["name"])
    ]
    said: dict[str, set[str]] = {}
    for one in (*villages, *formed):
        for word in _words(text, one):
            said.setdefault(word, set()).add(one.name)
    return [one for one in formed if any(len(said[word]) > 1 for word in _words(text, one))]


def _words(text: str, one: NamedLine) -> set[str]:
    end = text.find("\n", one.end)
    return {found["word"] for found in _SAID.finditer(text, one.end, end if end >= 0 else len(text))}
