"""One text with its names, sentence ends, numbers, and what its grammar claims."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from assistant.checks.claims import claims_of
from assistant.checks.known import Known
from assistant.checks.naming import Name
from assistant.checks.planned import looks_ahead
from assistant.checks.plans import Plans, within
from assistant.slots.numeral import Numeral

SENTENCE = re.compile(r"[。；;！？\n]")
COMMAS = re.compile(r"[，、：，:]")
BRACKETS = re.compile(r"[，、：,:（）()]")
_WINDOW = 60


class Scene:
    """What is looked up around the numbers of a text.

    Attributes:
        commas, brackets, stops: their places, in order.
        claimed: label → (where its name stands, the number that stands with it).
    """

    def __init__(self, known: Known, text: str, numerals: Sequence[Numeral], plans: Plans = ()) -> None:
        self.text = text
        self.numerals = numerals
        self.starts = [numeral.start for numeral in numerals]
        self.names = known.naming.find(text)
        self.name_starts = [found.start for found in self.names]
        self.commas = [found.start() for found in COMMAS.finditer(text)]
        self.brackets = [found.start() for found in BRACKETS.finditer(text)]
        self.stops = [found.start() for found in SENTENCE.finditer(text)]
        self.claims = claims_of(text, numerals, self.names, known.naming, known.year)
        self._plans, self._year = plans, known.year
        self.claimed: dict[str, list[tuple[int, int]]] = {}
        for (name, label), place in sorted(self.claims.owners.items()):
            self.claimed.setdefault(label, []).append((self.names[name].start, place))

    def sentence(self, numeral: Numeral) -> tuple[int, int]:
        """Its sentence, or the characters of it that are near."""
        last = bisect_left(self.stops, numeral.start)
        begin = max(0, numeral.start - _WINDOW, self.stops[last - 1] + 1 if last else 0)
        after = bisect_left(self.stops, numeral.end)
        end = self.stops[after] if after < len(self.stops) else len(self.text)
        return begin, min(end, numeral.end + _WINDOW)

    def looks_ahead(self, numeral: Numeral) -> bool:
        """Whether its sentence speaks of the next year where it stands."""
        plan = within(self._plans, numeral.start)
        return looks_ahead(self.text, self.sentence(numeral)[0], numeral, self._year, plan)

    def names_between(self, start: int, end: int) -> list[Name]:
        """Names that begin in [start, end)."""
        return self.names[bisect_left(self.name_starts, start) : bisect_left(self.name_starts, end)]
