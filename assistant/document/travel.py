"""What a 送审稿 takes along so that it can be read in again: which section is which, and which words are facts.

Hidden bookmarks mark where each section begins; a custom XML part keeps, paragraph by paragraph, the text and the slots
with what they printed. Word and WPS keep both; where they are lost, headings tell the sections.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from assistant.document.content import Table
from assistant.document.opening import Package
from assistant.document.parts import Editable, element, qn
from assistant.document.placing import Place, sections_in
from assistant.reports.report import Report

NAMESPACE = "urn:nigao:travel:1"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE = "{6F5C2D1E-8B39-4C7A-9E54-3D0B7A1C2F68}"
MARK = "_nigao_"
"""How the bookmarks begin; behind it stands the section's place in the report."""
_FIRST_ID = 9000


@dataclass(frozen=True)
class Travelling:
    """What came back of it.

    Attributes:
        report: id of the report that the file was made from.
        revisions: section key → number of the version that it shows.
        slots: section key → what each slot printed, by its slot text, in reading order.
        headings: section key → its heading as slot text, without number and end mark.
        tables: label of a table fact → heads and rows as they were printed.
        marks: bookmark → section key.
    """

    report: str
    revisions: Mapping[str, int]
    slots: Mapping[str, tuple[tuple[str, str], ...]]
    marks: Mapping[str, str]
    headings: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


def pack_travel(
    file: Editable,
    report: Report,
    found: list[Place],
    when: datetime.datetime,
    tables: Mapping[str, Table] | None = None,
) -> None:
    """Marks the sections in the file and adds the part. ``tables``: those of table facts that the file shows."""
    root = etree.Element(f"{{{NAMESPACE}}}report", id=report.id, written=when.isoformat(), nsmap={None: NAMESPACE})
    order = {section.key: number for number, section in enumerate(report.sections)}
    for key, places in sections_in(found):
        section, number = report.section(key), order.get(key, 0)
        if section is None:
            continue
        name = f"{MARK}{number}"
        row = etree.SubElement(root, f"{{{NAMESPACE}}}section", key=key, mark=name, revision=str(section.revision))
        etree.SubElement(row, f"{{{NAMESPACE}}}heading").text = section.heading
        for place in places:
            for piece in place.block.pieces:
                if piece.slot is not None:
                    slot = etree.SubElement(row, f"{{{NAMESPACE}}}slot", source=str(piece.slot))
                    slot.text = piece.text
        _bookmark(places[0].paragraph, places[-1].paragraph, _FIRST_ID + number, name)
    for label, table in (tables or {}).items():
        _pack_table(etree.SubElement(root, f"{{{NAMESPACE}}}table", fact=label), table)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    file.add("customXml/item1.xml", data, "customXml", "application/xml")
    file.add_below(
        "customXml/item1.xml",
        "customXml/itemProps1.xml",
        _store_item(),
        "customXmlProps",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )


def _pack_table(element: Any, table: Table) -> None:
    for cells in (table.columns, *table.rows):
        row = etree.SubElement(element, f"{{{NAMESPACE}}}row")
        for cell in cells:
            etree.SubElement(row, f"{{{NAMESPACE}}}cell").text = cell


def _store_item() -> bytes:
    root = etree.Element(f"{{{_PROPERTIES}}}datastoreItem", nsmap={"ds": _PROPERTIES})
    root.set(f"{{{_PROPERTIES}}}itemID", _STORE)
    references = etree.SubElement(root, f"{{{_PROPERTIES}}}schemaRefs")
    etree.SubElement(references, f"{{{_PROPERTIES}}}schemaRef").set(f"{{{_PROPERTIES}}}uri", NAMESPACE)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=False)
    return made


def _bookmark(first: Any, last: Any, number: int, name: str) -> None:
    place = 1 if first.find(qn("pPr")) is not None else 0
    first.insert(place, element("bookmarkStart", id=number, name=name))
    last.append(element("bookmarkEnd", id=number))


def unpack_travel(package: Package) -> Travelling | None:
    """What a file has with it; None where it has nothing of ours."""
    for relation in package.relations(package.main):
        root = package.part(relation.target) if relation.kind == "customXml" else None
        if root is not None and root.tag == f"{{{NAMESPACE}}}report":
            return _travelling(root)
    return None


def _travelling(root: Any) -> Travelling:
    rows = [row for row in root if row.tag == f"{{{NAMESPACE}}}section" and row.get("key")]
    return Travelling(
        root.get("id", ""),
        {row.get("key"): int(value) for row in rows if (value := row.get("revision", "")).isdecimal()},
        {
            row.get("key"): tuple(
                (slot.get("source", ""), slot.text or "") for slot in row.iter(f"{{{NAMESPACE}}}slot")
            )
            for row in rows
        },
        {row.get("mark", ""): row.get("key") for row in rows},
        {row.get("key"): head.text or "" for row in rows if (head := row.find(f"{{{NAMESPACE}}}heading")) is not None},
        {
            table.get("fact", ""): tuple(tuple(cell.text or "" for cell in row) for row in table)
            for table in root.iter(f"{{{NAMESPACE}}}table")
        },
    )
