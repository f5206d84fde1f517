"""Lines that tell the same of one place each, whatever its name ends in: 杨家坝：入伍1名 beside 大湾村：入伍3人.

A name alone tells no place from a topic or a person. Two at least must be called as places are (杨家坝, 一中), or
be told by a village's officer; other lines count with them where they say the same word, or stand among them in the
same form.
A word of the work (军事训练：组织3次), of a body of men (应急排：编制30人) or of a time (春季：入伍3人) is never one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_MARK = r"[ \u3000]*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．][ ]?|[【\[●·*-] ?)?"
_DIGIT = "[0-9一二两三四五六七八九十]"
#: 村支书陈永贵, 东岗, 桃园-李会计.
_WHO = (
    r"(?P<name>(?P<officer>村?(?:支书|文书|会计|民兵连长|网格员)|村(?:书记|主任))[一-龥]{2,4}|[一-龥]{2,6})"
    r"(?:[—·-][一-龥]{2,5})?"
)
#: What places are called.
PLACE = re.compile(
    "(?:[村屯社居寨坝坪湾沟岭庄店坡塘河岗庙营冲垭梁台桥洼峪堡集圩滩洲岛坑垅垄畈墩湖坳关埂窝厂口铺头嘴园街巷组队院校场]"
    "|社区|居委会|大队|小区|家属区|机关|公司|[一二三四五六七八九十]中)$"
)
#: 老费, 小汪, 周部长.
_PERSON = re.compile("^[老小阿][一-龥]{1,2}$|[部镇乡局科所站股]长$|书记$|主任$|干事$|委员$|同志$")
_LINE = re.compile(
    rf"^{_MARK}{_WHO}(?P<by>[】\]]?：|[】\]]|[ \u3000]{{1,4}})(?=[^\n]*?(?:{_DIGIT}|没|无))", re.MULTILINE
)
#: The word in front of a figure, by its last two characters.
_SAID = re.compile(rf"(?P<word>[一-龥]{{2}})了?(?={_DIGIT})")
_TOPIC = re.compile(
    r"训练|演练|演习|征兵|入伍|应征|定兵|工作|教育|整组|民兵|慰问|走访|议军|宣传|活动|经费|资金|开支|装备|情况|保障|登记|兵役|报名"
    r"|体检|政审|处置|抢险|防汛|防火|扑火|扑救|值班|值守|会议|优抚|优待|抚恤|双拥|动员|潜力|物资|器材|建设|阵地|学习|培训|考核"
    r"|困难|难处|项$|场所|任务|队伍|急事|表扬|合计|总计|小计|共计|汇总|其中|其他|其它|另外|此外|还有|今年|去年|上年|本年|全年|全[镇乡街办区县]|[我本][镇乡街村]|[镇乡][里上]"
    r"|武装部|问题|打算|原因|建议|计划|下步|下一步|说明|备注|联系|电话|时间|地点|标准|任务|目标|荣誉|各[村社]"
    r"|[^工]排$|[班连营组]$|(?<!大)队$|分队|半年|季度?$|[月年日度]$|[生兵员人军者户属牌]$|[数额率款费]$|[类型级批次轮期]$|文化|学历|大专|本科"
)


_LEAST = 2
#: 三个村的情况, 各社区上报: what stands below is told place by place.
_ANNOUNCED = re.compile(
    "(?:各|[0-9一两二三四五六七八九十几]+个)(?:行政)?(?:村|社区|村社区|大队|屯)[^，。；\n0-9]{0,6}(?:情况|数|报|统计|如下|：)"
)


@dataclass(frozen=True)
class NamedLine:
    """A line that begins with a name and ``：`` or a blank; characters [start, end) are its head."""

    start: int
    end: int
    name: str


def no_place(name: str, facts: frozenset[str]) -> bool:
    """Whether a name is a word of the work, of people or of a time; ``facts``: how facts and columns are called."""
    return (_TOPIC.search(name) or _PERSON.search(name)) is not None or any(
        name in word or word in name for word in facts
    )


def named_lines(text: str, villages: Sequence[NamedLine], facts: frozenset[str]) -> list[NamedLine]:
    """The lines of places; ``villages`` are the heads that are known by their names, which count as lines too."""
    known = {one.start for one in villages}
    told = [one for one in _LINE.finditer(text) if one["officer"] or not no_place(one["name"], facts)]
    formed = {
        one.start(): (NamedLine(one.start(), one.end(), one["name"]), one["by"].strip(" \u3000"))
        for one in told
        if one.start() not in known
    }
    sure = {one["name"] for one in told if one["officer"] or PLACE.search(one["name"])} | {one.name for one in villages}
    if len(sure) < _LEAST and not (sure and _ANNOUNCED.search(text)):
        return []
    said: dict[str, set[str]] = {}
    for one in (*villages, *(line for line, _ in formed.values())):
        for word in _words(text, one):
            said.setdefault(word, set()).add(one.name)
    alike = (line.start for line, _ in formed.values() if any(len(said[word]) > 1 for word in _words(text, line)))
    taken = {*alike, *known}
    if len(taken) >= _LEAST:
        lines = [0, *(found.end() for found in re.finditer(r"\n+(?=[^\n])", text))]
        for way in (lines, lines[::-1]):
            for before, start in pairwise(way):
                if before not in taken or start not in formed:
                    continue
                line, by = formed[start]
                # A blank parts a name only where it does so in the line beside it.
                if (by or (before in formed and not formed[before][1])) and _words(text, line):
                    taken.add(start)
    return [line for start, (line, _) in formed.items() if start in taken]


def _words(text: str, one: NamedLine) -> set[str]:
    end = text.find("\n", one.end)
    return {found["word"] for found in _SAID.finditer(text, one.end, end if end >= 0 else len(text))}
