"""Files that somebody else made: read, or refused with the reason."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from assistant.errors import DocumentInputError
from assistant.intake import reading_office, reading_pdf
from assistant.intake.reading import MAX_BYTES, decode, read_source

TEXT = "清河镇党管武装工作情况报告\n全年召开议军会议3次。\n"


def no_docx(_: Path, __: str) -> str:
    raise AssertionError("no .docx here")


def saved(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def pdf(text: str) -> bytes:
    """A PDF of one page, by hand; Latin text, for Chinese wants an embedded font."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_encoding_of_a_text(tmp_path: Path, encoding: str) -> None:
    assert read_source(saved(tmp_path, "旧.txt", TEXT.encode(encoding)), no_docx).text == TEXT


TRADITIONAL = "清河鎮黨管武裝工作情況報告\n全鎮適齡青年四百一十二人，召開黨委議軍會議3次，現場辦公2次。\n"


def test_a_text_in_big5() -> None:
    assert decode(TRADITIONAL.encode("big5"), "旧.txt") == TRADITIONAL
    assert decode(TRADITIONAL.encode("gb18030"), "旧.txt") == TRADITIONAL
    assert decode((TEXT * 3).encode("gb18030"), "旧.txt") == TEXT * 3


def test_bytes_are_no_text() -> None:
    with pytest.raises(DocumentInputError):
        decode(bytes(range(256)) * 4, "旧.txt")


def test_a_docx_is_read_by_the_reader_handed_in(tmp_path: Path) -> None:
    assert read_source(saved(tmp_path, "旧.docx", b"PK\x03\x04"), lambda *_: TEXT).text == TEXT


def test_text_of_a_pdf(tmp_path: Path) -> None:
    words = "The yearly report on militia and conscription."
    assert words in read_source(saved(tmp_path, "a.pdf", pdf(words)), no_docx).text


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("项目 预算数 决算数\n民兵训练 8 7.6\n器材购置 5 6.2 含无人机1 架\n合计 13 13.8", True),
        ("适龄青年 512 兵役登记 510\n报名应征 88 上站体检 60\n体检合格 37 入伍人数 26", True),
        ("2025 年，全镇适龄青年 412 人，\n完成兵役登记 410 人，报名 88 人，\n入伍 15 人，其中大学生 13 人。", False),
        ("", False),
    ],
)
def test_a_table_in_a_pdf_is_told_for_its_columns_are_gone(page: str, told: bool) -> None:
    assert reading_pdf.has_table(page) is told


@pytest.mark.parametrize(
    ("data", "said"),
    [(pdf(""), "扫描件"), (pdf("x" * 60)[:200], "损坏"), (b"%PDF-1.4\n" + b"garbage" * 50, "损坏")],
)
def test_a_pdf_without_text_or_cut_off(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(DocumentInputError, match=said):
        read_source(saved(tmp_path, "a.pdf", data), no_docx)


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.append(saved(tmp_path, "plain.pdf", pdf("Some words of a report that is long enough.")))
    writer.encrypt("secret", algorithm="RC4-128")
    file = tmp_path / "locked.pdf"
    with file.open("wb") as stream:
        writer.write(stream)
    with pytest.raises(DocumentInputError, match="密码"):
        read_source(file, no_docx)


def test_a_pdf_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_pdf, "TIMEOUT", 0.001)
    with pytest.raises(DocumentInputError, match="已停止"):
        read_source(saved(tmp_path, "a.pdf", pdf("words")), no_docx)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"%PDF-1.4 ...", "PDF"),
        ("a.txt", b"PK\x03\x04....", "Word"),
        ("a.pdf", TEXT.encode(), "文本"),
        ("a.doc", TEXT.encode(), "文本"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"),
        ("a.txt", b"", "空文件"),
        ("a.txt", b"  \n ", "没有文字"),
        ("a.xlsx", b"PK\x03\x04", "是表格"),
    ],
)
def test_what_is_something_else_is_refused(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(DocumentInputError, match=said):
        read_source(saved(tmp_path, name, data), no_docx)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES * 10)
    with pytest.raises(DocumentInputError, match="200 MB"):
        read_source(file, no_docx)


def test_without_libreoffice_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_office, "office", lambda: "")
    with pytest.raises(DocumentInputError, match="LibreOffice") as caught:
        read_source(saved(tmp_path, "旧.rtf", b"{\\rtf1 words}"), no_docx)
    assert "另存为 .docx" in caught.value.way_out


def test_a_workbook_under_a_documents_name(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le")
    with pytest.raises(DocumentInputError, match="Excel"):
        read_source(saved(tmp_path, "旧.doc", data), no_docx)


@pytest.mark.pdf
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_an_rtf_through_libreoffice(tmp_path: Path) -> None:
    body = "".join(f"\\u{ord(character)}?" for character in "全年召开议军会议3次")
    file = saved(tmp_path, "旧.rtf", ("{\\rtf1\\ansi " + body + "}").encode("ascii"))

    def words(made: Path, _: str) -> str:
        with zipfile.ZipFile(made) as archive:
            return archive.read("word/document.xml").decode("utf-8")

    assert "议军会议" in read_source(file, words).text
