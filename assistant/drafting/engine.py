"""The one interface of what writes slot text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from assistant.drafting.brief import Brief, OnText


@dataclass(frozen=True)
class Usage:
    """Tokens as the endpoint counted them; None where it did not say."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None


@dataclass(frozen=True)
class Draft:
    """A section as an engine wrote it.

    Attributes:
        text: slot text, normalised.
        complete: False when it is only the part that came.
        notes: what the normaliser mended or could not, in Chinese.
    """

    text: str
    complete: bool = True
    usage: Usage = field(default_factory=Usage)
    notes: tuple[str, ...] = ()


class Engine(Protocol):
    """Writes one section.

    Attributes:
        key: ``embedded`` or ``endpoint``, as versions record it.
        label: what the page calls it (内置范式稿, or the model's name and host).
        model: the model's name, "" for the embedded engine.
    """

    key: str
    label: str
    model: str

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:
        """The section's slot text.

        Raises:
            EndpointError: the service failed; ``kept`` holds what had come.
            asyncio.CancelledError: the person stopped it; the last ``on_text`` is what had come.
        """
        ...
