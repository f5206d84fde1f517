"""Facts that a number's words tell though they do not name them: 最后走了1个 says 入伍人数.

The report type's own hints (``extraction.yaml``) say how prose puts a fact. They are asked only about facts whose value
the number has, so a wrong number is never made right by one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from assistant.checks.figures import Figure
from assistant.checks.known import key_of
from assistant.checks.naming import Name
from assistant.facts.cue_patterns import FIGURE, LEFT, RIGHT, closed, compiled, masked
from assistant.facts.cues import Cue, FigureCues
from assistant.facts.fields import FactSchema
from assistant.slots.numeral import Numeral

#: How far back a hint's ``near`` may stand.
_NEAR = 3 * LEFT
_ENDS, _CLAUSE = re.compile(r"[。！？\n；]"), re.compile(r"[，。；：、！？\n（）→|｜\ue001]")
#: Marks of a list in a column or a row: what stands behind one is another thing.
_NEXT = re.compile(r"[。！？\n；→|｜◆/]")
#: What may stand between words and their number and says nothing.
_GAP = (
    r"(?:人员|人数|次数|户数|总数|总额|金额|人|者|对象|的|数|量)?[ \u3000]*"
    r"(?:[共总合累]计|一共|总共|全年|今年|先后|实际|目前|现有|达到了?|加起来|召开|组织|开展|发放|落实|安排"
    r"|花费|支出|投入|[共已均各达为是有了到计仅做编开办搞花占发挂印：（“])*[ \u3000]*"
)
_BEHIND = r"[）”\" ]?(?:的|左右|以上|优质|优秀|合格|新)*"
#: A word right beside a number that is a part of the fact's name: 登记：276 of 兵役登记.
_BESIDE = re.compile(
    r"([一-龥]{2})(?:人员|人数|青年|对象)?[的了]?(?:共计|合计|一共|总共|[：: \u3000|｜，共有是为达]){0,3}$"
)

_NONE = FigureCues()


class Cued:
    """The hints of a schema at the numbers of one text."""

    def __init__(
        self,
        schema: FactSchema,
        text: str,
        numerals: Sequence[Numeral],
        names: Sequence[Name],
    ) -> None:
        self._hints = schema.hints
        self._text = text
        self._numerals = numerals
        self._names = names
        self._name_ends = [name.end for name in names]
        # Texts repeat themselves, those that are made to take long most of all.
        self._told: dict[tuple[object, ...], Figure | None] = {}
        self._best: dict[tuple[object, ...], Figure | None] = {}

    def tells(
        self,
        numeral: Numeral,
        equal: Sequence[Figure],
        others: Sequence[Figure],
        last: tuple[int, str] | None,
        item: str = "",
    ) -> Figure | None:
        """The one of the ``equal`` figures that the words around the number say, where they say no other fact better.

        Args:
            others: figures that the number could say by its measure word.
            last: end of the number before and the label of the fact that it says.
            item: the words that 分别 gives the number; they stand for those in front of it.
        """
        if not equal:
            return None
        key = (item, *self._shape(numeral, last))
        if key not in self._told:
            self._told[key] = self._sought(numeral, equal, others, last, item)
        return self._told[key]

    def _shape(self, numeral: Numeral, last: tuple[int, str] | None) -> tuple[object, ...]:
        """All that hints can ask of a number: two numbers of the same shape say the same."""
        near = (numeral.start - last[0], last[1]) if last and numeral.start - last[0] <= LEFT else None
        begin = max(0, numeral.start - _NEAR)
        return (key_of(numeral), near, numeral.start - begin, self._text[begin : numeral.end + RIGHT])

    def _sought(
        self,
        numeral: Numeral,
        equal: Sequence[Figure],
        others: Sequence[Figure],
        last: tuple[int, str] | None,
        item: str,
    ) -> Figure | None:
        left, right = (item, "") if item else self._around(numeral)
        best, score = None, 0
        for figure in equal:
            said = self._score(figure, left, right, numeral, last)
            if said > score:
                best, score = figure, said
        if best is None:
            beside = self._beside(numeral, left) if not item else item[-2:]
            if not beside:
                return None
            labelled = [one for one in others if beside in one.label]
            score = 2
            best = next((one for one in equal if any(beside in name for name in one.names)), None)
            if best is None or (labelled and best not in labelled):
                return None
        values = {one.label for one in equal}
        rivals = (one for one in others if one.label not in values)
        return None if any(self._score(one, left, right, numeral, last) > score for one in rivals) else best

    def row(self, numeral: Numeral, cells: Sequence[Figure], item: str = "") -> Figure | None:
        """烈属3人: the beginning of a row's name, right beside the number or in the item that 分别 gives it."""
        beside = _BESIDE.search(self._around(numeral)[0]) if not item else None
        for cell in cells:
            if cell.row[:2] in item if item else beside is not None and cell.row.startswith(beside[1]):
                return cell
        return None

    def best(self, numeral: Numeral, figures: Sequence[Figure], last: tuple[int, str] | None) -> Figure | None:
        """The fact that the words say, whatever its value; None where they say none, or two alike."""
        key = self._shape(numeral, last)
        if key not in self._best:
            self._best[key] = self._searched(numeral, figures, last, *self._around(numeral))
        return self._best[key]

    def _searched(
        self, numeral: Numeral, figures: Sequence[Figure], last: tuple[int, str] | None, left: str, right: str
    ) -> Figure | None:
        scores = sorted(
            ((self._score(one, left, right, numeral, last), at) for at, one in enumerate(figures)), reverse=True
        )
        if not scores or not scores[0][0] or (len(scores) > 1 and scores[0][0] == scores[1][0]):
            return None
        if any(self._holds(cue, "", left, right, numeral, None) for cue in self._hints.decoys):
            return None
        return figures[scores[0][1]]

    def _score(self, figure: Figure, left: str, right: str, numeral: Numeral, last: tuple[int, str] | None) -> int:
        hints = self._hints.facts.get(figure.label, _NONE)
        return max((self._holds(cue, hints.unless, left, right, numeral, last) for cue in hints.cues), default=0)

    def _beside(self, numeral: Numeral, left: str) -> str:
        """登记：276: a word right beside, unless it is the end of another fact's own name."""
        found = _BESIDE.search(left)
        if found is None:
            return ""
        end = numeral.start - len(left) + found.end(1)
        place = bisect_left(self._name_ends, end)
        named = place < len(self._names) and self._names[place].start < end
        return "" if named and len(self._names[place].text) > 2 else found[1]

    def planned(self, numeral: Numeral) -> bool:
        """Whether its clause is about a plan or a standard: 标准是不低于25万元."""
        plan = self._hints.plan
        if not plan:
            return False
        left = self._around(numeral)[0]
        begin = max((mark.end() for mark in _CLAUSE.finditer(left)), default=0)
        return bool(_compiled(plan).search(left[begin:] + numeral.text))

    def excludes(self, numeral: Numeral, figure: Figure) -> bool:
        """Whether the number's own clause holds words that the fact never has beside it: 3人被淘汰."""
        hints = self._hints.facts.get(figure.label)
        if hints is None or not hints.unless:
            return False
        return bool(_compiled(hints.unless).search(_own_clause(*self._around(numeral))))

    def _around(self, numeral: Numeral) -> tuple[str, str]:
        begin, end = max(0, numeral.start - LEFT), min(len(self._text), numeral.end + RIGHT)
        for stop in _ENDS.finditer(self._text, begin, numeral.start):
            begin = stop.end()
        if ahead := _NEXT.search(self._text, numeral.end, end):
            end = ahead.start()
        return self._shown[begin : numeral.start], self._shown[numeral.end : end]

    @cached_property
    def _shown(self) -> str:
        """The text with ``FIGURE`` for each character of a number."""
        return masked(self._text, ((numeral.start, numeral.end) for numeral in self._numerals))

    def _holds(
        self, cue: Cue, unless: str, left: str, right: str, numeral: Numeral, last: tuple[int, str] | None
    ) -> int:
        """How many characters of the text the cue reads; 0 where it does not hold."""
        before, behind = cue.split or ("", "")
        length = 0
        if cue.of:
            if last is None or last[1] != cue.of or numeral.start - last[0] > LEFT:
                return 0
            between = left.rpartition(FIGURE)[2]
            found = _compiled(before + _GAP).fullmatch(between) if before else None
            if (before and found is None) or (not before and between.strip("，、；（ 其中有")):
                return 0
            length += 2 + len(between)
        elif before:
            found = _compiled(f"(?P<core>{before}){_GAP}$").search(left)
            if found is None:
                return 0
            length += len(found["core"])
        if behind:
            told = _compiled(f"{_BEHIND}(?P<core>{behind})").match(right)
            if told is None:
                return 0
            length += len(told["core"])
        clause = _own_clause(left, right)
        if any(one and _compiled(one).search(clause) for one in (unless, cue.unless)):
            return 0
        if cue.near and not _compiled(cue.near).search(self._text, max(0, numeral.start - _NEAR), numeral.end + RIGHT):
            return 0
        return length


def _own_clause(left: str, right: str) -> str:
    begin = max((mark.end() for mark in _CLAUSE.finditer(left.rstrip("：（ "))), default=0)
    end = _CLAUSE.search(right)
    return left[begin:] + FIGURE + (right[: end.start()] if end else right)


def _compiled(source: str) -> re.Pattern[str]:
    return compiled(closed(source))
