"""零举报, 没有发生一起信访举报: words that say a fact is nought."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks.figures import Figure
from assistant.checks.finding import Finding, Part
from assistant.slots.vocabulary import grouped_alternatives

#: Measure words of what is better not to happen; 无人 or 零散 deny no count of people or papers.
_INCIDENTS = frozenset("起件例宗")
_DENIED = "(?:零|无|没有|未有|(?:未|没有?)(?:发生|收到|接到|出现))(?:过|任何|[一1][起件例]|征兵|有关|相关){0,3}"


@dataclass(frozen=True, slots=True)
class Denial:
    """Characters [start, end) say that ``figure`` is nought."""

    text: str
    start: int
    end: int
    figure: Figure

    @property
    def true(self) -> bool:
        return self.figure.value == 0


class Denials:
    """Finds what denies the facts of one sheet."""

    def __init__(self, figures: list[Figure]) -> None:
        words: dict[str, Figure | None] = {}
        for figure in figures:
            if figure.role != "value" or figure.row or figure.empty or not figure.units & _INCIDENTS:
                continue
            if figure.kind != "count" or figure.is_total:
                continue
            label = figure.label
            for word in {*figure.names, *((label[:2], label[-2:]) if len(label) == 4 else ())}:
                # A word of two facts tells neither.
                words[word] = figure if words.get(word, figure) is figure else None
        self._figures = {word: figure for word, figure in words.items() if figure is not None}
        self._pattern = re.compile(f"{_DENIED}(?P<what>{grouped_alternatives(self._figures)})(?!人|电话|箱|渠道)")

    def find(self, text: str) -> Iterator[Denial]:
        """In order."""
        if not self._figures:
            return
        for match in self._pattern.finditer(text):
            yield Denial(match.group(), match.start(), match.end(), self._figures[match["what"]])


def denial_findings(denials: Iterator[Denial], section_key: str = "", part: Part = "text") -> list[Finding]:
    """An error for each that the sheet contradicts."""
    return [
        Finding(
            rule="wording.contradiction",
            severity="error",
            message=f"写的是“{denial.text}”，而事实“{denial.figure.label}”是{denial.figure.printed}。",
            section_key=section_key,
            start=denial.start,
            end=denial.end,
            excerpt=denial.text,
            facts=(denial.figure.label,),
            part=part,
        )
        for denial in denials
        if not denial.true
    ]
