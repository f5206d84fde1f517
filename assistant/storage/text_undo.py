"""撤销 and 重做 of texts across a report, and across reloads: an older text is put in place again as a new version."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, update

from assistant.errors import InputError
from assistant.reports.steps import Ways, open_steps
from assistant.reports.text_history import StepKind, TextMove, TextStep
from assistant.storage.repository import Repository
from assistant.storage.tables import SectionRow
from assistant.storage.text_steps import Why, displaced, next_step, steps_of, text_step
from assistant.storage.versions import again, append, put_beside, put_in_place, text_of


class TextUndoRepository(Repository):
    def text_ways(self, report_id: str) -> Ways[TextStep]:
        """What can be undone and redone now. Raises NotFound."""
        with self.database.reading() as connection:
            self._head(connection, report_id)
            undo, redo = open_steps(steps_of(connection, report_id))
            found = [text_step(connection, report_id, way[-1]) if way else None for way in (undo, redo)]
            return Ways(*found)

    def undo_text(self, report_id: str, step: int, by: str = "") -> TextStep:
        """Takes back the step that 撤销 named, in all its sections.

        Raises NotFound, InputError when it is another one by now.
        """
        return self._text_step(report_id, step, by, StepKind.UNDO)

    def redo_text(self, report_id: str, step: int, by: str = "") -> TextStep:
        """Does again what was taken back. Raises as ``undo_text`` does."""
        return self._text_step(report_id, step, by, StepKind.REDO)

    def _text_step(self, report_id: str, step: int, by: str, kind: StepKind) -> TextStep:
        with self.database.writing() as connection:
            self._head(connection, report_id)
            undo, redo = open_steps(steps_of(connection, report_id))
            way = undo if kind is StepKind.UNDO else redo
            found = text_step(connection, report_id, step) if way[-1:] == [step] else None
            if found is None:
                raise _moved_on()
            why = Why(kind, by, found.detail, next_step(connection, report_id), step)
            aside = [move.title for move in found.moves if self._put_back(connection, report_id, move, why, found.kind)]
            self._touch(connection, report_id)
            return replace(found, put_aside=tuple(aside))

    def _put_back(self, connection: Connection, report_id: str, move: TextMove, why: Why, undone: StepKind) -> bool:
        """Returns whether another text that waited beside the section's own went back into the history."""
        row = self._section_row(connection, report_id, move.section_key)
        if move.waiting is not None:
            return _put_back_beside(connection, row, move.waiting, why)
        # Whatever stands there now stays in the history: a section that was away for a while may have another text.
        goal = move.before if why.kind is StepKind.UNDO else move.after
        new = again(connection, row.id, goal, why.by)
        number = append(connection, row.id, new)
        if not put_in_place(connection, row.id, number, len(new.text), row.current, why):
            raise _moved_on()
        # Who takes an acceptance back wants to decide once more.
        if undone is StepKind.ACCEPT and why.kind is StepKind.UNDO and row.candidate is None:
            connection.execute(update(SectionRow).where(SectionRow.id == row.id).values(candidate=move.after))
        if undone is StepKind.ACCEPT and why.kind is StepKind.REDO and row.candidate == move.after:
            connection.execute(update(SectionRow).where(SectionRow.id == row.id).values(candidate=None))
        return False


def _put_back_beside(connection: Connection, row: Row[Any], waiting: tuple[int, int], why: Why) -> bool:
    """A refused text waits again, or is refused again. Returns whether it took the place of another."""
    before, after = waiting
    here = row.candidate or 0
    if why.kind is StepKind.REDO:
        # What came meanwhile and had to make room comes back with it; what came since was never refused.
        kept = displaced(connection, row.id, why.target) if why.target else None
        put_beside(connection, row, here if here not in (0, before) else after if kept is None else kept, why)
        return False
    put_beside(connection, row, before, why)
    others = {0, before, after}
    return here not in others and text_of(connection, row.id, here) != text_of(connection, row.id, after or before)


def _moved_on() -> InputError:
    return InputError("文字刚刚又改过了，没有动。", "请看清按钮上写的是哪一步，再按一次。")
