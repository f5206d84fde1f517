"""Tables as text: .csv and .tsv, in the encodings that offices write."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import PurePath

from charset_normalizer import from_bytes

from assistant.errors import WorkbookInputError
from assistant.intake.big5 import of_big5
from assistant.intake.workbook_grid import Book, CellValue, Grid
from assistant.intake.workbook_guard import MAX_FILE_BYTES, too_large

MAX_ROWS = 100_000
MAX_COLUMNS = 500
#: One cell longer than this is no cell: a quotation mark was opened and never closed.
MAX_CELL = 100_000
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",\t;，|"
_RESAVE = "请在 Excel 或 WPS 中另存为“CSV UTF-8”或 .xlsx 后重新选择。"


def read_csv(data: bytes, name: str) -> Book:
    """A table as text. Every cell is the text that stands there; the fields know how to read numbers.

    Raises:
        WorkbookInputError: too large, no text, or an encoding that cannot be told.
    """
    if len(data) > MAX_FILE_BYTES:
        raise too_large(name, len(data))
    text = decoded(data, name)
    if not text.strip():
        raise WorkbookInputError(f"“{name}”里没有内容。", "请检查是不是选错了文件。")
    delimiter = _delimiter(text, name)
    rows: list[tuple[CellValue, ...]] = []
    csv.field_size_limit(MAX_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MAX_ROWS or len(row) > MAX_COLUMNS:
                raise WorkbookInputError(
                    f"“{name}”多于 {MAX_ROWS} 行或 {MAX_COLUMNS} 列，没有读。", "请只留需要的部分后重新选择。"
                )
            rows.append(tuple(cell.strip() or None for cell in row))
    except csv.Error as error:
        raise WorkbookInputError(
            f"“{name}”第 {len(rows) + 1} 行读不下去：引号没有成对。", "请改正这一行，或" + _RESAVE[1:]
        ) from error
    return Book(name, (Grid("", tuple(rows)),))


def decoded(data: bytes, name: str) -> str:
    """The text: UTF-8 with or without mark, UTF-16 with mark, else GB18030 or Big5; a library's guess last."""
    if data.startswith((b"PK\x03\x04", b"%PDF", bytes.fromhex("D0CF11E0"))):
        kind = "PDF" if data.startswith(b"%PDF") else "Excel 工作簿或其他文件"
        raise WorkbookInputError(f"“{name}”其实是 {kind}，不是文本。", "请把扩展名改回原来的（如 .xlsx）后重新选择。")
    wide = next((encoding for mark, encoding in _WIDE if data.startswith(mark)), "")
    if not wide and b"\0" in data[:4000]:
        # UTF-16 without its mark: every other byte of the commas and line ends is zero.
        wide = "utf-16-le" if data[1:4000:2].count(0) > data[0:4000:2].count(0) else "utf-16-be"
    for encoding in (wide,) if wide else ("utf-8-sig", "gb18030"):
        try:
            # A mark of UTF-8 that some program put before another encoding.
            text = (data if encoding != "gb18030" else data.removeprefix(codecs.BOM_UTF8)).decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return (encoding == "gb18030" and of_big5(data, text)) or text
    best = None if wide else from_bytes(data[:200_000]).best()
    if best is not None and best.encoding:
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    raise WorkbookInputError(f"“{name}”不是文本，或者文字编码认不出来。", _RESAVE)


def _delimiter(text: str, name: str) -> str:
    if PurePath(name).suffix.lower() == ".tsv":
        return "\t"
    lines = text.splitlines()[:20]
    # A comma may stand inside a cell; the separator is what most lines have.
    return max(_DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), -_DELIMITERS.index(mark)))
