"""The copy of a .docx that LibreOffice is given to print: the same paper, without what LibreOffice 7.4 does badly.

A punctuation mark that hangs behind a justified line which is full to its last character is neither painted nor in the
PDF's text. It is where the line is flush left, and with 28 characters a line the two differ by what a mark carried over
leaves open.

Word parts a paragraph that keeps with the next one, LibreOffice moves it whole, and with it the heading above it: the
last page of text is then half empty where 附件说明 and 落款 follow. Those two stay together.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from assistant.document.parts import qn
from assistant.document.styles import STYLE_IDS

_DOCUMENT = "word/document.xml"
_PARTS = ("word/styles.xml", _DOCUMENT)


def for_libreoffice(docx: bytes) -> bytes:
    """What is no .docx comes back as it is."""
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                data = source.read(entry)
                target.writestr(entry, _changed(data, entry.filename) if entry.filename in _PARTS else data)
    except zipfile.BadZipFile:
        return docx
    return made.getvalue()


def _changed(part: bytes, name: str) -> bytes:
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    for mark in root.iter(qn("jc")):
        if mark.get(qn("val")) == "both":
            mark.set(qn("val"), "left")
    if name == _DOCUMENT:
        _part_before_attachments(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _part_before_attachments(root: etree._Element) -> None:
    last: etree._Element | None = None
    for paragraph in root.iter(qn("p")):
        style = paragraph.find(f"{qn('pPr')}/{qn('pStyle')}")
        if style is not None and style.get(qn("val")) == STYLE_IDS["attachment_note"]:
            keeps = last.find(f"{qn('pPr')}/{qn('keepNext')}") if last is not None else None
            if keeps is not None:
                keeps.getparent().remove(keeps)
            return
        if any(leaf.text for leaf in paragraph.iter(qn("t"))):
            last = paragraph
