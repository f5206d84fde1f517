"""设置 “发出什么”: whether values may be shown, what was agreed to, and the log of calls."""

from __future__ import annotations

import streamlit as st

from assistant.drafting.settings import SendValues
from assistant.sending import Consent
from assistant.ui import session, texts
from assistant.ui.session import action, desk

#: Calls that the table shows.
_CALLS = 200
_SEND = {
    SendValues.LOCAL: "只给本机和内网的模型看（默认）",
    SendValues.NEVER: "从不给模型看",
    SendValues.ALWAYS: "总是给模型看（数字、人名、地名会离开本机）",
}


@action
def _withdraw(consent: Consent) -> None:
    desk().engines.sending.withdraw(consent)
    session.tell("已撤回，下次发出前会再问。", "success")


@action
def _clear_calls() -> None:
    desk().engines.sending.clear_calls()


@action
def _send_values() -> None:
    desk().engines.use_send_values(st.session_state["set-send"])


def values_card() -> None:
    """Whether a model sees the facts' values, and which services elsewhere a person has agreed to."""
    st.markdown("##### 事实的数值给不给模型看")
    st.radio(
        "事实的数值",
        list(_SEND),
        index=list(_SEND).index(desk().engines.send_values),
        format_func=lambda choice: _SEND[choice],
        key="set-send",
        on_change=_send_values,
        label_visibility="collapsed",
    )
    st.caption(
        "不给看时，模型只见到事实的名称和量词，写的是占位，数字由程序填上。标为不外发的事实在任何情况下都不给看。"
    )
    _consents()


def _consents() -> None:
    """What a person has agreed to send where, to take back."""
    found = desk().engines.sending.consents()
    if not found:
        st.caption("还没有确认过向外部服务发送；第一次发送前会请您确认。")
    else:
        st.markdown("**已确认发往外部的**")
    for number, consent in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="center"):
            what = "名称和数值" if consent.values else "只有名称"
            st.markdown(texts.as_text(f"{consent.host}　{consent.model}　{what}"))
            st.button("撤回", on_click=_withdraw, args=(consent,), key=f"withdraw-{number}")


def calls_card() -> None:
    """The log of calls: never a text."""
    st.markdown("##### 调用记录")
    st.caption(f"每次调用的时间、主机、模型、词元数和涉及的事实名称，最近 {_CALLS} 次；不记任何文字内容。")
    calls = desk().engines.sending.calls(_CALLS)
    if not calls:
        st.caption("还没有调用过模型服务。")
        return
    rows = [
        {
            "时间": call.at.astimezone().strftime("%m-%d %H:%M:%S"),
            "主机": call.host,
            "模型": call.model,
            "事由": call.purpose,
            "发出词元": _counted(call.prompt_tokens),
            "其中缓存": _counted(call.cached_tokens),
            "写回词元": _counted(call.completion_tokens),
            "秒": round(call.seconds, 1),
            "结果": call.outcome or "完成",
            "数值": "发出" if call.with_values else "没有发",
            "涉及的事实": "、".join(call.facts),
        }
        for call in calls
    ]
    st.dataframe(rows, hide_index=True, height=min(420, 36 * (len(rows) + 1) + 2))
    st.button("清空记录", on_click=_clear_calls, key="calls-clear")


def _counted(tokens: int | None) -> str:
    """— where the service did not say: a table of numbers would print None."""
    return "—" if tokens is None else f"{tokens:,}"
