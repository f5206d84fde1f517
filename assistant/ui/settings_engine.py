"""设置 “用什么起草”: the services that are known, the address and the model, and a try of it."""

from __future__ import annotations

import streamlit as st

from assistant.drafting.dialects import Dialect, dialect, dialects
from assistant.drafting.settings import EndpointSettings, Thinking
from assistant.engines import USUAL_WAIT
from assistant.errors import InputError, NigaoError
from assistant.ui import beside_page, session, settings_test, texts
from assistant.ui.session import action, desk

_THINKING = {Thinking.OFF: "关闭（推荐）", Thinking.ON: "开启", Thinking.UNSET: "不指定"}
_TEMPERATURE = {"": "按惯例", "none": "不指定"}
_CONSTRAIN = {"": "按服务的惯例", "on": "打开：占位之外写不出数字", "off": "关闭"}
#: Where a question for the list of models is kept.
_LISTED = "set-models-asked"
#: Widget → its label, the most it takes, and when another number than the usual one is wanted.
_LIMITS = {
    "set-concurrency": ("同时起草（节）", 32, "本机小服务一次只能接一个请求时，填 1。多份报告合在一起算。"),
    "set-rate": ("每分钟请求（次）", 10_000, "服务常说“请求太多”时，按控制台上的上限填；对方要求等候时总会照办。"),
    "set-wait": ("等待回音（秒）", 3600, f"这么久一个字也没有来，就算出了故障；惯例是 {USUAL_WAIT:g} 秒。"),
}


def engine_card() -> bool:
    """Which engine drafts now, and how another is chosen; whether the form of a service is shown."""
    _defaults()
    st.markdown("##### 用什么起草")
    status = desk().engines.status()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"正在用：**{texts.as_text(status.label)}**")
        if status.tone != "off" and not dialect(st.session_state["set-dialect"]).embedded:
            st.button("改用内置范式", on_click=_use_embedded, key="set-embedded")
    st.caption(texts.as_text(status.note))
    keys = [found.key for found in dialects()]
    st.selectbox("服务", keys, format_func=lambda key: dialect(key).name, key="set-dialect", on_change=_preset)
    if not dialect(st.session_state["set-dialect"]).embedded:
        _endpoint()
        return True
    if status.tone == "off":
        st.caption(
            "要接模型，在上面选一种服务：本机或内网的（Ollama、llama.cpp 等）数据不出本机或内网，云端的会先请您确认。"
        )
    else:
        st.button("改用内置范式", type="primary", on_click=_use_embedded, key="set-use-embedded")
    return False


def _preset() -> None:
    """A chosen preset fills in what it knows; the name of the model and the key are for a person."""
    state = st.session_state
    chosen = dialect(state["set-dialect"])
    state["set-url"] = chosen.base_url
    state["set-model"] = ""
    state["set-thinking"] = Thinking.OFF if chosen.thinking_off else Thinking.UNSET
    state["set-concurrency"] = 0
    state["set-rate"] = 0
    state["set-wait"] = 0
    state["set-constrain"] = ""
    state["set-temperature"] = ""
    for name in ("set-models", "set-model-list", _LISTED):
        state.pop(name, None)
    settings_test.forget()


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
        read_timeout=int(state["set-wait"]),
        temperature=state["set-temperature"] != "none",
    )


@action
def _list_models() -> None:
    engines, described = desk().engines, _described()
    beside_page.begin(_LISTED, lambda: engines.models(described))


def _listed() -> None:
    """Takes the list of models that the service gave."""
    models = beside_page.answer(_LISTED, "服务给出模型名单")
    if models is None:
        return
    st.session_state["set-models"] = models
    if not models:
        session.tell("服务没有给出模型名单，请手工填写模型名。", "warning")
    st.rerun()


def _test() -> None:
    try:
        settings_test.begin(_described())
    except NigaoError as error:
        settings_test.refuse(error)


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
    state.setdefault("set-wait", int(settings.read_timeout) if settings and settings.read_timeout != USUAL_WAIT else 0)
    state.setdefault("set-temperature", "none" if settings and settings.temperature is None else "")


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
    # What a test found is not said of another address, key or model.
    other = settings_test.forget
    st.text_input("接口地址", key="set-url", placeholder="http://127.0.0.1:11434/v1", on_change=other)
    st.text_input(
        "密钥",
        key="set-key",
        type="password",
        on_change=other,
        placeholder=_key_told(preset),
        help="只在程序运行期间留在内存里，不写入数据库和日志；关掉程序就没有了。"
        "要长期保存，请写进 .streamlit/secrets.toml。",
    )
    models = st.session_state.get("set-models")
    if models:
        current = st.session_state.get("set-model", "")
        st.selectbox(
            "模型",
            models,
            index=models.index(current) if current in models else 0,
            key="set-model-list",
            on_change=other,
        )
    else:
        example = f"如 {preset.example_model}" if preset.example_model else "服务里的模型名"
        st.text_input("模型", key="set-model", placeholder=example, on_change=other)
    _tuning()
    with st.container(horizontal=True):
        st.button("保存并使用", type="primary", on_click=_save, key="set-save")
        st.button("测试", on_click=_test, key="set-test", help="实际写一句话，看通不通、有多快；不带报告的任何内容")
        st.button("取模型名单", on_click=_list_models, key="set-list")
    _listed()
    settings_test.result()


def _key_told(preset: Dialect) -> str:
    """What stands in the empty field of the key."""
    if desk().engines.has_key_for(st.session_state["set-url"]):
        return "已在内存里"
    if not preset.needs_key:
        return "本机服务一般不用填"
    return "填服务方给的密钥" if preset.base_url else "填服务方给的密钥；不要密钥的服务空着"


def _tuning() -> None:
    upper, lower = st.columns(3), st.columns(3)
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
    upper[2].selectbox(
        "随机程度",
        list(_TEMPERATURE),
        format_func=lambda choice: _TEMPERATURE[choice],
        key="set-temperature",
        help="服务说这个模型不能指定随机程度（temperature）时，选“不指定”。",
    )
    for box, (key, (words, most, told)) in zip(lower, _LIMITS.items(), strict=True):
        box.number_input(words, min_value=0, max_value=most, step=1, key=key, help=f"0 表示按这种服务的惯例。{told}")
