"""Many reports at once: one zip with a Word file each; 说明.txt tells what was not made or departs from its layout."""

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
class Departing:
    """A file of the bundle that departs from its layout: what the conformance checker said, a sentence each."""

    name: str
    told: tuple[str, ...]


@dataclass(frozen=True)
class Bundle:
    """The zip, the names of the reports' files in it, what was refused and what departs from the layout."""

    data: bytes
    names: tuple[str, ...]
    refused: tuple[Refused, ...]
    departing: tuple[Departing, ...] = ()


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
    departing: list[Departing] = []
    for done, (name, made) in enumerate(items):
        if progress:
            progress(done, len(items), name)
        try:
            file = made()
        except NigaoError as error:
            refused.append(Refused(name, error.for_user()))
            continue
        free = free_name(file.name, files)
        files[free] = file.data
        if file.departures:
            departing.append(Departing(free, file.departures))
    if progress:
        progress(len(items), len(items), "")
    names = tuple(files)
    if refused or departing:
        files[_NOTE] = ("\r\n".join(_note(len(items), len(files), refused, departing)) + "\r\n").encode("utf-8-sig")
    return Bundle(_zip(files), names, tuple(refused), tuple(departing))


def _note(wanted: int, made: int, refused: list[Refused], departing: list[Departing]) -> list[str]:
    lines: list[str] = []
    if refused:
        lines += [f"共 {wanted} 份，导出 {made} 份，以下 {len(refused)} 份没有导出：", ""]
        lines += [f"{number}. {item.name}：{item.reason}" for number, item in enumerate(refused, start=1)]
    if refused and departing:
        lines.append("")
    if departing:
        lines += [f"版式核对：以下 {len(departing)} 份有不符合的地方。", ""]
        for number, file in enumerate(departing, start=1):
            lines += [f"{number}. {file.name}", *(f"   {told}" for told in file.told)]
    return lines


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
