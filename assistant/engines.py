"""Which engine drafts: the embedded one, or the endpoint that a person or the environment has named."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import SecretStr

from assistant.drafting.completions import Completions
from assistant.drafting.embedded import EmbeddedEngine
from assistant.drafting.endpoint import EndpointEngine
from assistant.drafting.engine import Engine
from assistant.drafting.leaving import CLOSED, Gate
from assistant.drafting.probe import Probe, probe
from assistant.drafting.settings import EndpointSettings, Reach, SendValues, Thinking, send_values_from_environment
from assistant.errors import ConfigurationError
from assistant.repair.engine import RepairingEngine
from assistant.reports.report import Report
from assistant.reports.types import ReportType
from assistant.sending import CallLog, Memory, Parcel, Sending, parcels

Tone = Literal["off", "local", "remote"]
T = TypeVar("T")

_REACH_WORDS = {
    Reach.THIS_MACHINE: "数据不出本机",
    Reach.PRIVATE_NETWORK: "数据不出内网",
    Reach.REMOTE: "会连到外部服务",
}
#: How a switch with a third, unset position is remembered.
_SWITCH = {"on": True, "off": False}
#: Seconds without a sign of life after which a request is given up, unless a person says otherwise.
USUAL_WAIT = EndpointSettings.model_fields["read_timeout"].default


@dataclass(frozen=True)
class EngineStatus:
    """What the page says of the engine.

    Attributes:
        tone: ``off`` no model, ``local`` on this machine or network, ``remote`` elsewhere.
        badge: a few words for the head of the page; ``label`` the name; ``note`` one or two sentences.
    """

    tone: Tone
    badge: str
    label: str
    note: str


class EngineRoom:
    """The engine in use, and how it is chosen.

    A person's choice in 设置 is remembered and wins over the environment; the key is held in memory only.

    Args:
        log: where calls to services are written down; None writes none.
    """

    def __init__(self, configuration: Mapping[str, str], memory: Memory, log: CallLog | None = None) -> None:
        self._memory = memory
        self.sending = Sending(memory, log, configuration.get("NIGAO_SEND_CONFIRMED", ""))
        self._configured = EndpointSettings.from_environment(configuration)
        self._key = SecretStr(configuration.get("NIGAO_API_KEY", ""))
        self.send_values = SendValues(
            memory.get_setting("send_values") or send_values_from_environment(configuration).value
        )
        self.embedded = EmbeddedEngine()
        self.settings = self._remembered()
        self.engine: Engine = self._made()

    def _remembered(self) -> EndpointSettings | None:
        """The endpoint to use; None for the embedded engine."""
        chosen = self._memory.get_setting("engine")
        if chosen == "embedded":
            return None
        if chosen == "endpoint":
            return EndpointSettings(
                base_url=self._memory.get_setting("base_url"),
                model=self._memory.get_setting("model"),
                dialect_key=self._memory.get_setting("dialect", "custom"),
                thinking=Thinking(self._memory.get_setting("thinking", Thinking.OFF.value)),
                concurrency=int(self._memory.get_setting("concurrency") or 0) or None,
                requests_per_minute=int(self._memory.get_setting("requests_per_minute") or 0) or None,
                constrain=_SWITCH.get(self._memory.get_setting("constrain")),
                api_key=self._key,
                **_further(
                    int(self._memory.get_setting("read_timeout") or 0), self._memory.get_setting("temperature") == ""
                ),
            )
        return self._configured

    def _made(self) -> Engine:
        if self.settings is None:
            return self.embedded
        return RepairingEngine(EndpointEngine(self.settings, self.send_values, self.gate()))

    # ---- what leaves the machine

    def gate(self) -> Gate:
        """What the requests of the endpoint in use have to ask; lets nothing out while there is none."""
        return CLOSED if self.settings is None else self.sending.gate(self.settings, self.send_values)

    def clear(self, report: Report) -> None:
        """Lets a report's drafts begin. Raises SendingError where they may not leave this machine."""
        self.sending.clear(self.settings, self.send_values, report)

    def agree(self) -> None:
        """A person has seen what goes to the endpoint in use, and agrees."""
        if self.settings is not None:
            self.sending.agree(self.settings, self.send_values)

    def parcels(self, report_type: ReportType, report: Report) -> tuple[Parcel, ...]:
        """What drafting every section would send to the endpoint in use; nothing while there is none."""
        if self.settings is None:
            return ()
        return parcels(report_type, report, send_values=self.send_values.allows(self.settings))

    # ---- which one

    def has_key_for(self, base_url: str) -> bool:
        """Whether a key is held that would go to this address; an address that makes no sense has none."""
        try:
            return bool(self.described(base_url, "", "custom", "").api_key.get_secret_value())
        except ConfigurationError:
            return False

    def described(
        self,
        base_url: str,
        model: str,
        dialect_key: str,
        api_key: str,
        thinking: Thinking = Thinking.OFF,
        concurrency: int = 0,
        constrain: bool | None = None,
        requests_per_minute: int = 0,
        read_timeout: int = 0,
        temperature: bool = True,
    ) -> EndpointSettings:
        """Settings as a form gives them; an empty key means the one already held, for the same address only.

        Args:
            concurrency: sections at once, 0 for what the service is known to take.
            constrain: whether to decode under a grammar, None for what the service is known to take.
            requests_per_minute: 0 for what the service is known to take.
            read_timeout: seconds to wait for a sign of life, 0 for the usual ones.
            temperature: False for a model that takes none.

        Raises:
            ConfigurationError: an address that makes no sense.
        """
        settings = EndpointSettings(
            base_url=base_url,
            model=model,
            dialect_key=dialect_key,
            thinking=thinking,
            concurrency=concurrency or None,
            requests_per_minute=requests_per_minute or None,
            constrain=constrain,
            **_further(read_timeout, temperature),
        )
        known = {held.host for held in (self.settings, self._configured) if held}
        key = SecretStr(api_key.strip()) if api_key.strip() else self._key
        if not api_key.strip() and known and settings.host not in known:
            # A key belongs to the host it was given for.
            key = SecretStr("")
        return settings.model_copy(update={"api_key": key})

    def use_endpoint(self, settings: EndpointSettings) -> None:
        self.settings = settings
        self._key = settings.api_key
        for name, value in (
            ("base_url", settings.base_url),
            ("model", settings.model),
            ("dialect", settings.dialect_key),
            ("thinking", settings.thinking.value),
            ("concurrency", str(settings.concurrency or "")),
            ("requests_per_minute", str(settings.requests_per_minute or "")),
            ("constrain", next((word for word, on in _SWITCH.items() if on is settings.constrain), "")),
            ("read_timeout", str(int(settings.read_timeout) if settings.read_timeout != USUAL_WAIT else "")),
            ("temperature", "none" if settings.temperature is None else ""),
            ("engine", "endpoint"),
        ):
            self._memory.put_setting(name, value)
        self.engine = self._made()

    def use_embedded(self) -> None:
        self.settings = None
        self._memory.put_setting("engine", "embedded")
        self.engine = self._made()

    def use_send_values(self, choice: SendValues) -> None:
        self.send_values = choice
        self._memory.put_setting("send_values", choice.value)
        self.engine = self._made()

    def status(self) -> EngineStatus:
        settings = self.settings
        if settings is None:
            return EngineStatus(
                "off", "内置范式 · 数据不出本机", "内置范式稿",
                "没有接模型，由内置范式起草，未经模型润色；不联网，数据不出本机。",
            )  # fmt: skip
        shown = "事实的数值会给模型看。" if self.send_values.allows(settings) else "只把事实名称给模型看，数值不发出。"
        words = _REACH_WORDS[settings.reach]
        return EngineStatus(
            "local" if settings.is_local else "remote",
            f"{settings.model} · {words}",
            f"模型 {settings.model}（{settings.host}）",
            f"{words}；{shown}",
        )

    def models(self, settings: EndpointSettings) -> list[str]:
        """Names that the service lists. Raises EndpointError."""

        async def ask() -> list[str]:
            completions = Completions(settings)
            try:
                return await completions.models()
            finally:
                await completions.aclose()

        return _run(ask())

    def probe(self, settings: EndpointSettings) -> Probe:
        """Tries the service with one sentence."""

        async def ask() -> Probe:
            # Asked for by hand, and nothing of a person's is in it; it stands in the log all the same.
            completions = Completions(settings, Gate(lambda: True, note=self.sending.note))
            try:
                return await probe(completions)
            finally:
                await completions.aclose()

        return _run(ask())


def _further(read_timeout: int, temperature: bool) -> dict[str, Any]:
    """What few services need, where it is not as usual."""
    found: dict[str, Any] = {"read_timeout": float(read_timeout)} if read_timeout else {}
    return found if temperature else {**found, "temperature": None}


def _run(work: Coroutine[Any, Any, T]) -> T:
    """A short question from a page's own thread, on a loop of its own."""
    return asyncio.run(work)
