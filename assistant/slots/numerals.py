"""Numbers in official Chinese prose, in time linear in the text.

What is no number for us (enumerators, fixed expressions, titles) is masked first; then one pattern finds
everything that may be a number, and each find is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.slots.numeral import Numeral
from assistant.slots.numeral_reading import pattern, read
from assistant.slots.vocabulary import HANZI_DIGITS, Vocabulary, vocabulary

MASK = "\ue000"
T = TypeVar("T", Numeral, "Span")

#: Marks that are not seen and must not hide a number.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_HOLDS_NUMBER = re.compile(rf"[0-9①-⑳{HANZI_DIGITS}]")
#: Every number begins with one of these.
_BEGINS = re.compile(rf"[0-9几数第连{HANZI_DIGITS}]")
_RANGE = re.compile(r"[ \u3000]{0,2}(?:[—–―－~～\-]{1,2}|至|到)[ \u3000]{0,2}")


@dataclass(frozen=True)
class Span:
    """Something that looks like a number and is none."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Scan:
    """Numbers, and what was passed over, both in order."""

    numerals: tuple[Numeral, ...]
    ignored: tuple[Span, ...]


def find_numerals(text: str, words: Vocabulary | None = None) -> list[Numeral]:
    """The numbers of a plain text, in order, none overlapping."""
    return list(scan(text, words).numerals)


def scan(text: str, words: Vocabulary | None = None) -> Scan:
    """Numbers and what was passed over."""
    words = words or vocabulary()
    plain, places = _visible(_WIDE_COMMA.sub(",", text).translate(_HALF_WIDTH))
    ignored: list[Span] = []

    def mask(found: re.Match[str]) -> str:
        if _HOLDS_NUMBER.search(found.group()):
            ignored.append(Span(found.group(), *found.span()))
        return MASK * len(found.group())

    masked = words.ignored_pattern.sub(mask, plain)
    found: list[Numeral] = []
    for match in _candidates(masked, words):
        numeral = read(match, masked, words)
        if numeral is None:
            ignored.append(Span(match.group(), *match.span()))
        else:
            found.append(numeral)
    numerals = _ranges(found, masked)
    ignored.sort(key=lambda span: span.start)
    if plain == text:
        # Nothing was moved or translated: most finds stand as they are.
        numerals = [one if len(one.text) == one.end - one.start else _placed(one, None, text) for one in numerals]
        return Scan(tuple(numerals), tuple(ignored))
    return Scan(
        tuple(_placed(numeral, places, text) for numeral in numerals),
        tuple(_placed(span, places, text) for span in ignored),
    )


def _candidates(text: str, words: Vocabulary) -> Iterator[re.Match[str]]:
    """What ``pattern(words).finditer`` would find; looking for a first character alone is several times faster."""
    match, search = pattern(words).match, _BEGINS.search
    begin = search(text)
    while begin is not None:
        at = begin.start()
        if found := match(text, at):
            yield found
            at = found.end() - 1
        begin = search(text, at + 1)


def _visible(text: str) -> tuple[str, list[int] | None]:
    """The text without invisible marks, and where each of its characters stood; None where nothing was taken out."""
    if not _INVISIBLE.search(text):
        return text, None
    places = [place for place, character in enumerate(text) if not _INVISIBLE.match(character)]
    return "".join(text[place] for place in places), places


def _placed(one: T, places: list[int] | None, text: str) -> T:
    start, end = one.start, one.end
    if places is not None:
        start, end = places[start], places[end - 1] + 1
    return replace(one, text=text[start:end], start=start, end=end)


def _ranges(found: list[Numeral], text: str) -> list[Numeral]:
    """20—30人, 10%～20%, 3至5万元: two numerals that are one."""
    merged: list[Numeral] = []
    for numeral in found:
        last = merged[-1] if merged else None
        if last is not None and _RANGE.fullmatch(text, last.end, numeral.start) and (one := _range(last, numeral)):
            merged[-1] = one
        else:
            merged.append(numeral)
    return merged


def _range(first: Numeral, second: Numeral) -> Numeral | None:
    if first.low is None or second.high is None or "ordinal" in (first.kind, second.kind):
        return None
    if first.unit and (first.unit, first.kind) != (second.unit, second.kind):
        return None
    low, high = first.low, second.high
    if not first.unit:
        for character, scale in (("万", 10**4), ("亿", 10**8)):
            # 3至5万元 begins at 3万.
            if character in second.text and character not in first.text and low * scale <= high:
                low *= scale
    if low > high:
        return None
    return replace(second, start=first.start, value=None, low=low, high=high, rough="")
