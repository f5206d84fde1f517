"""Several tables on one tab, below each other or side by side: each becomes a sheet of its own, cells in their places.

Read as one, the figures of the second would be added to those of the first. Where one ends is told by its header: a row
of names behind figures, other names than before; side by side, the first name once more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from assistant.facts.fields import FactSchema
from assistant.intake import ledger_words as words
from assistant.intake.found import Notice
from assistant.intake.ledger import open_ledger
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_propose import propose_sheet
from assistant.intake.workbook_grid import Book, Grid, Span, column_letters

#: Rows (top, bottom) and columns (left, right) of a block, all 1-based and included.
Block = tuple[int, int, int, int]
_KNOWN, _UNKNOWN = 2, 3
_LOOK_BELOW = 3
_LOOK_FOR_LABELS = 40


def open_blocks(data: bytes, name: str, schema: FactSchema) -> Book:
    """A file of tables, each a sheet of its own; our own form as it is. Raises WorkbookInputError."""
    book = open_ledger(data, name)
    return book if book.meta else split_blocks(book, schema)


def split_blocks(book: Book, schema: FactSchema) -> Book:
    """The book with a sheet for each table; one without a known fact is told, for nobody will be asked about it."""
    matcher = Matcher(schema)
    grids: list[Grid] = []
    notices = list(book.notices)
    for grid in book.grids:
        blocks = [] if grid.hidden else list(_Blocks(grid, matcher).found())
        if len(blocks) < 2:
            grids.append(grid)
            continue
        for block in blocks:
            one = _cut(grid, block, [other[:2] for other in blocks].count(block[:2]) > 1)
            grids.append(one)
            if propose_sheet(Layout(one), matcher, PurePath(book.name).stem) is None:
                said = f"“{one.name}”是另一张表，没有认出事实，没有读"
                notices.append(Notice("unread", said, place=one.name))
    return replace(book, grids=tuple(grids), notices=tuple(notices))


class _Blocks:
    def __init__(self, grid: Grid, matcher: Matcher) -> None:
        self.layout = Layout(grid)
        self.matcher = matcher
        # A ledger has thousands of rows: none is held against every name for likeness.
        self.known = matcher.exact_names()
        self.rows = [row for row, cells in grid.numbered() if any(cell not in (None, "") for cell in cells)]
        self.texts = {row: self._texts(row) for row in self.rows}
        self.figures = {row for row in self.rows if any(self.layout.is_number(row, at) for at in self._columns(row))}

    def found(self) -> Iterator[Block]:
        if not self.rows:
            return
        heads: list[int] = []
        starts = [self.rows[0]]
        data = False
        for row in self.rows:
            if row in self.figures:
                data = True
                continue
            if heads and not (data and self._is_head(row)):
                continue
            if not heads:
                if len(set(self.texts[row].values())) > 1 and self._figures_below(row):
                    heads.append(row)
                continue
            if self._names(row) != self._names(heads[-1]):
                starts.append(self._start(row))
                heads.append(row)
            data = False
        if not heads:
            return
        ends = [*(start - 1 for start in starts[1:]), self.rows[-1]]
        for top, bottom, head in zip(starts, ends, heads, strict=True):
            yield from self._beside(top, bottom, head)

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

    def _is_head(self, row: int) -> bool:
        """Whether a row without figures heads a table of its own."""
        texts = set(self.texts[row].values())
        if len(texts) < _KNOWN or not self._figures_below(row):
            return False
        if len(self._names(row) & self.known) >= _KNOWN:
            return True
        alone = row - 1 not in self.texts or len(set(self.texts[row - 1].values())) == 1
        return len(texts) >= _UNKNOWN and alone and row - 1 not in self.figures and not self._labels_below(row)

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
        """The first of the lines over a header that belong to it: its title, its unit."""
        start = head
        while start - 1 in self.texts and start - 1 not in self.figures:
            line = set(self.texts[start - 1].values())
            if len(line) != 1 or words.is_footer(next(iter(line))) or words.total_word(next(iter(line))):
                break
            start -= 1
        return start

    def _beside(self, top: int, bottom: int, head: int) -> Iterator[Block]:
        names = {at: words.normal(text) for at, text in self.texts[head].items()}
        first = min(names)
        lefts = [first, *(at for at, name in names.items() if at > first and name == names[first])]
        ends = [*(left - 1 for left in lefts[1:]), self.layout.grid.width]
        several = all(sum(left <= at <= right for at in names) > 1 for left, right in zip(lefts, ends, strict=True))
        if len(lefts) == 1 or not several:
            yield top, bottom, 1, self.layout.grid.width
            return
        lefts[0] = 1
        for left, right in zip(lefts, ends, strict=True):
            yield top, bottom, left, right


def _cut(grid: Grid, block: Block, beside: bool) -> Grid:
    top, bottom, left, right = block
    rows = tuple(
        (*(None,) * (left - 1), *cells[left - 1 : right]) if top <= row <= bottom else ()
        for row, cells in grid.numbered()
    )
    where = f"第 {top}—{bottom} 行"
    if beside:
        where += f" {column_letters(left)}—{column_letters(right)} 列"

    def inside(span: Span) -> bool:
        return top <= span.top <= bottom and left <= span.left <= right

    name, merges = f"{grid.name}（{where}）", tuple(filter(inside, grid.merges))
    return replace(grid, name=name, rows=rows[:bottom], merges=merges, cut_from=grid.name)
