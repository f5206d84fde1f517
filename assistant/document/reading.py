"""The text of a .docx that somebody else may have written: paragraphs and tables in order, nothing else.

What is read is what Word shows with all changes accepted: insertions count, deletions do not.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from assistant.errors import DocumentInputError

MAX_BYTES = 20 * 1024 * 1024
#: What the parts may come to when unpacked. A zip that declares less and holds more fails in reading.
MAX_UNPACKED = 200 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PARAGRAPH, _TABLE, _ROW, _CELL = (qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc"))
_TEXT, _BREAKS, _TABS = qn("w:t"), {qn("w:br"), qn("w:cr")}, {qn("w:tab"), qn("w:ptab")}
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


def read_docx(file: Path) -> str:
    """The text, a paragraph a line, a table row a line with tabs between its cells.

    Raises:
        DocumentInputError: no docx, encrypted, damaged, too large, or an old .doc under another name.
    """
    _admit(file)
    try:
        document = docx.Document(str(file))
        return "\n".join(_lines(document.element.body))
    except Exception as error:
        # KeyError, zlib.error, lxml's and python-docx's own: whatever it is, the file is at fault, not the program.
        raise _damaged(file) from error


def _admit(file: Path) -> None:
    """Refuses what cannot be a report before anything is unpacked."""
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise DocumentInputError(
                f"“{file.name}”有 {size // 1024 // 1024} MB，超过 20 MB。", "请删去图片后另存，或只留正文。"
            )
        data = file.read_bytes()
    except OSError as error:
        raise DocumentInputError(f"读不到“{file}”（{error.strerror}）。", "请检查文件名和权限。") from error
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise DocumentInputError(f"“{file.name}”加了密码。", "请在 Word 中去掉打开密码后重试。")
        raise DocumentInputError(f"“{file.name}”是旧版 .doc 文件。", "请在 Word 或 WPS 中另存为 .docx 后重试。")
    if not data.startswith(b"PK"):
        raise DocumentInputError(f"“{file.name}”不是 Word 文件（.docx）。", "请给出由 Word 或 WPS 保存的 .docx 文件。")
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(file) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentInputError(f"“{file.name}”加了密码。", "请去掉密码后重试。")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise DocumentInputError(f"“{file.name}”解开后过大，没有打开。", "请确认文件来源，或另存一份后重试。")
    if not any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise DocumentInputError(f"“{file.name}”不是 Word 文件（.docx）。", "请给出由 Word 或 WPS 保存的 .docx 文件。")


def _damaged(file: Path) -> DocumentInputError:
    return DocumentInputError(
        f"“{file.name}”打不开，文件可能不完整或已损坏。", "请重新复制一份，或在 Word 中另存后重试。"
    )


def _lines(container: Any) -> Iterator[str]:
    """Blocks of a body, a cell or a content control."""
    for child in container:
        if child.tag == _PARAGRAPH:
            yield _text(child)
        elif child.tag == _TABLE:
            for row in _within(child, _ROW):
                yield "\t".join(" ".join(filter(None, _lines(cell))) for cell in _within(row, _CELL))
        elif isinstance(child.tag, str) and child.tag not in _HIDDEN:
            yield from _lines(child)


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table, cells of a row, also where a content control holds them. Deleted rows are none."""
    for child in parent:
        if child.tag == tag:
            if child.find(f"{_ROW_PROPERTIES}/{_DELETED}") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def _text(paragraph: Any) -> str:
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
        elif node.tag not in _HIDDEN:
            if node.tag == _PARAGRAPH and node is not paragraph:
                parts.append("\n")
            stack.extend(reversed(node))
    return "".join(parts)
