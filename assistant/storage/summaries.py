"""The list of reports: four queries however many reports there are, and no text is read."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from assistant.errors import NigaoError
from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.sheet import FactSheet
from assistant.reports.types import Length, Shape
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
            heads = connection.execute(
                select(ReportRow.__table__).where(wanted).order_by(ReportRow.updated.desc(), ReportRow.id)
            ).all()
            shapes = {stored: shape_of(stored) for stored in {head.shape for head in heads}}
            schemas = {key: self._schema_or_none(key) for key in {head.report_type for head in heads}}
            labels = {label for head in heads for label in _title_labels(shapes[head.shape], schemas[head.report_type])}
            filled = {
                row.report_id: row.filled
                for row in connection.execute(
                    select(FactRow.report_id, func.count().label("filled"))
                    .where(FactRow.filled)
                    .group_by(FactRow.report_id)
                )
            }
            facts: dict[str, dict[str, Any]] = defaultdict(dict)
            for row in connection.execute(
                select(FactRow.report_id, FactRow.label, FactRow.value).where(FactRow.label.in_(labels))
            ):
                facts[row.report_id][row.label] = row.value
            counts = {
                row.report_id: row
                for row in connection.execute(
                    select(
                        SectionRow.report_id,
                        func.sum(case((SectionRow.template != "", 1), else_=0)).label("holding"),
                        func.sum(case((SectionRow.characters > 0, 1), else_=0)).label("drafted"),
                        func.count(SectionRow.candidate).label("candidates"),
                    ).group_by(SectionRow.report_id)
                )
            }
        found: list[ReportSummary] = []
        for head in heads:
            shape, schema, count = shapes[head.shape], schemas[head.report_type], counts.get(head.id)
            sheet = sheet_of(facts[head.id], schema) if schema else None
            found.append(
                ReportSummary(
                    id=head.id,
                    report_type=head.report_type,
                    type_name=self._type_name(head.report_type) if schema else head.report_type,
                    shape=shape.key,
                    shape_name=shape.name,
                    title=render_text(shape.title, sheet) if sheet else shape.name,
                    unit=_unit(shape, sheet),
                    year=_year(sheet),
                    length=Length(head.length),
                    filled=filled.get(head.id, 0),
                    total=len(schema.fields) if schema else 0,
                    drafted=count.drafted if count else 0,
                    sections=count.holding if count else 0,
                    candidates=count.candidates if count else 0,
                    created=head.created,
                    updated=head.updated,
                    deleted=head.deleted_at,
                )
            )
        return found

    def _schema_or_none(self, report_type: str) -> FactSchema | None:
        try:
            return self.library.get(report_type).facts
        except NigaoError:
            # One broken report type must not hide the reports of the others.
            return None

    def _type_name(self, report_type: str) -> str:
        return self.library.get(report_type).name


def _title_labels(shape: Shape, schema: FactSchema | None) -> set[str]:
    if schema is None:
        return set()
    years = {field.label for field in schema.fields if field.type is FieldType.YEAR}
    named = {item.label for slot in slots_in(shape.title) if (item := schema.find(slot.label))}
    return years | named


def _unit(shape: Shape, sheet: FactSheet | None) -> str:
    if sheet is None:
        return ""
    for slot in slots_in(shape.title):
        item = sheet.schema.find(slot.label)
        if item is not None and item.type is FieldType.TEXT:
            return sheet.text(item.label)
    return ""


def _year(sheet: FactSheet | None) -> int | None:
    if sheet is None:
        return None
    years = (sheet.value(field.label) for field in sheet.schema.fields if field.type is FieldType.YEAR)
    return next((year for year in years if isinstance(year, int)), None)
