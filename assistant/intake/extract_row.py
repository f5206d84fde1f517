"""A row of a table fact as it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

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
