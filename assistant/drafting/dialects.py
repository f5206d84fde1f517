"""How the model services differ from one another: presets as data (``dialects.yaml``)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from assistant.drafting.constrain import GrammarKind
from assistant.errors import UnknownNameError

DIALECTS_FILE = Path(__file__).with_name("dialects.yaml")


class Dialect(BaseModel):
    """One kind of model service.

    Attributes:
        key: stable name, kept in settings.
        name: what the settings page shows, Chinese.
        hint: one Chinese sentence for a person who fills in the settings.
        base_url: preset address, with the version part; "" where a person must give it.
        example_model: shown as a placeholder in the model field.
        known_port: the port by which an address on any machine is recognised as this service.
        on_this_machine: the preset address is this machine.
        needs_key: the service refuses a request without a key.
        max_tokens_field: name of the parameter that limits the answer's length, in tokens.
        thinking_off, thinking_on: what ``extra_body`` switches the model's thinking off and on.
        reasoning_fields: fields of a delta in which thinking arrives, in the order to try.
        without_temperature: patterns of model names that refuse a temperature.
        stream_usage: the service understands ``stream_options.include_usage``.
        context_length: tokens that prompt and answer may fill together.
        concurrency: requests to have under way at once.
        requests_per_minute: requests to begin within a minute; None where no such limit is published.
        embedded: no service at all: the engine that is built in.
        constrain: how the service takes a grammar for its decoding (see ``constrain.py``); "" where it takes none.
        json_schema: the service takes ``response_format`` with a JSON schema.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    hint: str = ""
    base_url: str = ""
    example_model: str = ""
    known_port: int | None = None
    on_this_machine: bool = False
    needs_key: bool = True
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    thinking_off: dict[str, Any] = Field(default_factory=dict)
    thinking_on: dict[str, Any] = Field(default_factory=dict)
    reasoning_fields: tuple[str, ...] = ("reasoning_content", "reasoning")
    without_temperature: tuple[str, ...] = ()
    stream_usage: bool = True
    context_length: int = Field(default=8192, gt=0)
    concurrency: int = Field(default=2, gt=0)
    requests_per_minute: int | None = Field(default=None, gt=0)
    embedded: bool = False
    constrain: GrammarKind = ""
    json_schema: bool = False

    def takes_temperature(self, model: str) -> bool:
        """Whether a request for this model may carry a temperature."""
        return not any(fnmatchcase(model.lower(), pattern) for pattern in self.without_temperature)


@lru_cache(maxsize=1)
def dialects() -> tuple[Dialect, ...]:
    """All presets, in the order in which a person is shown them."""
    loaded = yaml.safe_load(DIALECTS_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Dialect, ...]).validate_python(loaded)


def dialect(key: str) -> Dialect:
    """The preset of that key.

    Raises:
        UnknownNameError: no such key; the sentence lists the known ones.
    """
    for known in dialects():
        if known.key == key:
            return known
    keys = "、".join(known.key for known in dialects())
    raise UnknownNameError(f"没有名为“{key}”的模型服务类型。", f"可选的有：{keys}。")


def dialect_for(base_url: str) -> Dialect:
    """The preset that an address belongs to: same host for public services, known port for local ones, else custom."""
    parts = urlsplit(base_url)
    for known in dialects():
        if known.known_port is not None and parts.port == known.known_port:
            return known
        if not known.on_this_machine and known.base_url and urlsplit(known.base_url).hostname == parts.hostname:
            return known
    return dialect("custom")
