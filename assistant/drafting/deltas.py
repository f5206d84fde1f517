"""What a service answers, piece by piece, whatever it makes of the protocol: nothing of it is trusted to be there."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, cast

from openai.types import CompletionUsage
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from assistant.drafting.dialects import Dialect
from assistant.drafting.failures import Failures
from assistant.drafting.usage import Usage

CUT = "cut"
"""finish_reason of an answer that ended without one: the service hung up politely in mid-text."""

LEAST_REPEATED = 6
"""Characters of a piece of text that a service does not send twice running unless by mistake."""


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
        """One event of a stream. The SDK validates nothing: every field may be missing or of another type."""
        if not isinstance(chunk, ChatCompletionChunk):
            raise self._failures.not_a_completion(str(chunk))
        usage = _usage(chunk.usage)
        choices = cast(Any, chunk).choices
        if not choices:
            if choices is None and usage is None:
                said = (chunk.model_extra or {}).get("message")
                raise self._failures.in_stream(said) if said else self._failures.not_a_completion(str(chunk))
            return Delta(usage=usage)
        choice = choices[0]
        delta: object = getattr(choice, "delta", None)
        content = getattr(delta, "content", None)
        return Delta(
            content if isinstance(content, str) else "",
            self._reasoning_chars(delta),
            choice.finish_reason or None,
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
        completion = ChatCompletion.construct(**answer)
        choice = completion.choices[0]
        # Constructed, not validated: the message may be missing.
        message: object = getattr(choice, "message", None)
        content = getattr(message, "content", None)
        return Delta(
            content if isinstance(content, str) else "",
            self._reasoning_chars(message),
            getattr(choice, "finish_reason", None) or CUT,
            _usage(completion.usage),
            _calls(message),
        )

    def _reasoning_chars(self, part: object) -> int:
        thoughts = (getattr(part, field, None) for field in self._dialect.reasoning_fields)
        return next((len(thought) for thought in thoughts if isinstance(thought, str) and thought), 0)


class Repeats:
    """Takes out what a service sends twice: a piece just sent, or at the end the whole text once more."""

    def __init__(self) -> None:
        self._text = ""
        self._last = ""

    def without(self, delta: Delta) -> Delta:
        """The delta without text that was sent before."""
        piece = delta.text
        if len(piece) >= LEAST_REPEATED and piece in (self._last, self._text):
            return replace(delta, text="")
        if piece:
            self._last = piece
            self._text += piece
        return delta


def _calls(part: object) -> tuple[CallPart, ...]:
    """Pieces of tool calls; what is not as it should be is empty, the caller tells."""
    listed = getattr(part, "tool_calls", None)
    found = []
    for place, call in enumerate(listed if isinstance(listed, list) else ()):
        function = getattr(call, "function", None)
        index, name = getattr(call, "index", None), getattr(function, "name", None)
        given = getattr(function, "arguments", None)
        # Some services send the arguments as an object instead of its text.
        arguments = given if isinstance(given, str) else json.dumps(given) if isinstance(given, dict) else ""
        found.append(
            CallPart(index if isinstance(index, int) else place, name if isinstance(name, str) else "", arguments)
        )
    return tuple(found)


def _usage(counted: CompletionUsage | None) -> Usage | None:
    if counted is None or counted.prompt_tokens is None or counted.completion_tokens is None:
        return None
    details = counted.prompt_tokens_details
    return Usage(counted.prompt_tokens, counted.completion_tokens, details.cached_tokens if details else None)
