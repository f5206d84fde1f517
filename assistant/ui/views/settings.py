"""设置: which engine drafts, what leaves the machine, one's name and the layout."""

from __future__ import annotations

import streamlit as st

from assistant.ui import session
from assistant.ui.layout_choice import layout_card
from assistant.ui.session import action, desk
from assistant.ui.settings_engine import engine_card
from assistant.ui.settings_sending import calls_card, values_card


@action
def _set_name() -> None:
    desk().set_person(st.session_state["set-name"])


def _name_card() -> None:
    st.markdown("##### 您的姓名")
    st.text_input(
        "您的姓名",
        value=desk().person,
        key="set-name",
        on_change=_set_name,
        placeholder="如：张敏",
        label_visibility="collapsed",
    )
    st.caption("在“核校”里保留一个没有事实支持的数时，记下是谁保留的。只存在本机。")


session.show_messages()
st.markdown("#### 设置")
left, right = st.columns([6, 4], gap="large")
with left, st.container(key="card-endpoint"):
    long = engine_card()
# A service's form is long: then the choice of what goes to it stands beside it.
with right if long else left, st.container(key="card-send"):
    values_card()
with right:
    with st.container(key="card-name"):
        _name_card()
    with st.container(key="card-layout"):
        st.markdown("##### 版式")
        layout_card()
with st.container(key="card-calls"):
    calls_card()
