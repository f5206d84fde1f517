"""What the words around a figure make of it: this year's result, last year's, a change, a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.facts.numeral_values import value_of
from assistant.intake.extract_from_to import FROM, FromTo
from assistant.intake.extract_other_places import of_other_place
from assistant.intake.extract_partial import PARTIAL_BEHIND, Partial
from assistant.intake.extract_villages import parts_of_villages, told_by_villages
from assistant.intake.extract_years import reaches
from assistant.slots.numeral import Numeral

Role = Literal["value", "last-year", "change", "plan", "other-year", "other-place", "partial"]

_LAST = re.compile(
    r"(?:原来|原先)[一-龥]{0,2}(?:只|就|仅|才)(?:有|是)?$|"
    r"(?:去年|上年|上一年|往年|前年)(?:度)?(?:同期)?(?:的|还|才|是|为|有|共|只有|仅|这个数|这[两三]个数|这[两三]项|数|分别|：|达|实际|完成|安排|预算|投入)*[一-龥]{0,2}$"
)
_LAST_CLAUSE = re.compile(
    r"(?:^|[，。；：（、\n])(?:[^，。；：（、\n]{0,3}|[^，。；：（、\n]{0,12}[由从])(?:去年|上年|上一年(?!来|下来|里)|往年|前年|上年度)(?!开始|以来|起|建|成立|底|剩|结余|结转|留下|余下)：?"
    r"(?:[^，。；：（）\n]|（[^（）\n]*+）?)*$"
)
#: 预算去年、今年都是20万元: one figure for both years; 去年7个、今年还是7个: the second is this year's.
_BOTH = re.compile(
    "(?:去年|上年)[、和与跟同，]?(?:今年|本年)|(?:今年|本年)[、和与跟同](?:去年|上年)|这?两年|(?:今年|本年)(?:和|与|跟|同)(?:去年|上年)一样"
)
#: 去年印了4000份没发完
_LEFT_OVER = re.compile("[，]?[没未][一-龥]完")
#: 民兵之家去年这时候才挂出九个
_LAST_THEN = re.compile("(?:去年|上年)(?:同期|这会儿?|这时候?|这个时候|此时)[^，。；：今现]{0,12}$")
#: 去年定兵九人，大学生六人; 去年点验2次，155人次到点: what goes on behind last year's.
_GOES_ON, _COUNTED = re.compile("[，、](?P<noun>[一-龥]{0,6}?)[有是为]?"), re.compile("的?(?P<noun>[一-龥]{2})")
_BOTH_ARE = re.compile("(?:都|均|全|同样)(?:是|为|有|报|开|安排|列)*(?:了)?$")
_YET_NOW = re.compile("[、；](?:到)?(?:今年|本年|现在)[^，。；：、\n]{0,6}$")
#: 去年参军九人，大学生五人: a sentence that begins with last year speaks of it to its end.
_LAST_SENTENCE = re.compile(r"^[ \u3000]*(?:而|但)?(?:去年|上年|上一年)(?!以来|底|年底)")
#: （上年7人，其中大学生5人）
_IN_LAST = re.compile(r"（(?:去年|上年|上一年)[^（）]*$")
_CLOSED = re.compile(r"[^（）]*）")
_NOW = re.compile(r"今年|本年|现在|目前|[增升降减][一-龥]{0,2}[到至为]|同比")
#: 前年是90人，去年88人: of the year before the last.
_BEFORE_LAST = re.compile(r"(?:前年|大前年)[^，。；：（、\n去今]{0,6}$")
_CHANGE = re.compile(
    r"(?:增长|上升|增加|减少|提高|降低|下降|增幅|降幅|净增|多出|多了|少了|新增|提升|增收|压减|缩减|超出|翻了?|[比较](?:去年|上年|上一年)(?:同期)?[^，。；\n]{0,4}[增减多少加涨][一-龥]{0,2}|(?<!差不)[增减多少]|[再又](?:新?建|增设?|添|打造)成?|(?:高|多|超)出(?:去年|上年)(?:同期)?)"
    r"(?:了|约|近|率|幅度|人数|经费|数)*(?:为|是)?$"
)
_TO = re.compile(
    r"(?:(?<!协)(?:[增减升降压扩提调缩延回下变改补涨]|上(?!年))[一-龥]{0,2})(?:到|至|为|"
    r"成)(?:了)?(?:今年的?|现在的?)?$"
    # 净增3个、达到17个
    r"|(?:[比较](?:去年|上年)(?:同期)?)?(?:净增|新增|增加|减少|压减|多开?)了?[0-9.一二三四五六七八九十百两]{1,6}[一-龥]{1,2}[、，](?:总数|总量|总额|累计|现)?(?:达到?|共)了?$"
)
#: 走了十二个，不对，是十一个: the second figure takes the place of the first.
_CORRECTED = re.compile(r"，?(?:不对|不是|哦不|说错了|更正|口误)[，：]?(?:应该|应当|应)?(?:是|为)?")
_CLAUSE = re.compile(r"[。！？\n；]")
#: 括号内为上年数, 去年的数写在括号里: every figure that opens a bracket behind another one is last year's.
_LEGEND = re.compile(
    r"(?:括[号弧](?:内|里头?|中)?|（[ \u3000]*）[ ]?(?:内|里|中)?)面?(?:的|所[注列填]的?|标注?的?|填写?的?)?"
    r"(?:数字|数据|数值|数)?(?:均|都|皆|一律|全)?(?:为|是|系|指|填)(?P<year>20[0-9]{2})?(?:年度?|去年|上年度?|上一年)"
    r"(?:同期|全年)?(?:的|完成)?(?:数|情况|[，。；）])"
    r"|(?:(?P<other>20[0-9]{2})年|去年|上年)(?:同期|全年)?的?(?:数字|数据|数值|数|情况)?(?:均|都|一律)?"
    r"[写列放标注填记附见]?[在于入]?(?:后[面边]|其后)?的?括[号弧][内里中]"
    r"|今年数?（(?:去年|上年)数?）"
)
#: 松岭村2025年武装工作小结: the paper of a village, whose 我村 is the unit itself.
_OF_VILLAGE = re.compile(
    r"\s*[一-龥]{1,6}(?:村|社区)(?:党支部|村?民?委员会|民兵连)?(?:20[0-9]{2}|[二〇零一二三四五六七八九]{4})年"
)
_COMPARED = ("比", "较", "于", "由", "从")
#: 66人应到、64人实到: those who were to come.
_DUE_BEHIND = re.compile("应(?:到|训|参训|参点|点)(?=[，、；。）])")
_SINCE = re.compile(
    r"(?:近年来|近[0-9一二三四五六七八九十两]{1,2}年|(?<![一])[二三四五六七八九十两][0-9]?年来|历年|建[成库站]以来|累计已|自[^，。]{0,6}20[0-9]{2}年以来|20[0-9]{2}年至20[0-9]{2}年)"
)


@dataclass(frozen=True, slots=True)
class Context:
    """The judgement on one figure.

    Attributes:
        role: what it is.
        left: place up to which the words in front belong to it; for the second of 由10人增至12人 that in front of 由.
    """

    role: Role
    left: int


class Reader:
    """Judges the figures of one text in order."""

    def __init__(
        self,
        text: str,
        plan: str,
        year: int | None,
        figures: list[Numeral],
        others: Sequence[tuple[int, int]] = (),
        *,
        of_village: bool = False,
    ) -> None:
        """``others``: what other places report; ``of_village``: the text is a village's own."""
        self._text = text
        self._plan = re.compile(plan) if plan else None
        self._year = year
        self._figures = figures
        self._judged: dict[int, Context] = {}
        self._villages = [*others, *([] if of_village else told_by_villages(text))]
        self._of_village = of_village or _OF_VILLAGE.match(text) is not None
        self._alone = of_village
        self._from_to, self._partial = FromTo(text, figures), Partial(text, figures)
        self._reaches = reaches(text, year)
        self.shares = parts_of_villages(text, figures)
        legend = _LEGEND.search(text)
        named = legend and (legend["year"] or legend["other"])
        self._legend = legend is not None and (not named or not year or int(named) == year - 1)

    def judge(self, place: int) -> Context:
        """The figure number ``place``."""
        # In order: a judgement asks for that of the figure before, and a text may have thousands.
        for following in range(len(self._judged), place + 1):
            self._judged[following] = self._judge(following)
        return self._judged[place]

    def both(self, place: int) -> int:
        """预算去年、今年都是20万元: where the two years are named whose figure it is; 0 where they are not."""
        one = self._figures[place]
        are = _BOTH_ARE.search(self._text, max(0, one.start - 8), one.start)
        if are is None:
            return 0
        told = list(_BOTH.finditer(self._text, max(0, are.start() - 12), are.start()))
        return told[-1].start() if told and told[-1].end() == are.start() else 0

    def bracketed(self, place: int) -> bool:
        """15人（13人）: last year's beside this year's, in a text that says so of its brackets."""
        if not self._legend or not place:
            return False
        one, text = self._figures[place], self._text
        opens = text[self._figures[place - 1].end : one.start].strip(" ") in ("（", "(")
        return opens and text[one.end : one.end + 1] in ("）", ")", "，", "；")

    def _judge(self, place: int) -> Context:
        one = self._figures[place]
        text, start = self._text, one.start
        begin = self._clause(start)
        left = text[begin:start]
        if self.bracketed(place):
            return Context("last-year", start)
        if _LEFT_OVER.match(text, one.end):
            return Context("change", start)
        if one.text.startswith(("不少于", "至少")) or _DUE_BEHIND.match(text, one.end):
            return Context("plan", start)
        following = self._figures[place + 1 : place + 2]
        if following and _CORRECTED.fullmatch(text, one.end, following[0].start):
            return Context("change", start)
        if place and _CORRECTED.fullmatch(text, self._figures[place - 1].end, start):
            return Context("value", self._figures[place - 1].start)
        change = self._from_to
        if change.changes(begin, place):
            return Context("last-year", start)
        before = change.amount(place, -1)
        if before is not None and begin <= self._figures[before].start and change.changes(begin, before):
            first = self._figures[before - 1 if change.pair(before - 1) else before]
            if change.pair(before - 1) and place - before > 1:
                return Context("value", start)
            told = FROM.search(text[begin : first.start])
            return Context("value", begin + told.start() if told else first.start)
        if place > 1 and change.pair(place - 3) and change.changes(begin, place - 3):
            return Context("value", start)
        if self._plan and self._planned(begin, one):
            return Context("plan", start)
        if change.passed(place):
            return Context("change", start)
        if place and change.passed(place - 1):
            words = text[begin : self._figures[place - 1].start]
            return Context("value", begin + len(re.sub("(?:首次|一举|成功)$", "", words)))
        if of_other_place(text, begin, start, of_village=self._of_village, alone=self._alone):
            return Context("other-place", start)
        if any(first <= start < last for first, last in self._villages):
            return Context("other-place", start)
        if PARTIAL_BEHIND.match(text, one.end):
            return Context("partial", start)
        if to := _TO.search(left):
            return Context("value", begin + to.start())
        if _CHANGE.search(left) or one.kind in ("points", "multiple"):
            return Context("change", start)
        if place and self._figures[place - 1].end == start and self.judge(place - 1).role == "change":
            # 比去年多2次120人次
            return Context("change", start)
        if _BEFORE_LAST.search(left):
            return Context("other-year", start)
        if at := self.both(place):
            return Context("value", at)
        if _YET_NOW.search(left):
            return Context("value", start)
        if _LAST.search(left) or _LAST_THEN.search(left) or self._still_last(begin, place):
            return Context("last-year", start)
        if _LAST_CLAUSE.search(left) or _IN_LAST.search(left):
            return Context("last-year", start)
        if (opened := _LAST_SENTENCE.search(left)) and not _NOW.search(left, opened.end()):
            return Context("last-year", start)
        if (other := self._other_year(begin, place)) is not None:
            return Context(other, start)
        if place in self.shares or self._partial.is_part(begin, place):
            return Context("partial", start)
        return Context("value", start)

    def _still_last(self, begin: int, place: int) -> bool:
        """Whether a noun that this sentence has told of this year is told again right behind last year's figure."""
        if not place or self.judge(place - 1).role != "last-year" or self._figures[place - 1].start < begin:
            return False
        before, one = self._figures[place - 1], self._figures[place]
        between = _GOES_ON.fullmatch(self._text, before.end, one.start)
        if between is None or re.search("今年|本年|现在|目前", between.group()):
            return False
        noun, said = between["noun"], self._text[begin : before.start]
        if len(noun) > 1:
            # 去年入伍11人，大学生7人，今年大学生12人
            later = re.compile(f"[^。；\n]{{0,40}}今年(?:的)?{re.escape(noun)}").match(self._text, one.end)
            return (
                later is not None
                or re.search(re.escape(noun) + "[有是为]?[0-9一二三四五六七八九十百]", said) is not None
            )
        counted = _COUNTED.match(self._text, one.end) if not noun else None
        return counted is not None and counted["noun"] in said

    def _clause(self, start: int) -> int:
        # Cut at a mark, so that no word in the middle of a long sentence seems to open it.
        begin = max(0, start - 160)
        if begin:
            begin = max(begin, self._text.find("，", begin, start))
        for stop in _CLAUSE.finditer(self._text, begin, start):
            begin = stop.end()
        return begin

    def _planned(self, begin: int, one: Numeral) -> bool:
        assert self._plan is not None
        for found in self._plan.finditer(self._text, begin, one.start):
            between = self._text[found.end() : one.start]
            if _CLOSED.match(between):
                # 训练（要求不少于10天）：12天
                continue
            # 年初计划召开2次，实际召开3次: what was done is said again.
            if not re.search(r"实际|完成了|已(?:完成|建成|召开)|最终|我们|列了|落实了|拿出", between):
                return True
        return False

    def _other_year(self, begin: int, place: int) -> Role | None:
        """Whose figure it is where the words in front name a year that is not the report's."""
        if _SINCE.search(self._text, begin, self._figures[place].start):
            return "other-year"
        if self._year is None:
            return None
        start = self._figures[place].start
        for other in reversed(self._figures[:place]):
            if other.start < begin:
                break
            if (named := year_of(other)) is not None:
                if _CLOSED.match(self._text, other.end, start):
                    continue
                # 入伍16人，比2024年的14人多2人，大学生14人: a year that is compared with says its own figure.
                compared = self._text[other.start - 1 : other.start] in _COMPARED
                if compared and any(other.end <= one.start < start for one in self._figures[:place]):
                    continue
                if named == self._year:
                    return None
                return "last-year" if named == self._year - 1 else "other-year"
        over = next((named for first, last, named in self._reaches if first <= start < last), None)
        if over is None:
            return None
        return "last-year" if over == self._year - 1 else "other-year"


def year_of(one: Numeral) -> int | None:
    """The year that a figure names, 2023年 and 二〇二三年十一月 alike; None where it names none."""
    if one.kind == "year" and one.value is not None:
        return int(one.value)
    if one.kind != "date":
        return None
    if one.date is not None:
        return one.date.year
    head = re.match(r"([0-9]{4}|[零〇○一二三四五六七八九]{4})[ ]?年", one.text)
    value = value_of(head.group(1)) if head else None
    return int(value) if value is not None else None
