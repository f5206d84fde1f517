"""Heading numbers: 一、 （一） 1. （1）, by code and never by a model (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.facts.formatting import hanzi
from assistant.facts.item_marks import Kind, mark_of
from assistant.reports.report import Section
from assistant.reports.types import HeadingStyle

#: Headings that code numbers.
NUMBERED = (HeadingStyle.NUMBERED, HeadingStyle.NUMBERED_RUNIN)


def label(depth: int, number: int) -> str:
    """The number in front of a heading: depth 1 → 一、, 2 → （一）, 3 → 1., 4 → （1）."""
    match depth:
        case 1:
            return f"{hanzi(number, before_measure=False)}、"
        case 2:
            return f"（{hanzi(number, before_measure=False)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


def without_number(heading: str) -> str:
    """A heading without the number that somebody typed in front of it: 三、征兵工作 → 征兵工作."""
    return heading.removeprefix(mark_of(heading, Kind.NUMBER))


def numbers(sections: Sequence[Section]) -> dict[str, str]:
    """Section key → number, "" for headings without one. Counting starts anew under every heading above."""
    counters: dict[int, int] = {}
    found: dict[str, str] = {}
    for section in sections:
        for depth in [depth for depth in counters if depth > section.depth]:
            del counters[depth]
        if section.style not in NUMBERED or not section.heading:
            found[section.key] = ""
            continue
        counters[section.depth] = counters.get(section.depth, 0) + 1
        found[section.key] = label(section.depth, counters[section.depth])
    return found
