"""The append-only record of what happened to facts, for 撤销 and for 谁、什么时候填的."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from assistant.facts.fields import FactSchema
from assistant.facts.sheet import EMPTY, Fact
from assistant.reports.fact_history import FactChange, FactOrigin
from assistant.storage.repository import now, sheet_of
from assistant.storage.tables import FactChangeRow
from assistant.storage.texts import storable


def record_step(
    connection: Connection,
    report_id: str,
    changed: Mapping[str, tuple[Any, Any]],
    by: str,
    origin: FactOrigin,
    detail: str = "",
    target: int | None = None,
) -> None:
    """Keeps a step: label → (stored JSON before, after), None for a fact that is not there.

    A step that changed nothing but must be known (an undo that found all as it wanted it) is a row without a label.
    """
    last = connection.execute(
        select(func.coalesce(func.max(FactChangeRow.step), 0)).where(FactChangeRow.report_id == report_id)
    ).scalar_one()
    common = {
        "report_id": report_id,
        "step": last + 1,
        "origin": origin.value,
        "detail": storable(detail)[:200],
        "target": target,
        "made_by": by,
        "made": now(),
    }
    rows = [{**common, "label": label, "before": old, "after": new} for label, (old, new) in changed.items()]
    connection.execute(insert(FactChangeRow), rows or [{**common, "label": "", "before": None, "after": None}])


def steps_of(connection: Connection, report_id: str) -> list[tuple[int, FactOrigin, int | None]]:
    """(step, origin, target) of all steps in their order; small rows, however long the texts are."""
    query = (
        select(FactChangeRow.step, FactChangeRow.origin, FactChangeRow.target)
        .where(FactChangeRow.report_id == report_id)
        .group_by(FactChangeRow.step, FactChangeRow.origin, FactChangeRow.target)
        .order_by(FactChangeRow.step)
    )
    return [(row.step, FactOrigin(row.origin), row.target) for row in connection.execute(query)]


def rows_of(connection: Connection, report_id: str, step: int) -> Sequence[Row[Any]]:
    query = select(FactChangeRow.__table__).where(FactChangeRow.report_id == report_id, FactChangeRow.step == step)
    return connection.execute(query.order_by(FactChangeRow.id)).all()


def change_of(row: Row[Any], schema: FactSchema) -> FactChange:
    return FactChange(
        row.step,
        row.label,
        _fact(row.label, row.before, schema),
        _fact(row.label, row.after, schema),
        FactOrigin(row.origin),
        row.detail,
        row.made_by,
        row.made,
    )


def _fact(label: str, stored: Any, schema: FactSchema) -> Fact:
    """A stored fact; an empty one where it cannot be read any more."""
    return EMPTY if stored is None else sheet_of({label: stored}, schema).facts.get(label, EMPTY)
