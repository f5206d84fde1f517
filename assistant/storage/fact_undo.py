"""撤销 and 重做 of facts, across reloads, and what happened to one fact."""

from __future__ import annotations

from sqlalchemy import Connection, select

from assistant.errors import InputError
from assistant.facts.fields import FactSchema
from assistant.reports.fact_history import FactChange, FactOrigin, FactStep
from assistant.reports.steps import Ways, open_steps
from assistant.storage.fact_changes import change_of, rows_of, steps_of
from assistant.storage.facts import write_facts
from assistant.storage.repository import Repository
from assistant.storage.tables import FactChangeRow


class FactUndoRepository(Repository):
    def fact_ways(self, report_id: str) -> Ways[FactStep]:
        """What can be undone and redone now. Raises NotFound."""
        with self.database.reading() as connection:
            schema = self._schema(connection, report_id)
            undo, redo = open_steps(steps_of(connection, report_id))
            return Ways(*(_step(connection, report_id, way[-1:], schema) for way in (undo, redo)))

    def fact_changes(self, report_id: str, label: str, limit: int = 5) -> list[FactChange]:
        """The last changes of one fact, newest first; none for what a report began with. Raises NotFound."""
        query = (
            select(FactChangeRow.__table__)
            .where(FactChangeRow.report_id == report_id, FactChangeRow.label == label)
            .order_by(FactChangeRow.id.desc())
            .limit(limit)
        )
        with self.database.reading() as connection:
            schema = self._schema(connection, report_id)
            return [change_of(row, schema) for row in connection.execute(query)]

    def undo_facts(self, report_id: str, step: int, by: str = "") -> FactStep:
        """Takes back the step that 撤销 named. Raises NotFound, InputError when it is another one by now."""
        return self._again(report_id, step, by, FactOrigin.UNDO)

    def redo_facts(self, report_id: str, step: int, by: str = "") -> FactStep:
        """Does again what was taken back. Raises NotFound, InputError when it is another one by now."""
        return self._again(report_id, step, by, FactOrigin.REDO)

    def _again(self, report_id: str, step: int, by: str, origin: FactOrigin) -> FactStep:
        with self.database.writing() as connection:
            schema = self._schema(connection, report_id)
            undo, redo = open_steps(steps_of(connection, report_id))
            way = undo if origin is FactOrigin.UNDO else redo
            found = _step(connection, report_id, [step], schema) if way[-1:] == [step] else None
            if found is None:
                raise InputError("事实刚刚又改过了，没有动。", "请看清按钮上写的是哪一步，再按一次。")
            rows = rows_of(connection, report_id, step)
            wanted = {row.label: row.before if origin is FactOrigin.UNDO else row.after for row in rows if row.label}
            write_facts(connection, report_id, wanted, schema, by, origin, rows[0].detail, target=step)
            self._touch(connection, report_id)
            return found


def _step(connection: Connection, report_id: str, numbers: list[int], schema: FactSchema) -> FactStep | None:
    for number in numbers:
        changes = tuple(change_of(row, schema) for row in rows_of(connection, report_id, number))
        if changes:
            return FactStep(number, changes)
    return None
