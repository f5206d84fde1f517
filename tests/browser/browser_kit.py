"""A real server of the app in a process of its own, and a person at Debian's Chromium."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from assistant.configuration import NAMES
from assistant.desk import Desk, open_desk
from assistant.drafting.settings import EndpointSettings

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
PATIENCE = 90_000
expect.set_options(timeout=PATIENCE)
#: Takes as long as server and browser are behind, so that a busy machine is waited for and an idle one is not.
_BEAT = """async () => {
    for (const _ of [1, 2]) {
        await fetch('/_stcore/health')
        await new Promise(requestAnimationFrame)
    }
}"""


class App:
    """The running server. ``desk`` is a desk of the test's own on the same database."""

    def __init__(self, url: str, desk: Desk, process: int, server: Server | None = None) -> None:
        self.url = url
        self.desk = desk
        self._process = process
        self._server = server

    @contextlib.contextmanager
    def stunned(self) -> Iterator[None]:
        """The server does nothing: what the browser tells it meanwhile, it hears all at once."""
        os.kill(self._process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process, signal.SIGCONT)

    @contextlib.contextmanager
    def gone(self) -> Iterator[None]:
        """The server is killed, and started again."""
        assert self._server is not None
        self._server.kill()
        try:
            yield
        finally:
            self._process = self._server.start()

    def log(self) -> str:
        """The end of what the server wrote, also before it was started again."""
        assert self._server is not None
        return self._server.log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def text(self, doc: str, key: str) -> str:
        section = self.desk.report(doc).section(key)
        assert section is not None
        return section.text

    def written(self) -> str:
        """A report with every section drafted, by the embedded engine of the test's own desk."""
        doc = self.desk.create_from_example("liulin-duty-c.yaml").id
        self.desk.draft_all(doc)
        assert self.desk.wait(doc, 30)
        return doc


@contextlib.contextmanager
def serve(folder: Path, endpoint: EndpointSettings | None = None) -> Iterator[App]:
    """Starts the app on a port of its own and a database in ``folder``; ends the process by its id."""
    port = _free_port()
    env = {name: value for name, value in os.environ.items() if name not in NAMES}
    env["NIGAO_DATABASE_URL"] = f"sqlite:///{folder / 'nigao.db'}"
    desk = open_desk({"NIGAO_DATABASE_URL": env["NIGAO_DATABASE_URL"]})
    # The choice in the database wins over a developer's own .streamlit/secrets.toml.
    chooser = open_desk({"NIGAO_DATABASE_URL": env["NIGAO_DATABASE_URL"]})
    if endpoint is None:
        chooser.engines.use_embedded()
    else:
        chooser.engines.use_endpoint(endpoint)
    chooser.close()
    server = Server(port, env, folder / "server.log")
    try:
        process = server.start()
        yield App(f"http://127.0.0.1:{port}", desk, process, server)
    finally:
        desk.close()
        server.end()


class Server:
    """The process that serves the app; started again it has the same port and database."""

    def __init__(self, port: int, env: dict[str, str], log: Path) -> None:
        self._port = port
        self._env = env
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> int:
        """Returns the process's id, once it answers."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self._port)]
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self._env, stdout=out, stderr=subprocess.STDOUT)
        _wait_for_health(self._port, self._process, self.log)
        return self._process.pid

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)

    def end(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_health(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        with contextlib.suppress(OSError), opener.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"no answer within 60 s\n{log.read_text(encoding='utf-8', errors='replace')}")


#: What is told of a page where something else was expected.
_STATE = """() => {
    const data = document.querySelector('[data-testid=stApp]')?.dataset ?? {}
    return {
        connection: data.testConnectionState,
        script: data.testScriptState,
        drawn: !('nigaoCut' in document.documentElement.dataset),
        status: document.querySelector('.ng-status .right')?.textContent,
        kept: { ...sessionStorage },
        caret: document.activeElement?.className,
        messages: [...document.querySelectorAll('[role=alert]')].map((one) => one.innerText),
    }
}"""


class Person:
    """Somebody at a browser window. ``strays`` are the requests that left this machine, ``console`` what it logged."""

    def __init__(self, browser: Browser, app: App, width: int = 1440, height: int = 900) -> None:
        self.app = app
        self.strays: list[str] = []
        self.console: list[str] = []
        self.context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", self._note)
        self.page.on("console", lambda message: self.console.append(f"{time.strftime('%X')} {message.text}"))
        self.page.on("pageerror", lambda error: self.console.append(f"{time.strftime('%X')} {error}"))

    def _note(self, request: Any) -> None:
        if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", request.url):
            self.strays.append(request.url)

    # ---- what a person does

    def open(self, page: str = "", doc: str = "") -> None:
        self.page.goto(f"{self.app.url}/{page}" + (f"?doc={doc}" if doc else ""))
        self.arrived()

    def reload(self) -> None:
        self.page.reload()
        self.arrived()

    def arrived(self) -> None:
        self.page.locator(".ng-badge").wait_for()
        self.settle()

    def visit(self, title: str) -> None:
        """By the navigation at the head of the page."""
        # As long as a person holds the button: at 0 ms, right after typing, Streamlit saves the text but stays.
        self.page.get_by_role("link", name=title, exact=True).first.click(delay=60)
        self.settle()

    def press(self, name: str) -> None:
        """A button by its key, or else by what it says."""
        self.key(name).or_(self.page.get_by_role("button", name=name)).first.click()
        self.settle()

    def key(self, key: str) -> Locator:
        return self.page.locator(f".st-key-{key} button")

    def fill(self, label: str, value: str, nth: int = 0) -> None:
        """An input of 事实 by its label, left with Tab as people do."""
        box = self.page.get_by_label(label, exact=True).nth(nth)
        box.fill(value)
        box.press("Tab")
        self.settle()

    def text_of(self, key: str) -> Locator:
        """A section's text on the paper, where it is edited."""
        return self.page.locator(f".st-key-part-{key} .cm-content")

    def write(self, key: str, text: str) -> None:
        """Types over a section's whole text."""
        self.text_of(key).click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def saved(self, key: str, text: str, doc: str = "") -> None:
        """Waits until the section's text on disk is this one, and no other."""
        doc = doc or self.doc
        until = time.monotonic() + PATIENCE / 1000
        while (found := self.app.text(doc, key)) != text and time.monotonic() < until:
            self.page.wait_for_timeout(50)
        assert found == text, self._instead(key, found)

    def _instead(self, key: str, found: str) -> str:
        """What there is where a section's text did not come to be the one that was typed."""
        told = {
            "on disk": found,
            "on the page": self.text_of(key).all_inner_texts(),
            **self.page.evaluate(_STATE),
            "console": self.console[-30:],
            "server": self.app.log(),
        }
        return "\n".join(f"{name}: {value}" for name, value in told.items())

    # ---- what a person sees

    @property
    def doc(self) -> str:
        found = re.search(r"[?&]doc=([^&]+)", self.page.url)
        assert found, self.page.url
        return found[1]

    def settle(self) -> None:
        """Until the script is at rest, and still so a moment later."""
        for pause in (120, 80):
            self.page.wait_for_timeout(pause)
            self.page.evaluate(_BEAT)
            expect(self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached(
                timeout=PATIENCE
            )

    @property
    def words(self) -> str:
        return str(self.page.evaluate("document.body.innerText"))

    @property
    def paper(self) -> str:
        return self.page.locator(".st-key-paper").inner_text()

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        return int(
            self.page.evaluate(
                """() => Math.max(...[document.documentElement, document.querySelector('[data-testid="stMain"]')]
                     .filter(Boolean).map((box) => box.scrollWidth - box.clientWidth))"""
            )
        )

    def download(self, key: str) -> tuple[str, Path]:
        with self.page.expect_download() as waiting:
            self.key(key).click()
        return waiting.value.suggested_filename, Path(waiting.value.path())
