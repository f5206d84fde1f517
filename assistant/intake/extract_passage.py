"""A stretch of a text in which a list is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.intake.extract_words import EDGES


@dataclass(frozen=True)
class Passage:
    """A stretch of the text that belongs to a list fact.

    Attributes:
        whole: it is one item.
        sure: its form alone tells that it is one; no model weighs it.
    """

    label: str
    start: int
    end: int
    whole: bool = False
    sure: bool = False


def outside(found: Sequence[Passage], text: str, start: int, end: int) -> list[Passage]:
    """What the passages have of the text outside of [start, end); pieces without a word are dropped."""
    kept = [replace(part, end=min(part.end, start)) for part in found if part.start < start]
    kept += [replace(part, start=max(part.start, end)) for part in found if part.end > end]
    return [part for part in kept if text[part.start : part.end].strip(EDGES)]
