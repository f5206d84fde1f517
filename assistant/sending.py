"""What goes to a model service: who agreed to it, what it is exactly, and the log of what went."""

from __future__ import annotations

import datetime
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Protocol

from assistant.drafting.brief import brief_for
from assistant.drafting.completions import Message
from assistant.drafting.leaving import SENDING, Call, Gate, consent_needed
from assistant.drafting.messages import messages_for
from assistant.drafting.secrecy import refuse_marked
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.drafting.shared_prefix import told_facts
from assistant.errors import NigaoError
from assistant.reports.report import Report
from assistant.reports.types import ReportType
from assistant.storage.calls import LoggedCall

_log = logging.getLogger(__name__)
_SETTING = "consents"


class Memory(Protocol):
    """Where a choice is remembered; never a key."""

    def get_setting(self, name: str, default: str = "") -> str: ...
    def put_setting(self, name: str, value: str | None) -> None: ...


class CallLog(Protocol):
    """Where calls are written down; ``Store`` is one."""

    def log_call(self, call: LoggedCall) -> None: ...
    def calls(self, limit: int = 200) -> list[LoggedCall]: ...
    def clear_calls(self) -> None: ...


@dataclass(frozen=True)
class Consent:
    """What a person agreed to: this host, this model, with values of facts or without. ``at``: ISO, UTC."""

    host: str
    model: str
    values: bool
    at: str = ""

    def covers(self, other: Consent) -> bool:
        """Whether nothing more is asked; who agreed to values agreed to names too."""
        return (self.host, self.model) == (other.host, other.model) and (self.values or not other.values)


@dataclass(frozen=True)
class Parcel:
    """What one section's draft would send, message by message, as it would go."""

    key: str
    title: str
    messages: tuple[Message, ...]

    @property
    def characters(self) -> int:
        return sum(len(message.content) for message in self.messages)


class Sending:
    """Consents and the log of calls. Thread-safe.

    Args:
        log: None keeps no log.
        confirmed: hosts that whoever set the program up has agreed to for everybody (``NIGAO_SEND_CONFIRMED``),
            with commas between them.
    """

    def __init__(self, memory: Memory, log: CallLog | None = None, confirmed: str = "") -> None:
        self._memory = memory
        self._call_log = log
        self._confirmed = frozenset(host.strip().lower() for host in confirmed.split(",") if host.strip())
        # One thread: calls are written in their order, and no event loop waits for the disk.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="nigao-calls")

    # ---- consent

    def consents(self) -> list[Consent]:
        """What was agreed to and not taken back, oldest first."""
        stored = self._memory.get_setting(_SETTING)
        return [Consent(**entry) for entry in json.loads(stored)] if stored else []

    def agreed(self, settings: EndpointSettings, send_values: SendValues) -> bool:
        """Whether drafts may go to this endpoint; always, where it is on this machine or the private network."""
        if settings.is_local or settings.host.lower() in self._confirmed:
            return True
        wanted = _wanted(settings, send_values)
        return any(consent.covers(wanted) for consent in self.consents())

    def agree(self, settings: EndpointSettings, send_values: SendValues) -> None:
        """A person has seen what would go, and agrees. Remembered until it is taken back."""
        wanted = _wanted(settings, send_values)
        if not self.agreed(settings, send_values):
            at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            self._keep([*self.consents(), Consent(wanted.host, wanted.model, wanted.values, at)])

    def withdraw(self, consent: Consent) -> None:
        """The next draft asks again."""
        self._keep([known for known in self.consents() if known != consent])

    def _keep(self, consents: list[Consent]) -> None:
        stored = json.dumps([asdict(consent) for consent in consents], ensure_ascii=False)
        self._memory.put_setting(_SETTING, stored if consents else None)

    def clear(self, settings: EndpointSettings | None, send_values: SendValues, report: Report) -> None:
        """Lets a report's drafts begin.

        Args:
            settings: None for the embedded engine, which sends nothing.

        Raises:
            SecrecyMarked: the report carries a 密级 mark, and the endpoint is elsewhere.
            ConsentNeeded: nobody agreed yet.
        """
        if settings is None or settings.is_local:
            return
        # First: to a report with a mark nobody can agree.
        refuse_marked(report, SENDING)
        if not self.agreed(settings, send_values):
            raise consent_needed(settings)

    def gate(self, settings: EndpointSettings, send_values: SendValues) -> Gate:
        """What every request of an endpoint asks before it goes, and is noted by."""
        return Gate(lambda: self.agreed(settings, send_values), send_values.allows(settings), self.note)

    # ---- the log

    def note(self, call: Call) -> None:
        """Writes a call down, soon."""
        log = self._call_log
        if log is not None:
            # An engine that outlived its stop may still come after the program was closed.
            with suppress(RuntimeError):
                self._writer.submit(_write, log, call)

    def calls(self, limit: int = 200) -> list[LoggedCall]:
        """Newest first, those included that ended just now."""
        if self._call_log is None:
            return []
        self._writer.submit(int).result()
        return self._call_log.calls(limit)

    def clear_calls(self) -> None:
        if self._call_log is not None:
            self._writer.submit(int).result()
            self._call_log.clear_calls()

    def close(self) -> None:
        """Writes what waits."""
        self._writer.shutdown()


def parcels(report_type: ReportType, report: Report, *, send_values: bool) -> tuple[Parcel, ...]:
    """What drafting every section of a report would send."""
    return tuple(
        Parcel(
            section.key,
            section.title,
            tuple(messages_for(brief_for(report_type, report, section, section.seed), send_values=send_values)),
        )
        for section in report.written
    )


def withheld(report: Report) -> tuple[str, ...]:
    """Labels of the facts whose values do not go, whatever the settings: 不外发."""
    return tuple(label for label in told_facts(report) if report.sheet.private(label))


def gate_of_command(settings: EndpointSettings, send_values: SendValues, confirmed: str, *, yes: bool) -> Gate:
    """What a command's requests have to ask: there is nobody to ask, so it is said beforehand or not at all.

    Args:
        confirmed: ``NIGAO_SEND_CONFIRMED``; yes: ``--yes-send``.

    Raises:
        ConsentNeeded: the endpoint is elsewhere and neither was said.
    """
    hosts = [host.strip().lower() for host in confirmed.split(",")]
    if not settings.is_local and not yes and settings.host.lower() not in hosts:
        raise consent_needed(settings)
    return Gate(lambda: True, send_values.allows(settings))


def told_of_sending(settings: EndpointSettings, send_values: SendValues, what: str = "") -> str:
    """One line for a console: where to, and what goes; "" where it stays on this machine or the private network.

    Args:
        what: what goes, where it is not a draft's facts.
    """
    if settings.is_local:
        return ""
    facts = "事实的名称和数值" if send_values.allows(settings) else "事实的名称（数值、人名、地名不发）"
    return f"将发往外部服务 {settings.host}，模型 {settings.model}：{what or facts}。"


def _wanted(settings: EndpointSettings, send_values: SendValues) -> Consent:
    return Consent(settings.host, settings.model, send_values.allows(settings))


def _write(log: CallLog, call: Call) -> None:
    usage = call.usage
    try:
        log.log_call(
            LoggedCall(
                call.at,
                call.host,
                call.model,
                call.about.purpose,
                call.about.facts,
                call.values,
                usage.prompt_tokens if usage else None,
                usage.completion_tokens if usage else None,
                usage.cached_tokens if usage else None,
                call.seconds,
                call.outcome,
            )
        )
    except NigaoError as error:
        # A full disk must not cost the draft; that it is full is told where the draft is stored.
        _log.warning("a call to %s is not in the log: %s", call.host, error)
