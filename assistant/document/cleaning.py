"""A document's content with every text made fit for a Word file."""

from __future__ import annotations

from dataclasses import replace

from assistant.document.content import Attachment, Block, Cover, DocumentContent, Imprint, Paragraph, Run, Table
from assistant.document.text import clean_text


def cleaned(content: DocumentContent) -> DocumentContent:
    """The same content: no character that XML forbids, no blanks around lines, empty parts as None."""
    return replace(
        content,
        title=clean_text(content.title),
        byline=_optional(content.byline),
        addressee=_optional(content.addressee),
        signature=_optional(content.signature),
        paragraphs=_blocks(content.paragraphs),
        protected_terms=tuple(clean_text(term) for term in content.protected_terms),
        cover=_cover(content.cover),
        note=_line(content.note),
        attachments=tuple(
            Attachment(_line(item.title), _blocks(item.blocks)) for item in content.attachments if _line(item.title)
        ),
        imprint=_imprint(content.imprint),
    )


def _optional(text: str | None) -> str | None:
    return clean_text(text).strip() or None if text is not None else None


def _line(text: str) -> str:
    return " ".join(clean_text(text).split("\n")).strip()


def _blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(_block(block) for block in blocks)


def _block(block: Block) -> Block:
    if isinstance(block, Table):
        rows = tuple(tuple(_line(cell) for cell in row) for row in block.rows)
        total = tuple(map(_line, block.total))
        return Table(tuple(_line(column) for column in block.columns), rows, _line(block.caption), total)
    return Paragraph(tuple(Run(clean_text(run.text), run.kind) for run in block.runs), block.role)


def _cover(cover: Cover | None) -> Cover | None:
    if cover is None:
        return None
    return replace(
        cover,
        mark=_line(cover.mark),
        number=_line(cover.number),
        signers=tuple(name for signer in cover.signers if (name := _line(signer))),
        copy_number=_line(cover.copy_number),
    )


def _imprint(imprint: Imprint | None) -> Imprint | None:
    if imprint is None:
        return None
    return replace(imprint, copies=tuple(_line(name) for name in imprint.copies), printer=_line(imprint.printer))
