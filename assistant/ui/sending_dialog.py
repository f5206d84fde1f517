"""Before the first request to a service elsewhere: host, model and the exact messages, and a person's word."""

from __future__ import annotations

from typing import Any

import streamlit as st

from assistant.errors import NotFound
from assistant.reports.report import Report
from assistant.sending import Parcel, withheld
from assistant.ui import session, texts
from assistant.ui.session import action, desk

#: Where the messages are kept that the asking press itself would send, besides drafts.
ABOUT = "asked-about"
_ROLES = {"system": "交代", "user": "要求", "assistant": "示范"}


def ask_if_needed() -> None:
    """Opens the dialog when the last press wanted to send something that nobody has agreed to."""
    if session.ASKED in st.session_state:
        _dialog()


def _forget() -> None:
    st.session_state.pop(session.ASKED, None)
    st.session_state.pop(ABOUT, None)


@action
def _agree() -> None:
    desk().engines.agree()
    st.session_state.pop(ABOUT, None)
    again: tuple[Any, tuple[Any, ...], dict[str, Any]] | None = st.session_state.pop(session.ASKED, None)
    if again is not None:
        deed, args, kwargs = again
        deed(*args, **kwargs)


@st.dialog("发出前请确认", width="large", icon=":material/outgoing_mail:", on_dismiss=_forget)
def _dialog() -> None:
    if session.ASKED not in st.session_state:
        # A press inside a dialog draws the dialog alone; what it did is for the page.
        st.rerun()
    room = desk().engines
    settings = room.settings
    report = _report()
    if settings is None:
        st.caption("现在用的是内置范式，什么也不会发出。")
        return
    values = room.send_values.allows(settings)
    shown = "事实的名称和数值（数字、人名、地名）" if values else "事实的名称；数字、人名、地名一概不发"
    rows = [("发往", settings.host), ("模型", settings.model), ("内容", shown)]
    if report is not None and values and (kept := withheld(report)):
        rows.append(("不外发", "、".join(kept) + "（只发名称）"))
    st.markdown("\n".join(f"- **{name}**　{texts.as_text(said)}" for name, said in rows))
    st.caption(
        "这个服务不在本机，也不在内网。确认一次，以后对同一主机、同一模型、同样的内容不再问；可在“设置”里撤回。"
        "按要求改写时，您写的要求也会发出；让模型读原文时，原文会整篇发出。"
        "不发的数和名称若写在文字里，发出的是〔数1〕〔名1〕这样的记号，模型答回来再由程序换回；"
        "事实里没有的人名、地名认不出来，请在下面的原文里看一遍。"
    )
    with st.container(horizontal=True):
        st.button("确认发出", type="primary", on_click=_agree, key="send-agree")
        st.button("不发", on_click=_forget, key="send-refuse")
    if report is not None:
        about: Parcel | None = st.session_state.get(ABOUT)
        _messages((*([about] if about else []), *desk().what_leaves(report)))


def _report() -> Report | None:
    doc = session.report_id()
    try:
        return desk().report(doc) if doc else None
    except NotFound:
        return None


def _messages(parcels: tuple[Parcel, ...]) -> None:
    """The first section's messages whole; of the others what differs, for they begin with the same."""
    if not parcels:
        return
    first, *others = parcels
    st.markdown(f"##### 要发出的全部文字：“{texts.as_text(first.title)}”，{first.characters:,} 字")
    _shown(first, 0)
    if not others:
        return
    with st.expander(f"其余 {len(others)} 节"):
        for parcel in others:
            same = _same(first, parcel)
            st.markdown(f"**{texts.as_text(parcel.title)}**　前 {same} 条与上面逐字相同，此后是：")
            _shown(parcel, same)


def _same(one: Parcel, other: Parcel) -> int:
    count = 0
    for mine, theirs in zip(one.messages, other.messages, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _shown(parcel: Parcel, start: int) -> None:
    for number, message in enumerate(parcel.messages[start:], start + 1):
        st.caption(f"第 {number} 条 · {_ROLES[message.role]}")
        st.code(message.content, language=None, wrap_lines=True)
