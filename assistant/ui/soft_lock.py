"""The soft lock: before a section that a person wrote is written anew they are asked, once in an open page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assistant.reports.report import SectionState
from assistant.ui import session, texts
from assistant.ui.session import action, desk

#: What waits for an answer.
_ASKED = "asked-to-write-beside"
_AGREED = "agreed-to-write-beside"
BESIDE = "这一节您改过，新稿会放在旁边"


@dataclass(frozen=True)
class _Asked:
    """A press that wants a section written anew."""

    report_id: str
    key: str
    title: str
    write: Callable[[], None]


def asked_first(report_id: str, key: str, write: Callable[[], None]) -> None:
    """Writes at once, or asks first where a person's own text is in place; what comes is put beside it either way."""
    section = desk().report(report_id).section(key)
    own = section is not None and section.state is SectionState.EDITED and not section.locked
    if section is not None and own and (report_id, key) not in _agreed():
        st.session_state[_ASKED] = _Asked(report_id, key, section.title, write)
        return
    write()
    if own:
        _show_section()
        session.tell(f"{BESIDE}，由您逐处选用。", "success")


def ask_if_wanted() -> None:
    """Opens the question when the last press has one."""
    if _ASKED in st.session_state and session.ASKED not in st.session_state:
        _dialog()


def _agreed() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = st.session_state.setdefault(_AGREED, set())
    return found


def _show_section() -> None:
    """What comes beside is seen on the panel's page of the section."""
    st.session_state["panel-tab"] = "本节"


def _forget() -> None:
    st.session_state.pop(_ASKED, None)


@action
def _go_on(asked: _Asked) -> None:
    _forget()
    _agreed().add((asked.report_id, asked.key))
    asked.write()
    _show_section()


@st.dialog("这一节您改过", icon=":material/edit_note:", on_dismiss=_forget)
def _dialog() -> None:
    asked: _Asked | None = st.session_state.get(_ASKED)
    if asked is None:
        # A press inside a dialog draws the dialog alone; what it did is for the page.
        st.rerun()
    title = texts.as_text(asked.title)
    st.markdown(f"“{title}”里有您改过的文字。新稿会放在旁边，由您逐处选用，不会覆盖您写的。")
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button("取消", key="beside-no", on_click=_forget)
        st.button("继续", key="beside-yes", type="primary", on_click=_go_on, args=(asked,))
