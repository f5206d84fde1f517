"""A second look at a number that no name grounds: other words, sums and products, and what speaks against a doubt."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from assistant.checks.cued import Cued
from assistant.checks.figures import Figure
from assistant.checks.introduced import PLAIN
from assistant.checks.known import Known
from assistant.checks.scene import Scene
from assistant.checks.verdict import Verdict
from assistant.facts.fields import FactSchema
from assistant.slots.numeral import Numeral

#: 每批五天, 一户五百元 tell one of several.
_EACH = re.compile("(?:每[一-龥]{0,2}|[户人]均|一[户家人])(?:标准)?[为是]?$")


class SecondLook:
    """Looks again at the numbers of one text. ``last``: the fact that was said before, and where its number ends."""

    def __init__(self, scene: Scene, known: Known, schema: FactSchema) -> None:
        self._scene = scene
        self._known = known
        self._cued = Cued(schema, scene.text, scene.numerals, scene.names)
        self.last: tuple[int, Figure] | None = None

    def told(self, numeral: Numeral, place: int, verdict: Verdict) -> Verdict | None:
        """最后走了1个: no name, but words that the report type knows, and the value is right."""
        figure = verdict.figure
        total = self._scene.claims.part_of.get(place)
        # 春节30户、八一34户，全年共64户: both are parts of the fact, and they add up.
        if total is not None and figure is not None and figure.equals(self._scene.numerals[total]):
            return Verdict("grounded", figure, named=True)
        if verdict.status == "mismatch" and figure is not None and figure.fits(numeral) == 0:
            own = any(label == figure.label for _, label in self._scene.claims.owned.get(place, ()))
            if own and not self._cued.excludes(numeral, figure):
                return self._doubted(numeral, place, figure)
        last = (self.last[0], self.last[1].label) if self.last else None
        share = self._scene.claims.shares.get(place)
        item = self._scene.text[slice(*share.item)] if share else ""
        if verdict.status == "mismatch" and figure is not None and figure.role == "last_year":
            # 去年入伍12人: that it is this year's figure does not make it right.
            return None
        equal = self._known.said_by(numeral)
        told = self._cued.tells(numeral, equal, self._known.sayable(numeral), last, item)
        told = told or self._completed(numeral) or self._reckoned(numeral, place, equal)
        if told is None and verdict.status == "unknown":
            told = self._cued.row(numeral, self._known.rows_with(numeral), item)
        if told:
            return Verdict("grounded", told, named=True)
        return self._doubted(numeral, place, figure) if verdict.status == "mismatch" and figure else None

    def contradicted(self, numeral: Numeral, place: int) -> Verdict | None:
        """已登记31人；应征报名205人: only the value told 31 its fact, but its words are those of another one."""
        introduced = self._scene.claims.said[place]
        if introduced != PLAIN or self._scene.claims.part_of.get(place) is not None or self._planned(numeral):
            return None
        last = (self.last[0], self.last[1].label) if self.last else None
        told = self._cued.best(numeral, self._known.sayable(numeral), last)
        if told is None or told.equals(numeral):
            return None
        return Verdict("mismatch", told, named=True)

    def _planned(self, numeral: Numeral) -> bool:
        return self._cued.planned(numeral) or self._scene.looks_ahead(numeral)

    def _completed(self, numeral: Numeral) -> Figure | None:
        """普通民兵：1个连 says 普通民兵连."""
        place = bisect_right(self._scene.name_starts, numeral.start) - 1
        if place < 0 or not 0 <= numeral.start - self._scene.names[place].end <= 2:
            return None
        for length in (3, 2, 1):
            whole = self._scene.names[place].text + self._scene.text[numeral.end : numeral.end + length]
            for figure in self._known.naming.named(whole):
                if figure.role == "value" and figure.equals(numeral) and figure.fits(numeral) is not None:
                    return figure
        return None

    def _reckoned(self, numeral: Numeral, place: int, equal: Sequence[Figure]) -> Figure | None:
        """75户，每户800元，加起来6万元: the only fact of a value that the text itself works out."""
        if not equal or numeral.value is None:
            return None
        each = _EACH.search(self._scene.text, max(0, numeral.start - 4), numeral.start)
        equal = [one for one in equal if not each or any("每" in name or "均" in name for name in one.names)]
        if len(equal) != 1:
            return None
        if each or place in self._scene.claims.sums:
            return equal[0]
        begin = self._scene.sentence(numeral)[0]
        before = [one for one in self._scene.numerals[max(0, place - 4) : place] if one.start >= begin]
        rates = [
            one
            for one in before
            if _EACH.search(self._scene.text, max(0, one.start - 6), one.start)
            or self._scene.text.startswith("/", one.end)
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
        introduced = self._scene.claims.said[place]
        if figure.role != "value":
            return Verdict("unknown") if figure.role == "change" and not introduced.change else None
        if introduced.change or introduced.new:
            return Verdict("unknown")
        each = _EACH.search(self._scene.text, max(0, numeral.start - 4), numeral.start)
        if each and not any("每" in name or "均" in name for name in figure.names):
            return Verdict("unknown")
        if introduced.year_before or self._planned(numeral) or self._cued.excludes(numeral, figure):
            return Verdict("unknown")
        return None
