"""Pages are drawn one after the other rather than all at once.

A Python process has one processor. Ten pages that are drawn at once, a slice of each in turn, are all ready when the
last one is; one after the other the first is ready ten times sooner and the last no later. Besides, a page lets go of
the processor for each row that it reads from the store, and gets it back only when all others had a slice of theirs.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

#: Seconds for which the others wait for one at most: what is long at work (an old report that is read) holds nobody up.
LONGEST = 0.25

P = ParamSpec("P")
T = TypeVar("T")


class _Ticket:
    """A place in the line. ``since``: when its turn began, ``time.monotonic()``."""

    def __init__(self) -> None:
        self.called = threading.Event()
        self.since = 0.0


class _Line:
    """First come, first served; whoever has been at it for ``LONGEST`` is passed over."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[_Ticket] = deque()
        self._holder: _Ticket | None = None

    def take(self) -> _Ticket:
        """Waits for a turn."""
        mine = _Ticket()
        with self._lock:
            self._waiting.append(mine)
            if self._holder is None:
                self._call_next()
        while not mine.called.wait(LONGEST):
            with self._lock:
                late = self._holder is None or time.monotonic() - self._holder.since >= LONGEST
                if late and self._waiting and self._waiting[0] is mine:
                    self._call_next()
        return mine

    def give(self, mine: _Ticket) -> None:
        with self._lock:
            # Not where it was passed over: the turn is another's.
            if self._holder is mine:
                self._call_next()

    def _call_next(self) -> None:
        self._holder = self._waiting.popleft() if self._waiting else None
        if self._holder is not None:
            self._holder.since = time.monotonic()
            self._holder.called.set()


_line = _Line()
_mine = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Waits until no other page is being drawn in this process. Within a turn it is the same turn."""
    if getattr(_mine, "has", False):
        yield
        return
    ticket = _line.take()
    _mine.has = True
    try:
        yield
    finally:
        _mine.has = False
        _line.give(ticket)


def in_turn(function: Callable[P, T]) -> Callable[P, T]:
    """What is drawn by itself, as a fragment, takes a turn as a page does."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with turn():
            return function(*args, **kwargs)

    return run
