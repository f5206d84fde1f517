"""The one client of a model service: streamed chat completions, whatever the service's dialect."""

from __future__ import annotations

import asyncio
import datetime
import json
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import httpx2
import openai

from assistant.drafting.constrain import request_fields
from assistant.drafting.deltas import CUT, Delta, Reader, Repeats
from assistant.drafting.failures import Failures
from assistant.drafting.gathering import Gathering
from assistant.drafting.leaving import CLOSED, NOTHING, About, Gate
from assistant.drafting.line import turn
from assistant.drafting.settings import EndpointSettings, Thinking
from assistant.drafting.usage import Usage
from assistant.drafting.watch import watcher
from assistant.errors import (
    ConfigurationError,
    EndpointBroken,
    EndpointBusy,
    EndpointError,
    EndpointInterrupted,
    EndpointRejected,
    EndpointTimeout,
    EndpointUnreachable,
)

MOST_WAIT = 120.0
"""Seconds that are waited at most where a service asks to come back later; more is for a person to decide."""

_PATH = "/chat/completions"
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0
_SAID_TO_COME_BACK = "对方要求 {seconds} 秒后再试"

_CLIENT_ERRORS = (openai.OpenAIError, httpx2.HTTPError, json.JSONDecodeError, UnicodeDecodeError)


@dataclass(frozen=True, slots=True)
class Message:
    """One turn that the model is shown."""

    role: Literal["system", "user", "assistant"]
    content: str


class Completions:
    """Chat completions of one endpoint. Belongs to the event loop that first used it; close with `aclose`.

    Args:
        gate: asked before every request, and told of it. The default lets nothing out to an endpoint elsewhere.

    Raises (on construction):
        ConfigurationError: a proxy in the environment that this machine cannot speak to.
    """

    def __init__(self, settings: EndpointSettings, gate: Gate = CLOSED) -> None:
        self.settings = settings
        self._gate = gate
        self._dialect = settings.dialect
        self._failures = Failures(settings)
        self._reader = Reader(settings.dialect, self._failures)
        timeout = httpx2.Timeout(settings.read_timeout, connect=settings.connect_timeout)
        try:
            # A proxy set for the office's way to the internet cannot find this machine or the private network.
            http_client = openai.DefaultAsyncHttpxClient(
                timeout=timeout, trust_env=not settings.is_local, follow_redirects=False
            )
        except (ImportError, ValueError) as error:
            raise ConfigurationError(
                "系统里设置的代理（HTTP_PROXY、HTTPS_PROXY 或 ALL_PROXY）无法使用。", "请改用 http 代理，或取消该设置。"
            ) from error
        self._client = openai.AsyncOpenAI(
            base_url=settings.base_url,
            # The client insists on a key; services without one ignore it.
            api_key=settings.api_key.get_secret_value() or "none",
            timeout=timeout,
            # Retried here: a person is told why it waits, and the other requests wait too.
            max_retries=0,
            http_client=http_client,
        )

    async def stream(
        self,
        messages: list[Message],
        *,
        max_tokens: int,
        temperature: float | None = None,
        grammar: str = "",
        json_schema: Mapping[str, Any] | None = None,
        about: About = NOTHING,
        tools: Sequence[Mapping[str, Any]] = (),
    ) -> AsyncGenerator[Delta]:
        """One answer, as it comes. Close the generator (``contextlib.aclosing``) to hang up at once.

        Waits for its turn, and again where the service asks to come back later before any of the answer has come.

        Args:
            max_tokens: limit of the answer, thinking included.
            temperature: None takes the settings'.
            grammar: GBNF that the answer must follow, for a service that takes one; "" for none.
            json_schema: the answer is JSON of this schema, for a service that takes one.
            about: why it is asked, for the log.
            tools: what the model may call, as the service takes them.

        Raises:
            SendingError: it may not leave this machine; nothing was sent.
            EndpointError: see `assistant.errors`; ``kept`` is left empty, only the caller knows the text.
        """
        self._gate.check(self.settings, (message.content for message in messages))
        request = self._request(messages, max_tokens, temperature, grammar)
        if json_schema is not None:
            schema = {"name": "answer", "schema": json_schema, "strict": False}
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
        if tools:
            request["tools"] = list(tools)
        attempt = 0
        while True:
            came = False
            try:
                async with turn(self.settings) as line:
                    try:
                        async with aclosing(self._noted(request, about)) as answer:
                            async for delta in answer:
                                came = True
                                yield delta
                        return
                    except EndpointBusy as problem:
                        if problem.retry_after and problem.retry_after <= MOST_WAIT:
                            # For every request to this host, also of other reports.
                            line.hold(problem.retry_after)
                        raise
            except EndpointError as problem:
                pause = _pause_after(problem, attempt)
                if came or pause is None or attempt >= self.settings.max_retries:
                    raise
            attempt += 1
            watcher().waits(_SAID_TO_COME_BACK if pause.asked else "没有成功，{seconds} 秒后再试", pause.until)
            await asyncio.sleep(pause.seconds)

    async def _noted(self, request: dict[str, Any], about: About) -> AsyncGenerator[Delta]:
        """One request, and its line in the log however it ends."""
        began, at = time.monotonic(), datetime.datetime.now(datetime.UTC)
        usage: Usage | None = None
        outcome = "已停止"
        try:
            async with aclosing(self._once(request)) as answer:
                async for delta in answer:
                    if delta.usage is not None:
                        usage = delta.usage
                        watcher().counts(delta.usage)
                    if delta.reasoning_chars:
                        watcher().thinks(delta.reasoning_chars)
                    yield delta
            outcome = ""
        except EndpointError as problem:
            outcome = _OUTCOMES.get(type(problem), "出错")
            raise
        finally:
            self._gate.note(self.settings, about, at, usage, time.monotonic() - began, outcome)

    async def _once(self, request: dict[str, Any]) -> AsyncGenerator[Delta]:
        started = finished = counted = False
        repeats = Repeats()
        with self._translated(lambda: started):
            # The JSON as it comes: as objects of the SDK, of which nothing is sure either, it takes half as long again.
            response = await self._client.post(
                _PATH, body=request, cast_to=object, stream=True, stream_cls=openai.AsyncStream[object]
            )
            async with response:
                kind = response.response.headers.get("content-type", "").lower()
                if "event-stream" not in kind and ("json" in kind or "html" in kind):
                    yield self._reader.whole(await response.response.aread())
                    return
                with Gathering() as gathering:
                    async for chunk in response:
                        started = True
                        delta = repeats.without(self._reader.delta(chunk))
                        if delta.usage is not None and counted:
                            delta = Delta(delta.text, delta.reasoning_chars, delta.finish_reason)
                        counted = counted or delta.usage is not None
                        finished = finished or delta.finish_reason is not None
                        if delta != Delta():
                            yield delta
                        if not finished:
                            await gathering.pause()
        if not finished:
            yield Delta(repeats.rest(), finish_reason=CUT)

    async def models(self) -> list[str]:
        """Names of the models that the service lists, in its order.

        Raises:
            EndpointError: unreachable, refused, or not a model list (a service may have none: 404).
        """
        with self._translated(lambda: False):
            # Not the SDK's own list call: it fails with an AttributeError on anything but a list object.
            response = await self._client.get("/models", cast_to=httpx2.Response)
        try:
            listed = response.json()["data"]
            return [str(model["id"]) for model in listed]
        except (ValueError, KeyError, TypeError) as error:
            raise self._failures.not_a_completion(response.text) from error

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.close()

    def _request(
        self, messages: list[Message], max_tokens: int, temperature: float | None, grammar: str
    ) -> dict[str, Any]:
        settings, dialect = self.settings, self._dialect
        request: dict[str, Any] = {
            "model": settings.model,
            "stream": True,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            dialect.max_tokens_field: max_tokens,
        }
        wanted = settings.temperature if temperature is None else temperature
        if wanted is not None and dialect.takes_temperature(settings.model):
            request["temperature"] = wanted
        if dialect.stream_usage:
            request["stream_options"] = {"include_usage": True}
        switch = {Thinking.OFF: dialect.thinking_off, Thinking.ON: dialect.thinking_on, Thinking.UNSET: {}}
        request |= switch[settings.thinking]
        if grammar:
            request |= request_fields(settings.grammar_kind, grammar)
        return request

    @contextmanager
    def _translated(self, started: Callable[[], bool]) -> Iterator[None]:
        try:
            yield
        except _CLIENT_ERRORS as error:
            problem = self._failures.translate(error, started=started())
            raise problem from (None if self._failures.leaks_key(error) else error)


@dataclass(frozen=True, slots=True)
class _Pause:
    seconds: float
    until: float
    asked: bool


def _pause_after(problem: EndpointError, attempt: int) -> _Pause | None:
    """How long to wait before another attempt; None where another would fail as well."""
    asked = problem.retry_after if isinstance(problem, EndpointBusy) else None
    if asked is not None and asked > MOST_WAIT:
        return None
    again = isinstance(problem, EndpointBusy | EndpointUnreachable) or (
        isinstance(problem, EndpointBroken) and problem.status >= 500
    )
    if not again or isinstance(problem, EndpointInterrupted):
        return None
    seconds = asked if asked is not None else min(_FIRST_PAUSE * 2**attempt, _LONGEST_PAUSE)
    return _Pause(seconds, time.monotonic() + seconds, asked is not None)


#: How a call that failed stands in the log.
_OUTCOMES: dict[type[EndpointError], str] = {
    EndpointUnreachable: "没有连上",
    EndpointInterrupted: "中途断开",
    EndpointTimeout: "没有回音",
    EndpointRejected: "被拒绝",
    EndpointBusy: "对方繁忙",
    EndpointBroken: "对方出错",
}
