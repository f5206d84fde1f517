"""The job service: queue, stop, failure, conflicts, and what reaches the store."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from storage_kit import make_report, make_store

from assistant.drafting.brief import Brief, OnText, brief_for
from assistant.drafting.engine import Draft
from assistant.drafting.jobs import Job, JobKey, JobService, JobState
from assistant.errors import EndpointTimeout, NotFound, StorageError
from assistant.reports.job_note import JobNote
from assistant.reports.report import Origin, Report, SectionState
from assistant.storage.store import Store

WAIT = 90.0


class FakeEngine:
    """Says ``parts`` and then does ``then``; ``began`` is set once the parts were said."""

    key, label, model = "fake", "假引擎", "fake-1"

    def __init__(self, text: str = "完成征兵{{入伍人数}}。", then: Callable[[], Any] | None = None) -> None:
        self.text = text
        self.then = then
        self.began = threading.Event()
        self.at_once = self.most = self.calls = 0

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:  # noqa: ARG002
        self.calls += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            on_text(self.text)
            self.began.set()
            if self.then is not None:
                await self.then()
            return Draft(self.text, notes=("补了一处",))
        finally:
            self.at_once -= 1


async def never() -> None:
    await asyncio.Event().wait()


def until(event: threading.Event) -> Callable[[], Any]:
    async def wait() -> None:
        await asyncio.to_thread(event.wait, WAIT)

    return wait


def failing(error: BaseException) -> Callable[[], Any]:
    async def fail() -> None:
        raise error

    return fail


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


@pytest.fixture
def service(store: Store) -> Iterator[JobService]:
    made = JobService(store.save_draft, store.checkpoint_jobs, interval=0.05, grace=0.2, retries=(0.0,))
    yield made
    assert made.close()


@pytest.fixture
def report(store: Store) -> Report:
    return make_report(store)


def brief_of(store: Store, report_id: str, key: str = "enlist") -> Brief:
    report = store.report(report_id)
    section = report.section(key)
    assert section is not None
    return brief_for(store.library.get("small"), report, section, seed=3, instruction="写短些")


def ended(service: JobService, key: JobKey) -> Job:
    assert service.wait(key.report_id, WAIT)
    job = service.job(key)
    assert job is not None
    return job


def test_a_draft_ends_in_the_section_with_its_brief(store: Store, service: JobService, report: Report) -> None:
    key = JobKey(report.id, "enlist")
    begun = service.start(key, brief_of(store, report.id), FakeEngine())
    job = ended(service, key)
    section = store.section(report.id, "enlist")
    assert begun.run == job.run
    assert (job.state, job.in_place, job.error, job.notes) == (JobState.DONE, True, None, ("补了一处",))
    assert (section.text, section.revision, section.origin) == ("完成征兵{{入伍人数}}。", 1, Origin.DRAFT)
    assert (section.engine, section.model, section.seed, section.complete) == ("fake", "fake-1", 3, True)
    assert store.versions(report.id, "enlist")[0].instruction == "写短些"
    assert service.snapshot(report.id) == {"enlist": job}
    assert store.recover_interrupted() == []


def test_starting_one_that_runs_returns_the_running_one(store: Store, service: JobService, report: Report) -> None:
    key, engine = JobKey(report.id, "enlist"), FakeEngine(then=never)
    first = service.start(key, brief_of(store, report.id), engine)
    assert engine.began.wait(WAIT)
    again = service.start(key, brief_of(store, report.id), engine)
    assert (again.run, again.state, again.text, engine.calls) == (first.run, JobState.RUNNING, engine.text, 1)
    assert service.live(report.id)
    service.stop(key)
    assert ended(service, key).state is JobState.STOPPED
    assert not service.live(report.id)
    assert not service.stop(key)


def test_stop_keeps_what_had_come(store: Store, service: JobService, report: Report) -> None:
    key, engine = JobKey(report.id, "enlist"), FakeEngine("写到一半", then=never)
    service.start(key, brief_of(store, report.id), engine)
    assert engine.began.wait(WAIT)
    assert service.stop(key)
    job = ended(service, key)
    section = store.section(report.id, "enlist")
    assert (job.state, job.text, job.in_place) == (JobState.STOPPED, "写到一半", True)
    assert (section.text, section.complete, section.state) == ("写到一半", False, SectionState.INTERRUPTED)


def test_stopping_a_redraw_leaves_the_whole_text_in_place(store: Store, service: JobService, report: Report) -> None:
    store.save_text(report.id, "enlist", "原来的整段", 0, Origin.DRAFT)
    key, engine = JobKey(report.id, "enlist"), FakeEngine("新的一半", then=never)
    service.start(key, brief_of(store, report.id), engine)
    assert engine.began.wait(WAIT)
    service.stop(key)
    assert ended(service, key).in_place is False
    assert store.section(report.id, "enlist").text == "原来的整段"
    waiting = store.candidate(report.id, "enlist")
    assert waiting is not None
    assert (waiting.text, waiting.complete) == ("新的一半", False)


def test_an_engine_that_ignores_a_stop_is_left_to_itself(store: Store, service: JobService, report: Report) -> None:
    release = threading.Event()

    async def stubborn() -> None:
        for _ in range(2):
            try:
                await asyncio.to_thread(release.wait, WAIT)
            except asyncio.CancelledError:
                continue

    key, engine = JobKey(report.id, "enlist"), FakeEngine("写到一半", then=stubborn)
    service.start(key, brief_of(store, report.id), engine)
    assert engine.began.wait(WAIT)
    service.stop(key)
    assert ended(service, key).state is JobState.STOPPED
    assert store.section(report.id, "enlist").text == "写到一半"
    release.set()


def test_a_queue_forms_behind_the_limit_and_a_queued_job_can_be_stopped(
    store: Store, service: JobService, report: Report
) -> None:
    go = threading.Event()
    engine = FakeEngine(then=until(go))
    keys = [JobKey(report.id, name) for name in ("opening", "enlist", "militia")]
    for key in keys:
        service.start(key, brief_of(store, report.id, key.section_key), engine, parallel=1)
    assert engine.began.wait(WAIT)
    states = [job.state for job in service.snapshot(report.id).values()]
    assert states == [JobState.RUNNING, JobState.QUEUED, JobState.QUEUED]
    service.stop(keys[1])
    go.set()
    assert service.wait(report.id, WAIT)
    jobs = service.snapshot(report.id)
    assert [job.state for job in jobs.values()] == [JobState.DONE, JobState.STOPPED, JobState.DONE]
    assert (engine.most, engine.calls) == (1, 2)
    assert (jobs["enlist"].in_place, jobs["enlist"].elapsed) == (None, 0.0)


def test_stop_all_stops_only_that_report(store: Store, service: JobService, report: Report) -> None:
    other = make_report(store, "石桥镇")
    engine = FakeEngine(then=never)
    for key in (JobKey(report.id, "opening"), JobKey(report.id, "enlist"), JobKey(other.id, "enlist")):
        service.start(key, brief_of(store, key.report_id, key.section_key), engine)
    assert engine.began.wait(WAIT)
    assert service.stop_all(report.id) == 2
    assert service.wait(report.id, WAIT)
    assert service.live(other.id)


def test_an_endpoint_error_keeps_the_part_and_the_sentence(store: Store, service: JobService, report: Report) -> None:
    error = EndpointTimeout("等了太久。", "请重试。", kept="服务断开前的部分")
    key = JobKey(report.id, "enlist")
    service.start(key, brief_of(store, report.id), FakeEngine("来过的", then=failing(error)))
    job = ended(service, key)
    assert (job.state, job.error, job.in_place) == (JobState.FAILED, error, True)
    section = store.section(report.id, "enlist")
    assert (section.text, section.complete) == ("服务断开前的部分", False)
    service.dismiss(key)
    assert service.snapshot(report.id) == {}


def test_a_bug_in_an_engine_ends_the_job_and_is_logged(
    store: Store, service: JobService, report: Report, caplog: pytest.LogCaptureFixture
) -> None:
    key = JobKey(report.id, "enlist")
    service.start(key, brief_of(store, report.id), FakeEngine("来过的", then=failing(KeyError("x"))))
    job = ended(service, key)
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "程序出了错" in job.error.message
    assert store.section(report.id, "enlist").text == "来过的"
    assert any(record.exc_info and record.exc_info[0] is KeyError for record in caplog.records)


def test_an_engine_that_cancels_itself_has_failed(store: Store, service: JobService, report: Report) -> None:
    key = JobKey(report.id, "enlist")
    service.start(key, brief_of(store, report.id), FakeEngine(then=failing(asyncio.CancelledError())))
    assert ended(service, key).state is JobState.FAILED


def test_an_empty_draft_has_failed_and_stores_nothing(store: Store, service: JobService, report: Report) -> None:
    key = JobKey(report.id, "enlist")
    service.start(key, brief_of(store, report.id), FakeEngine(" \n"))
    assert ended(service, key).state is JobState.FAILED
    assert store.versions(report.id, "enlist") == []


def test_a_section_typed_in_meanwhile_keeps_its_text_and_gets_a_candidate(
    store: Store, service: JobService, report: Report
) -> None:
    go = threading.Event()
    key, engine = JobKey(report.id, "enlist"), FakeEngine("模型写的", then=until(go))
    service.start(key, brief_of(store, report.id), engine)
    assert engine.began.wait(WAIT)
    store.save_text(report.id, "enlist", "人写的", 0, Origin.EDIT)
    go.set()
    job = ended(service, key)
    assert (job.state, job.in_place) == (JobState.DONE, False)
    section, waiting = store.section(report.id, "enlist"), store.candidate(report.id, "enlist")
    assert waiting is not None
    assert (section.text, waiting.text, waiting.number) == ("人写的", "模型写的", 2)
    accepted = store.accept_candidate(report.id, "enlist", 2, section.revision)
    assert (accepted.text, accepted.revision, accepted.origin) == ("模型写的", 2, Origin.DRAFT)
    assert store.candidate(report.id, "enlist") is None


def test_propose_and_lock_only_ever_offer(store: Store, service: JobService, report: Report) -> None:
    store.update_section(report.id, "militia", locked=True)
    service.start(JobKey(report.id, "enlist"), brief_of(store, report.id), FakeEngine(), propose=True)
    service.start(JobKey(report.id, "militia"), brief_of(store, report.id, "militia"), FakeEngine())
    assert service.wait(report.id, WAIT)
    assert set(store.candidates(report.id)) == {"enlist", "militia"}
    assert all(not section.text for section in store.report(report.id).sections)


def test_checkpoints_carry_the_text_so_far(store: Store, report: Report) -> None:
    noted, seen = threading.Event(), []

    def checkpoint(notes: Sequence[JobNote]) -> None:
        store.checkpoint_jobs(notes)
        for note in notes:
            seen.append((note.state, note.text, threading.current_thread().name))
            if note.text == "写到一半":
                noted.set()

    service = JobService(store.save_draft, checkpoint, interval=0.01)
    service.start(JobKey(report.id, "enlist"), brief_of(store, report.id), FakeEngine("写到一半", then=never))
    assert noted.wait(WAIT)
    assert service.close()
    assert store.section(report.id, "enlist").text == "写到一半"
    assert store.recover_interrupted() == [], "nothing is left that is not in its place"
    assert all(thread != "nigao-jobs" for _, _, thread in seen)


def test_a_store_that_fails_is_asked_again_and_then_the_text_stays_on_the_page(store: Store, report: Report) -> None:
    attempts: list[str] = []

    def save(_report_id: str, section_key: str, text: str, **_: Any) -> bool:
        attempts.append(text)
        if section_key == "enlist" and len(attempts) > 1:
            return True
        raise StorageError("磁盘已满。", "请清理。")

    service = JobService(save, store.checkpoint_jobs, retries=(0.0,), keep=0.0)
    key = JobKey(report.id, "enlist")
    service.start(key, brief_of(store, report.id), FakeEngine())
    assert ended(service, key).state is JobState.DONE
    attempts.clear()
    lost = JobKey(report.id, "militia")
    service.start(lost, brief_of(store, report.id, "militia"), FakeEngine("没存进去的"))
    assert service.wait(report.id, WAIT)
    # The first one was forgotten (keep=0); the one with the only copy of its text was not.
    jobs = service.snapshot(report.id)
    assert list(jobs) == ["militia"]
    assert (jobs["militia"].state, jobs["militia"].text, jobs["militia"].in_place) == (
        JobState.FAILED,
        "没存进去的",
        None,
    )
    assert len(attempts) == 2
    service.dismiss(lost)
    assert service.snapshot(report.id) == {}
    service.close()


@pytest.mark.parametrize("broken", ["save", "checkpoint"])
def test_a_bug_in_the_callables_ends_the_job(store: Store, report: Report, broken: str) -> None:
    def bug(*_: Any, **__: Any) -> bool:
        raise TypeError("bug")

    service = JobService(
        bug if broken == "save" else store.save_draft, bug if broken == "checkpoint" else store.checkpoint_jobs
    )
    key = JobKey(report.id, "enlist")
    service.start(key, brief_of(store, report.id), FakeEngine())
    assert ended(service, key).state is JobState.FAILED
    assert service.close()


def test_a_deleted_report_still_takes_its_drafts_and_a_purged_one_fails_its_job(
    store: Store, service: JobService, report: Report
) -> None:
    import datetime

    go = threading.Event()
    key, engine = JobKey(report.id, "enlist"), FakeEngine(then=until(go))
    service.start(key, brief_of(store, report.id), engine)
    assert engine.began.wait(WAIT)
    store.delete_report(report.id)
    go.set()
    assert ended(service, key).in_place is True
    store.undelete_report(report.id)
    assert store.section(report.id, "enlist").text == engine.text

    brief = brief_of(store, report.id, "militia")
    store.delete_report(report.id)
    store.purge(datetime.timedelta(0))
    service.start(JobKey(report.id, "militia"), brief, FakeEngine())
    job = ended(service, JobKey(report.id, "militia"))
    assert job.state is JobState.FAILED
    assert isinstance(job.error, NotFound)


def test_many_threads_ask_at_once(store: Store, service: JobService, report: Report) -> None:
    engine = FakeEngine(then=never)
    brief, key, runs = brief_of(store, report.id), JobKey(report.id, "enlist"), set()
    threads = [threading.Thread(target=lambda: runs.add(service.start(key, brief, engine).run)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == 1
    assert engine.began.wait(WAIT)
    assert engine.calls == 1
