"""Every test: its own database, no setting from outside, no desk left open."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager

from assistant import engines
from assistant.configuration import NAMES
from assistant.desk import Desk
from assistant.ui import session


@pytest.fixture(autouse=True)
def _own_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    # AppTest has no browser to run a component in.
    monkeypatch.setenv("NIGAO_PLAIN_EDITOR", "1")
    monkeypatch.setenv("NIGAO_DATABASE_URL", f"sqlite:///{tmp_path / 'nigao.db'}")
    # A developer's own .streamlit/secrets.toml has no say in a test.
    monkeypatch.setattr(session, "ROOT", tmp_path)
    # Every AppTest reads the metadata of all installed packages in search of components: 0.25 s, and none is ours.
    monkeypatch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_, **__: None)
    desks = _remembered(monkeypatch, session, "open_desk")
    made = _remembered(monkeypatch, engines, "EndpointEngine")
    st.cache_resource.clear()
    yield
    for desk in desks:
        _close(desk, made)
    st.cache_resource.clear()


def _remembered(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[Any]:
    """What a function of the module returns from now on."""
    returned: list[Any] = []
    call = getattr(module, name)

    def remember(*args: Any, **kwargs: Any) -> Any:
        returned.append(call(*args, **kwargs))
        return returned[-1]

    monkeypatch.setattr(module, name, remember)
    return returned


def _close(desk: Desk, made: list[Any]) -> None:
    # An engine's connections belong to the jobs' loop, which goes with the desk; the process never closes them.
    loop = desk.jobs._loop
    if loop is not None:
        for engine in made:
            asyncio.run_coroutine_threadsafe(engine.aclose(), loop).result(5)
    desk.close()
