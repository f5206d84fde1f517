"""A manuscript as the content that the Word writer takes."""

from __future__ import annotations

from assistant.document.content import DocumentContent, Paragraph, Role, Run
from assistant.reports.manuscript import Block, Manuscript
from assistant.slots.render import Piece, join

_HEADINGS = (Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.HEADING4)
_RUNINS = (Role.RUNIN1, Role.RUNIN2)


def content_of(
    manuscript: Manuscript, *, author: str = "", subject: str = "", names: tuple[str, ...] = ()
) -> DocumentContent:
    """The document's content.

    Args:
        author, subject: for the file's properties.
        names: place and unit names that a title line must not break.
    """
    return DocumentContent(
        title=join(manuscript.title),
        byline=join(manuscript.byline) or None,
        addressee=join(manuscript.addressee) or None,
        paragraphs=tuple(_paragraph(block) for block in manuscript.blocks),
        signature=join(manuscript.signature) or None,
        date=manuscript.date,
        author=author,
        subject=subject,
        protected_terms=names,
    )


def _paragraph(block: Block) -> Paragraph:
    runs = (*map(_run, block.heading), *map(_run, block.pieces))
    if not block.heading:
        return Paragraph(runs)
    roles = _RUNINS if block.runin else _HEADINGS
    return Paragraph(runs, roles[min(block.depth, len(roles)) - 1])


def _run(piece: Piece) -> Run:
    return Run(piece.text, "placeholder" if piece.kind in ("missing", "fault") else "text")
