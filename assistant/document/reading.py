"""The text of a .docx that somebody else may have written: paragraphs and tables in order, nothing else.

What is read is what Word shows with all changes accepted: insertions count, deletions and hidden words do not, and the
labels that Word prints by itself are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.document.conformance.cascade import attribute, number
from assistant.document.opening import damaged, open_file
from assistant.document.reading_marks import Line, Marks, with_ranks
from assistant.document.reading_rows import Cell, row_lines

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def qn(name: str) -> str:
    """``w:p`` → the tag as the parser names it."""
    return f"{{{_W}}}{name.removeprefix('w:')}"


_BODY = qn("w:body")
_PARAGRAPH, _TABLE, _ROW, _CELL = (qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc"))
_RUN, _TEXT, _BREAKS, _TABS = qn("w:r"), qn("w:t"), {qn("w:br"), qn("w:cr")}, {qn("w:tab"), qn("w:ptab")}
_HYPHEN, _PROPERTIES = qn("w:noBreakHyphen"), {qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), qn("w:sectPr"), qn("w:tcPr")}
_ROW_PROPERTIES, _DELETED = qn("w:trPr"), qn("w:del")
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")}
#: Not shown, or shown a second time.
_HIDDEN = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    *_PROPERTIES,
}


def read_docx(file: Path, name: str = "") -> str:
    """The text, a paragraph a line, a table row a line with tabs between its cells.

    Args:
        name: what messages call it, where it stands under another name.

    Raises:
        DocumentInputError: no docx, encrypted, damaged, too large, or an old .doc under another name.
    """
    package = open_file(file, name)
    body = package.document().find(_BODY)
    if body is None:
        raise damaged(package.name)
    return "\n".join(with_ranks(_Reader(Marks(package)).lines(body)))


class _Reader:
    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def lines(self, container: Any) -> Iterator[Line]:
        """Blocks of a body, a cell or a content control."""
        run_on = ""
        for block in _blocks(container):
            if block.tag == _PARAGRAPH:
                # A paragraph whose mark is deleted runs on into the next one; with nothing left in it there is none.
                run_on += _text(block, self._marks)
                if not _unmarked(block):
                    yield self._marks.line(block, run_on)
                    run_on = ""
                continue
            if run_on:
                yield Line(run_on)
                run_on = ""
            for row in _within(block, _ROW):
                yield from map(Line, row_lines([self._cell(cell) for cell in _within(row, _CELL)]))
        if run_on:
            yield Line(run_on)

    def _cell(self, cell: Any) -> Cell:
        span, merged = (cell.find(f"{qn('w:tcPr')}/{qn(tag)}") for tag in ("w:gridSpan", "w:vMerge"))
        below = merged is not None and attribute(merged, "val", "continue") == "continue"
        lines = [line.text for line in self.lines(cell)]
        nested = next(cell.iter(_TABLE), None) is not None
        return Cell(lines, number(attribute(span, "val"), 1) if span is not None else 1, below, nested)


def _blocks(container: Any) -> Iterator[Any]:
    """Paragraphs and tables, whatever holds them."""
    for child in container:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _HIDDEN:
            yield from _blocks(child)


def _unmarked(paragraph: Any) -> bool:
    """Whether the mark at a paragraph's end is deleted, or moved to another place."""
    return any(paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(tag)}") is not None for tag in ("w:del", "w:moveFrom"))


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table, cells of a row, also where a content control holds them. Deleted rows are none."""
    for child in parent:
        if child.tag == tag:
            if child.find(f"{_ROW_PROPERTIES}/{_DELETED}") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def paragraph_text(paragraph: Any) -> str:
    """What one ``w:p`` shows with all changes accepted; line breaks as line feeds."""
    return _text(paragraph)


def _text(paragraph: Any, marks: Marks | None = None) -> str:
    parts: list[str] = []
    # A stack, not recursion: a hostile file may nest as deep as it likes.
    stack = [paragraph]
    while stack:
        node = stack.pop()
        if node.tag == _TEXT:
            parts.append(node.text or "")
        elif node.tag in _BREAKS:
            parts.append("\n")
        elif node.tag in _TABS:
            parts.append("\t")
        elif node.tag == _HYPHEN:
            parts.append("-")
        elif node.tag not in _HIDDEN and not (marks and node.tag == _RUN and marks.hidden(node, paragraph)):
            if node.tag == _PARAGRAPH and node is not paragraph:
                parts.append("\n")
            stack.extend(reversed(node))
    return "".join(parts)
