"""Files that are no workbook, or a dangerous one: refused with the reason and a way out, in bounded time and memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.protection import WorkbookProtection

from assistant.errors import WorkbookInputError
from assistant.intake import csv_file, workbook, workbook_guard
from assistant.intake.csv_file import read_csv
from assistant.intake.ledger import open_ledger
from assistant.intake.workbook import load_book, read_book

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def plain(fill: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active["B1"] = "入伍人数", 12
    if fill:
        fill(book)
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: dict[str, Callable[[bytes], bytes]], extra: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change.get(part.filename, lambda text: text)(content))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def refused(data: bytes, name: str = "台账.xlsx") -> str:
    with pytest.raises(WorkbookInputError) as caught:
        open_ledger(data, name)
    assert name in caught.value.message
    assert caught.value.way_out.endswith("。")
    return caught.value.message


SHEET = "xl/worksheets/sheet1.xml"


def of_kind(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "x")
    return out.getvalue()


def _strict(text: bytes) -> bytes:
    return text.replace(b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (OLE + bytes(512) + "Workbook".encode("utf-16-le"), "其实是旧式表格"),
        (OLE + bytes(512) + "WordDocument".encode("utf-16-le"), "旧式 Word 文档"),
        (b"%PDF-1.7\n%\xe2\xe3", "其实是 PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
        ("村,入伍人数\n柳庄,2\n".encode("gb18030"), "其实是文本"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是 Excel 工作簿"),
        (of_kind("word/document.xml"), "其实是 Word 文档"),
        (of_kind("xl/workbook.bin"), ".xlsb"),
        (of_kind("content.xml"), "OpenDocument"),
        (repacked(plain(), {"xl/workbook.xml": _strict}), "严格的 Open XML"),
        (of_kind("a.txt"), "是压缩包"),
        (plain()[:-200], "不完整或已损坏"),
        (plain()[:300], "不完整或已损坏"),
        (repacked(plain(), {SHEET: lambda text: text[:200]}), "不完整或已损坏"),
        (repacked(plain(), {"xl/workbook.xml": lambda _: b"<workbook/>"}), "不完整或已损坏"),
        (repacked(plain(), {"xl/styles.xml": lambda _: b"no xml"}), "不完整或已损坏"),
    ],
)
def test_what_is_no_workbook_is_told_what_it_is(data: bytes, words: str) -> None:
    assert words in refused(data)


def test_a_damaged_part_is_told() -> None:
    data = bytearray(plain())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo(SHEET).header_offset + 60
    data[at : at + 8] = b"\xff" * 8
    assert "损坏" in refused(bytes(data))


def test_a_workbook_with_a_password_on_parts_of_the_archive() -> None:
    data = bytearray(plain())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    assert "打开密码" in refused(bytes(data))


def test_protection_without_encryption_is_no_hindrance() -> None:
    def protect(book: openpyxl.Workbook) -> None:
        book.security = WorkbookProtection(workbookPassword="AAAA", lockStructure=True)
        book.active.protection.set_password("x")

    assert read_book(plain(protect), "a.xlsx").grids[0].rows == (("入伍人数", 12),)


def test_macros_are_told_and_never_run() -> None:
    book = read_book(repacked(plain(), {}, {"xl/vbaProject.bin": OLE + bytes(100)}), "台账.xlsm")
    assert book.grids[0].text(1, 2) == "12"
    (notice,) = book.notices
    assert "宏没有运行" in notice.message


def test_a_part_that_bursts_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(plain(), {}, {"xl/media/x.bin": bytes(30 * 1024 * 1024)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert "大得不正常" in refused(bomb)


def test_many_parts_that_are_large_together_are_refused() -> None:
    size = workbook_guard.RATIO_COUNTS_FROM
    parts = {f"xl/media/{number}.bin": bytes(size) for number in range(workbook_guard.MAX_UNPACKED_BYTES // size + 1)}
    assert "大得不正常" in refused(repacked(plain(), {}, parts))


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "很大.xlsx"
    with file.open("wb") as out:
        out.write(plain())
        out.truncate(100 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read"))
    with pytest.raises(WorkbookInputError, match="100 MB，超过了 20 MB"):
        load_book(file)


DOCTYPE = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def with_shared_texts() -> bytes:
    """As Excel stores texts: in a part of their own."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    texts = (
        '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>入伍人数_x000D_</t></si></sst>"
    )
    start = b'<c r="A1" t="inlineStr">'

    def shared(sheet: bytes) -> bytes:
        at = sheet.index(start)
        end = sheet.index(b"</c>", at)
        return sheet[:at] + b'<c r="A1" t="s"><v>0</v>' + sheet[end:]

    changes = {"[Content_Types].xml": lambda text: text.replace(b"</Types>", override), SHEET: shared}
    return repacked(plain(), changes, {"xl/sharedStrings.xml": texts.encode()})


def test_texts_in_a_part_of_their_own() -> None:
    assert read_book(with_shared_texts(), "a.xlsx").grids[0].text(1, 1) == "入伍人数"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
def test_entity_bombs_are_refused(part: str) -> None:
    def insert(text: bytes) -> bytes:
        head, mark, rest = text.partition(b"?>")
        return head + mark + DOCTYPE + rest if mark else DOCTYPE + text

    assert "不该有的内容" in refused(repacked(with_shared_texts(), {part: insert}))


def test_a_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    data = repacked(
        plain(),
        {
            SHEET: lambda text: text.replace(
                b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            )
        },
    )
    assert read_book(data, "a.xlsx").grids[0].rows == (("入伍人数", 12),)


def test_a_cell_far_away_is_refused_not_filled_up() -> None:
    def far(book: openpyxl.Workbook) -> None:
        book.active["XFD1"] = 1

    def deep(book: openpyxl.Workbook) -> None:
        book.active["A1048576"] = 1

    def wide_and_deep(book: openpyxl.Workbook) -> None:
        book.active.cell(90_000, 400, 1)

    assert "列数" in refused(plain(far))
    assert "行数" in refused(plain(deep))
    assert "大多是空的" in refused(plain(wide_and_deep))


def test_too_many_cells_and_too_much_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def many(book: openpyxl.Workbook) -> None:
        for number in range(1, 40):
            book.active.cell(number, 1).value = "同一句很长的话"

    monkeypatch.setattr(workbook, "MAX_CHARACTERS", 200)
    assert "文字太多" in refused(plain(many))
    monkeypatch.setattr(workbook, "MAX_CELLS", 30)
    assert "单元格超过 30 个" in refused(plain(many))


def test_a_flood_of_elements_is_refused_before_a_parser_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    flood = b"".join(b'<x a="%d"/>' % number for number in range(workbook_guard.MAX_OTHER_TAGS + 1))
    data = repacked(plain(), {SHEET: lambda text: text.replace(b"</sheetData>", b"</sheetData>" + flood)})
    monkeypatch.setattr(workbook, "load_workbook", lambda *_, **__: pytest.fail("parsed"))
    assert "没有打开" in refused(data)


def test_empty_styled_cells_are_no_content() -> None:
    def style(book: openpyxl.Workbook) -> None:
        for number in range(1, 200):
            book.active.cell(number, 300).number_format = "0.00"

    assert read_book(plain(style), "a.xlsx").grids[0].rows == (("入伍人数", 12),)


# ---- text


TABLE = "村名,入伍人数\n柳庄村,2\n石桥村,3\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_offices(encoding: str) -> None:
    (grid,) = read_csv(TABLE.encode(encoding), "台账.csv").grids
    assert grid.rows == (("村名", "入伍人数"), ("柳庄村", "2"), ("石桥村", "3"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TABLE.replace(",", "\t"), "a.tsv"),
        (TABLE.replace(",", "\t"), "a.csv"),
        (TABLE.replace(",", ";"), "a.csv"),
        (TABLE.replace(",", "，"), "a.csv"),
        ('"村名","入伍人数"\n"柳庄村","2"\n"石桥村","3"\n', "a.csv"),
    ],
)
def test_separators(text: str, name: str) -> None:
    (grid,) = read_csv(text.encode(), name).grids
    assert grid.rows[1] == ("柳庄村", "2")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (plain(), "其实是 Excel 工作簿"),
        (b"%PDF-1.4", "其实是 PDF"),
        (b"  \n", "没有内容"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "不是文本"),
        (b"a," * 600 + b"\n", "没有读"),
        (b'a,"' + b"x" * 200_000, "引号没有成对"),
    ],
)
def test_what_is_no_table_of_text(data: bytes, words: str) -> None:
    assert words in refused(data, "台账.csv")


def test_too_many_lines_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "MAX_ROWS", 3)
    assert "没有读" in refused(b"a,b\n" * 5, "台账.csv")
