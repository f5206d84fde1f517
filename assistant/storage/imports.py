"""Files that a person is going through: kept until every find is decided, so that a reload loses nothing."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from assistant.facts.sheet import FactSheet, plain_fact
from assistant.reports.fact_history import FactOrigin
from assistant.storage.facts import stored_facts, write_facts
from assistant.storage.repository import Repository, gone, now, sheet_of
from assistant.storage.tables import ImportRow
from assistant.storage.texts import storable


@dataclass(frozen=True)
class StoredImport:
    """One file. ``content``: JSON in ASCII; ``revision`` counts its changes; ``created``: aware, UTC."""

    id: str
    report_id: str
    name: str
    content: str
    revision: int
    created: datetime.datetime


class ImportRepository(Repository):
    def add_import(self, report_id: str, name: str, content: str, data: bytes | None = None) -> str:
        """Keeps a file's finds; returns their id. Raises NotFound: no such report."""
        made = secrets.token_urlsafe(9)
        with self.database.writing() as connection:
            self._head(connection, report_id)
            connection.execute(
                insert(ImportRow).values(
                    id=made,
                    report_id=report_id,
                    name=storable(name),
                    content=content,
                    data=data,
                    revision=1,
                    created=now(),
                )
            )
        return made

    def imports(self, report_id: str) -> list[StoredImport]:
        """What waits for a report, oldest first."""
        with self.database.reading() as connection:
            query = _query().where(ImportRow.report_id == report_id).order_by(ImportRow.created, ImportRow.id)
            return [_import_of(row) for row in connection.execute(query)]

    def import_(self, import_id: str) -> StoredImport:
        """Raises NotFound."""
        with self.database.reading() as connection:
            return self._import(connection, import_id)

    def import_data(self, import_id: str) -> bytes:
        """The file itself, where it is still needed. Raises NotFound."""
        with self.database.reading() as connection:
            found = connection.execute(select(ImportRow.data).where(ImportRow.id == import_id)).scalar()
        if found is None:
            raise gone("这份材料")
        return bytes(found)

    def change_import(self, import_id: str, change: Callable[[str], str]) -> StoredImport:
        """Changes the content as it is by now. Raises NotFound, and what ``change`` raises."""
        with self.database.writing() as connection:
            found = self._import(connection, import_id)
            content = change(found.content)
            connection.execute(
                update(ImportRow).where(ImportRow.id == import_id).values(content=content, revision=found.revision + 1)
            )
            return self._import(connection, import_id)

    def take_import(
        self,
        import_id: str,
        change: Callable[[FactSheet, StoredImport], FactSheet],
        updated_by: str = "",
        detail: str = "",
    ) -> None:
        """Writes what a person takes of a file into its report: one transaction, one step to undo.

        Args:
            change: (the sheet as it is now, the file) → the sheet with what is taken; it may raise, and then nothing
                is written.

        Raises:
            NotFound: the file or its report is gone.
        """
        with self.database.writing() as connection:
            found = self._import(connection, import_id)
            schema = self._schema(connection, found.report_id)
            sheet = sheet_of(stored_facts(connection, found.report_id), schema)
            taken = change(sheet, found)
            wanted = {label: plain_fact(fact) for label, fact in taken.facts.items() if fact != sheet.facts.get(label)}
            if wanted:
                write_facts(connection, found.report_id, wanted, schema, updated_by, FactOrigin.IMPORT, detail)
                self._touch(connection, found.report_id)

    def drop_import(self, import_id: str) -> None:
        """Lets go of a file and its finds; facts that were taken stay. Dropping twice is fine."""
        with self.database.writing() as connection:
            connection.execute(delete(ImportRow).where(ImportRow.id == import_id))

    @staticmethod
    def _import(connection: Connection, import_id: str) -> StoredImport:
        row = connection.execute(_query().where(ImportRow.id == import_id)).first()
        if row is None:
            raise gone("这份材料")
        return _import_of(row)


def _query() -> Any:
    return select(
        ImportRow.id, ImportRow.report_id, ImportRow.name, ImportRow.content, ImportRow.revision, ImportRow.created
    )


def _import_of(row: Row[Any]) -> StoredImport:
    return StoredImport(row.id, row.report_id, row.name, row.content, row.revision, row.created)
