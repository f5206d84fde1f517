"""Several tables on one tab, below each other or side by side: each becomes a sheet of its own, cells in their places.

Read as one, the figures of the second would be added to those of the first. Where one ends is told by its header
(``ledger_heads.py``); side by side, the first name once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from assistant.facts.fields import FactSchema
from assistant.intake import ledger_words as words
from assistant.intake.found import Notice
from assistant.intake.ledger import open_ledger
from assistant.intake.ledger_heads import Heads, Table
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_propose import propose_sheet
from assistant.intake.workbook_grid import Book, Grid, Span, column_letters


@dataclass(frozen=True)
class _Block:
    """Rows and columns of a table, 1-based and included; ``above``: lines elsewhere that may hold for it."""

    top: int
    bottom: int
    left: int
    right: int
    beside: bool = False
    above: tuple[str, ...] = ()


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
        blocks = [] if grid.hidden else list(_blocks(grid, matcher))
        if len(blocks) < 2:
            grids.append(grid)
            continue
        for block in blocks:
            one = _cut(grid, block)
            grids.append(one)
            if propose_sheet(Layout(one), matcher, PurePath(book.name).stem) is None:
                said = f"“{one.name}”是另一张表，没有认出事实，没有读"
                notices.append(Notice("unread", said, place=one.name))
    return replace(book, grids=tuple(grids), notices=tuple(notices))


def _blocks(grid: Grid, matcher: Matcher) -> Iterator[_Block]:
    layout = Layout(grid)
    above: list[str] = []
    for table in Heads(layout, matcher).tables():
        lines = _lines(grid, table)
        columns = _beside(layout, table)
        for left, right in columns:
            # What stands over one of several side by side may be a title over all of them.
            others = [text for at, text in lines if not left <= at <= right]
            around = tuple(others[::-1]) if len(columns) > 1 else ()
            yield _Block(table.top, table.bottom, left, right, len(columns) > 1, (*around, *above[::-1]))
        above += [text for _, text in lines]


def _lines(grid: Grid, table: Table) -> list[tuple[int, str]]:
    """Titles and units over a table, each with its column; no names of columns."""
    found = []
    for row in range(table.top, table.data):
        texts = [(at, text) for at in range(1, grid.width + 1) if (text := grid.text(row, at))]
        if len({text for _, text in texts}) == 1 or any(words.is_form_line(text) for _, text in texts):
            found += texts
    return found


def _beside(layout: Layout, table: Table) -> list[tuple[int, int]]:
    """First and last columns of the tables that stand side by side."""
    width = layout.grid.width
    for row in range(table.head, table.data):
        names = {
            at: words.normal(text)
            for at in range(1, width + 1)
            if (text := layout.grid.text(row, at)) and not layout.is_number(row, at)
        }
        if not names:
            continue
        first = min(names)
        lefts = [first, *(at for at, name in names.items() if at > first and name == names[first])]
        ends = [*(left - 1 for left in lefts[1:]), width]
        several = all(sum(left <= at <= right for at in names) > 1 for left, right in zip(lefts, ends, strict=True))
        if len(lefts) > 1 and several:
            lefts[0] = 1
            return list(zip(lefts, ends, strict=True))
    return [(1, width)]


def _cut(grid: Grid, block: _Block) -> Grid:
    top, bottom, left, right = block.top, block.bottom, block.left, block.right
    rows = tuple(
        (*(None,) * (left - 1), *cells[left - 1 : right]) if top <= row <= bottom else ()
        for row, cells in grid.numbered()
    )
    where = f"第 {top}—{bottom} 行"
    if block.beside:
        where += f" {column_letters(left)}—{column_letters(right)} 列"

    def inside(span: Span) -> bool:
        return top <= span.top <= bottom and left <= span.left <= right

    name, merges = f"{grid.name}（{where}）", tuple(filter(inside, grid.merges))
    return replace(grid, name=name, rows=rows[:bottom], merges=merges, cut_from=grid.name, above=block.above)
