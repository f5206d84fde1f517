"""LibreOffice as the program uses it: absent, hanging, and at work."""

from __future__ import annotations

import datetime
import os
import shutil
import stat
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from assistant import office
from assistant.document.content import Attachment, DocumentContent, Paragraph, Role
from assistant.document.preview import preview
from assistant.document.preview_breaks import first_difference
from assistant.document.profile import load_profile
from assistant.document.stand_ins import stand_ins
from assistant.document.writer import write_docx
from assistant.errors import ExportError

PNG = b"\x89PNG\r\n\x1a\n"


def program(folder: Path, script: str) -> str:
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


def alive(pid: int) -> bool:
    """A zombie that nobody waited for is dead."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def test_where_it_is_not_installed_this_is_said_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_USUAL", ())
    monkeypatch.setenv("PATH", "")
    assert office.office() is None
    with pytest.raises(ExportError, match="没有安装") as caught:
        office.to_pdf(b"")
    assert "另存为 PDF" in caught.value.way_out


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the program")
def test_a_hanging_one_is_ended_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "pid"
    hanging = program(tmp_path, f"sleep 60 & echo $! > {told}\nwait")
    monkeypatch.setattr(office, "office", lambda: hanging)
    with pytest.raises(ExportError, match="已停止"):
        office.to_pdf(b"", patience=2)
    pid = int(told.read_text(encoding="utf-8"))
    for _ in range(50):
        if not alive(pid):
            break
        time.sleep(0.1)
    assert not alive(pid)


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the program")
def test_one_that_makes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office", lambda: program(tmp_path, "exit 0"))
    with pytest.raises(ExportError, match="没有生成 PDF"):
        office.to_pdf(b"")


def test_what_is_no_pdf_has_no_pages() -> None:
    with pytest.raises(ExportError):
        office.page_pictures(b"nothing")


@pytest.fixture(scope="module")
def installed() -> None:
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice not installed")
        pytest.skip("soffice not installed")


@pytest.mark.pdf
@pytest.mark.usefixtures("installed")
def test_plain_hanzi_are_printed_on_the_pages_that_were_estimated() -> None:
    text = "坚持把党管武装工作纳入重要议事日程，先后召开会议研究武装工作，村规范化建设全部完成。"
    content = DocumentContent("述职报告", tuple(Paragraph.of(text * times) for times in range(1, 9)))
    data = write_docx(content, load_profile(), final=False)
    pdf = office.to_pdf(data)
    pictures, pages = office.page_pictures(pdf, wide=300), preview(data, load_profile())
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(pictures) == len(pages) > 2
    assert first_difference(pages, office.page_texts(pdf)) is None


@pytest.mark.pdf
@pytest.mark.usefixtures("installed")
def test_a_mark_that_hangs_behind_a_full_line_is_printed() -> None:
    # Pushed along by one character, each mark comes to hang behind a line somewhere.
    texts = [f"{'正' * shift}{'文' * 27}{mark}{'字' * 30}" for mark in "，。；：、" for shift in range(28)]
    data = write_docx(DocumentContent("标题", tuple(map(Paragraph.of, texts))), load_profile(), final=True)
    printed = Counter("".join(office.page_texts(office.to_pdf(data))))
    assert {mark: printed[mark] for mark in "，。；：、"} == dict.fromkeys("，。；：、", 28)


@pytest.mark.pdf
@pytest.mark.usefixtures("installed")
def test_the_page_before_the_closing_is_full() -> None:
    line = "一年来坚持把党管武装工作纳入议事日程先后召开会议研究武装"
    full = tuple(Paragraph.of(line * 5) for _ in range(5))
    content = DocumentContent(
        "述职报告",
        (*full, Paragraph.of("四、下步打算", Role.HEADING1), Paragraph.of(line * 7)),
        attachments=(Attachment("民兵名册"), Attachment("经费明细")),
        signature="中共清河镇委员会",
        date=datetime.date(2025, 12, 9),
    )
    *before, last = office.page_texts(office.to_pdf(write_docx(content, load_profile(), final=True)))
    assert "附件" in last
    assert "9 日" in last
    rows = before[-1].strip().split("\r\n")
    assert len(rows) >= 20, rows


@pytest.mark.pdf
@pytest.mark.usefixtures("installed")
def test_where_pages_are_printed_otherwise_this_is_told() -> None:
    # Capital letters are wider than half a 字, whatever font takes the place of 仿宋.
    text = "".join(f"第{number}条写有MMWWMMWWMMWW字样。" for number in range(12))
    content = DocumentContent("标题", tuple(Paragraph.of(text) for _ in range(8)))
    data = write_docx(content, load_profile(), final=False)
    found = first_difference(preview(data, load_profile()), office.page_texts(office.to_pdf(data)))
    assert found is not None
    assert found.page == 2
    assert found.printed != found.estimated


# ---- fonts that are not there


def test_a_missing_font_gets_a_stand_in_of_its_kind() -> None:
    data = write_docx(DocumentContent("标题", (Paragraph.of("正文。"),)), load_profile(), final=True)
    there = frozenset({"kaiti", "noto serif cjk sc", "noto sans cjk sc", "宋体"})
    assert stand_ins(data, there) == {
        "方正小标宋简体": "宋体",
        "仿宋_GB2312": "宋体",
        "楷体_GB2312": "KaiTi",
        "黑体": "Noto Sans CJK SC",
    }
    assert stand_ins(data, frozenset()) == {}
    assert stand_ins(b"") == {}


@pytest.mark.pdf
def test_headings_and_text_do_not_look_alike_where_fonts_are_missing() -> None:
    if office.office() is None or shutil.which("pdffonts") is None:
        pytest.skip("LibreOffice or poppler is not installed")
    paragraphs = (Paragraph.of("一、标题", Role.HEADING1), Paragraph.of("正文。"))
    data = write_docx(DocumentContent("标题", paragraphs), load_profile(), final=True)
    instead = stand_ins(data)
    if not {"仿宋_GB2312", "黑体"} <= set(instead):
        pytest.skip("the fonts are there, or nothing like them")
    made = subprocess.run(["pdffonts", "-"], input=office.to_pdf(data), check=True, capture_output=True).stdout.decode()
    for name in {instead["仿宋_GB2312"], instead["黑体"]}:
        assert "".join(name.removesuffix(" R").split()[:2]).casefold() in made.casefold()
