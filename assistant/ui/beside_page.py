"""Questions to a service that are asked beside the page, so that a silent one holds nobody up."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

import streamlit as st

from assistant.errors import NigaoError, ProgramFault
from assistant.ui import session, texts

_log = logging.getLogger(__name__)
T = TypeVar("T")
#: Seconds within which most services answer: so long the press itself waits, and nothing flickers.
AT_ONCE = 1.5


class Asked(Generic[T]):
    """A question that is under way or over. ``found`` is its answer or what went wrong, None while it is under way."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self.began = time.monotonic()
        self.found: T | NigaoError | None = None
        self._ask = ask
        # A daemon: whoever ends the program does not wait for a silent service.
        self._thread = threading.Thread(target=self._run, name="asked", daemon=True)
        self._thread.start()
        self._thread.join(AT_ONCE)

    def _run(self) -> None:
        try:
            self.found = self._ask()
        except NigaoError as error:
            self.found = error
        except Exception:  # noqa: BLE001
            # Nobody waits for this thread: who asked would be told nothing, not even that it is over.
            _log.exception("a question beside the page failed")
            self.found = ProgramFault("这次没有问成")

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    @property
    def waited(self) -> float:
        """Seconds since it was asked."""
        return time.monotonic() - self.began


def begin(name: str, ask: Callable[[], object]) -> None:
    """Asks under a name of the session; `answer` has what comes. Raises NigaoError: what went wrong at once."""
    asked = Asked(ask)
    if isinstance(asked.found, NigaoError):
        raise asked.found
    st.session_state[name] = asked


def answer(name: str, waiting_for: str) -> object | None:
    """The answer, once; None while it is waited for, which is then drawn, and where nothing was asked.

    What went wrong later than at once is told at the head of the page.
    """
    asked: Asked[object] | None = st.session_state.get(name)
    if asked is None:
        return None
    if asked.running:
        st.fragment(_waiting, run_every=0.5)(asked, waiting_for)
        return None
    del st.session_state[name]
    if isinstance(asked.found, NigaoError):
        session.tell(asked.found.for_user())
        st.rerun()
    return asked.found


def _waiting(asked: Asked[object], waiting_for: str) -> None:
    if not asked.running:
        st.rerun()
    st.caption(texts.as_text(f"正在等{waiting_for}，已等 {asked.waited:.0f} 秒。这段时间别的都能照常用。"))
