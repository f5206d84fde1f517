"""A number that no fact stands behind and that a person keeps all the same, because a person may know better."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class AcceptedNumber:
    """What was kept, where, by whom and against what.

    Attributes:
        part: ``text`` or ``heading`` of the section.
        sentence: the slot text of the number's own sentence; the acceptance lapses when it changes.
        place: where the number begins in it, so that of two equal numbers only the one that was meant is kept.
        rule, expected: what the person was told: the finding's rule, and what the fact says instead ("" for no fact).
            When another thing is to be told (the fact changed once more), it is told.
        by: the person's name, "" where nobody gave one.
        id: 0 before it is stored.
    """

    section_key: str
    part: str
    sentence: str
    place: int
    number: str
    rule: str
    expected: str = ""
    by: str = ""
    when: datetime.datetime | None = None
    id: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for the same number in the same sentence under the same finding."""
        return self.section_key, self.part, self.sentence, self.place, self.number, self.rule, self.expected
