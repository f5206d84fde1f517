"""The page: section properties, document settings, page numbers in the footers (5.1, 5.2, 7.5)."""

from __future__ import annotations

from assistant.document.layout import LayoutProfile
from assistant.document.linebreaking import NEVER_FIRST, NEVER_LAST
from assistant.document.ooxml import Element, R, field, paragraph, run, w
from assistant.document.styles import STYLE_IDS

ODD_FOOTER = "rIdOddFooter"
EVEN_FOOTER = "rIdEvenFooter"


def section(profile: LayoutProfile) -> Element:
    """``w:sectPr``: paper, margins, line grid and the two footers."""
    page = profile.page
    properties = w("sectPr", _reference("default", ODD_FOOTER))
    if profile.page_number.odd_even.value:
        properties.append(_reference("even", EVEN_FOOTER))
    properties.append(w("pgSz", w=page.width.twips, h=page.height.twips))
    properties.append(
        w(
            "pgMar",
            top=page.top.twips,
            right=page.right.twips,
            bottom=page.bottom.twips,
            left=page.left.twips,
            header=851,
            footer=page.footer.twips,
            gutter=page.gutter.twips,
        )
    )
    # "lines", not "linesAndChars": LibreOffice misreads charSpace, so characters are spaced by the styles.
    properties.append(w("docGrid", type="lines", linePitch=profile.grid.pitch.twips))
    return properties


def _reference(kind: str, relation: str) -> Element:
    element = w("footerReference", type=kind)
    element.set(f"{{{R}}}id", relation)
    return element


def footer(profile: LayoutProfile, *, even: bool) -> Element:
    """``w:ftr`` with ``— 1 —``: odd pages one 字 from the right, even pages one 字 from the left."""
    dash = profile.page_number.dash.value
    content = [run(f"{dash} "), *field("PAGE", "2" if even else "1"), run(f" {dash}")]
    element = paragraph(STYLE_IDS["page_number"], *content)
    properties = element[0]
    chars = round(profile.page_number.side.value * 100)
    twips = round(profile.page_number.side.value * profile.styles["page_number"].size.twips)
    if not profile.page_number.odd_even.value:
        properties.append(w("jc", val=profile.styles["page_number"].align.value))
    elif even:
        properties.append(w("ind", leftChars=chars, left=twips))
        properties.append(w("jc", val="left"))
    else:
        properties.append(w("ind", rightChars=chars, right=twips))
    return w("ftr", element)


def settings(profile: LayoutProfile) -> Element:
    """``w:settings``: odd and even footers differ, punctuation keeps its full width, Chinese."""
    element = w("settings", w("zoom", percent=100), w("defaultTabStop", val=420))
    if profile.page_number.odd_even.value:
        element.append(w("evenAndOddHeaders"))
    # Squeezed punctuation would put more than 28 characters on a line.
    element.append(w("characterSpacingControl", val="doNotCompress"))
    # A range such as 2021—2025 stays on one line, a number with its measure word.
    element.append(w("noLineBreaksAfter", lang="zh-CN", val=NEVER_LAST))
    element.append(w("noLineBreaksBefore", lang="zh-CN", val=NEVER_FIRST))
    element.append(_compatibility())
    element.append(w("themeFontLang", val="en-US", eastAsia="zh-CN"))
    return element


def _compatibility() -> Element:
    # Without mode 15 Word opens the file in 兼容模式. doNotExpandShiftReturn: a line that ends
    # in a manual break is not stretched to both margins.
    options = w(
        "compat",
        w("balanceSingleByteDoubleByteWidth"),
        w("doNotLeaveBackslashAlone"),
        w("ulTrailSpace"),
        w("doNotExpandShiftReturn"),
        w("adjustLineHeightInTable"),
        w("useFELayout"),
    )
    for name, value in (
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
    ):
        options.append(w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value))
    return options
