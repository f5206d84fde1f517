"""All sections of a 述职报告 drafted together, over the slowest of them alone.

The job service and the endpoint engine with its repair as the app uses them; the model is the fake endpoint in a
process of its own, at a fixed speed. Then the same with the 起草 page open, through the real server: from the press
until the page shows all sections done, and the bytes that its websocket was sent for every character drafted.
Aim: ≤ 1.10 with every section under way at once, page open; with four at once the queue makes it longer.

    python benchmarks/sections_together.py [--tokens-per-second 40] [--concurrency 16 4]
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.desk import open_desk  # noqa: E402
from assistant.drafting.brief import brief_for  # noqa: E402
from assistant.drafting.endpoint import EndpointEngine  # noqa: E402
from assistant.drafting.jobs import JobKey, JobService, JobState  # noqa: E402
from assistant.drafting.settings import EndpointSettings, SendValues  # noqa: E402
from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.headless import blank_report  # noqa: E402
from assistant.repair.engine import RepairingEngine  # noqa: E402
from assistant.reports.loader import Library  # noqa: E402
from assistant.reports.types import Length  # noqa: E402
from benchmarks.fifty_people import processor, running  # noqa: E402
from benchmarks.websocket_tab import Tab  # noqa: E402


def _keep(*_: object, **__: object) -> bool:
    return True


def _note(*_: object, **__: object) -> None:
    return None


def draft(base_url: str, keys: list[str], concurrency: int) -> dict[str, float]:
    """Drafts the sections through a job service; key → seconds that its engine took, "" → seconds in all."""
    library = Library()
    example = next((ROOT / "examples").glob("*duty-c*.yaml"))
    read = load_sheet(example.read_text(encoding="utf-8"), library.schema_of)
    report = blank_report(library, read.report_type, read.shape, read.sheet, Length.NORMAL, 0)
    settings = EndpointSettings(base_url=base_url, model="fake", concurrency=concurrency)
    engine = RepairingEngine(EndpointEngine(settings, SendValues.NEVER))
    service = JobService(_keep, _note)
    began = time.perf_counter()
    for section in report.written:
        if not keys or section.key in keys:
            brief = brief_for(library.get(read.report_type), report, section, 0)
            service.start(JobKey("r", section.key), brief, engine, parallel=concurrency)
    service.wait("r")
    total = time.perf_counter() - began
    jobs = service.snapshot("r")
    failed = [key for key, job in jobs.items() if job.state is not JobState.DONE]
    if failed:
        raise SystemExit(f"failed: {failed}: {jobs[failed[0]].error}")
    service.close()
    return {"": total, **{key: job.elapsed for key, job in jobs.items()}}


async def at_rest(server: int) -> None:
    """Until a process has done next to nothing for a second: what it loads at first use is no part of drafting."""
    used = -1.0
    while (now := processor(server)) - used > 0.05:
        used = now
        await asyncio.sleep(1)


async def watched(port: int, report: str, server: int) -> tuple[float, int]:
    """Presses 全部起草 on an open page; seconds until the page shows all done, bytes that it was sent meanwhile."""
    async with Tab(port, "draft", f"doc={report}") as tab:
        await tab.rerun()
        await at_rest(server)
        before, began = tab.bytes_in, time.perf_counter()
        await tab.press("draft-all")
        await tab.until(lambda: not tab.has("stop-all"))
        return time.perf_counter() - began, tab.bytes_in - before


def with_the_page(base_url: str, concurrency: int) -> tuple[float, int, int]:
    """All sections on an open page: seconds, bytes to the page, characters of slot text drafted."""
    with tempfile.TemporaryDirectory() as folder:
        configuration = {"NIGAO_DATABASE_URL": f"sqlite:///{folder}/page.db", "NIGAO_BASE_URL": ""}
        desk = open_desk(configuration)
        report = desk.create_from_example(next((ROOT / "examples").glob("*duty-c*.yaml")).name)
        desk.engines.use_endpoint(EndpointSettings(base_url=base_url, model="fake", concurrency=concurrency))
        desk.close()
        with running(configuration["NIGAO_DATABASE_URL"]) as (port, server):
            seconds, sent = asyncio.run(watched(port, report.id, server))
        desk = open_desk(configuration)
        drafted = sum(len(section.text) for section in desk.report(report.id).written)
        empty = [section.key for section in desk.report(report.id).written if not section.text]
        desk.close()
        if empty:
            raise SystemExit(f"not drafted: {empty}")
        return seconds, sent, drafted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens-per-second", type=float, default=40)
    parser.add_argument("--concurrency", type=int, nargs="*", default=[16, 4])
    options = parser.parse_args()
    command = [sys.executable, "-u", "-m", "tests.fakes.endpoint", "--port", "0"]
    command += ["--tokens-per-second", str(options.tokens_per_second)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            base_url = next(word for line in server.stdout for word in line.split() if word.startswith("http://"))
            draft(base_url, ["opening"], 1)
            together = draft(base_url, [], max(options.concurrency))
            slowest = max((key for key in together if key), key=lambda key: together[key])
            alone = draft(base_url, [slowest], 1)[""]
            print(f"sections: {len(together) - 1}; slowest: {slowest}, alone {alone:.2f} s")
            for concurrency in options.concurrency:
                total = draft(base_url, [], concurrency)[""]
                print(f"all sections, {concurrency} at once: {total:.2f} s, {total / alone:.2f} times the slowest")
            seconds, sent, drafted = with_the_page(base_url, max(options.concurrency))
            print(f"with the page open: {seconds:.2f} s, {seconds / alone:.2f} times the slowest")
            print(f"to the page: {sent / 1e3:.0f} KB for {drafted} characters drafted, {sent / drafted:.0f} bytes each")
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
