"""A running draft as others see it, and what the job service asks of whoever keeps texts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from assistant.drafting.usage import Usage
from assistant.errors import NigaoError
from assistant.reports.job_note import JobNote
from assistant.reports.report import Origin
from assistant.reports.snapshot import Snapshot


class JobKey(NamedTuple):
    """One section of one report has at most one job."""

    report_id: str
    section_key: str


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def live(self) -> bool:
        return self in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class Job:
    """A job at one moment.

    Attributes:
        run: this job's own name; another job on the same section has another.
        text: slot text that has come so far, the whole of it at the end.
        engine: what the page calls the engine.
        started: when it was asked for, aware, UTC.
        elapsed: seconds since the engine began (0 while queued), standing still at the end.
        stopping: a stop was asked for and has not happened yet.
        error: why it failed.
        notes: what the normaliser mended or could not, in Chinese.
        waiting: why it does not go on just now, in Chinese, "" while it goes on.
        place: place in the line before the engine, over all reports: 1 is next; 0 when it is not queued.
        budget: characters that the section is to have, rendered.
        beside: the text will wait as a candidate, whatever becomes of the section meanwhile.
        thought: characters of thinking so far.
        usage: tokens as the service counted them so far; None where it did not say.
        still: seconds since a word or a thought came last, while it is written; 0.0 where it waits for another reason.
        told: what the person has to hear of the text, in Chinese, without a full stop.
        same: the text is the one that the section had when it began: sentences were to be written anew, and none came.
        in_place: True when the text is the section's text now, False when it waits as a candidate,
            None when nothing was stored: nothing had come, or the store failed (then ``text`` is all there is).
    """

    key: JobKey
    run: str
    state: JobState
    text: str
    engine: str
    model: str
    started: datetime.datetime
    elapsed: float
    stopping: bool = False
    error: NigaoError | None = None
    notes: tuple[str, ...] = ()
    in_place: bool | None = None
    waiting: str = ""
    place: int = 0
    budget: int = 0
    beside: bool = False
    thought: int = 0
    usage: Usage | None = None
    still: float = 0.0
    told: tuple[str, ...] = ()
    same: bool = False

    @property
    def unsaved(self) -> bool:
        """It ended, and ``text`` is all there is: the store did not take it."""
        return not self.live and self.in_place is None and bool(self.text.strip())

    @property
    def characters(self) -> int:
        return len(self.text)

    @property
    def live(self) -> bool:
        return self.state.live


class Save(Protocol):
    """Keeps a text that a job wrote; ``Store.save_draft`` is one. Called in a thread, never on the loop."""

    def __call__(
        self,
        report_id: str,
        section_key: str,
        text: str,
        *,
        base_revision: int,
        origin: Origin,
        engine: str,
        model: str,
        instruction: str,
        complete: bool,
        seed: int | None,
        propose: bool,
        run: str,
        batch: str,
        snapshot: Snapshot | None,
        filtered: bool,
    ) -> bool:
        """True when the text is in place now, False when it waits as a candidate. Raises NigaoError."""
        ...


#: Notes how far jobs are; ``Store.checkpoint_jobs`` is one. Called in a thread, every two seconds and where one ends.
#: Raises NigaoError; the jobs go on all the same.
Checkpoint = Callable[[Sequence[JobNote]], None]
