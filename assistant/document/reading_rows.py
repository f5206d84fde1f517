"""A table's rows as lines: a cell stands below the cell that is above it in Word, whatever is merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

#: A cell of sentences is a text of its own, in a frame.
_SENTENCE = re.compile("[。；]")
#: More columns than this no table of a report has; a file may say any number.
_MOST = 60


class Cell:
    """One cell: its paragraphs, those of tables within it too; how many columns it spans; whether it is one with the
    cell above."""

    def __init__(self, lines: Sequence[str], span: int = 1, below: bool = False, nested: bool = False) -> None:
        self.lines = [part.strip() for line in lines for part in line.split("\n") if part.strip()]
        self.span = max(1, min(span, _MOST))
        self.below = below
        self.nested = nested

    @property
    def is_text(self) -> bool:
        return self.nested or (len(self.lines) > 1 and any(_SENTENCE.search(line) for line in self.lines))


def row_lines(cells: Sequence[Cell]) -> Iterator[str]:
    """One line with tabs between its cells; texts in cells stand on lines of their own."""
    if len(cells) == 1:
        yield from cells[0].lines
        return
    if not any(cell.is_text for cell in cells):
        yield "\t".join(_columns(cells))
        return
    beside: list[Cell] = []
    for cell in cells:
        if not cell.is_text:
            beside.append(cell)
            continue
        yield from _beside(beside)
        beside = []
        yield from cell.lines
    yield from _beside(beside)


def _columns(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        yield "" if cell.below else " ".join(cell.lines)
        yield from [""] * (cell.span - 1)


def _beside(cells: Sequence[Cell]) -> Iterator[str]:
    filled = [text for text in _columns(cells) if text]
    if filled:
        yield "\t".join(filled)
