"""Older Word, WPS, RTF and ODT files, turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath

from assistant.errors import DocumentInputError

#: Seconds: a cold start with a fresh profile takes ten.
TIMEOUT = 120.0
_WORKBOOK, _WORD = ("Workbook".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def office() -> str:
    """LibreOffice's program, "" where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), "")


def read_office(file: Path, name: str, read_docx: Callable[[Path, str], str]) -> str:
    """The text of a file that only an office program can read, ``name`` of it as it was given.

    Raises:
        DocumentInputError: no LibreOffice here, a workbook, encrypted, damaged, or it takes too long.
    """
    data = file.read_bytes()
    if _WORKBOOK in data and _WORD not in data:
        raise DocumentInputError(f"“{name}”其实是 Excel 表格。", "请把后缀改为 .xls 并另存为 .xlsx，再按台账导入。")
    program = office()
    if not program:
        raise DocumentInputError(
            f"读“{name}”要用 LibreOffice，这台电脑上没有装。", "请在 Word 或 WPS 中另存为 .docx，或直接粘贴文字。"
        )
    with tempfile.TemporaryDirectory(prefix="nigao-", ignore_cleanup_errors=True) as folder:
        # A name of our own: the user's could be read as an option or hold what the shell of an old version minds.
        copy = Path(folder) / f"source{PurePath(name).suffix.lower()}"
        copy.write_bytes(data)
        _convert(program, copy, Path(folder), name)
        made = Path(folder) / "source.docx"
        if not made.is_file():
            raise DocumentInputError(
                f"“{name}”打不开，可能加了密码、不完整或已损坏。", "请在 Word 或 WPS 中打开，另存为 .docx 后重试。"
            )
        return read_docx(made, name)


def _convert(program: str, copy: Path, folder: Path, name: str) -> None:
    command = [
        program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "docx", "--outdir", str(folder), str(copy),
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    )
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise DocumentInputError(
            f"LibreOffice {TIMEOUT:.0f} 秒没有读完“{name}”，已停止。", "请在 Word 或 WPS 中另存为 .docx 后重试。"
        ) from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it started: on POSIX its own session, whose id is its process id."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
