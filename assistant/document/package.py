"""The .docx container: fixed parts made once a profile, two parts made for each document."""

from __future__ import annotations

import datetime
import io
import zipfile
from functools import lru_cache
from xml.sax.saxutils import escape

from assistant.document.content import DocumentContent
from assistant.document.layout import LayoutProfile
from assistant.document.ooxml import Element, serialize, w
from assistant.document.page import EVEN_FOOTER, ODD_FOOTER, footer, section, settings
from assistant.document.styles import fonts_part, styles_part
from assistant.document.text import clean_text

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

# part, content type, relation id, relation type
_PARTS = (
    ("styles", "styles", "rIdStyles", "styles"),
    ("settings", "settings", "rIdSettings", "settings"),
    ("fontTable", "fontTable", "rIdFonts", "fontTable"),
    ("footer1", "footer", ODD_FOOTER, "footer"),
    ("footer2", "footer", EVEN_FOOTER, "footer"),
)


@lru_cache(maxsize=8)
def _fixed_parts(profile_key: str) -> dict[str, bytes]:
    profile = LayoutProfile.model_validate_json(profile_key)
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": serialize(styles_part(profile)),
        "word/settings.xml": serialize(settings(profile)),
        "word/fontTable.xml": serialize(fonts_part(profile)),
        "word/footer1.xml": serialize(footer(profile, even=False)),
        "word/footer2.xml": serialize(footer(profile, even=True)),
    }


def pack(content: DocumentContent, profile: LayoutProfile, blocks: list[Element], now: datetime.datetime) -> bytes:
    """The file: ``blocks`` are the children of ``w:body`` without the section properties."""
    document = w("document", w("body", *blocks, section(profile)))
    parts = {
        **_fixed_parts(profile.model_dump_json()),
        "word/document.xml": serialize(document),
        "docProps/core.xml": _core_properties(content, now),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def _content_types() -> bytes:
    overrides = [
        ("/word/document.xml", f"{_WORD}.document.main+xml"),
        *((f"/word/{part}.xml", f"{_WORD}.{kind}+xml") for part, kind, _, _ in _PARTS),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    ).encode()


def _relations(rows: list[tuple[str, str, str]]) -> bytes:
    items = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in rows)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'.encode()


def _package_relations() -> bytes:
    return _relations(
        [
            ("rId1", f"{_OFFICE_RELATION}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ]
    )


def _document_relations() -> bytes:
    return _relations([(key, f"{_OFFICE_RELATION}/{kind}", f"{part}.xml") for part, _, key, kind in _PARTS])


def _core_properties(content: DocumentContent, now: datetime.datetime) -> bytes:
    author, title, subject = (
        escape(clean_text(value).replace("\n", "")) for value in (content.author, content.title, content.subject)
    )
    stamp = now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    ).encode()
