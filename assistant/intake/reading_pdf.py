"""The text of a PDF, by pypdf in a process of its own: a hostile file costs its time limit and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from assistant.errors import DocumentInputError
from assistant.intake.found import Notice

#: Seconds for the whole file; pages beyond the limit are told, not read.
TIMEOUT = 60.0
MAX_PAGES = 200
_MEMORY = 1024 * 1024 * 1024
#: Fewer characters a page than this are page numbers of a scan.
_LEAST_CHARACTERS = 20
#: So many lines with two figures or more, each a word of its own, are a table.
_ROWS = 3
_PROSE = re.compile("[，。；]")
_FIGURE = re.compile(r"[0-9][0-9,.]*[%一-龥]?")


def read_pdf(file: Path, name: str) -> tuple[str, tuple[Notice, ...]]:
    """The text, with notices of pages that were not read.

    Raises:
        DocumentInputError: encrypted, damaged, a scan without text, or it takes too long.
    """
    command = [sys.executable, "-m", "assistant.intake.reading_pdf", str(file.resolve())]
    root = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired as error:
        raise DocumentInputError(
            f"“{name}”{TIMEOUT:.0f} 秒还没读完，已停止。", "请在 PDF 阅读器中全选复制正文，粘贴进来。"
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {"fault": "damaged"}
    if answer.get("fault") == "encrypted":
        raise DocumentInputError(f"“{name}”加了密码。", "请去掉打开密码后重试。")
    if "pages" not in answer:
        raise DocumentInputError(f"“{name}”打不开，文件可能不完整或已损坏。", "请重新复制一份，或复制正文粘贴进来。")
    pages, total = answer["pages"], answer["total"]
    if sum(len(page.strip()) for page in pages) < _LEAST_CHARACTERS * max(1, len(pages)):
        raise DocumentInputError(f"“{name}”是扫描件，里面没有文字。", "请先做文字识别（OCR），或请对方提供 Word 文件。")
    notices = [
        Notice("unread", f"第 {number} 页没有文字，可能是扫描的图。", place=f"第 {number} 页")
        for number, page in enumerate(pages, 1)
        if not page.strip()
    ]
    notices += [
        Notice(
            "unread",
            f"{place}的表格分不清各列，可能没有读全，请对照原文；有 Word 或 Excel 文件的请用那一份。",
            place=place,
        )
        for number, page in enumerate(pages, 1)
        if has_table(page)
        for place in [f"第 {number} 页"]
    ]
    if total > len(pages):
        notices.append(Notice("unread", f"共 {total} 页，只读了前 {len(pages)} 页。"))
    return "\n".join(pages), tuple(notices)


def has_table(page: str) -> bool:
    """Whether lines of cells follow each other: a PDF has no cells, and an empty one leaves no trace."""
    cells = [[] if _PROSE.search(line) else line.split() for line in page.split("\n")]
    figures = [sum(_FIGURE.fullmatch(cell) is not None for cell in line) > 1 for line in cells]
    return any(all(figures[at : at + _ROWS]) for at in range(len(figures) - _ROWS + 1))


def _child(file: str) -> dict[str, object]:
    """Runs in the other process: what `read_pdf` understands."""
    import pypdf

    _limit_memory()
    try:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "encrypted"}
        total = len(reader.pages)
        pages = [reader.pages[number].extract_text() for number in range(min(total, MAX_PAGES))]
    except (pypdf.errors.DependencyError, pypdf.errors.FileNotDecryptedError, NotImplementedError):
        return {"fault": "encrypted"}
    return {"pages": pages, "total": total}


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    # What else goes wrong ends this process with a traceback; the caller says that the file is damaged.
    sys.stdout.buffer.write(json.dumps(_child(sys.argv[1])).encode("ascii"))
