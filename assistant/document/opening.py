"""Opening a .docx that somebody else made: bounded in size, and refused with the reason when it is something else.

Nothing outside the file is ever fetched, no entity is expanded, no macro is run. What is refused: encrypted files,
old .doc and .wps under another name, macros, templates, other Office files, document types and entities in a part,
zip bombs, files larger than a report can be, and what is damaged.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from assistant.errors import DocumentInputError, reason

MAX_BYTES = 20 * 1024 * 1024
#: What all parts may come to when unpacked, by what the archive declares.
MAX_UNPACKED = 200 * 1024 * 1024
#: What one XML part may come to: a report of 300 pages has 5 MB.
MAX_PART = 16 * 1024 * 1024
#: Tags of one XML part, opening and closing: a report of 300 pages has 220,000. Memory goes by them, not by bytes.
MAX_TAGS = 600_000
MAX_ENTRIES = 4000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""Word's "Strict Open XML" says the same under other names."""
#: Office writes none; the parser is not even begun on a part that has one.
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError, RuntimeError),
    *(etree.XMLSyntaxError, UnicodeError),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of a part's relationships; ``kind`` is the last word of its type. ``target`` is a part's name."""

    id: str
    kind: str
    target: str


@dataclass
class Package:
    """An opened file. ``name`` is what the file is called in messages."""

    name: str
    archive: zipfile.ZipFile
    main: str = ""
    _read: dict[str, Any] = field(default_factory=dict)

    def document(self) -> Any:
        """The root of the main part."""
        root = self.part(self.main)
        if root is None:
            raise damaged(self.name)
        return root

    def part(self, name: str) -> Any:
        """The root element of an XML part, None where the file has no such part.

        Raises:
            DocumentInputError: too large, damaged, or with a document type.
        """
        if name not in self._read:
            self._read[name] = self._parsed(name)
        return self._read[name]

    def _parsed(self, name: str) -> Any:
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        if info.file_size > MAX_PART:
            raise too_large(self.name)
        try:
            with self.archive.open(info) as stream:
                data = stream.read(MAX_PART + 1)
            for strict, usual in _STRICT.items():
                data = data.replace(strict, usual)
            if any(mark in data for mark in _DOCTYPE):
                raise _entities(self.name)
            if data.count(b"<") > MAX_TAGS:
                raise too_large(self.name)
            # A parser for each part: lxml's are not to be shared between threads.
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            tree = etree.parse(io.BytesIO(data), parser)
        except _BROKEN as error:
            raise damaged(self.name) from error
        if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
            raise _entities(self.name)
        return tree.getroot()

    def relations(self, part: str = "") -> tuple[Relation, ...]:
        """The parts that ``part`` refers to; external addresses are left out."""
        folder, base = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = []
        for row in root if root is not None else ():
            if not isinstance(row.tag, str) or row.get("TargetMode") == "External":
                continue
            target = row.get("Target", "")
            whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append(Relation(row.get("Id", ""), row.get("Type", "").rsplit("/", 1)[-1], whole))
        return tuple(found)

    def related(self, kind: str) -> Any:
        """The root of the first part of a kind (``styles``, ``settings`` …) that the main part refers to, or None."""
        return next((self.part(row.target) for row in self.relations(self.main) if row.kind == kind), None)


def open_file(file: Path, name: str = "") -> Package:
    """The file, checked and opened.

    Args:
        name: what messages call it, where it stands under another name.

    Raises:
        DocumentInputError: with what is wrong and what to do.
    """
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise _heavy(name or file.name, size)
        data = file.read_bytes()
    except OSError as error:
        raise DocumentInputError(f"读不到“{file}”（{reason(error)}）。", "请检查文件名和权限。") from error
    return open_bytes(data, name or file.name)


def open_bytes(data: bytes, name: str = "文件") -> Package:
    """Bytes of a .docx, checked and opened. Raises DocumentInputError."""
    if len(data) > MAX_BYTES:
        raise _heavy(name, len(data))
    if not data:
        raise DocumentInputError(f"“{name}”是空文件。", "请重新复制一份后重试。")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise DocumentInputError(f"“{name}”加了密码。", "请在 Word 中去掉打开密码后重试。")
        raise DocumentInputError(f"“{name}”是旧版 .doc 或 .wps 文件。", "请在 Word 或 WPS 中另存为 .docx 后重试。")
    if not data.startswith(b"PK"):
        raise _foreign(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _BROKEN as error:
        raise damaged(name) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentInputError(f"“{name}”加了密码。", "请去掉密码后重试。")
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise too_large(name)
    package = Package(name, archive)
    package.main = _main_part(package)
    return package


def _main_part(package: Package) -> str:
    types = package.part("[Content_Types].xml")
    if types is None:
        raise _foreign(package.name)
    declared = {
        row.get("PartName", "").lstrip("/"): row.get("ContentType", "") for row in types.iter(f"{_TYPES}Override")
    }
    defaults = {row.get("Extension", ""): row.get("ContentType", "") for row in types.iter(f"{_TYPES}Default")}
    names = package.archive.namelist()
    if any("macroEnabled" in kind for kind in declared.values()) or any("vbaProject" in name for name in names):
        raise DocumentInputError(f"“{package.name}”带有宏，没有打开。", "请在 Word 中另存为不带宏的 .docx 后重试。")
    main = next((row.target for row in package.relations() if row.kind == "officeDocument"), "")
    if not main or main not in names:
        raise damaged(package.name) if "word/document.xml" in names or not main else _foreign(package.name)
    kind = declared.get(main) or _by_extension(defaults, main)
    if kind != _MAIN:
        raise _wrong_kind(package.name, kind)
    return main


def _by_extension(defaults: Mapping[str, str], part: str) -> str:
    return defaults.get(part.rsplit(".", 1)[-1], "")


def _wrong_kind(name: str, kind: str) -> DocumentInputError:
    for word, said in (
        ("spreadsheetml", " Excel 表格"),
        ("presentationml", " PowerPoint 演示文稿"),
        ("template", " Word 模板（.dotx）"),
    ):
        if word in kind:
            return DocumentInputError(
                f"“{name}”其实是{said}，不是 Word 文件。", "请给出由 Word 或 WPS 保存的 .docx 文件。"
            )
    return DocumentInputError(
        f"“{name}”里标明的内容类型不是 Word 文件。", "请在 Word 或 WPS 中打开并另存为 .docx 后重试。"
    )


def _entities(name: str) -> DocumentInputError:
    return DocumentInputError(
        f"“{name}”里夹有外部实体或文档类型定义，没有打开。", "请在 Word 或 WPS 中另存为 .docx 后重试。"
    )


def _heavy(name: str, size: int) -> DocumentInputError:
    return DocumentInputError(f"“{name}”有 {size // 1024 // 1024} MB，超过 20 MB。", "请删去图片后另存，或只留正文。")


def _foreign(name: str) -> DocumentInputError:
    return DocumentInputError(f"“{name}”不是 Word 文件（.docx）。", "请给出由 Word 或 WPS 保存的 .docx 文件。")


def too_large(name: str) -> DocumentInputError:
    """For a file that is small packed and huge unpacked."""
    return DocumentInputError(f"“{name}”解开后过大，没有打开。", "请确认文件来源，或另存一份后重试。")


def damaged(name: str) -> DocumentInputError:
    """For a file that is cut off or not what its directory says."""
    return DocumentInputError(f"“{name}”打不开，文件可能不完整或已损坏。", "请重新复制一份，或在 Word 中另存后重试。")
