"""设置: which engine drafts, where the model is, what is wrong with it, and what leaves the machine."""

from __future__ import annotations

import streamlit as st

from assistant.drafting.dialects import Dialect, dialect, dialects
from assistant.drafting.settings import EndpointSettings, SendValues, Thinking
from assistant.errors import InputError, NigaoError
from assistant.sending import Consent
from assistant.ui import session, texts
from assistant.ui.layout_choice import layout_card
from assistant.ui.session import action, desk

#: Calls that the table shows.
_CALLS = 200
_THINKING = {Thinking.OFF: "关闭（推荐）", Thinking.ON: "开启", Thinking.UNSET: "不指定"}
_CONSTRAIN = {"": "按服务的惯例", "on": "打开：占位之外写不出数字", "off": "关闭"}
_SEND = {
    SendValues.LOCAL: "只给本机和内网的模型看（默认）",
    SendValues.NEVER: "从不给模型看",
    SendValues.ALWAYS: "总是给模型看（数字、人名、地名会离开本机）",
}


def _preset() -> None:
    """A chosen preset fills in what it knows; the name of the model and the key are for a person."""
    state = st.session_state
    chosen = dialect(state["set-dialect"])
    state["set-url"] = chosen.base_url
    state["set-model"] = ""
    state["set-thinking"] = Thinking.OFF if chosen.thinking_off else Thinking.UNSET
    state["set-concurrency"] = 0
    state["set-rate"] = 0
    state["set-constrain"] = ""
    for name in ("set-models", "set-model-list", "set-probe"):
        state.pop(name, None)


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
        requests_per_minute=int(state["set-rate"]),
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
def _withdraw(consent: Consent) -> None:
    desk().engines.sending.withdraw(consent)
    session.tell("已撤回，下次发出前会再问。", "success")


@action
def _clear_calls() -> None:
    desk().engines.sending.clear_calls()


@action
def _set_name() -> None:
    desk().set_person(st.session_state["set-name"])


@action
def _send_values() -> None:
    desk().engines.use_send_values(st.session_state["set-send"])


def _defaults() -> None:
    settings = desk().engines.settings
    state = st.session_state
    state.setdefault("set-dialect", settings.dialect_key if settings else "embedded")
    state.setdefault("set-url", settings.base_url if settings else "")
    state.setdefault("set-model", settings.model if settings else "")
    state.setdefault("set-thinking", settings.thinking if settings else Thinking.OFF)
    chosen = settings.constrain if settings else None
    state.setdefault("set-constrain", "" if chosen is None else ("on" if chosen else "off"))
    state.setdefault("set-concurrency", (settings.concurrency or 0) if settings else 0)
    state.setdefault("set-rate", (settings.requests_per_minute or 0) if settings else 0)


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


def _known(preset: Dialect) -> str:
    """What the table knows of a service, in one line."""
    parts = [f"上下文 {preset.context_length:,} 词元", f"同时 {preset.concurrency} 个请求"]
    if preset.requests_per_minute is not None:
        parts.append(f"每分钟 {preset.requests_per_minute} 次")
    parts.append(f"篇幅参数 {preset.max_tokens_field}")
    if preset.thinking_off:
        parts.append("可关闭思考")
    if preset.constrain:
        parts.append("可约束解码")
    return "；".join(parts) + "。"


def _endpoint() -> None:
    preset = dialect(st.session_state["set-dialect"])
    st.caption(texts.as_text(f"{preset.hint}{_known(preset)}"))
    st.text_input("接口地址", key="set-url", placeholder="http://127.0.0.1:11434/v1")
    st.text_input(
        "密钥",
        key="set-key",
        type="password",
        placeholder="已在内存里" if desk().engines.has_key else ("" if preset.needs_key else "本机服务一般不用填"),
        help="只在程序运行期间留在内存里，不写入数据库和日志；关掉程序就没有了。"
        "要长期保存，请写进 .streamlit/secrets.toml。",
    )
    models = st.session_state.get("set-models")
    if models:
        current = st.session_state.get("set-model", "")
        st.selectbox("模型", models, index=models.index(current) if current in models else 0, key="set-model-list")
    else:
        example = f"如 {preset.example_model}" if preset.example_model else "服务里的模型名"
        st.text_input("模型", key="set-model", placeholder=example)
    _tuning()
    with st.container(horizontal=True):
        st.button("保存并使用", type="primary", on_click=_save, key="set-save")
        st.button("测试", on_click=_test, key="set-test", help="实际写一句话，看通不通、有多快；不带报告的任何内容")
        st.button("取模型名单", on_click=_list_models, key="set-list")
    _probe_result()


def _tuning() -> None:
    upper, lower = st.columns(2), st.columns(2)
    upper[0].selectbox(
        "思考",
        list(_THINKING),
        format_func=lambda choice: _THINKING[choice],
        key="set-thinking",
        help="会思考的模型写公文用不着思考；服务说不认识这个开关时，选“不指定”。",
    )
    upper[1].selectbox(
        "约束解码",
        list(_CONSTRAIN),
        format_func=lambda choice: _CONSTRAIN[choice],
        key="set-constrain",
        help="llama.cpp 和 vLLM 可以按语法写字：占位之外一个数字也写不出来。服务不认识时自动不用，并在起草后说明。",
    )
    lower[0].number_input(
        "同时起草（节）",
        min_value=0,
        max_value=32,
        step=1,
        key="set-concurrency",
        help="0 表示按这种服务的惯例。本机小服务一次只能接一个请求时，填 1。多份报告合在一起算。",
    )
    lower[1].number_input(
        "每分钟请求（次）",
        min_value=0,
        max_value=10_000,
        step=1,
        key="set-rate",
        help="0 表示按这种服务的惯例。服务常说“请求太多”时，按控制台上的上限填；对方要求等候时总会照办。",
    )


def _embedded() -> None:
    st.caption("由内置的范式起草：不联网、不要密钥，数据不出本机；文字未经模型润色。")
    if desk().engines.settings is None:
        st.caption("正在使用。")
    else:
        st.button("改用内置范式", type="primary", on_click=_use_embedded, key="set-use-embedded")


def _consents() -> None:
    """What a person has agreed to send where, to take back."""
    found = desk().engines.sending.consents()
    if not found:
        st.caption("还没有确认过向外部服务发送。")
    for number, consent in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="center"):
            what = "名称和数值" if consent.values else "只有名称"
            st.markdown(texts.as_text(f"{consent.host}　{consent.model}　{what}"))
            st.button("撤回", on_click=_withdraw, args=(consent,), key=f"withdraw-{number}")


def _calls() -> None:
    """The log of calls: never a text."""
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
            "发出词元": call.prompt_tokens,
            "其中缓存": call.cached_tokens,
            "写回词元": call.completion_tokens,
            "秒": round(call.seconds, 1),
            "结果": call.outcome or "完成",
            "数值": "发出" if call.with_values else "没有发",
            "涉及的事实": "、".join(call.facts),
        }
        for call in calls
    ]
    st.dataframe(rows, hide_index=True, height=min(420, 36 * (len(rows) + 1) + 2))
    st.button("清空记录", on_click=_clear_calls, key="calls-clear")


session.show_messages()
_defaults()
st.markdown("#### 设置")
left, right = st.columns([6, 4], gap="large")
with left, st.container(key="card-endpoint"):
    st.markdown("##### 用什么起草")
    keys = [found.key for found in dialects()]
    st.selectbox("服务", keys, format_func=lambda key: dialect(key).name, key="set-dialect", on_change=_preset)
    if dialect(st.session_state["set-dialect"]).embedded:
        _embedded()
    else:
        _endpoint()
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
    with st.container(key="card-layout"):
        st.markdown("##### 版式")
        layout_card()
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
    with st.container(key="card-consents"):
        st.markdown("##### 已确认发往外部的")
        _consents()
with st.container(key="card-calls"):
    st.markdown("##### 调用记录")
    st.caption(f"每次调用的时间、主机、模型、词元数和涉及的事实名称，最近 {_CALLS} 次；不记任何文字内容。")
    _calls()
