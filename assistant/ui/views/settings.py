"""设置: which engine drafts, where the model is, what is wrong with it, and what leaves the machine."""

from __future__ import annotations

import streamlit as st

from assistant.drafting.dialects import dialect, dialects
from assistant.drafting.settings import EndpointSettings, SendValues, Thinking
from assistant.errors import InputError, NigaoError
from assistant.ui import session, texts
from assistant.ui.session import action, desk

_THINKING = {Thinking.OFF: "关闭（推荐）", Thinking.ON: "开启", Thinking.UNSET: "不指定"}
_CONSTRAIN = {"": "按服务的惯例", "on": "打开：占位之外写不出数字", "off": "关闭"}
_SEND = {
    SendValues.LOCAL: "只给本机和内网的模型看（默认）",
    SendValues.NEVER: "从不给模型看",
    SendValues.ALWAYS: "总是给模型看（数字、人名、地名会离开本机）",
}


def _preset() -> None:
    """A chosen preset fills in its address; the rest stays."""
    chosen = dialect(st.session_state["set-dialect"])
    st.session_state["set-url"] = chosen.base_url
    st.session_state.pop("set-models", None)


@action
def _save() -> None:
    if not _model():
        raise InputError("还没有填模型名。", "请填写，或按“取模型名单”选一个。")
    desk().engines.use_endpoint(_described())
    session.tell("已保存，之后的起草用这个模型。", "success")


@action
def _use_embedded() -> None:
    desk().engines.use_embedded()
    session.tell("已改用内置范式起草。", "success")


def _model() -> str:
    return (st.session_state.get("set-model-list") or st.session_state.get("set-model") or "").strip()


def _described() -> EndpointSettings:
    state = st.session_state
    return desk().engines.described(
        state["set-url"],
        _model(),
        state["set-dialect"],
        state.get("set-key", ""),
        thinking=Thinking(state["set-thinking"]),
        concurrency=int(state["set-concurrency"]),
        constrain={"on": True, "off": False}.get(state["set-constrain"]),
    )


@action
def _list_models() -> None:
    state = st.session_state
    models = desk().engines.models(_described())
    state["set-models"] = models
    if not models:
        session.tell("服务没有给出模型名单，请手工填写模型名。", "warning")


def _test() -> None:
    state = st.session_state
    try:
        state["set-probe"] = desk().engines.probe(_described())
    except NigaoError as error:
        state["set-probe"] = error


@action
def _set_name() -> None:
    desk().set_person(st.session_state["set-name"])


@action
def _send_values() -> None:
    desk().engines.use_send_values(st.session_state["set-send"])


def _defaults() -> None:
    settings = desk().engines.settings
    state = st.session_state
    state.setdefault("set-dialect", settings.dialect_key if settings else "custom")
    state.setdefault("set-url", settings.base_url if settings else "")
    state.setdefault("set-model", settings.model if settings else "")
    state.setdefault("set-thinking", settings.thinking if settings else Thinking.OFF)
    chosen = settings.constrain if settings else None
    state.setdefault("set-constrain", "" if chosen is None else ("on" if chosen else "off"))
    state.setdefault("set-concurrency", (settings.concurrency or 0) if settings else 0)


def _probe_result() -> None:
    probe = st.session_state.get("set-probe")
    if probe is None:
        return
    if isinstance(probe, NigaoError):
        st.error(texts.as_text(probe.for_user()))
    elif probe.ok:
        st.success(texts.as_text(probe.sentence))
    else:
        st.error(texts.as_text(probe.sentence))


session.show_messages()
_defaults()
st.markdown("#### 设置")
left, right = st.columns([6, 4], gap="large")
with left, st.container(key="card-endpoint"):
    st.markdown("##### 模型服务")
    st.caption("任何兼容 OpenAI 接口的服务都可以。没有模型也能用：内置范式不联网、不要密钥。")
    keys = [found.key for found in dialects()]
    st.selectbox("服务", keys, format_func=lambda key: dialect(key).name, key="set-dialect", on_change=_preset)
    st.text_input("接口地址", key="set-url", placeholder="http://127.0.0.1:11434/v1")
    st.text_input(
        "密钥",
        key="set-key",
        type="password",
        placeholder="已在内存里" if desk().engines.has_key else "本机服务一般不用填",
        help="只在程序运行期间留在内存里，不写入数据库和日志；关掉程序就没有了。"
        "要长期保存，请写进 .streamlit/secrets.toml。",
    )
    models = st.session_state.get("set-models")
    if models:
        current = st.session_state.get("set-model", "")
        st.selectbox("模型", models, index=models.index(current) if current in models else 0, key="set-model-list")
    else:
        st.text_input("模型", key="set-model", placeholder="服务里的模型名")
    left_half, right_half = st.columns(2)
    left_half.selectbox(
        "思考",
        list(_THINKING),
        format_func=lambda choice: _THINKING[choice],
        key="set-thinking",
        help="会思考的模型写公文用不着思考；服务说不认识这个开关时，选“不指定”。",
    )
    right_half.number_input(
        "同时起草（节）",
        min_value=0,
        max_value=32,
        step=1,
        key="set-concurrency",
        help="0 表示按这种服务的惯例。本机小服务一次只能接一个请求时，填 1。",
    )
    st.selectbox(
        "约束解码",
        list(_CONSTRAIN),
        format_func=lambda choice: _CONSTRAIN[choice],
        key="set-constrain",
        help="llama.cpp 和 vLLM 可以按语法写字：占位之外一个数字也写不出来。服务不认识时自动不用，并在起草后说明。",
    )
    with st.container(horizontal=True):
        st.button("保存并使用", type="primary", on_click=_save, key="set-save")
        st.button("测试", on_click=_test, key="set-test", help="实际写一句话，看通不通、有多快")
        st.button("取模型名单", on_click=_list_models, key="set-list")
    _probe_result()
with right:
    with st.container(key="card-engine"):
        st.markdown("##### 正在用的")
        status = desk().engines.status()
        st.markdown(f"**{texts.as_text(status.label)}**")
        st.caption(texts.as_text(status.note))
        if status.tone != "off":
            st.button("改用内置范式", on_click=_use_embedded, key="set-embedded")
    with st.container(key="card-name"):
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
    with st.container(key="card-send"):
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
