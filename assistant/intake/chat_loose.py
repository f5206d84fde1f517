"""Figures that the reader of reports left, bound by looser words: whoever talks says 征兵12人 and means 入伍人数."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.facts.fields import FieldType
from assistant.intake.chat_names import Named
from assistant.intake.chat_parts import alike
from assistant.intake.chat_reported import LAST, NOW, Reported
from assistant.intake.chat_rows import columns_named
from assistant.intake.chat_steps import Change, makes_sum
from assistant.intake.chat_turned import BECOMES
from assistant.intake.extract_figures import value_of_figure
from assistant.intake.source_year import report_year
from assistant.slots.numeral import Numeral

#: None is made of others: a run of them that leads nowhere would be parted in every way there is.
_WORDS = (
    r"的|了|有|是|为|到|达|共|计|约|大概|已经|已|总|一共|合计|累计|人数|人员|"
    r"次数|数量|金额|数|改成|改到|改|应该|应|更正|更新|调整|写成|写|换成|增至|升到|降到|开|发放|发|办|搞|"
    r"打|花|用|投入|投|支出|组织|召开|完成|参加|入伍|走|送|实际|只|才|就|今年|去年|全年|上年|总额|[：:＝=“”\"' \t]"
)
#: What may stand between a name and its figure without making it another thing.
_HARMLESS = re.compile(f"(?:{_WORDS})*")
#: Between a list's name and a figure that it is set to.
_SET_TO = re.compile(
    r"(?:的?(?:个数|条数|项数|数量|总数|数))?(?:应该|应当|应|一共|总共|共|合计)?"
    r"(?:改成|改为|改到|改|换成|写成|填成|填|增加到?|减少到?|增至|减至|变成|达到|有|是|为|：|:)?了?"
)
_SHORT = 2
_THIS_YEAR = re.compile(r"[，, ]*(?:而|但)?(?:今年|本年|现在)(?:的|是|有|只有|才|到了?|达)*")
_COUNT_OF = re.compile(r"([户人次天份条块个名])数[^，。0-9]{0,6}$")
_SPENT = re.compile(r"[用花](?:了|掉|去)|支出|开支|支付")
_MONEY = re.compile(r"[钱款费]|金额|资金")
#: 5万 is said of something, as 5万元 is.
_ROUND = "万亿千百"
#: 征兵不对，应该是14.
_WRONG = re.compile(
    r"(?:人数|次数|那个|这个|那项|数字?|的)*(?:不对|不准|错了|[记写报填说搞弄]错了?|有误)(?:了|的)?[，,]*"
    r"(?:应该|应当|应|实际|其实)?(?:是|为|改成|改为|只有|有)"
)
#: They say of what only by what stands before.
_BARE_EACH = frozenset({"每户", "每人", "户均", "人均", "每次"})
#: 15 of 征兵任务15，完成18.
_TARGET = re.compile(r"(?:的)?(?:任务|指标|计划)数?(?:是|为|：|:)?")
_LEFT = re.compile("走[了掉]?$")
_ODD = "说法不常见，请核对是不是这一项"
#: 征兵人数不变，还是12人: what the sentence named.
_STILL = re.compile(r"(?:都|也|就)?(?:还是|仍是|仍然?为|仍然是|依然是|依旧是)")
#: What may stand in front of a figure whose name comes after: 发了2000份资料.
_LEADING = re.compile(rf"(?:我们?镇?|咱们?|本镇|全镇|辖区|镇里|下辖|辖|设|现有|其中|另有|挂|征|{_WORDS})*")


class Loose(Reported):
    """The figures that are left, each for the fact that is named nearest to it, asked about, or told as unread."""

    def _loose(self, one: Numeral, total: Numeral | None = None) -> None:
        begin = self._read.clause(one.start)
        quote = self._read.quote(begin, one.end)
        signs = () if total else self._read.steps(one)
        before, left = self._read.before(one.start), self._text[begin : one.start]
        if one.value is None:
            if before:
                self.notes.append(f"“{quote}”说的不是一个确定的数，没有记。")
            return
        labels, names = self._read.fitting(before, one), before
        row = self.row_of_table(one)
        if (row or not labels) and self._row_of_last_year(one, begin, quote):
            return
        if (row or not labels) and self.cell(one, begin, quote, self._read.steps(one), total):
            return
        behind = False
        if not labels:
            names = self._read.after(one)
            labels = self._read.fitting(names, one)
            behind = bool(labels and names)
            quote = self._read.quote(begin if signs else one.start, names[-1].end) if behind else quote
        if not labels and (note := self._no_figure_of(one, [*before, *names], quote)):
            self.notes.append(note)
            return
        labels = labels or (self._spoken_of(one) if signs or _STILL.fullmatch(left) else [])
        if not labels and (wrong := self._said_wrong(one)):
            self.put(wrong, one, self._read.quote(self._read.sentence(one.start), one.end))
            return
        if not labels:
            self._unnamed(one, begin, quote)
            return
        sentence = self._text[self._read.sentence(one.start) : one.start]
        if self._plan and self._plan.search(sentence) and not NOW.search(left):
            self.notes.append(f"“{quote}”是计划或任务数，没有当作今年的数。")
            return
        if one.text in ("俩", "仨") and _LEFT.search(left):
            # Who went, and from where, is not said: conscripts, or men of a team.
            self.ask(quote, labels, one)
            return
        between = self._text[names[-1].end : one.start] if names and names[-1].end <= one.start else ""
        if _TARGET.fullmatch(between):
            self.notes.append(f"“{quote}”是计划或任务数，没有当作今年的数。")
            return
        if len(labels) > 1:
            self.ask(quote, labels, total or one, "增加" if signs == (1,) else "减少" if signs == (-1,) else "改成")
            return
        last = self.of_last_year(sentence)
        year, here = self._read.year(one.start), report_year(self._sheet)
        if year is not None and here is not None and year != here:
            if year != here - 1:
                self.notes.append(f"“{quote}”说的是别的年份，没有记。")
                return
            last = True
        whole = last or signs or total
        if not whole and (self.parts_of_year(one, labels[0]) or self.only_a_part(one, labels[0], quote)):
            return
        odd = not (signs or total or _HARMLESS.fullmatch(between))
        of_another = self._each_of_another(names, begin)
        if (
            of_another
            or (odd and names[-1].loose)
            or (behind and not signs and names[-1].loose and not _LEADING.fullmatch(left))
        ):
            # A short word and words between that nobody expected: it may be about something else.
            self.ask(
                self._read.quote(begin, max(one.end, names[-1].end)), labels, total or one, "去年" if last else "改成"
            )
            return
        doubt = _ODD if odd else self._unlike(labels[0], one, total)
        for label in self._joined(before, one) or labels[:1]:
            self.put(label, total or one, quote, doubt, last=last, signs=signs)

    def _each_of_another(self, names: Sequence[Named], begin: int) -> bool:
        """优待金31户，每户1.8万: the short name says 每, and what the clause before counts was not understood."""
        if not names or names[-1].name not in _BARE_EACH:
            return False
        earlier = [one for one in self._figures if self._read.sentence(begin) <= one.start < begin]
        return bool(earlier) and earlier[-1].text in self._unread

    def _row_of_last_year(self, one: Numeral, begin: int, quote: str) -> bool:
        """应急排去年28人: no table keeps last year's figures."""
        left = self._text[begin : one.start]
        if not self.of_last_year(self._text[self._read.sentence(one.start) : one.start]) or not self.row_here(left):
            return False
        self.notes.append(f"“{quote}”说的是去年的，表里只记今年的数，没有记。")
        return True

    def _said_wrong(self, one: Numeral) -> str:
        """征兵不对，应该是14: the fact that the clause before says is wrong, where no other figure stands between."""
        begin = self._read.sentence(one.start)
        names = [name for name in self._names if begin <= name.start and name.end <= one.start]
        if not names or any(names[-1].end <= other.start < one.start for other in self._figures):
            return ""
        labels = self._counted(names, one)
        between = self._text[names[-1].end : one.start]
        return labels[0] if len(labels) == 1 and _WRONG.fullmatch(between) else ""

    def _unlike(self, label: str, one: Numeral, total: Numeral | None) -> str:
        """A doubt where a change and what it is said to have come to do not go together."""
        item = self._schema.by_label[label]
        come = value_of_figure(total, FieldType(item.type)) if total else None
        if not isinstance(come, int | Decimal):
            return ""
        amount = value_of_figure(one, FieldType(item.type))
        return Change(label, self._sheet.value(label), item.measure, one, amount, (-1, 1)).unlike(come)

    def _no_figure_of(self, one: Numeral, names: Sequence[Named], quote: str) -> str:
        """Why a figure that stands by a name is none of its: computed, or no whole number."""
        labels = [label for found in names for label in found.labels]
        if derived := next((label for label in labels if self._worked_out(label, one)), None):
            return f"“{derived}”由其他事实算出，不用填；请告诉我算它的那几个数。"
        item = self._schema.by_label.get(labels[-1]) if labels else None
        whole = one.value is None or one.value == one.value.to_integral_value()
        if item is not None and item.type is FieldType.COUNT and one.kind == "number" and not whole:
            return f"“{quote}”没有记：“{item.label}”要填整数，不能是{one.text}。"
        return ""

    def _unnamed(self, one: Numeral, begin: int, quote: str) -> None:
        """A figure that no name stands by; a name that is a place of the text may still be meant: 训练那块15天."""
        if (label := self.named_by_other_part(one)) and self.parts_of_year(one, label):
            return
        if label := self._of_the_same(one):
            self.put(label, one, quote)
            return
        if labels := self._counted_so(one):
            self.ask(quote, labels, one)
            return
        places = [name for name in self._read.places if begin <= name.start and name.end <= one.start]
        labels = self._read.fitting(places, one) if one.unit not in ("", "个") and one.text[0] != "一" else []
        labels = labels or (self._named_ahead(one) if one.unit or one.text[-1] in _ROUND else [])
        if _MONEY.search(self._read.left(one)):
            money = [label for label in labels if self._schema.by_label[label].type is FieldType.MONEY]
            labels = money or labels
        if labels:
            self.ask(quote, labels, one)
        elif not self._become(one):
            if listed := self.set_as_number(one, FieldType.TABLE):
                self.notes.append(listed)
            else:
                self._unread.append(one.text)

    def set_as_number(self, one: Numeral, *kinds: FieldType) -> str:
        """What to say where a list or a table is told as a number: 征兵荣誉改成2个; "" where none is.

        Args:
            kinds: those that are looked for.
        """
        name = next(reversed(self._read.before(one.start)), None)
        item = self._schema.by_label.get(name.labels[0]) if name and len(name.labels) == 1 else None
        # 不足30人 names no 存在问题.
        if name is None or item is None or item.type not in kinds or len(name.name) <= _SHORT:
            return ""
        if not _SET_TO.fullmatch(self._text[name.end : one.start]):
            return ""
        quote = self._read.quote(self._read.clause(one.start), one.end)
        if item.type is FieldType.LIST:
            return f"“{item.label}”要一条一条写，不是填数，“{quote}”没有记。要加，请说“{item.label}加一条：……”。"
        return f"“{item.label}”是一张表，请说是其中哪一行的数，“{quote}”没有记。"

    def _of_the_same(self, one: Numeral) -> str:
        """70 of 宣传横幅去年60今年70: this year's figure of what last year's was told for; "" for none."""
        begin = self._read.sentence(one.start)
        earlier = [other for other in self._figures if begin <= other.start < one.start]
        if not earlier or not _THIS_YEAR.fullmatch(self._text[earlier[-1].end : one.start]):
            return ""
        if not LAST.search(self._read.left(earlier[-1])):
            return ""
        labels = self._read.fitting(self._read.before(earlier[-1].start), one)
        return labels[0] if len(labels) == 1 else ""

    def _counted_so(self, one: Numeral) -> list[str]:
        """户数跟着改成80: of what the sentence named before, the fact that is counted so."""
        word, begin = _COUNT_OF.search(self._read.left(one)), self._read.sentence(one.start)
        names = [name for name in (*self._names, *self._read.places) if begin <= name.start < one.start]
        labels = dict.fromkeys(label for name in names for label in name.labels if word)
        items = [item for label in labels if (item := self._schema.by_label.get(label))]
        return [item.label for item in items if word and item.measure == word[1] and self._takes(item.label, one)]

    def _become(self, one: Numeral) -> bool:
        """Whether an earlier figure is said to be this one now: then this one counts, or is asked about."""
        sentence = self._read.sentence(one.start)
        earlier = [other for other in self._figures if sentence <= other.start < one.start]
        if not earlier or not BECOMES.search(self._text, earlier[-1].end, one.start):
            return False
        if _SPENT.search(self._text, earlier[-1].end, one.start):
            # 预算28万，实际用了24.3万: something else.
            return False
        begin = self._read.clause(earlier[-1].start)
        quote = self._read.quote(begin, one.end)
        told = next((label for label, first in self.figure_of.items() if first is earlier[-1]), "")
        if not told or not self._takes(told, one):
            ahead = self._text[begin : earlier[-1].start]
            # 应急排编制30人，现在28人: of which column 28 is, is not said.
            return not (told or columns_named(ahead, self._schema)) and self.cell(one, begin, quote)
        self.withdraw(told)
        self.ask(quote, [told], one)
        return True

    def _named_ahead(self, one: Numeral) -> list[str]:
        """征兵的事没弄好，只有12个: what the sentence named before, if no other figure came between."""
        begin = self._read.sentence(one.start)
        ahead = [name for name in self._names if begin <= name.start and name.end <= one.start]
        # 慰问那块，户数没变，钱涨到5万了
        names = ahead or [name for name in self._read.places if begin <= name.start and name.end <= one.start]
        if not names or self._read.is_whole(names[-1], one.start):
            return []
        between = any(names[-1].end <= other.start < one.start for other in self._figures)
        return [] if between or self._read.in_place(one) else self._read.fitting(names[-1:], one)

    def _spoken_of(self, one: Numeral) -> list[str]:
        """What a change without a name means: 不对，少了2个 what its sentence names, 再加3人 what came last."""
        begin = self._read.sentence(one.start)
        if any(begin <= other.start < one.start for other in self._figures):
            return []
        ahead = [name for name in self._names if begin <= name.start < one.start]
        return self._read.fitting(ahead, one) if ahead else [name for name in self._recent if self._takes(name, one)]

    def _sum_behind(self, number: int) -> Numeral | None:
        """21人 of 增加3人，达到21人: what a change came to is what counts."""
        one, after = self._figures[number], next(iter(self._figures[number + 1 :]), None)
        if after is None or not alike(one, after) or number + 1 in self._taken or not self._read.steps(one):
            return None
        if not makes_sum(self._text[one.end : after.start]):
            return None
        self._taken.add(number + 1)
        return after

    def _worked_out(self, label: str, one: Numeral) -> bool:
        item = self._schema.derived_by_label.get(label)
        if item is None:
            return False
        if item.type is FieldType.PERCENT:
            return one.kind == "percent"
        return one.kind == "number" or one.unit in (item.measure, *item.measures, "元")
