"""Tables whose cells a comma, a stroke or one blank parts, with tabs in the place of those signs.

Such lines are told from prose by their shape alone: line below line has as many cells, one column holds names, and each
other column holds nothing but figures, or nothing but words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: What may part cells; the first that fits the most lines wins.
_MARKS = tuple(
    re.compile(mark) for mark in ("[,，] +", "，", ",", "、", "[；;]", "/|／", "[ \u3000]{2,}", "[ \u3000]+")
)
_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9,])")
_QUOTED = re.compile(r'"[^"\n]*"|“[^“”\n]*”')
_QUOTES = ' "“”'
_STOPS = re.compile("[。！？\t|｜│┃]")
_FIGURE = re.compile(
    r"[+＋±−－-]?(?:约|近)?(?:(?!0[0-9])[0-9]+(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?)(?:%|[一-龥]{1,2})?"
)
_NONE = re.compile(r"[-—–－/／\\]*|无")
_YEAR = re.compile("20[0-9]{2}(?:年[一-龥]{0,6})?")
_UNIT = "(?:人次|课时|[人名个次户块面条幅份张期天处座间支起件场万元%])"
#: A thing told in words with its figure: no cell of a table has both, but a remark.
_TOLD = re.compile(rf"[一-龥：:][0-9]+(?:\.[0-9]+)?{_UNIT}")
_HANZI = re.compile("[一-龥]{2}")
#: 应急排 80/78/6: a figure at the end is no part of a name.
_NAME = re.compile("[一-龥].*[^0-9%]$|[一-龥]$|^20[0-9]{2}$")
_WIDEST, _LONGEST = 14, 24
_LEAST_BELOW_HEAD, _LEAST_BARE = 2, 3
#: So many lines of as many cells may stand above a table, or below it.
_CAPTIONS, _FOOTERS = 3, 3


@dataclass(frozen=True)
class _Line:
    """A line, and the same as it was written: whether a comma was a full one is only known there."""

    text: str
    written: str


@dataclass(frozen=True)
class _Cut:
    """A line with the places of the signs that part its cells."""

    line: str
    places: tuple[tuple[int, int], ...]

    @property
    def cells(self) -> list[str]:
        bounds = [0, *(bound for place in self.places for bound in place), len(self.line)]
        ends = zip(bounds[::2], bounds[1::2], strict=True)
        return [self.line[start:end].strip(" \u3000" + _QUOTES) for start, end in ends]

    def tabbed(self) -> str:
        signs = list(self.line)
        for start, end in self.places:
            signs[start:end] = ["\t", *" " * (end - start - 1)]
        for quoted in _QUOTED.finditer(self.line):
            signs[quoted.start()] = signs[quoted.end() - 1] = " "
        return "".join(signs)


def cells_as_tabs(text: str, source: str) -> str:
    """The text with tabs between such cells; as long as before.

    Args:
        source: the text as it was written, sign by sign.
    """
    lines = [_Line(*both) for both in zip(text.split("\n"), source.split("\n"), strict=True)]
    out: list[str] = []
    passed: dict[str, tuple[int, int]] = {}
    while len(out) < len(lines):
        number = len(out)
        block = _longest(lines, number, passed) if _may_begin(lines, number) else []
        out += [cut.tabbed() for cut in block] or [lines[number].text]
    return "\n".join(out)


def _may_begin(lines: Sequence[_Line], number: int) -> bool:
    """Two lines of a table at least, one of them with figures."""
    return (
        number + 1 < len(lines)
        and 2 < len(lines[number].text) < _WIDEST * _LONGEST
        and bool(lines[number + 1].text)
        and not _STOPS.search(lines[number].text)
        and any(sign.isdigit() for line in lines[number + 1 : number + 3] for sign in line.text)
    )


def _longest(lines: Sequence[_Line], number: int, passed: dict[str, tuple[int, int]]) -> list[_Cut]:
    """The table that begins here, parted by the mark that fits the most lines.

    Args:
        passed: for each mark the lines, from … to, that have as many cells, and are no table.
    """
    found: list[_Cut] = []
    for mark in _MARKS:
        first, end = passed.get(mark.pattern, (0, 0))
        # A table that begins further down begins behind a line or two, or not at all.
        if first + _CAPTIONS <= number < end or not mark.search(lines[number].written):
            continue
        for grouped in (False, True) if mark.pattern == "," else (False,):
            alike = _alike(lines, number, mark, grouped=grouped)
            block = _block(alike)
            if len(block) > len(found):
                found = block
            if not block and number >= end:
                passed[mark.pattern] = (number, number + len(alike))
    return found


def _alike(lines: Sequence[_Line], number: int, mark: re.Pattern[str], *, grouped: bool) -> list[_Cut]:
    """The lines from here on that have as many cells."""
    width = len(_cut(lines[number], mark, grouped=grouped).places)
    block: list[_Cut] = []
    while 0 < width < _WIDEST and number + len(block) < len(lines):
        line = lines[number + len(block)]
        cut = _cut(line, mark, grouped=grouped)
        if len(cut.places) != width or _STOPS.search(line.text) or any(len(cell) > _LONGEST for cell in cut.cells):
            break
        block.append(cut)
    return block


def _block(alike: Sequence[_Cut]) -> list[_Cut]:
    """The lines of a table that begins with the first of them; [] where none does."""
    cells = [cut.cells for cut in alike]
    heads = 0
    while heads < min(2, len(cells)) and _names(cells[heads]):
        heads += 1
    for end in range(len(cells), max(heads, len(cells) - _FOOTERS - 1), -1):
        # What stands below the table, in as many parts, is none of it.
        if _is_table(cells[:heads], cells[heads:end]):
            return list(alike[:end]) if end - heads >= min(_LEAST_BELOW_HEAD, len(cells) - heads) else []
    return []


def _cut(line: _Line, mark: re.Pattern[str], *, grouped: bool) -> _Cut:
    closed = [found.span() for found in _QUOTED.finditer(line.text)]
    if grouped:
        closed += [found.span() for found in _GROUPED.finditer(line.text)]
    places = [found.span() for found in mark.finditer(line.written.rstrip())]
    return _Cut(line.text, tuple(place for place in places if not any(one <= place[0] < two for one, two in closed)))


def _names(cells: Sequence[str]) -> bool:
    """A line of heads: words, no figures but years."""
    return any(_HANZI.search(cell) for cell in cells) and not any(
        _FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells if cell
    )


def _is_table(heads: Sequence[Sequence[str]], body: Sequence[Sequence[str]]) -> bool:
    width = len(body[0])
    if len(heads) and len(body) == 1:
        # 登记，报名，入伍 above 325，61，18.
        return width > 2 and all(_FIGURE.fullmatch(cell) for cell in body[0])
    if len(body) < (_LEAST_BELOW_HEAD if heads else _LEAST_BARE):
        return False
    kinds = [_kind([line[column] for line in body]) for column in range(width)]
    if all(_YEAR.fullmatch(line[0]) for line in body):
        # 2024年 and 2025年 as lines.
        kinds[0] = "words"
    if "mixed" in kinds[:-1] or (kinds[-1] == "mixed" and kinds.count("figures") < 2):
        return False
    serial = kinds[0] == "figures" and [line[0] for line in body] == [str(at) for at in range(1, len(body) + 1)]
    named = next((column for column, kind in enumerate(kinds) if kind == "words"), None)
    if named is None or named > 2 or (named and not serial):
        return False
    names = [line[named] for line in body]
    figures = sum(1 for kind in kinds[named + 1 :] if kind == "figures")
    return figures > 0 and all(not name or (_NAME.search(name) and not _TOLD.search(name)) for name in names)


def _kind(cells: Sequence[str]) -> str:
    told = [cell for cell in cells if not _NONE.fullmatch(cell)]
    figures = sum(1 for cell in told if _FIGURE.fullmatch(cell))
    if not told:
        return "empty"
    if figures == len(told):
        return "figures"
    return "words" if not figures and not any(_TOLD.search(cell) for cell in told) else "mixed"
