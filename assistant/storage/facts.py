"""Facts of a report: one at a time from the form, or a whole sheet from a file."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from assistant.errors import UnknownNameError
from assistant.facts.sheet import Fact, FactSheet, plain_fact
from assistant.storage.repository import Repository, labels_of, now, sheet_of
from assistant.storage.tables import FactRow
from assistant.storage.texts import storable_json


class FactRepository(Repository):
    def set_fact(self, report_id: str, label: str, fact: Fact, updated_by: str = "") -> None:
        """Stores one fact; a blank one takes it away. The last writer of a fact wins; other facts are untouched.

        Raises:
            NotFound: no such report.
            UnknownNameError: the report type has no such fact.
        """
        with self.database.writing() as connection:
            item = self._schema(connection, report_id).find(label)
            if item is None:
                raise UnknownNameError(f"这种报告没有“{label}”这项事实。", "请从事实表里选一项。")
            if fact.blank:
                _remove(connection, report_id, {item.label})
            else:
                put_fact(connection, report_id, item.label, fact, updated_by)
            self._touch(connection, report_id)

    def set_facts(self, report_id: str, sheet: FactSheet, updated_by: str = "") -> None:
        """Replaces the whole sheet at once. Raises NotFound.

        Stored facts that cannot be read any more (the report type changed) stay, in case it changes back.
        """
        with self.database.writing() as connection:
            schema = self._schema(connection, report_id)
            query = select(FactRow.label, FactRow.value).where(FactRow.report_id == report_id)
            stored = labels_of(connection.execute(query))
            _remove(connection, report_id, set(sheet_of(stored, schema).facts) - set(sheet.facts))
            for label, fact in sheet.facts.items():
                if stored.get(label) != storable_json(plain_fact(fact)):
                    put_fact(connection, report_id, label, fact, updated_by)
            self._touch(connection, report_id)


def put_fact(connection: Connection, report_id: str, label: str, fact: Fact, updated_by: str) -> None:
    values = _values(fact, updated_by)
    done = connection.execute(
        update(FactRow)
        .where(FactRow.report_id == report_id, FactRow.label == label)
        .values(**values, revision=FactRow.revision + 1)
    )
    if not done.rowcount:
        connection.execute(insert(FactRow).values(report_id=report_id, label=label, revision=1, **values))


def insert_facts(connection: Connection, report_id: str, sheet: FactSheet, updated_by: str) -> None:
    """The facts of a report that has none yet."""
    rows = [
        {"report_id": report_id, "label": label, "revision": 1, **_values(fact, updated_by)}
        for label, fact in sheet.facts.items()
        if not fact.blank
    ]
    if rows:
        connection.execute(insert(FactRow), rows)


def _values(fact: Fact, updated_by: str) -> dict[str, object]:
    value = storable_json(plain_fact(fact))
    return {"value": value, "filled": not fact.empty, "updated": now(), "updated_by": updated_by}


def _remove(connection: Connection, report_id: str, labels: set[str]) -> None:
    if labels:
        connection.execute(delete(FactRow).where(FactRow.report_id == report_id, FactRow.label.in_(labels)))
