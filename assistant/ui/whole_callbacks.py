"""A press or an entry is carried out, once and whole, also when the next one arrives before or while it is.

Streamlit 1.67 loses entries in three ways, and a press on another page's name in a fourth:

- It stops a run at its next yield point when the browser asks for another, and every look into ``st.session_state`` is
  one, in callbacks too; a callback that is stopped there is never called again, for the widget's new value counts as
  known.
- Of two requests that wait together only the newer one's values are kept, and a request for another page brings none.
- A request for a whole page ends the runner that is at work, and what waits there goes with it: the entries of
  fragments, which never interrupt a page.
- A fragment that draws itself again while a request for another page waits puts its own page in that one's place.

Measured on a busy machine: of six figures typed one after the other, one to five were not saved; of texts that were
left for 导出 at once, one in three.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState

_MARK = "_nigao_whole"
_PRESSES = ("trigger_value", "string_trigger_value", "chat_input_value", "json_trigger_value")


def keep_entries() -> None:
    """Mends all of them. Once a process."""
    _mend(SafeSessionState, "on_script_will_rerun", _whole)
    _mend(script_requests, "_coalesce_widget_states", _all_values)
    _mend(AppSession, "request_rerun", _taking_along)
    _mend(ScriptRequests, "_request_rerun_locked", _to_its_page)


def _mend(owner: Any, name: str, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    given = getattr(owner, name)
    if not hasattr(given, _MARK):
        mended = wraps(given)(around(given))
        setattr(mended, _MARK, True)
        setattr(owner, name, mended)


def _whole(given: Callable[..., None]) -> Callable[..., None]:
    """While callbacks run, requests for another run wait; they are looked at right after."""

    def run(state: SafeSessionState, *args: Any, **kwargs: Any) -> None:
        # The script's runner; it yields only where this is set. None in a test that has no runner.
        runner = getattr(state._yield_callback, "__self__", None)
        if runner is None or not getattr(runner, "_execing", False):
            given(state, *args, **kwargs)
            return
        runner._execing = False
        try:
            given(state, *args, **kwargs)
        finally:
            runner._execing = True

    return run


def _all_values(given: Callable[..., WidgetStates | None]) -> Callable[..., WidgetStates | None]:
    """Of requests that wait together, the newer values, and the older ones where the newer request has none."""

    def merge(old: WidgetStates | None, new: WidgetStates | None) -> WidgetStates | None:
        merged = given(old, new)
        if merged is not None and old is not None and new is not None:
            known = {state.id for state in merged.widgets}
            merged.widgets.extend(state for state in old.widgets if state.id not in known)
        return merged

    return merge


def _taking_along(given: Callable[..., None]) -> Callable[..., None]:
    """A request for a whole page takes along what waits at the runner that it ends."""

    def request(session: AppSession, client_state: ClientState | None) -> None:
        runner = session._scriptrunner
        if runner is not None and client_state is not None and not client_state.fragment_id:
            waiting = _taken(runner._requests, client_state.page_script_hash)
            merged = script_requests._coalesce_widget_states(waiting, client_state.widget_states)
            if waiting is not None and merged is not None:
                client_state.widget_states.CopyFrom(merged)
        given(session, client_state)

    return request


def _to_its_page(given: Callable[..., bool]) -> Callable[..., bool]:
    """A fragment that runs by itself while a request for another page waits does not lead back to its own page."""

    def request(requests: ScriptRequests, new: RerunData) -> bool:
        waiting = requests._rerun_data if requests._state is ScriptRequestType.RERUN else None
        taken = given(requests, new)
        whole = waiting is not None and not waiting.fragment_id_queue
        if taken and waiting is not None and whole and (new.fragment_id or new.fragment_id_queue):
            requests._rerun_data = replace(
                requests._rerun_data,
                page_script_hash=waiting.page_script_hash,
                page_name=waiting.page_name,
                query_string=waiting.query_string,
            )
        return taken

    return request


def _taken(requests: ScriptRequests, page: str) -> WidgetStates | None:
    """The values that wait, taken away from a runner that is about to end: a press is not carried out twice.

    Of a run that has begun nobody knows whether its callbacks were called: its entries go along to another page, which
    would forget their inputs; an entry that was carried out is no new one there.
    """
    with requests._lock:
        begun = requests._rerun_data
        if requests._state is ScriptRequestType.RERUN:
            requests._state = ScriptRequestType.STOP
            return begun.widget_states
        if requests._state is ScriptRequestType.STOP or begun.widget_states is None or begun.page_script_hash == page:
            return None
        entries = WidgetStates()
        entries.widgets.extend(one for one in begun.widget_states.widgets if one.WhichOneof("value") not in _PRESSES)
        return entries
