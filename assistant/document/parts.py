"""Adding to a Word file that is written already: a changed text, comments, parts of its own."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from assistant.document.opening import open_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_MAIN = "word/document.xml"


def qn(tag: str) -> str:
    """``p`` → the tag in the namespace of WordprocessingML."""
    return f"{{{W}}}{tag}"


def element(tag: str, *children: Any, **attributes: str | int) -> Any:
    """``<w:tag w:attribute="…">`` with ``children``, as lxml has it."""
    made = etree.Element(qn(tag), {qn(key): str(value) for key, value in attributes.items()}, nsmap={"w": W})
    made.extend(children)
    return made


def text_leaf(tag: str, text: str) -> Any:
    """``w:t`` or ``w:delText`` that keeps its blanks."""
    leaf = element(tag)
    leaf.text = text
    if text != text.strip():
        leaf.set(_SPACE, "preserve")
    return leaf


def properties_of(block: Any, tag: str = "pPr") -> Any:
    """The block's properties, made where it has none."""
    found = block.find(qn(tag))
    if found is None:
        found = element(tag)
        block.insert(0, found)
    return found


class Editable:
    """A file of ours, opened to be added to. ``body`` is its ``w:body``.

    Raises:
        DocumentInputError: the bytes are no sound .docx.
    """

    def __init__(self, data: bytes) -> None:
        package = open_bytes(data)
        self.document = package.document()
        self.body = self.document.find(qn("body"))
        self._parts = {name: package.archive.read(name) for name in package.archive.namelist()}

    @property
    def blocks(self) -> list[Any]:
        """Paragraphs and tables of the body, in order."""
        return [child for child in self.body if child.tag in (qn("p"), qn("tbl"))]

    def notes(self) -> dict[str, str]:
        """Comment id → what it says, its paragraphs as lines."""
        data = self._parts.get("word/comments.xml")
        if data is None:
            return {}
        return {
            comment.get(qn("id"), ""): "\n".join(
                "".join(leaf.text or "" for leaf in paragraph.iter(qn("t"))) for paragraph in comment.iter(qn("p"))
            )
            for comment in etree.fromstring(data)
        }

    def add(self, name: str, data: bytes, relation: str, content_type: str) -> None:
        """A part that the main part refers to: ``word/comments.xml`` and its kind, ``comments``."""
        self._parts[name] = data
        target = name.removeprefix("word/") if name.startswith("word/") else f"/{name}"
        self._relate("word/_rels/document.xml.rels", f"rId{relation.capitalize()}", relation, target)
        self._declare(name, content_type)

    def add_below(self, owner: str, name: str, data: bytes, relation: str, content_type: str) -> None:
        """A part that another part of ours in the same folder refers to."""
        self._parts[name] = data
        folder, _, base = owner.rpartition("/")
        self._parts[f"{folder}/_rels/{base}.rels"] = etree.tostring(etree.Element(f"{{{_RELATION}}}Relationships"))
        self._relate(f"{folder}/_rels/{base}.rels", "rId1", relation, name.rpartition("/")[2])
        self._declare(name, content_type)

    def _relate(self, part: str, key: str, relation: str, target: str) -> None:
        root = etree.fromstring(self._parts[part])
        kind = f"{_OFFICE}/{relation}"
        root.append(etree.Element(f"{{{_RELATION}}}Relationship", Id=key, Type=kind, Target=target))
        self._parts[part] = _xml(root)

    def _declare(self, name: str, content_type: str) -> None:
        root = etree.fromstring(self._parts["[Content_Types].xml"])
        root.append(etree.Element(f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type))
        self._parts["[Content_Types].xml"] = _xml(root)

    def data(self) -> bytes:
        """The file as it is now."""
        self._parts[_MAIN] = _xml(self.document)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                info = zipfile.ZipInfo(name, _ZIP_DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return buffer.getvalue()


def _xml(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
