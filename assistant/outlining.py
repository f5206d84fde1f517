"""What a person does to an outline: the desk's side of 编辑提纲. Every change is one step that 撤销 takes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.drafting.headings import model_headings
from assistant.drafting.jobs import JobKey, JobService
from assistant.engines import EngineRoom
from assistant.errors import ConfigurationError, InputError
from assistant.fact_keeping import FactKeeping
from assistant.facts.fields import FieldType
from assistant.reports.outline_edit import (
    OWN,
    Sections,
    Way,
    added,
    at_home,
    fresh_key,
    moved,
    own_section,
    place_of,
    regrouped,
    removed,
    with_brief,
)
from assistant.reports.outline_headings import proposals
from assistant.reports.outline_history import OutlineKind, OutlineStep, mark_of
from assistant.reports.report import Report, Section, sections_of
from assistant.reports.steps import Ways
from assistant.reports.types import HeadingStyle

Change = Callable[[Sections], Sections]


class Outlining(FactKeeping):
    """Outlines. ``seen`` is always ``mark_of`` the report that the person had before their eyes."""

    engines: EngineRoom
    jobs: JobService

    # ---- sections

    def move_section(self, report_id: str, seen: str, key: str, way: Way) -> Report:
        """One step up, down, in or out. Raises InputError where there is no such step, or the outline moved on."""

        def move(sections: Sections) -> Sections:
            found = moved(sections, key, way)
            if found is None:
                raise InputError("这一节不能再往那边移了。", "请看它现在的位置。")
            return found

        return self._outline_step(report_id, seen, OutlineKind.MOVE, key, move)

    def regroup_section(self, report_id: str, seen: str, key: str, host: str | None) -> Report:
        """Under another heading; None: to the first level."""
        return self._outline_step(
            report_id, seen, OutlineKind.MOVE, key, lambda sections: regrouped(sections, key, host)
        )

    def delete_section(self, report_id: str, seen: str, key: str) -> Report:
        """Takes a section out. Its versions are kept, and what is being written for it comes into them."""
        report = self._outline_step(report_id, seen, OutlineKind.REMOVE, key, lambda sections: removed(sections, key))
        self.jobs.stop(JobKey(report_id, key))
        return report

    def add_own_section(
        self, report_id: str, seen: str, title: str, after: str | None = None, *, group: bool = False
    ) -> str:
        """A section of the person's own, or with ``group`` a heading that only holds others. Returns its key."""
        report = self.report(report_id)
        new = own_section(fresh_key(self._taken(report)), title, group=group)
        self._add(report, seen, new, after)
        return new.key

    def add_known_section(self, report_id: str, seen: str, template: str, after: str | None = None) -> tuple[str, int]:
        """A section of the report type that the report does not have. Figures that other sections told come here.

        Returns:
            Its key, and how many facts came from other sections.
        """
        report = self.report(report_id)
        known = next((one for one in self.sections_to_add(report) if one.template == template), None)
        if known is None:
            raise InputError("这一节已经在提纲里了。", "请刷新页面。")
        taken = self._taken(report)
        key = known.key if known.key not in taken else fresh_key(taken, known.key)
        return key, self._add(report, seen, replace(known, key=key), after)

    def bring_back_section(self, report_id: str, seen: str, key: str, after: str | None = None) -> int:
        """A deleted section, with its texts as they were. Figures that others told meanwhile come here.

        Returns:
            How many facts came from other sections.
        """
        report = self.report(report_id)
        gone = next((one for one in self.removed_sections(report_id) if one.key == key), None)
        if gone is None:
            raise InputError("这一节已经放回去了。", "请刷新页面。")
        return self._add(report, seen, gone, after)

    def brief_section(
        self,
        report_id: str,
        seen: str,
        key: str,
        *,
        title: str | None = None,
        heading: str | None = None,
        style: HeadingStyle | None = None,
        facts: Sequence[str] | None = None,
        instruction: str | None = None,
        weight: int | None = None,
    ) -> Report:
        """Changes what is given. A figure, list or table that comes here leaves the section that told it."""
        kind = OutlineKind.BRIEF
        if title is not None or heading is not None:
            kind = OutlineKind.RENAME
        elif style is not None:
            kind = OutlineKind.STYLE

        def change(sections: Sections) -> Sections:
            wanted = with_brief(
                sections, key, title=title, heading=heading, style=style, instruction=instruction, weight=weight
            )
            return wanted if facts is None else self._at_home(self.report(report_id), wanted, key, facts)

        return self._outline_step(report_id, seen, kind, key, change)

    # ---- what can be added

    def sections_to_add(self, report: Report) -> list[Section]:
        """Sections of the report type that the report lacks, its own shape's first, each once."""
        here = {section.template for section in report.sections}
        shapes = sorted(self.report_type(report).shapes, key=lambda shape: shape.key != report.shape.key)
        found: dict[str, Section] = {}
        for section in (one for shape in shapes for one in sections_of(shape, report.sheet)):
            if section.holds_text and section.template not in here:
                found.setdefault(section.template, section)
        return list(found.values())

    def removed_sections(self, report_id: str) -> list[Section]:
        """Deleted ones that have something to bring back, the last one first."""
        gone = self.store.removed_sections(report_id)
        return [section for section in gone if section.template == OWN or section.text]

    # ---- headings

    def headings_for(self, report: Report, key: str, turn: int = 0) -> tuple[str, ...]:
        """Two parallel headings to choose from; another ``turn``, another two."""
        section = self._section(report, key)
        return proposals(self.report_type(report), report, section, turn)

    def model_headings_for(self, report: Report, key: str) -> tuple[str, ...]:
        """Two that a model proposes.

        Raises:
            ConfigurationError: no model. SendingError: it may not go there. EndpointError: nothing usable came.
        """
        room = self.engines
        if room.settings is None:
            raise ConfigurationError("没有接模型，拟不了新的标题。", "请从现成的里面选，或在“设置”里接一个模型。")
        section = self._section(report, key)
        room.clear(report)
        asked = model_headings(room.settings, room.send_values, self.report_type(report), report, section, room.gate())
        return asyncio.run(asked)

    # ---- 撤销 and 重做

    def outline_ways(self, report_id: str) -> Ways[OutlineStep]:
        return self.store.outline_ways(report_id)

    def undo_outline(self, report_id: str, step: int) -> OutlineStep:
        """Takes back the step of that number; raises InputError when another one is the last by now."""
        before = {section.key for section in self.report(report_id).sections}
        done = self.store.undo_outline(report_id, step, self.person)
        self._stop_gone(report_id, before)
        return done

    def redo_outline(self, report_id: str, step: int) -> OutlineStep:
        before = {section.key for section in self.report(report_id).sections}
        done = self.store.redo_outline(report_id, step, self.person)
        self._stop_gone(report_id, before)
        return done

    # ---- inside

    def _outline_step(self, report_id: str, seen: str, kind: OutlineKind, key: str, change: Change) -> Report:
        report = self.report(report_id)
        # Who sees an old outline is told so before anything is said about a section.
        if mark_of(report) != seen:
            return self.store.put_outline(report_id, seen, report.sections, kind)
        sections = change(report.sections)
        title = report.sections[place_of(report.sections, key)].title
        return self.store.put_outline(report_id, seen, sections, kind, title, self.person)

    def _add(self, report: Report, seen: str, new: Section, after: str | None) -> int:
        """Returns how many facts left another section for the new one."""
        if after is not None and report.section(after) is None:
            after = None
        # Its facts come with the next step, as those that a person gives it: what has them already gives them up.
        sections = added(report.sections, replace(new, facts=()), after)
        sections = self._at_home(report, sections, new.key, new.facts)
        self.store.put_outline(report.id, seen, sections, OutlineKind.ADD, new.title, self.person)
        left = {section.key: set(section.facts) for section in sections}
        return len({label for old in report.sections for label in old.facts if label not in left[old.key]})

    def _at_home(self, report: Report, sections: Sections, key: str, facts: Sequence[str]) -> Sections:
        """Names and dates may stand anywhere; figures, lists and tables are told once."""
        items = [item for label in facts if (item := report.sheet.schema.find(label)) is not None]
        once = (FieldType.LIST, FieldType.TABLE)
        shared = [item.label for item in items if not item.type.numeric and item.type not in once]
        return at_home(sections, key, [item.label for item in items], shared)

    def _taken(self, report: Report) -> set[str]:
        """Keys that stand for a section, also for one that was deleted: its texts are not another's."""
        gone = self.store.removed_sections(report.id)
        return {section.key for section in (*report.sections, *gone)}

    def _stop_gone(self, report_id: str, before: set[str]) -> None:
        now = {section.key for section in self.report(report_id).sections}
        for key in before - now:
            self.jobs.stop(JobKey(report_id, key))
