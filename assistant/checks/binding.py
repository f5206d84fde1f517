"""Which fact a number in a text speaks of: the one that its own context names.

A bag of values would take two exchanged figures for right. So a number is bound by names first, and its value is
compared only then.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.checks.claims import PLAIN, Said, Share, claims_of
from assistant.checks.cued import Cued
from assistant.checks.denials import Denials
from assistant.checks.figures import Figure, figures_of
from assistant.checks.naming import Name, Naming
from assistant.facts.sheet import FactSheet
from assistant.slots.numeral import Numeral

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
_COMMAS = re.compile(r"[，、：，:]")
_BRACKETS = re.compile(r"[，、：,:（）()]")
_ENDS = re.compile(r"[，。；;！？\n]")
_ALONE = re.compile(r"[，（(；、]?(?:[较比]?(?:去年|上年|上一年)(?:同期)?|同期)[^，、；。（）]{0,4}")
_SUM = re.compile("合计|共|总")
#: 每批五天, 一户五百元 tell one of several.
_EACH = re.compile("(?:每[一-龥]{0,2}|[户人]均|一[户家人])(?:标准)?[为是]?$")
#: 合计137.7万元 is the sum of what was told before, not the last item's own.
_SUM_BEFORE = re.compile("[共合总累]?计[为达]?$|共$")


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


class Binder:
    """Judges the numbers of texts against one sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        self.sheet = sheet
        self.figures = figures_of(sheet)
        self.naming = Naming(self.figures)
        self._equal: dict[tuple[object, ...], tuple[Figure, ...]] = {}
        self._sayable: dict[tuple[str, str], list[Figure]] = {}

    def read(self, text: str, numerals: Sequence[Numeral]) -> Reading:
        return Reading(self, text, numerals)

    def compared(self, label: str, role: str) -> list[Figure]:
        """The fact's figures of last year, or its differences."""
        return self._compared.get((label, role), [])

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

    def sayable(self, numeral: Numeral) -> list[Figure]:
        """Every fact that the number could say, in whatever measure word people count it."""
        key = (numeral.kind, numeral.unit)
        if key not in self._sayable:
            self._sayable[key] = [
                figure
                for figures in self._filled.values()
                for figure in figures
                if not figure.row and not figure.is_total and figure.fits(numeral) is not None
            ]
        return self._sayable[key]

    @cached_property
    def year(self) -> int | None:
        """The report's own."""
        years = (figure.value for figure in self.figures if figure.kind == "year" and figure.value is not None)
        return next((int(year) for year in years), None)

    def rows_with(self, numeral: Numeral) -> list[Figure]:
        """Cells that have the number's value and measure word."""
        return [figure for figure in self.equal_to(numeral) if figure.row]

    @cached_property
    def denials(self) -> Denials:
        return Denials(self.figures)

    @cached_property
    def _filled(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            if not figure.empty and figure.role == "value":
                found.setdefault(figure.kind, []).append(figure)
        return found

    @cached_property
    def _compared(self) -> dict[tuple[str, str], list[Figure]]:
        found: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.figures:
            found.setdefault((figure.label, figure.role), []).append(figure)
        return found


class Reading:
    """One text with its names, sentence ends and numbers."""

    def __init__(self, binder: Binder, text: str, numerals: Sequence[Numeral]) -> None:
        self._binder = binder
        self._text = text
        self._numerals = numerals
        self._starts = [numeral.start for numeral in numerals]
        self._names = binder.naming.find(text)
        self._name_starts = [found.start for found in self._names]
        self._commas = [found.start() for found in _COMMAS.finditer(text)]
        self._brackets = [found.start() for found in _BRACKETS.finditer(text)]
        self._stops = [found.start() for found in _SENTENCE.finditer(text)]
        self._claims = claims_of(text, numerals, self._names, binder.naming, binder.year)
        self._claimed: dict[str, list[tuple[int, int]]] = {}
        for (name, label), place in sorted(self._claims.owners.items()):
            self._claimed.setdefault(label, []).append((self._names[name].start, place))
        self._last: tuple[int, Figure] | None = None
        self._cued = Cued(binder.sheet.schema, text, numerals, self._starts, self._names)

    def judge(self, numeral: Numeral) -> Verdict:
        """Binds the number and compares it. Numbers of a text are judged in order."""
        place = bisect_left(self._starts, numeral.start)
        verdict = self._own(numeral, place) or self._compared(numeral, place) or self._judged(numeral, place)
        if verdict.status != "grounded":
            verdict = self._told(numeral, place, verdict) or verdict
        if not verdict.named and numeral.kind in ("count", "money", "percent"):
            verdict = self._contradicted(numeral, place, verdict) or verdict
        if verdict.figure is not None and verdict.figure.role == "value":
            self._last = (numeral.end, verdict.figure)
        return verdict

    def _told(self, numeral: Numeral, place: int, verdict: Verdict) -> Verdict | None:
        """最后走了1个: no name, but words that the report type knows, and the value is right."""
        figure = verdict.figure
        total = self._claims.part_of.get(place)
        # 春节30户、八一34户，全年共64户: both are parts of the fact, and they add up.
        if total is not None and figure is not None and figure.equals(self._numerals[total]):
            return Verdict("grounded", figure, named=True)
        if verdict.status == "mismatch" and figure is not None and figure.fits(numeral) == 0:
            own = any(label == figure.label for _, label in self._claims.owned.get(place, ()))
            if own and not self._cued.excludes(numeral, figure):
                return self._doubted(numeral, place, figure)
        last = (self._last[0], self._last[1].label) if self._last else None
        share = self._claims.shares.get(place)
        item = self._text[slice(*share.item)] if share else ""
        said = self._binder.sayable(numeral)
        told = self._cued.tells(numeral, [one for one in said if one.equals(numeral)], said, last, item)
        told = told or self._completed(numeral) or self._reckoned(numeral, place, said)
        if told is None and verdict.status == "unknown":
            told = self._cued.row(numeral, self._binder.rows_with(numeral), item)
        if told:
            return Verdict("grounded", told, named=True)
        return self._doubted(numeral, place, figure) if verdict.status == "mismatch" and figure else None

    def _contradicted(self, numeral: Numeral, place: int, verdict: Verdict) -> Verdict | None:
        """已登记31人；应征报名205人: only the value told 31 its fact, but its words are those of another one."""
        introduced = self._claims.said[place]
        if introduced != PLAIN or self._claims.part_of.get(place) is not None:
            return None
        last = (self._last[0], self._last[1].label) if self._last else None
        told = self._cued.best(numeral, self._binder.sayable(numeral), last)
        if told is None or told.equals(numeral):
            return None
        return Verdict("mismatch", told, named=True)

    def _completed(self, numeral: Numeral) -> Figure | None:
        """普通民兵：1个连 says 普通民兵连."""
        place = bisect_right(self._name_starts, numeral.start) - 1
        if place < 0 or not 0 <= numeral.start - self._names[place].end <= 2:
            return None
        for length in (3, 2, 1):
            whole = self._names[place].text + self._text[numeral.end : numeral.end + length]
            for figure in self._binder.naming.named(whole):
                if figure.role == "value" and figure.equals(numeral) and figure.fits(numeral) is not None:
                    return figure
        return None

    def _reckoned(self, numeral: Numeral, place: int, sayable: Sequence[Figure]) -> Figure | None:
        """75户，每户800元，加起来6万元: the only fact of a value that the text itself works out."""
        equal = [one for one in sayable if one.equals(numeral)]
        each = _EACH.search(self._text, max(0, numeral.start - 4), numeral.start)
        equal = [one for one in equal if not each or any("每" in name or "均" in name for name in one.names)]
        if len(equal) != 1 or numeral.value is None:
            return None
        if each or place in self._claims.sums:
            return equal[0]
        begin = self._sentence(numeral)[0]
        before = [one for one in self._numerals[max(0, place - 4) : place] if one.start >= begin]
        rates = [
            one
            for one in before
            if _EACH.search(self._text, max(0, one.start - 6), one.start) or self._text.startswith("/", one.end)
        ]
        told = any(
            rate.value * other.value == numeral.value
            for rate in rates
            for other in before
            if other is not rate and rate.value is not None and other.value is not None
        )
        return equal[0] if told else None

    def _doubted(self, numeral: Numeral, place: int, figure: Figure) -> Verdict | None:
        """A plan, last year's number, 每批五天: it contradicts no fact of this year, nor does any bear it out."""
        introduced = self._claims.said[place]
        if figure.role != "value":
            return Verdict("unknown") if figure.role == "change" and not introduced.change else None
        if introduced.change or introduced.new:
            return Verdict("unknown")
        each = _EACH.search(self._text, max(0, numeral.start - 4), numeral.start)
        if each and not any("每" in name or "均" in name for name in figure.names):
            return Verdict("unknown")
        if introduced.year_before or self._cued.planned(numeral) or self._cued.excludes(numeral, figure):
            return Verdict("unknown")
        return None

    def _own(self, numeral: Numeral, place: int) -> Verdict | None:
        """入伍17人, and it is 17: most numbers of a right report need no more."""
        for at, label in self._claims.owned.get(place, ()):
            for figure, _ in self._binder.naming.fitting(self._names[at].text, numeral):
                if figure.label == label and figure.role == "value" and not figure.row and figure.equals(numeral):
                    return Verdict("grounded", figure, named=True)
        return None

    def _compared(self, numeral: Numeral, place: int) -> Verdict | None:
        """12人，同比增长20% or 12人，去年10人: the difference or the old figure is that of the figure before it."""
        if self._last is None or numeral.start - self._last[0] > _COMPARED_WITHIN:
            return None
        said, between = self._claims.said[place], self._text[self._last[0] : numeral.start]
        if said.origin or _SENTENCE.search(between):
            return None
        label = self._last[1].label
        if said.change:
            for figure in self._binder.compared(label, "change"):
                if figure.fits(numeral) is not None:
                    return Verdict("grounded" if figure.equals(numeral) else "mismatch", figure, named=True)
        elif said.last_year and _ALONE.fullmatch(between):
            for figure in self._binder.compared(label, "last_year"):
                if figure.fits(numeral) is not None:
                    return Verdict("grounded" if figure.equals(numeral) else "mismatch", figure, named=True)
        return None

    def _judged(self, numeral: Numeral, place: int) -> Verdict:
        ranked = self._ranked(numeral, place)
        if not ranked:
            return self._misunit(numeral) or self._by_value(numeral, place)
        best = ranked[0][0]
        near = [figure for cost, figure in ranked if cost <= best + _TIE]
        # Loosely named: a fact further away, or one that nobody names, may say just this.
        for figure in near if best <= _STRONG else [figure for _, figure in ranked]:
            if figure.equals(numeral):
                return Verdict("grounded", figure, named=True)
        if best > _STRONG and (told := self._by_value(numeral, place)).status == "grounded":
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
        for figure in self._binder.naming.named(self._names[place].text):
            if figure.role == "value" and not figure.row and figure.kind == "count" and figure.value == numeral.value:
                return Verdict("mismatch", figure, named=True)
        return None

    def _by_value(self, numeral: Numeral, place: int) -> Verdict:
        """No name tells the fact: an equal value does, where the words around are at least like its name."""
        if numeral.kind == "number" or numeral.is_range:
            return Verdict("unknown")
        equal = self._binder.equal_to(numeral)
        if not equal:
            return Verdict("unknown")
        if numeral.kind in ("year", "date"):
            return Verdict("grounded", equal[0]) if len(equal) == 1 else Verdict("unknown", others=equal)
        free = tuple(figure for figure in equal if not self._spoken_for(figure, numeral, place))
        if not free:
            return Verdict("unknown")
        begin = max(0, numeral.start - _AROUND)
        for stop in _SENTENCE.finditer(self._text, begin, numeral.start):
            begin = stop.end()
        # What stands behind a comma is said of the next number.
        stop_at = _ENDS.search(self._text, numeral.end, numeral.end + _AROUND)
        end = stop_at.start() if stop_at else numeral.end + _AROUND
        around, noun = self._text[begin:end], self._text[numeral.end : numeral.end + 2]
        alike = sorted(((_likeness(figure, around, noun), at) for at, figure in enumerate(free)), reverse=True)
        if alike[0][0] >= min(2, len(equal)):
            tied = tuple(free[at] for likeness, at in alike if likeness == alike[0][0])
            return Verdict("grounded", tied[-1], others=tied if len(tied) > 1 else ())
        if len(equal) == 1 and numeral.kind == "money" and _SUM_BEFORE.search(around[: numeral.start - begin]):
            return Verdict("grounded", equal[0])
        if len(equal) == 1 and noun and any(name.startswith(noun[0]) for name in equal[0].names):
            return Verdict("grounded", equal[0])
        return Verdict("unknown", others=free)

    def _spoken_for(self, figure: Figure, numeral: Numeral, place: int) -> bool:
        """Whether the sentence names the figure beside another number, with another value."""
        claimed = self._claimed.get(figure.label)
        if not claimed or figure.row:
            return False
        begin, end = self._sentence(numeral)
        for at in range(bisect_left(claimed, (begin, -1)), len(claimed)):
            start, owner = claimed[at]
            if start >= end:
                return False
            if owner != place and self._numerals[owner].value != numeral.value:
                return True
        return False

    def _ranked(self, numeral: Numeral, place: int) -> list[tuple[float, Figure]]:
        """Figures that the context names, by cost."""
        if share := self._claims.shares.get(place):
            return self._shared(numeral, share)
        begin, end = self._sentence(numeral)
        first, last = bisect_left(self._name_starts, begin), bisect_left(self._name_starts, end)
        if first == last:
            return []
        naming, names, owners = self._binder.naming, self._names[first:last], self._claims.owners
        anchor = self._claims.anchors.get(place)
        spot = numeral if anchor is None else self._numerals[anchor]
        said = self._claims.said[place] if anchor is None else Said(change=False, last_year=False)
        costs: dict[int, tuple[float, Figure]] = {}
        for at, found in enumerate(names, first):
            fitting = naming.fitting(found.text, numeral)
            if not fitting:
                continue
            # A name is that of rows or of facts, hardly ever of both.
            cost = self._cost(found, spot) if naming.of_fact(found.text) else _REACH + 1
            row_cost = self._cost(found, spot, row=True) if naming.of_row(found.text) else _REACH + 1
            if min(cost, row_cost) > _REACH:
                continue
            for figure, misfit in fitting:
                if figure.row:
                    if self._another_row(figure.label, found, spot, names):
                        continue
                    whole = row_cost + self._column_cost(figure, found, spot, names)
                elif owners.get((at, figure.label), place) != place and said.cost(figure.role) >= said.cost("value"):
                    # The name stands with another number; only a word that compares lends it to this one.
                    continue
                else:
                    whole = cost
                whole += misfit + said.cost(figure.role)
                if whole <= _REACH and whole < costs.get(id(figure), (_REACH + 1, figure))[0]:
                    costs[id(figure)] = (whole, figure)
        return sorted(costs.values(), key=lambda pair: pair[0])

    def _shared(self, numeral: Numeral, share: Share) -> list[tuple[float, Figure]]:
        """Figures of the item that 分别 gives this number."""
        found = []
        columns = [name.text for name in self._between(*share.column)]
        for name in self._between(*share.item):
            for figure, misfit in self._binder.naming.fitting(name.text, numeral):
                if figure.role != ("last_year" if share.last_year and not figure.row else "value"):
                    continue
                named = figure.row and any(column in figure.names for column in columns)
                if not figure.row or named or figure.main:
                    found.append((misfit + (0.0 if named or not figure.row else 4.0), figure))
        return sorted(found, key=lambda pair: pair[0])

    def _between(self, start: int, end: int) -> list[Name]:
        return self._names[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]

    def _another_row(self, table: str, row: Name, numeral: Numeral, names: Sequence[Name]) -> bool:
        """Whether a row of the table stands nearer: its figures are its own."""
        if row.end > numeral.start:
            return False
        for found in reversed(names):
            if found.end <= row.end:
                return False
            if not self._binder.naming.of_row(found.text, table):
                continue
            if found.end <= numeral.start:
                return True
            ahead = self._text[numeral.end : found.start]
            if len(ahead) <= 6 and not _BRACKETS.search(ahead) and _COMMAS.search(self._text, row.end, numeral.start):
                # 2人荣立三等功、5人获评…: figures stand before their rows.
                return True
        return False

    def _column_cost(self, figure: Figure, row: Name, numeral: Numeral, names: Sequence[Name]) -> float:
        """A row's name alone tells its main cell, and only one number of its unit; else its column is needed."""
        near = min((self._cost(name, numeral) for name in names if name.text in figure.names), default=_REACH)
        if near < 6:
            return -4.0
        first, last = bisect_left(self._starts, row.end), bisect_left(self._starts, numeral.start)
        if last > first and _SUM_BEFORE.search(self._text, max(row.end, numeral.start - 4), numeral.start):
            return _REACH + 1
        if figure.main and last - first <= 2:
            same = (one for one in self._numerals[first:last] if (one.kind, one.unit) == (numeral.kind, numeral.unit))
            if next(same, None) is None:
                return 0.0
        return 5.0 if last <= first else _NUMBER_BETWEEN

    def _cost(self, found: Name, numeral: Numeral, row: bool = False) -> float:
        if found.end <= numeral.start:
            gap, cost = numeral.start - found.end, 0.0
            start, end = found.end, numeral.start
            commas = _within(self._commas, start, end) * (_ROW_COMMA if row else _COMMA)
        elif found.start >= numeral.end:
            gap, cost = found.start - numeral.end, _AFTER
            start, end = numeral.end, found.start
            commas = _within(self._brackets, start, end) * _COMMA_AFTER
        else:
            return _REACH + 1
        numbers = _within(self._starts, start, end)
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


def _likeness(figure: Figure, text: str, noun: str) -> int:
    """How many pairs of characters of a name stand in the text; the noun right behind the number counts more."""
    if figure.is_total and not _SUM.search(text):
        return 0
    names = (figure.row, *figure.names) if figure.row else figure.names
    pairs = max(sum(name[at : at + 2] in text for at in range(len(name) - 1)) for name in names)
    return pairs + (2 if len(noun) == 2 and any(noun in name for name in names) else 0)
