"""The line before an endpoint, and what a person is told while a draft waits or is slow."""

from __future__ import annotations

import asyncio
import datetime
import email.utils
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from storage_kit import make_report, make_store

from assistant.drafting import line as the_line
from assistant.drafting.brief import Brief, OnText, brief_for
from assistant.drafting.completions import Completions, Message
from assistant.drafting.deltas import Delta
from assistant.drafting.engine import Draft
from assistant.drafting.jobs import Job, JobKey, JobService, JobState
from assistant.drafting.line import Line
from assistant.drafting.settings import EndpointSettings
from assistant.drafting.usage import Usage
from assistant.drafting.watch import WATCHER
from assistant.errors import EndpointBusy, EndpointTimeout
from assistant.storage.store import Store
from tests.fakes.endpoint import FakeEndpoint, Reply

ASK = [Message("user", "写一句话。")]
WAIT = 90.0


# ---- the line itself, with a clock of its own


def test_first_come_first_served_and_so_many_at_once() -> None:
    line = Line()
    first, second, third = line.enter(), line.enter(), line.enter()
    assert line.admit(second, 2, None, 0.0) is not None, "somebody was there before"
    assert line.admit(first, 2, None, 0.0) is None
    assert line.admit(second, 2, None, 0.0) is None
    full = line.admit(third, 2, None, 0.0)
    assert full is not None
    assert full.why == "full"
    line.leave(first)
    assert line.admit(third, 2, None, 0.0) is None


def test_so_many_a_minute() -> None:
    line = Line()
    for moment in (0.0, 10.0):
        ticket = line.enter()
        assert line.admit(ticket, 9, 2, moment) is None
        line.leave(ticket)
    late = line.enter()
    wait = line.admit(late, 9, 2, 20.0)
    assert wait is not None
    assert (wait.why, wait.seconds) == ("rate", 40.0)
    assert line.admit(late, 9, 2, 60.0) is None
    assert line.admit(line.enter(), 9, None, 60.0) is None, "no limit, no wait"


def test_a_request_that_gives_up_makes_room() -> None:
    line = Line()
    gone, next_one = line.enter(), line.enter()
    line.leave(gone)
    assert line.admit(next_one, 1, None, 0.0) is None


def test_who_asked_to_come_back_later_holds_all() -> None:
    line = Line()
    line.hold(20.0, 100.0)
    line.hold(5.0, 100.0)
    ticket = line.enter()
    wait = line.admit(ticket, 9, None, 110.0)
    assert wait is not None
    assert (wait.why, wait.seconds) == ("held", 10.0)
    assert line.admit(ticket, 9, None, 120.0) is None


# ---- one host, several threads and event loops


class Seen:
    """Keeps what a watcher is told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.thought = 0
        self.usage: list[Usage] = []

    def waits(self, why: str, until: float | None) -> None:
        left = 0 if until is None else max(1, round(until - time.monotonic()))
        said = why.format(seconds=left)
        if not self.said or self.said[-1] != said:
            self.said.append(said)

    def goes(self) -> None:
        pass

    def thinks(self, characters: int) -> None:
        self.thought += characters

    def counts(self, usage: Usage) -> None:
        self.usage.append(usage)


def ask(settings: EndpointSettings, seen: Seen | None = None) -> list[Delta]:
    async def run() -> list[Delta]:
        if seen is not None:
            WATCHER.set(seen)
        completions = Completions(settings)
        try:
            return [delta async for delta in completions.stream(ASK, max_tokens=50)]
        finally:
            await completions.aclose()

    return asyncio.run(run())


def text_of(found: list[Delta]) -> str:
    return "".join(delta.text for delta in found)


def at(fake: FakeEndpoint, **more: object) -> EndpointSettings:
    return EndpointSettings.model_validate({"base_url": fake.base_url, "model": "fake", **more})


def test_the_limit_holds_over_threads_with_loops_of_their_own() -> None:
    under_way = most = 0
    counting = threading.Lock()

    with FakeEndpoint(Reply("完成任务。", interval=0.02)) as fake:

        def one() -> None:
            nonlocal under_way, most
            ask(at(fake, concurrency=2))

        threads = [threading.Thread(target=one) for _ in range(6)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            with counting:
                under_way = sum(not request.finished.is_set() for request in fake.chats)
                most = max(most, under_way)
            time.sleep(0.005)
        assert len(fake.chats) == 6
    assert most <= 2


def test_retry_after_is_waited_for_and_told() -> None:
    seen = Seen()
    with FakeEndpoint([Reply(status=429, headers={"Retry-After": "1"}), Reply("完成。")]) as fake:
        began = time.monotonic()
        assert text_of(ask(at(fake), seen)) == "完成。"
        waited = time.monotonic() - began
        assert len(fake.chats) == 2
    assert waited >= 1.0
    assert "对方要求 1 秒后再试" in seen.said


@pytest.mark.parametrize("ahead", [-400, 0, 400], ids=["a year back", "right", "a year on"])
def test_a_time_to_come_back_is_read_by_the_clock_of_the_service(ahead: int) -> None:
    told = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=ahead)
    headers = {
        "Date": email.utils.format_datetime(told, usegmt=True),
        "Retry-After": email.utils.format_datetime(told + datetime.timedelta(seconds=1), usegmt=True),
    }
    with FakeEndpoint([Reply(status=429, headers=headers), Reply("完成。")]) as fake:
        began = time.monotonic()
        assert text_of(ask(at(fake))) == "完成。"
        assert time.monotonic() - began >= 1.0


def test_retry_after_holds_the_other_requests_too() -> None:
    times: list[float] = []
    refused = threading.Event()

    def answer() -> Reply:
        times.append(time.monotonic())
        if len(times) == 1:
            refused.set()
            return Reply(status=429, headers={"Retry-After": "1"})
        return Reply("完成。")

    with FakeEndpoint(lambda _: answer()) as fake:
        first = threading.Thread(target=lambda: ask(at(fake, concurrency=4)))
        first.start()
        assert refused.wait(WAIT)
        time.sleep(0.2)
        assert text_of(ask(at(fake, concurrency=4))) == "完成。"
        first.join()
    assert all(later - times[0] >= 0.95 for later in times[1:])


def test_a_long_retry_after_is_for_a_person_to_decide() -> None:
    with FakeEndpoint(Reply(status=429, headers={"Retry-After": "600"})) as fake:
        with pytest.raises(EndpointBusy, match="600 秒") as caught:
            ask(at(fake))
        assert caught.value.retry_after == 600
        assert len(fake.chats) == 1


def test_a_refusal_without_a_time_is_tried_again_as_often_as_the_settings_say() -> None:
    with FakeEndpoint(Reply(status=503)) as fake:
        with pytest.raises(EndpointBusy):
            ask(at(fake, max_retries=1))
        assert len(fake.chats) == 2


def test_the_limit_a_minute_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(the_line, "MINUTE", 1.5)
    seen = Seen()
    with FakeEndpoint(Reply("完成。")) as fake:
        ask(at(fake, requests_per_minute=1), seen)
        assert seen.said == []
        ask(at(fake, requests_per_minute=1), seen)
    assert any(said.startswith("已到每分钟次数上限") for said in seen.said)


# ---- what comes slowly, twice or not at all


def test_a_byte_a_moment_is_as_good_as_any() -> None:
    """Slow is not silent: the limit is for each gap."""
    with FakeEndpoint(Reply(list("全年完成征兵。"), interval=0.3)) as fake:
        assert text_of(ask(at(fake, read_timeout=1.0))) == "全年完成征兵。"


def test_a_stall_between_pieces_ends_with_what_came() -> None:
    with FakeEndpoint(Reply("全年完成", ending="stall")) as fake:
        with pytest.raises(EndpointTimeout, match="中途停住"):
            ask(at(fake, read_timeout=0.4))
        assert len(fake.chats) == 1, "what had come was not asked for again"


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["征兵工作平稳。", "征兵工作平稳。", "共{{入伍人数}}。"], "征兵工作平稳。共{{入伍人数}}。"),
        (["征兵工作", "平稳有序。", "征兵工作平稳有序。"], "征兵工作平稳有序。"),
        (["好", "好", "学习，", "天天", "天天", "向上。"], "好好学习，天天天天向上。"),
        (["{{甲}}", "、", "{{甲}}"], "{{甲}}、{{甲}}"),
        (
            [part for part in ("全年", "完成", "{{入伍", "人数}}", "，", "天", "天", "向上", "。") for _ in range(2)],
            "全年完成{{入伍人数}}，天天向上。",
        ),
        (["人", "人", "事", "事"], "人人事事"),
        (["—"] * 12, "—" * 12),
        (["好", "好", "学", "学", "习", "习", "天", "天", "向", "上"], "好好学学习习天天向上"),
    ],
    ids=[
        "piece twice",
        "whole once more",
        "short pieces",
        "a slot again",
        "every piece twice",
        "too short to tell",
        "a line",
        "some pairs and then none",
    ],
)
@pytest.mark.parametrize("finish", ["stop", None], ids=["ended", "cut"])
def test_pieces_that_come_twice(pieces: list[str], text: str, finish: str | None) -> None:
    with FakeEndpoint(Reply(pieces, finish_reason=finish)) as fake:
        assert text_of(ask(at(fake))) == text


def test_tokens_and_thinking_are_told_while_they_come() -> None:
    usage = {
        "prompt_tokens": 90,
        "completion_tokens": 7,
        "total_tokens": 97,
        "prompt_tokens_details": {"cached_tokens": 64},
    }
    seen = Seen()
    with FakeEndpoint(Reply("完成。", reasoning=["想一想"], usage=usage)) as fake:
        ask(at(fake), seen)
    assert (seen.usage, seen.thought) == ([Usage(90, 7, 64)], 3)
    silent = Seen()
    with FakeEndpoint(Reply("完成。", usage_times=0)) as fake:
        ask(at(fake), silent)
    assert silent.usage == []


# ---- jobs


class Held:
    """Writes when it is let go; remembers the order."""

    key, label, model = "fake", "假引擎", "fake-1"

    def __init__(self) -> None:
        self.let = threading.Event()
        self.order: list[str] = []

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:
        self.order.append(brief.section.key)
        WATCHER.get().waits("对方要求 {seconds} 秒后再试", time.monotonic() + 12)
        await asyncio.to_thread(self.let.wait, WAIT)
        WATCHER.get().goes()
        WATCHER.get().counts(Usage(50, 5, 40))
        on_text("写好了。")
        return Draft("写好了。")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


@pytest.fixture
def service(store: Store) -> Iterator[JobService]:
    made = JobService(store.save_draft, store.checkpoint_jobs, interval=0.05, grace=0.2, retries=(0.0,))
    yield made
    assert made.close()


def eventually(look: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT
    while not look():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_the_place_in_line_counts_other_reports_too(store: Store, service: JobService) -> None:
    engine = Held()
    kind = store.library.get("small")

    def start(report_id: str, key: str) -> Job:
        report = store.report(report_id)
        section = report.section(key)
        assert section
        return service.start(JobKey(report_id, key), brief_for(kind, report, section, 1), engine, parallel=1)

    one, other = make_report(store), make_report(store)
    keys = [section.key for section in one.written][:2]
    start(one.id, keys[0])
    eventually(lambda: service.snapshot(one.id)[keys[0]].state is JobState.RUNNING)
    assert start(one.id, keys[1]).place == 1
    assert start(other.id, keys[0]).place == 2
    assert service.snapshot(other.id)[keys[0]].place == 2
    running = service.snapshot(one.id)[keys[0]]
    assert running.place == 0
    assert running.waiting == "对方要求 12 秒后再试"
    # Whoever is stopped makes room for those behind.
    assert service.stop(JobKey(one.id, keys[1]))
    eventually(lambda: service.snapshot(other.id)[keys[0]].place == 1)
    engine.let.set()
    assert service.wait(None, WAIT)
    ended = service.snapshot(one.id)[keys[0]]
    assert (ended.waiting, ended.usage, ended.place) == ("", Usage(50, 5, 40), 0)
    assert ended.budget > 0
    assert engine.order == [keys[0], keys[0]]


def test_asked_for_again_it_queues_at_the_end(store: Store, service: JobService) -> None:
    engine = Held()
    kind, report = store.library.get("small"), make_report(store)

    def start(key: str) -> Job:
        section = store.report(report.id).section(key)
        assert section
        return service.start(JobKey(report.id, key), brief_for(kind, report, section, 1), engine, parallel=1)

    first, second, *_ = (section.key for section in report.written)
    engine.let.set()
    start(first)
    assert service.wait(None, WAIT)
    engine.let.clear()
    engine.order.clear()
    start(second)
    assert start(first).place >= 1
    engine.let.set()
    assert service.wait(None, WAIT)
    assert engine.order == [second, first]
