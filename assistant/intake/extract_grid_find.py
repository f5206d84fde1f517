"""Where the tables of a text are: lines of cells that go on, to where another head begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.intake.extract_grid_heads import is_of_years, told_names
from assistant.intake.extract_grid_read import (
    EDGES,
    RULE,
    Cell,
    Grid,
    Line,
    columns_of,
    counts,
    is_caption,
    is_pairs,
    read_grid,
    with_one_blank,
)

#: So many lines may stand between two parts of one sheet, or between a sheet and the sentence that tells its columns.
_BETWEEN = 3


def grids(text: str, lines: Sequence[Line], year: int | None) -> Iterator[Grid]:
    """Every table of two lines or more; below a head that holds on, of one line too."""
    number = 0
    head: list[str] = []
    ended = -_BETWEEN
    while number < len(lines):
        line = lines[number]
        kind = line.kind
        if not kind or is_pairs(line):
            if told := told_names(text[line.start : line.end]):
                head, ended = told, number
            number += 1
            continue
        last = number
        while last + 1 < len(lines) and _goes_on(text, lines[last + 1], kind, line):
            # Nor does 填报单位：…	日期：… above a head have part in it.
            if _is_head(lines[last + 1]) and (last > number or not _is_head(line)):
                break
            last += 1
        grid = read_grid(text, lines, number, last, year)
        if _is_head(line):
            head = [cell.text for cell in line.cells]
        elif not grid.columns and _holds_on(grid, head) and _near(text, lines, ended, number):
            cells = tuple(Cell(name, 0) for name in head)
            grid.columns = columns_of([Line(0, 0, kind, cells)], max(grid.width, len(head)), year)
        elif grid.columns:
            head = []
        if last > number or (grid.rows and grid.columns):
            yield grid
        ended = last
        number = last + 1


def _is_head(line: Line) -> bool:
    """指标｜去年｜今年｜差额: it parts the years, and has no figures."""
    cells = line.filled
    if len(cells) < 3 or any(counts(cell) for cell in cells):
        return False
    return sum(1 for cell in cells[1:] if is_of_years(cell.text)) > 1


def _holds_on(grid: Grid, head: Sequence[str]) -> bool:
    """Whether the lines of a table fit below an earlier head."""
    lines = [*grid.rows, *grid.totals]
    if not head or not lines or grid.width > len(head):
        return False
    return all(
        line.cells and not line.cells[0].is_figure and any(cell.is_figure for cell in line.cells[1:]) for line in lines
    )


def _near(text: str, lines: Sequence[Line], ended: int, number: int) -> bool:
    """Whether only headings stand between a head, or the part before, and a part."""
    between = [text[line.start : line.end].strip(EDGES + "\t") for line in lines[max(0, ended + 1) : number]]
    between = [words for words in between if words]
    return len(between) <= _BETWEEN and all(is_caption(words) for words in between)


def _goes_on(text: str, line: Line, kind: str, first: Line) -> bool:
    if line.kind == kind:
        return not is_pairs(line)
    if RULE.fullmatch(text[line.start : line.end] or "x"):
        return True
    # 征兵宣传 1.25 1.1: one blank, below a head of as many cells.
    return line.kind == "" and with_one_blank(text, line, len(first.filled)) is not None
