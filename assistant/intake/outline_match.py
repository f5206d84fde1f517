"""Which of a report type's sections stands under a heading of somebody's own report: by its words, and by its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.intake.found import Extraction
from assistant.intake.outline import Heading, headings
from assistant.reports.types import ReportType

#: Below this a heading is not taken for any section; of what its facts say, and of what its words say.
ENOUGH = 0.42
_BY_FACTS, _BY_WORDS = 0.6, 0.4
_COVERED, _COVERING = 0.7, 0.3


@dataclass(frozen=True)
class Section:
    """A section template as all shapes together know it."""

    template: str
    title: str
    names: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """A heading with the section that it stands for.

    Attributes:
        template: "" for a heading that only holds others, or for which there is no section.
        sure: 0 to 1; ``found``: labels of the facts that stand under it.
    """

    heading: Heading
    template: str
    sure: float
    found: tuple[str, ...]


def sections_known(report_type: ReportType) -> dict[str, Section]:
    """Template → section, in the order of the shapes."""
    known: dict[str, Section] = {}
    for shape in report_type.shapes:
        for one, _ in shape.walk():
            if one.template:
                had = known.get(one.template, Section(one.template, one.title, (), ()))
                names = tuple(dict.fromkeys((*had.names, one.title, *one.headings)))
                known[one.template] = Section(
                    one.template, had.title, names, tuple(dict.fromkeys((*had.facts, *one.facts)))
                )
    return known


def match_outline(extraction: Extraction, report_type: ReportType) -> tuple[Matched, ...]:
    """Every heading of a text with its section; a section stands under one heading only, the best."""
    found = headings(extraction.text)
    known = sections_known(report_type)
    under = {number: _labels(extraction, one) for number, one in enumerate(found)}
    scores = sorted(
        (
            (score, number, section.template)
            for number, one in enumerate(found)
            if one.leaf
            for section in known.values()
            if (score := _score(one.text, under[number], section)) >= ENOUGH
        ),
        key=lambda entry: (-entry[0], entry[1]),
    )
    chosen: dict[int, tuple[str, float]] = {}
    for score, number, template in scores:
        if number not in chosen and template not in {taken for taken, _ in chosen.values()}:
            chosen[number] = template, score
    return tuple(Matched(one, *chosen.get(number, ("", 0.0)), found=under[number]) for number, one in enumerate(found))


def _labels(extraction: Extraction, one: Heading) -> tuple[str, ...]:
    inside = (fact.label for fact in extraction.facts if fact.label and one.body <= fact.start < one.end)
    return tuple(dict.fromkeys(inside))


def _score(heading: str, found: Sequence[str], section: Section) -> float:
    words = max((_alike(heading, name) for name in section.names), default=0.0)
    if not found or not section.facts:
        return words if words >= 0.7 else words * _BY_WORDS
    both = len(set(found) & set(section.facts))
    facts = _COVERED * both / len(found) + _COVERING * both / len(section.facts)
    return _BY_FACTS * facts + _BY_WORDS * words


def _alike(heading: str, name: str) -> float:
    """A short name within a longer heading counts nearly as the heading itself."""
    alike = fuzz.ratio(heading, name) / 100
    return max(alike, 0.9) if len(name) >= 2 and name in heading else alike


def homes(entries: Iterable[tuple[str, Sequence[str]]], known: Mapping[str, Section]) -> list[tuple[str, ...]]:
    """The facts of each section of a new shape: every fact has one home.

    Args:
        entries: (template, labels found under its heading), in order.
    """
    kept = list(entries)
    used = {template for template, _ in kept if template}
    own = {label for template in used for label in known[template].facts}
    # The unit's name and the like belong to no section.
    homeless = {label for section in known.values() for label in section.facts} - own
    claimed: set[str] = set()
    # Where two sections know a fact, it lives where the old report told it.
    told: dict[str, int] = {}
    for number, (template, found) in enumerate(kept):
        for label in found if template else ():
            if label in known[template].facts or label in homeless:
                told.setdefault(label, number)
    made = []
    for number, (template, found) in enumerate(kept):
        wanted = [*known[template].facts, *(label for label in found if label in homeless)] if template else []
        mine = [label for label in wanted if label not in claimed and told.get(label, number) == number]
        claimed.update(mine)
        made.append(tuple(dict.fromkeys(mine)))
    return made
