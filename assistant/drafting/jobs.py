"""The job service: drafts run on one daemon thread with an event loop, outside any page.

A page that is reloaded or closed stops nothing. What a job writes reaches the store every two seconds and at its end,
whether it ended well, was stopped or failed. The store is given as two callables, so nothing here knows it::

    JobService(store.save_draft, store.checkpoint_jobs)
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from assistant.drafting.brief import Brief
from assistant.drafting.engine import Draft, Engine
from assistant.drafting.job import Checkpoint, Job, JobKey, JobState, Save
from assistant.drafting.noting import Noting
from assistant.drafting.run import Run, bug
from assistant.drafting.watch import WATCHER
from assistant.errors import NigaoError, NotFound, StorageError
from assistant.reports.job_note import JobNote
from assistant.reports.report import Origin
from assistant.reports.snapshot import snapshot_of

__all__ = ["Checkpoint", "Job", "JobKey", "JobService", "JobState", "Save"]

_log = logging.getLogger(__name__)


class JobService:
    """All running drafts of this process. Any thread may call any method; only ``wait`` and ``close`` block.

    Args:
        concurrency: drafts that one engine writes at once; the others queue, first come first served.
        interval: seconds between checkpoints.
        keep: seconds that an ended job stays in ``snapshot``; one whose text could not be stored stays until dismissed.
        grace: seconds that an engine has to obey a stop before it is left to itself.
        retries: seconds to wait before each further attempt when the store fails at the end.
    """

    def __init__(
        self,
        save: Save,
        checkpoint: Checkpoint,
        concurrency: int = 4,
        *,
        interval: float = 2.0,
        keep: float = 3600.0,
        grace: float = 5.0,
        retries: tuple[float, ...] = (1.0, 5.0),
    ) -> None:
        self._save = save
        self._noting = Noting(checkpoint)
        self._concurrency = concurrency
        self._interval = interval
        self._keep = keep
        self._grace = grace
        self._retries = retries
        self._runs: dict[JobKey, Run] = {}
        self._changed = threading.Condition()
        self._gates: dict[tuple[str, str, int], asyncio.Semaphore] = {}
        self._following: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    # What a page asks for

    def start(
        self,
        key: JobKey,
        brief: Brief,
        engine: Engine,
        *,
        origin: Origin = Origin.DRAFT,
        propose: bool = False,
        parallel: int | None = None,
        batch: str = "",
    ) -> Job:
        """Queues a draft of a section. A job that is live there already is returned instead.

        The section is taken to stand at ``brief.section.revision``: a text that changed since is not overwritten.

        Args:
            propose: only ever offer the text as a candidate.
            parallel: drafts that this engine writes at once; None for the service's ``concurrency``.
            batch: for drafts that are asked for with one press, and undone with one.
        """
        with self._changed:
            self._prune()
            known = self._runs.get(key)
            if known is not None and known.state.live:
                return known.seen(self._place(known))
            run = Run(key, brief, engine, origin, propose, parallel or self._concurrency, batch)
            # Taken out first: it queues behind those that were asked for before it.
            self._runs.pop(key, None)
            self._runs[key] = run
            self._on_loop(lambda: self._follow_soon(run))
            return run.seen(self._place(run))

    def stop(self, key: JobKey) -> bool:
        """Stops a live job; what had come is stored. False when none is live there."""
        with self._changed:
            run = self._runs.get(key)
            if run is None or not run.state.live:
                return False
            run.stop_asked = run.stop_asked or time.monotonic()
            self._on_loop(lambda: run.drafting.cancel() if run.drafting else None)
            return True

    def stop_all(self, report_id: str) -> int:
        """Stops every live job of a report. Returns how many."""
        with self._changed:
            keys = [run.key for run in self._runs.values() if run.key.report_id == report_id and run.state.live]
        return sum(self.stop(key) for key in keys)

    def job(self, key: JobKey) -> Job | None:
        with self._changed:
            run = self._runs.get(key)
            return run.seen(self._place(run)) if run else None

    def snapshot(self, report_id: str) -> dict[str, Job]:
        """Section key → its job, live or ended, in the order in which they were asked for."""
        with self._changed:
            self._prune()
            mine = [run for run in self._runs.values() if run.key.report_id == report_id]
            return {run.key.section_key: run.seen(self._place(run)) for run in mine}

    def live(self, report_id: str) -> bool:
        """Whether anything of the report is queued or running."""
        with self._changed:
            return self._live(report_id)

    def dismiss(self, key: JobKey) -> None:
        """Forgets an ended job, with its error. A live one stays."""
        with self._changed:
            run = self._runs.get(key)
            if run is not None and not run.state.live:
                del self._runs[key]

    def keep(self, key: JobKey) -> None:
        """Stores the text of an ended job that could not be stored; nothing where there is none.

        Raises NigaoError when it still cannot be: the job stays as it is.
        """
        with self._changed:
            run = self._runs.get(key)
            if run is None or run.state.live or not run.unsaved:
                return
        in_place = self._save_now(run)
        with self._changed:
            run.in_place, run.error = in_place, None
            run.state = JobState.DONE if run.complete else JobState.STOPPED

    def wait(self, report_id: str | None, timeout: float | None = None) -> bool:
        """Waits until nothing of the report (None: of any) is live. False when the seconds ran out first."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._live(report_id), timeout)

    def close(self, timeout: float = 15.0) -> bool:
        """Stops everything, stores what had come and ends the thread. False when that took too long."""
        with self._changed:
            reports = {run.key.report_id for run in self._runs.values()}
        for report_id in reports:
            self.stop_all(report_id)
        quiet = self.wait(None, timeout)
        with self._changed:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(timeout)
        return quiet

    # The thread

    def _on_loop(self, call: Callable[[], object]) -> None:
        """Calls on the loop's thread, which starts with the first job. The lock is held."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            # A daemon: the program ends when its pages do; a draft's last two seconds are all that can go.
            self._thread = threading.Thread(target=_turn, args=(self._loop,), name="nigao-jobs", daemon=True)
            self._thread.start()
        self._loop.call_soon_threadsafe(call)

    def _follow_soon(self, run: Run) -> None:
        task = asyncio.get_running_loop().create_task(self._follow(run))
        # The loop itself holds tasks only weakly.
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def _follow(self, run: Run) -> None:
        """One job from queue to end. Whatever happens, the job ends."""
        try:
            await self._work(run)
        except Exception:  # noqa: BLE001
            # Nobody awaits this task: an error that nobody foresaw (a bug in the callables) would leave the job
            # "running" for ever. Engines' errors do not come this way; they are read off their task.
            _log.exception("job %s/%s failed", *run.key)
            if run.drafting is not None:
                run.drafting.cancel()
            run.error = bug()
            self._end(run, JobState.FAILED)

    async def _work(self, run: Run) -> None:
        drafting = asyncio.create_task(self._draft(run))
        # Read, so that the loop does not complain about an engine that was left to itself.
        drafting.add_done_callback(lambda task: task.cancelled() or task.exception())
        run.drafting = drafting
        if run.stop_asked is not None:
            drafting.cancel()
        await self._note(run, run.state, run.text)
        while not drafting.done() and not self._gave_up(run):
            await asyncio.wait({drafting}, timeout=self._interval)
            if not drafting.done():
                await self._note(run, run.state, run.text)
        state, fault = run.take(drafting)
        if fault is not None:
            _log.error("engine %s failed on %s/%s", run.engine.key, *run.key, exc_info=fault)
        if run.text.strip():
            try:
                run.in_place = await self._store(run)
            except NigaoError as error:
                run.error, state = error, JobState.FAILED
        if run.in_place is None or run.error is not None:
            await self._note(run, state, run.text if run.unsaved else "")
        self._end(run, state)

    async def _draft(self, run: Run) -> Draft:
        gate = self._gates.setdefault(run.gate, asyncio.Semaphore(run.parallel))
        WATCHER.set(run)
        async with gate:
            # Whoever counts the line in another thread must not see it get shorter half-way.
            with self._changed:
                run.state, run.began = JobState.RUNNING, time.monotonic()
            return await run.engine.draft(run.brief, run.on_text)

    def _gave_up(self, run: Run) -> bool:
        return run.stop_asked is not None and time.monotonic() - run.stop_asked > self._grace

    # What reaches the store, always in a thread

    async def _store(self, run: Run) -> bool:
        """Raises NigaoError when the text could not be stored, after all attempts."""
        for delay in (*self._retries, None):
            try:
                return await asyncio.to_thread(self._save_now, run)
            except StorageError as error:
                if delay is None or isinstance(error, NotFound):
                    raise
                _log.warning("draft of %s/%s not stored yet: %s", *run.key, error)
                await asyncio.sleep(delay)
        raise AssertionError("the last attempt returns or raises")

    def _save_now(self, run: Run) -> bool:
        return self._save(
            *run.key,
            run.text,
            base_revision=run.brief.section.revision,
            origin=run.origin,
            engine=run.engine.key,
            model=run.engine.model,
            instruction=run.brief.instruction,
            complete=run.complete,
            seed=run.brief.seed,
            propose=run.propose,
            run=run.name,
            batch=run.batch,
            # The facts of the brief: what was changed while the model wrote is already newer than its words.
            snapshot=snapshot_of(run.brief.section, run.text, run.brief.sheet),
            filtered=run.filtered,
        )

    async def _note(self, run: Run, state: JobState, text: str) -> None:
        note = JobNote(
            run.name,
            *run.key,
            state=state.value,
            text=text,
            origin=run.origin,
            engine=run.engine.key,
            model=run.engine.model,
            seed=run.brief.seed,
            instruction=run.brief.instruction,
            base_revision=run.brief.section.revision,
            error=run.error.for_user() if run.error else "",
        )
        try:
            await self._noting.note(note)
        except NigaoError as error:
            # A missed checkpoint costs nothing as long as the process lives.
            _log.warning("checkpoint of %s/%s failed: %s", *run.key, error)

    # Bookkeeping, with the lock

    def _end(self, run: Run, state: JobState) -> None:
        with self._changed:
            run.state, run.ended = state, time.monotonic()
            self._changed.notify_all()

    def _place(self, run: Run) -> int:
        """Where a queued job stands in the line before its engine, those of other reports included."""
        if run.state is not JobState.QUEUED:
            return 0
        queued = [other for other in self._runs.values() if other.state is JobState.QUEUED and other.gate == run.gate]
        return next(place for place, other in enumerate(queued, 1) if other is run)

    def _live(self, report_id: str | None) -> bool:
        return any(run.state.live for run in self._runs.values() if report_id in (None, run.key.report_id))

    def _prune(self) -> None:
        late = time.monotonic() - self._keep
        for run in list(self._runs.values()):
            if run.ended is not None and run.ended < late and not run.unsaved:
                del self._runs[run.key]


def _turn(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
