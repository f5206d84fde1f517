"""What reading a file, a ledger or a message gives: typed facts with the words they came from.

Nothing here is in a sheet yet: a person accepts, edits or refuses each one (``intake/proposals.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.facts.sheet import Fact
from assistant.facts.values import Value

NoticeKind = Literal["scrap", "blank", "slip", "marker", "unread", "choice", "last-year", "untaken"]


@dataclass(frozen=True)
class FoundFact:
    """One fact that a source states.

    Attributes:
        label: the field's label; for a row of a table the table's label.
        fact: the typed value with its 概数 word, last year's value and source; for a row an empty ``Fact``.
        row: column label → value, for one row of a table fact; None for everything else.
        quote: the words it was read from, as they stand in the source; ``start``, ``end``: their place in
            ``Extraction.text`` (0-based, end exclusive); -1 for a cell of a workbook.
        place: where a person finds it ("第 3 段", "征兵工作!C7").
        unit: the measure word or unit as written ("名", "万元"), "" without one.
        doubt: why a person should look twice, "" where the reading is certain.
        year: the year of its figures, where it is another than the source's; None for the source's own.
        guessed: whether no rule knows the words around it, and a model took it for this fact.
    """

    label: str
    fact: Fact
    quote: str
    start: int = -1
    end: int = -1
    place: str = ""
    unit: str = ""
    row: Mapping[str, Value | None] | None = None
    doubt: str = ""
    guessed: bool = False
    year: int | None = None


@dataclass(frozen=True)
class Notice:
    """Something in the source that is no fact, and that a person should know of.

    Attributes:
        kind: scrap (of a download site), blank (XX, 【】, ____), slip (of OCR or typing), marker (stray sign),
            unread (a part that was not read), choice (two figures for one fact), last-year (another year's figure),
            untaken (columns of a ledger that are of no fact).
    """

    kind: NoticeKind
    message: str
    quote: str = ""
    start: int = -1
    end: int = -1
    place: str = ""


@dataclass(frozen=True)
class Extraction:
    """Everything that was found in one source.

    Attributes:
        source: the file's name, or "粘贴的文字".
        text: the source's text as the places count it; "" for a workbook.
        year: the year that the source speaks of, None where it does not say.
    """

    source: str
    text: str
    facts: tuple[FoundFact, ...]
    notices: tuple[Notice, ...] = field(default=())
    year: int | None = None
