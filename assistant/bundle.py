"""Many reports at once: one zip with a Word file each, and a 说明.txt of what could not be made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.errors import NigaoError
from assistant.exporting import ExportedFile

_NOTE = "说明.txt"


@dataclass(frozen=True)
class Refused:
    """A report that has no file in the bundle, and why in Chinese."""

    name: str
    reason: str


@dataclass(frozen=True)
class Bundle:
    """The zip, the names in it and what was refused."""

    data: bytes
    names: tuple[str, ...]
    refused: tuple[Refused, ...]


Made = Callable[[], ExportedFile]
Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and the name that is next."""


def bundle(wanted: Iterable[tuple[str, Made]], progress: Progress | None = None) -> Bundle:
    """Makes every file; one that is refused does not stop the others.

    Args:
        wanted: what a person calls the report, and what makes its file.
    """
    items = list(wanted)
    files: dict[str, bytes] = {}
    refused: list[Refused] = []
    for done, (name, made) in enumerate(items):
        if progress:
            progress(done, len(items), name)
        try:
            file = made()
        except NigaoError as error:
            refused.append(Refused(name, error.for_user()))
            continue
        files[free_name(file.name, files)] = file.data
    if progress:
        progress(len(items), len(items), "")
    if refused:
        lines = [f"共 {len(items)} 份，导出 {len(files)} 份，以下 {len(refused)} 份没有导出：", ""]
        lines += [f"{number}. {item.name}：{item.reason}" for number, item in enumerate(refused, start=1)]
        files[_NOTE] = ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
    return Bundle(_zip(files), tuple(files), tuple(refused))


def free_name(name: str, taken: Iterable[str]) -> str:
    """报告.docx, or 报告（2）.docx where that is taken; Windows knows no small and capital letters."""
    known = {other.lower() for other in taken}
    stem, dot, ending = name.rpartition(".")
    number, found = 2, name
    while found.lower() in known:
        found = f"{stem}（{number}）{dot}{ending}"
        number += 1
    return found


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
