"""What a person does to a report's texts: edit, choose, look back, go back. The desk's side of 起草."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.errors import InputError, NotFound
from assistant.fact_keeping import FactKeeping
from assistant.facts.sheet import Fact
from assistant.reports.fact_history import FactOrigin
from assistant.reports.memory import Memory
from assistant.reports.milestone import Milestone, next_name
from assistant.reports.report import Origin, Report, Section, SectionState, Version
from assistant.reports.snapshot import changed_since, snapshot_of
from assistant.reports.steps import Ways
from assistant.reports.text_history import Entry, StepKind, TextStep, entries
from assistant.slots.differences import Change, differences
from assistant.slots.hunks import Hunk, hunks, taken

#: Differences that are remembered: a page is drawn several times while a candidate waits.
_REMEMBERED = 256


#: The page draws a history with every run; hours of typing make hundreds of versions.
_histories: Memory[list[Entry]] = Memory(_REMEMBERED)


@lru_cache(_REMEMBERED)
def changes_between(old: str, new: str) -> tuple[Change, ...]:
    """The way from one slot text to another, in words."""
    return tuple(differences(old, new))


@dataclass(frozen=True)
class Since:
    """What changed since a milestone, in reading order.

    Attributes:
        texts: (section's title, its text then, its text now); a section that is not there has "".
        facts: label → (then, now).
    """

    texts: tuple[tuple[str, str, str], ...]
    facts: Mapping[str, tuple[Fact, Fact]]


class Revising(FactKeeping):
    """Texts, candidates, versions, 撤销, milestones and locks."""

    # ---- texts

    def edit(self, report_id: str, key: str, text: str, revision: int, move: str = "") -> Section:
        """Saves what a person typed, as written on the facts of this moment.

        Args:
            move: a name for what goes from one section to another: both sections' texts are one step.

        Raises EditConflict when somebody saved first.
        """
        return self._put(report_id, key, text, revision, StepKind.MOVE if move else None, move)

    def _put(
        self, report_id: str, key: str, text: str, revision: int, kind: StepKind | None = None, batch: str = ""
    ) -> Section:
        report = self.report(report_id)
        if report.section(key) is None and self.store.keep_removed_text(report_id, key, text, self.person):
            raise InputError(
                "这一节已从提纲里删去，刚才写的字随它留着。", "要用的话，请在“编辑提纲”的“添加”里放回这一节。"
            )
        snapshot = snapshot_of(self._section(report, key), text, report.sheet)
        return self.store.save_text(
            report_id, key, text, revision, Origin.EDIT, snapshot=snapshot, by=self.person, kind=kind, batch=batch
        )

    def keep_aside(self, report_id: str, key: str, text: str) -> None:
        """Puts a person's text into the section's history; what is in place, and what waits beside it, stays."""
        self.store.keep_aside(report_id, key, text, self.person)

    def lock(self, report_id: str, key: str, locked: bool) -> None:
        """A locked section is redrawn by nobody, one at a time or all at once, until it is unlocked."""
        self.store.update_section(report_id, key, locked=locked)

    def passed_over(self, report: Report) -> tuple[list[Section], list[Section]]:
        """The sections that 全部重写 leaves alone: those that a person changed, and those that are locked."""
        locked = [section for section in report.written if section.locked]
        edited = [one for one in report.written if one.state is SectionState.EDITED and not one.locked]
        return edited, locked

    def _save_draft(self, report_id: str, section_key: str, text: str, **how: Any) -> bool:
        """``Store.save_draft`` in the name of who works here."""
        return self.store.save_draft(report_id, section_key, text, by=self.person, **how)

    # ---- candidates

    def candidates(self, report_id: str) -> dict[str, Version]:
        """Model texts that wait for a person, by section key."""
        return self.store.candidates(report_id)

    def accept_candidate(self, report_id: str, key: str, number: int, revision: int) -> Section:
        return self.store.accept_candidate(report_id, key, number, revision, self.person)

    def refuse_candidate(self, report_id: str, key: str, number: int) -> None:
        """Keeps the text as it is; one 撤销 has the candidate wait again."""
        self.store.refuse_candidate(report_id, key, number, by=self.person)

    def discard_candidate(self, report_id: str, key: str, number: int) -> None:
        """Takes back the wish for a candidate, which is itself a 撤销 and no step."""
        self.store.discard_candidate(report_id, key, number)

    def accept_change(self, report_id: str, key: str, number: int, revision: int, hunk: Hunk) -> Section:
        """Takes one place of the candidate; the others wait on. The last one takes the candidate as it is.

        Raises:
            EditConflict: the text in place moved on. InputError: the candidate did.
        """
        section, waiting = self._waiting(report_id, key, number)
        changes = changes_between(section.text, waiting.text)
        places = hunks(changes)
        if section.revision == revision and hunk not in places:
            raise _another()
        text = taken(changes, {hunk.number})
        if text == waiting.text or len(places) == 1:
            return self.accept_candidate(report_id, key, number, revision)
        return self._put(report_id, key, text, revision, StepKind.ACCEPT_PART)

    def refuse_change(self, report_id: str, key: str, number: int, hunk: Hunk) -> None:
        """Leaves one place as it is; the candidate waits without it, or no more when it was the last.

        Raises InputError when another candidate waits, or the text in place is another one now.
        """
        section, waiting = self._waiting(report_id, key, number)
        changes = changes_between(section.text, waiting.text)
        places = hunks(changes)
        if hunk not in places:
            raise _another()
        if len(places) == 1:
            self.refuse_candidate(report_id, key, number)
            return
        rest = taken(changes, {place.number for place in places} - {hunk.number})
        self.store.refuse_candidate(report_id, key, number, rest, by=self.person)

    def _waiting(self, report_id: str, key: str, number: int) -> tuple[Section, Version]:
        section = self._section(self.report(report_id), key)
        waiting = self.store.candidate(report_id, key)
        if waiting is None or waiting.number != number:
            raise _another()
        return section, waiting

    # ---- versions

    def versions(self, report_id: str, key: str) -> list[Version]:
        """Newest first."""
        return self.store.versions(report_id, key)

    def history(self, report_id: str, section: Section) -> list[Entry]:
        """The versions, newest first, the saves of one stretch of typing as one."""
        last = self.store.last_version(report_id, section.key)
        return _histories.get(
            f"{report_id}/{section.key}",
            (last, section.revision),
            lambda: entries(self.versions(report_id, section.key), section.revision),
        )

    def restore(self, report_id: str, key: str, number: int) -> Section:
        """Puts an old version in place again, as a new one. Raises InputError where the section is locked."""
        section = self._section(self.report(report_id), key)
        if section.locked:
            raise InputError(f"“{section.title}”已锁定，没有恢复。", "请先解锁，再恢复。")
        old = next((version for version in self.versions(report_id, key) if version.number == number), None)
        if old is None:
            raise InputError(f"没有第 {number} 稿。", "请刷新页面。")
        return self.store.save_text(
            report_id,
            key,
            old.text,
            section.revision,
            Origin.RESTORE,
            old.engine,
            old.model,
            complete=old.complete,
            filtered=old.filtered,
            # Its words were written on the facts of then.
            snapshot=old.snapshot,
            by=self.person,
            source=number,
        )

    # ---- 撤销 and 重做

    def text_ways(self, report_id: str) -> Ways[TextStep]:
        """The steps that 撤销 and 重做 stand for now, of all sections."""
        return self.store.text_ways(report_id)

    def undo_text(self, report_id: str, step: int) -> TextStep:
        """Takes back the step of that number; raises InputError when another one is the last by now."""
        return self.store.undo_text(report_id, step, self.person)

    def redo_text(self, report_id: str, step: int) -> TextStep:
        return self.store.redo_text(report_id, step, self.person)

    # ---- milestones

    def milestones(self, report_id: str) -> list[Milestone]:
        """Newest first."""
        return self.store.milestones(report_id)

    def next_milestone(self, report_id: str) -> str:
        """The name that is proposed for the next one."""
        return next_name(milestone.name for milestone in self.milestones(report_id))

    def keep_milestone(self, report_id: str, name: str) -> Milestone:
        """Keeps all texts and facts under a name. Raises InputError for a name that is taken."""
        return self.store.add_milestone(report_id, name, self.person)

    def delete_milestone(self, report_id: str, milestone_id: int) -> None:
        self.store.delete_milestone(report_id, milestone_id)

    def since_milestone(self, report: Report, milestone: Milestone) -> Since:
        """What is another now than it was then."""
        then = {text.key: text for text in milestone.texts}
        texts = [
            (section.title, then[section.key].text if section.key in then else "", section.text)
            for section in report.written
        ]
        here = {section.key for section in report.written}
        texts += [(text.title, text.text, "") for text in milestone.texts if text.key not in here]
        # What was not in the sheet then was empty.
        before = {label: milestone.facts.get(label) for label in {*milestone.facts, *report.sheet.facts}}
        changed = changed_since(before, report.sheet)
        ordered = {label: changed[label] for label in report.sheet.schema.by_label if label in changed}
        return Since(tuple(text for text in texts if text[1] != text[2]), ordered)

    def restore_milestone(self, report_id: str, milestone: Milestone, *, facts: bool) -> tuple[list[str], list[str]]:
        """Puts the texts of then in place, as new versions; with ``facts`` those of then too, as a step of 事实.

        Returns:
            Titles of the sections that changed, and of those that did not because they are locked or gone.
        """
        done = self.store.restore_milestone(report_id, milestone.id, self.person)
        if facts:
            report = self.report(report_id)
            since = self.since_milestone(report, milestone)
            then = {label: before for label, (before, _) in since.facts.items()}
            if then:
                self.store.put_facts(report_id, then, self.person, FactOrigin.LOAD, milestone.name)
        return done

    def milestone(self, report_id: str, milestone_id: int) -> Milestone:
        """Raises NotFound."""
        found = next((one for one in self.milestones(report_id) if one.id == milestone_id), None)
        if found is None:
            raise NotFound("这份留存稿已经不在了。", "它可能在别处删去了；请刷新页面。")
        return found


def _another() -> InputError:
    return InputError("新稿或原稿刚刚变了，没有动。", "请看清现在的对照，再按一次。")
