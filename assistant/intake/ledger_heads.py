"""Where each table of a tab begins: names behind figures, of other columns, places or another year than before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.intake import ledger_words as words
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_year import named_years

_KNOWN, _UNKNOWN = 2, 3
_LOOK_BELOW = 3
_LOOK_FOR_LABELS = 40


@dataclass(frozen=True)
class Table:
    """Its rows, 1-based and included.

    Attributes:
        top: the first of the lines over it; ``head``: its names; ``data``: its first figures.
    """

    top: int
    bottom: int
    head: int
    data: int


class Heads:
    """The tables of a sheet below each other."""

    def __init__(self, layout: Layout, matcher: Matcher) -> None:
        grid = layout.grid
        self.layout = layout
        self.matcher = matcher
        # A ledger has thousands of rows: none is held against every name for likeness.
        self.known = matcher.exact_names()
        self.rows = [row for row, cells in grid.numbered() if any(cell not in (None, "") for cell in cells)]
        self.texts = {row: self._texts(row) for row in self.rows}
        self.figures = {row for row in self.rows if any(layout.is_number(row, at) for at in self._columns(row))}

    def tables(self) -> Iterator[Table]:
        if not self.rows:
            return
        heads: list[int] = []
        starts = [self.rows[0]]
        data = False
        for row in self.rows:
            if row in self.figures:
                data = True
            elif not heads:
                line = self.texts[row].values()
                if len(set(line)) > 1 and not any(map(words.is_form_line, line)) and self._figures_below(row):
                    heads.append(row)
            elif data and self._is_head(row, heads[-1]):
                if self._is_other(row, starts[-1], heads[-1]):
                    starts.append(self._start(row))
                    heads.append(row)
                data = False
        if not heads:
            return
        ends = [*(start - 1 for start in starts[1:]), self.rows[-1]]
        for top, bottom, head in zip(starts, ends, heads, strict=True):
            below = [row for row in self.rows[bisect_right(self.rows, head) :] if row in self.figures]
            yield Table(top, bottom, head, min([*below, bottom + 1]))

    def _columns(self, row: int) -> range:
        return range(1, len(self.layout.grid.rows[row - 1]) + 1)

    def _texts(self, row: int) -> dict[int, str]:
        return {
            at: text
            for at in self._columns(row)
            if (text := self.layout.grid.text(row, at)) and not self.layout.is_number(row, at)
        }

    def _names(self, row: int) -> set[str]:
        return {words.normal(text) for text in self.texts[row].values()}

    def _figures_below(self, row: int) -> bool:
        below = bisect_right(self.rows, row)
        return any(at in self.figures for at in self.rows[below : below + _LOOK_BELOW])

    def _is_other(self, row: int, start: int, head: int) -> bool:
        """Whether it heads another table than the one before: a printed page repeats its header."""
        if self._names(row) != self._names(head):
            return True
        years = self._years(self._start(row), row)
        return bool(years) and years != self._years(start, head)

    def _years(self, top: int, head: int) -> set[int]:
        lines = (" ".join(self.texts[row].values()) for row in range(top, head + 1) if row in self.texts)
        return {year for line in lines for year in named_years(line)}

    def _is_head(self, row: int, before: int) -> bool:
        """Whether a row without figures heads a table of its own."""
        texts = set(self.texts[row].values())
        if len(texts) < _KNOWN or not self._figures_below(row):
            return False
        names = self._names(row)
        if len(names & self.known) >= _KNOWN or words.heads_pairs(names) or names == self._names(before):
            return True
        if self._names_places(row) and self._names_places(before):
            return True
        alone = row - 1 not in self.texts or len(set(self.texts[row - 1].values())) == 1
        return len(texts) >= _UNKNOWN and alone and row - 1 not in self.figures and not self._labels_below(row)

    def _names_places(self, row: int) -> bool:
        """项目, 柳林村, 石桥村: whether villages stand side by side below it."""
        told = [text for text in self.texts[row].values() if not words.total_name(text)]
        places = [text for text in told if words.is_place(text) and words.normal(text) not in words.NAME_HEADERS]
        return len(places) > 1 and len(told) - len(places) <= 1

    def _labels_below(self, row: int) -> bool:
        """A label with its value: its neighbours without one are labels too, and no header."""
        at = bisect_right(self.rows, row)
        for below in self.rows[at : at + _LOOK_FOR_LABELS]:
            if below - 1 not in self.texts:
                break
            first = next(iter(self.texts[below].values()), "")
            match = self.matcher.match(first) if first and below in self.figures else None
            if match is not None and match.sure > 0.9:
                return True
        return False

    def _start(self, head: int) -> int:
        """The first of the lines over a header that belong to it: its title, its unit, also with a gap below them."""
        start = head
        for row in reversed(self.rows[: bisect_right(self.rows, head) - 1]):
            line = set(self.texts[row].values())
            title = len(line) == 1 or any(map(words.is_form_line, line))
            if row in self.figures or not title or any(map(words.is_footer, line)):
                break
            if len(line) == 1 and words.total_word(next(iter(line))):
                break
            start = row
        return start
