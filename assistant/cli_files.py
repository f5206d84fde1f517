"""Files that commands read and write."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from assistant.errors import DocumentInputError, ExportError, reason
from assistant.facts.yaml_form import SheetFile, load_sheet
from assistant.reports.loader import Library

#: Larger than this no text is a report.
MAX_TEXT_BYTES = 20 * 1024 * 1024
#: A workbook of an old kind goes the same way, to be told what it is.
EXCEL_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ods")


def read_utf8(file: Path) -> str:
    """A fact sheet or a saved report. Raises DocumentInputError."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentInputError(f"“{file}”不是 UTF-8 编码的文本。", "请另存为 UTF-8 后重试。") from error
    except OSError as error:
        raise unreadable(file, error) from error


def read_sheet(file: Path, library: Library) -> SheetFile:
    """A fact sheet, YAML or a form in Excel. Raises DocumentInputError, WorkbookInputError, SheetError."""
    if file.suffix.lower() in EXCEL_ENDINGS:
        # The reader of workbooks is heavy: a command on YAML starts without.
        from assistant.intake.xlsx_form_read import load_form

        return load_form(file, library.schema_of)
    return load_sheet(read_utf8(file), library.schema_of, str(file))


def read_prose(file: Path) -> str:
    """A text that somebody wrote: UTF-8, what Notepad calls Unicode, or GBK. Raises DocumentInputError."""
    try:
        if file.stat().st_size > MAX_TEXT_BYTES:
            raise DocumentInputError(f"“{file}”超过 20 MB，不像一份报告。", "请只留报告正文后重试。")
        data = file.read_bytes()
    except OSError as error:
        raise unreadable(file, error) from error
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and b"\0" in data:
        raise DocumentInputError(f"“{file}”不是文本文件。", "请给出 .txt、.docx 或 draft --save 存出的 .json 文件。")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentInputError(f"“{file}”的文字编码认不出来。", "请另存为 UTF-8 后重试。")


def unreadable(file: Path, error: OSError) -> DocumentInputError:
    return DocumentInputError(f"读不到“{file}”（{reason(error)}）。", "请检查文件名和权限。")


def demand_folder(file: Path) -> None:
    """Told before the drafting, not after it: a folder that is not there or takes no files. Raises ExportError."""
    folder = file.parent
    if not folder.is_dir():
        raise ExportError(f"没有文件夹“{folder}”，不能把文件写在那里。", "请先建好文件夹，或换一个位置。")
    if not os.access(folder, os.W_OK):
        raise ExportError(f"文件夹“{folder}”不能写。", "请换一个文件夹，或检查权限。")


def write_whole(file: Path, data: bytes) -> None:
    """Whole or not at all: a full disk leaves the old file. Raises ExportError."""
    partial = file.with_name(file.name + ".partial")
    try:
        partial.write_bytes(data)
        partial.replace(file)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise ExportError(
            f"写不了“{file}”（{reason(error)}）。", "请换一个文件夹，或先关闭已打开的同名文件。"
        ) from error
