"""Outlines: changed by compare-and-swap, step by step, each step undone with one press, also after a reload."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from assistant.errors import InputError
from assistant.facts.sheet import Fact, plain_fact
from assistant.reports.fact_history import FactOrigin
from assistant.reports.outline_history import OutlineKind, OutlineStep, State, carried, mark_of, state_of
from assistant.reports.report import Origin, Report, Section
from assistant.reports.steps import Ways, open_steps
from assistant.reports.text_history import StepKind
from assistant.reports.types import Shape
from assistant.storage.facts import stored_facts, write_facts
from assistant.storage.reports import ReportRepository
from assistant.storage.repository import now, section_of, sections_query, shape_of
from assistant.storage.tables import OutlineStepRow, ReportRow, SectionRow
from assistant.storage.text_steps import Why, next_step, steps_of, text_step
from assistant.storage.texts import storable, storable_json
from assistant.storage.versions import NewText, again, append, put_in_place, text_of


@dataclass(frozen=True)
class Speaking:
    """Who speaks, and what goes with it.

    Attributes:
        facts: that are another now (the 文种).
        texts: section key → (revision that it was written for, new text). One that moved on keeps its own.
    """

    shape: Shape
    facts: Mapping[str, Fact] = field(default_factory=dict)
    texts: Mapping[str, tuple[int, NewText]] = field(default_factory=dict)


class OutlineRepository(ReportRepository):
    def put_outline(
        self,
        report_id: str,
        expected: str,
        sections: Sequence[Section],
        kind: OutlineKind,
        detail: str = "",
        by: str = "",
        speaking: Speaking | None = None,
    ) -> Report:
        """Makes these the report's sections. Of a section only what is outline is written; a new key is a new section,
        or one that was deleted, which comes back with its texts; one that is left out keeps its versions.

        Args:
            expected: the ``mark_of`` the report that the change was thought out on.

        Raises:
            InputError: the outline is another one by now; nothing was done.
            NotFound: no such report.
        """
        with self.database.writing() as connection:
            report = self._report(connection, report_id)
            if mark_of(report) != expected:
                raise _moved_on()
            before: dict[str, Any] = {"sections": state_of(report.sections), "shape": None, "facts": {}}
            after: dict[str, Any] = {"sections": state_of(sections), "shape": None, "facts": {}}
            if before["sections"] == after["sections"] and speaking is None:
                return report
            changed_texts = None
            if speaking is not None:
                before["shape"], after["shape"] = report.shape.model_dump_json(), speaking.shape.model_dump_json()
                before["facts"] = {label: None for label in speaking.facts} | stored_facts(
                    connection, report_id, speaking.facts
                )
                after["facts"] = {label: plain_fact(fact) for label, fact in speaking.facts.items()}
            self._write(connection, report_id, report, before, after, by, detail)
            if speaking is not None:
                changed_texts = _put_texts(connection, report_id, speaking.texts, by, f"各节（改为{detail}）")
            self._record(connection, report_id, before, after, changed_texts, kind, detail, by)
            return self._report(connection, report_id)

    def outline_ways(self, report_id: str) -> Ways[OutlineStep]:
        """What can be undone and redone now. Raises NotFound."""
        with self.database.reading() as connection:
            self._head(connection, report_id)
            rows = _steps(connection, report_id)
            undo, redo = open_steps((row.step, row.kind, row.target) for row in rows)
            found = {row.step: row for row in rows}
            return Ways(*(_told(found[way[-1]]) if way else None for way in (undo, redo)))

    def undo_outline(self, report_id: str, step: int, by: str = "") -> OutlineStep:
        """Takes back the step that 撤销 named, with the texts that it brought.

        Raises InputError when it is another one by now, or sections stand in another order; NotFound.
        """
        return self._step_back(report_id, step, by, OutlineKind.UNDO)

    def redo_outline(self, report_id: str, step: int, by: str = "") -> OutlineStep:
        """Does again what was taken back. Raises as ``undo_outline`` does."""
        return self._step_back(report_id, step, by, OutlineKind.REDO)

    def shape_at(self, report_id: str, at: datetime.datetime) -> Shape | None:
        """The shape that the report had at ``at`` (aware), if it has changed since; None where it is the same one."""
        with self.database.reading() as connection:
            later = (
                row.before["shape"] for row in _steps(connection, report_id, at) if row.before["shape"] is not None
            )
            found = next(later, None)
            return None if found is None else shape_of(found)

    def removed_sections(self, report_id: str) -> list[Section]:
        """Those that were deleted, the last one first. Raises NotFound."""
        with self.database.reading() as connection:
            self._head(connection, report_id)
            query = sections_query(removed_too=True).where(
                SectionRow.report_id == report_id, SectionRow.removed_at.is_not(None)
            )
            rows = connection.execute(query.order_by(SectionRow.removed_at.desc(), SectionRow.id.desc()))
            return [section_of(row) for row in rows]

    def keep_removed_text(self, report_id: str, key: str, text: str, by: str = "") -> bool:
        """Puts what a person typed into a section that was deleted under their hands. False where there is none.

        Raises InputError: too long. NotFound: no such report.
        """
        new = NewText.clean(text, Origin.EDIT, "", "", "", True, by=by)
        with self.database.writing() as connection:
            self._head(connection, report_id)
            query = sections_query(removed_too=True).where(SectionRow.report_id == report_id, SectionRow.key == key)
            row = connection.execute(query.where(SectionRow.removed_at.is_not(None))).first()
            if row is None:
                return False
            if (row.text or "") != new.text:
                number = append(connection, row.id, new)
                put_in_place(connection, row.id, number, len(new.text), row.current, Why(StepKind.EDIT, by))
            return True

    def _step_back(self, report_id: str, step: int, by: str, kind: OutlineKind) -> OutlineStep:
        with self.database.writing() as connection:
            report = self._report(connection, report_id)
            rows = {row.step: row for row in _steps(connection, report_id)}
            undo, redo = open_steps((row.step, row.kind, row.target) for row in rows.values())
            way = undo if kind is OutlineKind.UNDO else redo
            if way[-1:] != [step]:
                raise _moved_on()
            found = rows[step]
            there, goal = (found.after, found.before) if kind is OutlineKind.UNDO else (found.before, found.after)
            wanted = carried(state_of(report.sections), there["sections"], goal["sections"])
            if wanted is None:
                raise _moved_on()
            now_there = {**there, "sections": state_of(report.sections)}
            self._write(connection, report_id, report, now_there, {**goal, "sections": wanted}, by, found.detail)
            if found.text_step is not None:
                _texts_back(connection, report_id, found.text_step, by, kind, found.detail)
            self._record(connection, report_id, there, goal, None, kind, found.detail, by, step)
            return _told(found)

    def _write(
        self,
        connection: Connection,
        report_id: str,
        report: Report,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        by: str,
        detail: str,
    ) -> None:
        _write_sections(connection, report_id, report, after["sections"])
        values: dict[str, Any] = {"updated": now()}
        if after["shape"] is not None:
            values["shape"] = after["shape"]
        connection.execute(update(ReportRow).where(ReportRow.id == report_id).values(**values))
        # A fact that a person changed since is theirs.
        stored = stored_facts(connection, report_id, after["facts"])
        facts = {
            label: value for label, value in after["facts"].items() if stored.get(label) == before["facts"].get(label)
        }
        if facts:
            schema = self.library.get(report.report_type).facts
            write_facts(connection, report_id, facts, schema, by, FactOrigin.FORM, detail)

    @staticmethod
    def _record(
        connection: Connection,
        report_id: str,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        text_step_number: int | None,
        kind: OutlineKind,
        detail: str,
        by: str,
        target: int | None = None,
    ) -> None:
        last = select(func.coalesce(func.max(OutlineStepRow.step), 0)).where(OutlineStepRow.report_id == report_id)
        connection.execute(
            insert(OutlineStepRow).values(
                report_id=report_id,
                step=int(connection.execute(last).scalar_one()) + 1,
                before=storable_json(dict(before)),
                after=storable_json(dict(after)),
                text_step=text_step_number,
                kind=kind.value,
                detail=storable(detail)[:200],
                target=target,
                made_by=by[:100],
                made=now(),
            )
        )


def _write_sections(connection: Connection, report_id: str, report: Report, wanted: State) -> None:
    known = {
        row.key: row.id
        for row in connection.execute(select(SectionRow.key, SectionRow.id).where(SectionRow.report_id == report_id))
    }
    for place, one in enumerate(wanted):
        values: dict[str, Any] = {
            **one,
            "position": place,
            "removed_at": None,
            "title": storable(str(one["title"]), "标题"),
            "heading": storable(str(one["heading"]), "标题"),
            "instruction": storable(str(one["instruction"]), "这条要求"),
        }
        if one["key"] in known:
            connection.execute(update(SectionRow).where(SectionRow.id == known[str(one["key"])]).values(**values))
        else:
            values |= {"locked": False, "seed": 0, "current": 0, "last": 0, "candidate": None, "characters": 0}
            connection.execute(insert(SectionRow).values(report_id=report_id, **values))
    kept = {one["key"] for one in wanted}
    left_out = [known[section.key] for section in report.sections if section.key not in kept]
    if left_out:
        connection.execute(update(SectionRow).where(SectionRow.id.in_(left_out)).values(removed_at=now()))


def _put_texts(
    connection: Connection, report_id: str, texts: Mapping[str, tuple[int, NewText]], by: str, detail: str
) -> int | None:
    """Puts new texts in place as one step of texts. Returns its number, None where no text changed."""
    why = Why(StepKind.REDRAW, by, detail, next_step(connection, report_id))
    rows = {row.key: row for row in connection.execute(sections_query().where(SectionRow.report_id == report_id))}
    done = False
    for key, (revision, new) in texts.items():
        row = rows.get(key)
        if row is None or row.current != revision or row.locked or (row.text or "") == new.text:
            continue
        number = append(connection, row.id, new)
        done |= put_in_place(connection, row.id, number, len(new.text), revision, why)
    return why.step if done else None


def _texts_back(connection: Connection, report_id: str, step: int, by: str, kind: OutlineKind, detail: str) -> None:
    """Undoes or redoes the step of texts, in the sections whose text nobody touched since."""
    undo, redo = open_steps(steps_of(connection, report_id))
    found = text_step(connection, report_id, step)
    if found is None or step not in (undo if kind is OutlineKind.UNDO else redo):
        return
    word = StepKind.UNDO if kind is OutlineKind.UNDO else StepKind.REDO
    why = Why(word, by, detail, next_step(connection, report_id), step)
    rows = {row.key: row for row in connection.execute(sections_query().where(SectionRow.report_id == report_id))}
    for move in found.moves:
        there, goal = (move.after, move.before) if kind is OutlineKind.UNDO else (move.before, move.after)
        row = rows.get(move.section_key)
        if row is None or (row.text or "") != text_of(connection, row.id, there):
            continue
        new = again(connection, row.id, goal, by)
        number = append(connection, row.id, new)
        put_in_place(connection, row.id, number, len(new.text), row.current, why)


def new_draft(text: str, engine: str, snapshot: Mapping[str, Any], by: str) -> NewText:
    """A text that an engine wrote, to go along with a change of who speaks. Raises InputError: too long."""
    return NewText.clean(text, Origin.DRAFT, engine, "", "", True, snapshot, by)


def _steps(connection: Connection, report_id: str, after: datetime.datetime | None = None) -> list[Row[Any]]:
    """In their order. ``after``: those made later (aware), None for all."""
    table = OutlineStepRow.__table__
    query = select(table).where(OutlineStepRow.report_id == report_id).order_by(OutlineStepRow.step)
    return list(connection.execute(query if after is None else query.where(OutlineStepRow.made > after)))


def _told(row: Row[Any]) -> OutlineStep:
    return OutlineStep(row.step, OutlineKind(row.kind), row.detail, row.made_by, row.made, row.text_step)


def _moved_on() -> InputError:
    return InputError("提纲刚刚在别处改过了，这一步没有做。", "页面上已是最新的提纲，请看清后再做一次。")
