"""Figures of a part: of one season, one time, one of several, or of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.slots.numeral import Numeral

#: 参训九十多人次是上半年的: the part of the year stands behind.
PARTIAL_BEHIND = re.compile(r"(?:是|都是|为)?(?:上半年|下半年|[一二三四]季度|春季|秋季)的")
_ROW_OF_NOUNS = 60
_ALONE = re.compile("(?:^|[，；：])[^，；：、和及与]{1,8}$")
_PARTIAL = re.compile(
    r"(?:上半年(?![和、与及](?:下|年底|年末))|(?<!上、)(?<!上半年[和、与])下半年|上半年[和、与]下半年(?:各|分别)|[一二三四]季度|第[一二三四]批|首批|第[一二三四五]次|[第头]?[一二三四]回|头[一]?次|平均每|每[月季年人村次户个半批期轮场堂节周班]|每[两三][个年月]|一(?:个季度|季度?|学期)(?=[，]?[一二两三0-9]|$)|(?:当场|当天|当日)(?=[就共便有先]{0,2}$)|人均|每名|日均|月均)[^，。；\n]{0,14}$"
)
#: 最近一次是十一月二日，九点集合，到了161人: of one time.
_ONE_OF_THEM = re.compile("(?:最近|最后|末尾|最早|头|第[一二三四五])一?[次回](?:是|在|赶在|放在)[^。；\\n]{0,40}$")

#: 600元慰问金和价值200元的慰问品, 500元现金、300元物品, 500元，另有100元水果: what each gets beside.
_BESIDE = re.compile(
    r"[^，。；、\n]{0,10}?(?:和|及|以及|、|与|外加|加上|加|\+|，(?:另外?|并|还|外加|再加|加上?))"
    r"(?![^，。；、\n]*(?:共|合计|总|累计|全年|折合))[^，。；、\n]{0,10}"
)
_OF_EACH = re.compile(r"(?:每[户家人名]|户均|人均|一[户家])[^，。；\n]{0,14}$")
#: What each gets beside its first amount is of the same size.
_SIZE = 10


class Partial:
    """The parts that the figures of one text tell."""

    def __init__(self, text: str, figures: Sequence[Numeral]) -> None:
        self._text, self._figures = text, figures

    def is_part(self, begin: int, place: int) -> bool:
        """Whether a figure is of a part; ``begin``: where its clause does."""
        left = self._text[begin : self._figures[place].start]
        before = self._figures[place - 1].end if place else 0
        # 每户600元标准发放慰问金5.76万元: the rate has its figure already.
        if _PARTIAL.search(left[max(0, before - begin) :]) or self._beside(begin, place) or self._of_one_time(place):
            return True
        return _ONE_OF_THEM.search(left) is not None or self._one_of_several(place)

    def _beside(self, begin: int, place: int) -> bool:
        """每户600元慰问金和价值200元的慰问品: the second amount is of each too."""
        one, before = self._figures[place], self._figures[place - 1] if place else None
        if before is None or before.start < begin or not one.kind == before.kind == "money":
            return False
        if not _BESIDE.fullmatch(self._text, before.end, one.start) or (one.value or 0) >= _SIZE * (before.value or 0):
            return False
        own = max(begin, self._figures[place - 2].end if place > 1 else begin)
        return _OF_EACH.search(self._text, own, before.start) is not None or self._beside(begin, place - 1)

    def _of_one_time(self, place: int) -> bool:
        """第一次到一百一十七人"""
        before = self._figures[place - 1] if place else None
        if before is None or before.kind != "ordinal" or before.unit not in ("次", "回"):
            return False
        return re.fullmatch(r"[^，。；、\n]{0,12}", self._text[before.end : self._figures[place].start]) is not None

    def _one_of_several(self, place: int) -> bool:
        """实到七十八人、八十人: two figures for one noun; rows of nouns have as many of their own."""
        first = place - 1 if self._joined(place - 1) else place
        if not self._joined(first) or self._joined(first - 1) or self._joined(first + 1):
            # Alone, or in a longer row.
            return False
        one = self._figures[first]
        words = self._text[max(0, one.start - _ROW_OF_NOUNS) : one.start].rpartition("。")[2]
        return _ALONE.search(words) is not None and not re.search("分别|依次|各|前者", words)

    def _joined(self, place: int) -> bool:
        """Whether nothing but a 、 stands between this figure and the next."""
        if not 0 <= place < len(self._figures) - 1:
            return False
        one, two = self._figures[place], self._figures[place + 1]
        return one.kind == two.kind == "count" and one.unit == two.unit and self._text[one.end : two.start] == "、"
