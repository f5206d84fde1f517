"""``DocumentContent`` → the bytes of a Word file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import zip_longest

from assistant.document.body import blank, blocks_of, heading_lines
from assistant.document.cleaning import cleaned
from assistant.document.closing import closing_blocks
from assistant.document.content import Block, DocumentContent, Table
from assistant.document.head import head_blocks
from assistant.document.layout import LayoutProfile
from assistant.document.ooxml import Element, W, w
from assistant.document.package import pack
from assistant.document.styles import STYLE_IDS
from assistant.document.tail import attachment_blocks, attachment_note, imprint_blocks, note_blocks
from assistant.document.text import PLACEHOLDER
from assistant.errors import ExportError, OpenPlaceholders

_SHOWN = 5
TABLE = f"{{{W}}}tbl"


def write_docx(
    content: DocumentContent,
    profile: LayoutProfile,
    *,
    final: bool,
    now: datetime.datetime | None = None,
) -> bytes:
    """The document as a .docx file.

    Args:
        final: 正式稿: no open placeholder may be left. Otherwise 送审稿: they are marked in yellow.
        now: creation time in the core properties; the present by default.

    Raises:
        OpenPlaceholders: ``final`` and a fact is still open.
        ExportError: the title is empty, or ``final`` and there is no text at all.
    """
    content = cleaned(content)
    if not content.title.strip():
        raise ExportError("文稿没有标题，不能生成Word文件。", "请先填写标题。")
    if final:
        _demand_complete(content)
    if content.cover and not content.cover.mark:
        raise ExportError("版头没有发文机关标志。", "请填写发文机关标志，如“中共××镇委员会文件”，或不用版头。")
    body = blocks_of(content.paragraphs, profile)
    if final and not body:
        raise ExportError("正文是空的，不能生成正式稿。", "请先起草正文，或先导出送审稿。")
    named = attachment_note(content.attachments, profile)
    closing = closing_blocks(content, profile)
    if body and (named or closing):
        _keep_with_next(body[-1])
    if named and not closing:
        properties = named[-1][0]
        properties.remove(properties[1])
    blocks = [*(head_blocks(content.cover, profile) if content.cover else []), *heading_lines(content, profile), *body]
    blocks += [*named, *closing, *note_blocks(content.note), *attachment_blocks(content.attachments, profile)]
    if content.imprint and (imprint := imprint_blocks(content.imprint, profile)):
        # Where a program leaves the 版记 in the flow it must not look like the last rows of a table.
        blocks += [*(blank(1) if blocks[-1].tag == TABLE else []), *imprint]
    return pack(content, profile, list(_apart(blocks)), now or datetime.datetime.now(datetime.UTC))


def _keep_with_next(block: Element) -> None:
    if block.tag == TABLE:
        return
    properties = block[0]
    if properties.find(f"{{{W}}}keepNext") is None:
        properties.insert(1, w("keepNext"))


def _apart(blocks: list[Element]) -> Iterator[Element]:
    """With a line of one point behind a table that would else run into the next one or stand at the end of the file:
    Word makes one table of two, LibreOffice loses the last."""
    for block, behind in zip_longest(blocks, blocks[1:]):
        yield block
        if block.tag == TABLE and (behind is None or behind.tag == TABLE):
            yield _end()


def _end() -> Element:
    element = w("p", w("pPr", w("pStyle", val=STYLE_IDS["body"]), w("snapToGrid", val=0)))
    element[0].append(w("spacing", line=20, lineRule="exact"))
    return element


def open_placeholders(content: DocumentContent) -> tuple[str, ...]:
    """The open placeholders in reading order, each once."""
    found: dict[str, None] = {}

    def texts(*given: str | None) -> None:
        for text in given:
            found.update(dict.fromkeys(PLACEHOLDER.findall(text or "")))

    def blocks(given: tuple[Block, ...]) -> None:
        for block in given:
            if isinstance(block, Table):
                texts(block.caption, *block.columns, *(cell for row in block.rows for cell in row))
                continue
            for run in block.runs:
                open_ = [run.text or "【待补】"] if run.kind == "placeholder" else PLACEHOLDER.findall(run.text)
                found.update(dict.fromkeys(open_))

    if content.cover:
        texts(content.cover.mark, content.cover.number, *content.cover.signers)
    texts(content.title, content.byline, content.addressee)
    blocks(content.paragraphs)
    texts(content.signature, content.note)
    for item in content.attachments:
        texts(item.title)
        blocks(item.blocks)
    if content.imprint:
        texts(*content.imprint.copies, content.imprint.printer)
    return tuple(found)


def _demand_complete(content: DocumentContent) -> None:
    if names := open_placeholders(content):
        more = f"等{len(names)}处" if len(names) > _SHOWN else ""
        raise OpenPlaceholders(
            f"还有事实没有填写：{'、'.join(names[:_SHOWN])}{more}，不能导出正式稿。",
            "请补齐这些事实，或先导出送审稿。",
        )
