"""Shapes of a person's own: an outline that was taken from a report of theirs."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from assistant.errors import StorageError
from assistant.reports.types import Shape
from assistant.storage.repository import Repository, gone, now, shape_of
from assistant.storage.tables import OwnShapeRow

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OwnShape:
    """``shape.key`` is that of the preset that it stands on: what is required, and who speaks, is the same."""

    id: str
    report_type: str
    shape: Shape


class OwnShapeRepository(Repository):
    def add_own_shape(self, report_type: str, shape: Shape, made_by: str = "") -> str:
        """Keeps a shape; returns its id."""
        made = secrets.token_urlsafe(9)
        with self.database.writing() as connection:
            values = {"shape": shape.model_dump_json(), "made_by": made_by, "created": now()}
            connection.execute(insert(OwnShapeRow).values(id=made, report_type=report_type, **values))
        return made

    def own_shapes(self, report_type: str) -> list[OwnShape]:
        """Newest first. One that cannot be read any more is left out."""
        query = (
            select(OwnShapeRow.id, OwnShapeRow.shape)
            .where(OwnShapeRow.report_type == report_type)
            .order_by(OwnShapeRow.created.desc(), OwnShapeRow.id)
        )
        found = []
        with self.database.reading() as connection:
            for row in connection.execute(query):
                try:
                    found.append(OwnShape(row.id, report_type, shape_of(row.shape)))
                except StorageError:
                    _log.warning("own shape %s is not readable", row.id)
        return found

    def own_shape(self, shape_id: str) -> OwnShape:
        """Raises NotFound, StorageError for one that cannot be read."""
        query = select(OwnShapeRow.report_type, OwnShapeRow.shape).where(OwnShapeRow.id == shape_id)
        with self.database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise gone("这个样式")
        return OwnShape(shape_id, row.report_type, shape_of(row.shape))

    def drop_own_shape(self, shape_id: str) -> None:
        """Reports that were made from it keep their outline. Dropping twice is fine."""
        with self.database.writing() as connection:
            connection.execute(delete(OwnShapeRow).where(OwnShapeRow.id == shape_id))
