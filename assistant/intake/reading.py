"""The text of a file that somebody else wrote: .txt, .docx, .pdf, and with LibreOffice .doc, .wps, .rtf, .odt.

What a file is, its first bytes say; a name that says something else is refused. Time and memory are bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from assistant.errors import DocumentInputError, reason
from assistant.intake import reading_office, reading_pdf
from assistant.intake.big5 import of_big5
from assistant.intake.found import Notice

MAX_BYTES = 20 * 1024 * 1024
#: More than this is no report, whatever the file's size.
MAX_CHARACTERS = 400_000

Kind = Literal["text", "docx", "pdf", "office"]
ReadDocx = Callable[[Path, str], str]
"""Gives the text of a .docx, which messages call by the name. The rooms of this floor do not know each other, so a
caller hands it in.
"""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF, _RTF, _ZIP = b"%PDF-", b"{\\rtf", b"PK\x03\x04"
_SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".md": "text", ".text": "text", "": "text",
    ".docx": "docx", ".docm": "docx", ".pdf": "pdf",
    ".doc": "office", ".wps": "office", ".rtf": "office", ".odt": "office",
}  # fmt: skip
_TABLES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ods", ".csv", ".tsv")
_KNOWN = "请给出 .docx、.txt、.pdf，或 .doc、.wps、.rtf 文件。"


@dataclass(frozen=True)
class SourceText:
    """A source's text, a paragraph a line; ``notices`` are parts that were not read."""

    name: str
    text: str
    notices: tuple[Notice, ...] = ()


def read_source(file: Path, read_docx: ReadDocx, name: str = "") -> SourceText:
    """The text of a report or of notes.

    Args:
        read_docx: reads a .docx, and what LibreOffice makes of an older file.
        name: the file's own, with its suffix, where it stands under another: what Windows allows is too long for Linux.

    Raises:
        DocumentInputError: too large, another kind than its name says, encrypted, damaged, empty, scanned, or of a kind
            for which nothing is installed here; with what to do.
    """
    name = name or file.name
    suffix = PurePath(name).suffix.lower()
    wanted = _SUFFIXES.get(suffix)
    if wanted is None:
        if suffix in _TABLES:
            raise DocumentInputError(f"“{name}”是表格，不是文稿。", "请在“事实”页按“从 Excel 台账或表格读”。")
        raise DocumentInputError(f"不认识“{name}”这种文件。", _KNOWN)
    head = _head(file, name)
    _agree(name, suffix, wanted, head)
    notices: tuple[Notice, ...] = ()
    if wanted == "text":
        text = decode(file.read_bytes(), name)
    elif wanted == "docx":
        text = read_docx(file, name)
    elif wanted == "pdf":
        text, notices = reading_pdf.read_pdf(file, name)
    else:
        text = reading_office.read_office(file, name, read_docx)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentInputError(f"“{name}”里没有文字。", "如果是扫描件，请先做文字识别（OCR），或直接粘贴文字。")
    if len(text) > MAX_CHARACTERS:
        raise DocumentInputError(f"“{name}”有 {len(text) // 10000} 万字，不像一份报告。", "请只留报告正文后重试。")
    return SourceText(name, text, notices)


def decode(data: bytes, name: str) -> str:
    """A text in UTF-8, UTF-16, GB18030 or Big5. Raises DocumentInputError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        # Without a mark: Chinese in UTF-16 has its ASCII zeros on one side only.
        little = data[1::2].count(0) >= data[::2].count(0)
        encodings = ("utf-16-le" if little else "utf-16-be",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = (encoding == "gb18030" and of_big5(data, text)) or text
        if _is_prose(text):
            return text
    raise DocumentInputError(f"“{name}”不是文本文件，或文字编码认不出来。", "请在记事本中另存为 UTF-8 后重试。")


def _is_prose(text: str) -> bool:
    controls = sum(character < " " and character not in "\n\r\t\f\v" for character in text)
    return controls * 50 <= len(text) and "\0" not in text


def _head(file: Path, name: str) -> bytes:
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise DocumentInputError(
                f"“{name}”有 {size // 1024 // 1024} MB，超过 20 MB。", "请删去图片后另存，或只留正文。"
            )
        if size == 0:
            raise DocumentInputError(f"“{name}”是空文件。", "请重新复制一份后重试。")
        with file.open("rb") as stream:
            return stream.read(1024)
    except OSError as error:
        raise DocumentInputError(f"读不到“{file}”（{reason(error)}）。", "请检查文件名和权限。") from error


def _agree(name: str, suffix: str, wanted: Kind, head: bytes) -> None:
    """Refuses a file whose first bytes say something else than its name. A .docx has its own, closer, examination."""
    is_ = _kind(head)
    if wanted == "docx" or is_ == wanted or (wanted == "office" and _office(suffix, head)):
        return
    said = {
        "pdf": " PDF 文件",
        "docx": " Word 或其他压缩文件",
        "office": "旧版 Word、WPS 或 RTF 文件",
        "text": "文本文件",
    }
    raise DocumentInputError(f"“{name}”其实是{said[is_]}，与文件名不符。", "请改回原来的后缀，或重新另存一份后重试。")


def _kind(head: bytes) -> Kind:
    if head.lstrip()[:5] == _PDF:
        return "pdf"
    if head.startswith(_ZIP):
        return "docx"
    if head.startswith((_OLE, _RTF)):
        return "office"
    return "text"


def _office(suffix: str, head: bytes) -> bool:
    # .odt is a zip; a .doc may be an RTF, Word itself writes such.
    return head.startswith(_ZIP) if suffix == ".odt" else head.startswith((_OLE, _RTF))
