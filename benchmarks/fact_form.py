"""The 事实 page with 120 facts: how long it takes to open, to echo a letter, and to answer an entry.

Two report types are made for it: 8 groups of 15 facts, as real ones are, and one group of 120, which is drawn in
parts. The app runs in a real server and is driven in Debian's Chromium; every input is left with Enter. Three figures
a row:

- browser: from the key (or the press on 事实) to the frame after the server's last message. Aim: an entry ≤ 100 ms.
  Of opening also: to the frame in which every input that the window shows stands; the rest of the group is below it.
- messages: what the server sent until it was still.
- CPU: what the server's process and the page's main thread computed, together; on a busy machine the figure to compare.

    python benchmarks/fact_form.py [--runs 30]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from page_rerun import FLAGS, new_page  # noqa: E402

from assistant.desk import open_desk  # noqa: E402
from assistant.reports.loader import Library  # noqa: E402
from docs.screenshots import free_port, settle, wait_for  # noqa: E402

#: The app's own entry, on other report types.
ENTRY = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from assistant.reports.loader import Library
from assistant.ui import session, shell
from assistant.desk import open_desk
session.open_desk = lambda configuration: open_desk(configuration, Library(Path({prompts!r})))
shell.run()
"""
KINDS = (
    "count, measure: 人",
    "count, measure: 次",
    "money",
    "count, measure: 个",
    "percent",
    "count, measure: 户",
    "text",
)
#: From the last key on, until the server has been still for 300 ms.
STILL = """
() => new Promise((done) => {
  const look = setInterval(() => {
    const heard = window.heard || 0, now = performance.now();
    if (heard > window.began && now - heard > 300 && window.painted >= heard) {
      clearInterval(look);
      done(window.painted - window.began);
    }
  }, 20);
})
"""
NOTE = """
for (const kind of ["keydown", "mousedown"])
  document.addEventListener(kind, () => {
    window.began = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => { window.echoed = performance.now() - window.began; }));
  }, true);
const INPUTS = '.st-key-form [class*="st-key-fact-row-"] input[type="text"]';
document.addEventListener("mousedown", () => {
  const from = window.began;
  const stood = (window.stood = []);
  const look = () => {
    const count = document.querySelectorAll(INPUTS).length;
    if (count > (stood.at(-1)?.[1] ?? 0)) stood.push([performance.now() - from, count]);
    if (performance.now() - from < 1000 && window.began === from) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}, true);
// When as many inputs stood as the window shows.
window.shown = () => {
  const seen = [...document.querySelectorAll(INPUTS)].filter((one) => one.getBoundingClientRect().top < innerHeight);
  return window.stood.find(([, count]) => count >= seen.length)?.[0] ?? 0;
};
const Watched = window.WebSocket;
window.WebSocket = class extends Watched {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => { window.messages = (window.messages || 0) + 1; });
  }
};
"""


def make_type(folder: Path, key: str, groups: int, facts: int) -> None:
    lines = [f"name: {key}", "groups:"]
    for group in range(groups):
        lines += [f"  - name: 第{group + 1}组", "    facts:"]
        for place in range(facts // groups):
            number = group * (facts // groups) + place
            kind = KINDS[number % len(KINDS)]
            lines.append(f"      - {{label: 第{number}项事实, type: {kind}, hint: 如 {number}, required_by: all}}")
    lines += [
        "shapes:",
        "  - key: work",
        "    name: 总结",
        "    document: 总结",
        "    voice: unit",
        '    title: "总结"',
    ]
    lines += ["    sections:", "      - {key: opening, title: 开头, style: plain, template: s}"]
    for kind in ("sections", "phrases"):
        (folder / key / kind).mkdir(parents=True)
        (folder / key / kind / "s.j2").write_text("完成{{第0项事实}}。", encoding="utf-8")
    (folder / key / "report.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


class Work:
    """What a page and its server have done so far."""

    def __init__(self, page: Page, server: int) -> None:
        self._page = page
        self._server = server
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable")

    def now(self) -> tuple[float, float]:
        """(messages, ms of CPU)."""
        metrics = {one["name"]: one["value"] for one in self._session.send("Performance.getMetrics")["metrics"]}
        fields = Path(f"/proc/{self._server}/stat").read_text().rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        computed = 1000 * ticks / os.sysconf("SC_CLK_TCK") + 1000 * metrics["TaskDuration"]
        return float(self._page.evaluate("window.messages || 0")), computed


def measured(page: Page, work: Work, count: int, act: Callable[[int], None]) -> list[tuple[float, float, float]]:
    figures = []
    # The first two warm up.
    for number in range(count + 2):
        sent, computed = work.now()
        act(number)
        spent = float(page.evaluate(STILL))
        done = work.now()
        figures.append((spent, done[0] - sent, done[1] - computed))
    return figures[2:]


def told(name: str, figures: list[tuple[float, float, float]]) -> None:
    columns = [list(column) for column in zip(*figures, strict=True)]
    shown = "   ".join(
        f"{what} {median(column):6.0f} (p90 {quantiles(column, n=10)[-1]:.0f})"
        for what, column in zip(("browser ms", "messages", "CPU ms"), columns, strict=True)
    )
    print(f"{name:<34} {shown}")


def drive(page: Page, work: Work, url: str, doc: str, count: int) -> None:
    page.goto(f"{url}/facts?doc={doc}")
    page.locator(".st-key-form").wait_for()
    settle(page)
    inputs = page.locator('.st-key-form [class*="st-key-fact-row-"] [data-testid="stTextInputRootElement"] input')
    inputs.nth(14).wait_for()
    settle(page)
    shown = inputs.count()
    echoes: list[float] = []

    def enter(number: int) -> None:
        page.keyboard.type(str(number + 1))
        echoes.append(float(page.evaluate("window.echoed || 0")))
        page.keyboard.press("Enter")

    stood: list[float] = []

    def visit(_: int) -> None:
        page.get_by_role("link", name="起草", exact=True).first.click()
        page.evaluate(STILL)
        page.get_by_role("link", name="事实", exact=True).first.click()

    def visit_and_see(number: int) -> None:
        visit(number)
        page.evaluate(STILL)
        stood.append(float(page.evaluate("window.shown()")))

    inputs.first.click()
    told(f"an entry, {shown} inputs on the page", measured(page, work, count, enter))
    print(f"{'a letter on the screen':<34} browser {median(echoes[2:]):6.0f} ms (two frames)")
    opened = measured(page, work, max(5, count // 3), visit_and_see)
    # The visit to 起草 is in the sums; the browser's figure is that of the last press alone.
    whole = median([row[0] for row in opened])
    print(f"{'opening the page':<34} browser {whole:6.0f} ms, what the window shows {median(stood):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        make_type(folder / "prompts", "spread", 8, 120)
        make_type(folder / "prompts", "single", 1, 120)
        url = f"sqlite:///{folder}/form.db"
        desk = open_desk({"NIGAO_DATABASE_URL": url}, Library(folder / "prompts"))
        docs = {key: desk.create(key, "work").id for key in ("spread", "single")}
        desk.close()
        # Beside the package, as app.py is: page links are told from there.
        (folder / "assistant").symlink_to(ROOT / "assistant")
        (folder / ".streamlit").symlink_to(ROOT / ".streamlit")
        entry = ENTRY.format(root=str(folder), prompts=str(folder / "prompts"))
        (folder / "app.py").write_text(entry, encoding="utf-8")
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        env = {**os.environ, "NIGAO_DATABASE_URL": url, "NIGAO_BASE_URL": ""}
        quiet = subprocess.DEVNULL
        server = subprocess.Popen(command, cwd=folder, env=env, stdout=quiet, stderr=quiet)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            for key, said in (("spread", "120 facts in 8 groups"), ("single", "120 facts in one group")):
                print(said)
                page = new_page(browser)
                page.add_init_script(NOTE)
                drive(page, Work(page, server.pid), f"http://127.0.0.1:{port}", docs[key], options.runs)
                page.close()
        finally:
            server.terminate()
            server.wait(10)
            browser.close()
    print(f"load average of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
