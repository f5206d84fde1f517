"""The copy of a .docx that LibreOffice is given to print.

LibreOffice 7.4 leaves out a punctuation mark that hangs behind a justified line which is full to its last character: it
is neither painted nor in the PDF's text. It does not where the line is flush left, and with 28 characters a line that
differs by what a mark carried over leaves open.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from assistant.document.parts import qn

_PARTS = ("word/styles.xml", "word/document.xml")


def unjustified(docx: bytes) -> bytes:
    """The file with its justified paragraphs and styles flush left; what is no .docx as it is."""
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                data = source.read(entry)
                target.writestr(entry, _flush_left(data) if entry.filename in _PARTS else data)
    except zipfile.BadZipFile:
        return docx
    return made.getvalue()


def _flush_left(part: bytes) -> bytes:
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    for mark in root.iter(qn("jc")):
        if mark.get(qn("val")) == "both":
            mark.set(qn("val"), "left")
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
