"""Facts that arithmetic tells: villages and communities together, all rows of a table, so many times so much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.cues import SumCue
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.intake.extract_context import Context, Reader
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_figures import fits, measures
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_hit import Hit
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

#: How far apart two parts, a total and its parts, a total and the rows may stand.
_APART, _TOTAL, _ROWS = 10, 16, 40
_ADDED = re.compile(
    r"[，、（]?(?:两项|一共|总计|合为|共有|合起来|加起来|加一[块起]|拢共|总共|共|合|计|[=＝])+(?:是|为|有|达)?"
)
#: Above what any single cue says, for two figures and their sum agree.
_SURE = 9.0


class Sums:
    """The arithmetic of one text."""

    def __init__(self, frame: Frame, figures: Sequence[Numeral], schema: FactSchema, reader: Reader) -> None:
        self._frame, self._figures, self._schema, self._reader = frame, figures, schema, reader

    def hits(self, hits: Sequence[Hit], rows: Sequence[Row], taken: set[int]) -> list[Hit]:
        """The hits with those that arithmetic tells, without those of parts.

        Args:
            taken: numbers of figures that may state nothing.
        """
        out = list(hits)
        for label, cue in self._schema.hints.sums.items():
            item = self._schema.by_label[label]
            if cue.parts:
                out = self._parts(label, cue, out, taken)
            elif not any(hit.label == label and _now(hit) for hit in out):
                bound = {id(hit.figure) for hit in out if hit.label}
                free = [
                    one
                    for place, one in enumerate(self._figures)
                    if place not in taken and id(one) not in bound and self._suits(place, item)
                ]
                found = self._rows(cue, rows, free) if cue.rows else self._product(cue, out, free)
                if found is not None:
                    out.append(Hit(label, found, found.start, found.end, _SURE, context=_VALUE))
        return sorted(out, key=lambda hit: hit.figure.start)

    def _suits(self, place: int, item: FactField) -> bool:
        return (
            fits(self._figures[place], FieldType(item.type), measures(item))
            and self._reader.judge(place).role == "value"
        )

    # ---- 17个行政村、3个社区

    def _parts(self, label: str, cue: SumCue, hits: list[Hit], taken: set[int]) -> list[Hit]:
        text, added = self._frame.text, -1
        for place, (one, two) in enumerate(zip(self._figures, self._figures[1:], strict=False)):
            if place in taken or place == added or not (0 < two.start - one.end <= _APART) or one.unit != two.unit:
                continue
            nouns = self._noun(one, cue), self._noun(two, cue)
            if -1 in nouns or nouns[0] == nouns[1] or one.value is None or two.value is None:
                continue
            if "其中" in text[one.end : two.start]:
                # 村和社区22个，其中村8个、社区14个: the first is no part.
                continue
            if cue.of and not self._behind(cue.of, label, one, hits):
                continue
            value = one.value + two.value
            whole = next(
                (
                    other
                    for other in self._figures[place + 2 : place + 3]
                    if other.value == value
                    and other.start - two.end <= _TOTAL
                    and _ADDED.search(text, two.end, other.start)
                ),
                None,
            )
            doubt = "" if whole is not None else f"由{one.text}和{two.text}相加得出"
            figure = whole or replace(
                one, text=text[one.start : two.end], end=two.end, value=value, low=value, high=value
            )
            parts, added = (one, two), place + 1
            hits = [hit for hit in hits if not (hit.label == label and any(hit.figure is part for part in parts))]
            hits.append(Hit(label, figure, figure.start, figure.end, _SURE, doubt, _VALUE))
            hits = [self._of_both(hit, label, two, figure, doubt) for hit in hits]
        return hits

    def _of_both(self, hit: Hit, label: str, two: Numeral, both: Numeral, doubt: str) -> Hit:
        """12个村、3个社区全部建立民兵连: what is said of all holds for both parts."""
        whole = self._schema.hints.whole.get(hit.label)
        if whole is None or whole.of != label or hit.figure is not two or not _now(hit):
            return hit
        return replace(hit, figure=both, begin=min(hit.begin, both.start), doubt=hit.doubt or doubt)

    def _behind(self, of: str, label: str, one: Numeral, hits: Sequence[Hit]) -> bool:
        """Whether the last fact in front of a figure is the one that it is a part of."""
        told = [hit for hit in hits if hit.figure.start < one.start and hit.label not in ("", label) and _now(hit)]
        last = max(told, key=lambda hit: hit.figure.start, default=None)
        return last is not None and last.label == of and one.start - last.figure.end <= _ROWS

    def _noun(self, one: Numeral, cue: SumCue) -> int:
        """The number of the part whose noun stands right behind or in front of a figure; -1 for none."""
        after, before = self._frame.text[one.end : one.end + 6], self._frame.text[max(0, one.start - 6) : one.start]
        for number, part in enumerate(cue.parts):
            if pattern(f"(?:{part})").match(after) or pattern(f"(?:{part})[有是为：共]?$").search(before):
                return number
        return -1

    # ---- the rows of a table, and products

    def _rows(self, cue: SumCue, rows: Sequence[Row], free: Sequence[Numeral]) -> Numeral | None:
        mine = [row for row in rows if row.table == cue.rows]
        cells = [row.cells.get(cue.column) for row in mine]
        counts = [cell for cell in cells if isinstance(cell, int)]
        if len(counts) < 2 or len(counts) < len(cells):
            return None
        start, end = min(row.start for row in mine), max(row.end for row in mine)
        near = (one for one in free if 0 <= one.start - end <= _ROWS or 0 <= start - one.end <= _ROWS)
        return next((one for one in near if one.value == sum(counts)), None)

    def _product(self, cue: SumCue, hits: Sequence[Hit], free: Sequence[Numeral]) -> Numeral | None:
        values = []
        for label in cue.product:
            mine = [hit.figure.value for hit in hits if hit.label == label and _now(hit)]
            if not mine or mine[0] is None:
                return None
            values.append(mine[0])
        wanted = Decimal(1)
        for value in values:
            wanted *= value
        return next((one for one in free if one.value == wanted > max(values)), None)


_VALUE = Context("value", 0)


def _now(hit: Hit) -> bool:
    return hit.context is None or hit.context.role == "value"
