"""Which of the figures that state a fact is its value; what the others are is told.

What names the fact stands above what only may mean it, the whole above a village, and two that are as good are a choice
for a person. A figure of last year, of a part, or of what is new alone is told, never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.sheet import Fact
from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_added import only_new
from assistant.intake.extract_cues import cues_of
from assistant.intake.extract_figures import approximation, unit_of, value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_hit import Hit
from assistant.intake.extract_last_year import last_of_nought
from assistant.intake.extract_places import Places
from assistant.intake.found import FoundFact, Notice
from assistant.slots.numeral import Numeral

#: Words of a sentence whose figures are those of the whole, and how much that is worth.
_WHOLE, _WIDTH = re.compile("汇总|全[镇乡办](?!党委)|全街道|总共|总计"), 6.0


class Chosen:
    """The figures of one text as facts.

    Attributes:
        notices: what was not taken, by and by.
    """

    def __init__(self, frame: Frame, cleaned: Cleaned, schema: FactSchema, places: Places) -> None:
        self._frame, self._cleaned, self._schema, self._places = frame, cleaned, schema, places
        self.notices: list[Notice] = []

    def facts(self, hits: Sequence[Hit], skip: Sequence[tuple[int, int]]) -> list[FoundFact]:
        """A fact for each label that a figure of this year states.

        Args:
            skip: stretches that state none.
        """
        now: dict[str, list[Hit]] = {}
        before: dict[str, Hit] = {}
        for hit in hits:
            role = hit.context.role if hit.context else "value"
            if not hit.label:
                continue
            if role == "value":
                now.setdefault(hit.label, []).append(hit)
            elif role == "last-year":
                before.setdefault(hit.label, hit)
            else:
                self._tell(hit, role)
        found = [fact for label, mine in now.items() if (fact := self._chosen(label, mine, before.pop(label, None)))]
        for hit in before.values():
            self._tell(hit, "last-year")
        for hit in only_new(hits, self._frame.text, self._schema):
            self._tell(hit, "new")
        return found + list(self._noughts({fact.label for fact in found}, skip))

    def _chosen(self, label: str, mine: list[Hit], before: Hit | None) -> FoundFact | None:
        item = self._schema.by_label[label]
        kind = FieldType(item.type)
        # What names the fact stands above what only may mean it.
        mine = [hit for hit in mine if not hit.doubt] or mine
        best = max(mine, key=lambda hit: (hit.score + self._width(hit), -hit.figure.start))
        others = [hit for hit in mine if hit.figure.value != best.figure.value and hit.figure.text[0] != "一"]
        value = value_of_figure(best.figure, kind)
        if value is None:
            return None
        doubt = best.doubt
        if best.rivals:
            doubt = f"也可能是“{best.rivals[0]}”"
            self._add("choice", f"“{best.figure.text}”可能是“{label}”，也可能是“{best.rivals[0]}”，请核对。", best)
        close = [hit for hit in others if hit.score >= best.score - 3]
        if close:
            doubt = "文中有不同的数：" + "、".join(dict.fromkeys(hit.figure.text for hit in close))
            for hit in close:
                said = f"“{label}”前面取了“{best.figure.text}”，这里写的是“{hit.figure.text}”，请选一个。"
                self._add("choice", said, hit)
        last = best.last_year or next((hit.last_year for hit in mine if hit.last_year), None)
        last = last or (before.figure if before else None)
        last_value = value_of_figure(last, kind) if last is not None and last.kind in _same(best.figure) else None
        start, end = self._cleaned.span(max(best.begin, 0), best.end)
        told = (last_value, approximation(last)) if last is not None and last_value is not None else None
        fact = Fact(value, approximation(best.figure), last_value, self._places.where(start), last_told=told)
        return FoundFact(
            label,
            fact,
            self._cleaned.source[start:end],
            start,
            end,
            self._places.place(start),
            unit_of(best.figure),
            None,
            doubt,
            best.guessed,
        )

    def _width(self, hit: Hit) -> float:
        """全镇汇总 speaks for the whole where villages told theirs before."""
        sentence = self._frame.sentence(hit.figure.start)
        return _WIDTH if _WHOLE.search(self._frame.text, sentence.start, hit.figure.start) else 0.0

    def _noughts(self, known: set[str], skip: Sequence[tuple[int, int]]) -> Iterator[FoundFact]:
        """零举报, 未发生信访举报: nought is a value."""
        for label, pattern in cues_of(self._schema).zero.items():
            if label in known:
                continue
            for found in pattern.finditer(self._frame.text):
                if any(start <= found.start() < end for start, end in skip):
                    continue
                start, end = self._cleaned.span(*found.span())
                last = last_of_nought(self._frame.text, found.end())
                fact = Fact(0, last_year=last, source=self._places.where(start))
                yield FoundFact(label, fact, self._cleaned.source[start:end], start, end, self._places.place(start))
                break

    def _tell(self, hit: Hit, role: str) -> None:
        said = {
            "last-year": f"“{hit.figure.text}”是去年的“{hit.label}”，没有当作今年的数。",
            "other-year": f"“{hit.figure.text}”是别的年份的“{hit.label}”，没有当作今年的数。",
            "new": f"“{hit.figure.text}”是新增的“{hit.label}”，不是总数，没有取。",
            "partial": f"“{hit.figure.text}”只是一部分，没有当作全年的“{hit.label}”。",
        }
        if role in said:
            self._add("choice" if role in ("partial", "new") else "last-year", said[role], hit)

    def _add(self, kind: Literal["choice", "last-year"], message: str, hit: Hit) -> None:
        start, end = self._cleaned.span(max(hit.begin, 0), hit.end)
        quote = self._cleaned.source[start:end]
        self.notices.append(Notice(kind, message, quote, start, end, self._places.place(start)))


def _same(one: Numeral) -> tuple[str, ...]:
    return ("count", "number") if one.kind in ("count", "number") else (one.kind,)
