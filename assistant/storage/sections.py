"""Sections: text by compare-and-swap, history, candidates, brief and lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from assistant.errors import EditConflict
from assistant.reports.loader import Library
from assistant.reports.report import Origin, Section, Version
from assistant.reports.snapshot import Snapshot
from assistant.reports.text_history import StepKind, kind_of
from assistant.storage.database import Database
from assistant.storage.repository import Repository, gone, now, section_of, version_of
from assistant.storage.tables import ReportRow, SectionRow, VersionRow
from assistant.storage.text_steps import Batches, Why
from assistant.storage.texts import storable, storable_json
from assistant.storage.versions import NewText, again, append, put_beside, put_in_place, version_row

#: Built once, as in `repository`.
_CANDIDATES = (
    select(SectionRow.key, VersionRow.__table__)
    .join(VersionRow, VersionRow.section_id == SectionRow.id)
    .join(ReportRow, ReportRow.id == SectionRow.report_id)
    .where(SectionRow.report_id == bindparam("report"), ReportRow.deleted_at.is_(None))
    .where(VersionRow.number == SectionRow.candidate, SectionRow.removed_at.is_(None))
    .order_by(SectionRow.position)
)


class SectionRepository(Repository):
    def __init__(self, database: Database, library: Library) -> None:
        super().__init__(database, library)
        self._edits = Batches()

    def section(self, report_id: str, key: str) -> Section:
        """Raises NotFound."""
        with self.database.reading() as connection:
            return section_of(self._section_row(connection, report_id, key))

    def save_text(
        self,
        report_id: str,
        key: str,
        text: str,
        expected_revision: int,
        origin: Origin,
        engine: str = "",
        model: str = "",
        instruction: str = "",
        complete: bool = True,
        seed: int | None = None,
        snapshot: Snapshot | None = None,
        by: str = "",
        kind: StepKind | None = None,
        source: int | None = None,
        batch: str = "",
        filtered: bool = False,
    ) -> Section:
        """Puts a text in place if the section still stands at ``expected_revision``.

        The text is cleaned of unprintable characters first (see ``texts.storable``): go on with the returned one.
        A text that is in place already makes no version and no conflict.

        Args:
            snapshot: the facts that the text was written on; None where nobody knows.
            by: who works. ``kind``: what 撤销 will call it; None for what the origin says.
            source: number of the older version that is put in place again.
            batch: for texts that are one step together.
            filtered: a service's filter cut it off.

        Raises:
            EditConflict: the section moved on; ``mine`` is the text given, ``theirs``/``revision`` what is in place.
            InputError: too long.
            NotFound: no such report or section, or it was deleted.
        """
        new = NewText.clean(text, origin, engine, model, instruction, complete, snapshot, by, source, filtered)
        with self.database.writing() as connection:
            row = self._section_row(connection, report_id, key)
            if not _same(row, new):
                if row.current != expected_revision:
                    raise _conflict(row, new.text)
                number = append(connection, row.id, new)
                why = Why(kind or kind_of(origin, had_text=bool(row.text)), new.by)
                if batch:
                    why = self._edits.why(connection, report_id, batch, why)
                if not put_in_place(connection, row.id, number, len(new.text), expected_revision, why):
                    # Not with SQLite, which has one writer; elsewhere somebody came in between.
                    raise _conflict(self._section_row(connection, report_id, key), new.text)
                self._touch(connection, report_id)
            if seed is not None:
                connection.execute(update(SectionRow).where(SectionRow.id == row.id).values(seed=seed))
            return section_of(self._section_row(connection, report_id, key))

    def versions(self, report_id: str, key: str) -> list[Version]:
        """Every text the section ever had, newest first, candidates included. Raises NotFound."""
        with self.database.reading() as connection:
            row = self._section_row(connection, report_id, key)
            query = select(VersionRow.__table__).where(VersionRow.section_id == row.id)
            return [version_of(found) for found in connection.execute(query.order_by(VersionRow.number.desc()))]

    def last_version(self, report_id: str, key: str) -> int:
        """The highest number given out: as long as it stays, the section has no other versions. Raises NotFound."""
        with self.database.reading() as connection:
            return int(self._section_row(connection, report_id, key).last)

    def update_section(
        self,
        report_id: str,
        key: str,
        *,
        title: str | None = None,
        heading: str | None = None,
        instruction: str | None = None,
        locked: bool | None = None,
        facts: Sequence[str] | None = None,
        weight: int | None = None,
        seed: int | None = None,
    ) -> Section:
        """Changes only what is given. Raises NotFound, InputError."""
        given: dict[str, object] = {
            "title": None if title is None else storable(title, "标题"),
            "heading": None if heading is None else storable(heading, "标题"),
            "instruction": None if instruction is None else storable(instruction, "这条要求"),
            "locked": locked,
            "facts": None if facts is None else list(facts),
            "weight": weight,
            "seed": seed,
        }
        changed = {name: value for name, value in given.items() if value is not None}
        with self.database.writing() as connection:
            row = self._section_row(connection, report_id, key)
            if changed:
                connection.execute(update(SectionRow).where(SectionRow.id == row.id).values(**changed))
                self._touch(connection, report_id)
            return section_of(self._section_row(connection, report_id, key))

    def affirm(self, report_id: str, key: str, revision: int, snapshot: Snapshot) -> Section:
        """Notes that a person read the text in place and finds that it holds on the facts of ``snapshot``.

        Raises:
            EditConflict: the section no longer stands at ``revision``. NotFound.
        """
        with self.database.writing() as connection:
            row = self._section_row(connection, report_id, key)
            if row.current != revision:
                raise _conflict(row, row.text or "")
            values = {"affirmed_revision": revision, "affirmed": storable_json(dict(snapshot)), "affirmed_at": now()}
            connection.execute(update(SectionRow).where(SectionRow.id == row.id).values(**values))
            self._touch(connection, report_id)
            return section_of(self._section_row(connection, report_id, key))

    def keep_aside(self, report_id: str, key: str, text: str, by: str = "") -> None:
        """Puts a person's text into the history; what is in place, and what waits beside it, stays.

        Raises NotFound, InputError: too long.
        """
        new = NewText.clean(text, Origin.EDIT, "", "", "", True, by=by)
        with self.database.writing() as connection:
            append(connection, self._section_row(connection, report_id, key).id, new)
            self._touch(connection, report_id)

    def candidate(self, report_id: str, key: str) -> Version | None:
        """The version that waits to be accepted. Raises NotFound for the section."""
        return self._candidates(report_id, key).get(key)

    def candidates(self, report_id: str) -> dict[str, Version]:
        """Section key → the version that waits there."""
        return self._candidates(report_id, None)

    def _candidates(self, report_id: str, key: str | None) -> dict[str, Version]:
        with self.database.reading() as connection:
            if key is not None:
                self._section_row(connection, report_id, key)
            rows = connection.execute(_CANDIDATES, {"report": report_id})
            return {row.key: version_of(row) for row in rows if key in (None, row.key)}

    def accept_candidate(self, report_id: str, key: str, number: int, expected_revision: int, by: str = "") -> Section:
        """Puts the candidate in place of the text that the person saw beside it.

        Raises:
            EditConflict: the text in place moved on (``mine`` is the candidate), or another candidate came.
            NotFound: nothing waits there any more.
        """
        with self.database.writing() as connection:
            row = self._section_row(connection, report_id, key)
            waiting = version_row(connection, row.id, row.candidate) if row.candidate is not None else None
            if waiting is None:
                raise gone("这份候选稿")
            if row.current != expected_revision or waiting.number != number:
                raise _conflict(row, waiting.text)
            if number < row.current:
                # Revisions only ever grow: a candidate older than the text in place comes in under a new number.
                number = append(connection, row.id, again(connection, row.id, number, waiting.made_by or ""))
            why = Why(StepKind.ACCEPT, by)
            put_in_place(connection, row.id, number, len(waiting.text), expected_revision, why)
            self._drop_candidate(connection, row.id)
            self._touch(connection, report_id)
            return section_of(self._section_row(connection, report_id, key))

    def discard_candidate(self, report_id: str, key: str, number: int) -> None:
        """Waits no more; the text stays in history. ``number``: only if that one waits. Raises NotFound."""
        with self.database.writing() as connection:
            row = self._section_row(connection, report_id, key)
            if number == row.candidate:
                self._drop_candidate(connection, row.id)

    def refuse_candidate(self, report_id: str, key: str, number: int, instead: str | None = None, by: str = "") -> None:
        """What a person does not want waits no more, as one step of 撤销; the text stays in history.

        Args:
            number: only if that one waits.
            instead: the candidate without the place that is not wanted, to wait on; None where nothing is left of it.
        """
        with self.database.writing() as connection:
            row = self._section_row(connection, report_id, key)
            waiting = version_row(connection, row.id, row.candidate) if row.candidate == number else None
            if waiting is None:
                return
            if instead is None:
                put_beside(connection, row, 0, Why(StepKind.REFUSE, by))
            else:
                rest = replace(
                    again(connection, row.id, number, waiting.made_by or ""), text=storable(instead), source=None
                )
                put_beside(connection, row, append(connection, row.id, rest), Why(StepKind.REFUSE_PART, by))
            self._touch(connection, report_id)

    @staticmethod
    def _drop_candidate(connection: Connection, section_id: int) -> None:
        connection.execute(update(SectionRow).where(SectionRow.id == section_id).values(candidate=None))


def _same(row: Row[Any], new: NewText) -> bool:
    """Whether the text is in place already. A draft that is now whole, where a part of it stood, is something new."""
    if (row.text or "") != new.text:
        return False
    return row.current == 0 or row.complete == new.complete or new.origin is Origin.EDIT


def _conflict(row: Row[Any], mine: str) -> EditConflict:
    return EditConflict(
        f"“{row.title}”一节在别处改过了（现在是第{row.current}稿），您的这一稿没有覆盖它。",
        "请对照两稿，选用一稿，或合并后再保存。",
        mine=mine,
        theirs=row.text or "",
        revision=row.current,
    )


def _found(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise gone("这一稿")
    return row
