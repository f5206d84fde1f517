"""What leaves this machine: agreed to before the first request, refused where a 密级 mark stands, noted afterwards."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.drafting.secrecy import Mark, mark_in, marked
from assistant.drafting.settings import EndpointSettings
from assistant.drafting.usage import Usage
from assistant.errors import ConsentNeeded

#: What is refused where a mark stands, in the words of the refusal.
SENDING = "发给外部的模型服务"


@dataclass(frozen=True, slots=True)
class About:
    """Why a request is made.

    Attributes:
        purpose: in Chinese, a few words: 起草, 改句, 摘录, 测试.
        facts: labels of the facts that it tells of, by name or with values.
    """

    purpose: str = ""
    facts: tuple[str, ...] = ()


NOTHING = About()


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as the log keeps it: no text, neither what was sent nor what came.

    Attributes:
        at: when it was sent, aware, UTC.
        values: whether values of facts were in it, or only their names.
        usage: tokens as the service counted them; None where it did not say.
        seconds: from sending to the end.
        outcome: "" where it went well, else the kind of failure in Chinese.
    """

    at: datetime.datetime
    host: str
    model: str
    about: About
    values: bool
    usage: Usage | None
    seconds: float
    outcome: str = ""


class Gate:
    """Asked before each request of one endpoint; told of each one afterwards.

    Args:
        agreed: whether a person has agreed to what goes to this endpoint. Asked only where it is elsewhere.
        values: whether values of facts go along, for the log.
        note: keeps a call; must not block and must not raise.
    """

    def __init__(
        self,
        agreed: Callable[[], bool] = lambda: False,
        values: bool = False,
        note: Callable[[Call], None] = lambda _: None,
    ) -> None:
        self._agreed = agreed
        self._values = values
        self._note = note

    def check(self, settings: EndpointSettings, texts: Iterable[str]) -> None:
        """Lets a request pass.

        Args:
            texts: everything that it would carry.

        Raises:
            ConsentNeeded: the endpoint is elsewhere and nobody agreed.
            SecrecyMarked: a text for an endpoint elsewhere carries a mark.
        """
        if settings.is_local:
            return
        if not self._agreed():
            raise consent_needed(settings)
        for text in texts:
            if excerpt := mark_in(text):
                raise marked(Mark("要发出的文字", excerpt), SENDING)

    def note(self, settings: EndpointSettings, about: About, began: datetime.datetime, usage: Usage | None,
             seconds: float, outcome: str) -> None:  # fmt: skip
        """Tells the log of a request."""
        self._note(Call(began, settings.host, settings.model, about, self._values, usage, seconds, outcome))


#: Lets nothing out but to this machine and the private network: for whoever was given no gate.
CLOSED = Gate()
#: For requests that carry nothing of a person's, such as the test of an endpoint, and for whoever has asked already.
OPEN = Gate(lambda: True)


def consent_needed(settings: EndpointSettings) -> ConsentNeeded:
    return ConsentNeeded(
        f"{settings.host} 不在本机，也不在内网，还没有人确认可以把内容发给它，没有发出任何内容。",
        "请在“起草”页按起草，看过要发出的内容后确认；用命令时加 --yes-send，或把主机写进 NIGAO_SEND_CONFIRMED。",
        settings.host,
        settings.model,
    )
