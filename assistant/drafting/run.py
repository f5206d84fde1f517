"""One job while it runs: the mutable side of ``Job``. Touched only by the job service."""

from __future__ import annotations

import asyncio
import datetime
import math
import secrets
import time
from dataclasses import dataclass, field

from assistant.drafting.brief import Brief
from assistant.drafting.engine import Draft, Engine
from assistant.drafting.job import Job, JobKey, JobState
from assistant.drafting.usage import Usage
from assistant.errors import EmptyDraft, EndpointError, NigaoError
from assistant.reports.report import Origin


@dataclass
class Run:
    """A job's brief, engine and progress.

    Attributes:
        batch: of drafts that were asked for with one press the same, "" for one alone.
        began, ended, stop_asked: ``time.monotonic()``, None before. ``came``: when a word came last, or it went on.
        drafting: the engine's task, once the loop has made it.
    """

    key: JobKey
    brief: Brief
    engine: Engine
    origin: Origin
    propose: bool
    parallel: int
    batch: str = ""
    name: str = field(default_factory=lambda: secrets.token_hex(12))
    started: datetime.datetime = field(default_factory=lambda: datetime.datetime.now(datetime.UTC))
    state: JobState = JobState.QUEUED
    text: str = ""
    complete: bool = False
    notes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    filtered: bool = False
    error: NigaoError | None = None
    in_place: bool | None = None
    began: float | None = None
    ended: float | None = None
    stop_asked: float | None = None
    came: float = 0.0
    drafting: asyncio.Task[Draft] | None = None
    why: str = ""
    until: float | None = None
    thought: int = 0
    usage: Usage | None = None

    @property
    def gate(self) -> tuple[str, str, int]:
        """What it queues before: jobs with the same gate take turns."""
        return self.engine.key, self.engine.label, self.parallel

    # What the engine tells besides text (`Watcher`)

    def waits(self, why: str, until: float | None) -> None:
        self.why, self.until = why, until

    def goes(self) -> None:
        self.why, self.until = "", None
        self.came = time.monotonic()

    def thinks(self, characters: int) -> None:
        self.thought += characters
        self.came = time.monotonic()

    def counts(self, usage: Usage) -> None:
        self.usage = usage if self.usage is None else self.usage + usage

    @property
    def unsaved(self) -> bool:
        """Ended with a text that no store has."""
        return self.in_place is None and bool(self.text.strip())

    def on_text(self, text: str) -> None:
        # An engine that outlives its stop must not change what was stored.
        if self.ended is None:
            self.text = text
            self.came = time.monotonic()

    def _waiting(self) -> str:
        if not self.why or self.ended is not None:
            return ""
        left = 0.0 if self.until is None else self.until - time.monotonic()
        return self.why.format(seconds=max(1, math.ceil(left)))

    def _still(self) -> float:
        if self.began is None or self.ended is not None or self.why:
            return 0.0
        return time.monotonic() - max(self.began, self.came)

    def seen(self, place: int = 0) -> Job:
        """The job at this moment; ``place``: in the line before the engine."""
        elapsed = 0.0
        if self.began is not None:
            elapsed = (self.ended if self.ended is not None else time.monotonic()) - self.began
        return Job(
            key=self.key,
            run=self.name,
            state=self.state,
            text=self.text,
            engine=self.engine.label,
            model=self.engine.model,
            started=self.started,
            elapsed=elapsed,
            stopping=self.stop_asked is not None and self.state.live,
            error=self.error,
            notes=self.notes,
            told=self.told,
            same=bool(self.text.strip()) and self.text == self.brief.section.text,
            in_place=self.in_place,
            waiting=self._waiting(),
            place=place,
            budget=self.brief.characters,
            beside=self.propose,
            thought=self.thought,
            usage=self.usage,
            still=self._still(),
        )

    def take(self, drafting: asyncio.Task[Draft]) -> tuple[JobState, BaseException | None]:
        """Takes over text and error of the engine's task. Returns the state to end in, and an error that is a bug."""
        if not drafting.done():
            # It would not stop: what had come is what there is.
            return JobState.STOPPED, None
        error = None if drafting.cancelled() else drafting.exception()
        if error is None and not drafting.cancelled():
            return self._written(drafting.result()), None
        if isinstance(error, EndpointError) and error.kept.strip():
            self.text = error.kept
        elif isinstance(error, EmptyDraft):
            # What was seen coming was no text for a report.
            self.text = ""
        if self.stop_asked is not None:
            return JobState.STOPPED, None
        self.error = error if isinstance(error, NigaoError) else bug()
        return JobState.FAILED, None if isinstance(error, NigaoError) else error

    def _written(self, draft: Draft) -> JobState:
        self.text, self.notes, self.told, self.complete = draft.text, draft.notes, draft.told, draft.complete
        self.filtered = draft.filtered and not draft.complete
        self.usage = draft.usage or self.usage
        if not draft.text.strip():
            self.complete = False
            self.error = EmptyDraft("模型没有写出内容。", "请重写一次；仍是这样时换一个模型。")
            return JobState.FAILED
        return JobState.DONE


def bug() -> NigaoError:
    """What the page says when the program itself failed; the log has the rest."""
    return NigaoError(
        "起草时程序出了错，这一节没有写完。", "已写出的部分保留着；请重写一次，仍不行时把日志交给维护人员。"
    )
