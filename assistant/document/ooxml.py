"""WordprocessingML elements, built so that their order is the order they are written in.

The schema fixes the order of children in ``w:pPr`` and ``w:rPr`` and Word refuses files that
break it; the two builders here are the only places that order is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from assistant.document.content import Run

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ET.register_namespace("w", W)
ET.register_namespace("r", R)

Element = ET.Element

_BOUND_SPACE = re.compile(r"(?<=\d) (?=[\dA-Za-z%‰℃])")
_BOUND_HYPHEN = re.compile(r"(?<=\d)-(?=\d)")


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """``<w:tag w:attribute="…">`` with ``children``."""
    element = ET.Element(f"{{{W}}}{tag}", {f"{{{W}}}{key}": str(value) for key, value in attributes.items()})
    element.extend(children)
    return element


def serialize(root: Element) -> bytes:
    """The part as UTF-8 XML with the standalone declaration that Word writes."""
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    pieces: list[str] = []
    try:
        _write(root, pieces.append, f' xmlns:w="{W}" xmlns:r="{R}"')
    except KeyError:
        # A name outside the two namespaces: the library knows the rest of XML.
        foreign: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
        return head + foreign
    return head + "".join(pieces).encode("utf-8")


class _Names(dict[str, str]):
    """``{namespace}tag`` → ``w:tag``, each worked out once. Raises KeyError for a foreign namespace."""

    def __missing__(self, name: str) -> str:
        namespace, _, tag = name[1:].rpartition("}")
        self[name] = found = f"{_PREFIXES[namespace]}:{tag}"
        return found


_PREFIXES = {W: "w", R: "r", "http://www.w3.org/XML/1998/namespace": "xml"}
_NAMES = _Names()


def _write(element: Element, out: Callable[[str], None], declared: str = "") -> None:
    """As ElementTree does, in half its time: a report of 30 pages has some thousand elements."""
    name = _NAMES[element.tag]
    attributes = "".join([f' {_NAMES[key]}="{_quoted(value)}"' for key, value in element.items()])
    if element.text or len(element):
        out(f"<{name}{declared}{attributes}>{_escaped(element.text) if element.text else ''}")
        for child in element:
            _write(child, out)
        out(f"</{name}>")
    else:
        out(f"<{name}{declared}{attributes} />")


def _escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _quoted(text: str) -> str:
    # Attributes come from names and numbers of ours and from a profile's texts.
    return _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#09;")


def run(text: str, *, font: Element | None = None, highlight: bool = False, style: str = "") -> Element:
    """A ``w:r``. ``text`` must be clean; line feeds become line breaks, tabs become tabs.

    The East Asian hint gives quotes, dashes, emoji and hanzi above U+FFFF the Chinese font.
    """
    properties = w("rPr")
    if style:
        properties.append(w("rStyle", val=style))
    properties.append(font if font is not None else w("rFonts", hint="eastAsia"))
    if highlight:
        properties.append(w("highlight", val="yellow"))
    element = w("r", properties)
    for index, line in enumerate(text.split("\n")):
        if index:
            element.append(w("br"))
        for position, piece in enumerate(line.split("\t")):
            if position:
                element.append(w("tab"))
            if piece:
                _text(element, piece)
    return element


def _text(element: Element, text: str) -> None:
    """``text`` as ``w:t``, with what would let a number break across lines bound."""
    for index, piece in enumerate(_BOUND_HYPHEN.split(text) if "-" in text else (text,)):
        if index:
            element.append(w("noBreakHyphen"))
        leaf = w("t")
        leaf.text = _BOUND_SPACE.sub("\u00a0", piece)
        if piece != piece.strip():
            leaf.set(_XML_SPACE, "preserve")
        element.append(leaf)


def indents(cell: int, *, left: float = 0, hanging: float = 0, right: float = 0) -> Element:
    """``w:ind`` from lengths in 字; ``cell`` is one 字 in twips. Word goes by the hundredths, others by the twips."""
    element = w("ind")
    for key, value in (("left", left), ("right", right), ("hanging", hanging)):
        if value or key == "left":
            element.set(f"{{{W}}}{key}Chars", str(round(value * 100)))
            element.set(f"{{{W}}}{key}", str(round(value * cell)))
    if not hanging:
        element.set(f"{{{W}}}firstLineChars", "0")
        element.set(f"{{{W}}}firstLine", "0")
    return element


def runs_of(runs: tuple[Run, ...], style: str = "") -> list[Element]:
    """The runs as ``w:r``, placeholders highlighted in yellow."""
    return [run(piece.text, highlight=piece.kind == "placeholder", style=style) for piece in runs if piece.text]


def paragraph(style: str, *content: Element, keep_next: bool = False, right: tuple[int, int] | None = None) -> Element:
    """A ``w:p`` of a paragraph style.

    Args:
        keep_next: stays on the page of the next paragraph.
        right: right indent as (hundredths of a 字, twips); Word goes by the first, others by the second.
    """
    properties = w("pPr", w("pStyle", val=style))
    if keep_next:
        properties.append(w("keepNext"))
    if right is not None:
        properties.append(w("ind", rightChars=right[0], right=right[1]))
    return w("p", properties, *content)


def field(instruction: str, shown: str) -> list[Element]:
    """A complex field as runs, ``shown`` being its text until Word updates it."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(_XML_SPACE, "preserve")
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
        run(shown),
        w("r", w("fldChar", fldCharType="end")),
    ]
