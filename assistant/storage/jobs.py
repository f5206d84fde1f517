"""Drafts in progress: their text every few seconds, where it goes at the end, and what a dead process left behind.

A draft goes in place only where that takes nothing from anybody: the section stands where it stood when the job began,
is not locked, and the draft is whole or no whole text was there. Otherwise it becomes the candidate.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from assistant.errors import NotFound
from assistant.reports.job_note import JobNote
from assistant.reports.loader import Library
from assistant.reports.report import Origin
from assistant.reports.snapshot import Snapshot
from assistant.reports.text_history import kind_of
from assistant.storage.database import Database
from assistant.storage.processes import HOST, PID, PROCESS, dead
from assistant.storage.repository import Repository, now
from assistant.storage.tables import JobRow, SectionRow
from assistant.storage.text_steps import Batches, Why
from assistant.storage.texts import storable
from assistant.storage.versions import NewText, append, offer, put_in_place

LIVE = ("queued", "running")
INTERRUPTED = "interrupted"
#: Rows of ended jobs are only a trace for whoever looks for a fault.
KEEP_ENDED = datetime.timedelta(days=7)


#: Built once, as it is written every two seconds for every draft.
_NOTE = (
    update(JobRow)
    .where(JobRow.run == bindparam("name"))
    .values({name: bindparam(name) for name in ("state", "text", "error", "updated")})
)


@dataclass(frozen=True)
class Recovered:
    """A job that its process did not end. ``in_place``: None when no text had come."""

    report_id: str
    section_key: str
    characters: int
    in_place: bool | None


class JobRepository(Repository):
    def __init__(self, database: Database, library: Library) -> None:
        super().__init__(database, library)
        self._batches = Batches()

    def checkpoint_jobs(self, notes: Sequence[JobNote]) -> None:
        """Writes what jobs have so far, all or none; also the heartbeat of this process. Raises StorageError."""
        moment = now()
        with self.database.writing() as connection:
            for note in notes:
                text, error = storable(note.text), storable(note.error)
                values = {"name": note.run, "state": note.state, "text": text, "error": error, "updated": moment}
                if not connection.execute(_NOTE, values).rowcount:
                    # Fails on the foreign key where the report was purged meanwhile.
                    connection.execute(insert(JobRow).values(**_row(note, text, error, moment)))

    def save_draft(
        self,
        report_id: str,
        section_key: str,
        text: str,
        *,
        base_revision: int,
        origin: Origin = Origin.DRAFT,
        engine: str = "",
        model: str = "",
        instruction: str = "",
        complete: bool = True,
        seed: int | None = None,
        propose: bool = False,
        run: str = "",
        batch: str = "",
        snapshot: Snapshot | None = None,
        by: str = "",
        filtered: bool = False,
    ) -> bool:
        """Keeps what a model wrote, whatever happened meanwhile; a deleted report takes it too, for its undo.

        Args:
            base_revision: where the section stood when the job began.
            propose: only ever as a candidate.
            run: the job's row; its text is let go in the same transaction.
            batch: drafts that were asked for with one press: one step for 撤销, as long as it was not taken back.
            snapshot: the facts that the draft was written on.
            filtered: the service's filter cut it off.
            by: who asked for the draft.

        Returns:
            True when the text is in place now, False when it waits as the candidate.

        Raises:
            NotFound: the section was purged. InputError: too long.
        """
        new = NewText.clean(text, origin, engine, model, instruction, complete, snapshot, by, filtered=filtered)
        with self.database.writing() as connection:
            in_place = self._keep(connection, report_id, section_key, new, base_revision, seed, propose, batch)
            if run:
                connection.execute(
                    update(JobRow)
                    .where(JobRow.run == run)
                    .values(state="done" if complete else "stopped", text="", updated=now())
                )
            return in_place

    def _keep(
        self,
        connection: Connection,
        report_id: str,
        key: str,
        new: NewText,
        base_revision: int,
        seed: int | None,
        propose: bool,
        batch: str = "",
    ) -> bool:
        row = self._section_row(connection, report_id, key, deleted_too=True)
        known = row.complete or (not new.complete and bool(row.filtered) == new.filtered)
        if row.current and row.text == new.text and known:
            return True
        takes_nothing = new.complete or not row.text or not row.complete
        if propose or row.locked or row.current != base_revision or not takes_nothing:
            offer(connection, row.id, new)
            self._touch(connection, report_id)
            return False
        number = append(connection, row.id, new)
        why = Why(kind_of(new.origin, had_text=bool(row.text)), new.by)
        if batch:
            why = self._batches.why(connection, report_id, batch, why)
        if not put_in_place(connection, row.id, number, len(new.text), base_revision, why):
            connection.execute(update(SectionRow).where(SectionRow.id == row.id).values(candidate=number))
            return False
        if seed is not None:
            connection.execute(update(SectionRow).where(SectionRow.id == row.id).values(seed=seed))
        self._touch(connection, report_id)
        return True

    def recover_interrupted(self) -> list[Recovered]:
        """Keeps the texts of jobs whose process died, as incomplete versions or candidates, and the texts of ended jobs
        that could not be stored when they ended. Running jobs of living processes (this one, others on this machine,
        others that showed themselves in the last minute) are left alone.

        Call it at start, and again at leisure: a process on another machine counts as dead only after a minute.
        """
        found: list[Recovered] = []
        with self.database.writing() as connection:
            moment = now()
            unsaved = JobRow.state.in_(LIVE) | (JobRow.state != INTERRUPTED) & (JobRow.text != "")
            for row in connection.execute(select(JobRow.__table__).where(unsaved).order_by(JobRow.started)).all():
                # Storing a text lets the row's go in the same transaction: an ended row with a text was not stored.
                if row.state not in LIVE or dead(row.host, row.pid, row.process, moment - row.updated):
                    found.append(self._recover(connection, row))
            connection.execute(delete(JobRow).where(JobRow.state.not_in(LIVE), JobRow.updated < moment - KEEP_ENDED))
        return found

    def _recover(self, connection: Connection, row: Row[Any]) -> Recovered:
        in_place: bool | None = None
        if row.text.strip():
            # Without a snapshot: nobody knows any more on which facts it was written, and it is to be redrawn anyway.
            new = NewText(row.text, Origin(row.origin), row.engine, row.model, row.instruction, complete=False)
            try:
                in_place = self._keep(
                    connection, row.report_id, row.section_key, new, row.base_revision, row.seed, propose=False
                )
            except NotFound:
                # The section is gone from the outline: the text stays in the job's row.
                in_place = None
        kept = "" if in_place is not None else row.text
        connection.execute(
            update(JobRow).where(JobRow.run == row.run).values(state=INTERRUPTED, text=kept, updated=now())
        )
        return Recovered(row.report_id, row.section_key, len(row.text), in_place)


def _row(note: JobNote, text: str, error: str, moment: datetime.datetime) -> dict[str, object]:
    return {
        "run": note.run,
        "report_id": note.report_id,
        "section_key": note.section_key,
        "state": note.state,
        "text": text,
        "origin": note.origin.value,
        "engine": note.engine,
        "model": note.model,
        "seed": note.seed,
        "instruction": storable(note.instruction),
        "base_revision": note.base_revision,
        "error": error,
        "host": HOST,
        "pid": PID,
        "process": PROCESS,
        "started": moment,
        "updated": moment,
    }
