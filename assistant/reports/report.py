"""A report, its sections and their versions, as the desk and the faces see them. Nothing here is stored."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.facts.sheet import FactSheet, JsonValue
from assistant.reports.types import HeadingStyle, Length, SectionTemplate, Shape
from assistant.slots.render import render


class Origin(StrEnum):
    """Where a version's text came from."""

    DRAFT = "draft"
    CHAT = "chat"
    EDIT = "edit"
    RESTORE = "restore"
    IMPORT = "import"


class SectionState(StrEnum):
    """What the outline shows."""

    EMPTY = "empty"
    DRAFTED = "drafted"
    EDITED = "edited"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Version:
    """One stored text of a section; never changed after it was written.

    Attributes:
        number: 1, 2, 3 … within the section.
        engine: ``embedded``, ``endpoint`` or "" (a person).
        complete: False when the draft was stopped or cut and this is what had come.
        written: aware, UTC.
        snapshot: the facts that it was written on (``reports.snapshot``); None where unknown.
        by: who wrote it or had it written, "" where no name was given.
        source: number of the older version that was put in place again; None for a new text.
        filtered: the service's filter cut it off.
    """

    number: int
    text: str
    origin: Origin
    engine: str = ""
    model: str = ""
    instruction: str = ""
    complete: bool = True
    written: datetime.datetime = field(default_factory=lambda: datetime.datetime.now(datetime.UTC))
    snapshot: Mapping[str, JsonValue] | None = field(default=None, hash=False)
    by: str = ""
    source: int | None = None
    filtered: bool = False


@dataclass(frozen=True)
class Section:
    """One section in reading order.

    Attributes:
        key: its name within the report; a preset's key or a made one.
        depth: 1 for 一、, 2 for （一）.
        title: short name in the outline.
        heading: slot text without number and end mark; "" for none.
        template: stem of its prompt and phrase files; "" when it only holds the sections below it.
        facts, instruction, weight: its brief.
        text: slot text of the current version; "" before the first.
        revision: number of the current version, 0 before the first; compare-and-swap works on it.
        snapshot: the facts that the text was written on, or on which a person last said that it holds; None: unknown.
        affirmed: when a person said so, aware, UTC; None when nobody did.
        filtered: the filter of the service that ``model`` is of cut the text off.
    """

    key: str
    depth: int
    title: str
    heading: str
    style: HeadingStyle
    template: str
    facts: tuple[str, ...]
    weight: int
    instruction: str = ""
    text: str = ""
    revision: int = 0
    origin: Origin | None = None
    engine: str = ""
    model: str = ""
    complete: bool = True
    locked: bool = False
    seed: int = 0
    written: datetime.datetime | None = None
    snapshot: Mapping[str, JsonValue] | None = field(default=None, hash=False)
    affirmed: datetime.datetime | None = None
    filtered: bool = False

    @property
    def holds_text(self) -> bool:
        """False for a heading that only holds the sections below it."""
        return bool(self.template)

    @property
    def state(self) -> SectionState:
        if not self.text:
            return SectionState.EMPTY
        if not self.complete:
            return SectionState.INTERRUPTED
        return SectionState.DRAFTED if self.origin in (Origin.DRAFT, Origin.CHAT) else SectionState.EDITED


@dataclass(frozen=True)
class Report:
    """A whole report.

    Attributes:
        shape: the preset that it was made from (title, voice, 落款 come from it).
        created, updated: aware, UTC.
    """

    id: str
    report_type: str
    shape: Shape
    length: Length
    sheet: FactSheet
    sections: tuple[Section, ...]
    created: datetime.datetime
    updated: datetime.datetime

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    @property
    def written(self) -> list[Section]:
        """The sections that hold text, in order."""
        return [section for section in self.sections if section.holds_text]


def budget(section: Section, sections: tuple[Section, ...], characters: int) -> int:
    """The section's share of ``characters`` by weight, to the nearest ten."""
    total = sum(other.weight for other in sections if other.holds_text) or 1
    return max(40, round(characters * section.weight / total / 10) * 10)


def unmet_claims(template: SectionTemplate, heading: str, sheet: FactSheet) -> tuple[str, ...]:
    """The facts that a heading speaks of where none of them has anything to tell; () where it holds."""
    claimed = template.claims.get(heading, ())
    return () if any(sheet.fact(label).shows for label in claimed) else claimed


def _heading(template: SectionTemplate, sheet: FactSheet, seed: int) -> str:
    """One of the headings whose facts are known; the first, which names none, where no other is."""
    rendered = ((heading, render(heading, sheet)) for heading in template.headings)
    known = [heading for heading, pieces in rendered if all(piece.kind in ("text", "value") for piece in pieces)]
    # A sheet without a figure is one that nobody has filled in yet: what it will bear is told later, by the checks.
    if any(sheet.fact(item.label).told for item in sheet.schema.fields if item.type.numeric):
        known = [heading for heading in known if not unmet_claims(template, heading, sheet)] or known
    return known[seed % len(known)] if known else "".join(template.headings[:1])


def sections_of(shape: Shape, sheet: FactSheet, seed: int = 0) -> tuple[Section, ...]:
    """The sections of a new report. ``seed`` picks among the shape's alternative headings, the same one throughout."""
    return tuple(
        Section(
            key=template.key,
            depth=depth,
            title=template.title,
            heading=_heading(template, sheet, seed),
            style=template.style,
            template=template.template,
            facts=template.facts,
            weight=template.weight,
            instruction=template.instruction,
        )
        for template, depth in shape.walk()
    )
