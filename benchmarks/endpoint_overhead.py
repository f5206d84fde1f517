"""What `complete_section` costs over the bare AsyncOpenAI: first visible text and total time of one section.

Both read the same answer of the same local fake server, which runs in a process of its own; runs are interleaved,
so that whatever else the machine does falls on both. Aim: total ≤ 1.02 times, first text ≤ 10 ms later.

    python benchmarks/endpoint_overhead.py [--runs 15] [--tokens-per-second 100] [--tokens 300]
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import openai

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.drafting.completions import Completions, Message  # noqa: E402
from assistant.drafting.continuation import complete_section  # noqa: E402
from assistant.drafting.settings import EndpointSettings  # noqa: E402

ASK = [Message("system", "你写公文。"), Message("user", "写一节。")]
SENTENCE = "全年完成兵役登记{{兵役登记}}，向部队输送{{入伍人数|名}}优质兵员。"


@dataclass(frozen=True)
class Timing:
    """Seconds from the request to the first visible text, and to the end of the answer."""

    first: float
    total: float


async def bare(client: openai.AsyncOpenAI) -> Timing:
    """The least that a program can do."""
    began, first, text = time.perf_counter(), 0.0, ""
    stream = await client.chat.completions.create(
        model="fake",
        messages=[{"role": "system", "content": ASK[0].content}, {"role": "user", "content": ASK[1].content}],
        max_tokens=4000,
        temperature=0.7,
        stream=True,
        stream_options={"include_usage": True},
    )
    async with stream:
        async for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                first = first or time.perf_counter() - began
                text += chunk.choices[0].delta.content
    return Timing(first, time.perf_counter() - began)


async def ours(completions: Completions) -> Timing:
    """A section as the product drafts it."""
    began = time.perf_counter()
    shown: list[float] = []
    await complete_section(
        completions,
        ASK,
        max_tokens=4000,
        on_text=lambda _: shown.append(time.perf_counter()),
        continue_prompt="请继续。",
        heading="征兵工作",
    )
    return Timing(shown[0] - began, time.perf_counter() - began)


async def measure(base_url: str, runs: int) -> tuple[list[Timing], list[Timing]]:
    """Interleaved runs, the first pair of which warms up and is not counted."""
    client = openai.AsyncOpenAI(base_url=base_url, api_key="none")
    completions = Completions(EndpointSettings(base_url=base_url, model="fake"))
    pair: list[Callable[[], Awaitable[Timing]]] = [lambda: bare(client), lambda: ours(completions)]
    found: tuple[list[Timing], list[Timing]] = ([], [])
    try:
        for run in range(runs + 1):
            for place in (0, 1) if run % 2 else (1, 0):
                timing = await pair[place]()
                if run:
                    found[place].append(timing)
    finally:
        await client.close()
        await completions.aclose()
    return found


def report(speed: float, runs: int, tokens: int) -> None:
    """Measure at one speed (tokens/s, 0: as fast as the server can) and print a line."""
    text = (SENTENCE * (tokens * 2 // len(SENTENCE) + 1))[: tokens * 2]
    command = [sys.executable, "-m", "tests.fakes.endpoint", "--tokens-per-second", str(speed), "--text", text]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            base, own = asyncio.run(measure(server.stdout.readline().strip(), runs))
        finally:
            server.terminate()
    total = [median(timing.total for timing in timings) for timings in (base, own)]
    first = [median(timing.first for timing in timings) for timings in (base, own)]
    name = f"{speed:g} tokens/s" if speed else "at once"
    later, own_work = first[1] - first[0], (total[1] - total[0]) / tokens
    print(
        f"{name:>14}  total {total[0] * 1e3:8.1f} → {total[1] * 1e3:8.1f} ms  ratio {total[1] / total[0]:.3f}"
        f"   first text {first[0] * 1e3:6.2f} → {first[1] * 1e3:6.2f} ms  later by {later * 1e3:+.2f} ms"
        f"   own work {own_work * 1e6:+.1f} µs/token"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--tokens", type=int, default=300)
    parser.add_argument("--tokens-per-second", type=float, nargs="*", default=[100, 500, 0])
    arguments = parser.parse_args()
    print(f"{arguments.runs} runs each, {arguments.tokens} tokens, medians: bare AsyncOpenAI → complete_section")
    for speed in arguments.tokens_per_second:
        report(speed, arguments.runs, arguments.tokens)


if __name__ == "__main__":
    main()
