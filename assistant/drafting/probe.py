"""The settings page's 测试: does this endpoint answer, and how fast."""

from __future__ import annotations

import time
from contextlib import aclosing
from dataclasses import dataclass
from difflib import get_close_matches

from assistant.drafting.cleaning import StreamCleaner
from assistant.drafting.completions import Completions, Message
from assistant.drafting.leaving import About
from assistant.errors import EndpointError, EndpointRejected

_QUESTION = [Message("user", "请只用一句话回答：公文的语言有什么要求？")]
_MAX_TOKENS = 400
_ENOUGH = 40
"""Characters of an answer after which the test has seen enough."""


@dataclass(frozen=True)
class Probe:
    """What a test found.

    Attributes:
        ok: the endpoint writes text.
        sentence: what was found and, where something is wrong, what to do: for the user.
        models: names that the service lists; empty where it lists none.
        model_listed: whether the chosen model is among them; None where nothing is listed.
        text: the beginning of the answer.
        first_text_seconds: from the request to the first text; None when none came.
        error: what failed, None when nothing did.
    """

    ok: bool
    sentence: str
    models: tuple[str, ...] = ()
    model_listed: bool | None = None
    text: str = ""
    first_text_seconds: float | None = None
    error: EndpointError | None = None


async def probe(completions: Completions) -> Probe:
    """List the models, look for the chosen one, and have it write one sentence. Raises nothing of the service's."""
    wanted = completions.settings.model
    try:
        models = tuple(await completions.models())
    except EndpointRejected as error:
        # Several services list nothing; only an answer can tell whether they work.
        if error.status not in (400, 403, 404, 405, 422):
            return _failed(error)
        models = ()
    except EndpointError as error:
        return _failed(error)
    # Ollama lists "qwen3:latest" and also takes "qwen3".
    listed = (wanted in models or f"{wanted}:latest" in models) if models else None
    if not wanted:
        return Probe(False, f"已连上 {completions.settings.host}。请从列出的模型中选一个。", models)
    thought = 0
    cleaner = StreamCleaner()
    first_text_seconds: float | None = None
    began = time.perf_counter()
    try:
        async with aclosing(completions.stream(_QUESTION, max_tokens=_MAX_TOKENS, about=About("测试"))) as stream:
            async for delta in stream:
                thought += delta.reasoning_chars
                if cleaner.feed(delta.text) and first_text_seconds is None:
                    first_text_seconds = time.perf_counter() - began
                if len(cleaner.text) >= _ENOUGH:
                    break
    except EndpointError as error:
        return _failed(error, models, listed, wanted)
    if first_text_seconds is None:
        thinking = bool(thought or cleaner.thinking_chars)
        why = "只思考，没有写出正文。请关闭思考后再试。" if thinking else "没有写出任何文字。请换一个模型再试。"
        return Probe(False, f"已连上 {completions.settings.host}，但模型 {wanted} {why}", models, listed)
    note = f"服务列出的模型里没有 {wanted}，但它能用。" if listed is False else ""
    sentence = f"可以使用：模型 {wanted} 在 {first_text_seconds:.1f} 秒后开始写字。{note}"
    return Probe(True, sentence, models, listed, cleaner.text, first_text_seconds)


def _failed(error: EndpointError, models: tuple[str, ...] = (), listed: bool | None = None, wanted: str = "") -> Probe:
    sentence = error.for_user()
    if listed is False:
        near = get_close_matches(wanted, models, n=3, cutoff=0.3) or models[:3]
        sentence += f"该服务现有的模型有：{'、'.join(near)}{'等' if len(models) > len(near) else ''}。"
    return Probe(False, sentence, models, listed, error=error)
