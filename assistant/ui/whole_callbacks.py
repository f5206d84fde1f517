"""A press or an entry is carried out whole, also when the next one arrives while it is being carried out.

Streamlit 1.67 stops a run at its next yield point when the browser asks for another, and every look into
``st.session_state`` is one, in callbacks too. A callback that is stopped there is never called again: the widget's new
value counts as known. Measured on a busy machine: of six figures typed one after the other, one to five were not saved.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

_MARK = "_nigao_whole"


def keep_callbacks_whole() -> None:
    """While callbacks run, requests for another run wait; they are looked at right after. Once a process."""
    given = SafeSessionState.on_script_will_rerun
    if hasattr(given, _MARK):
        return

    @wraps(given)
    def whole(state: SafeSessionState, *args: Any, **kwargs: Any) -> None:
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

    setattr(whole, _MARK, True)
    SafeSessionState.on_script_will_rerun = whole  # type: ignore[method-assign, assignment]
