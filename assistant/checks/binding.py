"""Which fact a number in a text speaks of: the one that its own context names.

A bag of values would take two exchanged figures for right. So a number is bound by names first, and its value is
compared only then.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.checks.figures import Figure, figures_of
from assistant.facts.sheet import FactSheet
from assistant.slots.numeral import Numeral
from assistant.slots.vocabulary import grouped_alternatives

Status = Literal["grounded", "mismatch", "unknown"]

#: Costs of a name: characters away, what stands between, and what it earns by its length.
_AFTER, _COMMA, _NUMBER_BETWEEN, _PER_CHARACTER = 4.0, 5.0, 12.0, 1.5
#: A row's name holds for the figures behind it; a name behind a comma hardly for those before.
_ROW_COMMA, _ROW_NUMBER, _COMMA_AFTER = 1.0, 2.0, 15.0
#: A name further than this names nothing here; one nearer than ``_STRONG`` leaves no doubt.
_REACH, _STRONG, _TIE = 20.0, 9.0, 2.0
_WINDOW = 60
#: How far behind a figure its difference may stand, and how many characters around a number may hint at its fact.
_COMPARED_WITHIN, _AROUND = 16, 14
_SENTENCE = re.compile(r"[。；;！？\n]")
_COMMAS = re.compile(r"[，、：,:]")
_BRACKETS = re.compile(r"[，、：,:（）()]")
_LAST_YEAR = re.compile(r"去年|上年|上一年|同期")
_CHANGE = re.compile(r"(?:增长|下降|增加|减少|提高|上升|降低|同比|增幅|净增|增|减|多|少)(?:了|至)?$")


@dataclass(frozen=True)
class Verdict:
    """What is known about a number.

    Attributes:
        figure: the fact that it says (grounded), should say (mismatch), or whose empty place it takes (unknown).
        named: the context named the fact; otherwise only the value told it.
        others: figures with the same value, where several are and none is named more than another.
    """

    status: Status
    figure: Figure | None = None
    named: bool = False
    others: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A fact's name, or a row's or a column's, where it stands."""

    text: str
    start: int
    end: int


class Binder:
    """Judges the numbers of texts against one sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        self.sheet = sheet
        self.figures = figures_of(sheet)
        self._equal: dict[tuple[object, ...], tuple[Figure, ...]] = {}
        self._by_name: dict[str, list[Figure]] = {}
        for figure in self.figures:
            for name in (figure.row,) if figure.row else figure.names:
                self._by_name.setdefault(name, []).append(figure)
        columns = [name for figure in self.figures if figure.row for name in figure.names]
        # Overlapping: 民兵训练 must not hide 训练保障经费 in 民兵训练保障经费.
        self._pattern = re.compile(f"(?=({grouped_alternatives({*self._by_name, *columns} - {''})}))")

    def read(self, text: str, numerals: Sequence[Numeral]) -> Reading:
        return Reading(self, text, numerals)

    def named(self, name: str) -> list[Figure]:
        return self._by_name.get(name, [])

    def names_in(self, text: str) -> list[Name]:
        """Names in order; one that lies inside another is none."""
        found: list[Name] = []
        reached = 0
        for match in self._pattern.finditer(text):
            start, end = match.span(1)
            if end > reached:
                found.append(Name(match.group(1), start, end))
                reached = end
        return found

    def equal_to(self, numeral: Numeral) -> tuple[Figure, ...]:
        """Every figure of this year that the numeral is a true way to say, in the measure word that it has."""
        key = (numeral.kind, numeral.unit, numeral.low, numeral.high, numeral.rough, numeral.date)
        if key not in self._equal:
            self._equal[key] = tuple(
                figure
                for figure in self._filled.get(numeral.kind, ())
                if figure.equals(numeral) and figure.fits(numeral) == 0
            )
        return self._equal[key]

    @cached_property
    def _filled(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            if not figure.empty and figure.role == "value":
                found.setdefault(figure.kind, []).append(figure)
        return found


class Reading:
    """One text with its names, sentence ends and numbers."""

    def __init__(self, binder: Binder, text: str, numerals: Sequence[Numeral]) -> None:
        self._binder = binder
        self._text = text
        self._numerals = numerals
        self._starts = [numeral.start for numeral in numerals]
        self._names = binder.names_in(text)
        self._name_starts = [found.start for found in self._names]
        self._commas = [found.start() for found in _COMMAS.finditer(text)]
        self._brackets = [found.start() for found in _BRACKETS.finditer(text)]
        self._stops = [found.start() for found in _SENTENCE.finditer(text)]
        self._last: tuple[int, Figure] | None = None

    def judge(self, numeral: Numeral) -> Verdict:
        """Binds the number and compares it. Numbers of a text are judged in order."""
        verdict = self._compared(numeral) or self._judged(numeral)
        if verdict.figure is not None and verdict.figure.role == "value":
            self._last = (numeral.end, verdict.figure)
        return verdict

    def _compared(self, numeral: Numeral) -> Verdict | None:
        """12人，同比增长20%: the difference is that of the figure before it."""
        if self._last is None or numeral.start - self._last[0] > _COMPARED_WITHIN:
            return None
        between = self._text[self._last[0] : numeral.start]
        if _SENTENCE.search(between) or not _CHANGE.search(between):
            return None
        label = self._last[1].label
        for figure in self._binder.figures:
            if figure.label == label and figure.role == "change" and figure.fits(numeral) is not None:
                return Verdict("grounded" if figure.equals(numeral) else "mismatch", figure, named=True)
        return None

    def _judged(self, numeral: Numeral) -> Verdict:
        ranked = self._ranked(numeral)
        if not ranked:
            return self._misunit(numeral) or self._by_value(numeral)
        best = ranked[0][0]
        near = [figure for cost, figure in ranked if cost <= best + _TIE]
        # Loosely named: a fact further away, or one that nobody names, may say just this.
        for figure in near if best <= _STRONG else [figure for _, figure in ranked]:
            if figure.equals(numeral):
                return Verdict("grounded", figure, named=True)
        if best > _STRONG and (told := self._by_value(numeral)).status == "grounded":
            return told
        filled = [figure for figure in near if not figure.empty]
        if filled:
            return Verdict("mismatch", filled[0], named=True)
        return Verdict("unknown", near[0], named=True)

    def _misunit(self, numeral: Numeral) -> Verdict | None:
        """专题会议4人: the fact's own figure, right behind its name, in a measure word that it has not."""
        place = bisect_right(self._name_starts, numeral.start) - 1
        if place < 0 or numeral.kind != "count" or not 0 <= numeral.start - self._names[place].end <= 1:
            return None
        for figure in self._binder.named(self._names[place].text):
            if figure.role == "value" and not figure.row and figure.kind == "count" and figure.value == numeral.value:
                return Verdict("mismatch", figure, named=True)
        return None

    def _by_value(self, numeral: Numeral) -> Verdict:
        """No name tells the fact: an equal value does, where the words around are at least like its name."""
        if numeral.kind == "number" or numeral.is_range:
            return Verdict("unknown")
        equal = self._binder.equal_to(numeral)
        if not equal:
            return Verdict("unknown")
        if numeral.kind in ("year", "date"):
            return Verdict("grounded", equal[0]) if len(equal) == 1 else Verdict("unknown", others=equal)
        begin = max(0, numeral.start - _AROUND)
        begin = max(begin, self._text.rfind("。", begin, numeral.start) + 1)
        around = self._text[begin : numeral.end + _AROUND]
        alike = sorted(((_likeness(figure, around), place) for place, figure in enumerate(equal)), reverse=True)
        if alike[0][0] >= min(2, len(equal)):
            tied = tuple(equal[place] for likeness, place in alike if likeness == alike[0][0])
            return Verdict("grounded", tied[-1], others=tied if len(tied) > 1 else ())
        noun = self._text[numeral.end : numeral.end + 1]
        if len(equal) == 1 and noun and any(name.startswith(noun) for name in equal[0].names):
            return Verdict("grounded", equal[0])
        return Verdict("unknown", others=equal)

    def _ranked(self, numeral: Numeral) -> list[tuple[float, Figure]]:
        """Figures that the context names, by cost."""
        begin, end = self._sentence(numeral)
        if (begin, end) == (numeral.start, numeral.end):
            return []
        costs: dict[int, tuple[float, Figure]] = {}
        first, last = bisect_left(self._name_starts, begin), bisect_right(self._name_starts, end)
        columns = [found for found in self._names[first:last] if found.start < end]
        clause = self._text[max(begin, numeral.start - 16) : numeral.start]
        for found in columns:
            figures = self._binder.named(found.text)
            if not figures:
                continue
            # A name is that of rows or of facts, hardly ever of both.
            cost = self._cost(found, numeral) if any(not figure.row for figure in figures) else _REACH + 1
            row_cost = self._cost(found, numeral, row=True) if any(figure.row for figure in figures) else _REACH + 1
            if min(cost, row_cost) > _REACH:
                continue
            for figure in figures:
                misfit = figure.fits(numeral)
                if misfit is None or (figure.row and self._another_row(figure.label, found, numeral, columns)):
                    continue
                whole = (row_cost if figure.row else cost) + misfit + _role_cost(figure, clause)
                if figure.row:
                    whole += self._column_cost(figure, found, numeral, columns)
                if whole <= _REACH and whole < costs.get(id(figure), (_REACH + 1, figure))[0]:
                    costs[id(figure)] = (whole, figure)
        return sorted(costs.values(), key=lambda pair: pair[0])

    def _another_row(self, table: str, row: Name, numeral: Numeral, names: Sequence[Name]) -> bool:
        """Whether a row of the table stands nearer: its figures are its own, but for 甲、乙分别30人、40人."""
        if row.end > numeral.start:
            return False
        for found in reversed(names):
            if found.end <= row.end:
                return False
            same = any(figure.row and figure.label == table for figure in self._binder.named(found.text))
            if not same or "分别" in self._text[row.end : numeral.start]:
                continue
            if found.end <= numeral.start:
                return True
            ahead = self._text[numeral.end : found.start]
            if len(ahead) <= 6 and not _BRACKETS.search(ahead) and _COMMAS.search(self._text, row.end, numeral.start):
                # 2人荣立三等功、5人获评…: figures stand before their rows.
                return True
        return False

    def _column_cost(self, figure: Figure, row: Name, numeral: Numeral, names: Iterable[Name]) -> float:
        """A row's name alone tells its main cell, and only with no other number between; else its column is needed."""
        near = min((self._cost(f, numeral) for f in names if f.text in figure.names), default=_REACH)
        if near < 6:
            return -4.0
        numbers = bisect_left(self._starts, numeral.start) - bisect_left(self._starts, row.end)
        return 0.0 if figure.main and numbers <= 0 else 5.0 if numbers <= 0 else _NUMBER_BETWEEN

    def _cost(self, found: Name, numeral: Numeral, row: bool = False) -> float:
        if found.end <= numeral.start:
            gap, between, cost = numeral.start - found.end, (found.end, numeral.start), 0.0
            commas = _within(self._commas, *between) * (_ROW_COMMA if row else _COMMA)
        elif found.start >= numeral.end:
            gap, between, cost = found.start - numeral.end, (numeral.end, found.start), _AFTER
            commas = _within(self._brackets, *between) * _COMMA_AFTER
        else:
            return _REACH + 1
        numbers = _within(self._starts, *between)
        if row:
            gap = min(gap, 6)
        return (
            cost + gap + commas + numbers * (_ROW_NUMBER if row else _NUMBER_BETWEEN) - _PER_CHARACTER * len(found.text)
        )

    def _sentence(self, numeral: Numeral) -> tuple[int, int]:
        last = bisect_left(self._stops, numeral.start)
        begin = max(0, numeral.start - _WINDOW, self._stops[last - 1] + 1 if last else 0)
        after = bisect_left(self._stops, numeral.end)
        end = self._stops[after] if after < len(self._stops) else len(self._text)
        return begin, min(end, numeral.end + _WINDOW)


def _within(places: Sequence[int], start: int, end: int) -> int:
    """How many of the sorted places lie in [start, end)."""
    return bisect_left(places, end) - bisect_left(places, start)


def _role_cost(figure: Figure, before: str) -> float:
    """Last year's figure needs a word that says so, a difference as well."""
    clause = _COMMAS.split(before)[-1]
    changes, last = bool(_CHANGE.search(clause)), bool(_LAST_YEAR.search(clause))
    if figure.role == "change":
        return 0.0 if changes else 8.0
    if figure.role == "last_year":
        return -1.0 if last and not changes else 8.0
    return 4.0 if changes else 1.0 if last else 0.0


def _likeness(figure: Figure, text: str) -> int:
    """How many pairs of characters of a name stand in the text."""
    names = (figure.row, *figure.names) if figure.row else figure.names
    return max(sum(name[at : at + 2] in text for at in range(len(name) - 1)) for name in names)
