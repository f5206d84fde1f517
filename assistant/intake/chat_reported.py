"""What the reader of reports finds in a message, as far as the message surely says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.facts.fields import FactField, FieldType
from assistant.facts.last_year import with_last_year
from assistant.facts.sheet import Fact
from assistant.intake.chat_conflicts import bare_row, other_figures, rows_like
from assistant.intake.chat_gone import village
from assistant.intake.chat_making import SOURCE
from assistant.intake.chat_names import Named
from assistant.intake.chat_parts import Parts
from assistant.intake.chat_rows import row_names
from assistant.intake.extract import extract_text
from assistant.intake.extract_figures import value_of_figure
from assistant.intake.proposals import Proposal, accept, proposals
from assistant.intake.source_year import report_year
from assistant.slots.numeral import Numeral

#: 比去年多 tells no figure of last year.
LAST = re.compile(r"(?<![比较跟])(?:去年|上年|上一年|前一年)")
NOW = re.compile(r"今年|本年")
#: What is to be corrected is last year's, which the reader of reports does not see.
_LAST_TURNED = re.compile(r"^[请把将给我帮]*(?:去年|上年|上一年|前一年).*改[成为到]$")

#: Behind names that are joined: one figure for each.
_EACH = re.compile(r"(?:人数|次数|数)?(?:今年|全年)?(?:也)?(?:都|均|各|各自|一样)")
_CLAUSE = re.compile(r"[^，。；、,;\n]+")
_AND = re.compile(r"(?:人数|次数|数)?(?:[和与及跟、]|以及)")


class Reported(Parts):
    """The findings of the reader of reports, each taken, asked about or left to the looser words."""

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
            if found.row is None:
                hit = self._of_finding(hit, found.fact, FieldType(item.type))
            if not hit and any(self._read.overlaps(one, found.start, found.end) for one in self._read.passed):
                continue
            if any(self.row_of_table(self._figures[n]) for n in hit):
                continue
            if any(_LAST_TURNED.search(self._read.left(self._figures[n])) for n in hit):
                continue
            if item.type is FieldType.YEAR and item.label not in {label for one in self._names for label in one.labels}:
                continue
            if item.type in (FieldType.TEXT, FieldType.CHOICE, FieldType.LIST):
                # A sentence of instruction holds names as well; texts are taken where they are assigned.
                continue
            if hit and (self._read.in_place(self._figures[hit[0]]) or self._read.of_a_part(self._figures[hit[0]])):
                continue
            if hit and self._read.beside_another(self._figures[hit[0]], found.label):
                self._taken |= set(hit)
                self.ask(found.quote, [found.label], self._figures[hit[0]])
                continue
            self._taken |= set(hit)
            if hit and found.row is None and self._of_villages(self._figures[hit[0]], found.label):
                continue
            others = other_figures(extraction, found, self._read)
            if hit and others:
                self._taken |= {n for n, one in enumerate(self._figures) if one in others}
                self.ask_several(found.label, [self._figures[hit[0]], *others])
                continue
            if found.row is not None:
                self._extracted_row(proposal, item, [self._figures[n] for n in hit])
                continue
            if len(hit) == 1 and self._in_part(self._figures[hit[0]], proposal):
                continue
            self.made = accept(self.made, proposal)
            self._with_last_year(found.label, found.fact, hit)
            self.note_told(found.label, found.quote, proposal.doubt)
            if hit:
                one = self._figures[hit[0]]
                self.figure_of[found.label] = one
                for label in self._joined(self._read.before(one.start), one):
                    if label != found.label:
                        self.put(label, one, found.quote)

    def _of_finding(self, hit: list[int], fact: Fact, kind: FieldType) -> list[int]:
        """18 and not 15 of 征兵任务15，完成18: the figures that a finding states, of those that its words hold."""
        told = [n for n in hit if value_of_figure(self._figures[n], kind) in (fact.value, fact.last_year)]
        return told or hit

    def _of_villages(self, one: Numeral, label: str) -> bool:
        """王家坪社区入伍1人，李家湾村2人，合计3人, told in one sentence."""
        place = village(self._text, self._read.sentence(one.start), self._read.clause(one.start), one.start)
        counted = self._schema.by_label[label].type in (FieldType.COUNT, FieldType.MONEY)
        return bool(place) and counted and self.villages(one, label)

    def _in_part(self, one: Numeral, proposal: Proposal) -> bool:
        """Whether a figure is only a part of this year's, and was asked about."""
        found = proposal.found
        ahead = self._text[self._read.sentence(one.start) : one.start]
        if found.fact.last_year is not None or self.of_last_year(ahead):
            return False
        counted = self._schema.by_label[found.label].type in (FieldType.COUNT, FieldType.MONEY)
        # The reader of reports has told of a part by itself.
        parts = counted and not proposal.doubt and self.parts_of_year(one, found.label)
        return parts or self.only_a_part(one, found.label, found.quote)

    def of_last_year(self, sentence: str) -> bool:
        at = [found.start() for found in LAST.finditer(sentence)]
        now = [found.start() for found in NOW.finditer(sentence)]
        return bool(at) and (not now or at[-1] > now[-1])

    def _extracted_row(self, proposal: Proposal, item: FactField, figures: Sequence[Numeral]) -> None:
        """A row of a table: taken, or asked about where it may be one that the table has."""
        proposal = bare_row(proposal, item)
        found, key = proposal.found, item.key_column.label
        row = {label: value for label, value in (found.row or {}).items() if isinstance(value, int | Decimal | str)}
        name = str(row.get(key) or "")
        self.whole_quotes += [words for words in _CLAUSE.findall(found.quote) if name in words]
        if not any(column.type.numeric for column in item.columns):
            # Figures are words of a deed there.
            self.whole_quotes.append(found.quote)
            figures = ()
        cells = {value_of_figure(one, kind): one.text for one in figures for kind in (FieldType.COUNT, FieldType.MONEY)}
        told = {text for value, text in cells.items() if value in row.values()}
        self._unread += [one.text for one in figures if one.text not in told]
        if near := rows_like(item, found, self._sheet, self._text):
            self.ask_row(item, near, name, {label: value for label, value in row.items() if label != key}, found.quote)
            return
        # 器材投入7.5万，其中对讲机1.36万
        of_another = name not in row_names(self.made.value(item.label), key) and f"其中{name}" in self._text
        self.made = accept(self.made, proposal)
        doubt = f"“{name}”是“其中”的一项，会和上面的数重复计，请核对" if of_another else ""
        self.note_told(item.label, found.quote, proposal.doubt or doubt)

    def _joined(self, before: Sequence[Named], one: Numeral) -> list[str]:
        """议军会和专题会都是3次: all the facts that one figure is told for; none where it is told for one."""
        if not before or not _EACH.match(self._text, before[-1].end):
            return []
        begin = self._read.sentence(one.start)
        names = [name for name in self._names if begin <= name.start and name.end <= before[-1].end]
        found = self._counted(names[-1:], one)[:1]
        for name, following in reversed(list(pairwise(names))):
            labels = self._counted([name], one)
            if not _AND.fullmatch(self._text, name.end, following.start) or len(labels) != 1:
                break
            found.append(labels[0])
        return found if len(found) > 1 else []

    def _with_last_year(self, label: str, told: Fact, hit: list[int]) -> None:
        """12个，去年10个: the person says last year's figure too, so it is the one that counts."""
        value = told.last_year
        if not isinstance(value, int | Decimal):
            return
        self.told_last.add(label)
        fact = with_last_year(self.made.facts[label], value, word=told.last_approximate)
        self.made = self.made.with_fact(label, fact)
        for number, one in enumerate(self._figures):
            if (
                number not in hit
                and one.value == value
                and LAST.search(self._text[self._read.clause(one.start) : one.start])
            ):
                self._taken.add(number)

    def _counted(self, names: list[Named], one: Numeral) -> list[str]:
        """The facts that the nearest fitting name means; a bare figure is a count before it is money."""
        labels = self._read.fitting(names, one)
        counts = [label for label in labels if self._schema.by_label[label].type is FieldType.COUNT]
        return counts if one.kind == "number" and counts else labels
