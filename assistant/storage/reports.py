"""Reports: new, open, copy, delete, undo."""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Text, bindparam, cast, delete, insert, select, update

from assistant.facts.sheet import FactSheet
from assistant.reports.report import Report, Section
from assistant.reports.types import Length, Shape
from assistant.storage.facts import insert_facts
from assistant.storage.repository import (
    Repository,
    gone,
    now,
    section_of,
    sections_query,
    shape_of,
    sheet_of,
)
from assistant.storage.tables import FactRow, ReportRow, SectionRow, SettingRow
from assistant.storage.texts import storable

#: Built once: putting a statement together takes longer than SQLite needs to answer it. Values as they are stored.
_FACTS = select(FactRow.label, cast(FactRow.value, Text)).where(FactRow.report_id == bindparam("report"))
_SECTIONS = sections_query().where(SectionRow.report_id == bindparam("report")).order_by(SectionRow.position)


class ReportRepository(Repository):
    def create_report(
        self, report_type: str, shape: Shape, length: Length, sheet: FactSheet, sections: Sequence[Section]
    ) -> Report:
        """A new report without texts. Raises StorageError."""
        report_id = secrets.token_urlsafe(9)
        with self.database.writing() as connection:
            self._insert(connection, report_id, report_type, shape.model_dump_json(), length, sheet, sections)
            return self._report(connection, report_id)

    def _insert(
        self,
        connection: Connection,
        report_id: str,
        report_type: str,
        shape: str,
        length: Length,
        sheet: FactSheet,
        sections: Sequence[Section],
    ) -> None:
        moment = now()
        connection.execute(
            insert(ReportRow).values(
                id=report_id, report_type=report_type, shape=shape, length=length.value, created=moment, updated=moment
            )
        )
        insert_facts(connection, report_id, sheet, "")
        if sections:
            connection.execute(
                insert(SectionRow), [_new_row(report_id, place, section) for place, section in enumerate(sections)]
            )

    def report(self, report_id: str) -> Report:
        """The whole report, as one moment saw it. Raises NotFound, also for a deleted one."""
        with self.database.reading() as connection:
            return self._report(connection, report_id)

    def _report(self, connection: Connection, report_id: str) -> Report:
        head = self._head(connection, report_id)
        schema = self.library.get(head.report_type).facts
        facts = connection.execute(_FACTS, {"report": report_id}).all()
        sections = connection.execute(_SECTIONS, {"report": report_id})
        return Report(
            id=head.id,
            report_type=head.report_type,
            shape=shape_of(head.shape),
            length=Length(head.length),
            sheet=self._reading.sheet(report_id, facts, schema, lambda: sheet_of(_read(facts), schema)),
            sections=tuple(self._reading.section(report_id, row, section_of) for row in sections),
            created=head.created,
            updated=head.updated,
        )

    def copy_report(self, report_id: str, sheet: FactSheet) -> Report:
        """A new report of the same outline and briefs with ``sheet``, without texts and locks. Raises NotFound."""
        new_id = secrets.token_urlsafe(9)
        with self.database.writing() as connection:
            old = self._report(connection, report_id)
            sections = [replace(section, locked=False) for section in old.sections]
            shape = old.shape.model_dump_json()
            self._insert(connection, new_id, old.report_type, shape, old.length, sheet, sections)
            return self._report(connection, new_id)

    def set_length(self, report_id: str, length: Length) -> None:
        """Raises NotFound."""
        with self.database.writing() as connection:
            self._head(connection, report_id)
            connection.execute(
                update(ReportRow).where(ReportRow.id == report_id).values(length=length.value, updated=now())
            )

    def delete_report(self, report_id: str) -> None:
        """Puts it away; ``undelete_report`` brings it back until ``purge``. Deleting twice is fine. Raises NotFound."""
        self._set_deleted(report_id, now())

    def undelete_report(self, report_id: str) -> None:
        """Raises NotFound when it was purged."""
        self._set_deleted(report_id, None)

    def _set_deleted(self, report_id: str, moment: datetime.datetime | None) -> None:
        with self.database.writing() as connection:
            done = connection.execute(update(ReportRow).where(ReportRow.id == report_id).values(deleted_at=moment))
            if not done.rowcount:
                raise gone()

    def purge(self, older_than: datetime.timedelta) -> int:
        """Removes for good what was deleted longer ago than that, with all versions. Returns how many reports."""
        old = ReportRow.deleted_at < now() - older_than
        with self.database.writing() as connection:
            for report_id in connection.execute(select(ReportRow.id).where(old)).scalars().all():
                # What is kept of a report as a setting has no foreign key.
                kept = SettingRow.name.startswith(f"report.{report_id}.", autoescape=True)
                connection.execute(delete(SettingRow).where(kept))
            return connection.execute(delete(ReportRow).where(old)).rowcount


def _read(facts: Sequence[Row[str, str]]) -> dict[str, Any]:
    return {label: json.loads(value) for label, value in facts}


def _new_row(report_id: str, place: int, section: Section) -> dict[str, object]:
    return {
        "report_id": report_id,
        "key": section.key,
        "position": place,
        "depth": section.depth,
        "title": storable(section.title),
        "heading": storable(section.heading),
        "style": section.style.value,
        "template": section.template,
        "facts": list(section.facts),
        "weight": section.weight,
        "instruction": storable(section.instruction),
        "locked": section.locked,
        "seed": section.seed,
        "current": 0,
        "last": 0,
        "candidate": None,
        "characters": 0,
    }
