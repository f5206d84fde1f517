"""What all repositories share: the database, the report types, and how rows become domain objects."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Row, Select, and_, bindparam, select, update

from assistant.errors import NotFound, SheetError, StorageError
from assistant.facts.fields import FactSchema
from assistant.facts.sheet import Fact, FactSheet, read_facts
from assistant.reports.loader import Library
from assistant.reports.report import Origin, Section, Version
from assistant.reports.types import HeadingStyle, Shape
from assistant.storage.database import Database
from assistant.storage.reading import Reading
from assistant.storage.tables import ReportRow, SectionRow, VersionRow

_log = logging.getLogger(__name__)

#: Statements of every save and every page are built once: that takes longer than SQLite needs to answer them.
_HEAD = select(ReportRow.__table__).where(ReportRow.id == bindparam("report"), ReportRow.deleted_at.is_(None))
_TOUCH = update(ReportRow).where(ReportRow.id == bindparam("report")).values(updated=bindparam("updated"))


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def gone(what: str = "这份报告") -> NotFound:
    return NotFound(f"{what}已经不在了。", "它可能已被删除；请回到“报告”页刷新，刚删除的可以在那里恢复。")


class Repository:
    """Base of the repositories that make up a Store."""

    def __init__(self, database: Database, library: Library) -> None:
        self.database = database
        self.library = library
        self._reading = Reading()

    def _head(self, connection: Connection, report_id: str) -> Row[Any]:
        """The report's row. Raises NotFound, also for a deleted one."""
        found = connection.execute(_HEAD, {"report": report_id}).first()
        if found is None:
            raise gone()
        return found

    def _schema(self, connection: Connection, report_id: str) -> FactSchema:
        return self.library.get(self._head(connection, report_id).report_type).facts

    @staticmethod
    def _touch(connection: Connection, report_id: str) -> None:
        connection.execute(_TOUCH, {"report": report_id, "updated": now()})

    @staticmethod
    def _section_row(connection: Connection, report_id: str, key: str, *, deleted_too: bool = False) -> Row[Any]:
        """A section with its current version. Raises NotFound, unless asked also for a deleted one or report."""
        query = _SECTION_EVEN_DELETED if deleted_too else _SECTION
        found = connection.execute(query, {"report": report_id, "name": key}).first()
        if found is None:
            raise gone("这一节")
        return found


def sections_query(*, removed_too: bool = False) -> Select[Any]:
    """Sections, each with the version in place (columns of None before the first).

    Args:
        removed_too: also those that were taken out of their outline.
    """
    query = select(
        SectionRow.id,
        SectionRow.key,
        SectionRow.depth,
        SectionRow.title,
        SectionRow.heading,
        SectionRow.style,
        SectionRow.template,
        SectionRow.facts,
        SectionRow.weight,
        SectionRow.instruction,
        SectionRow.locked,
        SectionRow.seed,
        SectionRow.current,
        SectionRow.last,
        SectionRow.candidate,
        VersionRow.text,
        VersionRow.origin,
        VersionRow.engine,
        VersionRow.model,
        VersionRow.complete,
        VersionRow.filtered,
        VersionRow.written,
        VersionRow.snapshot,
        SectionRow.affirmed_revision,
        SectionRow.affirmed,
        SectionRow.affirmed_at,
    ).outerjoin(VersionRow, and_(VersionRow.section_id == SectionRow.id, VersionRow.number == SectionRow.current))
    return query if removed_too else query.where(SectionRow.removed_at.is_(None))


_SECTION_EVEN_DELETED = sections_query(removed_too=True).where(
    SectionRow.report_id == bindparam("report"), SectionRow.key == bindparam("name")
)
_SECTION = (
    sections_query()
    .where(SectionRow.report_id == bindparam("report"), SectionRow.key == bindparam("name"))
    .join(ReportRow, ReportRow.id == SectionRow.report_id)
    .where(ReportRow.deleted_at.is_(None))
)


def section_of(row: Row[Any]) -> Section:
    affirmed = row.affirmed_revision == row.current and row.affirmed is not None
    return Section(
        key=row.key,
        depth=row.depth,
        title=row.title,
        heading=row.heading,
        style=HeadingStyle(row.style),
        template=row.template,
        facts=tuple(row.facts),
        weight=row.weight,
        instruction=row.instruction,
        text=row.text or "",
        revision=row.current,
        origin=Origin(row.origin) if row.origin else None,
        engine=row.engine or "",
        model=row.model or "",
        complete=True if row.complete is None else row.complete,
        filtered=bool(row.filtered),
        locked=row.locked,
        seed=row.seed,
        written=row.written,
        snapshot=row.affirmed if affirmed else row.snapshot,
        affirmed=row.affirmed_at if affirmed else None,
    )


def version_of(row: VersionRow | Row[Any]) -> Version:
    return Version(
        number=row.number,
        text=row.text,
        origin=Origin(row.origin),
        engine=row.engine,
        model=row.model,
        instruction=row.instruction,
        complete=row.complete,
        written=row.written,
        snapshot=row.snapshot,
        by=row.made_by or "",
        source=row.source,
        filtered=bool(row.filtered),
    )


@lru_cache(maxsize=128)
def shape_of(stored: str) -> Shape:
    """Raises StorageError for a shape that this program cannot read."""
    try:
        return Shape.model_validate_json(stored)
    except ValidationError as error:
        _log.error("stored shape is not readable", exc_info=error)
        raise StorageError(
            "这份报告的样式读不出来。", "它可能是较新版本的拟稿建立的；请改用较新的版本打开，数据没有改动。"
        ) from error


def sheet_of(stored: Mapping[str, Any], schema: FactSchema) -> FactSheet:
    """The sheet of stored facts. A fact that the report type no longer knows, or reads otherwise, is left out."""
    try:
        return read_facts(stored, schema)
    except SheetError:
        facts: dict[str, Fact] = {}
        for label, value in stored.items():
            try:
                facts.update(read_facts({label: value}, schema).facts)
            except SheetError as error:
                _log.warning("stored fact %s is not readable: %s", label, error)
        return FactSheet(schema, facts)


def labels_of(rows: Iterable[Row[Any]]) -> dict[str, Any]:
    return {row.label: row.value for row in rows}
