"""Facts of a report: one at a time from the form, several at once, or a whole sheet; every change is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from assistant.errors import UnknownNameError
from assistant.facts.fields import FactSchema
from assistant.facts.sheet import Fact, FactSheet, plain_fact
from assistant.reports.fact_history import FactOrigin
from assistant.storage.fact_changes import record_step
from assistant.storage.repository import Repository, labels_of, now, sheet_of
from assistant.storage.tables import FactRow
from assistant.storage.texts import storable_json


class FactRepository(Repository):
    def set_fact(
        self,
        report_id: str,
        label: str,
        fact: Fact,
        updated_by: str = "",
        origin: FactOrigin = FactOrigin.FORM,
        detail: str = "",
    ) -> None:
        """Stores one fact; a blank one takes it away. The last writer of a fact wins; other facts are untouched.

        Raises:
            NotFound: no such report.
            UnknownNameError: the report type has no such fact.
        """
        self.put_facts(report_id, {label: fact}, updated_by, origin, detail)

    def put_facts(
        self,
        report_id: str,
        facts: Mapping[str, Fact],
        updated_by: str = "",
        origin: FactOrigin = FactOrigin.FORM,
        detail: str = "",
    ) -> None:
        """Stores several facts as one step, which is undone as a whole. Raises as ``set_fact`` does."""
        with self.database.writing() as connection:
            schema = self._schema(connection, report_id)
            found = {_label(schema, name): fact for name, fact in facts.items()}
            wanted = {label: None if fact.blank else plain_fact(fact) for label, fact in found.items()}
            write_facts(connection, report_id, wanted, schema, updated_by, origin, detail)
            self._touch(connection, report_id)

    def set_facts(
        self,
        report_id: str,
        sheet: FactSheet,
        updated_by: str = "",
        origin: FactOrigin = FactOrigin.LOAD,
        detail: str = "",
    ) -> None:
        """Replaces the whole sheet at once. Raises NotFound.

        Stored facts that cannot be read any more (the report type changed) stay, in case it changes back.
        """
        with self.database.writing() as connection:
            schema = self._schema(connection, report_id)
            readable = sheet_of(stored_facts(connection, report_id), schema).facts
            wanted: dict[str, Any] = dict.fromkeys(set(readable) - set(sheet.facts))
            wanted |= {label: plain_fact(fact) for label, fact in sheet.facts.items()}
            write_facts(connection, report_id, wanted, schema, updated_by, origin, detail)
            self._touch(connection, report_id)


def _label(schema: FactSchema, name: str) -> str:
    item = schema.find(name)
    if item is None:
        raise UnknownNameError(f"这种报告没有“{name}”这项事实。", "请从事实表里选一项。")
    return item.label


def stored_facts(connection: Connection, report_id: str, labels: Iterable[str] | None = None) -> dict[str, Any]:
    """Label → stored JSON, of these labels or of all."""
    query = select(FactRow.label, FactRow.value).where(FactRow.report_id == report_id)
    if labels is not None:
        query = query.where(FactRow.label.in_(list(labels)))
    return labels_of(connection.execute(query))


def write_facts(
    connection: Connection,
    report_id: str,
    wanted: Mapping[str, Any],
    schema: FactSchema,
    updated_by: str,
    origin: FactOrigin,
    detail: str = "",
    target: int | None = None,
) -> None:
    """Writes facts as JSON (None takes one away) and records what changed as one step; what is the same is left alone.

    Args:
        target: the step that an UNDO takes back or a REDO does again.
    """
    stored = stored_facts(connection, report_id, wanted)
    wanted = {label: storable_json(value) for label, value in wanted.items()}
    changed = {label: (stored.get(label), value) for label, value in wanted.items() if stored.get(label) != value}
    readable = sheet_of({label: value for label, (_, value) in changed.items() if value is not None}, schema).facts
    for label, (_, value) in changed.items():
        if value is not None:
            filled = label in readable and not readable[label].empty
            _put(connection, report_id, label, {"value": value, "filled": filled, **_stamp(updated_by)})
    _remove(connection, report_id, {label for label, (_, value) in changed.items() if value is None})
    # A step that finds everything as it wants it must still be known as undone.
    if changed or target is not None:
        record_step(connection, report_id, changed, updated_by, origin, detail, target)


def _put(connection: Connection, report_id: str, label: str, values: dict[str, Any]) -> None:
    done = connection.execute(
        update(FactRow)
        .where(FactRow.report_id == report_id, FactRow.label == label)
        .values(**values, revision=FactRow.revision + 1)
    )
    if not done.rowcount:
        connection.execute(insert(FactRow).values(report_id=report_id, label=label, revision=1, **values))


def insert_facts(connection: Connection, report_id: str, sheet: FactSheet, updated_by: str) -> None:
    """The facts of a report that has none yet; what it begins with is no step that could be undone."""
    rows = [
        {
            "report_id": report_id,
            "label": label,
            "revision": 1,
            "value": storable_json(plain_fact(fact)),
            "filled": not fact.empty,
            **_stamp(updated_by),
        }
        for label, fact in sheet.facts.items()
        if not fact.blank
    ]
    if rows:
        connection.execute(insert(FactRow), rows)


def _stamp(updated_by: str) -> dict[str, Any]:
    return {"updated": now(), "updated_by": updated_by}


def _remove(connection: Connection, report_id: str, labels: set[str]) -> None:
    if labels:
        connection.execute(delete(FactRow).where(FactRow.report_id == report_id, FactRow.label.in_(labels)))
