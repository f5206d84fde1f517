"""What a file really is, before anything opens it: one clear refusal for each thing that is no workbook.

Bounded by the sizes that a zip archive's own list gives: nothing is unpacked here but small XML parts.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from assistant.errors import WorkbookInputError

#: A ledger of 5,000 rows has under 1 MB; more than this is pictures, or no ledger.
MAX_FILE_BYTES = 20 * 1024 * 1024
#: All parts unpacked. A full ledger of MAX_CELLS has about 60 MB.
MAX_UNPACKED_BYTES = 150 * 1024 * 1024
#: Parts that are no sheet and no table of texts: styles, relations, the list of sheets.
MAX_PART_BYTES = 8 * 1024 * 1024
#: XML shrinks 10 to 40 times; a part that shrinks more, and is large, was made to burst.
MAX_RATIO = 150
RATIO_COUNTS_FROM = 5 * 1024 * 1024
MAX_PARTS = 2_000
#: Cells of one sheet, with empty ones that only carry a border, and elements that are no part of a cell. A parser keeps
#: some of each in memory, about 700 bytes.
MAX_CELL_TAGS, MAX_OTHER_TAGS = 300_000, 150_000

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
#: The namespaces of Strict Open XML, which openpyxl does not know.
_STRICT = b"http://purl.oclc.org/ooxml/"
_RESAVE = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后重新选择。"
#: What zipfile says of an archive that is damaged, cut off or packed in a way it does not know.
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def too_large(name: str, size: int) -> WorkbookInputError:
    return WorkbookInputError(
        f"“{name}”有 {size // (1024 * 1024)} MB，超过了 {MAX_FILE_BYTES // (1024 * 1024)} MB 的上限，没有打开。",
        "请删去图片和无关的工作表，只留需要的表后重新选择。",
    )


def damaged(name: str) -> WorkbookInputError:
    return WorkbookInputError(f"“{name}”不完整或已损坏，读不出来。", f"请重新复制或下载一份；能打开的话，{_RESAVE}")


def checked_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive of an .xlsx or .xlsm file whose sizes and parts are in order.

    Raises:
        WorkbookInputError: it is something else, locked, damaged, or would grow too large.
    """
    if len(data) > MAX_FILE_BYTES:
        raise too_large(name, len(data))
    if data.startswith(_OLE):
        raise _ole(data, name)
    if not data.startswith(b"PK"):
        raise _no_archive(data, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_ARCHIVE as error:
        raise damaged(name) from error
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise _locked(name)
    if "xl/workbook.xml" not in names:
        raise _other_archive(names, name)
    _check_sizes(parts, name)
    _check_parts(archive, parts, name)
    if _STRICT in archive.read("xl/workbook.xml"):
        raise WorkbookInputError(
            f"“{name}”存成了“严格的 Open XML 电子表格”，这种格式读不了。",
            "请在 Excel 中打开，另存为普通的“Excel 工作簿（.xlsx）”（不带“严格”二字），再重新选择。",
        )
    for part in parts:
        if part.filename.startswith(("xl/worksheets/sheet", "xl/sharedStrings")):
            _check_tags(archive, part, name)
    return archive


def _check_tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """Counts elements before a parser makes objects of them."""
    opened = cells = 0
    unit = b"<si" if part.filename.startswith("xl/sharedStrings") else b"<c "
    try:
        with archive.open(part) as source:
            while chunk := source.read(1024 * 1024):
                cells += chunk.count(unit)
                opened += chunk.count(b"<") - chunk.count(b"</")
    except BROKEN_ARCHIVE as error:
        raise damaged(name) from error
    # A cell is at most three elements: itself, formula and value, or a text in its wrapping.
    if cells > MAX_CELL_TAGS or opened > 3 * cells + MAX_OTHER_TAGS:
        raise WorkbookInputError(
            f"“{name}”里有一张表的单元格超过 {MAX_CELL_TAGS} 个（带格式的空格也算），没有打开。",
            "请只留需要的行和列，复制到一个新工作簿，另存后重新选择。",
        )


def _check_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    bursting = any(
        part.file_size > RATIO_COUNTS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts
    )
    if bursting or len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise WorkbookInputError(
            f"“{name}”解开后大得不正常，没有打开。",
            "请核实文件来源；确是台账的，请把需要的内容复制到一个新工作簿，存成 .xlsx 后重新选择。",
        )


def _check_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """Refuses what no program of an office writes: a document type, with which entity bombs begin."""
    for part in parts:
        small = part.filename.startswith(("xl/worksheets/sheet", "xl/sharedStrings", "xl/media/")) is False
        if not small or not part.filename.endswith((".xml", ".rels")):
            continue
        if part.file_size > MAX_PART_BYTES:
            raise WorkbookInputError(f"“{name}”里的格式信息大得不正常，没有打开。", _RESAVE)
        try:
            content = archive.read(part)
        except BROKEN_ARCHIVE as error:
            raise damaged(name) from error
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise unsafe(name)


def unsafe(name: str) -> WorkbookInputError:
    return WorkbookInputError(
        f"“{name}”里有表格文件不该有的内容（外部实体），没有打开。", "请核实文件来源；确需使用，" + _RESAVE[1:]
    )


def _locked(name: str) -> WorkbookInputError:
    return WorkbookInputError(
        f"“{name}”设了打开密码，读不了。", "请在 Excel 或 WPS 中输入密码打开，取消打开密码后另存，再重新选择。"
    )


def _ole(data: bytes, name: str) -> WorkbookInputError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _locked(name)
    if "WordDocument".encode("utf-16-le") in data:
        return WorkbookInputError(f"“{name}”其实是旧式 Word 文档，不是表格。", "请选择表格文件。")
    shown = "是" if name.lower().endswith((".xls", ".et")) else "其实是"
    return WorkbookInputError(f"“{name}”{shown}旧式表格（.xls），读不了。", _RESAVE)


def _no_archive(data: bytes, name: str) -> WorkbookInputError:
    if not data:
        return WorkbookInputError(f"“{name}”是空文件。", "请重新复制或下载一份。")
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        return WorkbookInputError(f"“{name}”其实是 PDF，不是表格。", "请找到原来的表格文件后重新选择。")
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<")):
        return WorkbookInputError(f"“{name}”其实是网页或 XML 文件，不是 Excel 工作簿。", _RESAVE)
    if b"\0" not in data[:2000]:
        return WorkbookInputError(
            f"“{name}”其实是文本，不是 Excel 工作簿。", "如果是用逗号或制表符分列的表，请把扩展名改为 .csv 后重新选择。"
        )
    return WorkbookInputError(f"“{name}”不是 Excel 工作簿。", _RESAVE)


def _other_archive(names: set[str], name: str) -> WorkbookInputError:
    kinds = {
        "word/document.xml": " Word 文档",
        "ppt/presentation.xml": "演示文稿",
        "xl/workbook.bin": "二进制工作簿（.xlsb）",
        "content.xml": " OpenDocument 文件",
    }
    found = next((kind for part, kind in kinds.items() if part in names), "压缩包")
    if found in (" Word 文档", "演示文稿"):
        return WorkbookInputError(f"“{name}”其实是{found}，不是表格。", "请选择表格文件。")
    if found == "压缩包":
        return WorkbookInputError(f"“{name}”是压缩包，不是 Excel 工作簿。", "请先解压，再选择里面的表格。")
    shown = "是" if name.lower().endswith((".ods", ".xlsb")) else "其实是"
    return WorkbookInputError(f"“{name}”{shown}{found}，读不了。", _RESAVE)
