"""The append-only record of what happened to texts: every time a section's pointer moves, from where to where."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, func, insert, select

from assistant.reports.steps import open_steps
from assistant.reports.text_history import LONGEST, PAUSE, StepKind, TextMove, TextStep, moves_of
from assistant.storage.repository import now
from assistant.storage.tables import SectionRow, TextStepRow
from assistant.storage.texts import storable

# Built once, as in `repository`.
_MINE = TextStepRow.report_id == bindparam("report")
_THIS = TextStepRow.step == bindparam("number")
_REPORT = select(SectionRow.report_id).where(SectionRow.id == bindparam("section"))
_KEEP = insert(TextStepRow)
_NEWEST = select(func.coalesce(func.max(TextStepRow.step), 0)).where(_MINE)
_LAST_MOVE = select(TextStepRow.__table__).where(_MINE).order_by(TextStepRow.id.desc()).limit(1)
_BEGAN = select(func.min(TextStepRow.made)).where(_MINE, _THIS)
_DISPLACED = (
    select(TextStepRow.waiting_before)
    .where(TextStepRow.section_id == bindparam("section"), TextStepRow.target == bindparam("number"))
    .where(TextStepRow.kind == bindparam("undo"))
    .order_by(TextStepRow.id.desc())
    .limit(1)
)
_STEPS = (
    select(TextStepRow.step, TextStepRow.kind, TextStepRow.target)
    .join(SectionRow, SectionRow.id == TextStepRow.section_id)
    .where(_MINE, SectionRow.removed_at.is_(None))
    .group_by(TextStepRow.step, TextStepRow.kind, TextStepRow.target)
    .order_by(TextStepRow.step)
)
_MOVES = (
    select(TextStepRow.__table__, SectionRow.key, SectionRow.title)
    .join(SectionRow, SectionRow.id == TextStepRow.section_id)
    .where(_MINE, _THIS, SectionRow.removed_at.is_(None))
    .order_by(TextStepRow.id)
)


@dataclass(frozen=True)
class Why:
    """What moves a section's pointer.

    Attributes:
        detail: more about it in words.
        step: the number of a step that moves several sections; None for the next one.
        target: the step that an UNDO takes back or a REDO does again.
    """

    kind: StepKind
    by: str = ""
    detail: str = ""
    step: int | None = None
    target: int | None = None


def record_move(
    connection: Connection,
    section_id: int,
    before: int,
    after: int,
    why: Why,
    waiting: tuple[int, int] | None = None,
) -> None:
    """Keeps one move. Typing that goes on in the same section belongs to the step before.

    Args:
        waiting: what waits beside the text, before and after, where that moved and the text did not.
    """
    moment = now()
    report_id = str(connection.execute(_REPORT, {"section": section_id}).scalar_one())
    step = why.step or _running_step(connection, report_id, section_id, why, moment) or next_step(connection, report_id)
    row = {
        "report_id": report_id,
        "section_id": section_id,
        "step": step,
        "before": before,
        "after": after,
        "waiting_before": waiting[0] if waiting else None,
        "waiting_after": waiting[1] if waiting else None,
        "kind": why.kind.value,
        "detail": storable(why.detail)[:200],
        "target": why.target,
        "made_by": why.by[:100],
        "made": moment,
    }
    connection.execute(_KEEP, row)


def next_step(connection: Connection, report_id: str) -> int:
    return int(connection.execute(_NEWEST, {"report": report_id}).scalar_one()) + 1


def _running_step(
    connection: Connection, report_id: str, section_id: int, why: Why, moment: datetime.datetime
) -> int | None:
    """The step that this save goes on with; None where it begins one."""
    if why.kind is not StepKind.EDIT:
        return None
    last = connection.execute(_LAST_MOVE, {"report": report_id}).first()
    if last is None or last.kind != why.kind or (last.section_id, last.made_by) != (section_id, why.by[:100]):
        return None
    began = connection.execute(_BEGAN, {"report": report_id, "number": last.step}).scalar_one()
    # A clock that was set back ends the stretch too.
    running = datetime.timedelta() <= moment - last.made <= PAUSE and moment - began <= LONGEST
    return int(last.step) if running else None


class Batches:
    """Moves of several sections that are one step for 撤销, as long as it was not taken back.

    Kept in memory: what belongs to one press comes through one process, and goes with it.
    """

    def __init__(self) -> None:
        self._steps: dict[str, int] = {}

    def why(self, connection: Connection, report_id: str, batch: str, why: Why) -> Why:
        """The step that the batch made before, or a new one for it."""
        undo, _ = open_steps(steps_of(connection, report_id))
        step = self._steps.get(batch)
        if step is None or step not in undo:
            step = next_step(connection, report_id)
            self._steps[batch] = step
        # One step is of one kind: that of its first move.
        first = text_step(connection, report_id, step)
        return replace(why, step=step, kind=first.kind if first else why.kind)


def displaced(connection: Connection, section_id: int, step: int) -> int | None:
    """What waited beside the text when a step was undone last; None where it never was, or moved no such text."""
    row = connection.execute(_DISPLACED, {"section": section_id, "number": step, "undo": StepKind.UNDO.value}).first()
    return None if row is None else row.waiting_before


def steps_of(connection: Connection, report_id: str) -> list[tuple[int, str, int | None]]:
    """(step, kind, target) of all steps in their order; what only happened to deleted sections waits for them."""
    rows = connection.execute(_STEPS, {"report": report_id})
    return [(row.step, row.kind, row.target) for row in rows]


def text_step(connection: Connection, report_id: str, number: int) -> TextStep | None:
    """A step with its moves. None where its sections were taken out of the report."""
    rows = connection.execute(_MOVES, {"report": report_id, "number": number}).all()
    if not rows:
        return None
    last = rows[-1]
    moves = moves_of(
        TextMove(
            row.key,
            row.title,
            row.before,
            row.after,
            None if row.waiting_before is None else (row.waiting_before, row.waiting_after),
        )
        for row in rows
    )
    return TextStep(number, StepKind(last.kind), last.detail, moves, last.made_by, last.made)
