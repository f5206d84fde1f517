"""A full-width comma between the thousands of a figure: 38，000元 is read as 38000元.

Two figures in a row have the same mark (分别为12，300元), so a group counts as thousands only where it begins with
nought, which no figure does, or where nothing in its clause tells of several figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_last_words import Change, changed

_GROUPED = re.compile(
    r"(?<![0-9.，])[1-9][0-9]{0,2}(?:，[0-9]{3})+(?![0-9]|，[0-9])(?P<told>(?:\.[0-9]{1,2})?元|[份张册本])?"
)
_SEVERAL = re.compile("分别|依次|各|前者|、$")
_CLAUSE = re.compile("[^。；！？\n]*$")
_COMMA = "，"


def in_thousands(cleaned: Cleaned) -> Cleaned:
    """The text without those commas; the very text where it has none."""
    return changed(cleaned, _changes(cleaned.text))


def _changes(text: str) -> Iterator[Change]:
    for found in _GROUPED.finditer(text):
        clause = _CLAUSE.search(text, max(0, found.start() - 60), found.start())
        alone = found["told"] is not None and not (clause and _SEVERAL.search(clause.group()))
        if alone or "，0" in found.group():
            for place in range(*found.span()):
                if text[place] == _COMMA:
                    yield place, place + 1, ""
