"""Named milestones of a report (送审稿一): kept whole, compared with now, put in place again as new versions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, select

from assistant.errors import InputError
from assistant.reports.milestone import Milestone, MilestoneText
from assistant.reports.report import Origin
from assistant.reports.text_history import StepKind
from assistant.storage.facts import stored_facts
from assistant.storage.repository import Repository, gone, now, sections_query
from assistant.storage.tables import MilestoneRow, SectionRow
from assistant.storage.text_steps import Why, next_step
from assistant.storage.texts import storable
from assistant.storage.versions import NewText, again, append, put_in_place, text_of

#: Characters of a name, and milestones of one report.
LONGEST_NAME, MOST = 40, 60


class MilestoneRepository(Repository):
    def add_milestone(self, report_id: str, name: str, by: str = "") -> Milestone:
        """Keeps all texts in place and all facts under a name. Raises NotFound, InputError."""
        name = " ".join(storable(name).split())
        if not name or len(name) > LONGEST_NAME:
            raise InputError(f"名称应有 1 到 {LONGEST_NAME} 个字。", "请改一个名称，例如“送审稿一”。")
        with self.database.writing() as connection:
            self._head(connection, report_id)
            known = connection.execute(select(MilestoneRow.name).where(MilestoneRow.report_id == report_id)).all()
            if name in {row.name for row in known}:
                raise InputError(f"已经有“{name}”了。", "请换一个名称，或先删去旧的一份。")
            if len(known) >= MOST:
                raise InputError(f"一份报告最多留 {MOST} 份。", "请先删去不用的。")
            query = sections_query().where(SectionRow.report_id == report_id).order_by(SectionRow.position)
            texts = [
                {"key": row.key, "title": row.title, "revision": row.current, "text": row.text or ""}
                for row in connection.execute(query)
                if row.template
            ]
            values = {"name": name, "made_by": by[:100], "made": now(), "texts": texts}
            facts = stored_facts(connection, report_id)
            done = connection.execute(insert(MilestoneRow).values(report_id=report_id, facts=facts, **values))
            (made,) = done.inserted_primary_key or (0,)
            return _milestone(connection.execute(select(MilestoneRow.__table__).where(MilestoneRow.id == made)).one())

    def milestones(self, report_id: str) -> list[Milestone]:
        """Newest first. Raises NotFound."""
        query = select(MilestoneRow.__table__).where(MilestoneRow.report_id == report_id)
        with self.database.reading() as connection:
            self._head(connection, report_id)
            return [_milestone(row) for row in connection.execute(query.order_by(MilestoneRow.id.desc()))]

    def delete_milestone(self, report_id: str, milestone_id: int) -> None:
        """Deleting twice is fine; the versions stay. Raises NotFound for the report."""
        chosen = (MilestoneRow.report_id == report_id, MilestoneRow.id == milestone_id)
        with self.database.writing() as connection:
            self._head(connection, report_id)
            connection.execute(delete(MilestoneRow).where(*chosen))

    def restore_milestone(self, report_id: str, milestone_id: int, by: str = "") -> tuple[list[str], list[str]]:
        """Puts its texts in place again, as new versions and one step that can be undone.

        Returns:
            Titles of the sections that changed, and of those that did not because they are locked or no longer there.

        Raises:
            NotFound: the report, or the milestone, is gone.
        """
        chosen = (MilestoneRow.report_id == report_id, MilestoneRow.id == milestone_id)
        with self.database.writing() as connection:
            self._head(connection, report_id)
            row = connection.execute(select(MilestoneRow.__table__).where(*chosen)).first()
            if row is None:
                raise gone("这份留存稿")
            milestone = _milestone(row)
            why = Why(StepKind.MILESTONE, by, milestone.name, next_step(connection, report_id))
            query = sections_query().where(SectionRow.report_id == report_id)
            sections = {section.key: section for section in connection.execute(query)}
            changed: list[str] = []
            left: list[str] = []
            for text in milestone.texts:
                section = sections.get(text.key)
                if section is not None and (section.text or "") == text.text:
                    continue
                if section is None or section.locked:
                    left.append(text.title)
                    continue
                new = again(connection, section.id, text.revision, by)
                if text_of(connection, section.id, text.revision) != text.text:
                    # Another section of the same key: its versions are not those of then.
                    new = NewText(text.text, Origin.RESTORE, by=by)
                number = append(connection, section.id, new)
                put_in_place(connection, section.id, number, len(new.text), section.current, why)
                changed.append(section.title)
            if changed:
                self._touch(connection, report_id)
            return changed, left


def _milestone(row: Row[Any]) -> Milestone:
    texts = tuple(MilestoneText(one["key"], one["title"], one["revision"], one["text"]) for one in row.texts)
    return Milestone(row.id, row.name, row.made_by, row.made, texts, row.facts)
