"""The pages of a Word file as they will print, worked out without Word or LibreOffice.

What is set is the written file itself, so nothing can be shown that is not in it. The places of lines come from the
layout profile; where a substitute font is wider or narrower than 仿宋, Word may end a page a line earlier or later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from assistant.document.layout import LayoutProfile
from assistant.document.linebreaking import advances, break_lines
from assistant.document.parts import Editable, qn
from assistant.document.preview_places import Indents, border_below, tab_stops
from assistant.document.preview_text import Glyph, glyphs_of, style_of
from assistant.document.styles import STYLE_IDS

_TWIPS = 20.0
#: Styles in which hanzi and digits stand no further apart than hanzi: their places are worked out from widths.
UNGAPPED = frozenset({"title", "signature", "date", "head_mark", "head_number", "attachment_title"})
_KEYS = {style: key for key, style in STYLE_IDS.items()}


@dataclass(frozen=True)
class Span:
    """Characters of one look. ``note``: comments on them; ``kind``: text, insert or delete."""

    text: str
    look: Glyph


@dataclass(frozen=True)
class Line:
    """One line. Lengths in points; ``left`` and ``room`` from the left edge of the 版心.

    Attributes:
        height: from this line's top to the next one's; ``above`` and ``below`` are empty space before and behind it,
            within ``height``.
        align: left, center, right or both (set to both margins).
        key: the paragraph's style in the profile.
        rule: ``ruled`` for the line under a 发文字号: it stands at the end of ``below``.
        stops: where what stands behind each tab begins (``left``) or ends (``right``), from the left edge of the 版心.
    """

    spans: tuple[Span, ...]
    left: float
    room: float
    height: float
    align: str
    key: str
    above: float = 0.0
    rule: str = ""
    below: float = 0.0
    stops: tuple[tuple[str, float], ...] = ()

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Row:
    """A row of a table: for each cell its left edge, its width and its lines. ``rule``: lines over and under it."""

    cells: tuple[tuple[float, float, tuple[Line, ...]], ...]
    height: float
    rule: str = ""


@dataclass(frozen=True)
class Page:
    """Lines and rows from the top of the 版心 down; ``bottom`` stands at its lower edge (版记)."""

    number: int
    lines: tuple[Line | Row, ...]
    bottom: tuple[Row, ...] = ()


@dataclass(frozen=True)
class _Block:
    """Attributes:
    head: the table's first row, which stands again over this row where it begins a page.
    """

    lines: tuple[Line | Row, ...]
    keep_next: bool = False
    new_page: bool = False
    at_bottom: bool = False
    head: Row | None = None


def preview(data: bytes, profile: LayoutProfile) -> tuple[Page, ...]:
    """The pages of a file that ``write_docx`` made by this profile, also with comments and tracked changes in it."""
    file = Editable(data)
    notes = file.notes()
    blocks = [made for block in file.blocks for made in _blocks(block, profile, notes)]
    return tuple(_pages(blocks, profile.page.text_height / _TWIPS))


def _blocks(block: Any, profile: LayoutProfile, notes: dict[str, str]) -> Iterator[_Block]:
    if block.tag == qn("tbl"):
        yield from _table(block, profile, notes)
        return
    properties = block.find(qn("pPr"))
    style = style_of(properties)
    if (line := properties.find(qn("spacing"))) is not None and line.get(qn("line")) == "20":
        return
    rule = profile.styles.get(_KEYS.get(style, "body"), profile.styles["body"])
    keep = rule.outline is not None or properties.find(qn("keepNext")) is not None
    lines = tuple(_lines(block, profile, profile.page.text_width / _TWIPS, notes))
    yield _Block(lines, keep, properties.find(qn("pageBreakBefore")) is not None)


def _lines(paragraph: Any, profile: LayoutProfile, wide: float, notes: dict[str, str]) -> Iterator[Line]:
    properties = paragraph.find(qn("pPr"))
    key = _KEYS.get(style_of(properties), "body")
    style = profile.styles[key]
    glyphs = glyphs_of(paragraph, key, profile, notes)
    text = "".join(glyph.character for glyph in glyphs)
    size = glyphs[0].size if glyphs else style.size.twips / _TWIPS
    spacing = profile.grid.spacing.twips / _TWIPS if style.size.half_points == _body(profile) else 0.0
    indent = Indents.of(properties, style.first_line.value * style.size.twips / _TWIPS)
    height, above = style.line.twips / _TWIPS, 0.0
    if (given := properties.find(qn("spacing"))) is not None:
        above = int(given.get(qn("before"), 0)) / _TWIPS
        height = int(given.get(qn("line"), style.line.twips)) / _TWIPS
    jc = properties.find(qn("jc"))
    align = style.align.value if jc is None else jc.get(qn("val"))
    below = border_below(properties)
    stops = tab_stops(properties)
    pens = advances(text, size, spacing, gaps=key not in UNGAPPED)
    room = wide - indent.left - indent.right
    lines = break_lines(text, pens, room - indent.first, room)
    for number, (start, end) in enumerate(lines):
        last = number == len(lines) - 1 or text[end : end + 1] == "\n"
        under = below if number == len(lines) - 1 else 0.0
        shift = indent.first if number == 0 else 0.0
        yield Line(
            _spans(glyphs[start:end]),
            indent.left + shift,
            room - shift,
            height + above + under,
            "left" if align == "both" and last else align,
            key,
            above,
            "ruled" if under else "",
            under,
            stops,
        )
        above = 0.0


def _body(profile: LayoutProfile) -> int:
    return profile.styles["body"].size.half_points


def _spans(glyphs: list[Glyph]) -> tuple[Span, ...]:
    looks = groupby(glyphs, lambda glyph: replace(glyph, character=""))
    return tuple(Span("".join(glyph.character for glyph in group), look) for look, group in looks)


# ---- tables


def _table(table: Any, profile: LayoutProfile, notes: dict[str, str]) -> Iterator[_Block]:
    imprint = table.find(f"{qn('tblPr')}/{qn('tblpPr')}") is not None
    widths = [int(column.get(qn("w"), 0)) / _TWIPS for column in table.findall(f"{qn('tblGrid')}/{qn('gridCol')}")]
    rows = table.findall(qn("tr"))
    made: list[Row] = []
    for number, row in enumerate(rows):
        cells, left = [], 0.0
        margin = 0.0 if imprint else 85 / _TWIPS
        for cell, wide in zip(row.findall(qn("tc")), widths, strict=False):
            lines = [line for p in cell.findall(qn("p")) for line in _lines(p, profile, wide - 2 * margin, notes)]
            cells.append((left, wide, tuple(replace(line, left=line.left + margin) for line in lines)))
            left += wide
        height = max((sum(line.height for line in lines) for _, _, lines in cells), default=0.0)
        rules = [*(["top"] if number == 0 else []), *(["head"] if number == 0 and not imprint else [])]
        rules += ["inner"] if imprint and number < len(rows) - 1 else []
        rules += ["bottom"] if number == len(rows) - 1 else []
        made.append(Row(tuple(cells), height, " ".join(rules)))
    if imprint:
        yield _Block(tuple(made), at_bottom=True)
        return
    for number, row in enumerate(made):
        yield _Block((row,), keep_next=number == 0 and len(made) > 1, head=made[0] if number else None)


# ---- pages


def _pages(blocks: list[_Block], room: float) -> Iterator[Page]:
    pages: list[list[Line | Row]] = [[]]
    left = room
    bottom: tuple[Row, ...] = ()
    for number, block in enumerate(blocks):
        if block.at_bottom:
            bottom = tuple(row for row in block.lines if isinstance(row, Row))
            if sum(row.height for row in bottom) > left + 0.01:
                pages.append([])
            continue
        if (block.new_page and pages[-1]) or (left < room and left + 0.01 < _chain(blocks, number) <= room):
            pages.append([])
            left = room
        for line in block.lines:
            if line.height > left + 0.01 and pages[-1]:
                pages.append([block.head] if block.head else [])
                left = room - (block.head.height if block.head else 0.0)
            pages[-1].append(line)
            left -= line.height
    for number, lines in enumerate(pages, start=1):
        yield Page(number, tuple(lines), bottom if number == len(pages) else ())


def _chain(blocks: list[_Block], number: int) -> float:
    """The height that must stand on one page from this block on: those kept with the next, and one line behind."""
    if not blocks[number].keep_next:
        return 0.0
    height = 0.0
    while number < len(blocks) and blocks[number].keep_next and not blocks[number].at_bottom:
        height += sum(line.height for line in blocks[number].lines)
        number += 1
    if number < len(blocks) and blocks[number].lines and not blocks[number].at_bottom:
        height += blocks[number].lines[0].height
    return height
