"""Where the model is, and whether values may go there."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.drafting.settings import EndpointSettings, Reach, SendValues, reach_of, send_values_from_environment
from assistant.errors import ConfigurationError, UnknownNameError


@pytest.mark.parametrize(
    ("host", "reach"),
    [
        ("localhost", Reach.THIS_MACHINE),
        ("LOCALHOST.", Reach.THIS_MACHINE),
        ("ollama.localhost", Reach.THIS_MACHINE),
        ("127.0.0.1", Reach.THIS_MACHINE),
        ("127.8.8.8", Reach.THIS_MACHINE),
        ("0.0.0.0", Reach.THIS_MACHINE),
        ("::1", Reach.THIS_MACHINE),
        ("::ffff:127.0.0.1", Reach.THIS_MACHINE),
        ("10.1.2.3", Reach.PRIVATE_NETWORK),
        ("172.16.0.1", Reach.PRIVATE_NETWORK),
        ("172.31.255.255", Reach.PRIVATE_NETWORK),
        ("192.168.1.2", Reach.PRIVATE_NETWORK),
        ("169.254.0.9", Reach.PRIVATE_NETWORK),
        ("fd00::1", Reach.PRIVATE_NETWORK),
        ("fe80::1", Reach.PRIVATE_NETWORK),
        ("gpu.local", Reach.PRIVATE_NETWORK),
        ("172.32.0.1", Reach.REMOTE),
        ("100.64.0.1", Reach.REMOTE),
        ("198.18.0.1", Reach.REMOTE),
        ("8.8.8.8", Reach.REMOTE),
        ("2408:400a::1", Reach.REMOTE),
        ("api.deepseek.com", Reach.REMOTE),
        ("127.0.0.1.example.com", Reach.REMOTE),
        ("localhost.example.com", Reach.REMOTE),
        ("10.example.com", Reach.REMOTE),
        ("mylocal", Reach.REMOTE),
        ("127.1", Reach.REMOTE),
        ("", Reach.REMOTE),
    ],
)
def test_how_far_a_host_is(host: str, reach: Reach) -> None:
    assert reach_of(host) is reach


@pytest.mark.parametrize(
    ("given", "kept", "host"),
    [
        (" http://127.0.0.1:8000/v1/ ", "http://127.0.0.1:8000/v1", "127.0.0.1:8000"),
        ("https://api.deepseek.com/v1/chat/completions", "https://api.deepseek.com/v1", "api.deepseek.com"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1", "[::1]:8000"),
    ],
)
def test_addresses_as_people_paste_them(given: str, kept: str, host: str) -> None:
    settings = EndpointSettings(base_url=given)
    assert (settings.base_url, settings.host) == (kept, host)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a/v1",
        "127.0.0.1:8000/v1",
        "http://",
        "http：//a/v1",
        "https://a:99999/v1",
        "http://[::1/v1",
        "file:///a",
        "随便",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(ConfigurationError, match="网址") as caught:
        EndpointSettings.from_environment({"NIGAO_BASE_URL": address, "NIGAO_MODEL": "m"})
    assert "NIGAO_BASE_URL" in caught.value.message
    assert caught.value.way_out


def test_no_password_in_an_address_nor_in_the_sentence() -> None:
    with pytest.raises(ConfigurationError, match="密码") as caught:
        EndpointSettings(base_url="https://me:hunter2@10.0.0.1/v1")
    assert "hunter2" not in caught.value.for_user()


def test_from_the_environment() -> None:
    env = {"NIGAO_BASE_URL": "http://localhost:11434/v1", "NIGAO_API_KEY": "sk-1\n", "NIGAO_MODEL": " qwen3:8b "}
    settings = EndpointSettings.from_environment(env)
    assert settings is not None
    assert (settings.model, settings.dialect.key, settings.parallel) == ("qwen3:8b", "ollama", 1)
    assert settings.api_key.get_secret_value() == "sk-1"
    assert settings.is_local


@pytest.mark.parametrize("env", [{}, {"NIGAO_BASE_URL": " "}, {"NIGAO_MODEL": "m", "NIGAO_API_KEY": "k"}])
def test_no_address_means_the_embedded_engine(env: dict[str, str]) -> None:
    assert EndpointSettings.from_environment(env) is None


def test_an_address_needs_a_model() -> None:
    with pytest.raises(ConfigurationError, match="NIGAO_MODEL"):
        EndpointSettings.from_environment({"NIGAO_BASE_URL": "http://localhost/v1"})


def test_the_key_stays_inside() -> None:
    settings = EndpointSettings.model_validate({"base_url": "http://a.local/v1", "api_key": " sk-1 "})
    assert settings.api_key.get_secret_value() == "sk-1"
    assert "sk-1" not in repr(settings) + str(settings) + str(settings.model_dump()) + settings.model_dump_json()
    with pytest.raises(ValidationError) as caught:
        EndpointSettings.model_validate({"base_url": "http://a.local/v1", "api_key": ["sk-1"]})
    assert "sk-1" not in str(caught.value)


def test_settings_are_checked_and_frozen() -> None:
    settings = EndpointSettings(base_url="http://a.local/v1")
    with pytest.raises(ValidationError):
        settings.model = "other"
    with pytest.raises(ValidationError):
        EndpointSettings(base_url="http://a.local/v1", temperature=3)
    with pytest.raises(UnknownNameError):
        EndpointSettings(base_url="http://a.local/v1", dialect_key="gemini")


@pytest.mark.parametrize(
    ("word", "this_machine", "office", "remote"),
    [
        ("", True, True, False),
        ("local", True, True, False),
        ("ALWAYS", True, True, True),
        ("never", False, False, False),
    ],
)
def test_which_endpoint_is_shown_values(word: str, this_machine: bool, office: bool, remote: bool) -> None:
    rule = send_values_from_environment({"NIGAO_SEND_VALUES": word})
    hosts = ("127.0.0.1", "192.168.0.2", "api.openai.com")
    allowed = tuple(rule.allows(EndpointSettings(base_url=f"http://{host}/v1")) for host in hosts)
    assert allowed == (this_machine, office, remote)


def test_an_unknown_word_for_sending_values() -> None:
    assert send_values_from_environment({}) is SendValues.LOCAL
    with pytest.raises(ConfigurationError, match="sometimes"):
        send_values_from_environment({"NIGAO_SEND_VALUES": "sometimes"})
