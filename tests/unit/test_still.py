"""Who waits for a slow service is told that nothing comes: bytes arrive, so it never counts as silent."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.desk import Desk, open_desk
from assistant.drafting.job import Job
from assistant.drafting.settings import EndpointSettings
from assistant.ui import sending_progress
from assistant.ui.sending_progress import progress_word, summary
from tests.fakes.endpoint import FakeEndpoint, Reply

KEY = "opening"
TOLD = "没有来字：服务很忙或很慢。可以再等，也可以停止"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"})
    yield made
    made.close()


def job_when(desk: Desk, doc: str, still: float) -> Job:
    """The section's job once nothing has come for so long."""
    while (job := desk.progress(doc)[KEY]).still < still:
        assert job.live, job.error
        time.sleep(0.02)
    return job


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (Reply("全年完成征兵。", byte_interval=0.05), r"没有来字 \d+秒"),
        (Reply("全年完成征兵。", comments=3, first_after=30), r"没有来字 \d+秒"),
        (Reply("全年完成征兵。", ending="stall"), r"停了\d+秒"),
    ],
    ids=["byte by byte", "signs of life alone", "stopped in mid-text"],
)
def test_a_service_that_sends_no_words_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reply: Reply, word: str
) -> None:
    monkeypatch.setattr(sending_progress, "LONG", 0.3)
    doc = desk.create_from_example("liulin-duty-c.yaml").id
    with FakeEndpoint(reply) as fake:
        desk.engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        desk.redraw(doc, KEY)
        job = job_when(desk, doc, 0.3)
        assert re.fullmatch(word, progress_word(job, desk.report(doc)))
        assert TOLD in summary({KEY: job})
        desk.stop(doc)
        assert desk.wait(doc, 60)
    ended = desk.progress(doc)[KEY]
    assert ended.still == 0.0
    assert TOLD not in summary({KEY: ended})


def test_a_service_that_goes_on_is_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending_progress, "LONG", 30.0)
    doc = desk.create_from_example("liulin-duty-c.yaml").id
    with FakeEndpoint(Reply(["全年完成征兵。", "各项工作平稳。"], ending="stall")) as fake:
        desk.engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        desk.redraw(doc, KEY)
        while not (job := desk.progress(doc)[KEY]).text:
            assert job.live
            time.sleep(0.02)
        assert re.fullmatch(r"\d+/\d+字 \d+秒", progress_word(job, desk.report(doc)))
        assert TOLD not in summary({KEY: job})
        desk.stop(doc)
        assert desk.wait(doc, 60)
