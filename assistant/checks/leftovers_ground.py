"""What the leftover checks stand on: one sheet's own words, and a text in which they and its slots are blanked."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from assistant.checks.anniversaries import year_of
from assistant.checks.finding import Finding, Fix
from assistant.checks.leftovers_words import LeftoverWords, leftover_words
from assistant.checks.plans import Plans, about_plans, plans_in, within
from assistant.facts.fields import Severity
from assistant.facts.formatting import date
from assistant.facts.sheet import FactSheet
from assistant.slots.grammar import Slot, parse_placed

#: Stands for every character of a slot, and of a fact's words in the text; nothing moves.
BLANK = "\ue001"
#: A fact's text shorter than this is no words of its own: 区委 may stand anywhere.
_OWN_WORDS = 4
_SENTENCE = re.compile(r"[。；;！？\n]")
_TITLES = re.compile(r"《[^《》\n]{1,100}》")
#: A sentence without end is looked at so far on either side: time stays linear in the text.
_AROUND = 80


def texts_of(value: object) -> Iterator[str]:
    """Every text in a fact's value, cells of tables too; dates as they are printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, datetime.date):
        yield date(value)
    elif isinstance(value, Mapping):
        for cell in value.values():
            yield from texts_of(cell)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)


class Ground:
    """One sheet as the leftover checks see it. Built once for all texts of a report."""

    def __init__(self, sheet: FactSheet, words: LeftoverWords | None = None) -> None:
        self.sheet = sheet
        self.words = words or leftover_words()
        found = (text.strip("。；;，,、 \n") for fact in sheet.facts.values() for text in texts_of(fact.value))
        self.texts = tuple(dict.fromkeys(text for text in found if text))
        #: Everything that is right here: the facts' texts and the words that the user knows.
        self.known = "\n".join((*self.texts, *self.words.known))

    @cached_property
    def year_label(self) -> str:
        """The fact that says the report's year; "" where the report type has none."""
        return year_of(self.sheet)[0]

    @cached_property
    def year(self) -> int | None:
        return year_of(self.sheet)[1]

    def labels(self, names: tuple[str, ...]) -> list[str]:
        """Those of the names that this report type has."""
        return [item.label for name in names if (item := self.sheet.schema.find(name)) is not None]

    def text(self, names: tuple[str, ...]) -> str:
        """The texts of these facts, a line each."""
        return "\n".join(text for label in self.labels(names) for text in texts_of(self.sheet.value(label)))

    @cached_property
    def own_words(self) -> re.Pattern[str]:
        """Texts of facts that are long enough to be known again."""
        long = sorted((text for text in self.texts if len(text) >= _OWN_WORDS), key=len, reverse=True)
        return re.compile("|".join(re.escape(text) for text in (*long, *self.words.known)) or r"(?!)")

    def prose(self, text: str, plan: bool = False) -> Prose:
        """A section's slot text; ``plan``: it is about the next year."""
        said = _without_slots(text)
        return Prose(text, self._blanked(said), ((0, len(text)),) if plan else (), said)

    def plain(self, text: str) -> Prose:
        """A whole report as plain text; what stands under a heading like 下步打算 is about the next year."""
        return Prose(text, self._blanked(text), plans_in(text, self.words))

    def about_plans(self, heading: str) -> bool:
        return about_plans(heading, self.words)

    def _blanked(self, said: str) -> str:
        return self.own_words.sub(lambda found: BLANK * len(found.group()), said)


def _without_slots(text: str) -> str:
    if "{{" not in text:
        return text
    parts = (
        BLANK * (placed.end - placed.start) if isinstance(placed.node, Slot) else text[placed.start : placed.end]
        for placed in parse_placed(text)
    )
    return "".join(parts)


class Prose:
    """A text, and the same with what is right in it blanked.

    Attributes:
        text: as it is.
        open: of the same length; slots and the facts' own words are blanks.
        said: of the same length; only slots are blanks. 龙津县委 stays a name where 县委 is a fact's word.
        plans: [start, end) of what is about the next year.
    """

    def __init__(self, text: str, blanked: str, plans: Plans = (), said: str = "") -> None:
        self.text = text
        self.open = blanked
        self.said = said or text
        self.plans = plans

    def is_plan(self, start: int) -> bool:
        return within(self.plans, start)

    @cached_property
    def untitled(self) -> str:
        """``open`` with 《…》 blanked too: a title keeps its year and its old names."""
        return _TITLES.sub(lambda found: BLANK * len(found.group()), self.open)

    @cached_property
    def _stops(self) -> list[int]:
        return [found.end() for found in _SENTENCE.finditer(self.open)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of the sentence around, no further than 80 characters on either side."""
        at = bisect_right(self._stops, start)
        begin = self._stops[at - 1] if at else 0
        after = bisect_right(self._stops, end - 1)
        stop = self._stops[after] if after < len(self._stops) else len(self.open)
        return max(begin, start - _AROUND), min(stop, end + _AROUND)

    def around(self, start: int, end: int) -> str:
        begin, stop = self.sentence(start, end)
        return self.open[begin:stop]

    def opens_sentence(self, start: int) -> bool:
        """Whether nothing but blanks stands between the last sentence and this place."""
        begin, _ = self.sentence(start, start + 1)
        return not self.open[begin:start].strip(" \t\u3000\n") and (begin == 0 or begin in self._ends)

    @cached_property
    def _ends(self) -> frozenset[int]:
        return frozenset(self._stops)

    def finding(
        self,
        name: str,
        severity: Severity,
        message: str,
        start: int,
        end: int,
        *,
        facts: tuple[str, ...] = (),
        fix: tuple[str, str] | None = None,
    ) -> Finding:
        """A finding of rule ``leftover.<name>``. ``fix``: what takes the words' place, and what the button says."""
        excerpt = self.text[start:end]
        made = Fix(start, end, excerpt, *fix) if fix else None
        return Finding(
            f"leftover.{name}", severity, message, start=start, end=end, excerpt=excerpt, fix=made, facts=facts
        )


def overlapping(finding: Finding, ordered: Sequence[Finding]) -> list[Finding]:
    """Those of the others, which stand in order and do not overlap, that share a character with the finding."""
    at = bisect_right(ordered, finding.start, key=lambda one: one.start) - 1
    return [one for one in ordered[max(0, at) : at + 2] if one.start < finding.end and finding.start < one.end]
