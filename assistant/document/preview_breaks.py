"""Where the pages that were worked out here and the pages that a program printed begin with different words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.document.preview import Line, Page, Row

#: Characters that must be the same at the head of a page, and how many of them are told.
_HEAD, _TOLD = 6, 12


@dataclass(frozen=True)
class BreakDifference:
    """The first page that begins differently.

    Attributes:
        page: its number, from 2 on.
        printed, estimated: the words it begins with, "" where there is no such page.
    """

    page: int
    printed: str
    estimated: str


def first_difference(pages: Sequence[Page], printed: Sequence[str]) -> BreakDifference | None:
    """None where every page begins with the same words.

    Args:
        pages: worked out by ``preview``.
        printed: the text of every page of the PDF.
    """
    for number in range(1, max(len(pages), len(printed))):
        mine = _bare(_text(pages[number])) if number < len(pages) else ""
        theirs = _bare(printed[number]) if number < len(printed) else ""
        if _same_form(mine[:_HEAD]) != _same_form(theirs[:_HEAD]):
            return BreakDifference(number + 1, theirs[:_TOLD], mine[:_TOLD])
    return None


def _text(page: Page) -> str:
    return "".join(line.text for line in _lines((*page.lines, *page.bottom)))


def _lines(found: Iterable[Line | Row]) -> Iterator[Line]:
    for one in found:
        if isinstance(one, Line):
            yield one
        else:
            yield from (line for _, _, lines in one.cells for line in lines)


def _bare(text: str) -> str:
    return "".join(text.split())


def _same_form(text: str) -> str:
    """A PDF may name another character that looks the same."""
    return unicodedata.normalize("NFKC", text)
