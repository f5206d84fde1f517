"""The clock of the machine is set while people work: what was written last stays last, and nothing is lost."""

from __future__ import annotations

import asyncio
import datetime
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from storage_kit import make_report, make_store

from assistant.drafting.brief import Brief, OnText, brief_for
from assistant.drafting.engine import Draft
from assistant.drafting.jobs import JobKey, JobService, JobState
from assistant.reports.report import Origin, Report, SectionState
from assistant.reports.text_history import entries
from assistant.storage.store import Store

WAIT = 90.0
SET = [datetime.timedelta(days=-2), datetime.timedelta(seconds=-3), datetime.timedelta(days=400)]
IDS = ["two days back", "three seconds back", "a year on"]


class Clock:
    """The store's clock, which can be set."""

    def __init__(self) -> None:
        self.off = datetime.timedelta()

    def __call__(self) -> datetime.datetime:
        return datetime.datetime.now(datetime.UTC) + self.off


class SlowEngine:
    """Says a half, waits until it may go on, and says the rest."""

    key, label, model = "fake", "假引擎", "fake-1"

    def __init__(self) -> None:
        self.half, self.on = threading.Event(), threading.Event()

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:  # noqa: ARG002
        on_text("完成征兵")
        self.half.set()
        await asyncio.to_thread(self.on.wait, WAIT)
        on_text("完成征兵{{入伍人数}}。")
        return Draft("完成征兵{{入伍人数}}。")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for name, module in list(sys.modules.items()):
        if name.startswith("assistant.storage.") and hasattr(module, "now"):
            monkeypatch.setattr(module, "now", made)
    return made


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:  # noqa: ARG001
    with make_store(tmp_path) as made:
        yield made


@pytest.fixture
def report(store: Store) -> Report:
    return make_report(store)


@pytest.mark.parametrize("off", SET, ids=IDS)
def test_what_was_saved_last_stays_last(store: Store, report: Report, clock: Clock, off: datetime.timedelta) -> None:
    store.save_text(report.id, "enlist", "第一稿。", 0, Origin.EDIT)
    clock.off = off
    store.save_text(report.id, "enlist", "第二稿。", 1, Origin.DRAFT)
    clock.off = datetime.timedelta()
    store.save_text(report.id, "enlist", "第三稿。", 2, Origin.EDIT)
    versions = store.versions(report.id, "enlist")
    assert [version.text for version in versions] == ["第三稿。", "第二稿。", "第一稿。"]
    assert store.section(report.id, "enlist").text == "第三稿。"


@pytest.mark.parametrize("off", [SET[0], SET[2]], ids=[IDS[0], IDS[2]])
def test_what_was_typed_before_the_clock_was_set_is_a_line_of_its_own(
    store: Store, report: Report, clock: Clock, off: datetime.timedelta
) -> None:
    store.save_text(report.id, "enlist", "第一稿。", 0, Origin.EDIT)
    clock.off = off
    store.save_text(report.id, "enlist", "第二稿。", 1, Origin.EDIT)
    store.save_text(report.id, "enlist", "第二稿写完。", 2, Origin.EDIT)
    told = [(entry.version.text, entry.saves) for entry in entries(store.versions(report.id, "enlist"), 3)]
    assert told == [("第二稿写完。", 2), ("第一稿。", 1)]


@pytest.mark.parametrize("off", SET, ids=IDS)
def test_undo_goes_back_by_what_happened_not_by_the_hour(
    store: Store, report: Report, clock: Clock, off: datetime.timedelta
) -> None:
    store.save_text(report.id, "enlist", "先写的。", 0, Origin.DRAFT)
    clock.off = off
    store.save_text(report.id, "militia", "后写的。", 0, Origin.DRAFT)
    ways = store.text_ways(report.id)
    assert ways.undo is not None
    store.undo_text(report.id, ways.undo.number, "")
    assert store.section(report.id, "militia").text == ""
    assert store.section(report.id, "enlist").text == "先写的。"


@pytest.mark.parametrize("off", SET, ids=IDS)
def test_a_draft_under_way_ends_as_ever(store: Store, report: Report, clock: Clock, off: datetime.timedelta) -> None:
    service = JobService(store.save_draft, store.checkpoint_jobs, interval=0.02, grace=0.2, retries=(0.0,))
    engine, section = SlowEngine(), report.section("enlist")
    assert section is not None
    key = JobKey(report.id, "enlist")
    service.start(key, brief_for(store.library.get("small"), report, section, seed=3), engine)
    assert engine.half.wait(WAIT)
    clock.off = off
    # Another window opens meanwhile and looks for what killed processes left: this one lives.
    assert store.recover_interrupted() == []
    engine.on.set()
    assert service.wait(report.id, WAIT)
    job = service.job(key)
    assert job is not None
    assert (job.state, job.elapsed < WAIT) == (JobState.DONE, True)
    found = store.section(report.id, "enlist")
    assert (found.text, found.state) == ("完成征兵{{入伍人数}}。", SectionState.DRAFTED)
    assert service.close()
