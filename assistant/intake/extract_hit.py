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
    guessed: bool = False


def attach(hits: Sequence[Hit], last_years: dict[int, Numeral], figures: Sequence[Numeral]) -> list[Hit]:
    """The hits with last year's figures that stand beside them; one that two facts might have is the nearer one's."""
    places = {id(one): place for place, one in enumerate(figures)}
    mine = [(hit, places.get(id(hit.figure), -1)) for hit in hits]
    owners: dict[int, tuple[int, str]] = {}
    for hit, place in mine:
        last = last_years.get(place)
        states = hit.label and hit.context is not None and hit.context.role == "value"
        if last is not None and last is not hit.figure and states:
            owners[id(last)] = max(owners.get(id(last), (-1, "")), (place, hit.label))
    kept = []
    for hit, place in mine:
        last = last_years.get(place)
        owner, label = owners.get(id(last), (place, hit.label))
        # 民兵之家4个，挂牌4个，去年为2个
        mine_too = owner == place or label == hit.label
        kept.append(replace(hit, last_year=hit.last_year or (last if mine_too else None)))
    return kept
