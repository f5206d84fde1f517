"""An opened .docx → ``Document``: what Word shows with all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.document.conformance.cascade import (
    Styles,
    Theme,
    Values,
    W,
    attribute,
    layout_format,
    layout_values,
    merged,
    number,
    on,
    text_format,
    text_values,
)
from assistant.document.conformance.model import Document, Footer, Para, Section, Span, TableBlock
from assistant.document.conformance.numbering import Numbering
from assistant.document.opening import Package, damaged

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIP = {*(W + tag for tag in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "tblGrid")), _FALLBACK}
_BOXES = {W + "txbxContent"}
_DRAWN = {W + tag for tag in ("drawing", "pict", "object")}


def read(package: Package) -> Document:
    """The document of an opened file. Raises DocumentInputError where it is damaged."""
    return _Reader(package).document()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._settings = package.related("settings")
        theme_language = self._setting("themeFontLang", "eastAsia")
        self._styles = Styles(package.related("styles"), Theme(package.related("theme"), theme_language))
        self._numbering = Numbering(package.related("numbering"))
        self._count = 0
        self._sections: list[Any] = []

    def _setting(self, tag: str, name: str = "val") -> str:
        found = self._settings.find(W + tag) if self._settings is not None else None
        return attribute(found, name, "1" if name == "val" else "") if found is not None else ""

    def document(self) -> Document:
        root = self._package.document()
        body = root.find(f"{W}body")
        if body is None:
            raise damaged(self._package.name)
        blocks = list(self._blocks(body, {}, {}, in_table=False))
        last = body.find(f"{W}sectPr")
        if last is not None:
            self._sections.append(last)
        comments = self._package.related("comments")
        return Document(
            blocks=blocks,
            sections=self._read_sections(),
            odd_even=self._setting("evenAndOddHeaders") not in ("", "0", "false", "off"),
            language=self._styles.language,
            revisions=sum(1 for _ in root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")),
            comments=sum(1 for _ in comments.iter(f"{W}comment")) if comments is not None else 0,
        )

    # ---- blocks

    def _blocks(self, container: Any, text: Values, layout: Values, *, in_table: bool) -> Iterator[Para | TableBlock]:
        for child in container:
            if child.tag == f"{W}p":
                self._count += 1
                para = self.para(child, self._count, text, layout)
                para.in_table, para.section = in_table, len(self._sections)
                yield para
                section = child.find(f"{W}pPr/{W}sectPr")
                if section is not None:
                    self._sections.append(section)
            elif child.tag == f"{W}tbl":
                yield self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIP:
                yield from self._blocks(child, text, layout, in_table=in_table)

    def _table(self, element: Any) -> TableBlock:
        properties = element.find(f"{W}tblPr")
        style, wide, edge, inner = "", 0, 0, 0
        if properties is not None:
            for child in properties:
                if child.tag == f"{W}tblStyle":
                    style = attribute(child, "val")
                elif child.tag == f"{W}tblW" and attribute(child, "type", "dxa") == "dxa":
                    wide = number(attribute(child, "w"))
                elif child.tag == f"{W}tblBorders":
                    sizes = {row.tag.removeprefix(W): number(attribute(row, "sz")) for row in child}
                    edge, inner = min(sizes.get("top", 0), sizes.get("bottom", 0)), sizes.get("insideH", 0)
        wide = wide or sum(number(attribute(column, "w")) for column in element.iterfind(f"{W}tblGrid/{W}gridCol"))
        text, layout = self._styles.chain(style, "table") if style else ({}, {})
        rows: list[list[list[Para]]] = []
        repeats = False
        for row in _within(element, f"{W}tr"):
            if not rows:
                header = row.find(f"{W}trPr/{W}tblHeader")
                repeats = header is not None and on(header)
            cells = []
            for cell in _within(row, f"{W}tc"):
                found = self._blocks(cell, text, layout, in_table=True)
                cells.append(
                    [para for block in found for para in ([block] if isinstance(block, Para) else block.paras)]
                )
            rows.append(cells)
        edge = edge or _cell_edge(element)
        return TableBlock(rows, wide, repeats, edge, inner)

    def para(self, element: Any, count: int, table_text: Values, table_layout: Values) -> Para:
        """One paragraph with its effective formats."""
        properties = element.find(f"{W}pPr")
        direct = layout_values(properties)
        style_text, style_layout = self._styles.chain(direct.get("pStyle", ""), "paragraph")
        numbered = {**style_layout, **direct}
        num_id, level = numbered.get("numId", "0"), numbered.get("ilvl", 0)
        listed = self._numbering.layout(num_id, level) if num_id != "0" else {}
        levels = [self._styles.layout_defaults, table_layout]
        # A list that the style names yields to the style's own indents, one named directly does not.
        levels += [style_layout, listed] if "numId" in direct else [listed, style_layout]
        base = merged(self._styles.text_defaults, table_text, style_text)
        mark = text_values(properties.find(f"{W}rPr") if properties is not None else None, self._styles.theme)
        para = Para(count, [], layout_format(merged(*levels, direct)), text_format(base, {}, mark))
        if num_id != "0":
            para.label = self._numbering.label(num_id, level)
        _Runs(self._styles, base, para).read(element)
        return para

    # ---- sections

    def _read_sections(self) -> list[Section]:
        sections: list[Section] = []
        parts = {row.id: row.target for row in self._package.relations(self._package.main)}
        kept: dict[str, Footer] = {}
        for element in self._sections:
            section = _section(element)
            for reference in element.iterfind(f"{W}footerReference"):
                target = parts.get(reference.get(f"{_R}id", ""), "")
                footer = self._footer(target)
                if footer is not None:
                    kept = {**kept, attribute(reference, "type", "default"): footer}
            section.footers = kept
            sections.append(section)
        return sections or [Section()]

    def _footer(self, part: str) -> Footer | None:
        root = self._package.part(part) if part else None
        if root is None:
            return None
        paras = [self.para(element, 0, {}, {}) for element in _paragraphs(root)]
        numbers = [para for para in paras if para.page_field >= 0]
        if numbers and not numbers[0].box_align:
            # The number may stand in a text box that a paragraph above it holds.
            numbers[0].box_align = next((para.box_align for para in paras if para.box_align), "")
        return Footer(numbers[0] if numbers else None, "".join(para.text for para in paras))


def _paragraphs(root: Any) -> Iterator[Any]:
    """All paragraphs, those in text boxes and content controls too; what is there for old programs only is left out."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.tag == _FALLBACK:
            continue
        if node.tag == f"{W}p":
            yield node
        stack.extend(reversed(node))


def _cell_edge(table: Any) -> int:
    """The thinner of the first and the last line, where the cells have them rather than the table."""
    found = list(_within(table, f"{W}tr"))
    sizes = []
    for row, side in ((found[0], "top"), (found[-1], "bottom")) if found else ():
        lines = list(row.iterfind(f"{W}tc/{W}tcPr/{W}tcBorders/{W}{side}"))
        sizes.append(min((number(attribute(line, "sz")) for line in lines), default=0))
    return min(sizes, default=0)


def _within(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _within(child, tag)


def _section(element: Any) -> Section:
    section = Section()
    size, margins, grid = (element.find(f"{W}{tag}") for tag in ("pgSz", "pgMar", "docGrid"))
    if size is not None:
        section.width, section.height = (number(attribute(size, key), -1) for key in ("w", "h"))
    if margins is not None:
        for side in ("top", "bottom", "left", "right", "footer"):
            setattr(section, side, number(attribute(margins, side, "-1"), -1))
        section.left += number(attribute(margins, "gutter", "0"))
        # A negative margin is an exact one; the text may not be pushed by the header.
        section.top, section.bottom = abs(section.top), abs(section.bottom)
    if grid is not None:
        section.grid = attribute(grid, "type", "default")
        section.pitch = number(attribute(grid, "linePitch", "0"))
        section.char_space = number(attribute(grid, "charSpace", "0"))
    title = element.find(f"{W}titlePg")
    section.title_page = title is not None and on(title)
    form = element.find(f"{W}pgNumType")
    section.number_format = attribute(form, "fmt") if form is not None else ""
    return section


class _Runs:
    """Reads the runs of one paragraph into it."""

    def __init__(self, styles: Styles, base: Values, para: Para) -> None:
        self._styles, self._base, self._para = styles, base, para
        self._field: list[str] = []
        self._code = ""
        self._formats: dict[Any, Any] = {}

    def read(self, container: Any) -> None:
        for child in container:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIP:
                continue
            if tag == f"{W}r":
                self._run(child)
            elif tag == f"{W}fldSimple":
                if "PAGE" in attribute(child, "instr").upper().split():
                    self._page(child.find(f"{W}r"))
                self.read(child)
            elif tag not in _BOXES:
                self.read(child)

    def _run(self, run: Any) -> None:
        direct = text_values(run.find(f"{W}rPr"), self._styles.theme)
        character = self._styles.chain(direct["rStyle"], "character")[0] if "rStyle" in direct else {}
        if merged(self._base, character, direct).get("vanish"):
            return
        text = ""
        for child in run:
            tag = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
            if tag == "fldChar":
                self._field_mark(attribute(child, "fldCharType"), run)
            elif tag == "instrText" and self._field:
                self._code += child.text or ""
            elif self._field and self._field[-1] == "begin":
                continue
            elif tag == "t":
                text += child.text or ""
            elif tag in ("tab", "ptab"):
                text += "\t"
            elif tag == "noBreakHyphen":
                text += "-"
            elif tag in ("br", "cr"):
                if attribute(child, "type") == "page":
                    self._page_break(text)
                else:
                    text += "\n"
            elif child.tag in _DRAWN or tag == "AlternateContent" or "AlternateContent" in str(child.tag):
                self._para.drawing = True
                self._box(child)
        if text:
            self._para.spans.append(Span(text, text_format(self._base, character, direct)))

    def _page_break(self, text: str) -> None:
        if text.strip() or self._para.raw.strip():
            self._para.ends_page = True
        else:
            self._para.starts_page = True

    def _field_mark(self, kind: str, run: Any) -> None:
        if kind == "begin":
            self._field.append("begin")
            self._code = ""
        elif self._field and kind == "separate":
            self._field[-1] = "separate"
            if "PAGE" in self._code.upper().split():
                self._page(run)
        elif self._field and kind == "end":
            unseparated = self._field.pop() == "begin"
            if unseparated and "PAGE" in self._code.upper().split():
                self._page(run)

    def _page(self, run: Any) -> None:
        direct = text_values(run.find(f"{W}rPr") if run is not None else None, self._styles.theme)
        character = self._styles.chain(direct["rStyle"], "character")[0] if "rStyle" in direct else {}
        self._para.page_field = len(self._para.raw)
        self._para.page_format = text_format(self._base, character, direct)

    def _box(self, drawing: Any) -> None:
        """Where a text box stands across the page: footers keep page numbers in one."""
        for node in drawing.iter():
            if isinstance(node.tag, str) and node.tag.endswith("}positionH"):
                self._para.box_align = "".join(node.itertext()).strip()
                return
