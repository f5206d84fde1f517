"""The one way in which a section's text changes: a version is appended, then a pointer moves. Inside a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from assistant.errors import StorageError
from assistant.reports.report import Origin
from assistant.reports.snapshot import Snapshot
from assistant.storage.repository import now
from assistant.storage.tables import SectionRow, VersionRow
from assistant.storage.text_steps import Why, record_move
from assistant.storage.texts import storable, storable_json

# Built once, as in `repository`.
_MINE = SectionRow.id == bindparam("section")
_NUMBER = update(SectionRow).where(_MINE).values(last=SectionRow.last + 1)
_LAST = select(SectionRow.last).where(_MINE)
_APPEND = insert(VersionRow)
_PUT = (
    update(SectionRow)
    .where(_MINE, SectionRow.current == bindparam("expected"))
    .values(current=bindparam("number"), characters=bindparam("length"))
)
_NO_CANDIDATE = update(SectionRow).where(_MINE, SectionRow.candidate == bindparam("number")).values(candidate=None)
_BESIDE = update(SectionRow).where(_MINE).values(candidate=bindparam("number"))
_VERSION = select(VersionRow.__table__).where(
    VersionRow.section_id == bindparam("section"), VersionRow.number == bindparam("number")
)


@dataclass(frozen=True)
class NewText:
    """A text to store, cleaned: what a Version holds before it has a number."""

    text: str
    origin: Origin
    engine: str = ""
    model: str = ""
    instruction: str = ""
    complete: bool = True
    snapshot: Snapshot | None = None
    by: str = ""
    source: int | None = None
    filtered: bool = False

    @classmethod
    def clean(
        cls,
        text: str,
        origin: Origin,
        engine: str,
        model: str,
        instruction: str,
        complete: bool,
        snapshot: Snapshot | None = None,
        by: str = "",
        source: int | None = None,
        filtered: bool = False,
    ) -> NewText:
        """Raises InputError for a text that is too long."""
        return cls(
            storable(text),
            origin,
            storable(engine),
            storable(model),
            storable(instruction, "这条要求"),
            complete,
            snapshot,
            storable(by)[:100],
            source,
            filtered,
        )


def append(connection: Connection, section_id: int, new: NewText) -> int:
    """Writes the text as the section's newest version, not yet in place. Returns its number."""
    done = connection.execute(_NUMBER, {"section": section_id})
    if done.rowcount != 1:
        raise StorageError("这一节在保存时被移走了，没有存进去。", "请刷新页面后再试一次。")
    number = int(connection.execute(_LAST, {"section": section_id}).scalar_one())
    row = {
        "section_id": section_id,
        "number": number,
        "text": new.text,
        "origin": new.origin.value,
        "engine": new.engine,
        "model": new.model,
        "instruction": new.instruction,
        "complete": new.complete,
        "written": now(),
        "snapshot": None if new.snapshot is None else storable_json(dict(new.snapshot)),
        "made_by": new.by or None,
        "source": new.source,
        "filtered": new.filtered,
    }
    connection.execute(_APPEND, row)
    return number


def put_in_place(
    connection: Connection, section_id: int, number: int, characters: int, expected: int, why: Why
) -> bool:
    """Makes the version the current one if ``expected`` still is, and keeps the step for 撤销.

    A candidate of that number is one no more.
    """
    moved = {"section": section_id, "expected": expected, "number": number, "length": characters}
    done = connection.execute(_PUT, moved)
    connection.execute(_NO_CANDIDATE, {"section": section_id, "number": number})
    if done.rowcount != 1:
        return False
    record_move(connection, section_id, expected, number, why)
    return True


def again(connection: Connection, section_id: int, number: int, by: str) -> NewText:
    """An older version as a new one that tells where it comes from; number 0 is the section without a text."""
    row = version_row(connection, section_id, number)
    if row is None:
        return NewText("", Origin.RESTORE, by=by)
    return NewText(
        row.text, Origin(row.origin), row.engine, row.model, row.instruction, row.complete, row.snapshot, by,
        row.source or row.number, bool(row.filtered),
    )  # fmt: skip


def text_of(connection: Connection, section_id: int, number: int) -> str:
    """The text of a version; "" for number 0."""
    row = version_row(connection, section_id, number)
    return "" if row is None else str(row.text)


def offer(connection: Connection, section_id: int, new: NewText) -> int:
    """Appends the text as the section's candidate, in place of an older one. Returns its number."""
    number = append(connection, section_id, new)
    connection.execute(update(SectionRow).where(SectionRow.id == section_id).values(candidate=number))
    return number


def put_beside(connection: Connection, row: Row[Any], number: int, why: Why) -> None:
    """Has version ``number`` wait beside the text, 0 for none, and keeps the step for 撤销.

    Args:
        row: the section as it stands.
    """
    connection.execute(_BESIDE, {"section": row.id, "number": number or None})
    record_move(connection, row.id, row.current, row.current, why, (row.candidate or 0, number))


def version_row(connection: Connection, section_id: int, number: int) -> Row[Any] | None:
    return connection.execute(_VERSION, {"section": section_id, "number": number}).first()
