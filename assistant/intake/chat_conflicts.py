"""What a message leaves open: two figures for one fact, a row that may be one that the table has."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.intake.chat_reading import Reading
from assistant.intake.found import Extraction, FoundFact
from assistant.slots.numeral import Numeral


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


def rows_like(item: FactField, found: FoundFact, sheet: FactSheet) -> list[str]:
    """Names of the table's rows that a row with a new name may be: 优待金 beside 义务兵家庭优待金."""
    rows = sheet.facts.get(item.label, Fact()).value
    if item.type is not FieldType.TABLE or found.row is None or not isinstance(rows, tuple):
        return []
    key = item.key_column.label
    name = str(found.row.get(key) or "")
    names = [str(row.get(key) or "") for row in rows if isinstance(row, Mapping)]
    if not name or name in names:
        return []
    return [one for one in names if one and (name in one or one in name)]
