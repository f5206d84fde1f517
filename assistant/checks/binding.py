"""Which fact a number in a text speaks of: the one that its own context names.

A bag of values would take two exchanged figures for right. So a number is bound by names first, and its value is
compared only then.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from functools import cached_property

from assistant.checks.by_value import ByValue
from assistant.checks.denials import Denials
from assistant.checks.figures import figures_of
from assistant.checks.known import Known
from assistant.checks.plans import Plans
from assistant.checks.ranking import STRONG, TIE, Ranking
from assistant.checks.scene import SENTENCE, Scene
from assistant.checks.second_look import SecondLook
from assistant.checks.verdict import Verdict
from assistant.facts.sheet import FactSheet
from assistant.slots.numeral import Numeral

#: How far behind a figure its difference may stand.
_COMPARED_WITHIN = 16
_ALONE = re.compile(r"[，（(；、]?(?:[较比]?(?:去年|上年|上一年)(?:同期)?|同期)[^，、；。（）]{0,4}")
#: What is counted in 个 and is nobody; 两个村干部 are people.
_GROUPS = re.compile(
    "[一-龥]{0,2}?(?:小组|组|自然村|行政村|村|社区|居委会|村委会|网格|[镇乡街]|单位|部门|科室|企业|学校|中学|小学|[党团总]?支部|党组织|党委|民兵[连排班]|连队|连|排|班"
    "|分队|队伍|工作站|服务站|中心|点位)(?!民(?!小组|兵[连排班])|[一-龥]{0,3}(?:青年|干部|人|员|长|战士|群众|学生|同志|代表|[支书]书|书记|主任))"
)


class Binder:
    """Judges the numbers of texts against one sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        self.sheet = sheet
        self.figures = figures_of(sheet)
        self.known = Known(self.figures)
        self.naming = self.known.naming

    def read(self, text: str, numerals: Sequence[Numeral], plans: Plans = ()) -> Reading:
        """``plans``: [start, end) of what is about the next year, in order."""
        return Reading(self, text, numerals, plans)

    @cached_property
    def denials(self) -> Denials:
        return Denials(self.figures)


def binder_of(sheet: FactSheet) -> Binder:
    """The sheet's binder, made once while the sheet is one of the last few that were asked for."""
    for known in tuple(_recent):
        if known.sheet is sheet:
            return known
    binder = Binder(sheet)
    _recent.append(binder)
    return binder


_recent: deque[Binder] = deque(maxlen=4)


class Reading:
    """One text, whose numbers are judged in order."""

    def __init__(self, binder: Binder, text: str, numerals: Sequence[Numeral], plans: Plans = ()) -> None:
        self._known = binder.known
        self._scene = Scene(self._known, text, numerals, plans)
        self._ranking = Ranking(self._scene, self._known)
        self._by_value = ByValue(self._scene, self._known)
        self._again = SecondLook(self._scene, self._known, binder.sheet.schema)

    def judge(self, numeral: Numeral) -> Verdict:
        """Binds the number and compares it. Numbers of a text are judged in order."""
        place = bisect_left(self._scene.starts, numeral.start)
        verdict = self._own(numeral, place) or self._compared(numeral, place) or self._judged(numeral, place)
        if verdict.status != "grounded":
            verdict = self._again.told(numeral, place, verdict) or verdict
        if not verdict.named and numeral.kind in ("count", "money", "percent"):
            verdict = self._again.contradicted(numeral, place) or verdict
        if verdict.figure is not None and verdict.figure.fits(numeral) and self._counts_groups(numeral):
            verdict = self._by_value.judge(numeral, place)
        if verdict.figure is not None and verdict.figure.role == "value":
            self._again.last = (numeral.end, verdict.figure)
        return verdict

    def _counts_groups(self, numeral: Numeral) -> bool:
        """两个村民小组完成登记: 个 counts what stands behind it, and stands for no 人 or 户."""
        return numeral.unit == "个" and _GROUPS.match(self._scene.text, numeral.end) is not None

    def _own(self, numeral: Numeral, place: int) -> Verdict | None:
        """入伍17人, and it is 17: most numbers of a right report need no more."""
        for at, label in self._scene.claims.owned.get(place, ()):
            for figure, _ in self._known.naming.fitting(self._scene.names[at].text, numeral):
                if figure.label == label and figure.role == "value" and not figure.row and figure.equals(numeral):
                    return Verdict("grounded", figure, named=True)
        return None

    def _compared(self, numeral: Numeral, place: int) -> Verdict | None:
        """12人，同比增长20% or 12人，去年10人: the difference or the old figure is that of the figure before it."""
        if self._again.last is None or numeral.start - self._again.last[0] > _COMPARED_WITHIN:
            return None
        said, between = self._scene.claims.said[place], self._scene.text[self._again.last[0] : numeral.start]
        if said.origin or SENTENCE.search(between):
            return None
        label = self._again.last[1].label
        if said.change:
            for figure in self._known.compared(label, "change"):
                if figure.fits(numeral) is not None:
                    return Verdict("grounded" if figure.equals(numeral) else "mismatch", figure, named=True)
        elif said.last_year and _ALONE.fullmatch(between):
            for figure in self._known.compared(label, "last_year"):
                if figure.fits(numeral) is not None:
                    return Verdict("grounded" if figure.equals(numeral) else "mismatch", figure, named=True)
        return None

    def _judged(self, numeral: Numeral, place: int) -> Verdict:
        ranked = self._ranking.ranked(numeral, place)
        if not ranked:
            return self._misunit(numeral) or self._by_value.judge(numeral, place)
        best = ranked[0][0]
        near = [figure for cost, figure in ranked if cost <= best + TIE]
        # Loosely named: a fact further away, or one that nobody names, may say just this.
        for figure in near if best <= STRONG else [figure for _, figure in ranked]:
            if figure.equals(numeral):
                return Verdict("grounded", figure, named=True)
        if best > STRONG and (told := self._by_value.judge(numeral, place)).status == "grounded":
            return told
        filled = [figure for figure in near if not figure.empty]
        if filled:
            return Verdict("mismatch", filled[0], named=True)
        return Verdict("unknown", near[0], named=True)

    def _misunit(self, numeral: Numeral) -> Verdict | None:
        """专题会议4人: the fact's own figure, right behind its name, in a measure word that it has not."""
        place = bisect_right(self._scene.name_starts, numeral.start) - 1
        if place < 0 or numeral.kind != "count" or not 0 <= numeral.start - self._scene.names[place].end <= 1:
            return None
        for figure in self._known.naming.named(self._scene.names[place].text):
            if figure.role == "value" and not figure.row and figure.kind == "count" and figure.value == numeral.value:
                return Verdict("mismatch", figure, named=True)
        return None
