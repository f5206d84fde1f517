"""Effective formats: defaults → table style → paragraph style → numbering → character style → direct.

The order is that of ECMA-376 part 1, 17.7.2.
"""

from __future__ import annotations

from typing import Any

from assistant.document.conformance.model import Layout, TextFormat

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SCRIPTS = {"zh-CN": "Hans", "zh-SG": "Hans", "zh-TW": "Hant", "zh-HK": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}
_UNITS = {"pt": 20.0, "mm": 1440 / 25.4, "cm": 14400 / 25.4, "in": 1440.0, "pc": 240.0, "pi": 240.0}
_MAX_CHAIN = 40
#: The level of a paragraph that is no heading.
_NO_HEADING = 9

Values = dict[str, Any]


def attribute(element: Any, name: str, default: str = "") -> str:
    """``w:name`` of an element."""
    value: str | None = element.get(W + name)
    return default if value is None else value


def number(text: str, default: int = 0) -> int:
    """An integer as files write it; also ``12.5`` and, in twips, ``18pt`` and ``2.5cm``."""
    text = text.strip()
    try:
        return round(float(text[:-2]) * _UNITS[text[-2:]]) if text[-2:] in _UNITS else round(float(text))
    except (ValueError, OverflowError):
        return default


def on(element: Any) -> bool:
    """Whether a yes/no element says yes."""
    return attribute(element, "val", "1") not in ("0", "false", "off", "none")


class Theme:
    """Fonts of ``theme1.xml`` by the names that attributes give them."""

    def __init__(self, root: Any, language: str) -> None:
        self._fonts: dict[str, str] = {}
        script = _SCRIPTS.get(language, "Hans")
        for kind in ("major", "minor"):
            scheme = root.find(f".//{_A}{kind}Font") if root is not None else None
            if scheme is None:
                continue
            latin, east = (self._face(scheme, tag) for tag in ("latin", "ea"))
            if not east:
                faces = (row for row in scheme.iter(f"{_A}font") if row.get("script") == script)
                east = next((row.get("typeface", "") for row in faces), "")
            self._fonts |= {f"{kind}EastAsia": east, f"{kind}Ascii": latin, f"{kind}HAnsi": latin}

    def _face(self, scheme: Any, tag: str) -> str:
        found = scheme.find(_A + tag)
        return found.get("typeface", "") if found is not None else ""

    def font(self, name: str) -> str:
        return self._fonts.get(name, "")


def text_values(element: Any, theme: Theme) -> Values:
    """What a ``w:rPr`` says."""
    values: Values = {}
    if element is None:
        return values
    for child in element:
        tag = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
        if tag == "rFonts":
            for slot in ("eastAsia", "ascii"):
                named = attribute(child, f"{slot}Theme")
                if named or attribute(child, slot):
                    values[slot] = theme.font(named) if named else attribute(child, slot)
                    values[f"{slot}Themed"] = bool(named)
        elif tag in ("b", "i", "vanish"):
            values[tag] = on(child)
        elif tag == "u":
            values[tag] = attribute(child, "val", "single") != "none"
        elif tag == "sz":
            values[tag] = number(attribute(child, "val"), 20)
        elif tag == "spacing":
            values[tag] = number(attribute(child, "val"))
        elif tag == "color":
            themed = attribute(child, "themeColor")
            value = attribute(child, "val", "auto")
            values[tag] = "auto" if value == "auto" or themed in ("text1", "dark1") else value.upper()
        elif tag in ("highlight", "shd"):
            value = attribute(child, "val" if tag == "highlight" else "fill", "none")
            values["marked"] = value not in ("none", "auto", "clear", "FFFFFF", "ffffff")
        elif tag == "rStyle":
            values[tag] = attribute(child, "val")
    return values


def layout_values(element: Any) -> Values:
    """What a ``w:pPr`` says."""
    values: Values = {}
    if element is None:
        return values
    for child in element:
        tag = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
        if tag in ("ind", "spacing"):
            values |= {f"{tag}.{key.removeprefix(W)}": value for key, value in child.attrib.items()}
        elif tag == "jc":
            values[tag] = attribute(child, "val", "left")
        elif tag in ("snapToGrid", "pageBreakBefore"):
            values[tag] = on(child)
        elif tag == "pStyle":
            values[tag] = attribute(child, "val")
        elif tag == "outlineLvl":
            values[tag] = number(attribute(child, "val"), _NO_HEADING)
        elif tag == "numPr":
            level, numbered = child.find(f"{W}ilvl"), child.find(f"{W}numId")
            if numbered is not None:
                values["numId"] = attribute(numbered, "val")
            if level is not None:
                values["ilvl"] = number(attribute(level, "val"))
        elif tag == "pBdr":
            below = child.find(f"{W}bottom")
            if below is not None and attribute(below, "val", "none") not in ("none", "nil"):
                values["rule"] = attribute(below, "color", "auto").upper()
        elif tag == "framePr":
            values["frame"] = attribute(child, "xAlign") or "set"
    return values


def merged(*levels: Values) -> Values:
    """Later levels win; a first line and a hanging indent shut each other out."""
    result: Values = {}
    for level in levels:
        if "ind.firstLine" in level or "ind.firstLineChars" in level:
            result = {key: value for key, value in result.items() if not key.startswith("ind.hanging")}
        if "ind.hanging" in level or "ind.hangingChars" in level:
            result = {key: value for key, value in result.items() if not key.startswith("ind.firstLine")}
        result |= level
    return result


class Styles:
    """``styles.xml`` with each style's whole chain merged."""

    def __init__(self, root: Any, theme: Theme) -> None:
        self.theme = theme
        self._styles = {}
        self._default = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            self._styles[attribute(style, "styleId")] = style
            if attribute(style, "default") in ("1", "true", "on"):
                self._default[attribute(style, "type")] = attribute(style, "styleId")
        defaults = root.find(f"{W}docDefaults") if root is not None else None
        find = defaults.find if defaults is not None else (lambda _: None)
        self.text_defaults = text_values(find(f"{W}rPrDefault/{W}rPr"), theme)
        self.layout_defaults = layout_values(find(f"{W}pPrDefault/{W}pPr"))
        self.language = ""
        lang = find(f"{W}rPrDefault/{W}rPr/{W}lang")
        if lang is not None:
            self.language = attribute(lang, "eastAsia")
        self._merged: dict[tuple[str, str], tuple[Values, Values]] = {}

    def chain(self, style_id: str, kind: str) -> tuple[Values, Values]:
        """(text, layout) of a style with all it is based on; of the default style where there is no such one."""
        if style_id not in self._styles:
            style_id = self._default.get(kind, "")
        key = (style_id, kind)
        if key not in self._merged:
            texts: list[Values] = []
            layouts: list[Values] = []
            seen: set[str] = set()
            while style_id in self._styles and style_id not in seen and len(seen) < _MAX_CHAIN:
                seen.add(style_id)
                style = self._styles[style_id]
                texts.append(text_values(style.find(f"{W}rPr"), self.theme))
                layouts.append(layout_values(style.find(f"{W}pPr")))
                based = style.find(f"{W}basedOn")
                style_id = attribute(based, "val") if based is not None else ""
            self._merged[key] = (merged(*reversed(texts)), merged(*reversed(layouts)))
        return self._merged[key]


def text_format(base: Values, character: Values, direct: Values) -> TextFormat:
    """The effective format. Bold in both styles takes itself back; said directly it counts as said."""
    values = merged(base, character, direct)
    for toggle in ("b", "i"):
        if toggle not in direct and base.get(toggle) and character.get(toggle):
            values[toggle] = False
    return TextFormat(
        east_asia=values.get("eastAsia", ""),
        ascii=values.get("ascii", ""),
        size=values.get("sz", 20) / 2,
        bold=bool(values.get("b")),
        italic=bool(values.get("i")),
        underline=bool(values.get("u")),
        color=values.get("color", "auto"),
        spacing=values.get("spacing", 0),
        themed=bool(values.get("eastAsiaThemed")),
        marked=bool(values.get("marked")),
    )


def layout_format(values: Values) -> Layout:
    """The effective layout."""

    def indent(*names: str) -> tuple[int, int]:
        chars = next((number(values[f"ind.{name}Chars"]) for name in names if f"ind.{name}Chars" in values), 0)
        return chars, next((number(values[f"ind.{name}"]) for name in names if f"ind.{name}" in values), 0)

    def space(side: str) -> int:
        if values.get(f"spacing.{side}Autospacing") in ("1", "true", "on"):
            return 280
        # beforeLines: hundredths of a line of 240 twips.
        lines = number(values.get(f"spacing.{side}Lines", "0"))
        return round(lines * 2.4) if lines else number(values.get(f"spacing.{side}", "0"))

    hanging = indent("hanging")
    align: str = values.get("jc", "left")
    return Layout(
        align={"start": "left", "end": "right"}.get(align, align),
        left=indent("left", "start"),
        right=indent("right", "end"),
        first=(-hanging[0], -hanging[1]) if hanging != (0, 0) else indent("firstLine"),
        before=space("before"),
        after=space("after"),
        line=number(values.get("spacing.line", "240"), 240),
        line_rule=values.get("spacing.lineRule", "auto"),
        snap=values.get("snapToGrid", True),
        page_break_before=values.get("pageBreakBefore", False),
        rule_below=values.get("rule", ""),
        frame=values.get("frame", ""),
    )
