"""Where the model is, how to reach it, and what may be shown to it."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from assistant.drafting.constrain import GrammarKind
from assistant.drafting.dialects import Dialect, dialect, dialect_for
from assistant.errors import ConfigurationError

_PRIVATE_NETWORKS = tuple(
    ipaddress.ip_network(network)
    # Python's own is_private also counts documentation and benchmark ranges, which are nobody's office network.
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
)


class Reach(StrEnum):
    """How far a request travels."""

    THIS_MACHINE = "this_machine"
    PRIVATE_NETWORK = "private_network"
    REMOTE = "remote"


class SendValues(StrEnum):
    """When the facts' values may be shown to the model (``NIGAO_SEND_VALUES``)."""

    LOCAL = "local"
    ALWAYS = "always"
    NEVER = "never"

    def allows(self, settings: EndpointSettings) -> bool:
        """Whether values may go to this endpoint. ``local`` means this machine or the private network."""
        return self is SendValues.ALWAYS or (self is SendValues.LOCAL and settings.is_local)


class Thinking(StrEnum):
    """Whether a thinking model is asked to think before it writes; ``unset`` sends nothing about it."""

    OFF = "off"
    ON = "on"
    UNSET = "unset"


class EndpointSettings(BaseModel):
    """An OpenAI-compatible endpoint.

    Attributes:
        base_url: up to and with the version part, without a slash at the end.
        api_key: never printed, logged or serialised; "" where the service wants none.
        model: name as the service knows it; "" only while a person is still choosing.
        dialect_key: see ``dialects.yaml``.
        temperature: 0 to 2; None sends none, whatever is asked for.
        thinking: see `Thinking`.
        read_timeout: seconds without a single byte after which a request is given up.
        connect_timeout: seconds.
        max_retries: further attempts before any text has come.
        concurrency: requests under way at once; None leaves it to `parallel`.
        requests_per_minute: requests begun within a minute; None leaves it to the dialect.
        constrain: whether drafts are decoded under a grammar; None leaves it to the dialect, True asks for one of
            a service that no preset knows.

    Raises (on construction):
        ConfigurationError: an address that is not http(s), or that carries a user name.
        UnknownNameError: an unknown dialect.
    """

    # A value that pydantic refuses could be the key: keep it out of the message.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    base_url: str
    api_key: SecretStr = Field(default=SecretStr(""), exclude=True, repr=False)
    model: str = ""
    dialect_key: str = "custom"
    temperature: float | None = Field(default=0.7, ge=0, le=2)
    thinking: Thinking = Thinking.OFF
    read_timeout: float = Field(default=120.0, gt=0)
    connect_timeout: float = Field(default=5.0, gt=0)
    max_retries: int = Field(default=2, ge=0)
    concurrency: int | None = Field(default=None, gt=0)
    requests_per_minute: int | None = Field(default=None, gt=0)
    constrain: bool | None = None

    @field_validator("base_url", mode="after")
    @classmethod
    def _check_base_url(cls, value: str) -> str:
        return checked_base_url(value)

    @field_validator("api_key", mode="before")
    @classmethod
    def _strip_key(cls, value: Any) -> Any:
        # A key is pasted, often with the line's end; a header cannot carry that.
        return value.strip() if isinstance(value, str) else value

    @field_validator("model", mode="after")
    @classmethod
    def _strip_model(cls, value: str) -> str:
        return value.strip()

    @field_validator("dialect_key", mode="after")
    @classmethod
    def _check_dialect(cls, value: str) -> str:
        if dialect(value).embedded:
            raise ConfigurationError("内置范式不是模型服务，没有接口地址。", "请选一种模型服务，或直接改用内置范式。")
        return value

    @property
    def dialect(self) -> Dialect:
        """The preset, and what a person knows of the service beyond it."""
        found = dialect(self.dialect_key)
        if self.temperature is None:
            return found.model_copy(update={"without_temperature": ("*",)})
        return found

    @property
    def host(self) -> str:
        """Host, with the port where one is given: what a sentence names."""
        return urlsplit(self.base_url).netloc

    @property
    def reach(self) -> Reach:
        return reach_of(urlsplit(self.base_url).hostname or "")

    @property
    def is_local(self) -> bool:
        """This machine or the private network: the address alone decides, nothing is looked up."""
        return self.reach is not Reach.REMOTE

    @property
    def parallel(self) -> int:
        """Requests to have under way at once. An unknown server on this machine may drop one for the next."""
        unknown = self.dialect_key == "custom" and self.reach is Reach.THIS_MACHINE
        return self.concurrency or (1 if unknown else self.dialect.concurrency)

    @property
    def a_minute(self) -> int | None:
        """Requests to begin within a minute; None for no limit that we know of."""
        return self.requests_per_minute or self.dialect.requests_per_minute

    @property
    def grammar_kind(self) -> GrammarKind:
        """How to hand over a grammar; "" for none. A model that thinks aloud must not think under a grammar."""
        if self.constrain is False or self.thinking is Thinking.ON:
            return ""
        return self.dialect.constrain or ("gbnf" if self.constrain else "")

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> EndpointSettings | None:
        """Read NIGAO_BASE_URL, NIGAO_API_KEY and NIGAO_MODEL; None without an address (the embedded engine drafts).

        Raises:
            ConfigurationError: an address that makes no sense, or an address without a model.
        """
        base_url = env.get("NIGAO_BASE_URL", "").strip()
        if not base_url:
            return None
        model = env.get("NIGAO_MODEL", "").strip()
        if not model:
            raise ConfigurationError(
                "已设置 NIGAO_BASE_URL，但没有设置 NIGAO_MODEL。",
                "请把 NIGAO_MODEL 设为该服务提供的模型名。",
            )
        checked = checked_base_url(base_url, name="NIGAO_BASE_URL")
        key = SecretStr(env.get("NIGAO_API_KEY", "").strip())
        return cls(base_url=checked, api_key=key, model=model, dialect_key=dialect_for(checked).key)


def checked_base_url(value: str, name: str = "接口地址") -> str:
    """The address without what people paste along: blanks, a slash at the end, ``/chat/completions``.

    Raises:
        ConfigurationError: not http(s), no host, a bad port, or a user name in it.
    """
    text = value.strip().rstrip("/").removesuffix("/chat/completions").rstrip("/")
    if "@" in text:
        raise ConfigurationError(f"{name}里带有用户名或密码。", "请去掉网址中“@”和它前面的部分，密钥另填在密钥一栏。")
    way_out = "请写成 http://主机:端口/v1 或 https://主机/v1 的样子，标点用半角。"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        if set(parts.hostname or "") <= set("0123456789."):
            # 192.168.1.300 is no host of any name.
            ipaddress.ip_address(parts.hostname or "0.0.0.0")
    except ValueError as error:
        raise ConfigurationError(f"{name}“{value.strip()}”不是有效的网址。", way_out) from error
    if not usable:
        raise ConfigurationError(f"{name}“{value.strip()}”不是 http 或 https 网址。", way_out)
    return text


def reach_of(hostname: str) -> Reach:
    """How far a host is, from its name alone. A name that could be anywhere counts as remote."""
    name = hostname.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return Reach.THIS_MACHINE
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return Reach.PRIVATE_NETWORK if name.endswith(".local") else Reach.REMOTE
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    # 0.0.0.0, copied from a server's own log, connects to this machine.
    if address.is_loopback or address.is_unspecified:
        return Reach.THIS_MACHINE
    inside = any(address in network for network in _PRIVATE_NETWORKS if network.version == address.version)
    return Reach.PRIVATE_NETWORK if inside else Reach.REMOTE


def send_values_from_environment(env: Mapping[str, str]) -> SendValues:
    """Read NIGAO_SEND_VALUES; ``local`` where it is not set.

    Raises:
        ConfigurationError: another word than local, always, never.
    """
    word = env.get("NIGAO_SEND_VALUES", "").strip().lower() or SendValues.LOCAL.value
    try:
        return SendValues(word)
    except ValueError as error:
        raise ConfigurationError(
            f"NIGAO_SEND_VALUES 的值“{word}”无法识别。",
            "请设为 local（只发给本机和内网）、always（总是发送）或 never（从不发送）。",
        ) from error
