"""A row of a table fact as it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactSchema
from assistant.facts.values import Value
from assistant.intake.extract_cues import pattern
from assistant.slots.numeral import Numeral

#: A name without its table's word says something still.
_LEAST = 1


@dataclass
class Row:
    """One row as it is read.

    Attributes:
        used: numbers of the figures that it used up.
    """

    table: str
    cells: dict[str, Value | None]
    start: int
    end: int
    used: set[int] = field(default_factory=set)
    doubt: str = ""


def rough(text: str) -> str:
    """Why a cell is in doubt whose figure was told as a 概数: a table holds none."""
    return f"原文是概数“{text}”"


def besides(lines: list[Row], rows: Sequence[Row]) -> list[Row]:
    """The rows of lists line by line, and of the others those that take none of their figures for the same table."""
    taken = {(row.table, place) for row in lines for place in row.used}
    return [*lines, *(row for row in rows if not any((row.table, place) in taken for place in row.used))]


def bare(name: Value | None, cues: TableCues) -> Value | None:
    """A name without what only leads to it or follows it (买了器材); "" for words that are no name."""
    if not isinstance(name, str):
        return name
    if cues.head:
        name = pattern(cues.head).sub("", name)
    if cues.tail:
        name = pattern(cues.tail).sub("", name)
    return "" if cues.never and pattern(cues.never).search(name) else name


def first_of(rows: Sequence[Row], schema: FactSchema, figures: Sequence[Numeral]) -> Iterator[Row]:
    """One row for a name of a table, with the name bare; a name that is none makes no row.

    民兵应急排 and 应急排 are one team in the table 民兵分队: one row where what both say agrees, else two.
    """
    known: dict[tuple[str, object], Row] = {}
    kept: list[Row] = []
    for row in _named(rows, schema):
        column = schema.by_label[row.table].key_column.label
        first = known.setdefault((row.table, _short(row.cells[column], row.table)), row)
        told = {name: cell for name, cell in row.cells.items() if name != column and cell is not None}
        if first is row:
            kept.append(row)
        elif any(first.cells.get(name) not in (None, cell) for name, cell in told.items()):
            row.doubt = row.doubt or f"和“{first.cells[column]}”像是同一个，数却不同"
            kept.append(row)
        else:
            if len(told) >= len(first.cells) - 1:
                first.start, first.end = row.start, row.end
            first.cells |= told
            first.used |= row.used
    for row in kept:
        about = [figures[place].text for place in sorted(row.used) if figures[place].rough]
        row.doubt = row.doubt or (rough(about[0]) if about else "")
        yield row


def _short(name: object, table: str) -> object:
    """A name without the word that its table begins with."""
    head = table[:2]
    return name[2:] if isinstance(name, str) and name.startswith(head) and len(name) > 2 + _LEAST else name


def _named(rows: Sequence[Row], schema: FactSchema) -> Iterator[Row]:
    seen: set[tuple[str, object]] = set()
    for row in rows:
        column = schema.by_label[row.table].key_column.label
        cues = schema.hints.tables.get(row.table)
        name = row.cells[column] = bare(row.cells[column], cues) if cues else row.cells[column]
        key = (row.table, name)
        if name and key not in seen:
            seen.add(key)
            yield row
