"""How much more or less it was than last year: 比去年多2人 tells the other year's figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.fields import FieldType
from assistant.facts.last_year import with_last_year
from assistant.facts.sheet import Fact, FactSheet
from assistant.intake.chat_cells import Cells
from assistant.intake.chat_making import SOURCE
from assistant.intake.chat_pointing import difference
from assistant.intake.chat_reading import Reading
from assistant.intake.extract_figures import value_of_figure
from assistant.slots.numeral import Numeral

_LAST_IS = re.compile(r"[人名个次户条份起天]*[，,、]?而?(?:去年|上年|上一年|前一年)(?:同期)?(?:才|只)?(?:是|为|有)?$")


class Differing(Cells):
    """One message, its figures and which of them are settled.

    Args:
        recent: labels that were spoken of last.
    """

    def __init__(self, text: str, sheet: FactSheet, recent: Sequence[str]) -> None:
        self._read = Reading(text, sheet.schema)
        super().__init__(self._read, sheet)
        self._recent = recent
        self._figures = self._read.figures
        self._names = self._read.names
        self._plan = re.compile(self._schema.hints.plan) if self._schema.hints.plan else None
        self._taken: set[int] = set()
        self._unread: list[str] = []

    def _last_behind(self, number: int) -> Numeral | None:
        """15人 of 比去年多3人，去年15人: the figure that the difference is from, which names no fact again."""
        one, after = self._figures[number], next(iter(self._figures[number + 1 :]), None)
        if after is None or after.unit != one.unit or number + 1 in self._taken:
            return None
        return after if _LAST_IS.fullmatch(self._text[one.end : after.start]) else None

    def _take_differences(self) -> list[tuple[Numeral, int, Numeral | None]]:
        """Figures that tell how much more or less it was than last year: +1, -1; and last year's where it follows."""
        found = []
        for number, one in enumerate(self._figures):
            sign = 0 if number in self._taken else difference(self._read, one)
            if sign:
                last = self._last_behind(number)
                self._taken |= {number} if last is None else {number, number + 1}
                found.append((one, sign, last))
        return found

    def _differing(self, one: Numeral, sign: int, told_last: Numeral | None) -> None:
        """Works the other year's figure out of the one that is told or known."""
        begin = self._read.sentence(one.start)
        quote = self._read.quote(self._read.clause(one.start), one.end)
        named = [name for name in self._names if begin <= name.start < one.start]
        labels = self._read.fitting(named, one) or [label for label in self._recent if self._takes(label, one)]
        if not labels:
            self.notes.append(f"“{quote}”没有说是哪一项，没有记。")
            return
        amount = value_of_figure(one, FieldType(self._schema.by_label[labels[0]].type)) if len(labels) == 1 else None
        if not isinstance(amount, int | Decimal):
            self.notes.append(f"“{quote}”没有记，请直接说去年的数是多少。")
            return
        label = labels[0]
        if told_last is not None:
            self.put(label, told_last, self._read.quote(told_last.start, told_last.end), last=True)
        had = self.made.facts.get(label, Fact())
        told = self._sheet.facts.get(label, Fact())
        doubt = f"由“{quote}”算出，请核对"
        last = had.last_year
        if isinstance(last, int | Decimal) and label in self.told_last and had.value == told.value:
            made = replace(had, value=last + sign * amount, approximate="", source=f"{SOURCE}：“{quote}”")
        elif isinstance(had.value, int | Decimal):
            made = with_last_year(had, had.value - sign * amount)
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
