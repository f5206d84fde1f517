"""The presets: complete, consistent, and found again by an address."""

from __future__ import annotations

import pytest

from assistant.drafting.dialects import Dialect, dialect, dialect_for, dialects
from assistant.drafting.settings import EndpointSettings, Reach
from assistant.errors import UnknownNameError

KEYS = ["custom", "ollama", "lmstudio", "vllm", "llamacpp", "deepseek", "bailian", "zhipu", "moonshot", "ark", "openai"]


def test_every_service_is_there_once() -> None:
    assert [known.key for known in dialects()] == KEYS


@pytest.mark.parametrize("known", dialects(), ids=lambda known: known.key)
def test_presets_make_sense(known: Dialect) -> None:
    assert dialect(known.key) is known
    assert known.name
    assert known.hint.endswith("。")
    if known.base_url:
        settings = EndpointSettings(base_url=known.base_url, dialect_key=known.key)
        assert settings.base_url == known.base_url
        assert (settings.reach is Reach.THIS_MACHINE) == known.on_this_machine
        assert known.takes_temperature(known.example_model) or known.without_temperature
    assert known.needs_key or known.on_this_machine
    assert bool(known.thinking_off) == bool(known.thinking_on)


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
