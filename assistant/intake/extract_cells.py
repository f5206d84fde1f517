"""A figure with the words of its own clause: what stands before it, what behind, and whose words they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.intake.extract_cues import FIGURE
from assistant.slots.numeral import Numeral

_MARK = re.compile(r"[，；。：！？\n（）|｜\t]| {2,}|——")
_STOP = re.compile(r"[，；。：、！？\n（）|｜\t]|[ \u3000]{2,}|——")
#: 训练保障（含误工、伙食）12.3万: what stands in brackets is passed over.
_ASIDE = re.compile(r"（[^（）\n\ue001]{1,24}）[：为是]?$")
#: 19个社区建了14个: the verb is the second figure's.
_VERB = re.compile(
    r"(?:(?:已|都|均|全部)*(?:建|挂|设|编|办|换|登|报|走|送|发|开|组织|完成|达到)(?:了|成|"
    r"起|牌|上|到)?|占|有)+$"
)
_WHOLE = re.compile(r"(?:之中|当中|中|里头|里面|里)(?=[一-龥]{2})")
_SENTENCE = re.compile(r"[。！？\n；|｜]")
#: Words of a clause that say nothing of what is counted.
_EMPTY = re.compile(
    r"^(?:其中|准确地?说|确切地?说|具体|投入|拿出|列支|全年|今年|去年|上年|我们|总数|总量|合为|仍|保持|"
    r"花[去了]|用去|年内|本年度?|合起来|加起来|加一[块起]|加在一[块起]|拢共|人次|比例|占比|占|人数|金额|数量|也就是|即|开支|一共|共|合计|总计|"
    r"累计|计|约|近|分别|依次|各|已|均|为|是|有|达到?|了|的|也|还|又|另外?|"
    r"[ \u3000“”])+"
)
_SUM = re.compile(
    r"(?:合计|共计|总计|累计|一共|总共|共有|共|计|合为|总数达?到?|总额|小计|前后共?|两次|"
    r"加起来|合起来|加一[块起]|加在一[块起]|拢共|全年|合|[=＝])(?:到点|走访|慰问|出动|参训|发放|悬挂|训练|组织|开展|[看到参训发编送])?(?:了|为|是|达)?$"
)
#: 112人、116人，共计228人次; 1500册、5000张，合计6500份: parts may have measure words of their own, but for these.
_OTHER = {"个", "次", "天", "期", "场", "户", "年", "支", "批", "轮", "岁"}
_REACH = 24
_OWN_SENTENCE = 8
#: How far back the parts of a total may stand.
_FAR = 90


#: 兵役登记全部完成，156人
_DONE = re.compile(
    "(?:已经?|均|都)*(?:全部|全面|如期|按时|按期)(?:完成|办结|到位|结束)$"
    # 参训人次因此也少，今年118人次
    "|(?:因此|所以|因而|相应|随之|跟着|自然|也|却|反而|还|就|有所|略有?|稍|大幅|明显)+(?:增[加长多]?|减[少]?|多|少|上升|下降|涨|降)了?$"
)
#: 电子屏今年借了沿街商户的，一共14块: the noun in front of the year is what the next clause speaks of too.
_TOPIC = re.compile("(?P<topic>[一-龥]{2,8}?)(?:今年|本年|去年|上年)[一-龥]{2,14}$")
_NOT_BEFORE = re.compile("(?P<topic>[一-龥]{2,8}?)(?:去年|上年)(?:没有?|未|无|不)[一-龥]{0,6}，(?=今年|本年)")
#: 报名去年这会儿58: what says when is no word of what is counted.
_THEN = re.compile("(?<=[一-龥]{2})(?:去年|上年)(?:同期|这会儿?|这时候?|这个时候|此时)?(?:才|只|就|还|仅|是|有|为)*$")
#: 今年编到, 今年一共开了: nothing but verbs between the year and its figure.
OF_THIS_YEAR = (
    "(?:[的共为是有到了至成也还仍才就已只又达：]|[编配开搞办挂换走批定报建印发花登增降减列给送做练升涨缩]|"
    "一共|总共|列[进入]预算|安排|组织|举行|召开|增加|减少|上升|下降|提高|调整|扩大|压缩|完成)*"
)
_EACH_OF = re.compile(r"(?P<names>[一-龥“”][一-龥“”、]*[、和及与][一-龥“”、]*[一-龥“”])各[设有建办开]?$")
_BARE_PART = re.compile("[、，]")


@dataclass(frozen=True)
class Cell:
    """One figure with its words.

    Attributes:
        left, right: the words of its clause, up to the next mark or the next figure.
        above: the clause before.
        shared_left, shared_right: the words stand between two figures, and belong rather to the other one.
        headed: a colon parts the two clauses (光荣牌：更换94块).
    """

    left: str
    right: str
    above: str
    shared_left: bool
    shared_right: bool
    headed: bool = False

    @property
    def bare(self) -> bool:
        """No words of its own."""
        return not said(self.left) and not said(self.right)


@lru_cache(maxsize=4096)
def said(words: str) -> str:
    """Words without those that say nothing of what is counted."""
    return _EMPTY.sub("", words).strip("的了为是有 \u3000“”")


def cell_of(masked: str, one: Numeral) -> Cell:
    """The words of a figure's clause; ``masked`` is the text with figures masked."""
    stop = one.start
    if aside := _ASIDE.search(masked, max(0, stop - 30), stop):
        stop = aside.start()
    begin = max(0, stop - _REACH)
    for found in _MARK.finditer(masked, begin, stop):
        begin = found.end()
    figure = masked.rfind(FIGURE, begin, stop)
    parted = masked[figure + 1 : stop].lstrip("”） ") if figure >= 0 else ""
    after_figure = figure >= 0 and not parted.startswith("、")
    opens = after_figure and not said(masked[begin : masked.find(FIGURE, begin)])
    first = begin if figure < 0 else stop - len(parted.removeprefix("、"))
    left = masked[first:stop]
    end = min(len(masked), one.end + _REACH)
    if mark := _STOP.search(masked, one.end, end):
        end = mark.start()
    following = masked.find(FIGURE, one.end, end)
    before_figure = following >= 0
    right = masked[one.end : following if before_figure else end]
    left = _THEN.sub("", left)
    whole = _WHOLE.search(left) if after_figure else None
    if whole is not None:
        left, opens = left[whole.end() :], False
    elif after_figure and (verb := _VERB.search(left)) and verb.start():
        left, opens = verb.group(), False
    if before_figure and (verb := _VERB.search(right)):
        right = right[: verb.start()]
    if before_figure and one.kind == "money" and masked[following - 1 : following] in "的了 " and end - following < 14:
        # 投入三万元整修了唯一的一座器材库: what is mended stands behind the other figure.
        right = masked[one.end : end].replace(FIGURE, "")
        before_figure = False
    above = _above(masked, begin) if figure < 0 or not said(left) else ""
    if (contrast := _NOT_BEFORE.match(masked, _start_of(masked, begin))) and contrast.end() == begin:
        # 库室建设去年没花钱，今年修屋顶花4.2万元
        left = contrast["topic"] + left
    headed = bool(above) and masked[begin - 1] == "："
    if before_figure and (whole := _WHOLE.search(right)):
        # 14名新兵中大学生12人: the second noun is the second figure's.
        right = right[: whole.start()]
    return Cell(left, right, above, opens, before_figure and bool(said(left)), headed)


def _start_of(masked: str, begin: int) -> int:
    """Where the clause before begins."""
    start = max(0, begin - 1 - _REACH)
    for mark in _MARK.finditer(masked, start, max(start, begin - 1)):
        start = mark.end()
    return start


def _above(masked: str, begin: int) -> str:
    """The clause before: 适龄青年，287人; 慰问：110户."""
    if begin < 2 or masked[begin - 1] not in "，：（、—":
        return ""
    start = _start_of(masked, begin)
    words = _DONE.sub("", masked[start : begin - 1])
    topic = _TOPIC.match(words)
    return topic["topic"] if topic and FIGURE not in words else words


def sums(masked: str, figures: Sequence[Numeral]) -> dict[int, tuple[int, ...]]:
    """Numbers of totals → those of their parts: 春节30户、八一34户，共64户; 2期，每期6天，共12天."""
    found: dict[int, tuple[int, ...]] = {}
    for place, one in enumerate(figures):
        if one.value is None:
            continue
        both = place and figures[place - 1].end == one.start and figures[place - 1].text in ("两次", "三次")
        if not both and not _SUM.search(masked[max(0, one.start - 8) : one.start].rstrip(FIGURE)):
            continue
        start = max(0, one.start - _FAR)
        stops = [mark.end() for mark in re.finditer("[。\n]", masked[start : one.start])]
        if stops and one.start - start - stops[-1] <= _OWN_SENTENCE and masked[start + stops[-1] - 1] == "。":
            # …；9月出动58人次。四次合计207人次: the total has a sentence of its own.
            stops.pop()
        start += max(stops, default=0)
        parts: list[int] = []
        total = one.value - one.value
        for other in range(place - 1, -1, -1):
            part = figures[other]
            if part.start < start:
                break
            # 头回到71、二回到74，合145人次: the parts have their measure word from the total.
            bare = part.kind == "number" and one.kind == "count" and _BARE_PART.match(masked, part.end)
            if part.value is None or (part.kind != one.kind and not bare):
                continue
            if not bare and part.unit != one.unit and (one.kind != "count" or {part.unit, one.unit} & _OTHER):
                continue
            parts.insert(0, other)
            total += part.value
            if total >= one.value:
                break
        if len(parts) > 1 and total == one.value:
            found[place] = tuple(parts)
        elif place and figures[place - 1].start >= start and _each_of(masked, figures[place - 1], one):
            found[place] = (place - 1,)
        elif place > 1 and one.kind == "count" and figures[place - 1].unit == one.unit:
            times = (figures[place - 1].value or 0) * (figures[place - 2].value or 0)
            if one.value == times > 1 and figures[place - 2].start >= start:
                found[place] = (place - 1, place - 2)
    return found


def _each_of(masked: str, part: Numeral, total: Numeral) -> bool:
    """上坪、白马、青冈各1处，共3处: as many as have been named."""
    if (part.kind, part.unit) != (total.kind, total.unit) or not part.value or not total.value:
        return False
    named = _EACH_OF.search(masked, max(0, part.start - _FAR), part.start)
    return named is not None and total.value == part.value * len(re.split("[、和及与]", named["names"]))
