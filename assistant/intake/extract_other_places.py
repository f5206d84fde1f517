"""Figures of other places: what a neighbour, the county or one village alone has."""

from __future__ import annotations

import re

from assistant.intake.extract_of_all import own_parts

#: 邻近的东湖镇今年入伍14人, 全县共征兵320人: other places' figures, up to the words that come back to one's own.
_ELSEWHERE = re.compile(
    r"(?:^|[，、（])[ \u3000]*(?:而|但|据悉|此外|另外|去年|上年|今年|本年度?|(?:截至)?目前|至此)*"
    r"(?:(?:相邻|邻近|毗邻|隔壁|兄弟|友邻|周边|先进|其他|其它|别的|附近|外)[一-龥]{0,4}(?:镇|乡|街道|村|县|区|社区|单位)"
    r"|全[区县市省国](?!第)|[区县市]里?(?:今年|去年|先后|统一)?[为给]全[区县市]|[区县市]里(?=(?:今年|去年|全年)?(?:全部|所有|各|共|总共|一共))|[一-龥]{1,2}[县市](?=全[县市]|共|平均)"
    r"|(?P<mine>(?:我|本|该)(?:村|社区)(?![级里])))"
)
#: 听说河湾街道今年走了17个: a neighbour whose name stands nowhere else.
_NEIGHBOUR = re.compile(
    r"(?:^|[，、：（]|说|讲|提到|比如|像)[ \u3000]*(?P<name>(?![我本全各该邻某外街乡城每两几])[一-龥]{2}(?:街道|镇|乡))"
    r"(?=今年|去年|上年|走|入伍|征|完成|也|就|他们)"
)
_UNIT, _HEAD = re.compile("[一-龥]{2}(?:街道|镇|乡|办事处)"), 120
_BACK = re.compile(r"(?<![一-龥])(?:[镇乡]党委|街道党工委)|我[镇乡街办们区]|本[镇乡街办村]|咱|全[镇乡街办]|自己|我的")
#: 龙王庙村：民兵35人，入伍2人；其余9个村民兵合计171人: what one village has is a part of what the township has.
_OF_A_VILLAGE = re.compile(
    r"^[ \u3000]*(?:(?:分|逐|按)村[^，：]{0,4}[，：])?(?:(?!所?辖|[下管]辖|各|本|全[镇乡街办处])[一-龥]{1,5}(?<!个)"
    r"(?:村|社区|屯)(?:(?:委会|居委会)?[：，]|(?:党?支书|党支部书记|书记|主任|会计|文书|连长)[一-龥]{0,3}：)|(?:其余|其他|其它|剩下的?)[^，。；：]{0,8}(?:村|社区))"
)


def of_other_place(text: str, begin: int, start: int, *, of_village: bool, alone: bool) -> bool:
    """Whether a figure is another place's.

    Args:
        begin: where its clause does. of_village: the unit is a village. alone: the text is what one village reports.
    """
    left = text[begin:start]
    elsewhere = _ELSEWHERE.search(left)
    if elsewhere and not (_BACK.search(left, elsewhere.end()) or (elsewhere["mine"] and of_village)):
        return True
    return _neighbour(text, begin, start) or (not alone and _a_village_s(text, begin, start))


def _a_village_s(text: str, begin: int, start: int) -> bool:
    """Whether a figure is a village's that opened the clause, and nobody spoke of the whole since (，另外镇里…)."""
    village = _OF_A_VILLAGE.search(text[begin:start])
    if village is None:
        return False
    return any(first <= start < last for first, last in own_parts(text, begin + village.end(), start + 1))


def _neighbour(text: str, begin: int, start: int) -> bool:
    other = _NEIGHBOUR.search(text[begin:start])
    if other is None or text.count(other["name"]) > 1 or begin + other.start() < _HEAD:
        return False
    back = _BACK.search(text, begin + other.end(), start)
    return back is None and _UNIT.search(text, 0, _HEAD) is not None
