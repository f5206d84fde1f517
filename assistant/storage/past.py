"""A report as it was at an earlier time, from the records of what happened to its facts and texts."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from assistant.facts.sheet import FactSheet
from assistant.storage.facts import stored_facts
from assistant.storage.repository import Repository, sheet_of
from assistant.storage.tables import FactChangeRow, SectionRow, TextStepRow


class PastRepository(Repository):
    def sheet_at(self, report_id: str, at: datetime.datetime) -> FactSheet:
        """The facts as they stood at ``at`` (aware). Raises NotFound."""
        with self.database.reading() as connection:
            schema = self._schema(connection, report_id)
            facts = dict(stored_facts(connection, report_id))
            later = (
                select(FactChangeRow.label, FactChangeRow.before)
                .where(FactChangeRow.report_id == report_id, FactChangeRow.made > at, FactChangeRow.label != "")
                .order_by(FactChangeRow.id.desc())
            )
            for row in connection.execute(later):
                if row.before is None:
                    facts.pop(row.label, None)
                else:
                    facts[row.label] = row.before
            return sheet_of(facts, schema)

    def revisions_at(self, report_id: str, at: datetime.datetime) -> dict[str, int]:
        """Section key → number of the version that stood there at ``at`` (aware); 0 before the first."""
        with self.database.reading() as connection:
            now = select(SectionRow.key, SectionRow.current).where(SectionRow.report_id == report_id)
            found = {row.key: int(row.current) for row in connection.execute(now)}
            later = (
                select(SectionRow.key, TextStepRow.before)
                .join(SectionRow, SectionRow.id == TextStepRow.section_id)
                .where(TextStepRow.report_id == report_id, TextStepRow.made > at)
                .order_by(TextStepRow.id.desc())
            )
            found |= {row.key: int(row.before) for row in connection.execute(later)}
            return found

    def change_times(self, report_id: str) -> list[datetime.datetime]:
        """When texts or facts of the report changed, oldest first."""
        with self.database.reading() as connection:
            texts = select(TextStepRow.made).where(
                TextStepRow.report_id == report_id, TextStepRow.waiting_before.is_(None)
            )
            facts = select(FactChangeRow.made).where(FactChangeRow.report_id == report_id)
            return sorted(row.made for query in (texts, facts) for row in connection.execute(query))
