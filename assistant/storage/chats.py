"""The conversation of each report, kept with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from assistant.reports.chat import Role, Said, Turn
from assistant.reports.steps import open_steps
from assistant.storage import fact_changes, text_steps
from assistant.storage.repository import Repository, gone, now
from assistant.storage.tables import ChatTurnRow
from assistant.storage.texts import storable


class ChatRepository(Repository):
    def add_turn(self, report_id: str, role: Role, said: Said) -> Turn:
        """Appends a turn. Raises NotFound: no such report."""
        at = now()
        with self.database.writing() as connection:
            self._head(connection, report_id)
            last = connection.execute(
                select(func.max(ChatTurnRow.number)).where(ChatTurnRow.report_id == report_id)
            ).scalar()
            number = (last or 0) + 1
            connection.execute(
                insert(ChatTurnRow).values(
                    report_id=report_id, number=number, role=role.value, content=_content(said), made=at
                )
            )
        return Turn(number, role, said, at)

    def turns(self, report_id: str, limit: int = 20, before: int | None = None) -> list[Turn]:
        """The last ``limit`` turns, of those with a smaller number than ``before``; oldest first."""
        query = _query(report_id).order_by(ChatTurnRow.number.desc()).limit(limit)
        if before is not None:
            query = query.where(ChatTurnRow.number < before)
        with self.database.reading() as connection:
            return _after_steps(connection, report_id, [_turn(row) for row in connection.execute(query)][::-1])

    def turn(self, report_id: str, number: int) -> Turn:
        """Raises NotFound."""
        with self.database.reading() as connection:
            return self._turn(connection, report_id, number)

    def change_turn(self, report_id: str, number: int, change: Callable[[Said], Said]) -> Turn:
        """Changes a turn as it is by now, in one transaction. Raises NotFound, and what ``change`` raises."""
        with self.database.writing() as connection:
            said = change(self._turn(connection, report_id, number).said)
            connection.execute(
                update(ChatTurnRow)
                .where(ChatTurnRow.report_id == report_id, ChatTurnRow.number == number)
                .values(content=_content(said))
            )
            return self._turn(connection, report_id, number)

    def clear_turns(self, report_id: str, upto: int) -> None:
        """Forgets the turns up to a number; what was taken of them stays."""
        with self.database.writing() as connection:
            connection.execute(
                delete(ChatTurnRow).where(ChatTurnRow.report_id == report_id, ChatTurnRow.number <= upto)
            )

    @staticmethod
    def _turn(connection: Connection, report_id: str, number: int) -> Turn:
        row = connection.execute(_query(report_id).where(ChatTurnRow.number == number)).first()
        if row is None:
            raise gone("这段对话")
        return _after_steps(connection, report_id, [_turn(row)])[0]


def _after_steps(connection: Connection, report_id: str, turns: list[Turn]) -> list[Turn]:
    """Whatever took a step back, here or on another page, its proposals are told so."""
    if not any(turn.said.stepped for turn in turns):
        return turns
    facts, texts = (
        set(open_steps(steps)[0])
        for steps in (fact_changes.steps_of(connection, report_id), text_steps.steps_of(connection, report_id))
    )
    return [replace(turn, said=turn.said.after_steps(facts, texts)) for turn in turns]


def _content(said: Said) -> str:
    return storable(said.model_dump_json())


def _query(report_id: str) -> Any:
    return select(ChatTurnRow.__table__).where(ChatTurnRow.report_id == report_id)


def _turn(row: Row[Any]) -> Turn:
    return Turn(row.number, Role(row.role), Said.model_validate_json(row.content), row.made)
