"""The tables, as the program wants them. A change here needs a migration; a test compares the two.

::

    reports ─┬─ facts       one row a fact that carries something
             ├─ fact_changes   append-only: what happened to the facts, step by step
             ├─ sections ── versions   append-only: triggers refuse UPDATE and DELETE
             ├─ text_steps  append-only: which version a section's pointer left, and which one it went to
             ├─ outline_steps  append-only: the outline before and after each change of it
             ├─ milestones  texts and facts of a named moment
             ├─ jobs        drafts in progress, with the process that runs them
             ├─ accepted_numbers   numbers that a person keeps without a fact
             ├─ imports     what was found in a file and waits to be decided
             └─ chat_turns  what was said to the assistant, and its answers
    settings                name → value
    ledger_mappings         report type and headers of a ledger → which column is which fact
    own_shapes              outlines that a person took from a report of their own
    calls                   requests to model services, without any text
"""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Utc(TypeDecorator[datetime.datetime]):
    """An aware time, held as naive UTC: SQLite knows no zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(datetime.UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime.datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=datetime.UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime.datetime: Utc}  # noqa: RUF012  (SQLAlchemy declares it so)


#: None is NULL, not the JSON text ``null``.
_NULLABLE_JSON = JSON(none_as_null=True)


def _report_id() -> Mapped[str]:
    return mapped_column(String(32), ForeignKey("reports.id", ondelete="CASCADE"))


class ReportRow(Base):
    """``shape`` is the JSON of the Shape that it was made from: an edited report type does not change old reports."""

    __tablename__ = "reports"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    report_type: Mapped[str] = mapped_column(String(100))
    shape: Mapped[str] = mapped_column(Text)
    length: Mapped[str] = mapped_column(String(20))
    created: Mapped[datetime.datetime]
    updated: Mapped[datetime.datetime]
    deleted_at: Mapped[datetime.datetime | None]


class FactRow(Base):
    """``value`` is ``plain_fact``; ``filled``: it carries a value for this year, not only last year's or a note."""

    __tablename__ = "facts"

    report_id: Mapped[str] = mapped_column(String(32), ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    label: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON, nullable=False)
    filled: Mapped[bool]
    revision: Mapped[int]
    updated: Mapped[datetime.datetime]
    updated_by: Mapped[str] = mapped_column(String(100))


class FactChangeRow(Base):
    """One fact in one step of the history, never changed after it was written; see ``reports.fact_history``.

    Attributes:
        before, after: as ``FactRow.value``; NULL where the fact is not there.
        target: the step that this one undid or did again, NULL for a change of its own.
    """

    __tablename__ = "fact_changes"
    __table_args__ = (Index(None, "report_id", "step"), Index(None, "report_id", "label"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[str] = _report_id()
    step: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    before: Mapped[Any] = mapped_column(_NULLABLE_JSON, nullable=True)
    after: Mapped[Any] = mapped_column(_NULLABLE_JSON, nullable=True)
    origin: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(200))
    target: Mapped[int | None]
    made_by: Mapped[str] = mapped_column(String(100))
    made: Mapped[datetime.datetime]


class SectionRow(Base):
    """A section's place, brief and pointers.

    Attributes:
        current: number of the version in place, 0 before the first; compare-and-swap works on it.
        last: highest number given out; numbers are never used twice.
        candidate: number of the version that waits to be accepted, None when none does.
        characters: length of the slot text in place, so that a list of reports need not read texts.
        affirmed: the facts on which a person said that version ``affirmed_revision`` still holds; in place of that
            version's own snapshot, which never changes.
        removed_at: when it was taken out of the outline, with all its versions kept; None for one that is in it.
    """

    __tablename__ = "sections"
    __table_args__ = (UniqueConstraint("report_id", "key"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[str] = _report_id()
    key: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]
    depth: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(Text)
    style: Mapped[str] = mapped_column(String(20))
    template: Mapped[str] = mapped_column(String(100))
    facts: Mapped[Any] = mapped_column(JSON, nullable=False)
    weight: Mapped[int]
    instruction: Mapped[str] = mapped_column(Text)
    locked: Mapped[bool]
    seed: Mapped[int] = mapped_column(BigInteger)
    current: Mapped[int]
    last: Mapped[int]
    candidate: Mapped[int | None]
    characters: Mapped[int]
    affirmed_revision: Mapped[int | None]
    affirmed: Mapped[Any] = mapped_column(_NULLABLE_JSON, nullable=True)
    affirmed_at: Mapped[datetime.datetime | None]
    removed_at: Mapped[datetime.datetime | None]


class VersionRow(Base):
    """One text, never changed after it was written.

    Attributes:
        snapshot: the facts it was written on, None where unknown.
        made_by: who wrote it, or had it written; None where no name was given.
        source: number of the older version that was put in place again.
    """

    __tablename__ = "versions"

    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(20))
    engine: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(200))
    instruction: Mapped[str] = mapped_column(Text)
    complete: Mapped[bool]
    written: Mapped[datetime.datetime]
    snapshot: Mapped[Any] = mapped_column(_NULLABLE_JSON, nullable=True)
    made_by: Mapped[str | None] = mapped_column(String(100))
    source: Mapped[int | None]
    filtered: Mapped[bool | None]


class TextStepRow(Base):
    """One move of one section's pointer in one step of the history, never changed; see ``reports.text_history``.

    Attributes:
        before, after: numbers of versions; 0 is the time before the first.
        waiting_before, waiting_after: where it was not the pointer that moved: the version that waits beside the text,
            0 for none; NULL for all other steps.
        target: the step that this one undid or did again, NULL for a change of its own.
    """

    __tablename__ = "text_steps"
    __table_args__ = (Index(None, "report_id", "step"), Index(None, "section_id"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[str] = _report_id()
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"))
    step: Mapped[int]
    before: Mapped[int]
    after: Mapped[int]
    waiting_before: Mapped[int | None]
    waiting_after: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(200))
    target: Mapped[int | None]
    made_by: Mapped[str] = mapped_column(String(100))
    made: Mapped[datetime.datetime]


class OutlineStepRow(Base):
    """One change of a report's outline, never changed; see ``reports.outline_history``.

    Attributes:
        before, after: {sections: its state, shape: JSON of the Shape or None, facts: label → stored JSON}; the last
            two only where the change was of who speaks.
        text_step: the step of texts that it brought along.
        target: the step that this one undid or did again, NULL for a change of its own.
    """

    __tablename__ = "outline_steps"
    __table_args__ = (UniqueConstraint("report_id", "step"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[str] = _report_id()
    step: Mapped[int]
    before: Mapped[Any] = mapped_column(JSON, nullable=False)
    after: Mapped[Any] = mapped_column(JSON, nullable=False)
    text_step: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(200))
    target: Mapped[int | None]
    made_by: Mapped[str] = mapped_column(String(100))
    made: Mapped[datetime.datetime]


class MilestoneRow(Base):
    """``texts``: [{key, title, revision, text}], texts whole, for a section may go; ``facts``: label → stored JSON."""

    __tablename__ = "milestones"
    __table_args__ = (Index(None, "report_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[str] = _report_id()
    name: Mapped[str] = mapped_column(String(200))
    made_by: Mapped[str] = mapped_column(String(100))
    made: Mapped[datetime.datetime]
    texts: Mapped[Any] = mapped_column(JSON, nullable=False)
    facts: Mapped[Any] = mapped_column(JSON, nullable=False)


class JobRow(Base):
    """A draft in progress. ``updated`` is also the heartbeat of the process that runs it."""

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "report_id", "section_key"), Index(None, "state"))

    run: Mapped[str] = mapped_column(String(40), primary_key=True)
    report_id: Mapped[str] = _report_id()
    section_key: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(20))
    engine: Mapped[str] = mapped_column(String(40))
    model: Mapped[str] = mapped_column(String(200))
    seed: Mapped[int] = mapped_column(BigInteger)
    instruction: Mapped[str] = mapped_column(Text)
    base_revision: Mapped[int]
    error: Mapped[str] = mapped_column(Text)
    host: Mapped[str] = mapped_column(String(200))
    pid: Mapped[int]
    process: Mapped[str] = mapped_column(String(40))
    started: Mapped[datetime.datetime]
    updated: Mapped[datetime.datetime]


class AcceptedRow(Base):
    """A number that a person keeps without a fact behind it; see ``reports.acceptance``."""

    __tablename__ = "accepted_numbers"
    __table_args__ = (Index(None, "report_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[str] = _report_id()
    section_key: Mapped[str] = mapped_column(String(100))
    part: Mapped[str] = mapped_column(String(20))
    sentence: Mapped[str] = mapped_column(Text)
    place: Mapped[int]
    number: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(100))
    expected: Mapped[str] = mapped_column(Text)
    accepted_by: Mapped[str] = mapped_column(String(100))
    accepted: Mapped[datetime.datetime]


class SettingRow(Base):
    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    updated: Mapped[datetime.datetime]


class LedgerMappingRow(Base):
    """Decisions about a user's own ledger; ``mapping`` is the JSON of ``intake.ledger_types``."""

    __tablename__ = "ledger_mappings"

    report_type: Mapped[str] = mapped_column(String(100), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[str] = mapped_column(Text)
    updated: Mapped[datetime.datetime]


class ImportRow(Base):
    """A file that is being gone through. ``content``: JSON of ``assistant.pending``; ``data``: a ledger's own bytes."""

    __tablename__ = "imports"
    __table_args__ = (Index(None, "report_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    report_id: Mapped[str] = _report_id()
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    revision: Mapped[int]
    created: Mapped[datetime.datetime]


class OwnShapeRow(Base):
    """``shape`` is the JSON of a Shape."""

    __tablename__ = "own_shapes"
    __table_args__ = (Index(None, "report_type"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    report_type: Mapped[str] = mapped_column(String(100))
    shape: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(100))
    created: Mapped[datetime.datetime]


class ChatTurnRow(Base):
    """One turn of a report's conversation. ``content``: JSON of ``reports.chat.Said``."""

    __tablename__ = "chat_turns"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[str] = _report_id()
    number: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime.datetime]


class CallRow(Base):
    """One request to a model service; see ``storage.calls``. Never a text."""

    __tablename__ = "calls"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime.datetime]
    host: Mapped[str] = mapped_column(String(300))
    model: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(40))
    facts: Mapped[list[str]] = mapped_column(JSON)
    with_values: Mapped[bool]
    prompt_tokens: Mapped[int | None]
    completion_tokens: Mapped[int | None]
    cached_tokens: Mapped[int | None]
    milliseconds: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(40))
