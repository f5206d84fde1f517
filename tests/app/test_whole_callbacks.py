"""A press is carried out whole although the browser asks for another run in the middle of it."""

from __future__ import annotations

from typing import Any

import streamlit as st
from app_kit import Tab, the_desk
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from assistant.ui import form_commit


def test_an_entry_is_saved_although_the_next_one_has_arrived(monkeypatch: Any) -> None:
    tab = Tab(the_desk().create("armed-forces-work", "duty-c").id, "facts")
    tab.press(next(found.key for found in tab.app.button if found.label.startswith("征兵工作 :")))
    asked = []
    given = form_commit.commit

    def interrupted(*args: Any) -> None:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        if not asked:
            asked.append(context.script_requests.request_rerun(RerunData()))
        # Where a run that is to make way for another stops.
        assert st.session_state["doc"]
        given(*args)

    monkeypatch.setattr("assistant.ui.fields.commit", interrupted)
    tab.again().fill("入伍人数", "12")
    assert asked == [True]
    assert tab.report.sheet.value("入伍人数") == 12
