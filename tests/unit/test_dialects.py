"""The presets: one table, complete, consistent, and found again by an address."""

from __future__ import annotations

import pytest
import yaml

from assistant.drafting.completions import Completions
from assistant.drafting.dialects import DIALECTS_FILE, Dialect, dialect, dialect_for, dialects
from assistant.drafting.settings import EndpointSettings, Reach
from assistant.errors import ConfigurationError, UnknownNameError

KEYS = [
    "embedded", "custom", "ollama", "lmstudio", "vllm", "llamacpp", "deepseek", "bailian", "zhipu", "moonshot", "ark",
    "openai",
]  # fmt: skip
SERVICES = [known for known in dialects() if not known.embedded]
PUBLIC = [known for known in SERVICES if known.base_url and not known.on_this_machine]


def test_every_service_is_there_once() -> None:
    assert [known.key for known in dialects()] == KEYS
    names = [known.name for known in dialects()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("known", SERVICES, ids=lambda known: known.key)
def test_presets_make_sense(known: Dialect) -> None:
    assert dialect(known.key) is known
    assert known.name
    assert known.hint.endswith("。")
    if known.base_url:
        settings = EndpointSettings(base_url=known.base_url, dialect_key=known.key)
        assert settings.base_url == known.base_url
        assert (settings.reach is Reach.THIS_MACHINE) == known.on_this_machine
        assert settings.a_minute == known.requests_per_minute
        assert known.takes_temperature(known.example_model) or known.without_temperature
        assert known.example_model
    assert known.needs_key or known.on_this_machine
    assert bool(known.thinking_off) == bool(known.thinking_on)


@pytest.mark.parametrize("known", PUBLIC, ids=lambda known: known.key)
def test_a_public_service_is_elsewhere_and_behind_tls(known: Dialect) -> None:
    settings = EndpointSettings(base_url=known.base_url)
    assert known.base_url.startswith("https://")
    assert settings.reach is Reach.REMOTE
    assert dialect_for(known.base_url) is known
    assert known.needs_key
    # A whole report's messages and an answer have room.
    assert known.context_length >= 32_768


@pytest.mark.parametrize("key", ["ollama", "lmstudio", "llamacpp"])
def test_a_server_on_this_machine_takes_one_request_at_a_time(key: str) -> None:
    assert dialect(key).concurrency == 1
    assert dialect(key).requests_per_minute is None


def test_the_table_says_nothing_twice() -> None:
    """A value that is the default anyway would hide which services really differ."""
    for row in yaml.safe_load(DIALECTS_FILE.read_text(encoding="utf-8")):
        fields = Dialect.model_fields
        assert [name for name, value in row.items() if name != "key" and fields[name].default == value] == []


def test_the_engine_that_is_built_in_is_no_service() -> None:
    with pytest.raises(ConfigurationError, match="内置范式"):
        EndpointSettings(base_url="http://127.0.0.1/v1", dialect_key="embedded")
    assert dialect("embedded").base_url == ""


#: What every request has.
_OF_ALL = ("model", "messages", "stream", "stream_options")


@pytest.mark.parametrize(
    ("key", "model", "expected"),
    [
        ("openai", "gpt-4.1-mini", {"max_completion_tokens": 9, "temperature": 0.7}),
        ("openai", "o3-mini", {"max_completion_tokens": 9}),
        ("deepseek", "m", {"max_tokens": 9, "thinking": {"type": "disabled"}}),
        ("bailian", "m", {"max_tokens": 9, "enable_thinking": False}),
        ("vllm", "m", {"max_tokens": 9, "chat_template_kwargs": {"enable_thinking": False}}),
        ("ollama", "m", {"max_tokens": 9, "reasoning_effort": "none"}),
        ("custom", "m", {"max_tokens": 9}),
    ],
)
def test_what_a_dialect_makes_of_a_request(key: str, model: str, expected: dict[str, object]) -> None:
    settings = EndpointSettings(base_url="http://127.0.0.1/v1", dialect_key=key, model=model)
    request = Completions(settings)._request([], 9, None, "")
    asked = {name: value for name, value in request.items() if name not in _OF_ALL}
    more = {"temperature": 0.7} if settings.dialect.takes_temperature(model) else {}
    assert asked == {**more, **expected}


def test_an_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="没有名为") as caught:
        dialect("gemini")
    assert "ollama" in caught.value.way_out


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("http://localhost:11434/v1", "ollama"),
        ("http://192.168.1.9:11434/v1", "ollama"),
        ("http://127.0.0.1:1234/v1", "lmstudio"),
        ("https://api.deepseek.com", "deepseek"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "bailian"),
        ("https://open.bigmodel.cn/api/paas/v4", "zhipu"),
        ("https://api.openai.com/v1", "openai"),
        ("http://127.0.0.1:8000/v1", "custom"),
        ("https://api.openai.com.example.cn/v1", "custom"),
    ],
)
def test_an_address_tells_its_dialect(address: str, key: str) -> None:
    assert dialect_for(address).key == key


@pytest.mark.parametrize(
    ("key", "model", "takes"),
    [
        ("openai", "gpt-4.1-mini", True),
        ("openai", "o3-mini", False),
        ("openai", "GPT-5", False),
        ("moonshot", "kimi-k2.6", False),
        ("moonshot", "moonshot-v1-32k", True),
        ("deepseek", "deepseek-chat", True),
    ],
)
def test_models_that_refuse_a_temperature(key: str, model: str, takes: bool) -> None:
    assert dialect(key).takes_temperature(model) is takes
