"""The paper: a manuscript as HTML, facts as chips, everything a person typed shown as text."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from assistant.facts.formatting import date
from assistant.reports.manuscript import Block, Manuscript
from assistant.slots.render import Piece

#: [start, end) of a bare number in a section's slot text.
Mark = tuple[int, int]

#: Characters up to which a chip stands on one line; as in editor/src/chips.ts.
SHORT = 8
_TITLES = {"missing": "还没有填：{note}", "fault": "{note}"}


def head_html(manuscript: Manuscript) -> str:
    """Title, the line under it and the addressee."""
    lines = [f"<h1>{pieces_html(manuscript.title)}</h1>"]
    if manuscript.byline:
        lines.append(f'<p class="byline">{pieces_html(manuscript.byline)}</p>')
    if manuscript.addressee:
        lines.append(f'<p class="addressee">{pieces_html(manuscript.addressee)}：</p>')
    return _paper("".join(lines))


def closing_html(manuscript: Manuscript) -> str:
    """Signature and date; "" where the report has neither."""
    lines = []
    if manuscript.signature:
        lines.append(f'<p class="right">{pieces_html(manuscript.signature)}</p>')
    if manuscript.date:
        lines.append(f'<p class="right">{date(manuscript.date)}</p>')
    return _paper("<p>&nbsp;</p>" + "".join(lines)) if lines else ""


def section_html(blocks: Sequence[Block], marks: Sequence[Mark] = (), empty: str = "") -> str:
    """A section's paragraphs.

    Args:
        marks: bare numbers to underline.
        empty: what stands in the place of a text that is not written yet.
    """
    lines = [_block_html(block, marks) for block in blocks]
    if empty and not any(block.pieces for block in blocks):
        lines.append(f'<p class="empty">{html.escape(empty)}</p>')
    return _paper("".join(lines))


def live_html(blocks: Sequence[Block]) -> str:
    """A section while it is being written, its facts already in place."""
    lines = [_block_html(block, ()) for block in blocks]
    caret = '<span class="ng-caret"></span>'
    if lines and lines[-1].endswith("</p>"):
        lines[-1] = lines[-1].removesuffix("</p>") + caret + "</p>"
    else:
        lines.append(f"<p>{caret}</p>")
    return _paper("".join(lines), "live")


def _paper(body: str, extra: str = "") -> str:
    return f'<div class="ng-paper {extra}">{body}</div>'


def _block_html(block: Block, marks: Sequence[Mark]) -> str:
    depth = min(block.depth, 2)
    heading = pieces_html(block.heading)
    if block.heading and not block.runin:
        return f'<p class="h{depth}">{heading}</p>'
    lead = f'<span class="lead{depth}">{heading}</span>' if heading else ""
    return f"<p>{lead}{pieces_html(block.pieces, marks)}</p>"


def pieces_html(pieces: Iterable[Piece], marks: Sequence[Mark] = ()) -> str:
    return "".join(_piece_html(piece, marks) for piece in pieces)


def _piece_html(piece: Piece, marks: Sequence[Mark]) -> str:
    if piece.kind == "text":
        return _marked(piece, marks)
    title = _TITLES.get(piece.kind, "{name}").format(note=piece.note, name=piece.slot.name if piece.slot else "")
    # Figures are what a reader checks; a name in place needs no more than a hint.
    figure = any(character.isdecimal() for character in piece.text)
    kind = ("" if figure else " words") if piece.kind == "value" else f" {piece.kind}"
    kind += " long" if len(piece.text) > SHORT else ""
    return f'<span class="ng-chip{kind}" title="{html.escape(title, quote=True)}">{html.escape(piece.text)}</span>'


def _marked(piece: Piece, marks: Sequence[Mark]) -> str:
    out: list[str] = []
    at = 0
    for start, end in sorted(marks):
        left, right = max(start - piece.start, at), min(end - piece.start, len(piece.text))
        if left >= right or right <= 0:
            continue
        out.append(html.escape(piece.text[at:left]))
        out.append(f'<span class="ng-bare" title="没有事实支持这个数">{html.escape(piece.text[left:right])}</span>')
        at = right
    out.append(html.escape(piece.text[at:]))
    return "".join(out)
