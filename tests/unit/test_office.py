"""LibreOffice as the program uses it: absent, hanging, and at work."""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path

import pytest
from format_samples import PLAIN

from assistant import office
from assistant.document.preview import preview
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


@pytest.mark.pdf
def test_pages_as_pictures_are_as_many_as_estimated_for_plain_hanzi() -> None:
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice not installed")
        pytest.skip("soffice not installed")
    data = write_docx(PLAIN, load_profile(), final=False)
    pictures = office.page_pictures(office.to_pdf(data), wide=300)
    assert all(picture.startswith(PNG) for picture in pictures)
    assert len(pictures) == len(preview(data, load_profile()))
