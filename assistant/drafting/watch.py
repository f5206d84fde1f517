"""Whoever watches a draft learns more than its text: why it waits, how much is thought, tokens.

Handed down by context, so that engines and what is wrapped around them pass on the text alone.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Protocol

from assistant.drafting.usage import Usage


class Watcher(Protocol):
    """Told from the event loop, while a draft is under way."""

    def waits(self, why: str, until: float | None) -> None:
        """``why`` in Chinese, ``{seconds}`` in it standing for what is left until that ``time.monotonic()``."""
        ...

    def goes(self) -> None:
        """Nothing is waited for any more."""
        ...

    def thinks(self, characters: int) -> None:
        """So many more characters of thinking came."""
        ...

    def counts(self, usage: Usage) -> None:
        """The service counted these tokens of one more answer."""
        ...


class _Nobody:
    def waits(self, why: str, until: float | None) -> None:
        pass

    def goes(self) -> None:
        pass

    def thinks(self, characters: int) -> None:
        pass

    def counts(self, usage: Usage) -> None:
        pass


_NOBODY = _Nobody()
WATCHER: ContextVar[Watcher] = ContextVar("watcher", default=_NOBODY)


def watcher() -> Watcher:
    """Who watches what runs now."""
    return WATCHER.get()
