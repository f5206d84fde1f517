"""设置 “测试”: one sentence written by the service, tried beside the page so that a silent service holds nobody up."""

from __future__ import annotations

import streamlit as st

from assistant.drafting.probe import Probe
from assistant.drafting.settings import EndpointSettings
from assistant.engines import EngineRoom
from assistant.errors import NigaoError
from assistant.ui import texts
from assistant.ui.beside_page import Asked
from assistant.ui.session import desk

_STATE = "set-probe"


class _Try(Asked[Probe]):
    """A test that is under way or over."""

    def __init__(self, engines: EngineRoom, settings: EndpointSettings) -> None:
        self.settings = settings
        super().__init__(lambda: engines.probe(settings))


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
    st.info(f"正在等 {texts.as_text(last.settings.host)} 回答，已等 {last.waited:.0f} 秒；{_patience(last.settings)}")


def _patience(settings: EndpointSettings) -> str:
    return f"{settings.read_timeout:g} 秒没有回音就算不通。其他页面照常可用。"
