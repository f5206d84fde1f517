"""A stretch of a text in which a list is told."""

from __future__ import annotations

from dataclasses import dataclass


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
