"""A named moment of a whole report (送审稿一): every section's text, and the facts of then."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.facts.formatting import hanzi
from assistant.facts.sheet import JsonValue


@dataclass(frozen=True)
class MilestoneText:
    """A section as it stood: its version's number (0: nothing was written) and its slot text."""

    key: str
    title: str
    revision: int
    text: str


@dataclass(frozen=True)
class Milestone:
    """``facts``: label → ``plain_fact``. ``by``: who named it, "" where no name was given. ``at``: aware, UTC."""

    id: int
    name: str
    by: str
    at: datetime.datetime
    texts: tuple[MilestoneText, ...]
    facts: Mapping[str, JsonValue] = field(hash=False)

    def text(self, key: str) -> MilestoneText | None:
        return next((text for text in self.texts if text.key == key), None)


def next_name(taken: Iterable[str]) -> str:
    """送审稿一, 送审稿二 …: the first that is not taken."""
    known = set(taken)
    number = 1
    while (name := f"送审稿{hanzi(number, before_measure=False)}") in known:
        number += 1
    return name
