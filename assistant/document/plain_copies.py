"""``DocumentContent`` → plain text and Markdown: all that the Word file says, tables, 附件, 版头 and 版记 included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.document.body import split_lines, split_runin
from assistant.document.cleaning import cleaned
from assistant.document.closing import chinese_date
from assistant.document.content import Block, Cover, DocumentContent, Imprint, Paragraph, Role, Table
from assistant.document.tail import bare_note, bare_title, joined_copies

_INDENT = "　　"
_HEADINGS = (Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.HEADING4)
_RUNINS = (Role.RUNIN1, Role.RUNIN2)


@dataclass(frozen=True)
class _Line:
    """A line as it is read.

    Attributes:
        kind: ``part`` is 附件1 above the title of an 附件; ``flush`` stands at the margin, the rest is indented.
        apart: plain text has an empty line before it.
        level: of a heading, from 1. ``opening``: characters of the 段首句 that it begins with.
    """

    text: str
    kind: Literal["title", "part", "flush", "indented", "heading"] = "indented"
    level: int = 0
    opening: int = 0
    apart: bool = False


_Told = _Line | Table


def as_text(content: DocumentContent) -> str:
    """A paragraph a line, indented by two 字; the cells of a table parted by tabs, as a spreadsheet takes them."""
    lines: list[str] = []
    for told in _told(cleaned(content)):
        if isinstance(told, Table):
            lines += [_INDENT + told.caption] if told.caption else []
            lines += ["\t".join(row) for row in _rows(told)]
            continue
        if told.apart:
            lines.append("")
        lines.append(_INDENT + told.text if told.kind in ("indented", "heading") else told.text)
    return "\n".join(lines) + "\n"


def as_markdown(content: DocumentContent) -> str:
    """Title and headings of a line of their own as headings, 段首句 in bold, tables as tables; blank lines between."""
    pieces: list[str] = []
    for told in _told(cleaned(content)):
        if isinstance(told, Table):
            pieces += [f"**{_marked(told.caption)}**"] if told.caption else []
            pieces.append(_table(told))
            continue
        text = _marked(told.text.strip("　"))
        if told.kind == "title":
            pieces.append(f"# {text}")
        elif told.kind == "part":
            pieces.append(f"**{text}**")
        elif told.kind == "heading":
            pieces.append(f"{'#' * (told.level + 1)} {text}")
        elif told.opening:
            pieces.append(f"**{_marked(told.text[: told.opening])}**{_marked(told.text[told.opening :], begins=False)}")
        else:
            pieces.append(text)
    return "\n\n".join(pieces) + "\n"


# ---- the order of the paper


def _told(content: DocumentContent) -> Iterator[_Told]:
    if content.cover:
        yield from _head(content.cover)
    yield _Line("".join(content.title.split("\n")), "title")
    if content.byline:
        yield from (_Line(line, "flush") for line in content.byline.split("\n"))
    if content.addressee:
        yield _Line(content.addressee.rstrip("：: ") + "：", "flush")
    yield from _blocks(content.paragraphs)
    several = len(content.attachments) > 1
    for number, item in enumerate(content.attachments, 1):
        label = "附件：" if number == 1 else "　　　"
        yield _Line(f"{label}{f'{number}.' if several else ''}{bare_title(item.title)}")
    yield from (_Line(line, "flush") for line in (content.signature or "").split("\n") if line)
    if content.date:
        yield _Line(chinese_date(content.date), "flush")
    if note := bare_note(content.note):
        yield _Line(f"（{note}）")
    for number, item in enumerate(content.attachments, 1):
        if item.blocks:
            yield _Line(f"附件{number}" if several else "附件", "part", apart=True)
            yield _Line(item.title, "title")
            yield from _blocks(item.blocks)
    if content.imprint:
        yield from _imprint(content.imprint)


def _head(cover: Cover) -> Iterator[_Line]:
    signers = f"签发人：{'　'.join(cover.signers)}" if cover.signers and cover.number else ""
    numbered = "　　".join(part for part in (cover.number, signers) if part)
    yield from (_Line(text, "flush") for text in (cover.copy_number, cover.urgency, cover.mark, numbered) if text)


def _imprint(imprint: Imprint) -> Iterator[_Line]:
    printed = f"{chinese_date(imprint.printed)}印发" if imprint.printed else ""
    made = "　".join(part for part in (imprint.printer, printed) if part)
    for number, text in enumerate(text for text in (joined_copies(imprint.copies), made) if text):
        yield _Line(text, "flush", apart=number == 0)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[_Told]:
    for block in blocks:
        if not isinstance(block, Table):
            yield from map(_line, split_lines(block))
        elif block.columns:
            yield block


def _line(item: Paragraph) -> _Line:
    text = "".join(run.text for run in item.runs)
    if item.role in _HEADINGS:
        return _Line(text, "heading", _HEADINGS.index(item.role) + 1)
    if item.role in _RUNINS:
        return _Line(text, opening=sum(len(run.text) for run in split_runin(item.runs)[0]))
    return _Line(text)


# ---- tables and marks


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    count = len(table.columns)
    for row in (table.columns, *table.body):
        yield tuple(cell.replace("\t", " ") for cell in row[:count]) + ("",) * (count - len(row))


def _table(table: Table) -> str:
    head, *rows = (" | ".join(_marked(cell, begins=False).replace("|", "\\|") for cell in row) for row in _rows(table))
    return "\n".join(f"| {row} |" for row in (head, " | ".join("---" for _ in table.columns), *rows))


def _marked(text: str, *, begins: bool = True) -> str:
    """Shown as it stands: what Markdown would read as a mark is escaped. ``begins``: it stands where a line begins."""
    for mark in "\\`*_[]<>#":
        text = text.replace(mark, "\\" + mark)
    first, dot, rest = text.partition(".")
    # "1. 压实责任" at the beginning of a line would become a list.
    return f"{first}\\.{rest}" if begins and dot and first.isdecimal() else text
