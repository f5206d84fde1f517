"""All sections of a 述职报告 drafted together, over the slowest of them alone.

The job service and the endpoint engine as the app uses them; the model is the fake endpoint in a process of its own,
at a fixed speed. Aim: ≤ 1.15 with every section under way at once; with four at once the queue makes it longer.

    python benchmarks/sections_together.py [--tokens-per-second 40] [--concurrency 16 4]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.drafting.brief import brief_for  # noqa: E402
from assistant.drafting.endpoint import EndpointEngine  # noqa: E402
from assistant.drafting.jobs import JobKey, JobService, JobState  # noqa: E402
from assistant.drafting.settings import EndpointSettings, SendValues  # noqa: E402
from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.headless import blank_report  # noqa: E402
from assistant.reports.loader import Library  # noqa: E402
from assistant.reports.types import Length  # noqa: E402


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
    engine = EndpointEngine(settings, SendValues.NEVER)
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
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
