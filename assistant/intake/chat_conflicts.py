"""What a message leaves open: two figures for one fact, a row that may be one that the table has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.intake.chat_reading import Reading
from assistant.intake.chat_rows import within
from assistant.intake.found import Extraction, FoundFact
from assistant.intake.proposals import Proposal
from assistant.slots.numeral import Numeral

_LEAST = 3
_AHEAD = re.compile(r"^(?:里[头面边]?|的|其中|还有|另外|今年|我们)+")
_BEHIND = re.compile(
    r"(?:也|又|都|已经?)*(?:(?:上?涨|提高|提标|下降|增加|减少)(?:了|到)*|[加变增减发拨花用](?:了|到)+|改[成为到]?|换成|调整?[为到])$"
)


def other_figures(extraction: Extraction, found: FoundFact, reading: Reading) -> list[Numeral]:
    """The figures that the message tells for the fact as surely, and that are not the value that was taken."""
    places = [
        (notice.start, notice.end)
        for notice in extraction.notices
        if notice.kind == "choice" and f"“{found.label}”" in notice.message
    ]
    if found.row is not None or not isinstance(found.fact.value, int | Decimal):
        return []
    return [
        one
        for one in reading.figures
        if one.value is not None
        and one.value != Decimal(found.fact.value)
        and any(reading.overlaps(one, start, end) for start, end in places)
        and one.kind not in ("ordinal", "year", "date")
    ]


def rows_like(item: FactField, found: FoundFact, sheet: FactSheet, text: str = "") -> list[str]:
    """Names of the table's rows that a row with a new name may be: 优待金 beside 义务兵家庭优待金.

    Args:
        text: the message; a row that it tells of by its own name is no other one's.
    """
    rows = sheet.facts.get(item.label, Fact()).value
    if item.type is not FieldType.TABLE or found.row is None or not isinstance(rows, tuple):
        return []
    key = item.key_column.label
    name = str(found.row.get(key) or "")
    names = [str(row.get(key) or "") for row in rows if isinstance(row, Mapping)]
    if not name or name in names:
        return []
    rest = text.replace(name, "")
    return [one for one in names if one and one not in rest and alike(name, one)]


def alike(name: str, other: str) -> bool:
    """Whether one name may be short for the other: 防汛分队 for 防汛抢险分队, or both share most of a word."""
    short, long = sorted((name, other), key=len)
    if short in long:
        return True
    return len(short) >= _LEAST and (
        within(short, long) or any(short[at : at + _LEAST] in long for at in range(len(short) - _LEAST + 1))
    )


def bare_row(proposal: Proposal, item: FactField) -> Proposal:
    """A row without the words of talk around its name: 里环保袋, 优待金涨."""
    key, row = item.key_column.label, proposal.found.row or {}
    name = str(row.get(key) or "")
    bare = _BEHIND.sub("", _AHEAD.sub("", name))
    if bare == name or len(bare) < _LEAST - 1:
        return proposal
    return replace(proposal, found=replace(proposal.found, row={**row, key: bare}))
