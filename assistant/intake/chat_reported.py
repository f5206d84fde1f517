"""What the reader of reports finds in a message, as far as the message surely says it."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.facts.fields import FieldType
from assistant.facts.last_year import with_last_year
from assistant.facts.values import Value
from assistant.intake.chat_conflicts import other_figures, rows_like
from assistant.intake.chat_making import SOURCE
from assistant.intake.chat_turned import Turning
from assistant.intake.extract import extract_text
from assistant.intake.proposals import accept, proposals
from assistant.intake.source_year import report_year

#: 比去年多 tells no figure of last year.
LAST = re.compile(r"(?<![比较跟])(?:去年|上年|上一年|前一年)")
#: What is to be corrected is last year's, which the reader of reports does not see.
_LAST_TURNED = re.compile(r"^[请把将给我帮]*(?:去年|上年|上一年|前一年).*改[成为到]$")


class Reported(Turning):
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
            if not hit and any(self._read.overlaps(one, found.start, found.end) for one in self._read.passed):
                continue
            if any(_LAST_TURNED.search(self._read.left(self._figures[n])) for n in hit):
                continue
            if item.type is FieldType.YEAR and item.label not in {label for one in self._names for label in one.labels}:
                continue
            if item.type in (FieldType.TEXT, FieldType.CHOICE, FieldType.LIST):
                # A sentence of instruction holds names as well; texts are taken where they are assigned.
                continue
            if hit and self._read.in_place(self._figures[hit[0]]):
                continue
            if hit and self._read.beside_another(self._figures[hit[0]], found.label):
                self._taken |= set(hit)
                self.ask(found.quote, [found.label], self._figures[hit[0]])
                continue
            self._taken |= set(hit)
            others = other_figures(extraction, found, self._read)
            if hit and others:
                self._taken |= {n for n, one in enumerate(self._figures) if one in others}
                self.ask_several(found.label, [self._figures[hit[0]], *others])
                continue
            if found.row is not None and (near := rows_like(item, found, self._sheet)):
                row = {label: value for label, value in found.row.items() if isinstance(value, int | Decimal | str)}
                name = str(row.pop(item.key_column.label))
                self.ask_row(item, near, name, row, found.quote)
                continue
            self.made = accept(self.made, proposal)
            self._with_last_year(found.label, found.fact.last_year, hit)
            self.note_told(found.label, found.quote, proposal.doubt)
            if hit and found.row is None:
                self.figure_of[found.label] = self._figures[hit[0]]

    def _with_last_year(self, label: str, value: Value | None, hit: list[int]) -> None:
        """12个，去年10个: the person says last year's figure too, so it is the one that counts."""
        if not isinstance(value, int | Decimal):
            return
        self.told_last.add(label)
        self.made = self.made.with_fact(label, with_last_year(self.made.facts[label], value))
        for number, one in enumerate(self._figures):
            if (
                number not in hit
                and one.value == value
                and LAST.search(self._text[self._read.clause(one.start) : one.start])
            ):
                self._taken.add(number)
