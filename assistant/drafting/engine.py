"""The one interface of what writes slot text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.drafting.brief import Brief, OnText
from assistant.drafting.usage import Usage


@dataclass(frozen=True)
class Draft:
    """A section as an engine wrote it.

    Attributes:
        text: slot text, normalised.
        complete: False when it is only the part that came.
        usage: tokens as the endpoint counted them; None where there is no endpoint or it did not say.
        notes: what the normaliser mended or could not, in Chinese.
        told: what the person has to hear of it, in Chinese, without a full stop.
        filtered: the service's filter cut it off.
        answered: slot text as the endpoint gave it, before it was mended; "" where there is no endpoint.
    """

    text: str
    complete: bool = True
    usage: Usage | None = None
    notes: tuple[str, ...] = ()
    answered: str = ""
    told: tuple[str, ...] = ()
    filtered: bool = False


class Engine(Protocol):
    """Writes one section.

    Attributes:
        key: ``embedded`` or ``endpoint``, as versions record it.
        label: what the page calls it (内置范式稿, or the model's name and host).
        model: the model's name, "" for the embedded engine.
        concurrency: sections that it may write at once.
    """

    key: str
    label: str
    model: str
    concurrency: int

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:
        """The section's slot text.

        Raises:
            EndpointError: the service failed; ``kept`` holds what had come.
            asyncio.CancelledError: the person stopped it; the last ``on_text`` is what had come.
        """
        ...
