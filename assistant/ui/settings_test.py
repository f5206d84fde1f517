"""设置 “测试”: one sentence written by the service, tried beside the page so that a silent service holds nobody up."""

from __future__ import annotations

import threading
import time

import streamlit as st

from assistant.drafting.probe import Probe
from assistant.drafting.settings import EndpointSettings
from assistant.engines import EngineRoom
from assistant.errors import NigaoError
from assistant.ui import texts
from assistant.ui.session import desk

_STATE = "set-probe"
#: Seconds within which most services answer: so long the press itself waits, and nothing flickers.
_AT_ONCE = 1.5


class _Try:
    """A test that is under way or over. ``found`` is what came of it."""

    def __init__(self, engines: EngineRoom, settings: EndpointSettings) -> None:
        self.settings = settings
        self.began = time.monotonic()
        self.found: Probe | NigaoError | None = None
        self._engines = engines
        # A daemon: whoever ends the program does not wait for a silent service.
        self._thread = threading.Thread(target=self._run, name="probe", daemon=True)
        self._thread.start()
        self._thread.join(_AT_ONCE)

    def _run(self) -> None:
        try:
            self.found = self._engines.probe(self.settings)
        except NigaoError as error:
            self.found = error

    @property
    def running(self) -> bool:
        return self._thread.is_alive()


def begin(settings: EndpointSettings) -> None:
    """Tries the service; ``result`` draws what comes of it."""
    st.session_state[_STATE] = _Try(desk().engines, settings)


def refuse(error: NigaoError) -> None:
    """There is nothing to try: why."""
    st.session_state[_STATE] = error


def forget() -> None:
    """What was found belongs to other settings. A test under way ends by itself, and nobody looks."""
    st.session_state.pop(_STATE, None)


def result() -> None:
    """What the last test found, or how long it has been waiting."""
    last: _Try | NigaoError | None = st.session_state.get(_STATE)
    if isinstance(last, _Try) and last.running:
        st.fragment(_waiting, run_every=0.5)(last)
        return
    found = last.found if isinstance(last, _Try) else last
    if isinstance(found, Probe):
        (st.success if found.ok else st.error)(texts.as_text(found.sentence))
    elif found is not None:
        st.error(texts.as_text(found.for_user()))


def _waiting(last: _Try) -> None:
    if not last.running:
        st.rerun()
    waited = time.monotonic() - last.began
    st.info(f"正在等 {texts.as_text(last.settings.host)} 回答，已等 {waited:.0f} 秒；{_patience(last.settings)}")


def _patience(settings: EndpointSettings) -> str:
    return f"{settings.read_timeout:g} 秒没有回音就算不通。其他页面照常可用。"
