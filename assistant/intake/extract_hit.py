"""A figure that states a fact, with the words that tell it and last year's figure beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.intake.extract_context import Context
from assistant.slots.numeral import Numeral


@dataclass(frozen=True)
class Hit:
    """A figure that states a fact.

    Attributes:
        label: "" where a decoy or a derived fact was better than any fact.
        begin: where the words begin that tell it.
        last_year: the figure of the year before that stands beside it.
    """

    label: str
    figure: Numeral
    begin: int
    end: int
    score: float
    doubt: str = ""
    context: Context | None = None
    last_year: Numeral | None = None
    rivals: tuple[str, ...] = ()


def attach(hits: Sequence[Hit], last_years: dict[int, Numeral], figures: Sequence[Numeral]) -> list[Hit]:
    """The hits with last year's figures that stand beside them."""
    places = {id(one): place for place, one in enumerate(figures)}
    return [replace(hit, last_year=last_years.get(places.get(id(hit.figure), -1))) for hit in hits]
