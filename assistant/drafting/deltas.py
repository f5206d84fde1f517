"""What a service answers, piece by piece, whatever it makes of the protocol: nothing of it is trusted to be there."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from assistant.drafting.dialects import Dialect
from assistant.drafting.failures import Failures
from assistant.drafting.usage import Usage

CUT = "cut"
"""finish_reason of an answer that ended without one: the service hung up politely in mid-text."""

LEAST_REPEATED = 6
"""Characters of a piece of text that a service does not send twice running unless by mistake."""

LEAST_PAIRS = 5
"""Pieces that come twice each before an answer is taken to come twice altogether."""


@dataclass(frozen=True, slots=True)
class CallPart:
    """A piece of a tool call: those of one ``index`` are joined, name and arguments as they come."""

    index: int
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Delta:
    """What one event of the stream brought.

    Attributes:
        text: visible text, "" for none.
        reasoning_chars: characters of thinking; the thinking itself is not kept.
        finish_reason: ``stop``, ``length``, ``content_filter``… or `CUT`; on the last delta but those with usage.
        usage: as counted by the service, at most once in a stream.
        calls: pieces of tool calls, where tools were offered.
    """

    text: str = ""
    reasoning_chars: int = 0
    finish_reason: str | None = None
    usage: Usage | None = None
    calls: tuple[CallPart, ...] = ()


class Reader:
    """Reads the answers of one service."""

    def __init__(self, dialect: Dialect, failures: Failures) -> None:
        self._dialect = dialect
        self._failures = failures

    def delta(self, chunk: object) -> Delta:
        """One event of a stream, as the JSON that came: every field may be missing or of another type."""
        if not isinstance(chunk, dict):
            raise self._failures.not_a_completion(str(chunk))
        usage = _usage(chunk.get("usage"))
        choices = chunk.get("choices")
        if not choices:
            if choices is None and usage is None:
                said = chunk.get("message")
                raise self._failures.in_stream(str(said)) if said else self._failures.not_a_completion(str(chunk))
            return Delta(usage=usage)
        if not isinstance(choices, list):
            raise self._failures.not_a_completion(str(chunk))
        choice = choices[0]
        delta = _field(choice, "delta")
        return Delta(
            _text(_field(delta, "content")),
            self._reasoning_chars(delta),
            _text(_field(choice, "finish_reason")) or None,
            usage,
            _calls(delta),
        )

    def whole(self, body: bytes) -> Delta:
        """An answer in one piece, from a service that does not stream."""
        text = body.decode("utf-8", errors="replace")
        try:
            answer = json.loads(text)
        except json.JSONDecodeError as error:
            raise self._failures.not_a_completion(text) from error
        choices = answer.get("choices") if isinstance(answer, dict) else None
        if not isinstance(choices, list) or not choices:
            if isinstance(answer, dict) and (answer.get("error") or answer.get("message")):
                raise self._failures.in_stream("", answer)
            raise self._failures.not_a_completion(text)
        message = _field(choices[0], "message")
        return Delta(
            _text(_field(message, "content")),
            self._reasoning_chars(message),
            _text(_field(choices[0], "finish_reason")) or CUT,
            _usage(answer.get("usage")),
            _calls(message),
        )

    def _reasoning_chars(self, part: object) -> int:
        thoughts = (_text(_field(part, field)) for field in self._dialect.reasoning_fields)
        return next((len(thought) for thought in thoughts if thought), 0)


class Repeats:
    """Takes out what a service sends twice: every piece, a longer piece just sent, at the end the whole text once more.

    That short pieces all come twice is told by the first ones: those behind the very first wait until it is clear.
    """

    def __init__(self) -> None:
        self._text = ""
        self._last = ""
        #: The first pieces, as long as each pair of them is twice the same; None once that is settled.
        self._pairs: list[str] | None = []
        self._doubled = False
        self._mate = ""

    def without(self, delta: Delta) -> Delta:
        """The delta without text that was sent before, and with what had waited."""
        pieces = self._once(delta.text) if delta.text else []
        if delta.finish_reason is not None:
            pieces = [*pieces, *self._waiting()]
        text = "".join(piece for piece in pieces if self._new(piece))
        return delta if text == delta.text else replace(delta, text=text)

    def rest(self) -> str:
        """What waits at the end of an answer that has none."""
        return "".join(piece for piece in self._waiting() if self._new(piece))

    def _once(self, piece: str) -> list[str]:
        """The pieces that may go on now."""
        if self._doubled:
            self._mate, twin = ("", True) if piece == self._mate else (piece, False)
            return [] if twin else [piece]
        if self._pairs is None:
            return [piece]
        self._pairs.append(piece)
        first, second = self._pairs[::2], self._pairs[1::2]
        if any(one != other for one, other in zip(first, second, strict=False)):
            return self._waiting()
        if len(second) == LEAST_PAIRS:
            # A line of dashes is no sign of anything.
            self._doubled = len(set(first)) > LEAST_PAIRS // 2
            waiting = self._waiting()
            return first[1:] if self._doubled else waiting
        return [piece] if len(self._pairs) == 1 else []

    def _waiting(self) -> list[str]:
        waiting, self._pairs = (self._pairs or [])[1:], None
        return waiting

    def _new(self, piece: str) -> bool:
        if len(piece) >= LEAST_REPEATED and piece in (self._last, self._text):
            return False
        self._last = piece
        self._text += piece
        return True


def _field(part: object, name: str) -> object:
    return part.get(name) if isinstance(part, dict) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _calls(part: object) -> tuple[CallPart, ...]:
    """Pieces of tool calls; what is not as it should be is empty, the caller tells."""
    listed = _field(part, "tool_calls")
    found = []
    for place, call in enumerate(listed if isinstance(listed, list) else ()):
        function, index = _field(call, "function"), _field(call, "index")
        given = _field(function, "arguments")
        # Some services send the arguments as an object instead of its text.
        arguments = json.dumps(given) if isinstance(given, dict) else _text(given)
        found.append(CallPart(index if isinstance(index, int) else place, _text(_field(function, "name")), arguments))
    return tuple(found)


def _usage(counted: object) -> Usage | None:
    asked, answered = _field(counted, "prompt_tokens"), _field(counted, "completion_tokens")
    if not isinstance(asked, int) or not isinstance(answered, int):
        return None
    cached = _field(_field(counted, "prompt_tokens_details"), "cached_tokens")
    return Usage(asked, answered, cached if isinstance(cached, int) else None)
