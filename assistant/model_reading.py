"""A model reads an old report in the background, part by part; a page asks how far it is and never waits."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.drafting.extraction import FactFinder, Told, parts
from assistant.drafting.leaving import CLOSED, Gate
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import NigaoError, ProgramFault
from assistant.facts.fields import FactSchema

_log = logging.getLogger(__name__)
Done = Callable[[Told | NigaoError], None]


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` parts have been read."""

    done: int
    total: int


class ModelReadings:
    """The texts that are being read now, by the id of their import. Thread-safe; one thread a text."""

    def __init__(self) -> None:
        #: What lets texts out to an endpoint elsewhere.
        self.gate: Callable[[], Gate] = lambda: CLOSED
        self._lock = threading.Lock()
        self._running: dict[str, tuple[Progress, threading.Event, threading.Thread]] = {}

    def start(
        self,
        name: str,
        text: str,
        schema: FactSchema,
        settings: EndpointSettings,
        send_values: SendValues,
        gate: Gate,
        done: Done,
    ) -> None:
        """Begins, unless it is already being read.

        Args:
            gate: asked before anything goes, with the whole text.
            done: called once from the thread, with what the model told or with why it failed; not when it was stopped.

        Raises:
            ConfigurationError, SendingError: the text may not go to that endpoint.
        """
        gate = self.gate()
        # Asked here too, where whoever pressed is still there to be asked.
        gate.check(settings, [text])
        finder = FactFinder(settings, send_values, gate)
        pieces = list(parts(text))
        stopped = threading.Event()

        async def read() -> None:
            try:
                told = await self._all(name, finder, pieces, schema, stopped)
            except NigaoError as error:
                told = error
            finally:
                await finder.aclose()
            if told is not None:
                done(told)

        def run() -> None:
            try:
                asyncio.run(read())
            except Exception:  # noqa: BLE001
                # Nobody waits for this thread: the page would say no more of the reading, as if it had found nothing.
                _log.exception("reading %s with a model failed", name)
                done(ProgramFault("模型没有读完"))
            finally:
                with self._lock:
                    if name in self._running and self._running[name][1] is stopped:
                        del self._running[name]

        thread = threading.Thread(target=run, name=f"reading {name}", daemon=True)
        with self._lock:
            if name in self._running:
                return
            self._running[name] = Progress(0, len(pieces)), stopped, thread
        thread.start()

    async def _all(
        self,
        name: str,
        finder: FactFinder,
        pieces: list[tuple[int, str]],
        schema: FactSchema,
        stopped: threading.Event,
    ) -> Told | NigaoError | None:
        told = Told(())
        for number, (start, part) in enumerate(pieces, 1):
            asking = asyncio.ensure_future(finder.find(part, schema))
            while not asking.done():
                await asyncio.wait([asking], timeout=0.2)
                if stopped.is_set():
                    asking.cancel()
                    await asyncio.wait([asking])
                    return None
            found = asking.result()
            facts = (replace(fact, start=fact.start + start, end=fact.end + start) for fact in found.facts)
            told = Told((*told.facts, *facts), told.dropped + found.dropped, told.unread + found.unread)
            with self._lock:
                if name in self._running:
                    _, event, thread = self._running[name]
                    self._running[name] = Progress(number, len(pieces)), event, thread
        return told

    def progress(self, name: str) -> Progress | None:
        """None while nothing is being read."""
        with self._lock:
            return self._running[name][0] if name in self._running else None

    def stop(self, name: str) -> None:
        """What had come is left."""
        with self._lock:
            running = self._running.pop(name, None)
        if running is not None:
            running[1].set()

    def wait(self, name: str, timeout: float | None = None) -> bool:
        """Waits until the text is read. Returns False when ``timeout`` seconds ran out."""
        with self._lock:
            running = self._running.get(name)
        if running is not None:
            running[2].join(timeout)
            return not running[2].is_alive()
        return True

    def close(self) -> None:
        """Stops all, and waits a moment for their connections to be closed."""
        with self._lock:
            running = list(self._running.values())
            self._running.clear()
        for _, stopped, _ in running:
            stopped.set()
        for _, _, thread in running:
            thread.join(2)
