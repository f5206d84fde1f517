"""The last results of something slow. A page asks for the findings of a report several times while it is drawn."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Memory(Generic[V]):
    """Results by name, each good for as long as what it was made from is equal. Thread-safe; the oldest go first.

    What a result was made from is compared whole, not by a time stamp: a report that was changed in memory, or twice
    in one tick of the clock, is another one.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: OrderedDict[Hashable, tuple[object, V]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: Hashable, source: object, make: Callable[[], V]) -> V:
        """What ``make`` gives for ``source``. Two threads may make the same at once; neither waits for the other."""
        with self._lock:
            known = self._known.get(name)
        if known is not None and known[0] == source:
            return known[1]
        value = make()
        with self._lock:
            self._known[name] = source, value
            self._known.move_to_end(name)
            while len(self._known) > self._size:
                self._known.popitem(last=False)
        return value
