"""LibreOffice as the program uses it: absent, hanging, and at work."""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path

import pytest

from assistant import office
from assistant.document.content import DocumentContent, Paragraph
from assistant.document.preview import preview
from assistant.document.preview_breaks import first_difference
from assistant.document.profile import load_profile
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
def test_where_pages_are_printed_otherwise_this_is_told() -> None:
    # Capital letters are wider than half a 字, whatever font takes the place of 仿宋.
    text = "".join(f"第{number}条写有MMWWMMWWMMWW字样。" for number in range(12))
    content = DocumentContent("标题", tuple(Paragraph.of(text) for _ in range(8)))
    data = write_docx(content, load_profile(), final=False)
    found = first_difference(preview(data, load_profile()), office.page_texts(office.to_pdf(data)))
    assert found is not None
    assert found.page == 2
    assert found.printed != found.estimated
