"""Models that are answering now, each on a thread of its own; a page asks how far one is and never waits."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.drafting.chat import ChatAnswer, ChatModel
from assistant.drafting.chat_messages import Talk
from assistant.errors import NigaoError, ProgramFault

_log = logging.getLogger(__name__)
#: (report, number of the turn)
Name = tuple[str, int]
#: Called once from the thread: the answer or why there is none, and the words that had come.
Done = Callable[[ChatAnswer | NigaoError | None, str], None]


@dataclass
class _Asking:
    thread: threading.Thread | None = None
    stopped: threading.Event = field(default_factory=threading.Event)
    text: str = ""


class Askings:
    """Thread-safe. A closed page stops nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[Name, _Asking] = {}

    def start(self, name: Name, model: Callable[[], ChatModel], talk: Talk, done: Done) -> None:
        """Begins.

        Args:
            model: makes the model on the thread that asks it.
            done: with None for an answer that was stopped.
        """
        asking = _Asking()

        def note(text: str) -> None:
            asking.text = text

        def run() -> None:
            try:
                done(asyncio.run(_ask(model, talk, asking, note)), asking.text)
            except Exception:  # noqa: BLE001
                # Nobody waits for this thread: the page would say that the answer was cut off, and not why.
                _log.exception("the answer to turn %s of %s failed", name[1], name[0])
                done(ProgramFault("这句没有答完"), asking.text)
            finally:
                with self._lock:
                    self._running.pop(name, None)

        asking.thread = threading.Thread(target=run, name=f"chat {name[0]}", daemon=True)
        with self._lock:
            self._running[name] = asking
        asking.thread.start()

    def text(self, name: Name) -> str | None:
        """What has come so far; None while nothing is being answered."""
        with self._lock:
            return self._running[name].text if name in self._running else None

    def live(self, report_id: str) -> bool:
        with self._lock:
            return any(name[0] == report_id for name in self._running)

    def stop(self, report_id: str) -> None:
        """What had come is kept."""
        for asking in self._of(report_id):
            asking.stopped.set()

    def wait(self, report_id: str, timeout: float | None = None) -> bool:
        """Waits until nothing of the report is being answered. Returns False when ``timeout`` seconds ran out."""
        for asking in self._of(report_id):
            if asking.thread is not None:
                asking.thread.join(timeout)
        return not self.live(report_id)

    def close(self) -> None:
        """Stops all, and waits a moment for their connections to be closed."""
        with self._lock:
            running = list(self._running.values())
        for asking in running:
            asking.stopped.set()
        for asking in running:
            if asking.thread is not None:
                asking.thread.join(2)

    def _of(self, report_id: str) -> list[_Asking]:
        with self._lock:
            return [asking for name, asking in self._running.items() if name[0] == report_id]


async def _ask(
    make: Callable[[], ChatModel], talk: Talk, asking: _Asking, note: Callable[[str], None]
) -> ChatAnswer | NigaoError | None:
    model: ChatModel | None = None
    try:
        model = make()
        answering = asyncio.ensure_future(model.ask(talk, note))
        while not answering.done():
            await asyncio.wait([answering], timeout=0.1)
            if asking.stopped.is_set():
                answering.cancel()
                await asyncio.wait([answering])
                return None
        return answering.result()
    except NigaoError as error:
        return error
    finally:
        if model is not None:
            await model.aclose()
