"""Tables that stand in a text as lines of cells: where they are, what their heads say, what each column is.

Cells are parted by tabs (pasted from Word or Excel), by bars, or by runs of blanks. A tab and a bar part exactly one
cell from the next, so that an empty cell keeps its column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.intake.extract_grid_heads import names_parts, role_of

_BARS = re.compile("[|｜│┃]")
_BLANKS = re.compile(r"[ \u3000]{2,}")
RULE = re.compile(r"[ \u3000+:：|｜│┃—–_=━─┼├┤┌┐└┘┬┴-]+")
EDGES = " \u3000"
_SPACE = re.compile(r"[ \u3000]+")
#: 350,000.00, 约200, 41.3%, 3次.
_FIGURE = re.compile(
    r"(?:约|近)?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?[一-龥%]{0,4}|(?:约|近)?[0-9]+(?:\.[0-9]+)?[一-龥%]{0,4}"
)
_SIGNED = re.compile(
    "(?P<sign>[+＋−－↑↓-]|增加?|减少?|上升|下降)?(?:约|近)?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]+)?|[0-9]+(?:[.][0-9]+)?)"
    "(?:%|[一-龥]{0,3})"
)
_NONE = re.compile(r"[-—–/／\\]+|无|0|")
_BRACKET = re.compile(r"[（(]([^（）()]{1,12})[）)]")
#: 编制30人: a cell that names its own figure, of a table without a head.
_SAID = re.compile(r"[一-龥]{1,6}[0-9]+(?:\.[0-9]+)?(?:人|名|人次|万?元)")
_YEAR = re.compile(r"20[0-9]{2}(?=年|$)")
#: 2025年, 2024, 2026年计划 name a column; 2025人 counts.
_NAMED_YEAR = re.compile(r"20[0-9]{2}(?:年[一-龥]{0,6})?")
#: A unit as a head, a row's name or a caption gives it in brackets.
_UNIT = re.compile(r"(?:单位[：:])?(?P<unit>万元|千元|元|人次|课时|学时|[人名个次户块面条幅份张期天处座间支起件场%])")
#: （单位：万元）, 【经费，万元】
_IN_CAPTION = re.compile(
    r"[（(](?:单位[：:])?([^（）()]{1,12})[）)]|单位[：:] ?([一-龥、，]{1,12})|[，、：: ]((?:千|万)?元)[】\]]"
)
_MEASURED = {
    "次数": "次", "人数": "人", "户数": "户", "人次": "人次", "天数": "天", "课时数": "课时", "份数": "份",
}  # fmt: skip
_TOTAL = re.compile(r"(?:合|总|小|共)计|总数|全[镇乡街区办][一-龥]{0,3}")


@dataclass(frozen=True)
class Cell:
    """The text of a cell without blanks at its ends, and where it begins in the text."""

    text: str
    start: int

    @property
    def is_figure(self) -> bool:
        return bool(_FIGURE.fullmatch(self.text))

    @property
    def is_empty(self) -> bool:
        return bool(_NONE.fullmatch(self.text))


@dataclass(frozen=True)
class Line:
    """One line of a text: ``kind`` is what parts its cells, "" where nothing does."""

    start: int
    end: int
    kind: str
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.text]


@dataclass
class Column:
    """One column: the words of its head without the unit, the unit, and what the column is."""

    name: str
    unit: str
    role: str
    year: int | None = None


@dataclass
class Grid:
    """A table.

    Attributes:
        caption: the short line above, "" where there is none.
        columns: empty where no line names them.
        rows: the lines below the head, without rules and without totals.
        totals: the lines of totals.
        first, last: numbers of its lines, the head with them.
        doubt: why all that it says waits for a person, "" where nothing does.
    """

    caption: str
    columns: list[Column]
    rows: list[Line]
    totals: list[Line]
    first: int
    last: int
    width: int
    doubt: str = ""

    def lines(self, every: Sequence[Line]) -> list[Line]:
        """All its lines out of ``every`` line of the text, those that were read as they were read."""
        read = {line.start: line for line in (*self.rows, *self.totals)}
        return [read.get(line.start, line) for line in every[self.first : self.last + 1]]

    @property
    def unit(self) -> str:
        """The unit of the caption: （单位：万元）."""
        told = "".join(filter(None, (part for found in _IN_CAPTION.findall(self.caption) for part in found)))
        money = re.search("万元|千元|元", told)
        return money.group() if money else ""


def lines_of(text: str) -> list[Line]:
    """All lines with their cells."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append(_line(text, at, at + len(line)))
        at += len(line) + 1
    return _within_bars(found)


def _within_bars(lines: list[Line]) -> list[Line]:
    """Without what stands outside the outer bars, where all lines of a table have them: ｜指标｜今年｜."""
    number = 0
    while number < len(lines):
        last = number
        while last < len(lines) and lines[last].kind == "|":
            last += 1
        block = lines[number:last]
        for edge, rest in ((0, slice(1, None)), (-1, slice(None, -1))):
            if all(line.cells and not line.cells[edge].text for line in block):
                block = [replace(line, cells=line.cells[rest]) for line in block]
        lines[number:last] = block
        number = last + 1
    return lines


def _line(text: str, start: int, end: int) -> Line:
    line = text[start:end]
    if "\t" in line:
        kind, cells = "\t", _cut(line, start, re.compile("\t"))
    elif _BARS.search(line):
        kind, cells = "|", _cut(line, start, _BARS)
    elif _BLANKS.search(line.strip(EDGES)):
        kind, cells = " ", [cell for cell in _cut(line, start, _BLANKS) if cell.text]
    else:
        kind, cells = "", [Cell(line.strip(EDGES), start + len(line) - len(line.lstrip(EDGES)))]
    if sum(1 for cell in cells if cell.text) < 2 and kind != "|":
        kind = ""
    return Line(start, end, kind, tuple(cells))


def _cut(line: str, start: int, mark: re.Pattern[str]) -> list[Cell]:
    found, at = [], 0
    for stop in [*mark.finditer(line), None]:
        piece = line[at : stop.start() if stop else len(line)]
        found.append(Cell(piece.strip(EDGES + "\t"), start + at + len(piece) - len(piece.lstrip(EDGES))))
        at = stop.end() if stop else len(line)
    return found


def is_pairs(line: Line) -> bool:
    """填报单位：｜某镇｜年度：｜2025: names with a colon, each before its value."""
    named = [
        number
        for number, cell in enumerate(line.cells[:-1])
        if cell.text.endswith(("：", ":")) and len(cell.text) > 2 and line.cells[number + 1].text
    ]
    return line.kind in ("\t", "|") and bool(named)


def with_one_blank(text: str, line: Line, width: int) -> Line | None:
    words = [
        Cell(cell.group(), line.start + cell.start())
        for cell in re.finditer(r"[^ \u3000]+", text[line.start : line.end])
    ]
    if width > 1 and len(words) == width and words[-1].is_figure:
        return Line(line.start, line.end, " ", tuple(words))
    return None


def read_grid(text: str, lines: Sequence[Line], first: int, last: int, year: int | None) -> Grid:
    said = [text[above.start : above.end].strip(EDGES + "\t") for above in lines[max(0, first - 3) : first]]
    said = [each for each in said if each][-2:]
    caption = said[-1] if said and is_caption(said[-1]) else ""
    if caption and len(said) > 1 and "单位" in caption and is_caption(said[0]):
        caption = f"{said[0]} {caption}"
    width = max(len(line.cells) for line in lines[first : last + 1])
    body = [
        with_one_blank(text, line, width) or line if line.kind in ("", " ") and len(line.cells) < width else line
        for line in lines[first : last + 1]
        if not RULE.fullmatch(text[line.start : line.end])
    ]
    heads = _heads(body)
    columns = columns_of(body[:heads], width, year) if heads else []
    rows: list[Line] = []
    totals: list[Line] = []
    for line in body[heads:]:
        (totals if _is_total(line) else rows).append(line)
    return Grid(caption, columns, rows, totals, first, last, width)


def is_caption(line: str) -> bool:
    return len(line) <= 44 and not line.endswith(("。", "；"))


def _is_total(line: Line) -> bool:
    return any(_TOTAL.fullmatch(_SPACE.sub("", cell.text)) for cell in line.filled[:2])


def _heads(body: Sequence[Line]) -> int:
    """How many lines name the columns: none, one, or two where cells are merged."""
    if len(body) < 2 or any(counts(cell) or _SAID.fullmatch(cell.text) for cell in body[0].cells):
        return 0
    if len(body) > 2 and any(not cell.text for cell in body[0].cells[1:]):
        told = [role_of(cell.text) for cell in body[1].filled]
        above, below = ([cell.text for cell in line.cells] for line in body[:2])
        known = "other" not in told or names_parts(above, below)
        if len(told) > 1 and known and not any(counts(cell) for cell in body[1].cells):
            return 2
    return 1


def counts(cell: Cell) -> bool:
    """A figure, unless it is a year, which may name a column."""
    return cell.is_figure and not _NAMED_YEAR.fullmatch(cell.text) and bool(cell.text)


def columns_of(heads: Sequence[Line], width: int, year: int | None) -> list[Column]:
    found = []
    above = ""
    for number in range(width):
        words = [line.cells[number].text if number < len(line.cells) else "" for line in heads]
        if len(words) > 1:
            above = words[0] or above
            words[0] = above
        top, said = _SPACE.sub("", words[0]), _SPACE.sub("", words[-1])
        role = role_of(said)
        if len(words) > 1 and (not said or role_of(top) in ("before", "change", "plan")):
            said, role = said or top, role_of(top)
        unit = next((told["unit"] for each in _BRACKET.finditer(said) if (told := _UNIT.fullmatch(each.group(1)))), "")
        name = _BRACKET.sub(lambda each: "" if _UNIT.fullmatch(each.group(1)) else each.group(), said)
        named = _YEAR.search(name) or _YEAR.search(top)
        found.append(Column(name, unit or _MEASURED.get(name, ""), role, int(named.group()) if named else None))
    years = [column.year for column in found if column.year]
    now = year if year in years else max(years, default=None)
    for column in found:
        if column.year and column.role in ("other", "now", "before"):
            column.role = "now" if column.year == now else "before" if now and column.year == now - 1 else "plan"
    return found


def amount(text: str) -> Decimal | None:
    """The number of a cell, with its sign, without its unit; None where the cell is none."""
    told = _SIGNED.fullmatch(text)
    if told is None:
        return None
    number = Decimal(told["number"].replace(",", ""))
    return -number if told["sign"] in ("-", "−", "－", "↓", "减", "减少", "下降") else number


def is_unit(text: str) -> bool:
    return _UNIT.fullmatch(text) is not None


def unit_in(name: str) -> tuple[str, str]:
    """A row's name without the unit that it gives in brackets, and the unit: 信访举报（件）."""
    for each in _BRACKET.finditer(name):
        if told := _UNIT.fullmatch(each.group(1)):
            return name[: each.start()] + name[each.end() :], told["unit"]
    return name, ""
