"""The line before an endpoint: how many requests at once, how many a minute, and not before the time it has named.

One line for each host, for all reports, threads and event loops of this process; first come, first served.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.settings import EndpointSettings
from assistant.drafting.watch import watcher

#: Seconds between two looks at the line.
LOOK = 0.05
MINUTE = 60.0

Why = Literal["held", "rate", "full"]


@dataclass(frozen=True, slots=True)
class Wait:
    """Why a request waits, and for how many seconds at least; ``full`` has no time."""

    why: Why
    seconds: float


class Line:
    """Who may send next. Any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tickets = itertools.count(1)
        self._waiting: list[int] = []
        self._inside: set[int] = set()
        self._sent: deque[float] = deque()
        self._held_until = 0.0

    def enter(self) -> int:
        """A ticket at the end of the line."""
        with self._lock:
            ticket = next(self._tickets)
            self._waiting.append(ticket)
            return ticket

    def admit(self, ticket: int, at_once: int, a_minute: int | None, now: float | None = None) -> Wait | None:
        """None lets the ticket in; otherwise why it has to wait.

        Args:
            now: ``time.monotonic()``, for tests.
        """
        moment = time.monotonic() if now is None else now
        with self._lock:
            if moment < self._held_until:
                return Wait("held", self._held_until - moment)
            if self._waiting[0] != ticket or len(self._inside) >= at_once:
                return Wait("full", LOOK)
            while self._sent and self._sent[0] <= moment - MINUTE:
                self._sent.popleft()
            if a_minute is not None and len(self._sent) >= a_minute:
                return Wait("rate", self._sent[len(self._sent) - a_minute] + MINUTE - moment)
            self._waiting.remove(ticket)
            self._inside.add(ticket)
            self._sent.append(moment)
            return None

    def leave(self, ticket: int) -> None:
        """The request is over, or nobody waits for it any more."""
        with self._lock:
            self._inside.discard(ticket)
            if ticket in self._waiting:
                self._waiting.remove(ticket)

    def hold(self, seconds: float, now: float | None = None) -> None:
        """Nobody goes for so many seconds: the endpoint asked for it."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            self._held_until = max(self._held_until, moment + seconds)


_lines: dict[str, Line] = {}
_making = threading.Lock()


def line_of(settings: EndpointSettings) -> Line:
    """The line of an endpoint's host."""
    with _making:
        return _lines.setdefault(settings.host, Line())


@asynccontextmanager
async def turn(settings: EndpointSettings) -> AsyncIterator[Line]:
    """Waits for a place and holds it; whoever watches is told why it takes long."""
    line = line_of(settings)
    ticket = line.enter()
    try:
        while (wait := line.admit(ticket, settings.parallel, settings.a_minute)) is not None:
            watcher().waits(_SAID[wait.why], None if wait.why == "full" else time.monotonic() + wait.seconds)
            await asyncio.sleep(min(wait.seconds, LOOK))
        watcher().goes()
        yield line
    finally:
        line.leave(ticket)


_SAID: dict[Why, str] = {
    "held": "对方要求 {seconds} 秒后再试",
    "rate": "已到每分钟次数上限，{seconds} 秒后继续",
    "full": "等前面的请求写完",
}
