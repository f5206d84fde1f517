"""What a paragraph's properties say of places: indents, tab stops, the line under it. Lengths in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.document.parts import qn

_TWIPS = 20.0


@dataclass(frozen=True)
class Indents:
    """From the edges of the 版心; ``first`` is what the first line has more than the others."""

    left: float
    right: float
    first: float

    @classmethod
    def of(cls, properties: Any, first: float) -> Indents:
        found = properties.find(qn("ind"))
        if found is None:
            return cls(0.0, 0.0, first)

        def points(name: str) -> float | None:
            value = found.get(qn(name))
            return None if value is None else int(value) / _TWIPS

        hanging = points("hanging")
        given = points("firstLine")
        if hanging is not None:
            first = -hanging
        elif given is not None:
            first = given
        return cls(points("left") or 0.0, points("right") or 0.0, first)


def border_below(properties: Any) -> float:
    """How far a paragraph's border reaches under its line, in points, with its own width; 0 for none."""
    found = properties.find(f"{qn('pBdr')}/{qn('bottom')}")
    return 0.0 if found is None else int(found.get(qn("space"), 0)) + int(found.get(qn("sz"), 0)) / 8


def tab_stops(properties: Any) -> tuple[tuple[str, float], ...]:
    """(``left`` or ``right``, from the left edge of the 版心) for each tab in order."""
    found = properties.findall(f"{qn('tabs')}/{qn('tab')}")
    return tuple((stop.get(qn("val"), "left"), int(stop.get(qn("pos"), 0)) / _TWIPS) for stop in found)
