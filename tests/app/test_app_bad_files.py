"""事实: what a person gets for a file that is locked, cut off, too large, something else, or full of doubtful cells.

Each is refused or shown for decision in a Chinese sentence that names the file, the cell or the line; nothing of the
sheet changes, and nothing is left waiting.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from app_kit import Tab, the_desk
from docx import Document

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
LOCKED = OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
OLD = OLE + bytes(512) + "Workbook".encode("utf-16-le") + bytes(512)
LINE = "2025年全镇适龄青年412人，完成兵役登记410人。"


def docx(*lines: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for line in lines or (LINE,):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def xlsx(*rows: list[object]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows or (["村名", "兵役登记（人）"], ["柳林村", 28]):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def bomb(name: str, part: str, kind: str, body: str) -> bytes:
    """A small archive whose one part unpacks to 300 MB."""
    made = xlsx() if kind == "xlsx" else docx()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != part:
                new.writestr(one.filename, old.read(one))
        with new.open(part, "w") as target:
            target.write(body.encode())
            for _ in range(300):
                target.write(b" " * 1024 * 1024)
    assert len(out.getvalue()) < 1024 * 1024, name
    return out.getvalue()


def with_macro(data: bytes, part: str) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(part, b"Sub AutoOpen()")
    return out.getvalue()


@pytest.fixture
def doc() -> str:
    made = the_desk().create("armed-forces-work", "work-a").id
    the_desk().set_facts(made, {"年度": "2025", "入伍人数": "12"})
    return made


def given(doc: str, *files: tuple[str, bytes]) -> Tab:
    table = files[0][0].endswith((".xlsx", ".xlsm", ".csv", ".yaml", ".xls", ".et"))
    tab = Tab(doc, "facts").unfold("entry-table" if table else "entry-text")
    name = "台账或事实表" if table else "旧稿或通知"
    uploader = next(found for found in tab.app.file_uploader if found.label == name)
    uploader.set_value([(file, data, "application/octet-stream") for file, data in files]).run()
    return tab.press("read-table" if table else "read-text")


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a workbook with a password": ("台账.xlsx", lambda: LOCKED, "打开密码"),
    "a workbook cut off": ("台账.xlsx", lambda: xlsx()[:-400], "不完整或已损坏"),
    "a workbook of 100 MB": ("台账.xlsx", lambda: xlsx() + bytes(100 * 1024 * 1024), "100 MB"),
    "a workbook that bursts": ("台账.xlsx", lambda: bomb("b", "xl/sharedStrings.xml", "xlsx", "<sst/>"), "大得不正常"),
    "a document as a workbook": ("台账.xlsx", docx, "其实是 Word 文档"),
    "a text as a workbook": ("台账.xlsx", lambda: "村名,兵役登记\n".encode(), "其实是文本"),
    "a workbook as a text": ("台账.csv", xlsx, "其实是 Excel 工作簿"),
    "a picture as a text": ("台账.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "不是文本"),
    "a quotation mark never closed": ("台账.csv", lambda: ('村名,兵役登记\n"柳' + "林" * 200_000).encode(), "第 2 行"),
    "a ledger without a known header": ("台账.csv", lambda: "甲,乙\n1,2\n".encode(), "没有认出一项事实"),
    "a document with a password": ("旧稿.docx", lambda: LOCKED, "密码"),
    "a document with macros": ("旧稿.docx", lambda: with_macro(docx(), "word/vbaProject.bin"), "带有宏"),
    "a document cut off": ("旧稿.docx", lambda: docx()[:-400], "损坏"),
    "a document of 100 MB": ("旧稿.docx", lambda: docx() + bytes(100 * 1024 * 1024), "20 MB"),
    "a document that bursts": (
        "旧稿.docx",
        lambda: bomb("b", "word/document.xml", "docx", "<w/>"),
        "过大|大得不正常|太大",
    ),
    "a workbook as a document": ("旧稿.docx", xlsx, "Excel|表格"),
    "a document as a PDF": ("旧稿.pdf", docx, "其实是 Word"),
    "a document as a text": ("旧稿.txt", docx, "其实是 Word"),
    "an old workbook": ("台账.xls", lambda: OLD, "旧式表格（.xls）"),
    "an old workbook of WPS": ("台账.et", lambda: OLD, "旧式表格（.xls）"),
    "a document that says it has macros": ("旧稿.docm", lambda: with_macro(docx(), "word/vbaProject.bin"), "带有宏"),
    "an empty document": ("旧稿.docx", lambda: docx(" "), "没有文字"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_used_is_named_with_what_to_do(doc: str, kind: str) -> None:
    name, make, words = BAD[kind]
    tab = given(doc, (name, make()))
    told = tab.told
    assert name in told
    assert any(word in told for word in words.split("|")), told
    assert told.rstrip().endswith("。")
    assert "Traceback" not in told
    assert the_desk().pendings(tab.report) == []
    assert tab.report.sheet.value("入伍人数") == 12


def test_of_several_files_every_bad_one_is_named_and_the_chosen_ones_stay(doc: str) -> None:
    tab = given(doc, ("甲村.xlsx", LOCKED), ("乙村.xlsx", xlsx()), ("丙村.xlsx", xlsx()[:300]))
    assert "甲村.xlsx" in tab.told
    assert "丙村.xlsx" in tab.told
    assert "乙村.xlsx" not in tab.told
    assert the_desk().pendings(tab.report) == []
    uploader = next(found for found in tab.app.file_uploader if found.label == "台账或事实表")
    assert len(uploader.value) == 3, "nothing has to be chosen again but the bad ones"


def test_macros_of_a_ledger_are_told_and_what_stands_there_is_read(doc: str) -> None:
    tab = given(doc, ("台账.xlsm", with_macro(xlsx(), "xl/vbaProject.bin"))).press("confirm-columns")
    assert "宏没有运行" in tab.words
    tab.press("take-certain")
    assert tab.report.sheet.value("兵役登记") == 28


def test_doubtful_cells_of_a_ledger_are_each_named(doc: str) -> None:
    rows: list[list[object]] = [
        ["村名", "适龄青年", "兵役登记", "慰问金总额", "兵役登记人数"],
        ["柳林村", -3, 28, 5000, 28],
        ["杨湾村", "很多", "41人", "0.3万元", 40],
        ["柳林村", 22, 20, 800, 20],
        ["岭下村", 12, "未统计", 800, 20],
    ]
    tab = given(doc, ("台账.xlsx", xlsx(*rows)))
    assert "都像是“兵役登记”" in tab.words, "two columns for one fact"
    next(one for one in tab.app.button_group if str(one.key).startswith("unit:")).set_value("元").run()
    tab.press("confirm-columns")
    words = tab.words
    for said in (
        "Sheet!B2</td><td>写的是“-3”",
        "Sheet!B3</td><td>写的是“很多”",
        "Sheet!C5</td><td>写的是“未统计”，没有数可计",
        "“柳林村”有两行（Sheet!A2 和 Sheet!A4）",
        "“慰问金总额”一列里单位不一",
    ):
        assert said in tab.markup
    assert "全部采用没有疑问的（0）" in words
    assert tab.report.sheet.value("适龄青年") is None


def test_a_report_in_traditional_characters_is_read_and_quoted_as_it_stands(doc: str) -> None:
    tab = given(doc, ("旧稿.txt", "2025年，全鎮適齡青年412人，完成兵役登記410人，印發宣傳資料4500餘份。".encode()))
    assert "完成兵役登記<mark>410人</mark>" in tab.markup
    tab.press("take-certain")
    sheet = tab.report.sheet
    assert (sheet.value("适龄青年"), sheet.value("兵役登记"), sheet.value("宣传资料")) == (412, 410, 4500)


def test_a_text_that_begins_like_a_formula_stays_a_text_in_the_exported_form(doc: str) -> None:
    desk = the_desk()
    desk.set_facts(doc, {"单位简称": '=HYPERLINK("http://x")', "主题教育活动": "@SUM(1)", "其他履职举措": "-走访"})
    book = openpyxl.load_workbook(io.BytesIO(desk.form_file(doc)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    shown = [cell for cell in cells if str(cell.value).startswith(("=HYPERLINK", "@SUM", "-走访"))]
    assert shown
    assert all(cell.data_type == "s" for cell in shown)
