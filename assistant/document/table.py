"""A three-line table as ``w:tbl``: two thick lines, one thin one under the head, the head repeated on each page."""

from __future__ import annotations

import math

from assistant.document.content import Run, Table
from assistant.document.layout import LayoutProfile
from assistant.document.ooxml import Element, paragraph, runs_of, w
from assistant.document.styles import STYLE_IDS
from assistant.document.text import split_placeholders, width

_MARGIN = 85
_NARROWEST = 3.0
#: Twips for the gaps that Word and LibreOffice add beside digits.
_SLACK = 80
#: A cell wider than this is prose and stands from the left.
_PROSE = 12.0


def table_blocks(table: Table, profile: LayoutProfile) -> list[Element]:
    """The caption and the table; nothing where there is no column."""
    count = len(table.columns)
    if not count:
        return []
    rows = [tuple(row[:count]) + ("",) * (count - len(row)) for row in table.body]
    blocks = [_cell_text("table_caption", table.caption, keep_next=True)] if table.caption.strip() else []
    widths = column_widths((table.columns, *rows), profile)
    prose = [any(width(cell) > _PROSE for cell in column) for column in zip(*rows, strict=True)] or [False] * count
    element = w("tbl", _properties(profile), w("tblGrid", *(w("gridCol", w=wide) for wide in widths)))
    element.append(_row("table_head", table.columns, widths, [False] * count, profile, head=True))
    for row in rows:
        element.append(_row("table_cell", row, widths, prose, profile))
    return [*blocks, element]


def column_widths(rows: tuple[tuple[str, ...], ...], profile: LayoutProfile) -> list[int]:
    """Twips for each column, together as wide as the 版心. ``rows``: the heads first.

    Each has room for its widest cell, prose held back; a head may go on with its unit in a second line. Where there is
    not room for all, the narrow ones have theirs and the wide ones share what is left.
    """
    heads, *cells = rows
    wanted = [
        min(max(_NARROWEST, _head_width(head), *(width(row[place]) for row in cells)), _PROSE * 2)
        for place, head in enumerate(heads)
    ]
    total, size = profile.page.text_width, profile.styles["table_cell"].size.twips
    needed = [math.ceil(share * size) + 2 * _MARGIN + _SLACK for share in wanted]
    left = max(0, total - sum(needed)) // len(needed)
    widths = [0] * len(needed)
    room = total
    for done, place in enumerate(sorted(range(len(needed)), key=lambda place: needed[place])):
        widths[place] = min(needed[place] + left, room // (len(needed) - done))
        room -= widths[place]
    widths[-1] += room
    return widths


def _head_width(head: str) -> float:
    name, mark, unit = head.partition("（")
    return max(width(name), width(mark + unit))


def _properties(profile: LayoutProfile) -> Element:
    edge = round(profile.tables.rule.twips / 20 * 8)
    return w(
        "tblPr",
        w("tblW", w=profile.page.text_width, type="dxa"),
        w("jc", val="center"),
        w("tblBorders", _line("top", edge), _line("bottom", edge)),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=_MARGIN, type="dxa"), w("right", w=_MARGIN, type="dxa")),
    )


def _line(side: str, eighths: int) -> Element:
    return w(side, val="single", sz=eighths, space=0, color="000000")


def _row(
    style: str,
    cells: tuple[str, ...],
    widths: list[int],
    prose: list[bool],
    profile: LayoutProfile,
    *,
    head: bool = False,
) -> Element:
    properties = w("trPr", w("cantSplit"))
    if head:
        properties.append(w("tblHeader"))
    row = w("tr", properties)
    for text, wide, left in zip(cells, widths, prose, strict=True):
        cell = w("tcPr", w("tcW", w=wide, type="dxa"))
        if head:
            cell.append(w("tcBorders", _line("bottom", round(profile.tables.inner.twips / 20 * 8))))
        cell.append(w("vAlign", val="center"))
        row.append(w("tc", cell, _cell_text(style, text, left=left, keep_next=head)))
    return row


def _cell_text(style: str, text: str, *, left: bool = False, keep_next: bool = False) -> Element:
    element = paragraph(STYLE_IDS[style], keep_next=keep_next)
    if left:
        element[0].append(w("jc", val="left"))
    element.extend(runs_of(split_placeholders((Run(" ".join(text.split("\n")).strip()),))))
    return element
