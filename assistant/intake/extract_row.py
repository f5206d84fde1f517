"""A row of a table fact as it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.facts.fields import FactSchema
from assistant.facts.values import Value


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


def first_of(rows: Sequence[Row], schema: FactSchema) -> Iterator[Row]:
    """One row for a name of a table."""
    seen: set[tuple[str, object]] = set()
    for row in rows:
        key = (row.table, row.cells[schema.by_label[row.table].key_column.label])
        if key not in seen:
            seen.add(key)
            yield row
