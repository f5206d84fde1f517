"""``word/styles.xml`` and ``word/fontTable.xml`` from a profile.

Nothing comes from an application's template: no theme fonts, no blue headings, no spacing that
the profile did not ask for. Outline levels on the styles fill Word's navigation pane.
"""

from __future__ import annotations

from assistant.document.layout import LayoutProfile, Typeface
from assistant.document.ooxml import Element, w

STYLE_IDS = {
    "title": "GwTitle",
    "byline": "GwByline",
    "addressee": "GwAddressee",
    "body": "GwBody",
    "heading1": "GwHeading1",
    "heading2": "GwHeading2",
    "heading3": "GwHeading3",
    "heading4": "GwHeading4",
    "signature": "GwSignature",
    "date": "GwDate",
    "page_number": "GwPageNumber",
    "copy_number": "GwCopyNumber",
    "urgency": "GwUrgency",
    "head_mark": "GwHeadMark",
    "head_number": "GwHeadNumber",
    "attachment_note": "GwAttachmentNote",
    "note": "GwNote",
    "attachment_label": "GwAttachmentLabel",
    "attachment_title": "GwAttachmentTitle",
    "imprint": "GwImprint",
    "table_caption": "GwTableCaption",
    "table_head": "GwTableHead",
    "table_cell": "GwTableCell",
}
"""Style ids in the file, by the profile's key."""

RUNIN_IDS = {"heading1": "GwRunin1", "heading2": "GwRunin2"}
"""Character styles of a 段首句, by the heading whose font they take."""

SIGNER_ID = "GwSigner"
"""Character style of the names behind 签发人."""

_OWN_FOLLOW = frozenset({"body", "signature", "date", "page_number", "imprint", "table_head", "table_cell"})

# Places in these are computed from widths, so Word must not add its own gaps beside digits.
_COMPUTED = frozenset({"title", "signature", "date", "page_number", "head_mark", "head_number", "attachment_title"})


def styles_part(profile: LayoutProfile) -> Element:
    """``w:styles``: defaults, Normal, one paragraph style a key, two character styles."""
    return w(
        "styles",
        _defaults(profile),
        _normal(),
        _default_character_style(),
        *(_paragraph_style(key, profile) for key in STYLE_IDS),
        *(_runin_style(RUNIN_IDS[key], key, profile) for key in RUNIN_IDS),
        _runin_style(SIGNER_ID, "signer", profile),
    )


def fonts_part(profile: LayoutProfile) -> Element:
    """``w:fonts``: each typeface with what may stand in for it where it is not installed."""
    return w("fonts", *(_font(typeface) for typeface in profile.typefaces.values()))


def _fonts(face: Typeface) -> Element:
    # Digits and Latin letters in the same face: half a 字 each, so columns and 落款 stay on the grid.
    return w("rFonts", ascii=face.name, hAnsi=face.name, eastAsia=face.name, cs=face.name)


def _text_properties(key: str, profile: LayoutProfile) -> Element:
    style = profile.styles[key]
    properties = w("rPr", _fonts(profile.typefaces[style.font.value]))
    color = profile.head.color if key == "head_mark" else profile.color
    properties.append(w("color", val=color.value))
    if style.size.half_points == profile.styles["body"].size.half_points:
        properties.append(w("spacing", val=profile.grid.spacing.twips))
    else:
        properties.append(w("spacing", val=0))
    properties.append(w("sz", val=style.size.half_points))
    properties.append(w("szCs", val=style.size.half_points))
    return properties


def _defaults(profile: LayoutProfile) -> Element:
    text = _text_properties("body", profile)
    text.append(w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    # Widow control would leave 21 lines on some pages.
    layout = w("pPr", w("widowControl", val=0), w("spacing", before=0, after=0))
    return w("docDefaults", w("rPrDefault", text), w("pPrDefault", layout))


def _normal() -> Element:
    return w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", styleId="Normal", default=1)


def _default_character_style() -> Element:
    return w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val=1),
        w("semiHidden"),
        type="character",
        styleId="DefaultParagraphFont",
        default=1,
    )


def _paragraph_style(key: str, profile: LayoutProfile) -> Element:
    style = profile.styles[key]
    follow = key if key in _OWN_FOLLOW else "body"
    element = w("style", type="paragraph", styleId=STYLE_IDS[key], customStyle=1)
    element.append(w("name", val=style.name))
    element.append(w("basedOn", val="Normal"))
    element.append(w("next", val=STYLE_IDS[follow]))
    element.append(w("qFormat"))
    element.append(_layout(key, profile))
    element.append(_text_properties(key, profile))
    return element


def _layout(key: str, profile: LayoutProfile) -> Element:
    style = profile.styles[key]
    layout = w("pPr")
    if style.outline is not None:
        layout.append(w("keepNext"))
    layout.append(w("widowControl", val=0))
    if key in _COMPUTED:
        layout.append(w("autoSpaceDE", val=0))
        layout.append(w("autoSpaceDN", val=0))
    if style.line.twips != profile.grid.pitch.twips:
        # On the grid a line taller than the pitch takes two rows in LibreOffice.
        layout.append(w("snapToGrid", val=0))
    layout.append(w("spacing", before=0, after=0, line=style.line.twips, lineRule="exact"))
    chars = round(style.first_line.value * 100)
    indent = round(style.first_line.value * style.size.twips)
    layout.append(w("ind", firstLineChars=chars, firstLine=indent))
    layout.append(w("jc", val=style.align.value))
    if style.outline is not None:
        layout.append(w("outlineLvl", val=style.outline - 1))
    return layout


def _runin_style(style_id: str, key: str, profile: LayoutProfile) -> Element:
    style = profile.styles[key]
    element = w("style", type="character", styleId=style_id, customStyle=1)
    element.append(w("name", val=style.name.replace("标题", "段首句")))
    element.append(w("basedOn", val="DefaultParagraphFont"))
    element.append(w("qFormat"))
    element.append(w("rPr", _fonts(profile.typefaces[style.font.value])))
    return element


def _font(face: Typeface) -> Element:
    font = w("font", name=face.name)
    if face.substitutes:
        font.append(w("altName", val=",".join(face.substitutes)))
    font.append(w("charset", val="86"))
    font.append(w("family", val="auto"))
    font.append(w("pitch", val="variable"))
    return font
