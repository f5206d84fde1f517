"""Fifty people at once: each opens a report of their own, edits a section, has it redrawn, accepts the new text.

Real websocket sessions against the real server in a process of its own; the model is the fake endpoint at a fixed
speed. Everybody types what carries a mark of their own (甲子村, 乙丑村 …), and every frame that the server sends is
searched for the marks of others. Aims: p95 of an interaction ≤ 300 ms, ≤ 2 MB a session, no mark on a stranger's page.

    python benchmarks/fifty_people.py [--people 50] [--think 5] [--rounds 2]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.desk import open_desk  # noqa: E402
from assistant.drafting.settings import EndpointSettings  # noqa: E402
from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.ui.editor import key_of  # noqa: E402
from benchmarks.websocket_tab import Tab  # noqa: E402
from docs.screenshots import free_port, wait_for  # noqa: E402

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
#: Sixty marks that no shipped text contains.
MARKS = [f"{STEMS[n % 10]}{BRANCHES[n % 12]}村" for n in range(60)]
#: Each mark as it stands in a text, and as JSON writes it.
FORMS = {form: mark for mark in MARKS for form in (mark.encode(), json.dumps(mark)[1:-1].encode())}
ANY_MARK = re.compile(b"|".join(re.escape(form) for form in FORMS))
#: Presses of a person's first minutes warm the server up; they are not counted.
WARMING = 3
#: The server as ``streamlit run`` starts it, which collects garbage when it is told to: memory is measured after that.
SERVER = """
import gc, signal, sys
signal.signal(signal.SIGUSR1, lambda *_: gc.collect())
from streamlit.web.cli import main
sys.argv = ["streamlit", "run", *sys.argv[1:]]
main()
"""


@dataclass
class Seen:
    """What it took: name of an interaction → seconds of each; the server's processor time; what a browser was sent."""

    spent: dict[str, list[float]] = field(default_factory=dict)
    polls: list[float] = field(default_factory=list)
    strangers: list[tuple[str, str]] = field(default_factory=list)
    bytes_in: int = 0
    elements: int = 0
    processor: float = 0.0

    def note(self, name: str, seconds: float) -> None:
        self.spent.setdefault(name, []).append(seconds)


@dataclass(frozen=True)
class Own:
    """A person's mark and their report."""

    mark: str
    report: str
    sections: tuple[str, ...]


def prepare(url: str, people: int, endpoint: str) -> list[Own]:
    """A drafted report for everybody, the mark being the unit's name in it, and the endpoint as the engine."""
    desk = open_desk({"NIGAO_DATABASE_URL": url, "NIGAO_BASE_URL": ""})
    sample = next((ROOT / "examples").glob("*duty-c*.yaml")).read_text(encoding="utf-8")
    everybody = []
    for number in range(people):
        mark = MARKS[number]
        read = load_sheet(sample.replace("柳林街道", mark), desk.library.schema_of)
        report = desk.create(read.report_type, read.shape, sheet=read.sheet)
        desk.draft_all(report.id)
        desk.wait(report.id)
        sections = tuple(section.key for section in report.written if section.facts)
        everybody.append(Own(mark, report.id, sections))
    desk.engines.use_endpoint(EndpointSettings(base_url=endpoint, model="fake", concurrency=people))
    desk.close()
    return everybody


async def person(port: int, own: Own, options: argparse.Namespace, seen: Seen, rounds: int) -> Tab:
    """One person's work; the tab stays open."""
    chance = random.Random(own.mark)

    async def think() -> None:
        await asyncio.sleep(options.think * chance.uniform(0.4, 1.6))

    def look(frame: bytes) -> None:
        seen.strangers += [(own.mark, FORMS[found]) for found in ANY_MARK.findall(frame) if FORMS[found] != own.mark]

    tab = Tab(port, "draft", f"doc={own.report}", on_frame=look)
    await asyncio.sleep(options.think * chance.uniform(0, 2))
    seen.note("open", await tab.open())
    facts = key_of("facts", own.report)
    await tab.tell(facts, "have", tab.given(facts)["digest"])
    for turn in range(rounds):
        key = own.sections[(chance.randrange(100) + turn) % len(own.sections)]
        await think()
        seen.note("pick", await tab.press(f"pick-{key}"))
        await think()
        await edit(tab, own, key, seen)
        await think()
        seen.note("redraw", await tab.press("redraw"))
        if tab.has("beside-yes"):
            # Their own text is in place: they are asked first.
            await think()
            seen.note("agree", await tab.press("beside-yes"))
        await tab.until(lambda: tab.has("accept"))
        await think()
        seen.note("accept", await tab.press("accept"))
    seen.polls += tab.polls
    seen.bytes_in += tab.bytes_in
    seen.elements = tab.elements
    return tab


async def edit(tab: Tab, own: Own, key: str, seen: Seen) -> None:
    """Types a sentence: a save of what stands there every second, then the page follows."""
    editor = key_of("text", own.report, key)
    base = tab.given(editor)
    text, client = base["text"], f"{own.mark}{time.time_ns()}"
    for number, piece in enumerate((f"{own.mark}的民兵", "按时到点，", "训练有序。"), start=1):
        text += piece
        told = {"client": client, "seq": number, "base": base["revision"], "text": text, "rest": number == 3}
        seen.note("save", await tab.tell(editor, "edit", told))
        assert tab.given(editor)["text"] == text, "another text than the one typed"
        await asyncio.sleep(0.9)
    seen.note("follow", await tab.trigger(key_of("page", own.report), "rest", True))


def resident(pid: int) -> float:
    """Megabytes that the process holds in memory, after its garbage was collected."""
    os.kill(pid, signal.SIGUSR1)
    time.sleep(1)
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor(pid: int) -> float:
    """Seconds of processor time that the process has taken."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


async def all_people(port: int, pid: int, everybody: list[Own], options: argparse.Namespace) -> tuple[Seen, float]:
    """Returns what they saw, and megabytes a session."""
    warm = [await person(port, own, argparse.Namespace(think=0.2), Seen(), 1) for own in everybody[:WARMING]]
    for tab in warm:
        await tab.close()
    before, began = await asyncio.to_thread(resident, pid), processor(pid)
    seen = Seen()
    tabs = await asyncio.gather(*(person(port, own, options, seen, options.rounds) for own in everybody))
    after = await asyncio.to_thread(resident, pid)
    for tab in tabs:
        await tab.close()
    seen.processor = processor(pid) - began
    return seen, (after - before) / len(everybody)


def check(url: str, everybody: list[Own]) -> int:
    """What is stored: everybody's marks, and nobody else's. Returns how many sections were looked at."""
    desk = open_desk({"NIGAO_DATABASE_URL": url, "NIGAO_BASE_URL": ""})
    looked = 0
    for own in everybody:
        report = desk.report(own.report)
        for section in report.written:
            texts = [version.text for version in desk.versions(own.report, section.key)]
            strange = {FORMS[found] for text in texts for found in ANY_MARK.findall(text.encode())} - {own.mark}
            assert not strange, f"{own.mark} has {strange} in {section.key}"
            looked += 1
        edited = [version for section in report.written for version in desk.versions(own.report, section.key)]
        assert any(f"{own.mark}的民兵按时到点，训练有序。" in version.text for version in edited), "an edit is lost"
    desk.close()
    return looked


@contextmanager
def running(url: str) -> Iterator[tuple[int, int]]:
    """The server: its port and process id."""
    port = free_port()
    env = {**os.environ, "NIGAO_DATABASE_URL": url, "NIGAO_BASE_URL": "", "NIGAO_SEND_VALUES": "never"}
    command = [sys.executable, "-c", SERVER, str(ROOT / "app.py"), "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def fake_endpoint(speed: float) -> Iterator[str]:
    command = [sys.executable, "-u", "-m", "tests.fakes.endpoint", "--tokens-per-second", str(speed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield next(word for line in server.stdout for word in line.split() if word.startswith("http://"))
        finally:
            server.terminate()


def line(name: str, spent: list[float]) -> str:
    ms = sorted(1000 * seconds for seconds in spent)
    p95 = quantiles(ms, n=20, method="inclusive")[-1] if len(ms) > 1 else ms[0]
    return f"{name:<12}{len(ms):>6}{median(ms):>8.0f}{p95:>8.0f}{ms[-1]:>8.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50, choices=range(1, len(MARKS) + 1), metavar="N")
    parser.add_argument("--think", type=float, default=5, help="seconds between two interactions of a person")
    parser.add_argument("--rounds", type=int, default=2, help="sections that everybody edits and has redrawn")
    parser.add_argument("--tokens-per-second", type=float, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, fake_endpoint(options.tokens_per_second) as endpoint:
        url = f"sqlite:///{folder}/people.db"
        everybody = prepare(url, options.people, endpoint)
        with running(url) as (port, pid):
            began = time.perf_counter()
            seen, memory = asyncio.run(all_people(port, pid, everybody, options))
            took = time.perf_counter() - began
        looked = check(url, everybody)
    print(f"{options.people} people, {options.think:g} s between interactions, {options.rounds} rounds, {took:.0f} s")
    print(f"{'ms':<12}{'count':>6}{'p50':>8}{'p95':>8}{'max':>8}")
    for name, spent in seen.spent.items():
        print(line(name, spent))
    print(line("all", [one for spent in seen.spent.values() for one in spent]))
    if seen.polls:
        print(line("(polls)", seen.polls))
    print(f"memory a session {memory:.2f} MB; bytes to a browser {seen.bytes_in / options.people / 1e3:,.0f} KB")
    print(f"elements on the page {seen.elements}; sections looked at {looked}; strangers' marks {len(seen.strangers)}")
    print(f"server: {seen.processor:.1f} s of processor time; load of the machine {os.getloadavg()[0]:.1f}")
    if seen.strangers:
        raise SystemExit(f"cross-talk: {seen.strangers[:5]}")


if __name__ == "__main__":
    main()
