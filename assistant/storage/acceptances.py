"""Numbers that a person keeps though no fact stands behind them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, select

from assistant.reports.acceptance import AcceptedNumber
from assistant.storage.repository import Repository, now
from assistant.storage.tables import AcceptedRow


class AcceptanceRepository(Repository):
    def accepted_numbers(self, report_id: str) -> list[AcceptedNumber]:
        """All that were ever kept and not taken back, oldest first; also those whose sentence is another one now."""
        query = select(AcceptedRow.__table__).where(AcceptedRow.report_id == report_id).order_by(AcceptedRow.id)
        with self.database.reading() as connection:
            return [_accepted(row) for row in connection.execute(query)]

    def accept_number(self, report_id: str, accepted: AcceptedNumber, by: str = "") -> AcceptedNumber:
        """Keeps a number; one that is kept already stays with who kept it first. Raises NotFound."""
        with self.database.writing() as connection:
            self._head(connection, report_id)
            query = select(AcceptedRow.__table__).where(AcceptedRow.report_id == report_id)
            known = [_accepted(row) for row in connection.execute(query)]
            for one in known:
                if one.key == accepted.key:
                    return one
            done = connection.execute(
                insert(AcceptedRow).values(
                    report_id=report_id,
                    section_key=accepted.section_key,
                    part=accepted.part,
                    sentence=accepted.sentence,
                    place=accepted.place,
                    number=accepted.number,
                    rule=accepted.rule,
                    expected=accepted.expected,
                    accepted_by=by,
                    accepted=now(),
                )
            )
            self._touch(connection, report_id)
            (made,) = done.inserted_primary_key or (0,)
            query = select(AcceptedRow.__table__).where(AcceptedRow.id == made)
            return _accepted(connection.execute(query).one())

    def take_back_number(self, report_id: str, accepted_id: int) -> None:
        """The number is a finding again. Taking back twice is fine. Raises NotFound for the report."""
        with self.database.writing() as connection:
            self._head(connection, report_id)
            connection.execute(
                delete(AcceptedRow).where(AcceptedRow.id == accepted_id, AcceptedRow.report_id == report_id)
            )
            self._touch(connection, report_id)


def _accepted(row: Row[Any]) -> AcceptedNumber:
    return AcceptedNumber(
        section_key=row.section_key,
        part=row.part,
        sentence=row.sentence,
        place=row.place,
        number=row.number,
        rule=row.rule,
        expected=row.expected,
        by=row.accepted_by,
        when=row.accepted,
        id=row.id,
    )
