"""LibreOffice, where it is installed: a Word file as PDF, and a PDF's pages as pictures.

It runs with a profile of its own in a temporary folder, so that a person's open LibreOffice is not disturbed, and it is
ended by its own process group when it takes too long.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.document.for_libreoffice import for_libreoffice
from assistant.document.linebreaking import NEVER_FIRST, NEVER_LAST
from assistant.document.stand_ins import stand_ins
from assistant.errors import ExportError, reason

_NAMES = ("soffice", "libreoffice")
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
#: Seconds; a report takes two to five, the first start of a profile ten.
_PATIENCE = 90.0
_WITH_NOTES = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
#: LibreOffice does not read the lists of a file (w:noLineBreaksAfter), only those of its own profile.
_LINE_ENDS = f"""<item oor:path="/org.openoffice.Office.Common/AsianLayout/StartEndCharacters">
<node oor:name="zh-CN" oor:op="replace">
<prop oor:name="StartCharacters" oor:op="fuse"><value>{escape(NEVER_FIRST)}</value></prop>
<prop oor:name="EndCharacters" oor:op="fuse"><value>{escape(NEVER_LAST)}</value></prop>
</node></item>
"""
_FONTS = "/org.openoffice.Office.Common/Font/Substitution"
_PDFIUM = threading.Lock()
#: Points: where the right margin's notes begin, from the paper's edge, how wide one is, how far the next one stands.
_NOTES_FROM, _NOTE, _NEXT_NOTE = 72, 18, 13
NOT_INSTALLED = "这台电脑没有安装 LibreOffice，不能直接生成 PDF。"
WAY_OUT = "请下载 Word 文件，在 Word 或 WPS 中另存为 PDF。"


def office() -> str | None:
    """The program's path, None where it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in _USUAL if Path(path).is_file()), None)


def to_pdf(docx: bytes, patience: float = _PATIENCE, *, comments: bool = False) -> bytes:
    """The file as LibreOffice prints it.

    Args:
        patience: seconds to wait.
        comments: the file's comments go with it, as notes of the PDF in the right margin.

    Raises:
        ExportError: LibreOffice is not there, took too long, or made nothing.
    """
    program = office()
    if program is None:
        raise ExportError(NOT_INSTALLED, WAY_OUT)
    with tempfile.TemporaryDirectory(prefix="nigao-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        source = folder / "report.docx"
        source.write_bytes(for_libreoffice(docx))
        settings = folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_registry(docx), encoding="utf-8")
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *(
                "--headless",
                "--norestore",
                "--convert-to",
                _WITH_NOTES if comments else "pdf",
                "--outdir",
                str(folder),
                str(source),
            ),
        ]
        _run(command, patience)
        try:
            made = (folder / "report.pdf").read_bytes()
        except OSError as error:
            raise ExportError("LibreOffice 没有生成 PDF。", WAY_OUT) from error
    return _notes_in_the_margin(made) if comments else made


def _registry(docx: bytes) -> str:
    """The settings that LibreOffice starts with: where lines may end, what stands in for fonts that are not there."""
    pairs = "".join(
        f'<node oor:name="_{number}" oor:op="replace">{_value("ReplaceFont", name)}{_value("SubstituteFont", other)}'
        f"{_value('Always', 'true')}{_value('OnScreenOnly', 'false')}</node>"
        for number, (name, other) in enumerate(stand_ins(docx).items())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
        f'{_LINE_ENDS}<item oor:path="{_FONTS}">{_value("Replacement", "true")}</item>\n'
        f'<item oor:path="{_FONTS}/FontPairs">{pairs}</item>\n</oor:items>\n'
    )


def _value(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:op="fuse"><value>{escape(value)}</value></prop>'


def _run(command: list[str], patience: float) -> None:
    try:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise ExportError(f"LibreOffice 启动不了（{reason(error)}）。", WAY_OUT) from error
    try:
        running.wait(patience)
    except subprocess.TimeoutExpired as error:
        raise ExportError(f"LibreOffice 超过 {patience:.0f} 秒没有完成，已停止。", f"请再试一次；{WAY_OUT}") from error
    finally:
        if running.poll() is None:
            _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    """The process that was started, and what it started itself."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.wait()


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    # PDFium is not safe in several threads, and each person's page runs in one of its own.
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ExportError("生成的 PDF 打不开。", WAY_OUT) from error
        try:
            yield document
        finally:
            document.close()


def _notes_in_the_margin(pdf: bytes) -> bytes:
    """LibreOffice puts each note's sign upon the words behind it, and a sheet full of comments could not be read."""
    with _opened(pdf) as document:
        for page in document:
            lines: dict[int, int] = {}
            for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
                note, place = pdfium.FPDFPage_GetAnnot(page, number), pdfium.FS_RECTF()
                if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_TEXT:
                    pdfium.FPDFAnnot_GetRect(note, place)
                    top = round(place.top)
                    left = page.get_width() - _NOTES_FROM + lines.get(top, 0) * _NEXT_NOTE
                    lines[top] = lines.get(top, 0) + 1
                    rect = pdfium.FS_RECTF(left, place.top - 4, left + _NOTE, place.top - 4 - _NOTE)
                    pdfium.FPDFAnnot_SetRect(note, rect)
                pdfium.FPDFPage_CloseAnnot(note)
            page.close()
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


def page_pictures(pdf: bytes, wide: int = 900) -> list[bytes]:
    """Every page as a PNG ``wide`` pixels across. Raises ExportError for bytes that are no PDF."""
    pictures: list[bytes] = []
    with _opened(pdf) as document:
        for page in document:
            buffer = io.BytesIO()
            page.render(scale=wide / page.get_width()).to_pil().save(buffer, "PNG")
            pictures.append(buffer.getvalue())
            page.close()
    return pictures


def page_texts(pdf: bytes) -> list[str]:
    """What stands on every page, page number included. Raises ExportError for bytes that are no PDF."""
    texts: list[str] = []
    with _opened(pdf) as document:
        for page in document:
            read = page.get_textpage()
            texts.append(read.get_text_range())
            read.close()
            page.close()
    return texts
