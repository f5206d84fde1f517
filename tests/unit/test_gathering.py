"""Answers that come together are read together, and nothing of them is late, lost or out of order."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from assistant.drafting.completions import Completions, Message
from assistant.drafting.gathering import Gathering
from assistant.drafting.settings import EndpointSettings
from tests.fakes.endpoint import FakeEndpoint, Reply

TEXT = "全年完成兵役登记，向部队输送优质兵员，双拥工作扎实推进，民兵整组按期完成。"


async def _read(completions: Completions) -> tuple[str, list[str | None]]:
    text, ends = "", []
    async with aclosing(completions.stream([Message("user", "写一节。")], max_tokens=400)) as answer:
        async for delta in answer:
            text += delta.text
            ends.append(delta.finish_reason)
    return text, ends


def test_many_answers_at_once_come_whole_each_for_itself() -> None:
    texts = [f"第{number}节。{TEXT}" for number in range(8)]
    with FakeEndpoint([Reply(text, interval=0.004) for text in texts]) as fake:

        async def all_of_them() -> list[tuple[str, list[str | None]]]:
            completions = Completions(EndpointSettings(base_url=fake.base_url, model="fake", concurrency=8))
            try:
                return list(await asyncio.gather(*(_read(completions) for _ in texts)))
            finally:
                await completions.aclose()

        found = asyncio.run(all_of_them())
    assert sorted(text for text, _ in found) == sorted(texts)
    assert all("stop" in ends for _, ends in found)


def test_answers_that_come_together_wake_the_process_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    slept = asyncio.sleep

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await slept(0)

    monkeypatch.setattr("assistant.drafting.gathering.asyncio.sleep", noted)

    async def read(others: int) -> list[float]:
        pauses.clear()
        kept = [Gathering().__enter__() for _ in range(others)]
        with Gathering() as gathering:
            for _ in range(6):
                await slept(0)
                await gathering.pause()
        for one in kept:
            one.__exit__(None, None, None)
        return list(pauses)

    assert asyncio.run(read(0)) == [], "an answer alone is shown as it comes"
    few, many = asyncio.run(read(2)), asyncio.run(read(40))
    assert few
    assert many
    assert max(few) < max(many) <= 0.2


def test_what_was_there_already_is_not_waited_for() -> None:
    async def read() -> float:
        began = asyncio.get_running_loop().time()
        other = Gathering().__enter__()
        with Gathering() as gathering:
            for _ in range(2000):
                await gathering.pause()
        other.__exit__(None, None, None)
        return asyncio.get_running_loop().time() - began

    async def counted() -> int:
        turns = 0

        async def turning() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(turning())
        await read()
        task.cancel()
        return turns

    assert asyncio.run(counted()) == 0, "pieces at hand are read without giving way"
