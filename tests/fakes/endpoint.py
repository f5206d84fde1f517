"""An OpenAI-compatible model service for tests and benchmarks, which can fail in every way that a real one does.

    with FakeEndpoint([Reply(status=503), Reply("全年完成{{入伍人数}}。")]) as fake:
        settings = EndpointSettings(base_url=fake.base_url, model="fake")

By hand: ``python -m tests.fakes.endpoint --port 8099 --tokens-per-second 40``
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Literal, Self

from tests.fakes.prose import pieces, slot_prose

MODELS = ("fake", "fake-large")


@dataclass(frozen=True)
class Reply:
    """How to answer one chat completion.

    Attributes:
        text: the answer; a plain string is cut into pieces of two characters, a sequence is sent as it is.
        status: anything but 200 sends ``body`` (or an error object with ``message``) and nothing else.
        message: the error object's message.
        headers: further response headers, such as Retry-After.
        body: sent whole instead of a stream, with ``content_type``.
        reasoning: thinking that comes first, in pieces, in the field ``reasoning_field``.
        finish_reason: None sends none.
        usage: sent in a last event without choices; ``usage_times`` 0 sends none, 2 sends it twice.
        interval: seconds between two pieces.
        byte_interval: seconds between two bytes of the stream, which then comes byte by byte.
        first_after: seconds before the first.
        comments: keep-alive comments sent before the first piece.
        ending: ``done`` ends properly; ``close`` ends the response without [DONE]; ``abort`` breaks the connection;
            ``stall`` says nothing more until the client hangs up or the service stops.
        error: an error object sent inside the stream, after the text.
        raw_events: data lines sent as they are, after the text.
    """

    text: str | Sequence[str] = ""
    status: int = 200
    message: str = "scripted failure"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    content_type: str = "application/json"
    reasoning: Sequence[str] = ()
    reasoning_field: str = "reasoning_content"
    finish_reason: str | None = "stop"
    usage: Mapping[str, Any] | None = None
    usage_times: int = 1
    interval: float = 0.0
    byte_interval: float = 0.0
    first_after: float = 0.0
    comments: int = 0
    ending: Literal["done", "close", "abort", "stall"] = "done"
    error: object = None
    raw_events: Sequence[str] = ()

    @property
    def parts(self) -> list[str]:
        return pieces(self.text) if isinstance(self.text, str) else list(self.text)


@dataclass
class Request:
    """What a client asked.

    Attributes:
        path, method, headers (names in lower case), body: as received.
        answering: set when the first byte of the answer has been sent.
        disconnected: set when the client hung up before the answer was complete.
        finished: set when the answer is over, one way or the other.
    """

    path: str
    method: str
    headers: dict[str, str]
    body: dict[str, Any]
    answering: threading.Event = field(default_factory=threading.Event)
    disconnected: threading.Event = field(default_factory=threading.Event)
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def messages(self) -> list[dict[str, str]]:
        return list(self.body.get("messages", []))

    @property
    def last_user_message(self) -> str:
        return next((turn["content"] for turn in reversed(self.messages) if turn["role"] == "user"), "")


Responder = Callable[[Request], Reply]
Step = Reply | Responder


def slots(request: Request) -> Reply:
    """The sensible answer: prose with every slot that the last user message offers."""
    return Reply(slot_prose(request.last_user_message))


class FakeEndpoint:
    """The service, in a thread of its own, on a random port of 127.0.0.1 (or the given one).

    Args:
        script: one reply for each chat completion in turn, the last one for all that follow; a single reply or
            function answers all. The default is `slots`.
        models: names that ``/v1/models`` lists; None answers 404 there.
        tokens_per_second: speed of replies that set no interval of their own, two characters a token; None is at once.
    """

    def __init__(
        self,
        script: Step | Sequence[Step] = slots,
        *,
        models: Sequence[str] | None = MODELS,
        models_reply: Reply | None = None,
        tokens_per_second: float | None = None,
        port: int = 0,
    ) -> None:
        self._script: list[Step] = [script] if isinstance(script, Reply) or callable(script) else list(script)
        self._models = models
        self._models_reply = models_reply
        self._interval = 1 / tokens_per_second if tokens_per_second else 0.0
        self._wanted_port = port
        self._chats = 0
        self._ready = threading.Event()
        self._failure: OSError | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="fake-endpoint", daemon=True)
        self.requests: list[Request] = []
        self.port = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def chats(self) -> list[Request]:
        """Only the chat completions among the requests."""
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Break every connection and end the thread."""
        if self._thread.is_alive() and self._failure is None:
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        try:
            server = await asyncio.start_server(self._accept, "127.0.0.1", self._wanted_port)
        except OSError as error:
            self._failure = error
            self._ready.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.current_task()
        assert connection is not None
        self._connections.add(connection)
        try:
            await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            # The end of a connection is nothing to report: what a test wants to know is in the request's events.
            pass
        finally:
            self._connections.discard(connection)
            writer.transport.abort()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (request := await _read_request(reader)) is not None:
            self.requests.append(request)
            answer = asyncio.ensure_future(self._answer(request, writer))
            # No client of ours sends a second request before it has the answer: a byte now is the end.
            hung_up = asyncio.ensure_future(reader.read(1))
            try:
                await asyncio.wait({answer, hung_up}, return_when=asyncio.FIRST_COMPLETED)
                if not answer.done():
                    request.disconnected.set()
                    return
                if not answer.result():
                    return
            except ConnectionError:
                request.disconnected.set()
                raise
            finally:
                for task in (answer, hung_up):
                    task.cancel()
                await asyncio.gather(answer, hung_up, return_exceptions=True)
                request.finished.set()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Answer; True when the connection may serve another request."""
        if request.method == "GET" and request.path.endswith("/models"):
            return await self._send_models(request, writer)
        if request.method != "POST" or not request.path.endswith("/chat/completions"):
            return await _send_whole(request, writer, 404, _error_body("Not Found"))
        step = self._script[min(self._chats, len(self._script) - 1)]
        self._chats += 1
        reply = step if isinstance(step, Reply) else step(request)
        if reply.interval == 0.0 and self._interval:
            reply = replace(reply, interval=self._interval)
        if reply.status != 200 or reply.body is not None:
            body = reply.body if reply.body is not None else _error_body(reply.message)
            return await _send_whole(request, writer, reply.status, body, reply.content_type, reply.headers)
        if not request.body.get("stream"):
            return await _send_whole(request, writer, 200, json.dumps(_completion(request, reply)))
        return await _stream(request, reply, writer)

    async def _send_models(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        reply = self._models_reply
        if reply is not None and reply.first_after:
            await asyncio.sleep(reply.first_after)
        if reply is not None and (reply.status != 200 or reply.body is not None):
            body = reply.body if reply.body is not None else _error_body(reply.message)
            return await _send_whole(request, writer, reply.status, body, reply.content_type, reply.headers)
        if self._models is None:
            return await _send_whole(request, writer, 404, _error_body("Not Found"))
        listed = [{"id": name, "object": "model", "created": 0, "owned_by": "fake"} for name in self._models]
        return await _send_whole(request, writer, 200, json.dumps({"object": "list", "data": listed}))


async def _read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; None when the client has closed it."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    content = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(path, method, headers, json.loads(content) if content else {})


async def _send_whole(
    request: Request,
    writer: asyncio.StreamWriter,
    status: int,
    body: str,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> bool:
    content = body.encode()
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        f"Content-Type: {content_type}; charset=utf-8",
        f"Content-Length: {len(content)}",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode() + content)
    request.answering.set()
    await writer.drain()
    return True


async def _stream(request: Request, reply: Reply, writer: asyncio.StreamWriter) -> bool:
    async def send(block: str) -> None:
        content = block.encode()
        sent = f"{len(content):x}\r\n".encode() + content + b"\r\n"
        step = 1 if reply.byte_interval else len(sent)
        for start in range(0, len(sent), step):
            writer.write(sent[start : start + step])
            await writer.drain()
            if reply.byte_interval:
                await asyncio.sleep(reply.byte_interval)

    async def event(delta: dict[str, Any], finish_reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        await send(f"data: {json.dumps(_chunk(request, [choice]), ensure_ascii=False)}\n\n")

    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    for _ in range(reply.comments):
        await send(": keep-alive\n\n")
    if reply.first_after:
        await asyncio.sleep(reply.first_after)
    await event({"role": "assistant", "content": ""})
    request.answering.set()
    deltas = [{reply.reasoning_field: thought} for thought in reply.reasoning]
    # Slept until a set time for each piece: so a slow machine does not add its own time to the speed asked for.
    began = time.monotonic()
    for number, delta in enumerate([*deltas, *({"content": part} for part in reply.parts)], start=1):
        if reply.interval:
            await asyncio.sleep(max(0.0, began + number * reply.interval - time.monotonic()))
        await event(delta)
    for data in reply.raw_events:
        await send(f"data: {data}\n\n")
    if reply.error is not None:
        await send(f"data: {json.dumps({'error': reply.error}, ensure_ascii=False)}\n\n")
    if reply.ending == "stall":
        await asyncio.Event().wait()
    if reply.ending == "abort":
        return False
    if reply.finish_reason is not None:
        await event({}, reply.finish_reason)
    for _ in range(reply.usage_times):
        await send(f"data: {json.dumps({**_chunk(request, []), 'usage': _usage(request, reply)})}\n\n")
    if reply.ending == "done":
        await send("data: [DONE]\n\n")
    writer.write(b"0\r\n\r\n")
    await writer.drain()
    return True


def _chunk(request: Request, choices: list[dict[str, Any]]) -> dict[str, Any]:
    model = request.body.get("model", "fake")
    return {"id": "fake-1", "object": "chat.completion.chunk", "created": 0, "model": model, "choices": choices}


def _completion(request: Request, reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": "".join(reply.parts), reply.reasoning_field: "".join(reply.reasoning)}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reply.finish_reason}
    body = {**_chunk(request, [choice]), "object": "chat.completion"}
    return {**body, "usage": _usage(request, reply)} if reply.usage_times else body


def _usage(request: Request, reply: Reply) -> Mapping[str, Any]:
    if reply.usage is not None:
        return reply.usage
    prompt = sum(len(turn.get("content", "")) for turn in request.messages) // 2
    answer = len(reply.parts) + len(reply.reasoning)
    return {"prompt_tokens": prompt, "completion_tokens": answer, "total_tokens": prompt + answer}


def _error_body(message: str) -> str:
    return json.dumps({"error": {"message": message, "type": "scripted", "code": None}}, ensure_ascii=False)


def main() -> None:
    """Serve until interrupted; the first line printed is the base URL."""
    parser = argparse.ArgumentParser(description="OpenAI-compatible fake that writes prose with the offered slots.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tokens-per-second", type=float, default=40.0, help="0: at once")
    parser.add_argument("--text", default="", help="always answer this, instead of prose from the offered slots")
    arguments = parser.parse_args()
    script: Step = Reply(arguments.text) if arguments.text else slots
    speed = arguments.tokens_per_second or None
    with FakeEndpoint(script, tokens_per_second=speed, port=arguments.port) as fake:
        print(fake.base_url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
