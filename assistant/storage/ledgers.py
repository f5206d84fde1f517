"""How ledgers of the user's own were matched to facts, by the fingerprint of their headers. No value of a ledger."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from assistant.storage.repository import Repository, now
from assistant.storage.tables import LedgerMappingRow
from assistant.storage.texts import storable


class LedgerRepository(Repository):
    def ledger_mapping(self, report_type: str, fingerprint: str) -> str | None:
        """The decisions of before, as ``put_ledger_mapping`` was given them; None for a ledger never seen."""
        query = select(LedgerMappingRow.mapping).where(
            LedgerMappingRow.report_type == report_type, LedgerMappingRow.fingerprint == fingerprint
        )
        with self.database.reading() as connection:
            return connection.execute(query).scalar()

    def put_ledger_mapping(self, report_type: str, fingerprint: str, mapping: str) -> None:
        """Keeps the decisions in place of earlier ones for the same headers."""
        same = (LedgerMappingRow.report_type == report_type, LedgerMappingRow.fingerprint == fingerprint)
        values = {"mapping": storable(mapping), "updated": now()}
        with self.database.writing() as connection:
            if not connection.execute(update(LedgerMappingRow).where(*same).values(**values)).rowcount:
                connection.execute(
                    insert(LedgerMappingRow).values(report_type=report_type, fingerprint=fingerprint, **values)
                )

    def forget_ledger_mapping(self, report_type: str, fingerprint: str) -> None:
        """The next ledger with these headers is asked about again. Forgetting twice is fine."""
        with self.database.writing() as connection:
            connection.execute(
                delete(LedgerMappingRow).where(
                    LedgerMappingRow.report_type == report_type, LedgerMappingRow.fingerprint == fingerprint
                )
            )
