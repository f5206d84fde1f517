"""The client against a service that fails in every way a real one does."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import TypeVar

import pytest
from pydantic import SecretStr

from assistant.drafting.completions import Completions, Message
from assistant.drafting.deltas import CUT, Delta
from assistant.drafting.leaving import OPEN
from assistant.drafting.probe import probe
from assistant.drafting.settings import EndpointSettings, Thinking
from assistant.drafting.usage import Usage
from assistant.errors import (
    EndpointBroken,
    EndpointBusy,
    EndpointError,
    EndpointInterrupted,
    EndpointRejected,
    EndpointTimeout,
    EndpointUnreachable,
)
from tests.fakes.endpoint import FakeEndpoint, Reply

Result = TypeVar("Result")
KEY = "sk-secret-0123456789"
ASK = [Message("system", "你写公文。"), Message("user", "写一句话。")]


def settings_for(fake: FakeEndpoint, **more: object) -> EndpointSettings:
    values = {"base_url": fake.base_url, "api_key": KEY, "model": "fake", "max_retries": 0, **more}
    return EndpointSettings.model_validate(values)


def using(settings: EndpointSettings, work: Callable[[Completions], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        completions = Completions(settings, OPEN)
        try:
            return await work(completions)
        finally:
            await completions.aclose()

    return asyncio.run(run())


async def answer(completions: Completions) -> list[Delta]:
    return [delta async for delta in completions.stream(ASK, max_tokens=50)]


def deltas(reply: Reply, **more: object) -> list[Delta]:
    with FakeEndpoint(reply) as fake:
        return using(settings_for(fake, **more), answer)


def failure(*script: Reply, **more: object) -> EndpointError:
    with FakeEndpoint(script) as fake, pytest.raises(EndpointError) as caught:
        using(settings_for(fake, **more), answer)
    return caught.value


def text_of(found: list[Delta]) -> str:
    return "".join(delta.text for delta in found)


def test_text_end_and_usage() -> None:
    usage = {
        "prompt_tokens": 9,
        "completion_tokens": 3,
        "total_tokens": 12,
        "prompt_tokens_details": {"cached_tokens": 4},
    }
    found = deltas(Reply("全年完成。", usage=usage, comments=3))
    assert text_of(found) == "全年完成。"
    assert found[-2:] == [Delta(finish_reason="stop"), Delta(usage=Usage(9, 3, 4))]


@pytest.mark.parametrize(("times", "seen"), [(0, 0), (1, 1), (2, 1)])
def test_usage_is_given_at_most_once(times: int, seen: int) -> None:
    found = deltas(Reply("完成。", usage_times=times))
    assert sum(delta.usage is not None for delta in found) == seen


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_thinking_is_only_counted(field: str) -> None:
    found = deltas(Reply("完成。", reasoning=["想一想", "再想"], reasoning_field=field))
    assert sum(delta.reasoning_chars for delta in found) == 5
    assert text_of(found) == "完成。"


@pytest.mark.parametrize(("reason", "seen"), [("length", "length"), ("content_filter", "content_filter"), (None, CUT)])
def test_finish_reasons(reason: str | None, seen: str) -> None:
    found = deltas(Reply("完成。", finish_reason=reason))
    assert [delta.finish_reason for delta in found if delta.finish_reason] == [seen]


def test_a_polite_hang_up_in_mid_text_is_cut() -> None:
    found = deltas(Reply("完成", finish_reason=None, usage_times=0, ending="close"))
    assert found[-1] == Delta(finish_reason=CUT)


def test_a_service_that_does_not_stream() -> None:
    message = {"role": "assistant", "content": "完成。", "reasoning_content": "想"}
    body = {
        "choices": [{"index": 0, "message": message, "finish_reason": "eos"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 2},
    }
    assert deltas(Reply(body=json.dumps(body))) == [Delta("完成。", 1, "eos", Usage(1, 2))]


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (400, EndpointRejected, ("不接受", "fake")),
        (401, EndpointRejected, ("密钥", "401")),
        (402, EndpointRejected, ("余额",)),
        (403, EndpointRejected, ("fake", "开通")),
        (404, EndpointRejected, ("地址", "模型名", "fake")),
        (422, EndpointRejected, ("不接受",)),
        (429, EndpointBusy, ("请求太多",)),
        (500, EndpointBroken, ("内部出错",)),
        (502, EndpointBroken, ("502",)),
        (503, EndpointBusy, ("正忙",)),
    ],
)
def test_refusals(status: int, kind: type[EndpointError], words: tuple[str, ...]) -> None:
    error = failure(Reply(status=status, message="no such thing"))
    assert type(error) is kind
    assert error.way_out
    assert "127.0.0.1" in error.message
    assert "no such thing" in error.message
    assert all(word in error.for_user() for word in words)
    if isinstance(error, EndpointRejected):
        assert error.status == status


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("This model's maximum context length is 4096 tokens", "长度"),
        ("invalid temperature: only 1 is allowed", "随机程度"),
        ("model does not support thinking", "思考开关"),
    ],
)
def test_a_400_says_what_to_change(told: str, words: str) -> None:
    assert words in failure(Reply(status=400, message=told)).way_out


def test_a_web_page_is_called_so() -> None:
    page = "<!DOCTYPE html><html><head><title>上网认证</title></head><body>请先登录</body></html>"
    error = failure(Reply(body=page, content_type="text/html"))
    assert "网页（标题：上网认证）" in error.message
    assert "<" not in error.message
    assert "登录认证" in error.way_out


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", "服务方说明：502 Bad Gateway。"),
        (
            "<html><style>p {color: red}</style><body><p>upstream\n<b>is down</b></body></html>",
            "说明：upstream is down。",
        ),
        ("a < b and c > d", "说明：a < b and c > d。"),
    ],
)
def test_a_page_of_a_proxy_is_told_without_its_marks(page: str, said: str) -> None:
    assert said in failure(Reply(status=502, body=page, content_type="text/html")).message


def test_an_answer_that_is_garbled_in_the_middle_does_not_blame_the_address() -> None:
    error = failure(Reply("写到一半。", raw_events=["{not json"]))
    assert "读不懂" in error.message
    assert "地址" not in error.way_out


def test_a_model_that_takes_no_temperature_is_sent_none() -> None:
    async def warm(completions: Completions) -> list[Delta]:
        return [delta async for delta in completions.stream(ASK, max_tokens=50, temperature=0.2)]

    with FakeEndpoint(Reply("完成。")) as fake:
        using(settings_for(fake, temperature=None), warm)
        assert "temperature" not in fake.chats[-1].body


def test_retry_after_is_told_and_kept() -> None:
    error = failure(Reply(status=429, headers={"Retry-After": "7"}))
    assert isinstance(error, EndpointBusy)
    assert error.retry_after == 7
    assert "7 秒" in error.message
    dated = failure(Reply(status=503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}))
    assert isinstance(dated, EndpointBusy)
    assert dated.retry_after == 0


def test_busy_for_a_moment_is_not_worth_a_word() -> None:
    script = [Reply(status=503, headers={"retry-after-ms": "1"}), Reply(status=429, headers={"retry-after-ms": "1"})]
    with FakeEndpoint([*script, Reply("完成。")]) as fake:
        assert text_of(using(settings_for(fake, max_retries=2), answer)) == "完成。"
        assert len(fake.chats) == 3


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body="<html><body>请先登录</body></html>", content_type="text/html"),
        Reply(body='{"hello": 1}'),
        Reply(body="not json"),
        Reply(body="[]"),
        Reply("完", raw_events=['"a string"']),
        Reply("完", raw_events=["[1]"]),
        Reply("完", raw_events=["null"]),
        Reply("完", raw_events=["{}"]),
        Reply("完", raw_events=['{"choices": {"0": {"delta": {"content": "完"}}}}']),
    ],
)
def test_what_is_no_completion(reply: Reply) -> None:
    error = failure(reply)
    assert isinstance(error, EndpointBroken)
    assert "接口" in error.for_user()


@pytest.mark.parametrize(
    "reply",
    [
        Reply("完", error={"message": "content risk"}),
        Reply("完", error="content risk"),
        Reply("完", raw_events=['{"object": "error", "message": "content risk"}']),
        Reply(body='{"error": {"message": "content risk"}}'),
        Reply(body='{"code": "x", "message": "content risk"}'),
    ],
)
def test_an_error_inside_a_200(reply: Reply) -> None:
    error = failure(reply)
    assert isinstance(error, EndpointBroken)
    assert "content risk" in error.message


@pytest.mark.parametrize(
    "event", ['{"choices": [{}]}', '{"choices": [{"delta": null}]}', '{"choices": [], "usage": {}}']
)
def test_odd_events_are_passed_over(event: str) -> None:
    assert text_of(deltas(Reply("完成。", raw_events=[event]))) == "完成。"


def test_dying_in_mid_text() -> None:
    error = failure(Reply("完成", ending="abort"))
    assert isinstance(error, EndpointInterrupted)
    assert "中途断开" in error.message


def test_nothing_for_too_long() -> None:
    error = failure(Reply("完成", ending="stall"), read_timeout=0.05)
    assert isinstance(error, EndpointTimeout)
    assert "0.05 秒" in error.message


def test_nobody_there() -> None:
    with FakeEndpoint() as fake:
        address = fake.base_url
    error_settings = EndpointSettings(base_url=address, model="fake", max_retries=0)
    with pytest.raises(EndpointUnreachable, match="没有服务在运行"):
        using(error_settings, answer)


def test_no_such_host() -> None:
    nowhere = EndpointSettings(base_url="http://nigao.invalid/v1", model="fake", max_retries=0)
    with pytest.raises(EndpointUnreachable, match=r"nigao\.invalid"):
        using(nowhere, answer)


def test_a_proxy_of_the_office_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert text_of(deltas(Reply("完成。"))) == "完成。"


def test_cancelling_hangs_up_at_once() -> None:
    with FakeEndpoint(Reply("完成", ending="stall")) as fake:

        async def work(completions: Completions) -> None:
            started = asyncio.Event()

            async def read() -> None:
                async for delta in completions.stream(ASK, max_tokens=50):
                    if delta.text:
                        started.set()

            task = asyncio.create_task(read())
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            # Before the client itself is closed: the connection alone must have gone.
            assert await asyncio.to_thread(fake.chats[0].disconnected.wait, 10)

        using(settings_for(fake), work)


def test_closing_the_stream_hangs_up_and_the_next_answer_comes() -> None:
    with FakeEndpoint([Reply("完成", ending="stall"), Reply("再来。")]) as fake:

        async def work(completions: Completions) -> str:
            async with aclosing(completions.stream(ASK, max_tokens=50)) as stream:
                async for delta in stream:
                    if delta.text:
                        break
            assert await asyncio.to_thread(fake.chats[0].disconnected.wait, 10)
            return text_of(await answer(completions))

        assert using(settings_for(fake), work) == "再来。"


@pytest.mark.parametrize(
    ("dialect_key", "model", "thinking", "expected", "absent"),
    [
        ("custom", "m", Thinking.OFF, {"max_tokens": 50, "temperature": 0.7}, "thinking"),
        ("deepseek", "m", Thinking.OFF, {"thinking": {"type": "disabled"}}, "max_completion_tokens"),
        ("bailian", "m", Thinking.ON, {"enable_thinking": True}, "max_completion_tokens"),
        ("bailian", "m", Thinking.UNSET, {"max_tokens": 50}, "enable_thinking"),
        ("openai", "gpt-5-mini", Thinking.OFF, {"max_completion_tokens": 50}, "temperature"),
        ("moonshot", "kimi-k2.6", Thinking.OFF, {"thinking": {"type": "disabled"}}, "temperature"),
        ("vllm", "m", Thinking.OFF, {"chat_template_kwargs": {"enable_thinking": False}}, "thinking"),
    ],
)
def test_dialects_on_the_wire(
    dialect_key: str, model: str, thinking: Thinking, expected: dict[str, object], absent: str
) -> None:
    with FakeEndpoint() as fake:
        using(settings_for(fake, dialect_key=dialect_key, model=model, thinking=thinking), answer)
        (request,) = fake.chats
    assert request.body["model"] == model
    assert request.body["stream_options"] == {"include_usage": True}
    assert request.body["messages"] == [{"role": turn.role, "content": turn.content} for turn in ASK]
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert {name: request.body[name] for name in expected} == expected
    assert absent not in request.body


def test_without_a_key() -> None:
    with FakeEndpoint() as fake:
        using(settings_for(fake, api_key=""), answer)
        assert fake.chats[0].headers["authorization"] == "Bearer none"


def test_the_key_is_told_to_nobody(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    error = failure(Reply(status=401, message=f"Incorrect API key provided: {KEY}"))
    told = error.for_user() + "".join(traceback.format_exception(error)) + caplog.text
    assert "密钥" in error.way_out
    assert KEY not in told
    settings = EndpointSettings(base_url="http://127.0.0.1/v1", api_key=SecretStr(KEY))
    assert KEY not in repr(settings) + str(settings.model_dump()) + settings.model_dump_json()


def test_models() -> None:
    with FakeEndpoint(models=["a", "b"]) as fake:
        assert using(settings_for(fake), lambda completions: completions.models()) == ["a", "b"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body="<html>", content_type="text/html"),
        Reply(body="{}"),
        Reply(body="[]"),
        Reply(body="x"),
        Reply(body='{"data": 1}'),
    ],
)
def test_what_is_no_model_list(reply: Reply) -> None:
    with FakeEndpoint(models_reply=reply) as fake, pytest.raises(EndpointBroken, match="格式"):
        using(settings_for(fake), lambda completions: completions.models())


def test_probe_of_a_good_endpoint() -> None:
    with FakeEndpoint(Reply("<think>想</think>公文语言要庄重、准确、简明。")) as fake:
        found = using(settings_for(fake), probe)
    assert found.ok
    assert found.model_listed
    assert found.text.startswith("公文语言")
    assert found.first_text_seconds is not None
    assert "可以使用" in found.sentence


@pytest.mark.parametrize(
    ("script", "more", "words"),
    [
        (Reply(status=401), {}, ("密钥",)),
        (Reply(status=404), {"model": "fak"}, ("404", "fake")),
        (Reply("", reasoning=["想"]), {}, ("只思考",)),
        (Reply(""), {}, ("没有写出",)),
        (Reply("完成。"), {"model": ""}, ("选一个",)),
    ],
)
def test_probe_says_what_is_wrong(script: Reply, more: dict[str, object], words: tuple[str, ...]) -> None:
    with FakeEndpoint(script) as fake:
        found = using(settings_for(fake, **more), probe)
    assert not found.ok
    assert found.models == ("fake", "fake-large")
    assert all(word in found.sentence for word in words)


def test_probe_without_a_model_list() -> None:
    with FakeEndpoint(Reply("完成。"), models=None) as fake:
        found = using(settings_for(fake), probe)
    assert (found.ok, found.models, found.model_listed) == (True, (), None)


def test_probe_of_nobody() -> None:
    with FakeEndpoint() as fake:
        settings = settings_for(fake)
    found = using(settings, probe)
    assert not found.ok
    assert isinstance(found.error, EndpointUnreachable)


def test_the_fake_itself_writes_every_offered_slot_once() -> None:
    offered = "例如{{标签}}。可用：{{兵役登记}}、{{入伍人数|名}}、{{民兵分队.应急排}}、{{入伍人数}}、{{宣传资料}}。"
    ask = [Message("user", offered)]

    async def read(completions: Completions) -> str:
        return text_of([delta async for delta in completions.stream(ask, max_tokens=50)])

    with FakeEndpoint() as fake:
        text = using(settings_for(fake), read)
    slots = ("{{兵役登记}}", "{{入伍人数}}", "{{民兵分队.应急排}}", "{{宣传资料}}")
    assert [text.count(slot) for slot in slots] == [1, 1, 1, 1]
    assert text.count("{{") == 4
