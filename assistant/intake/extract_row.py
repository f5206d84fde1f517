"""A row of a table fact as it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactSchema
from assistant.facts.values import Value
from assistant.intake.extract_cues import pattern


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


def first_of(rows: Sequence[Row], schema: FactSchema) -> Iterator[Row]:
    """One row for a name of a table, with the name bare; a name that is none makes no row."""
    seen: set[tuple[str, object]] = set()
    for row in rows:
        column = schema.by_label[row.table].key_column.label
        cues = schema.hints.tables.get(row.table)
        name = row.cells[column] = bare(row.cells[column], cues) if cues else row.cells[column]
        key = (row.table, name)
        if name and key not in seen:
            seen.add(key)
            yield row
