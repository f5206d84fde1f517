"""An old report as the model for structure: its headings become a shape of the user's own. No sentence is kept."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.errors import InputError
from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import FactSheet, read_facts
from assistant.form_counting import FormCounting
from assistant.intake.cleaning import clean
from assistant.intake.found import Extraction
from assistant.intake.outline_match import Matched, Section, homes, match_outline, sections_known
from assistant.pending import Pending
from assistant.reports.loader import Library
from assistant.reports.memory import Memory
from assistant.reports.report import Report, sections_of
from assistant.reports.types import HeadingStyle, Length, ReportType, SectionTemplate, Shape
from assistant.storage.own_shapes import OwnShape
from assistant.storage.store import Store

#: A heading without a section of its own is left out, or only holds what stands under it.
LEAVE_OUT = "-"
_BRACES = re.compile(r"[{}|\\]")
_LONGEST_HEADING, _LONGEST_NAME = 40, 30
_REMEMBERED = 8
_HANZI = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True)
class Planned:
    """One section of a shape to be.

    Attributes:
        heading: slot text, "" for a section without one; ``depth`` 1 for 一、.
        template: the section that is written under it; "" for a heading that only holds others, LEAVE_OUT for none.
        found: labels of the facts that the old report told there.
        weight: share of the old report's length, 1 to 100.
        told: why it is there although the old report has no such heading, "" where it has.
    """

    heading: str
    depth: int
    runin: bool
    template: str
    found: tuple[str, ...] = ()
    weight: int = 10
    told: str = ""


@dataclass(frozen=True)
class Outline:
    """What a person confirms: on which preset it stands (title, voice, 落款), and its sections."""

    base: str
    planned: tuple[Planned, ...]


class Shaping(FormCounting):
    """Shapes of a person's own."""

    def __init__(self, store: Store, library: Library) -> None:
        super().__init__(store, library)
        self._outlines: Memory[Outline | None] = Memory(_REMEMBERED)

    def outline_of(self, report: Report, pending: Pending) -> Outline | None:
        """What the headings of a text would give; None for a text without headings that stand for anything."""
        found = pending.extraction
        if found is None or not found.text:
            return None
        report_type = self.report_type(report)

        def make() -> Outline | None:
            matched = match_outline(found, report_type)
            if sum(bool(one.template) for one in matched) < 2:
                return None
            return planned_outline(found, matched, report_type, report.shape)

        return self._outlines.get(pending.id, (found, report_type, report.shape), make)

    def sections_known(self, type_key: str) -> dict[str, Section]:
        """Template → section, for a person to choose from."""
        return sections_known(self.library.get(type_key))

    def add_own_shape(self, type_key: str, name: str, outline: Outline) -> str:
        """Keeps a confirmed outline under 我的样式; returns its id.

        Raises:
            InputError: no name, or nothing that could be written.
        """
        name = " ".join(name.split())[:_LONGEST_NAME]
        if not name:
            raise InputError("样式还没有名称。", "请写一个自己认得的名称。")
        report_type, base = self.library.shape(type_key, outline.base)
        sections = tuple(_tree(_kept(outline.planned, report_type), self.sections_known(type_key)))
        if not any(one.template for section in sections for one, _ in section.walk()):
            raise InputError("这个样式里没有一节可写。", "请至少给一个标题选上对应的章节。")
        description = f"我的样式，标题和顺序取自自己的旧稿；其余依照“{base.name}”"
        shape = base.model_copy(update={"name": name, "description": description, "sections": sections})
        return self.store.add_own_shape(type_key, shape, self.person)

    def own_shapes(self, type_key: str) -> list[OwnShape]:
        """我的样式, newest first."""
        return self.store.own_shapes(type_key)

    def drop_own_shape(self, shape_id: str) -> None:
        self.store.drop_own_shape(shape_id)

    def create_own(self, shape_id: str, length: Length = Length.NORMAL) -> Report:
        """A new report from a shape of the user's own. Raises NotFound."""
        own = self.store.own_shape(shape_id)
        schema = self.library.get(own.report_type).facts
        sheet = FactSheet(schema, read_facts(own.shape.presets, schema).facts)
        seed = random.randrange(10_000)
        sections = tuple(replace(section, seed=seed) for section in sections_of(own.shape, sheet, seed))
        return self.store.create_report(own.report_type, own.shape, length, sheet, sections)


def planned_outline(found: Extraction, matched: Sequence[Matched], report_type: ReportType, given: Shape) -> Outline:
    """The outline as it is proposed: every heading, and what the old report tells without one."""
    used = {one.template for one in matched if one.template}
    told = {fact.fact.value for fact in found.facts if isinstance(fact.fact.value, str)}
    # What kind of paper it is says who speaks; its sections may stand in a paper of the other kind as well.
    base = max(
        report_type.shapes, key=lambda shape: (shape.document in told, _shared(shape, used), shape.key == given.key)
    )
    total = sum(one.heading.end - one.heading.body for one in matched if one.heading.leaf) or 1
    planned = []
    for one in matched:
        heading = one.heading
        share = max(1, min(100, round(100 * (heading.end - heading.body) / total)))
        nothing = LEAVE_OUT if heading.leaf else ""
        planned.append(
            Planned(
                _heading(heading.text, found.year, report_type.facts.fields),
                heading.depth,
                heading.runin,
                one.template or nothing,
                one.found,
                share,
            )
        )
    first = matched[0].heading.start
    others = [one for one, _ in base.walk() if one.template and one.template not in used]
    if others and others[0].style is HeadingStyle.PLAIN and others[0] == next(base.walk())[0]:
        opening = others.pop(0)
        labels = tuple(dict.fromkeys(fact.label for fact in found.facts if fact.label and fact.start < first))
        planned.insert(0, Planned("", 1, False, opening.template, labels, opening.weight, "开头一段"))
    placed = {label for one in matched for label in one.found if one.template}
    told = {fact.label for fact in found.facts}
    for other in others:
        # A lead in bold, or nothing at all, stands over these words in the old report.
        said = [label for label in other.facts if label in told]
        missing = tuple(label for label in said if label not in placed)
        if len(missing) * 2 > len(said):
            title = other.headings[0] if other.headings else ""
            planned.append(Planned(title, 1, False, other.template, missing, other.weight, "旧稿里没有单独编号"))
    return Outline(base.key, tuple(planned))


def _shared(shape: Shape, used: set[str]) -> float:
    templates = {one.template for one, _ in shape.walk() if one.template}
    return len(templates & used) / len(templates | used)


def _heading(text: str, year: int | None, fields: Sequence[FactField]) -> str:
    """A heading as slot text, in which nothing is a slot by accident: the old report's year is this report's, the years
    beside it are said in words."""
    plain = _BRACES.sub("", clean(text).text)[:_LONGEST_HEADING]
    label = next((item.label for item in fields if item.type is FieldType.YEAR), "")
    if not year or not label:
        return plain
    words = {year - 1: "上一年", year: f"{{{{{label}}}}}", year + 1: "下一年"}
    for one, said in words.items():
        written = f"{one}|{str(one).translate(_HANZI)}|{str(one).translate(_HANZI).replace('〇', '零')}"
        plain = re.sub(rf"(?:{written})年", said, plain)
    return plain


def _kept(planned: Sequence[Planned], report_type: ReportType) -> list[tuple[Planned, tuple[str, ...]]]:
    """The sections that stay, each with its facts; a heading under which nothing stays goes too."""
    kept = [one for one in planned if one.template != LEAVE_OUT]
    kept = [
        one for number, one in enumerate(kept) if one.template or any(other.template for other in _below(kept, number))
    ]
    facts = homes([(one.template, one.found) for one in kept], sections_known(report_type))
    return list(zip(kept, facts, strict=True))


def _below(planned: Sequence[Planned], number: int) -> Iterator[Planned]:
    for other in planned[number + 1 :]:
        if other.depth <= planned[number].depth:
            return
        yield other


def _tree(entries: Sequence[tuple[Planned, tuple[str, ...]]], known: dict[str, Section]) -> Iterator[SectionTemplate]:
    """Sections with those below them; keys are templates, or parts of the outline."""
    used: set[str] = set()

    def made(start: int, end: int) -> Iterator[SectionTemplate]:
        at = start
        while at < end:
            one, facts = entries[at]
            following = next((n for n in range(at + 1, end) if entries[n][0].depth <= one.depth), end)
            key = one.template or f"part-{at + 1}"
            key = key if key not in used else f"{key}-{at + 1}"
            used.add(key)
            children = tuple(made(at + 1, following))
            yield SectionTemplate(
                key=key,
                title=known[one.template].title if one.template else re.split("[，,、]", one.heading)[0][:10],
                headings=(one.heading,) if one.heading else (),
                style=_style(one),
                template=one.template,
                facts=facts,
                weight=one.weight if one.template else 0,
                children=children,
            )
            at = following

    yield from made(0, len(entries))


def _style(one: Planned) -> HeadingStyle:
    if not one.heading:
        return HeadingStyle.PLAIN
    return HeadingStyle.NUMBERED_RUNIN if one.runin and one.template else HeadingStyle.NUMBERED
