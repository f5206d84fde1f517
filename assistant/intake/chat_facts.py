"""Facts told in words: what a person's message would change in the sheet. Nothing is changed here.

The reader of old reports (``extract``) goes first; what it leaves, looser words settle: whoever talks to the assistant
about this year's report says 征兵12人 and means 入伍人数.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.fields import FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Value
from assistant.intake.chat_assigned import assigned
from assistant.intake.chat_differences import Differing
from assistant.intake.chat_making import SOURCE, ToldFacts
from assistant.intake.chat_names import labels_of
from assistant.intake.chat_offers import offers_between
from assistant.intake.chat_pointing import pointed
from assistant.intake.chat_steps import makes_sum
from assistant.intake.chat_unknown import unknown
from assistant.intake.extract import extract_text
from assistant.intake.proposals import accept, proposals, report_year
from assistant.slots.numeral import Numeral

_PASSED_OVER = frozenset({"ordinal", "year", "date", "multiple", "points"})
#: What may stand between a name and its figure without making it another thing.
_HARMLESS = re.compile(
    r"(?:的|了|有|是|为|到|达|共|计|约|大概|已经|已|总共|总|一共|合计|累计|人数|人员|"
    r"次数|数量|金额|总额|数|改成|改为|改到|改|应该|应为|应|更正|更新|调整|写成|写|换成|增至|升到|降到|开|发放|发|办|搞|"
    r"打|花|用|投入|投|支出|组织|召开|完成|参加|入伍|走|送|实际|只|才|就|今年|去年|全年|上年|[：:＝=“”\"' \t])*"
)
_TURN = re.compile(r"[，、,人名个次户条份万元块起天 ]*(?:而?应?该?是|改[成为到]|换成|更正为|调整为|调成)")
#: From 18 to 20: of the value that stands it is a correction, of any other one year beside the other.
_GREW = re.compile(r"[人名个次户条份万元块起天 ]*(?:增加|增|减少|减|上升|升|下降|降|提高|涨)[到至为成]")
_NOT = re.compile(r"(?:不是|不对|并非|把|将|从|由|原来的?|之前的?|的)$")
_LAST = re.compile(r"去年|上年|上一年|前一年")
_NOW = re.compile(r"今年|本年")
#: What is to be corrected is last year's, which the reader of reports does not see.
_LAST_TURNED = re.compile(r"^[请把将给我帮]*(?:去年|上年|上一年|前一年).*改[成为到]$")


def told_facts(text: str, sheet: FactSheet, recent: Sequence[str] = ()) -> ToldFacts:
    """What a message would change.

    Args:
        recent: labels that were spoken of last: 不是12是15 means one of them first.
    """
    return _Telling(text, sheet, recent).run()


class _Telling(Differing):
    def run(self) -> ToldFacts:
        self._turned()
        self._pointed()
        differences = self._take_differences()
        self._extracted()
        for number, one in enumerate(self._figures):
            if number not in self._taken and one.kind not in _PASSED_OVER and one.unit not in ("字", "句", "段", "节"):
                self._loose(one, self._sum_behind(number))
        for one, sign in differences:
            self._differing(one, sign)
        spans = self._words()
        offers = tuple(
            offer.model_copy(
                update={"quote": self.quotes.get(offer.label, ""), "doubt": self.doubts.get(offer.label, "")}
            )
            for offer in offers_between(self._sheet, self.made)
        )
        changed = {offer.label for offer in offers}
        same = tuple(label for label in self.told if label not in changed)
        return ToldFacts(
            offers,
            same,
            tuple(self.asks),
            tuple(dict.fromkeys(self.notes)),
            tuple(self._unread),
            tuple(unknown(self._read, spans)),
        )

    # ---- 不是12是15, 12改成15

    def _turned(self) -> None:
        for number, (old, new) in enumerate(zip(self._figures, self._figures[1:], strict=False)):
            between = self._text[old.end : new.start]
            grew = _GREW.fullmatch(between)
            if number in self._taken or not (grew or _TURN.fullmatch(between)):
                continue
            left = self._text[self._read.clause(old.start) : old.start]
            if not (_NOT.search(left) or "改" in between):
                continue
            if grew and not self._stands(self._read.fitting(self._read.before(old.start), new), old):
                continue
            self._taken |= {number, number + 1}
            quote = self._read.quote(self._read.clause(old.start), new.end)
            before, after = self._read.before(old.start), self._read.after(new)
            labels = self._read.fitting(before, new) or self._read.fitting(after, new) or self._holding(old, new)
            if len(labels) == 1:
                self.put(labels[0], new, quote)
            elif labels:
                self.ask(quote, labels, new)
            else:
                self.notes.append(f"没有找到现在是“{old.text}”的事实，请说明是哪一项。")

    def _stands(self, labels: list[str], old: Numeral) -> bool:
        """Whether the one fact that is named has this value now."""
        value = self._sheet.facts.get(labels[0], Fact()).value if len(labels) == 1 else None
        return isinstance(value, int | Decimal) and Decimal(value) == old.value

    def _holding(self, old: Numeral, new: Numeral) -> list[str]:
        """The facts whose value is the old one; those spoken of last before all others."""
        found = [
            label
            for label, fact in self._sheet.facts.items()
            if isinstance(fact.value, int | Decimal) and old.value is not None and Decimal(fact.value) == old.value
        ]
        found = [label for label in found if label in self._schema.by_label and self._read.fits(label, new)]
        return [label for label in found if label in self._recent] or found

    # ---- 不对，是13人; 比去年多2人

    def _pointed(self) -> None:
        for number, one in enumerate(self._figures):
            found = None if number in self._taken else pointed(self._read, one, self._recent)
            if found is None or one.kind in _PASSED_OVER:
                continue
            self._taken.add(number)
            quote = self._read.quote(self._read.sentence(one.start), one.end)
            if len(found.labels) == 1:
                self.put(found.labels[0], one, quote, last=found.last)
            else:
                self.ask(quote, list(found.labels), one, "去年" if found.last else "改成")

    # ---- the reader of reports

    def _extracted(self) -> None:
        extraction = extract_text(self._read.cleaned.source, self._schema, SOURCE)
        here = report_year(self._sheet)
        if extraction.year is not None and here is not None and extraction.year not in (here, here - 1):
            # Told as such by the looser words.
            return
        for proposal in proposals(extraction, self._sheet):
            found = proposal.found
            item = self._schema.by_label[found.label]
            hit = [n for n, one in enumerate(self._figures) if self._read.overlaps(one, found.start, found.end)]
            if any(n in self._taken or self._read.steps(self._figures[n]) for n in hit):
                continue
            if any(_LAST_TURNED.search(self._read.left(self._figures[n])) for n in hit):
                continue
            if item.type is FieldType.YEAR and item.label not in {label for one in self._names for label in one.labels}:
                continue
            if item.type in (FieldType.TEXT, FieldType.CHOICE, FieldType.LIST):
                # A sentence of instruction holds names as well; texts are taken where they are assigned.
                continue
            self._taken |= set(hit)
            self.made = accept(self.made, proposal)
            self._with_last_year(found.label, found.fact.last_year, hit)
            self.note_told(found.label, found.quote, proposal.doubt)

    def _with_last_year(self, label: str, value: Value | None, hit: list[int]) -> None:
        """12个，去年10个: the person says last year's figure too, so it is the one that counts."""
        if not isinstance(value, int | Decimal):
            return
        self.made = self.made.with_fact(label, replace(self.made.facts[label], last_year=value))
        for number, one in enumerate(self._figures):
            if (
                number not in hit
                and one.value == value
                and _LAST.search(self._text[self._read.clause(one.start) : one.start])
            ):
                self._taken.add(number)

    # ---- looser words

    def _loose(self, one: Numeral, total: Numeral | None = None) -> None:
        begin = self._read.clause(one.start)
        left = self._text[begin : one.start]
        sentence = self._text[self._read.sentence(one.start) : one.start]
        quote = self._read.quote(begin, one.end)
        signs = () if total else self._read.steps(one)
        if one.value is None:
            if self._read.before(one.start):
                self.notes.append(f"“{quote}”说的不是一个确定的数，没有记。")
            return
        before = self._read.before(one.start)
        labels = self._read.fitting(before, one)
        names = before
        if not labels:
            names = self._read.after(one)
            labels = self._read.fitting(names, one)
            quote = self._read.quote(begin if signs else one.start, names[-1].end) if names and labels else quote
        derived = [label for found in (*before, *names) for label in found.labels if self._worked_out(label, one)]
        if not labels and derived:
            self.notes.append(f"“{derived[0]}”由其他事实算出，不用填；请告诉我算它的那几个数。")
            return
        if not labels and self.cell(one, begin, quote, signs):
            return
        labels = labels or (self._spoken_of(one) if signs else [])
        if not labels:
            self._unread.append(one.text)
            return
        if self._plan and self._plan.search(sentence) and not _NOW.search(left):
            self.notes.append(f"“{quote}”是计划或任务数，没有当作今年的数。")
            return
        if len(labels) > 1:
            self.ask(quote, labels, total or one, "增加" if signs == (1,) else "减少" if signs == (-1,) else "改成")
            return
        between = self._text[names[-1].end : one.start] if names and names[-1].end <= one.start else ""
        doubt = "" if signs or total or _HARMLESS.fullmatch(between) else "说法不常见，请核对是不是这一项"
        at = [found.start() for found in _LAST.finditer(sentence)]
        now = [found.start() for found in _NOW.finditer(sentence)]
        last = bool(at) and (not now or at[-1] > now[-1])
        year, here = self._read.year(one.start), report_year(self._sheet)
        if year is not None and here is not None and year != here:
            if year != here - 1:
                self.notes.append(f"“{quote}”说的是别的年份，没有记。")
                return
            last = True
        self.put(labels[0], total or one, quote, doubt, last=last, signs=signs)

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
        if after is None or after.unit != one.unit or number + 1 in self._taken or not self._read.steps(one):
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

    # ---- texts, choices, lists

    def _words(self) -> list[tuple[int, int]]:
        """Takes them; where they stand."""
        found, notes = assigned(self._text, self._names, self._schema)
        self.notes += notes
        for one in found:
            had = self.made.facts.get(one.label, Fact())
            quote = self._read.quote(one.start, one.end)
            if one.more:
                kept = had.value if isinstance(had.value, tuple) else ()
                fact = replace(had, value=(*kept, str(one.value)))
            else:
                fact = replace(had, value=one.value, source=f"{SOURCE}：“{quote}”")
            self.made = self.made.with_fact(one.label, fact)
            self.note_told(one.label, quote, "")
        return [(one.start, one.end) for one in found]


def fact_named(words: str, sheet: FactSheet) -> tuple[str, ...]:
    """The facts that words name, and nothing else with them (入伍人数, 慰问金总额这个数)."""
    bare = re.sub(
        r"^(?:那个|这个|那项|这项)|(?:这个数|那个数|这一项|那一项|这项|那项|的数|一项|这条事实|这个事实|的值|的数据)$",
        "",
        words,
    )
    return labels_of(bare.strip(" “”\"'《》"), sheet.schema)
