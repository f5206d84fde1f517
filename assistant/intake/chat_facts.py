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
from assistant.intake.chat_making import SOURCE, Making, ToldFacts
from assistant.intake.chat_names import labels_of
from assistant.intake.chat_offers import offers_between
from assistant.intake.chat_pointing import difference, pointed
from assistant.intake.chat_reading import Reading
from assistant.intake.chat_unknown import unknown
from assistant.intake.extract import extract_text
from assistant.intake.extract_figures import value_of_figure
from assistant.intake.proposals import accept, proposals, report_year
from assistant.slots.numeral import Numeral

_PASSED_OVER = frozenset({"ordinal", "year", "date", "multiple", "points"})
#: What may stand between a name and its figure without making it another thing.
_HARMLESS = re.compile(
    r"(?:再加上?|再算上|再减掉?|减掉|减去|扣掉|的|了|有|是|为|到|达|共|计|约|大概|已经|已|总共|总|一共|合计|累计|人数|人员|"
    r"次数|数量|金额|总额|数|改成|改为|改到|改|应该|应为|应|更正|更新|调整|写成|写|换成|增至|升到|降到|开|发放|发|办|搞|"
    r"打|花|用|投入|投|支出|组织|召开|完成|参加|入伍|走|送|实际|只|才|就|今年|去年|全年|上年|[：:＝=“”\"' \t])*"
)
_TURN = re.compile(r"[，、,人名个次户条份万元块起天 ]*(?:而?应?该?是|改[成为到]|换成|更正为|调整为|调成)")
_NOT = re.compile(r"(?:不是|不对|并非|把|将|从|由|原来的?|之前的?|的)$")
_LAST = re.compile(r"去年|上年|上一年|前一年")
_NOW = re.compile(r"今年|本年")


def told_facts(text: str, sheet: FactSheet, recent: Sequence[str] = ()) -> ToldFacts:
    """What a message would change.

    Args:
        recent: labels that were spoken of last: 不是12是15 means one of them first.
    """
    return _Telling(text, sheet, recent).run()


class _Telling(Making):
    def __init__(self, text: str, sheet: FactSheet, recent: Sequence[str]) -> None:
        self._read = Reading(text, sheet.schema)
        super().__init__(self._read, sheet)
        self._sheet = sheet
        self._recent = recent
        self._figures = self._read.figures
        self._names = self._read.names
        self._plan = re.compile(self._schema.hints.plan) if self._schema.hints.plan else None
        self._taken: set[int] = set()
        self._unread: list[str] = []

    def run(self) -> ToldFacts:
        self._turned()
        self._pointed()
        differences = self._take_differences()
        self._extracted()
        for number, one in enumerate(self._figures):
            if number not in self._taken and one.kind not in _PASSED_OVER and one.unit not in ("字", "句", "段", "节"):
                self._loose(one)
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
            if number in self._taken or not _TURN.fullmatch(self._text[old.end : new.start]):
                continue
            left = self._text[self._read.clause(old.start) : old.start]
            if not (_NOT.search(left) or "改" in self._text[old.end : new.start]):
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

    def _take_differences(self) -> list[tuple[Numeral, int]]:
        """Figures that tell how much more or less it was than last year: +1, -1."""
        found = []
        for number, one in enumerate(self._figures):
            sign = 0 if number in self._taken else difference(self._read, one)
            if sign:
                self._taken.add(number)
                found.append((one, sign))
        return found

    def _differing(self, one: Numeral, sign: int) -> None:
        """Works the other year's figure out of the one that is told or known."""
        begin = self._read.sentence(one.start)
        quote = self._read.quote(self._read.clause(one.start), one.end)
        named = [name for name in self._names if begin <= name.start < one.start]
        labels = self._read.fitting(named, one) or [label for label in self._recent if self._takes(label, one)]
        amount = value_of_figure(one, FieldType(self._schema.by_label[labels[0]].type)) if len(labels) == 1 else None
        if not isinstance(amount, int | Decimal):
            self.notes.append(f"“{quote}”没有记，请直接说去年的数是多少。")
            return
        label = labels[0]
        had = self.made.facts.get(label, Fact())
        told = self._sheet.facts.get(label, Fact())
        doubt = f"由“{quote}”算出，请核对"
        if had.last_year is not None and had.last_year != told.last_year and had.value == told.value:
            now: Value = had.last_year + sign * amount  # type: ignore[operator]
            made = replace(had, value=now, approximate="", source=f"{SOURCE}：“{quote}”")
        elif isinstance(had.value, int | Decimal):
            made = replace(had, last_year=had.value - sign * amount)
        else:
            self.notes.append(f"“{quote}”没有记，“{label}”今年的数还没有填。")
            return
        if any(isinstance(value, int | Decimal) and value < 0 for value in (made.value, made.last_year)):
            self.notes.append(f"“{quote}”没有记：算下来会小于零。")
            return
        self.made = self.made.with_fact(label, made)
        self.note_told(label, quote, doubt)

    def _takes(self, label: str, one: Numeral) -> bool:
        return label in self._schema.by_label and self._read.fits(label, one)

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
            if any(n in self._taken or self._read.step(self._figures[n]) for n in hit):
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

    def _loose(self, one: Numeral) -> None:
        begin = self._read.clause(one.start)
        left = self._text[begin : one.start]
        sentence = self._text[self._read.sentence(one.start) : one.start]
        quote = self._read.quote(begin, one.end)
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
            quote = self._read.quote(one.start, names[-1].end) if names and labels else quote
        derived = [label for found in (*before, *names) for label in found.labels if self._worked_out(label, one)]
        if not labels and derived:
            self.notes.append(f"“{derived[0]}”由其他事实算出，不用填；请告诉我算它的那几个数。")
            return
        if not labels:
            if not self.cell(one, begin, quote):
                self._unread.append(one.text)
            return
        if self._plan and self._plan.search(sentence) and not _NOW.search(left):
            self.notes.append(f"“{quote}”是计划或任务数，没有当作今年的数。")
            return
        if len(labels) > 1:
            self.ask(quote, labels, one)
            return
        between = self._text[names[-1].end : one.start] if names and names[-1].end <= one.start else ""
        doubt = "" if _HARMLESS.fullmatch(between) else "说法不常见，请核对是不是这一项"
        at = [found.start() for found in _LAST.finditer(sentence)]
        now = [found.start() for found in _NOW.finditer(sentence)]
        last = bool(at) and (not now or at[-1] > now[-1])
        year, here = self._read.year(one.start), report_year(self._sheet)
        if year is not None and here is not None and year != here:
            if year != here - 1:
                self.notes.append(f"“{quote}”说的是别的年份，没有记。")
                return
            last = True
        self.put(labels[0], one, quote, doubt, last=last, step=self._read.step(one))

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
