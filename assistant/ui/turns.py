"""Pages are drawn one after the other rather than all at once.

A Python process has one processor. Ten pages that are drawn at once, a slice of each in turn, are all ready when the
last one is; one after the other the first is ready ten times sooner and the last no later.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds that a page waits at most: one that is long at work (an old report that is read) holds nobody up.
LONGEST = 0.25

_drawing = threading.Lock()


@contextmanager
def turn() -> Iterator[None]:
    """Waits until no other page is being drawn in this process, or for ``LONGEST``."""
    mine = _drawing.acquire(timeout=LONGEST)
    try:
        yield
    finally:
        if mine:
            _drawing.release()
