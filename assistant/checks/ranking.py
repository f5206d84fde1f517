"""The figures that the names around a number tell, by what each costs: how far away it stands and what is between."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from assistant.checks.figures import Figure
from assistant.checks.introduced import PLAIN
from assistant.checks.known import Known
from assistant.checks.naming import Name
from assistant.checks.scene import BRACKETS, COMMAS, Scene
from assistant.checks.shared_out import Share
from assistant.slots.numeral import Numeral

#: Costs of a name: characters away, what stands between, and what it earns by its length.
_AFTER, _COMMA, _NUMBER_BETWEEN, _PER_CHARACTER = 4.0, 5.0, 12.0, 1.5
#: A row's name holds for the figures behind it; a name behind a comma hardly for those before.
_ROW_COMMA, _ROW_NUMBER, _COMMA_AFTER = 1.0, 2.0, 15.0
#: A name further than this names nothing here; one nearer than ``STRONG`` leaves no doubt.
_REACH, STRONG, TIE = 20.0, 9.0, 2.0
#: 合计137.7万元 is the sum of what was told before, not the last item's own.
SUM_BEFORE = re.compile("[共合总累]?计[为达]?$|共$")


class Ranking:
    """Ranks the figures that names tell in one text."""

    def __init__(self, scene: Scene, known: Known) -> None:
        self._scene = scene
        self._known = known

    def ranked(self, numeral: Numeral, place: int) -> list[tuple[float, Figure]]:
        """Figures that the context names, by cost."""
        if share := self._scene.claims.shares.get(place):
            return self._shared(numeral, share)
        begin, end = self._scene.sentence(numeral)
        first, last = bisect_left(self._scene.name_starts, begin), bisect_left(self._scene.name_starts, end)
        if first == last:
            return []
        naming, names, owners = self._known.naming, self._scene.names[first:last], self._scene.claims.owners
        anchor = self._scene.claims.anchors.get(place)
        spot = numeral if anchor is None else self._scene.numerals[anchor]
        said = self._scene.claims.said[place] if anchor is None else PLAIN
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
        columns = [name.text for name in self._scene.names_between(*share.column)]
        for name in self._scene.names_between(*share.item):
            for figure, misfit in self._known.naming.fitting(name.text, numeral):
                if figure.role != ("last_year" if share.last_year and not figure.row else "value"):
                    continue
                named = figure.row and any(column in figure.names for column in columns)
                if not figure.row or named or figure.main:
                    found.append((misfit + (0.0 if named or not figure.row else 4.0), figure))
        return sorted(found, key=lambda pair: pair[0])

    def _another_row(self, table: str, row: Name, numeral: Numeral, names: Sequence[Name]) -> bool:
        """Whether a row of the table stands nearer: its figures are its own."""
        if row.end > numeral.start:
            return False
        for found in reversed(names):
            if found.end <= row.end:
                return False
            if not self._known.naming.of_row(found.text, table):
                continue
            if found.end <= numeral.start:
                return True
            ahead = self._scene.text[numeral.end : found.start]
            if (
                len(ahead) <= 6
                and not BRACKETS.search(ahead)
                and COMMAS.search(self._scene.text, row.end, numeral.start)
            ):
                # 2人荣立三等功、5人获评…: figures stand before their rows.
                return True
        return False

    def _column_cost(self, figure: Figure, row: Name, numeral: Numeral, names: Sequence[Name]) -> float:
        """A row's name alone tells its main cell, and only one number of its unit; else its column is needed."""
        near = min((self._cost(name, numeral) for name in names if name.text in figure.names), default=_REACH)
        if near < 6:
            return -4.0
        first, last = bisect_left(self._scene.starts, row.end), bisect_left(self._scene.starts, numeral.start)
        if last > first and SUM_BEFORE.search(self._scene.text, max(row.end, numeral.start - 4), numeral.start):
            return _REACH + 1
        if figure.main and last - first <= 2:
            same = (
                one for one in self._scene.numerals[first:last] if (one.kind, one.unit) == (numeral.kind, numeral.unit)
            )
            if next(same, None) is None:
                return 0.0
        return 5.0 if last <= first else _NUMBER_BETWEEN

    def _cost(self, found: Name, numeral: Numeral, row: bool = False) -> float:
        if found.end <= numeral.start:
            gap, cost = numeral.start - found.end, 0.0
            start, end = found.end, numeral.start
            commas = _within(self._scene.commas, start, end) * (_ROW_COMMA if row else _COMMA)
        elif found.start >= numeral.end:
            gap, cost = found.start - numeral.end, _AFTER
            start, end = numeral.end, found.start
            commas = _within(self._scene.brackets, start, end) * _COMMA_AFTER
        else:
            return _REACH + 1
        numbers = _within(self._scene.starts, start, end)
        if row:
            gap = min(gap, 6)
        return (
            cost + gap + commas + numbers * (_ROW_NUMBER if row else _NUMBER_BETWEEN) - _PER_CHARACTER * len(found.text)
        )


def _within(places: Sequence[int], start: int, end: int) -> int:
    """How many of the sorted places lie in [start, end)."""
    return bisect_left(places, end) - bisect_left(places, start)
