"""Notes of drafts under way: many in one writing, and none lost for another's sake."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from assistant.drafting.noting import Noting
from assistant.errors import NotFound, StorageError
from assistant.reports.job_note import JobNote
from assistant.reports.report import Origin


def note(name: str) -> JobNote:
    return JobNote(name, "report", "enlist", "running", f"{name}写到一半", Origin.DRAFT, "e", "m", 0, "", 0)


class SlowStore:
    """Keeps what it was given at once; its first writing lasts until it may ``go``."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()
        self.writings: list[list[str]] = []

    def __call__(self, notes: Sequence[JobNote]) -> None:
        self.writings.append([one.run for one in notes])
        self.begun.set()
        self.go.wait(30)


def test_what_comes_during_a_writing_is_written_with_the_next() -> None:
    store = SlowStore()

    async def work() -> None:
        noting = Noting(store)
        first = asyncio.create_task(noting.note(note("甲")))
        await asyncio.to_thread(store.begun.wait, 30)
        others = [asyncio.create_task(noting.note(note(name))) for name in "乙丙丁"]
        await asyncio.sleep(0)
        store.go.set()
        await asyncio.gather(first, *others)
        await noting.note(note("戊"))

    asyncio.run(work())
    assert store.writings == [["甲"], ["乙", "丙", "丁"], ["戊"]]


def test_a_note_that_cannot_be_stored_keeps_no_other_from_it() -> None:
    kept: list[str] = []

    def store(notes: Sequence[JobNote]) -> None:
        if any(one.run == "已删" for one in notes):
            raise NotFound("这份报告已经不在了。", "请回到报告页。")
        kept.extend(one.run for one in notes)

    async def work() -> list[BaseException | None]:
        noting = Noting(store)
        return await asyncio.gather(*(noting.note(note(name)) for name in ("甲", "已删", "乙")), return_exceptions=True)

    told = asyncio.run(work())
    assert [type(one) for one in told] == [type(None), NotFound, type(None)]
    assert kept == ["甲", "乙"]


@pytest.mark.parametrize("error", [StorageError("磁盘已满。", "请清理。"), TypeError("bug")])
def test_everybody_hears_of_what_went_wrong_and_the_next_is_tried(error: Exception) -> None:
    broken = [True]

    def store(notes: Sequence[JobNote]) -> None:  # noqa: ARG001
        if broken:
            raise error

    async def work() -> list[BaseException | None]:
        noting = Noting(store)
        told = await asyncio.gather(*(noting.note(note(name)) for name in "甲乙"), return_exceptions=True)
        broken.clear()
        await noting.note(note("丙"))
        return told

    assert [str(one) for one in asyncio.run(work())] == [str(error)] * 2
