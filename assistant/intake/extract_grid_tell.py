"""A text with its tables told: lines of facts as sentences that the rules for prose read, rows of table facts as rows.

Each sign of the new text knows its place in the source, so that quotes stay the source's own. Lines of table facts are
shut, and so are tables that cannot be read for sure: a column whose head says nothing gives no facts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_grid_copy import Copy, joined
from assistant.intake.extract_grid_facts import FactTables, plain
from assistant.intake.extract_grid_find import grids
from assistant.intake.extract_grid_infer import columns_by_content
from assistant.intake.extract_grid_read import Cell, Grid, Line, is_pairs, lines_of
from assistant.intake.extract_grid_roster import counted_people
from assistant.intake.extract_grid_rows import list_columns, table_rows
from assistant.intake.extract_passages import Passage
from assistant.intake.extract_row import Row

_EARLY = 400
#: Heads of tables that say what shall be done, and who does it.
_PLANNED = re.compile(
    "(?:完成|整改)?时限|责任(?:人|单位|部门|领导)|牵头(?:领导|单位|部门|人)|(?:计划|拟|完成)(?:完成)?时间"
)


@dataclass
class Told:
    """A text whose tables are told.

    Attributes:
        cleaned: the text with its tables told as sentences.
        rows: rows of table facts.
        passages: cells of lists.
        shut: stretches whose figures say nothing more.
        spent: stretches whose rows are told already, though their figures may be facts too.
        doubts: stretches with why what they say waits for a person.
        left: columns of figures that no fact took, with a place of the source.
    """

    cleaned: Cleaned
    rows: list[Row] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    shut: list[tuple[int, int]] = field(default_factory=list)
    spent: list[tuple[int, int]] = field(default_factory=list)
    doubts: list[tuple[int, int, str]] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)

    def doubt_at(self, place: int) -> str:
        """Why a figure at a place of the told text waits for a person, "" where it does not."""
        return next((doubt for start, end, doubt in self.doubts if start <= place < end), "")


def tabulated(cleaned: Cleaned, schema: FactSchema) -> Told:
    """The text with every table in it told; the very text where it has none."""
    if not re.search(r"[\t|｜│┃]|[ \u3000]{2}", cleaned.text):
        return Told(cleaned)
    lines = lines_of(cleaned.text)
    found = list(grids(cleaned.text, lines, _year(cleaned.text, lines)))
    if not found and not any(is_pairs(line) or cleaned.text[line.start : line.end].endswith("\t") for line in lines):
        return Told(cleaned)
    return _Teller(cleaned, lines, found, schema).run()


def _year(text: str, lines: Sequence[Line]) -> int | None:
    """The year that the text names early on, outside its tables."""
    early = (line for line in lines if line.start < _EARLY and not line.kind)
    years = (re.search(r"(20[0-9]{2})年", text[line.start : line.end]) for line in early)
    return next((int(told.group(1)) for told in years if told), None)


class _Teller:
    def __init__(self, cleaned: Cleaned, lines: Sequence[Line], found: Sequence[Grid], schema: FactSchema) -> None:
        self._cleaned, self._lines, self._schema = cleaned, lines, schema
        self._year = _year(cleaned.text, lines)
        self._grids = {grid.first: grid for grid in found}
        self._copy = Copy(cleaned)
        self._facts = FactTables(self._copy, lines, schema)
        self._told = Told(cleaned, shut=self._copy.shut, doubts=self._copy.doubts)

    def run(self) -> Told:
        number = 0
        while number < len(self._lines):
            grid = self._grids.get(number)
            if grid is not None and self._grid(grid):
                number = grid.last + 1
                continue
            stop = grid.last if grid is not None else number
            for line in self._lines[number : stop + 1]:
                self._plain(line)
            number = stop + 1
        self._told.cleaned = self._copy.cleaned()
        self._told.left = [(self._cleaned.places[start], name) for start, name in self._copy.left]
        return self._told

    # ---- one table

    def _grid(self, grid: Grid) -> bool:
        """Tells a table; False where it is none, and stays as it is."""
        if self._facts.form(grid):
            return True
        if lists := list_columns(grid, self._schema):
            self._lists(grid, lists)
            return True
        if (rows := table_rows(grid, self._schema)) is not None:
            self._rows(grid, rows)
            return True
        if counted_people(grid, self._lines, self._copy, self._schema, self._year):
            return True
        if not grid.columns:
            if self._facts.by_turns(grid):
                return True
            if (told := columns_by_content(grid, self._schema)) is None:
                return False
            grid.columns, grid.doubt = told
        planned = any(_PLANNED.fullmatch(column.name) for column in grid.columns)
        if not planned and (self._facts.facts(grid) or self._facts.wide(grid)):
            return True
        figures = max(
            sum(cell.is_figure for cell in line.cells) for line in [*grid.rows, *grid.totals, self._lines[grid.first]]
        )
        if (figures < 2 and not planned) or self._lines[grid.first].kind == " ":
            return False
        for line in self._lines[grid.first : grid.last + 1]:
            self._copy.keep_shut(line)
        return True

    def _rows(self, grid: Grid, rows: Sequence[tuple[Line, Row]]) -> None:
        mine = {id(line): row for line, row in rows}
        for line in grid.lines(self._lines):
            row = mine.get(id(line))
            begin = self._copy.size
            if row is not None and (ends := self._spending(line, row)):
                # What is spent on 征兵宣传 is a row, and a fact too.
                self._sentence(*ends, row)
                self._told.rows.append(replace(row, start=begin, end=self._copy.size - 2))
                joined(self._told.spent, begin, self._copy.size)
                continue
            self._copy.keep_shut(line)
            if row is not None:
                shift = begin - line.start
                self._told.rows.append(replace(row, start=row.start + shift, end=row.end + shift))

    def _spending(self, line: Line, row: Row) -> tuple[Cell, Cell] | None:
        """Name and amount of a row that has nothing else."""
        columns = self._schema.by_label[row.table].columns
        if len(columns) != 2 or columns[1].type is not FieldType.MONEY:
            return None
        ends = [cell for cell in line.filled if cell.start == row.start or cell.start + len(cell.text) == row.end]
        return (ends[0], ends[-1]) if len(ends) > 1 and ends[-1].is_figure else None

    def _sentence(self, name: Cell, cell: Cell, row: Row) -> None:
        unit = ""
        if re.fullmatch("[0-9.,]+", cell.text):
            amount = row.cells[self._schema.by_label[row.table].columns[1].label]
            unit = "元" if Decimal(plain(cell.text).replace(",", "")) == amount else "万元"
        self._copy.add(name.text, name.start)
        self._copy.made(f"{plain(cell.text)}{unit}。\n", cell.start, row.end - 1)

    def _lists(self, grid: Grid, lists: dict[int, str]) -> None:
        known = {line.start for line in grid.rows}
        for line in grid.lines(self._lines):
            begin = self._copy.size
            self._copy.keep_shut(line)
            for number, label in lists.items():
                if line.start in known and number < len(line.cells) and line.cells[number].text:
                    cell = line.cells[number]
                    start = begin + cell.start - line.start
                    self._told.passages.append(Passage(label, start, start + len(cell.text)))

    # ---- lines

    def _plain(self, line: Line) -> None:
        text = self._cleaned.text[line.start : line.end].rstrip("\t")
        if not is_pairs(line):
            self._copy.add(text, line.start)
            self._copy.end(line)
            return
        for number, cell in enumerate(line.filled):
            opened = number and line.filled[number - 1].text.endswith(("：", ":"))
            self._copy.made("" if opened or not number else "，", cell.start)
            self._copy.add(cell.text, cell.start)
        self._copy.end(line)
