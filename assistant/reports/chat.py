"""A report's conversation with the assistant: what was said, what is proposed, and what became of it.

A turn never changes anything by itself. What it proposes stands beside it until a person takes or refuses it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict


class Role(StrEnum):
    """Who speaks."""

    PERSON = "person"
    ASSISTANT = "assistant"


class Standing(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"
    UNDONE = "undone"
    REPLACED = "replaced"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class FactOffer(_Data):
    """A fact as it would be.

    Attributes:
        before, after: ``plain_fact`` of the whole fact; None for one that is not there.
        now, new: what a person compares, "" for empty; last year's figures where ``last_year``.
        quote: the person's words that say so; ``doubt``: why to look twice.
        step: the step of the facts' history that took it, whether it stands or was undone.
    """

    label: str
    before: Any = None
    after: Any = None
    now: str = ""
    new: str = ""
    last_year: bool = False
    quote: str = ""
    doubt: str = ""
    standing: Standing = Standing.OPEN
    step: int | None = None


class RedrawOffer(_Data):
    """A section that is written anew by an instruction, beside the text that it has.

    Attributes:
        base: the section's revision when it was asked for.
        step: the step of the texts' history that took or refused it, whether it stands or was undone.
    """

    section: str
    title: str
    instruction: str = ""
    base: int = 0
    standing: Standing = Standing.OPEN
    step: int | None = None


class Link(_Data):
    """A way to the place that an answer speaks of: a section's key, a fact's label, a page's name."""

    kind: Literal["section", "fact", "page"]
    target: str
    words: str


class Choice(_Data):
    """A button: pressed, it says ``say`` in the person's name."""

    words: str
    say: str


class Said(_Data):
    """What one turn says.

    Attributes:
        text: plain text; slot text of a model where ``slots``: code prints its values and marks its bare numbers.
        told: what code answers under a model's words.
        notes: what was left out of the answer and why.
        state: ``writing`` while a model answers; found so by another process, the answer was cut off.
        model: the model's name, "" for the rules' answers.
    """

    text: str = ""
    slots: bool = False
    told: str = ""
    facts: tuple[FactOffer, ...] = ()
    redraws: tuple[RedrawOffer, ...] = ()
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    notes: tuple[str, ...] = ()
    state: Literal["done", "writing", "stopped", "failed"] = "done"
    model: str = ""

    @property
    def stepped(self) -> bool:
        """Whether any of its proposals went into a step that can be undone."""
        return any(one.step is not None for one in self.facts) or any(one.step is not None for one in self.redraws)

    def after_steps(self, facts: Collection[int], texts: Collection[int]) -> Said:
        """With what 撤销 and 重做 have made of its proposals since.

        Args:
            facts, texts: the steps of the facts' and of the texts' history that stand.
        """
        return self.model_copy(
            update={
                "facts": tuple(_after(one, facts) for one in self.facts),
                "redraws": tuple(_after(one, texts) for one in self.redraws),
            }
        )


Offer = TypeVar("Offer", FactOffer, RedrawOffer)
#: What a step made of a proposal, and what it is when that is undone.
_DONE = {Standing.TAKEN: Standing.UNDONE, Standing.REFUSED: Standing.OPEN}
_AGAIN = {undone: done for done, undone in _DONE.items()}


def _after(offer: Offer, stand: Collection[int]) -> Offer:
    if offer.step is None:
        return offer
    moved = (_AGAIN if offer.step in stand else _DONE).get(offer.standing, offer.standing)
    return offer if moved is offer.standing else offer.model_copy(update={"standing": moved})


@dataclass(frozen=True)
class Turn:
    """``number`` counts up in each report from 1; ``at``: aware, UTC."""

    number: int
    role: Role
    said: Said
    at: datetime.datetime
