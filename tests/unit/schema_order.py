"""In which order ECMA-376 (transitional) wants the children of each element that our Word files use.

Typed off the sequences of the standard's schema, with what we never write, and of nothing in ``assistant/``. Word
refuses a file that breaks them, LibreOffice does not care, and no Word is at hand.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_RUN = """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl
cs em lang eastAsianLayout specVanish oMath"""
_PARAGRAPH = """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
textAlignment textboxTightWrap outlineLvl divId cnfStyle"""

#: Element → its children in order, each once at most. A name in brackets may come any number of times in its place;
#: names with a stroke between them stand in any order among each other.
SEQUENCES = {
    "rPr": f"ins del moveFrom moveTo {_RUN} rPrChange",
    "pPr": f"{_PARAGRAPH} rPr sectPr pPrChange",
    "rPrChange": "rPr",
    "pPrChange": "pPr",
    "pBdr": "top left bottom right between bar",
    "tabs": "(tab)",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange""",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tblGrid": "(gridCol) tblGridChange",
    "trPr": """(cnfStyle|divId|gridBefore|gridAfter|wBefore|wAfter|cantSplit|trHeight|tblHeader|tblCellSpacing|jc|hidde
        n) ins del trPrChange""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
        cellIns cellDel cellMerge tcPrChange""",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "sectPr": """(headerReference|footerReference) footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings
        sectPrChange""",
    "document": "background body",
    "body": "(p|tbl|bookmarkStart|bookmarkEnd) sectPr",
    "p": "pPr (r|ins|del|bookmarkStart|bookmarkEnd|commentRangeStart|commentRangeEnd)",
    "ins": "(r)",
    "del": "(r)",
    "r": "rPr (t|delText|br|tab|noBreakHyphen|fldChar|instrText|commentReference)",
    "tbl": "(bookmarkStart|bookmarkEnd) tblPr tblGrid (tr|bookmarkStart|bookmarkEnd)",
    "tr": "tblPrEx trPr (tc|bookmarkStart|bookmarkEnd)",
    "tc": "tcPr (p|tbl)",
    "ftr": "(p|tbl)",
    "comments": "(comment)",
    "comment": "(p|tbl)",
    "styles": "docDefaults latentStyles (style)",
    "docDefaults": "rPrDefault pPrDefault",
    "rPrDefault": "rPr",
    "pPrDefault": "pPr",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr (tblStylePr)""",
    "fonts": "(font)",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "settings": """writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
        displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData
        embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges
        bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors
        hideGrammaticalErrors (activeWritingStyle) proofState formsDesign attachedTemplate linkStyles
        stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions
        doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet
        defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope
        summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting
        bookFoldPrintingSheets drawingGridHorizontalSpacing drawingGridVerticalSpacing
        displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin
        drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning
        characterSpacingControl printTwoOnOne strictFirstAndLastChars (noLineBreaksAfter) (noLineBreaksBefore)
        savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent
        alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt
        showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars
        rsids mathPr (attachedSchema) themeFontLang clrSchemeMapping""",
    "compat": """useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading spaceForUL noColumnBalance
        balanceSingleByteDoubleByteWidth noExtraLineSpacing doNotLeaveBackslashAlone ulTrailSpace
        doNotExpandShiftReturn spacingInWholePoints lineWrapLikeWord6 printBodyTextBeforeHeader printColBlack
        wpSpaceWidth showBreaksInFrames subFontBySize suppressBottomSpacing suppressTopSpacing
        suppressSpacingAtTopOfPage suppressTopSpacingWP suppressSpBfAfterPgBrk swapBordersFacingPages
        convMailMergeEsc truncateFontHeightsLikeWP6 mwSmallCaps usePrinterMetrics doNotSuppressParagraphBorders
        wrapTrailSpaces footnoteLayoutLikeWW8 shapeLayoutLikeWW8 alignTablesRowByRow forgetLastTabAlignment
        adjustLineHeightInTable autoSpaceLikeWord95 noSpaceRaiseLower doNotUseHTMLParagraphAutoSpacing
        layoutRawTableWidth layoutTableRowsApart useWord97LineBreakRules doNotBreakWrappedTables
        doNotSnapToGridInCell selectFldWithFirstOrLastChar applyBreakingRules doNotWrapTextWithPunct
        doNotUseEastAsianBreakRules useWord2002TableStyleRules growAutofit useFELayout useNormalStyleForList
        doNotUseIndentAsNumberingTabStop useAltKinsokuLineBreakRules allowSpaceOfSameStyleInTable
        doNotSuppressIndentation doNotAutofitConstrainedTables autofitToFirstFixedWidthCell
        underlineTabInNumList displayHangulFixedWidth splitPgBreakAndParaMark doNotVertAlignCellWithSp
        doNotBreakConstrainedForcedTable doNotVertAlignInTxbx useAnsiKerningPairs cachedColBalance
        (compatSetting)""",
}  # fmt: skip
#: Attributes that hold a whole number wherever they stand, and elements whose ``val`` does.
_NUMBERS = frozenset(
    (
        *("w", "h", "top", "bottom", "left", "right", "hanging", "firstLine", "header", "footer", "gutter"),
        *("linePitch", "percent", "sz", "space", "pos", "line", "before", "after", "leftFromText", "rightFromText"),
        *("leftChars", "rightChars", "firstLineChars", "hangingChars"),
    )
)
_NUMBERED = frozenset({"sz", "szCs", "outlineLvl", "defaultTabStop", "uiPriority", "snapToGrid", "widowControl"})
#: ``element attribute`` → what the schema allows there, of what a file of this kind may want.
_WORDS = {
    "jc val": {"left", "center", "right", "both", "distribute", "start", "end"},
    "tab val": {"left", "center", "right"},
    "spacing lineRule": {"auto", "exact", "atLeast"},
    "docGrid type": {"default", "lines", "linesAndChars", "snapToChars"},
    "footerReference type": {"default", "even", "first"},
    "fldChar fldCharType": {"begin", "separate", "end"},
    "highlight val": {"yellow"},
    "rFonts hint": {"default", "eastAsia", "cs"},
    "style type": {"paragraph", "character", "table", "numbering"},
    "tblLayout type": {"fixed", "autofit"},
    "tblW type": {"dxa", "pct", "auto", "nil"},
    "tcW type": {"dxa", "pct", "auto", "nil"},
    "vAlign val": {"top", "center", "bottom"},
    "characterSpacingControl val": {"doNotCompress", "compressPunctuation"},
    "tblpPr vertAnchor": {"margin", "page", "text"},
    "tblpPr horzAnchor": {"margin", "page", "text"},
    "tblpPr tblpYSpec": {"inline", "top", "center", "bottom", "inside", "outside"},
    "family val": {"auto", "roman", "swiss", "modern", "script", "decorative"},
    "pitch val": {"default", "fixed", "variable"},
}
#: Elements that must have one of these children.
_NEEDS = {"tc": "p", "comment": "p", "ftr": "p", "body": "sectPr", "tbl": "tblGrid", "style": "name"}
_KINDS = {
    "word/document.xml": f"{MAIN}.document.main+xml",
    "word/styles.xml": f"{MAIN}.styles+xml",
    "word/settings.xml": f"{MAIN}.settings+xml",
    "word/fontTable.xml": f"{MAIN}.fontTable+xml",
    "word/footer1.xml": f"{MAIN}.footer+xml",
    "word/footer2.xml": f"{MAIN}.footer+xml",
    "word/comments.xml": f"{MAIN}.comments+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "customXml/item1.xml": "application/xml",
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
}
_RELATIONS = {
    "word/styles.xml": f"{OFFICE}/styles",
    "word/settings.xml": f"{OFFICE}/settings",
    "word/fontTable.xml": f"{OFFICE}/fontTable",
    "word/footer1.xml": f"{OFFICE}/footer",
    "word/footer2.xml": f"{OFFICE}/footer",
    "word/comments.xml": f"{OFFICE}/comments",
    "word/document.xml": f"{OFFICE}/officeDocument",
    "docProps/core.xml": f"{PACKAGE}/relationships/metadata/core-properties",
    "customXml/item1.xml": f"{OFFICE}/customXml",
    "customXml/itemProps1.xml": f"{OFFICE}/customXmlProps",
}


def faults(data: bytes, seen: set[str] | None = None) -> list[str]:
    """What Word would stumble over, a line each. ``seen`` gathers ``parent.child`` of all that was met."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: etree.fromstring(archive.read(name)) for name in names}
    found = [f"{name} twice" for name, times in Counter(names).items() if times > 1]
    found += _package(parts)
    for name, root in parts.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            found += [f"{name}: {fault}" for fault in _tree(root, seen if seen is not None else set())]
    document, comments = parts["word/document.xml"], parts.get("word/comments.xml")
    return [*found, *_references(document, parts["word/styles.xml"], comments), *_revisions(document)]


def w(tag: str) -> str:
    return f"{{{W}}}{tag}"


# ---- order


def _tree(root: Any, seen: set[str]) -> Iterator[str]:
    for element in root.iter():
        name = etree.QName(element)
        if name.namespace != W:
            yield f"foreign element {element.tag}"
            continue
        tag = name.localname
        children = [etree.QName(child).localname for child in element]
        seen |= {f"{tag}.{child}" for child in children}
        if children and tag not in SEQUENCES:
            yield f"{tag} has children and no sequence here"
        elif fault := _out_of_order(tag, children):
            yield fault
        if tag in _NEEDS and _NEEDS[tag] not in children:
            yield f"{tag} without {_NEEDS[tag]}"
        if tag == "tc" and children[-1:] != ["p"]:
            yield "a cell that ends with no paragraph"
        yield from _attributes(tag, element)
        if (element.text or "").strip() and tag not in ("t", "delText", "instrText"):
            yield f"text in {tag}"


def _attributes(tag: str, element: Any) -> Iterator[str]:
    for key, value in element.items():
        name = etree.QName(key)
        if name.namespace != W:
            continue
        numeric = name.localname in _NUMBERS or (name.localname == "val" and tag in _NUMBERED)
        if numeric and not re.fullmatch(r"-?\d{1,6}", value):
            yield f"{tag} {name.localname}={value!r} is no number"
        if value not in _WORDS.get(f"{tag} {name.localname}", {value}):
            yield f"{tag} {name.localname}={value!r} is no word of the schema"
        if name.localname == "color" and not re.fullmatch("[0-9A-F]{6}|auto", value):
            yield f"{tag} color {value!r}"


def _out_of_order(tag: str, children: list[str]) -> str:
    if tag not in SEQUENCES:
        return ""
    steps = SEQUENCES[tag].split()
    at = 0
    for child in children:
        place = next((n for n in range(at, len(steps)) if child in re.split(r"[()|]", steps[n])), None)
        if place is None:
            return f"{tag}: {child} stands in no place of it in {' '.join(children)}"
        at = place if steps[place].startswith("(") else place + 1
    return ""


# ---- ids and tracked changes


def _references(document: Any, styles: Any, comments: Any) -> Iterator[str]:
    defined = {style.get(w("styleId")): style.get(w("type")) for style in styles.iter(w("style"))}
    if len(defined) != len(styles.findall(w("style"))):
        yield "a style id twice"
    for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("basedOn", None), ("next", None)):
        for use in (*document.iter(w(tag)), *styles.iter(w(tag))):
            if (value := use.get(w("val"))) not in defined or kind not in (None, defined[value]):
                yield f"{tag} {value} is no {kind or ''} style"
    starts, ends = ([one.get(w("id")) for one in document.iter(w(f"bookmark{end}"))] for end in ("Start", "End"))
    if len(set(starts)) != len(starts) or sorted(starts) != sorted(ends):
        yield f"bookmarks {starts} {ends}"
    names = [one.get(w("name")) for one in document.iter(w("bookmarkStart"))]
    if len(set(names)) != len(names) or any(not re.fullmatch(r"\w{1,40}", name) for name in names):
        yield f"names of bookmarks {names}"
    told = [one.get(w("id")) for one in comments] if comments is not None else []
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        if Counter(one.get(w("id")) for one in document.iter(w(tag))) != Counter(told):
            yield f"{tag} does not match the comments"
    if len(set(told)) != len(told):
        yield "a comment id twice"
    order = [(etree.QName(one).localname, one.get(w("id"))) for one in document.iter() if "omment" in str(one.tag)]
    for number in told:
        if [kind for kind, mine in order if mine == number] != [
            *("commentRangeStart", "commentRangeEnd", "commentReference")
        ]:
            yield f"comment {number} is not opened, closed and referred to in this order"


def _revisions(document: Any) -> Iterator[str]:
    tracked = [one for tag in ("ins", "del", "rPrChange", "pPrChange") for one in document.iter(w(tag))]
    numbers = [one.get(w("id")) for one in tracked]
    if len(set(numbers)) != len(numbers):
        yield "a revision id twice"
    for one in tracked:
        if not (one.get(w("author")) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one.get(w("date")) or "")):
            yield f"{etree.QName(one).localname} without author or time"
    for leaf in document.iter(w("t"), w("delText")):
        deleted = any(parent.tag == w("del") for parent in leaf.iterancestors())
        if deleted != (leaf.tag == w("delText")):
            yield f"{etree.QName(leaf).localname} “{leaf.text}” in the wrong kind of run"
        if leaf.text != (leaf.text or "").strip() and not leaf.get("{http://www.w3.org/XML/1998/namespace}space"):
            yield f"blanks of “{leaf.text}” are lost"
    depth = 0
    for mark in document.iter(w("fldChar")):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(w("fldCharType"))]
    if depth:
        yield "a field that is not closed"


# ---- the package


def _package(parts: dict[str, Any]) -> Iterator[str]:
    types = parts["[Content_Types].xml"]
    space = f"{{{PACKAGE}/content-types}}"
    defaults = {one.get("Extension"): one.get("ContentType") for one in types.iter(f"{space}Default")}
    overrides = [(one.get("PartName"), one.get("ContentType")) for one in types.iter(f"{space}Override")]
    if len(dict(overrides)) != len(overrides):
        yield "a part has two content types"
    if defaults.get("rels") != "application/vnd.openxmlformats-package.relationships+xml" or "xml" not in defaults:
        yield f"defaults {defaults}"
    for name, kind in overrides:
        if name.removeprefix("/") not in parts:
            yield f"content type of {name}, which is not there"
        elif kind != _KINDS[name.removeprefix("/")]:
            yield f"{name} as {kind}"
    related = set()
    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = dirname(dirname(name))
        rows = root.findall(f"{{{PACKAGE}/relationships}}Relationship")
        if len({row.get("Id") for row in rows}) != len(rows):
            yield f"{name}: an id twice"
        for row in rows:
            target = row.get("Target")
            target = target[1:] if target.startswith("/") else normpath(join(folder, target))
            related.add(target)
            if target not in parts:
                yield f"{name}: {target} is not there"
            elif row.get("Type") != _RELATIONS[target]:
                yield f"{name}: {target} as {row.get('Type')}"
    for name in parts:
        if name == "[Content_Types].xml" or name.endswith(".rels"):
            continue
        if name not in related:
            yield f"nothing refers to {name}"
        if f"/{name}" not in dict(overrides):
            yield f"{name} has no content type"
    identifiers = {row.get("Id") for row in parts["word/_rels/document.xml.rels"]}
    for one in parts["word/document.xml"].iter(w("footerReference")):
        if one.get(f"{{{OFFICE}}}id") not in identifiers:
            yield "a footer that no relation names"
    tags = [etree.QName(child).localname for child in parts["docProps/core.xml"]]
    if len(set(tags)) != len(tags):
        yield f"core properties {tags}"
