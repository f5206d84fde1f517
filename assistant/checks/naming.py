"""The names that facts, rows and columns have in prose, and where a text says them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.checks.figures import Figure
from assistant.slots.legible import simple_name
from assistant.slots.numeral import Numeral
from assistant.slots.vocabulary import grouped_alternatives


@dataclass(frozen=True, slots=True)
class Name:
    """A fact's name, or a row's or a column's, where it stands."""

    text: str
    start: int
    end: int


class Naming:
    """Names of one sheet's figures."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures: dict[str, list[Figure]] = {}
        self._tables: dict[str, set[str]] = {}
        self._of_facts: set[str] = set()
        columns: set[str] = set()
        for figure in figures:
            # The text may be read in simplified characters while the sheet has a name in traditional ones.
            names = tuple({figure.row, simple_name(figure.row)}) if figure.row else figure.names
            for name in names:
                self._figures.setdefault(name, []).append(figure)
            if figure.row:
                for name in names:
                    self._tables.setdefault(name, set()).add(figure.label)
                columns.update(figure.names)
            else:
                self._of_facts.update(figure.names)
        # Overlapping: 民兵训练 must not hide 训练保障经费 in 民兵训练保障经费.
        self._pattern = re.compile(f"(?=({grouped_alternatives({*self._figures, *columns} - {''})}))")
        self._claimable: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._fitting: dict[tuple[object, ...], tuple[tuple[Figure, int], ...]] = {}

    def find(self, text: str) -> list[Name]:
        """Names in order; one that lies inside another is none."""
        found: list[Name] = []
        reached = 0
        for match in self._pattern.finditer(text):
            start, end = match.span(1)
            if end > reached:
                found.append(Name(match[1], start, end))
                reached = end
        return found

    def of_fact(self, name: str) -> bool:
        return name in self._of_facts

    def of_row(self, name: str, table: str = "") -> bool:
        """Whether it names a row: of that table, where one is given."""
        tables = self._tables.get(name)
        return bool(tables) and (not table or table in (tables or ()))

    def claimable(self, name: str, numeral: Numeral) -> tuple[str, ...]:
        """The facts of that name, not of a row, whose value a number in this unit may say."""
        if name not in self._of_facts:
            return ()
        key = (name, numeral.kind, numeral.unit, numeral.value if numeral.kind == "number" else None)
        found = self._claimable.get(key)
        if found is None:
            own = (figure for figure, _ in self.fitting(name, numeral) if figure.role == "value" and not figure.row)
            found = self._claimable[key] = tuple(figure.label for figure in own)
        return found

    def named(self, name: str) -> list[Figure]:
        return self._figures.get(name, [])

    def fitting(self, name: str, numeral: Numeral) -> tuple[tuple[Figure, int], ...]:
        """The name's figures that a number in this unit may say, each with how badly the unit fits."""
        # Only a number without unit is judged by its value too: it may be a year.
        key = (name, numeral.kind, numeral.unit, numeral.value if numeral.kind == "number" else None)
        found = self._fitting.get(key)
        if found is None:
            fits = ((figure, figure.fits(numeral)) for figure in self.named(name))
            found = self._fitting[key] = tuple((figure, misfit) for figure, misfit in fits if misfit is not None)
        return found
