"""Labels that automatic numbering prints: 一、 （一） 1. （1）."""

from __future__ import annotations

import re
from typing import Any

from assistant.document.conformance.cascade import Values, W, attribute, layout_values, number

_DIGITS = "〇一二三四五六七八九"
_COUNTING = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"}
_DIGITAL = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"}


class Numbering:
    """``numbering.xml``, with a counter for each list as the document is read from its start."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[tuple[str, int], Any] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            for level in abstract.iter(f"{W}lvl"):
                key = (attribute(abstract, "abstractNumId"), number(attribute(level, "ilvl")))
                self._levels[key] = level
        for given in root.iter(f"{W}num"):
            found = given.find(f"{W}abstractNumId")
            if found is not None:
                self._abstract[attribute(given, "numId")] = attribute(found, "val")

    def layout(self, num_id: str, level: int) -> Values:
        """Indents of a level."""
        found = self._levels.get((self._abstract.get(num_id, ""), level))
        return layout_values(found.find(f"{W}pPr")) if found is not None else {}

    def bulleted(self, num_id: str, level: int) -> bool:
        """Whether a level of a list has a sign instead of numbers."""
        return self._format(self._abstract.get(num_id, ""), level) == "bullet"

    def label(self, num_id: str, level: int) -> str:
        """The next label of a list; "" for a bullet or an unknown list."""
        abstract = self._abstract.get(num_id, "")
        if (abstract, level) not in self._levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, self._start(abstract, level) - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        found = self._levels[(abstract, level)].find(f"{W}lvlText")
        pattern = attribute(found, "val") if found is not None else ""
        if self._format(abstract, level) in ("bullet", "none"):
            return ""

        def printed(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            value = counts.get(place, self._start(abstract, place))
            return _printed(value, self._format(abstract, place))

        return re.sub(r"%([1-9])", printed, pattern)

    def _start(self, abstract: str, level: int) -> int:
        return number(self._child(abstract, level, "start") or "1", 1)

    def _format(self, abstract: str, level: int) -> str:
        return self._child(abstract, level, "numFmt") or "decimal"

    def _child(self, abstract: str, level: int, tag: str) -> str:
        element = self._levels.get((abstract, level))
        found = element.find(W + tag) if element is not None else None
        return attribute(found, "val") if found is not None else ""


def _printed(value: int, form: str) -> str:
    if form in _COUNTING:
        return hanzi(value)
    if form in _DIGITAL:
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    if form == "decimalZero":
        return f"{value:02}"
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= value <= 20:
        return chr(0x245F + value)
    return str(value)


def hanzi(value: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十, up to 99; digits beyond."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def from_hanzi(text: str) -> int:
    """一 → 1, 十二 → 12, 三十 → 30; 0 for what is no such number."""
    if not re.fullmatch("[一二三四五六七八九]?十?[一二三四五六七八九]?", text) or not text:
        return 0
    if "十" not in text:
        return _DIGITS.index(text) if len(text) == 1 else 0
    tens, ones = text.split("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)
