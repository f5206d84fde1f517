"""The list of reports: four queries however many reports there are, and no text is read."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from assistant.errors import InputError, StorageError
from assistant.facts.fields import FieldType
from assistant.facts.sheet import FactSheet
from assistant.reports.types import Length, ReportType, Shape
from assistant.slots.grammar import slots_in
from assistant.slots.render import render_text
from assistant.storage.repository import Repository, shape_of, sheet_of
from assistant.storage.tables import FactRow, ReportRow, SectionRow


@dataclass(frozen=True)
class ReportSummary:
    """One line of the list.

    Attributes:
        type_name: 党管武装工作; the folder's name where the report type is gone or broken.
        title: the report's title, rendered; 【待补：…】 where facts are missing.
        unit: the first text fact that the title names (清河镇); "" while empty.
        year: the sheet's first year fact.
        filled, total: facts with a value, facts asked for.
        drafted, sections: sections with text, sections that hold text.
        candidates: sections where a version waits to be accepted.
        updated: aware, UTC. ``deleted``: when it was put away, None while it was not.
    """

    id: str
    report_type: str
    type_name: str
    shape: str
    shape_name: str
    title: str
    unit: str
    year: int | None
    length: Length
    filled: int
    total: int
    drafted: int
    sections: int
    candidates: int
    created: datetime.datetime
    updated: datetime.datetime
    deleted: datetime.datetime | None


class SummaryRepository(Repository):
    def summaries(self, *, deleted: bool = False) -> list[ReportSummary]:
        """All reports, last changed first; with ``deleted`` those that were put away instead."""
        with self.database.reading() as connection:
            wanted = ReportRow.deleted_at.is_not(None) if deleted else ReportRow.deleted_at.is_(None)
            query = select(ReportRow.__table__).where(wanted).order_by(ReportRow.updated.desc(), ReportRow.id)
            heads = connection.execute(query).all()
            # Many reports share a type and a shape: each is read once.
            types = {key: self._type(key) for key in {head.report_type for head in heads}}
            shapes = {stored: _shape(stored) for stored in {head.shape for head in heads}}
            labels = {label for head in heads for label in _labels(shapes[head.shape], types[head.report_type])}
            filled = _filled(connection)
            facts = _facts(connection, labels)
            counts = _counts(connection)
        return [
            _summary(
                head,
                types[head.report_type],
                shapes[head.shape],
                facts.get(head.id, {}),
                filled.get(head.id, 0),
                counts.get(head.id),
            )
            for head in heads
        ]

    def changes(self, report_type: str) -> list[tuple[str, datetime.datetime]]:
        """Every report of a type that was not put away, with when it was last changed; the newest first. One query."""
        wanted = (ReportRow.report_type == report_type) & ReportRow.deleted_at.is_(None)
        query = select(ReportRow.id, ReportRow.updated).where(wanted).order_by(ReportRow.updated.desc(), ReportRow.id)
        with self.database.reading() as connection:
            return [(row.id, row.updated) for row in connection.execute(query)]

    def _type(self, key: str) -> ReportType | None:
        """None for a type that is gone or broken: it must not hide the reports of the others."""
        try:
            return self.library.get(key)
        except InputError:
            return None


def _shape(stored: str) -> Shape | None:
    try:
        return shape_of(stored)
    except StorageError:
        return None


def _filled(connection: Connection) -> dict[str, int]:
    query = select(FactRow.report_id, func.count().label("filled")).where(FactRow.filled).group_by(FactRow.report_id)
    return {row.report_id: row.filled for row in connection.execute(query)}


def _facts(connection: Connection, labels: set[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    query = select(FactRow.report_id, FactRow.label, FactRow.value).where(FactRow.label.in_(labels))
    for row in connection.execute(query):
        found[row.report_id][row.label] = row.value
    return found


def _counts(connection: Connection) -> dict[str, Row[Any]]:
    query = select(
        SectionRow.report_id,
        func.sum(case((SectionRow.template != "", 1), else_=0)).label("holding"),
        func.sum(case((SectionRow.characters > 0, 1), else_=0)).label("drafted"),
        func.count(SectionRow.candidate).label("candidates"),
    )
    query = query.where(SectionRow.removed_at.is_(None)).group_by(SectionRow.report_id)
    return {row.report_id: row for row in connection.execute(query)}


def _summary(
    head: Row[Any],
    kind: ReportType | None,
    shape: Shape | None,
    facts: dict[str, Any],
    filled: int,
    count: Row[Any] | None,
) -> ReportSummary:
    sheet = sheet_of(facts, kind.facts) if kind else None
    return ReportSummary(
        id=head.id,
        report_type=head.report_type,
        type_name=kind.name if kind else head.report_type,
        shape=shape.key if shape else "",
        shape_name=shape.name if shape else "样式读不出来",
        title=render_text(shape.title, sheet) if shape and sheet else "（打不开的报告）",
        unit=_unit(shape, sheet) if shape and sheet else "",
        year=_year(sheet) if sheet else None,
        length=Length(head.length),
        filled=filled,
        total=len(kind.facts.fields) if kind else 0,
        drafted=count.drafted if count else 0,
        sections=count.holding if count else 0,
        candidates=count.candidates if count else 0,
        created=head.created,
        updated=head.updated,
        deleted=head.deleted_at,
    )


def _labels(shape: Shape | None, kind: ReportType | None) -> set[str]:
    """The facts that a line of the list shows."""
    if shape is None or kind is None:
        return set()
    years = {field.label for field in kind.facts.fields if field.type is FieldType.YEAR}
    return years | {item.label for slot in slots_in(shape.title) if (item := kind.facts.find(slot.label))}


def _unit(shape: Shape, sheet: FactSheet) -> str:
    for slot in slots_in(shape.title):
        item = sheet.schema.find(slot.label)
        if item is not None and item.type is FieldType.TEXT:
            return sheet.text(item.label)
    return ""


def _year(sheet: FactSheet) -> int | None:
    years = (sheet.value(field.label) for field in sheet.schema.fields if field.type is FieldType.YEAR)
    return next((year for year in years if isinstance(year, int)), None)
