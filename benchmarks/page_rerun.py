"""A rerun of the 起草 page over a rerun of a bare Streamlit page with as many widgets and paragraphs.

Both are served by real servers and driven in Debian's Chromium, in turns. A rerun is measured in the browser, from the
click on a button to the frame after the server's last message. The bare page
imports nothing but streamlit and keeps Streamlit's default garbage collection. Aim: ≤ 1.5.

    python benchmarks/page_rerun.py [--runs 30]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs.screenshots import free_port, settle, wait_for  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
BARE = """
import streamlit as st
st.set_page_config(layout="wide")
left, middle, right = st.columns([2, 6, 3])
with left:
    for number in range({widgets}):
        st.button(f"第{{number}}节", key=f"pick-{{number}}")
with middle:
    for number in range({sections}):
        st.html("<p>" + "党管武装工作有序开展，各项任务落到实处。" * 10 + "</p>")
with right:
    st.html("<p>面板</p>")
"""
#: Notes the frame after each message of the server. The page's own script state will not do: a quick run shows none.
WATCH = """
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => {
      window.heard = performance.now();
      requestAnimationFrame(() => { window.painted = performance.now(); });
    });
  }
};
"""
#: Resolves with milliseconds from the click to the frame after the last message, once the server has been still.
MEASURE = """
(button) => new Promise((done) => {
  const began = performance.now();
  window.heard = 0;
  button.click();
  const look = setInterval(() => {
    if (window.heard > began && performance.now() - window.heard > 300 && window.painted >= window.heard) {
      clearInterval(look);
      done(window.painted - began);
    }
  }, 20);
})
"""


def serve(script: Path, folder: str) -> tuple[subprocess.Popen[bytes], str]:
    port = free_port()
    env = {**os.environ, "NIGAO_DATABASE_URL": f"sqlite:///{folder}/rerun.db", "NIGAO_BASE_URL": ""}
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    options = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([*command, *options], cwd=script.parent, env=env, stdout=quiet, stderr=quiet)
    url = f"http://127.0.0.1:{port}"
    wait_for(f"{url}/_stcore/health")
    return server, url


def new_page(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(60_000)
    page.add_init_script(WATCH)
    return page


def our_page(browser: Browser, url: str) -> Page:
    """The 起草 page of the sample with most sections, drafted."""
    page = new_page(browser)
    page.goto(url)
    page.get_by_role("button", name="用示例试一试").click()
    page.get_by_role("button", name="起草全部章节").click()
    page.get_by_role("button", name="全部重写").wait_for()
    settle(page)
    return page


def timed(button: Locator, page: Page) -> float:
    # A page behind another paints no frames.
    page.bring_to_front()
    spent = float(button.evaluate(MEASURE))
    page.wait_for_timeout(60)
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        ours, url = serve(ROOT / "app.py", folder)
        try:
            page = our_page(browser, url)
            picks = page.locator('[class*="st-key-pick-"] button')
            sections, widgets = picks.count(), page.locator("button, textarea, input").count()
            bare_file = Path(folder) / "bare.py"
            bare_file.write_text(BARE.format(widgets=widgets, sections=sections), encoding="utf-8")
            bare, bare_url = serve(bare_file, folder)
            try:
                plain = new_page(browser)
                plain.goto(bare_url)
                settle(plain)
                buttons = plain.locator('[class*="st-key-pick-"] button')
                base: list[float] = []
                own: list[float] = []
                for run in range(options.runs + 3):
                    base.append(timed(buttons.nth(run % widgets), plain))
                    own.append(timed(picks.nth(run % sections), page))
            finally:
                bare.terminate()
                bare.wait(10)
        finally:
            ours.terminate()
            ours.wait(10)
            browser.close()
    # The first three of each warm up.
    first, second = median(base[3:]), median(own[3:])
    print(f"{sections} sections, {widgets} widgets, {options.runs} reruns each, in turns")
    print(f"bare page {first:.0f} ms, 起草 {second:.0f} ms, ratio {second / first:.2f}")


if __name__ == "__main__":
    main()
