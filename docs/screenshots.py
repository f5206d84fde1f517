"""Takes the screenshots of README and docs from today's app: ``.venv/bin/python docs/screenshots.py [WIDTH]``.

Starts the app on an empty database of its own, opens the sample 述职报告, drafts it and visits
every page in Debian's Chromium. Images go to ``docs/images``; with another width, to the folder given by ``--to``.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PAGES = {"事实": "facts", "核校": "review", "导出": "export", "设置": "settings"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{url} did not answer")


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)


def visit(page: Page, to: Path) -> None:
    page.get_by_text("述职报告（街道，重点工作式）").first.click()
    settle(page)
    page.get_by_role("button", name="用示例试一试").click()
    page.get_by_role("button", name="起草全部章节").click()
    settle(page)
    page.get_by_role("button", name="（三）征兵").first.click()
    page.locator(".st-key-sec-on-conscription").wait_for()
    settle(page)
    page.mouse.move(0, 400)
    page.screenshot(path=to / "draft.png")
    for title, name in PAGES.items():
        page.locator('[data-testid="stTopNavLink"]', has_text=title).click()
        settle(page)
        if name == "facts":
            page.get_by_role("button", name="征兵工作").click()
            settle(page)
        page.screenshot(path=to / f"{name}.png")
    page.locator('[data-testid="stTopNavLink"]', has_text="报告").click()
    settle(page)
    page.screenshot(path=to / "reports.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("width", nargs="?", type=int, default=1440)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "images")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "NIGAO_DATABASE_URL": f"sqlite:///{folder}/shots.db", "NIGAO_BASE_URL": ""}
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(f"{url}/_stcore/health")
            with sync_playwright() as playwright:
                flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
                page = browser.new_page(viewport={"width": options.width, "height": 900})
                page.set_default_timeout(60_000)
                page.goto(url)
                visit(page, options.to)
                browser.close()
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    main()
