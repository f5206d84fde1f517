"""Every test: its own database, no setting from outside, no desk left open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from assistant.configuration import NAMES
from assistant.ui import session


@pytest.fixture(autouse=True)
def _own_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NIGAO_DATABASE_URL", f"sqlite:///{tmp_path / 'nigao.db'}")
    # A developer's own .streamlit/secrets.toml has no say in a test.
    monkeypatch.setattr(session, "ROOT", tmp_path)
    opened = []
    open_desk = session.open_desk

    def remembered(*args: object, **kwargs: object) -> object:
        made = open_desk(*args, **kwargs)  # type: ignore[arg-type]
        opened.append(made)
        return made

    monkeypatch.setattr(session, "open_desk", remembered)
    st.cache_resource.clear()
    yield
    for desk in opened:
        desk.close()
    st.cache_resource.clear()
