"""One turn of the conversation with a model: messages out, words and tool calls back. What it calls only proposes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from assistant.drafting.chat_messages import Talk, chat_messages
from assistant.drafting.chat_tools import Call, Calls, read_json_answer, tools
from assistant.drafting.completions import Completions, Message
from assistant.drafting.leaving import CLOSED, SENDING, About, Gate
from assistant.drafting.secrecy import refuse_marked
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import EmptyDraft, EndpointBroken, EndpointRejected

_MAX_TOKENS = 1500
#: How services say that they know no tools: refused, or (some builds) an error of their own.
_REFUSED = (400, 404, 405, 415, 422, 500, 501)

#: Endpoints that took no tools, so that the next turn does not ask again: (address, model).
_without_tools: set[tuple[str, str]] = set()


@dataclass(frozen=True)
class ChatAnswer:
    """What a model said.

    Attributes:
        text: its words as they came.
        calls: the tools that it called.
        cut: it was cut off in the middle.
    """

    text: str
    calls: tuple[Call, ...] = ()
    cut: bool = False


class ChatModel:
    """One endpoint to talk with. Belongs to the event loop that first asks with it; close with `aclose`.

    Args:
        gate: what lets requests out. The default lets none out to an endpoint elsewhere.
    """

    def __init__(self, settings: EndpointSettings, send_values: SendValues, gate: Gate = CLOSED) -> None:
        self.settings = settings
        self._send_values = send_values.allows(settings)
        self._completions = Completions(settings, gate)

    async def ask(self, talk: Talk, on_text: Callable[[str], None]) -> ChatAnswer:
        """The model's answer.

        Args:
            on_text: told the words that have come so far.

        Raises:
            SendingError: it may not go to this endpoint; nothing was sent.
            EndpointError: the service failed.
        """
        if not self.settings.is_local:
            refuse_marked(talk.report, SENDING)
        host = (self.settings.base_url, self.settings.model)
        if host in _without_tools:
            return await self._by_json(talk)
        try:
            return await self._by_tools(talk, on_text)
        except (EndpointRejected, EndpointBroken) as error:
            if error.status not in _REFUSED:
                raise
            # Perhaps for the tools alone: it was, if the same question passes without.
            answer = await self._by_json(talk)
            _without_tools.add(host)
            return answer

    async def _by_tools(self, talk: Talk, on_text: Callable[[str], None]) -> ChatAnswer:
        hidden, messages = chat_messages(talk, send_values=self._send_values, json=False)
        text, calls, cut = await self._stream(messages, talk, on_text, offered=True)
        if not calls and (read := read_json_answer(text)) is not None:
            # A server that takes tools and passes them over: the model wrote its calls as text.
            text, calls = read
        return _checked(ChatAnswer(hidden.shown(text), tuple(map(hidden.call, calls)), cut))

    async def _by_json(self, talk: Talk) -> ChatAnswer:
        hidden, messages = chat_messages(talk, send_values=self._send_values, json=True)
        # Half a JSON is nothing to show: the page waits for the whole.
        text, _, cut = await self._stream(messages, talk, lambda _: None, offered=False)
        read = read_json_answer(text)
        words, calls = read if read is not None else (text, ())
        return _checked(ChatAnswer(hidden.shown(words), tuple(map(hidden.call, calls)), cut))

    async def _stream(
        self, messages: list[Message], talk: Talk, on_text: Callable[[str], None], *, offered: bool
    ) -> tuple[str, Sequence[Call], bool]:
        text, calls, finish = "", Calls(), None
        labels = [item.label for item in talk.report.sheet.schema.fields]
        about = About("对话", tuple(label for label in labels if talk.report.sheet.fact(label).told))
        stream = self._completions.stream(
            messages,
            max_tokens=_MAX_TOKENS,
            temperature=0.2,
            about=about,
            tools=tools(labels) if offered else (),
        )
        async with aclosing(stream):
            async for delta in stream:
                calls.take(delta.calls)
                finish = delta.finish_reason or finish
                if delta.text:
                    text += delta.text
                    on_text(text)
        return text, calls.made(), finish not in ("stop", "tool_calls", "function_call")

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._completions.aclose()


def _checked(answer: ChatAnswer) -> ChatAnswer:
    if not answer.text.strip() and not answer.calls:
        raise EmptyDraft("模型没有回答。", "请换一种说法再问一次，或换一个模型。")
    return answer
