"""One whole section out of as many answers as it takes: goes on where the model was cut off."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial

from assistant.drafting.cleaning import StreamCleaner
from assistant.drafting.completions import Completions, Message
from assistant.drafting.deltas import CUT
from assistant.drafting.instead import declined, foreign, foreign_sentences
from assistant.drafting.joining import ends_a_sentence, join, repeats_so_far
from assistant.drafting.leaving import NOTHING, About
from assistant.drafting.table_rows import tables_told
from assistant.drafting.trimming import trim_section
from assistant.drafting.usage import Usage
from assistant.errors import EmptyDraft, EndpointError, EndpointInterrupted

# DeepSeek's word for running out of machines; the answer so far is good.
_UNFINISHED = frozenset({"length", CUT, "insufficient_system_resource"})
_FILTER = "content_filter"
_SHOWN = 18
_NO_TEXT = "请再试一次，或改动这一节的要求；仍是这样时，在“设置”里换一个模型或改用内置范式。"
_FILTERED = (
    "没有写完：模型服务的内容审核拦下了后面的文字，这个模型接着写还会被拦；"
    "请重写这一节、用内置范式写，换一个模型服务，或自己补完"
)
_FULL_STOP = re.compile(r"[。！？][”’」』）]*")


@dataclass(frozen=True)
class DraftResult:
    """A section as the model wrote it, cleaned.

    Attributes:
        text: slot text, not normalised yet.
        usage: summed over the rounds; None where the service never said.
        rounds: answers that it took.
        cut: the model had more to say; the text ends with its last full sentence.
        finish_reason: of the last answer.
        reasoning_chars: characters of thinking, over all rounds.
        told: what the person has to hear of the text, in Chinese, without a full stop.
    """

    text: str
    usage: Usage | None
    rounds: int
    cut: bool
    finish_reason: str | None
    reasoning_chars: int = 0
    told: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        """The service's filter cut it off."""
        return self.finish_reason == _FILTER


async def complete_section(
    completions: Completions,
    messages: list[Message],
    *,
    max_tokens: int,
    on_text: Callable[[str], None],
    continue_prompt: str,
    heading: str | None = None,
    title: str = "",
    max_rounds: int = 3,
    temperature: float | None = None,
    on_reasoning: Callable[[int], None] | None = None,
    grammar: str = "",
    about: About = NOTHING,
    begun: str = "",
    shown: Callable[[str], str] = str,
) -> DraftResult:
    """Draft one section.

    Args:
        on_text: called with the whole visible text so far (it may be taken back in part: thinking, a greeting).
        continue_prompt: the user turn that asks to go on exactly where the text stopped.
        heading: the section's heading, taken off where the model repeats it. title: so is its name in the outline.
        max_rounds: answers to ask for at most, the first included.
        on_reasoning: called with the characters of thinking so far.
        grammar: what every answer must follow; "" for none.
        about: why it is asked, for the log.
        begun: slot text that the section begins with already; the model goes on from its end.
        shown: what of the text so far the model may see when it is asked to go on.

    Raises:
        EmptyDraft: nothing came, or only thinking, or no text for a report.
        EndpointError: ``kept`` holds the cleaned text that had come.
    """
    section = _Section(
        on_text, on_reasoning, grammar, about, begun, shown, partial(trim_section, heading=heading, title=title)
    )
    finish_reason: str | None = None
    rounds = 0
    while rounds < max_rounds:
        rounds += 1
        try:
            finish_reason = await section.answer(
                completions, section.turns(messages, continue_prompt), max_tokens, temperature
            )
        except EndpointInterrupted as error:
            # A connection lost in mid-text is like an answer cut short, as long as it brought something.
            if rounds == max_rounds or not section.grew:
                error.kept = section.prose
                raise
            finish_reason = CUT
        except EndpointError as error:
            error.kept = section.prose
            raise
        if section.instead or finish_reason not in _UNFINISHED or not section.grew:
            break
    if section.instead and section.text == begun:
        raise EmptyDraft(f"{_who(completions)}{section.instead}。", _NO_TEXT)
    text, tabled = tables_told(section.trimmed)
    if not text:
        raise _empty(completions, finish_reason, section.reasoning_chars)
    # Asked to go on and nothing to add: the text had come to its end, if it ends like one.
    settled = (rounds > 1 or bool(begun)) and not section.grew
    unfinished = not ends_a_sentence(text) if settled else finish_reason in _UNFINISHED
    cut = unfinished or finish_reason == _FILTER
    if cut:
        text = to_last_sentence(text)
    told = [f"没有写完：模型{section.instead}，请接着写，或自己补完"] if cut and section.instead else []
    if finish_reason == _FILTER:
        told.append(_FILTERED)
    if tabled:
        told.append("模型画了一张表，正文里放不下，已逐行改成文字，请核对后改顺")
    told += (f"“{_short(one)}”不是中文，请改写成中文或删去" for one in foreign_sentences(text))
    return DraftResult(text, section.usage, rounds, cut, finish_reason, section.reasoning_chars, tuple(told))


class _Section:
    """The text of a section while its answers come."""

    def __init__(
        self,
        on_text: Callable[[str], None],
        on_reasoning: Callable[[int], None] | None,
        grammar: str,
        about: About,
        begun: str,
        shown: Callable[[str], str],
        trim: Callable[[str], str],
    ) -> None:
        self.text = begun
        self.instead = ""
        self.usage: Usage | None = None
        self.reasoning_chars = 0
        self.grew = False
        self._on_text = on_text
        self._on_reasoning = on_reasoning
        self._grammar = grammar
        self._about = about
        self._shown = shown
        self._trim = trim

    @property
    def trimmed(self) -> str:
        return self._trim(self.text)

    @property
    def prose(self) -> str:
        """The text without what stands around it; "" where it is none for a report."""
        return "" if _instead(self.text, self._trim) else self.trimmed

    def turns(self, messages: list[Message], continue_prompt: str) -> list[Message]:
        """What to ask: the messages alone at first, later with the text so far and the wish to go on."""
        if not self.text:
            return messages
        return [*messages, Message("assistant", self._shown(self.text)), Message("user", continue_prompt)]

    async def answer(
        self, completions: Completions, turns: list[Message], max_tokens: int, temperature: float | None
    ) -> str | None:
        """Take one answer in; returns why it ended. What had come stays in ``text`` when it fails."""
        before, finish_reason = self.text, None
        cleaner = StreamCleaner(mid_text=bool(before))
        self.grew = False
        asked = completions.stream(
            turns, max_tokens=max_tokens, temperature=temperature, grammar=self._grammar, about=self._about
        )
        async with aclosing(asked) as stream:
            async for delta in stream:
                finish_reason = delta.finish_reason or finish_reason
                if delta.usage is not None:
                    self.usage = delta.usage if self.usage is None else self.usage + delta.usage
                tagged = cleaner.thinking_chars
                if delta.text and cleaner.feed(delta.text):
                    self._show(before, cleaner.text)
                self._count_thinking(delta.reasoning_chars + cleaner.thinking_chars - tagged)
        # What a cut answer left open, half a slot above all, is for the next one to write again.
        if finish_reason not in _UNFINISHED:
            tagged = cleaner.thinking_chars
            cleaner.finish()
            self._count_thinking(cleaner.thinking_chars - tagged)
        self._show(before, cleaner.text, final=True)
        self.instead = _instead(cleaner.text, self._trim)
        if self.instead and self.text != before:
            # What is no text for a report does not stay behind one either.
            self.text, self.grew = before, False
            self._on_text(before)
        return finish_reason

    def _count_thinking(self, characters: int) -> None:
        if characters:
            self.reasoning_chars += characters
            if self._on_reasoning is not None:
                self._on_reasoning(self.reasoning_chars)

    def _show(self, before: str, part: str, *, final: bool = False) -> None:
        if not final and repeats_so_far(before, part):
            return
        text = join(before, part)
        if text != self.text:
            self.text, self.grew = text, len(text) > len(before)
            self._on_text(text)


def _instead(answer: str, trim: Callable[[str], str]) -> str:
    """What a model did instead of writing, as what is said of it; "" where it wrote."""
    if said := declined(answer):
        return f"没有写正文，只回了一句：“{said}”"
    if foreign(trim(answer)):
        return "没有用中文写"
    return ""


def to_last_sentence(text: str) -> str:
    """The text up to the end of its last full sentence; all of it where there is none. Slots stay whole."""
    ends = [match.end() for match in _FULL_STOP.finditer(text) if not _inside_slot(text, match.start())]
    return text[: ends[-1]] if ends else text


def _inside_slot(text: str, position: int) -> bool:
    opening = text.rfind("{{", 0, position)
    return opening >= 0 and text.find("}}", opening, position) < 0 and "}}" in text[position:]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"


def _who(completions: Completions) -> str:
    return f"模型 {completions.settings.model}（{completions.settings.host}）"


def _empty(completions: Completions, finish_reason: str | None, reasoning_chars: int) -> EmptyDraft:
    who = _who(completions)
    if finish_reason == _FILTER:
        return EmptyDraft(f"{who}的内容审核拦下了全部文字。", "请改动这一节的要求后重试，或换一个模型服务。")
    if finish_reason == CUT:
        # llama-cpp-python's server drops the request in hand when another one comes.
        return EmptyDraft(f"{who}还没写字就断开了。", "它可能一次只接一个请求：请在设置里把“同时起草”改为 1 后重试。")
    if reasoning_chars and finish_reason == "length":
        return EmptyDraft(f"{who}思考太久，用完了篇幅，没有写出正文。", "请在设置里关闭思考，或换一个不思考的模型。")
    if reasoning_chars:
        return EmptyDraft(f"{who}只思考，没有写出正文。", "请在设置里关闭思考后重试。")
    return EmptyDraft(f"{who}没有写出任何文字。", "请重试一次；若仍如此，请换一个模型。")
