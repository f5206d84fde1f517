"""A press or an entry is carried out although the browser asks for another run before it is, or in the middle of it."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
import streamlit as st
from app_kit import Tab, the_desk
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.runtime.state.session_state import SessionState

from assistant.ui import form_commit
from assistant.ui.whole_callbacks import keep_entries


def test_an_entry_is_saved_although_the_next_one_has_arrived(monkeypatch: Any) -> None:
    tab = Tab(the_desk().create("armed-forces-work", "duty-c").id, "facts")
    tab.group("征兵工作")
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


def values(**given: str | bool) -> WidgetStates:
    states = WidgetStates()
    for name, value in given.items():
        state = states.widgets.add(id=name)
        if isinstance(value, bool):
            state.trigger_value = value
        else:
            state.string_value = value
    return states


def read(states: WidgetStates | None) -> dict[str, str | bool]:
    assert states is not None
    return {one.id: getattr(one, str(one.WhichOneof("value"))) for one in states.widgets}


def runner(*waiting: RerunData) -> Any:
    """A runner at work, for which these requests wait."""
    requests = ScriptRequests()
    for one in waiting:
        requests.request_rerun(one)
    return SimpleNamespace(_requests=requests, request_stop=requests.request_stop, request_rerun=requests.request_rerun)


def asked(at_work: Any, **given: Any) -> list[RerunData]:
    """What new runners are begun with when the browser asks a session for this."""
    keep_entries()
    begun: list[RerunData] = []
    session: Any = SimpleNamespace(
        _state=None,
        _client_state=ClientState(),
        _scriptrunner=at_work,
        has_fragment=lambda _: True,
        _create_scriptrunner=begun.append,
    )
    AppSession.request_rerun(session, ClientState(**given))
    return begun


def test_of_requests_that_wait_together_no_value_is_lost() -> None:
    keep_entries()
    requests = ScriptRequests()
    requests.request_rerun(RerunData(widget_states=values(text="写了一半", place="旧", press=True)))
    requests.request_rerun(RerunData(widget_states=values(place="新"), page_script_hash="export"))
    waiting = requests.on_scriptrunner_ready().rerun_data
    assert read(waiting.widget_states) == {"text": "写了一半", "place": "新", "press": True}
    assert waiting.page_script_hash == "export"


def test_what_was_typed_while_a_page_was_drawn_goes_along_to_the_next_page() -> None:
    at_work = runner(RerunData(widget_states=values(text="刚写完"), fragment_id="part-opening"))
    (begun,) = asked(at_work, page_script_hash="export", widget_states=WidgetStates())
    assert read(begun.widget_states) == {"text": "刚写完"}
    # And only there: a press that waited is not carried out twice.
    assert at_work._requests.on_scriptrunner_ready().type is ScriptRequestType.STOP


def test_entries_that_a_runner_has_begun_with_go_along_to_another_page_but_no_press() -> None:
    at_work = runner(RerunData(widget_states=values(press=True, text="22"), page_script_hash="facts"))
    at_work._requests.on_scriptrunner_ready()
    (begun,) = asked(at_work, page_script_hash="export", widget_states=values(place="新"))
    assert read(begun.widget_states) == {"place": "新", "text": "22"}


def test_on_the_same_page_nothing_of_what_a_runner_has_begun_with_is_told_again() -> None:
    at_work = runner(RerunData(widget_states=values(press=True, text="22"), page_script_hash="facts"))
    at_work._requests.on_scriptrunner_ready()
    (begun,) = asked(at_work, page_script_hash="facts", widget_states=values(place="新"))
    assert read(begun.widget_states) == {"place": "新"}


def test_a_fragment_that_draws_itself_again_does_not_lead_back_to_its_page() -> None:
    keep_entries()
    requests = ScriptRequests()
    requests.request_rerun(RerunData(page_script_hash="export", widget_states=values(place="新")))
    requests.request_rerun(RerunData(page_script_hash="draft", fragment_id="stream", is_auto_rerun=True))
    waiting = requests.on_scriptrunner_ready().rerun_data
    assert (waiting.page_script_hash, waiting.fragment_id_queue) == ("export", [])


def test_an_entry_of_a_fragment_waits_at_the_runner_that_draws_the_page() -> None:
    at_work = runner()
    assert asked(at_work, fragment_id="part-opening", widget_states=values(text="写")) == []
    assert read(at_work._requests.on_scriptrunner_ready().rerun_data.widget_states) == {"text": "写"}


class Slow(ScriptRunner):
    """A runner of a session that comes to its callbacks when it is let, and notes it."""

    def __init__(self, session: MemoryFragmentStorage, name: str, calls: list[str]) -> None:
        self.loop = asyncio.new_event_loop()
        super().__init__(
            session_id="session",
            main_script_path="app.py",
            session_state=SessionState(),
            uploaded_file_mgr=MagicMock(),
            script_cache=MagicMock(),
            initial_rerun_data=RerunData(widget_states=values(text=name)),
            user_info={},
            fragment_storage=session,
            pages_manager=MagicMock(),
            event_loop=self.loop,
        )
        self.name, self.calls = name, calls
        self.begun, self.let = threading.Event(), threading.Event()

    def _run_script(self, rerun_data: RerunData) -> None:
        self.begun.set()
        self.let.wait(10)
        self.calls.append(self.name)
        self._session_state.on_script_will_rerun(rerun_data.widget_states)

    def end(self) -> None:
        self.let.set()
        assert self._script_thread is not None
        self._script_thread.join(10)
        self.loop.close()


def test_what_was_entered_first_is_carried_out_first() -> None:
    keep_entries()
    session, calls = MemoryFragmentStorage(), list[str]()
    first, second = Slow(session, "400", calls), Slow(session, "401", calls)
    second.let.set()
    first.start()
    assert first.begun.wait(10)
    first.request_stop()
    second.start()
    # Long enough for one that does not wait.
    second.begun.wait(0.3)
    first.end()
    second.end()
    assert calls == ["400", "401"]


@pytest.mark.parametrize("stopped", [True, False])
def test_a_page_waits_for_nobody_who_owes_nothing(stopped: bool) -> None:
    """Neither for a runner that was ended before it began, nor for one whose callbacks are done."""
    keep_entries()
    session, calls = MemoryFragmentStorage(), list[str]()
    first, second = Slow(session, "first", calls), Slow(session, "second", calls)
    if stopped:
        first.request_stop()
    first.start()
    first.end()
    second.start()
    assert second.begun.wait(5)
    second.end()
    assert calls == (["second"] if stopped else ["first", "second"])


def test_nobody_waits_for_another_session() -> None:
    keep_entries()
    calls = list[str]()
    slow, other = Slow(MemoryFragmentStorage(), "slow", calls), Slow(MemoryFragmentStorage(), "other", calls)
    slow.start()
    other.start()
    assert other.begun.wait(5)
    other.end()
    slow.end()
    assert calls == ["other", "slow"]
