"""The figures of one sheet, looked up by name, by value and by measure word."""

from __future__ import annotations

from functools import cached_property

from assistant.checks.figures import Figure
from assistant.checks.naming import Naming
from assistant.slots.numeral import Numeral


class Known:
    """All figures of a sheet."""

    def __init__(self, figures: list[Figure]) -> None:
        self.figures = figures
        self.naming = Naming(figures)
        self._equal: dict[tuple[object, ...], tuple[Figure, ...]] = {}
        self._said_by: dict[tuple[object, ...], list[Figure]] = {}
        self._sayable: dict[tuple[str, str], list[Figure]] = {}

    def compared(self, label: str, role: str) -> list[Figure]:
        """The fact's figures of last year, or its differences."""
        return self._compared.get((label, role), [])

    def equal_to(self, numeral: Numeral) -> tuple[Figure, ...]:
        """Every figure of this year that the numeral is a true way to say, in the measure word that it has."""
        key = key_of(numeral)
        if key not in self._equal:
            self._equal[key] = tuple(
                figure
                for figure in self._filled.get(numeral.kind, ())
                if figure.equals(numeral) and figure.fits(numeral) == 0
            )
        return self._equal[key]

    def sayable(self, numeral: Numeral) -> list[Figure]:
        """Every fact that the number could say, in whatever measure word people count it."""
        key = (numeral.kind, numeral.unit)
        if key not in self._sayable:
            self._sayable[key] = [
                figure
                for figures in self._filled.values()
                for figure in figures
                if not figure.row and not figure.is_total and figure.fits(numeral) is not None
            ]
        return self._sayable[key]

    def said_by(self, numeral: Numeral) -> list[Figure]:
        """Those of ``sayable`` whose value the number has."""
        key = key_of(numeral)
        if key not in self._said_by:
            self._said_by[key] = [figure for figure in self.sayable(numeral) if figure.equals(numeral)]
        return self._said_by[key]

    def rows_with(self, numeral: Numeral) -> list[Figure]:
        """Cells that have the number's value and measure word."""
        return [figure for figure in self.equal_to(numeral) if figure.row]

    @cached_property
    def year(self) -> int | None:
        """The report's own."""
        years = (figure.value for figure in self.figures if figure.kind == "year" and figure.value is not None)
        return next((int(year) for year in years), None)

    @cached_property
    def _filled(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            if not figure.empty and figure.role == "value":
                found.setdefault(figure.kind, []).append(figure)
        return found

    @cached_property
    def _compared(self) -> dict[tuple[str, str], list[Figure]]:
        found: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.figures:
            found.setdefault((figure.label, figure.role), []).append(figure)
        return found


def key_of(numeral: Numeral) -> tuple[object, ...]:
    """All that ``Figure.equals`` and ``Figure.fits`` ask."""
    return (numeral.kind, numeral.unit, numeral.value, numeral.low, numeral.high, numeral.rough, numeral.date)
