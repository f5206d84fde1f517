"""The other reports that a report is held against: last year's, from which it was copied, and those of other units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assistant.checks.leftovers_ground import Ground, texts_of
from assistant.checks.leftovers_words import LeftoverWords
from assistant.facts.fields import FieldType
from assistant.facts.sheet import FactSheet
from assistant.reports.report import Origin, Report
from assistant.slots.render import render_text

_OUTER = re.compile(r"^(?:中共|中国共产党)?(?:[一-龥]{2,3}[省市])?([一-龥]{2,3}[区县])")


@dataclass(frozen=True)
class OtherPart:
    """One text of another report. ``key`` is "" for a text without sections.

    Attributes:
        text: slot text.
        built_in: nobody edited what the embedded engine wrote; ``seed`` is what it was written with.
    """

    key: str
    title: str
    text: str
    built_in: bool = False
    seed: int = 0


@dataclass(frozen=True)
class Other:
    """One other report, or a plain text.

    Attributes:
        units: names of its unit and of the district around it; ``people``: names of persons in its facts.
        texts: its text facts and the items of its lists, text → label.
        sheet: its facts, to read its slot text with; None for a plain text.
        own: the names by which it calls its unit in its facts, to know last year's report of the same unit by.
    """

    id: str
    title: str
    year: int | None = None
    units: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)
    own: tuple[str, ...] = ()
    parts: tuple[OtherPart, ...] = ()
    sheet: FactSheet | None = field(default=None, hash=False, compare=False)

    def read(self, text: str) -> str:
        """Slot text of this report with its facts in place."""
        return text if self.sheet is None else render_text(text, self.sheet)

    @cached_property
    def short(self) -> str:
        return self.title if len(self.title) <= 30 else f"{self.title[:29]}…"

    def former_of(self, ground: Ground) -> bool:
        """Whether this is last year's report, or an older one, of the same unit."""
        if self.year is None or ground.year is None or self.year >= ground.year:
            return False
        return any(name and name in ground.texts for name in self.own)


def other_of(report: Report, words: LeftoverWords | None = None) -> Other:
    """What a report of the list is compared by."""
    ground = Ground(report.sheet, words)
    labels, schema = ground.words.labels, report.sheet.schema
    own = tuple(text for text in ground.text(labels.unit).split("\n") if text)
    outer = (match.group(1) for name in own if (match := _OUTER.match(name)))
    people = [text for text in ground.text(labels.person).split("\n") if text]
    texts: dict[str, str] = {}
    for item in schema.fields:
        value = report.sheet.value(item.label)
        if item.type is FieldType.TABLE and isinstance(value, tuple):
            rows = [row for row in value if not isinstance(row, str)]
            people += [str(row[name]) for row in rows for name in labels.people if row.get(name)]
        if item.type in (FieldType.TEXT, FieldType.LIST, FieldType.TABLE):
            texts |= {text.rstrip("。；;，,、 "): item.label for text in texts_of(value)}
    parts = tuple(
        OtherPart(
            section.key,
            section.title,
            section.text,
            section.engine == "embedded" and section.origin is Origin.DRAFT,
            section.seed,
        )
        for section in report.sections
        if section.text
    )
    title = render_text(report.shape.title, report.sheet)
    return Other(
        id=report.id,
        title=title,
        year=ground.year,
        units=tuple(dict.fromkeys((*own, *outer))),
        people=tuple(dict.fromkeys(people)),
        texts=texts,
        own=own,
        parts=parts,
        sheet=report.sheet,
    )


def other_text(title: str, text: str) -> Other:
    """A plain text to compare with: an old report that is no report of the list."""
    return Other("", title, parts=(OtherPart("", "", text),))
