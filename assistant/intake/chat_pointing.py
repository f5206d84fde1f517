"""Figures that name no fact themselves: 不对，是13人 and 去年是10人 point at what was spoken of last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.intake.chat_reading import Reading
from assistant.slots.numeral import Numeral

#: All that may stand in front of such a figure in its sentence.
_POINTS = re.compile(
    r"(?:不对|不是|错了|你|您|说错了?|写错|记错了?|搞错了?|填错|更正一?下?|改一下|纠正一?下?|应该|应当|应|其实|实际上?|准确|"
    r"上面|前面|刚才|刚刚|上一个|上一项|最后|那个|这个|那项|这项|那条|它|数字|数|是|为|改成|改到|改|换成|填|写成?|算|把|将|"
    r"去年|上年|前一年|今年|本年|同期|的|有|共|只|才|就|得|要|说的|我|请|帮我|哦|噢|嗯|呃|啊|对了|，|,|、|：|:|“|\"|\s)*"
)
_AFTER = re.compile(r"(?:才对|才是|吧|了|哦|啊|呢|”|\"|\s)*(?=[，。；！？;!?\n,]|$)")
_LAST = re.compile(r"去年|上年|前一年|同期")
#: How a difference to last year is told, right in front of its figure.
_BESIDE_LAST = r"(?:同比|(?:比|较|跟|同|和)(?:去年|上年|上一年|前一年)(?:同期)?(?:相?比)?)[^，。；、\n]{0,6}?"
#: 多征了3人, 少报名8人: the verb may stand behind.
_DEED = r"[\u4e00-\u9fff]{0,5}$"
_MORE = re.compile(rf"{_BESIDE_LAST}(?:多|增加|增长|增|上升|涨|提高){_DEED}")
_LESS = re.compile(rf"{_BESIDE_LAST}(?:少|减少|减|下降|降|降低){_DEED}")
#: 增加到20人 tells what it came to.
_CAME_TO = re.compile(r"[到至为成达]$")
#: 多征到3人: a verb's own 到, behind 多 and 少.
_DONE = re.compile(r"[多少][\u4e00-\u9fff]{1,4}[到成]$")


@dataclass(frozen=True)
class Pointed:
    """A figure for one of ``labels``; ``last``: it is last year's."""

    labels: tuple[str, ...]
    last: bool


def pointed(reading: Reading, one: Numeral, recent: Sequence[str]) -> Pointed | None:
    """The facts that a figure may mean though its sentence names none; None where it points at nothing.

    Args:
        recent: labels that were spoken of last.
    """
    left = reading.text[reading.sentence(one.start) : one.start]
    if not _POINTS.fullmatch(left) or not _AFTER.match(reading.text, one.end):
        return None
    labels = tuple(label for label in recent if label in reading.schema.by_label and reading.fits(label, one))
    return Pointed(labels, bool(_LAST.search(left))) if labels else None


def difference(reading: Reading, one: Numeral) -> int:
    """1 for 比去年多2人, -1 for 比去年少2人, 0 for any other figure."""
    left = reading.text[reading.text.rfind("\n", 0, one.start) + 1 : one.start]
    if _CAME_TO.search(left) and not _DONE.search(left):
        return 0
    return 1 if _MORE.search(left) else -1 if _LESS.search(left) else 0
