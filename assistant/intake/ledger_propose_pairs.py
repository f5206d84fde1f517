"""Proposes a ledger of labels with their values beside them: where the labels are, which column holds values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.intake import ledger_words as words
from assistant.intake.ledger_choices import distinct, with_fact
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_types import Choice, LedgerMapping

#: A form with a label in each row is no longer than this.
_MOST_LABELS = 500


def propose_pairs(layout: Layout, matcher: Matcher) -> LedgerMapping | None:
    # As many rows as a form has; the names of five thousand people are not each held against every fact.
    looked_at = layout.rows[:_MOST_LABELS]
    scores = {
        column: sum(
            (match := matcher.match(text)) is not None and match.sure > 0.9
            for row in looked_at
            if (text := layout.grid.text(row, column)) and not layout.is_number(row, column)
        )
        for column in layout.columns[:6]
    }
    labels = max(scores, key=lambda column: scores[column], default=0)
    if not labels or scores[labels] < 2:
        return None
    first = next(row for row in layout.rows if matcher.match(layout.grid.text(row, labels)))
    roles = _roles(layout, labels, first)
    others = _other_values(layout, labels, first, roles)
    choices = []
    for row in layout.rows:
        label = layout.grid.text(row, labels)
        if row < first or not label or layout.is_number(row, labels) or words.total_word(label):
            continue
        sample = layout.grid.text(row, roles["value"])
        choice = Choice(
            words.normal(label), label, labels, row, layout.grid.place(row, labels), (sample,) if sample else ()
        )
        unit = layout.grid.text(row, roles["unit"]) if roles["unit"] else ""
        told = with_fact(choice, [label], matcher, layout.unit_above(first), unit)
        choices.append(replace(told, doubt=told.doubt or others) if told.fact else told)
    return LedgerMapping(
        layout.grid.name,
        "pairs",
        0,
        first - 1,
        distinct(choices),
        value_column=roles["value"],
        last_column=roles["last"],
        unit_column=roles["unit"],
        note_column=roles["note"],
    )


def _roles(layout: Layout, labels: int, first: int) -> dict[str, int]:
    """What the columns right of the labels hold: by the header over them; without one, the first holds values."""
    found: dict[str, Any] = {"value": 0, "last": 0, "unit": 0, "note": 0}
    right = [column for column in layout.columns if column > labels]
    above = [row for row in layout.rows if row < first][-2:]
    dated: list[tuple[int, int]] = []
    for column in right:
        header = "".join(layout.grid.text(row, column) for row in above)
        plain = words.normal(header)
        if words.says_last_year(header):
            found["last"] = found["last"] or column
        elif plain in words.UNIT_HEADERS:
            found["unit"] = found["unit"] or column
        elif plain in words.NOTE_HEADERS:
            found["note"] = found["note"] or column
        elif plain in words.VALUE_HEADERS or words.total_word(header):
            found["value"] = found["value"] or column
        elif words.years(header):
            dated.append((words.years(header)[0], column))
    if dated and not found["value"]:
        newest, found["value"] = max(dated)
        found["last"] = found["last"] or next((column for year, column in dated if year == newest - 1), 0)
    spare = [column for column in right if column not in found.values()]
    if not found["value"]:
        found["value"] = spare.pop(0) if spare else labels + 1
    rows = [row for row in layout.rows if row >= first]
    if not found["unit"]:
        # A column with nothing but units needs no header.
        cells = {column: [text for row in rows if (text := layout.grid.text(row, column))] for column in spare}
        found["unit"] = next((column for column, texts in cells.items() if texts and all(map(words.is_unit, texts))), 0)
    return found


def _other_values(layout: Layout, labels: int, first: int, roles: dict[str, int]) -> str:
    """A doubt where more columns hold figures than the one that is read: a village each, or months."""
    rows = [row for row in layout.rows if row >= first]
    others = [
        column
        for column in layout.columns
        if column > labels and column not in roles.values() and sum(layout.is_number(row, column) for row in rows) >= 2
    ]
    if not others:
        return ""
    where = layout.grid.place(first, roles["value"]).rstrip("0123456789")
    return f"右边有 {len(others) + 1} 列数，只取了 {where} 列，请核对是不是要的那一列"
