"""What each row of a ledger is: somebody's own figures, a total of others, or neither (去年同期, 其中：…)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_types import Choice
from assistant.intake.ledger_words import NOTE_HEADERS, UNIT_HEADERS, is_aside, normal, total_name, total_word

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PART = re.compile("(?:本|当)(?:月|页|季度?|周|日)|(?:1[0-2]|[1-9])月份?|第?[一二三四1-4]季度")
_RATE = re.compile(r"[%％率]|占比|比例")
#: From so high a sum on, one village's figure is not the sum of the others' by chance.
_NO_CHANCE = 10


@dataclass(frozen=True)
class RowKinds:
    """The rows under a header.

    Attributes:
        counted: those of somebody; ``sums``: of them, those that equal the sum of all the others, and so may be a
            total that nobody called one; ``nameless``: of them, those that do not say whose they are.
        totals: row → the word that makes it a total. ``asides``: row → its name.
    """

    counted: tuple[int, ...]
    totals: Mapping[int, str]
    asides: Mapping[int, str]
    sums: tuple[int, ...] = field(default=())
    nameless: tuple[int, ...] = field(default=())


def row_kinds(layout: Layout, rows: Sequence[int], names: int, taken: Sequence[Choice]) -> RowKinds:
    """Tells the rows apart by their names; what no word tells, by arithmetic.

    Args:
        names: the column that names them, 0 for none. Hidden ones before it count too: 合计 may stand in a hidden 序号.
    """
    read = {choice.column for choice in taken}
    last = max([names, *layout.columns[:3]], default=0)
    before = [column for column in range(1, last + 1) if column not in read or column == names]
    counted, totals, asides = [], {}, {}
    for row in rows:
        texts = [text for column in before if (text := layout.grid.text(row, column))]
        name = (layout.text(row, names) if names else "") or next(iter(texts), "")
        word = total_name(name) or (total_name(texts[0]) if texts else "")
        word = word or next((word for text in texts if (word := total_word(text))), "")
        if word:
            # 本月合计 stands under the rows of its month only.
            totals[row] = "小计" if any(map(_PART.match, texts)) else word
        elif is_aside(name):
            asides[row] = name
        elif _filled(layout, row, taken) and not _says_no_figures(layout, row, name, taken):
            counted.append(row)
    nameless = [row for row in counted if names and not layout.text(row, names)]
    sums = _sums(layout, counted, names, [choice for choice in taken if not _RATE.search(choice.unit + choice.header)])
    for row in set(nameless) & set(sums):
        totals[row] = "合计"
    return RowKinds(
        tuple(row for row in counted if row not in totals),
        totals,
        asides,
        tuple(row for row in sums if row not in totals),
        tuple(row for row in nameless if row not in totals),
    )


def _filled(layout: Layout, row: int, taken: Sequence[Choice]) -> bool:
    return any(
        layout.grid.text(row, choice.column) or (row, choice.column) in layout.grid.uncomputed for choice in taken
    )


def _says_no_figures(layout: Layout, row: int, name: str, taken: Sequence[Choice]) -> bool:
    """A header that is repeated for each printed page, a row of units, a row of remarks."""
    if any(layout.is_number(row, choice.column) for choice in taken):
        return False
    texts = [(text, choice) for choice in taken if (text := layout.text(row, choice.column))]
    return normal(name) in UNIT_HEADERS | NOTE_HEADERS or all(
        normal(text) and normal(text) in normal(choice.header) for text, choice in texts
    )


def _sums(layout: Layout, counted: Sequence[int], names: int, taken: Sequence[Choice]) -> list[int]:
    columns = [{row: _number(layout, row, choice.column) for row in counted} for choice in taken]
    columns = [column for column in columns if any(column.values())]
    if not columns:
        return []
    totals = [sum(column.values(), Decimal(0)) for column in columns]
    filled = [sum(1 for value in column.values() if value) for column in columns]
    found = []
    for row in counted:
        # A ledger has thousands of rows: all the others are looked at only for the few that equal their sum.
        if any(column[row] * 2 != total for column, total in zip(columns, totals, strict=True)):
            continue
        if max(count - bool(column[row]) for column, count in zip(columns, filled, strict=True)) < 2:
            continue
        tails = {layout.text(at, names)[-1:] for at in counted if at != row} if names else set()
        chance = len(columns) == 1 or max(column[row] for column in columns) < _NO_CHANCE
        if not chance or layout.text(row, names)[-1:] not in tails - {""}:
            found.append(row)
    return found


def _number(layout: Layout, row: int, column: int) -> Decimal:
    value = layout.grid.value(row, column)
    if isinstance(value, int | Decimal):
        return Decimal(value)
    found = _NUMBER.search(layout.grid.text(row, column))
    return Decimal(found[0].replace(",", "")) if found else Decimal(0)
