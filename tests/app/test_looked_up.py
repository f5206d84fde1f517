"""The session's state looked up by key is the state that Streamlit gives whole."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.ui.looked_up import look_up_state


def page() -> None:
    import streamlit as st

    st.session_state.setdefault("kept", "甲")
    if st.session_state.get("take away"):
        st.session_state["typed"] = None
    st.text_input("名", "默认", key="typed")
    st.text_input("无键", "乙")
    st.session_state["all"] = sorted(name for name in st.session_state if name != "all")
    st.session_state["found"] = ("kept" in st.session_state, "gone" in st.session_state, st.session_state["typed"])


@pytest.fixture
def app() -> AppTest:
    look_up_state()
    return AppTest.from_function(page).run()


def test_keys_and_values_are_those_of_the_session(app: AppTest) -> None:
    assert app.session_state["all"] == ["kept", "typed"]
    assert app.session_state["found"] == (True, False, "默认")
    app.text_input(key="typed").set_value("丙").run()
    assert app.session_state["found"] == (True, False, "丙")


def test_an_input_whose_value_was_taken_away_is_empty(app: AppTest) -> None:
    """What Streamlit looks the state up for."""
    app.session_state["take away"] = True
    assert app.run().text_input(key="typed").value is None


def test_what_is_nowhere_is_an_error_as_before() -> None:
    look_up_state()
    with pytest.raises(KeyError):
        _ = st.session_state["nowhere"]
