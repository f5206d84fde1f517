"""Sections that take several answers, and what is kept when one fails."""

from __future__ import annotations

import asyncio
import socket

import pytest

from assistant.drafting.completions import Completions, Message
from assistant.drafting.continuation import DraftResult, complete_section, to_last_sentence
from assistant.drafting.joining import join, overlap_length
from assistant.drafting.settings import EndpointSettings
from assistant.drafting.usage import Usage
from assistant.errors import EmptyDraft, EndpointBroken, EndpointBusy, EndpointError, EndpointInterrupted
from tests.fakes.endpoint import FakeEndpoint, Reply

ASK = [Message("system", "你写公文。"), Message("user", "写{{入伍人数}}。")]
GO_ON = "请紧接上文继续写。"


def draft(fake: FakeEndpoint, shown: list[str] | None = None, heading: str | None = None, **more: int) -> DraftResult:
    async def run() -> DraftResult:
        completions = Completions(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        try:
            seen = shown if shown is not None else []
            return await complete_section(
                completions, ASK, max_tokens=99, on_text=seen.append, continue_prompt=GO_ON, heading=heading, **more
            )
        finally:
            await completions.aclose()

    return asyncio.run(run())


def test_one_answer() -> None:
    shown: list[str] = []
    reply = Reply("好的，以下是正文：\n## 基本情况\n全年入伍{{入伍人数}}。")
    with FakeEndpoint(reply) as fake:
        result = draft(fake, shown, "一、基本情况")
        assert fake.chats[0].body["max_tokens"] == 99
    assert result.text == "全年入伍{{入伍人数}}。"
    assert (result.rounds, result.cut, result.finish_reason) == (1, False, "stop")
    assert shown == sorted(shown, key=len)
    assert not any(text.endswith(("{", "{{入伍", "{{入伍人数}")) for text in shown)


def test_length_goes_on_where_it_stopped() -> None:
    first = Reply(
        "全年入伍{{入伍人数}}，其中{{大学", finish_reason="length", usage={"prompt_tokens": 5, "completion_tokens": 7}
    )
    second = Reply("{{大学生入伍}}。", usage={"prompt_tokens": 9, "completion_tokens": 2})
    with FakeEndpoint([first, second]) as fake:
        result = draft(fake)
        turns = fake.chats[1].messages
    assert result == DraftResult("全年入伍{{入伍人数}}，其中{{大学生入伍}}。", Usage(14, 9), 2, False, "stop")
    assert turns[:2] == fake.chats[0].messages
    assert turns[2:] == [
        {"role": "assistant", "content": "全年入伍{{入伍人数}}，其中"},
        {"role": "user", "content": GO_ON},
    ]


@pytest.mark.parametrize(
    "second",
    [
        "其中大学生占多数，质量明显提高。",
        "好的，接着上文继续：\n其中大学生占多数，质量明显提高。",
        "全年入伍{{入伍人数}}，其中大学生占多数，质量明显提高。",
        "\n质量明显提高。",
    ],
)
def test_what_is_said_twice_is_said_once(second: str) -> None:
    first = Reply("全年入伍{{入伍人数}}，其中大学生占多数，", finish_reason=None)
    with FakeEndpoint([first, Reply(second)]) as fake:
        assert draft(fake).text == "全年入伍{{入伍人数}}，其中大学生占多数，质量明显提高。"


def test_still_cut_after_the_last_round_ends_with_a_full_sentence() -> None:
    replies = [Reply("甲项完成。乙项", finish_reason="length"), Reply("也完成。丙项正在", finish_reason="length")]
    with FakeEndpoint(replies) as fake:
        result = draft(fake, max_rounds=2)
    assert (result.text, result.cut, result.rounds) == ("甲项完成。乙项也完成。", True, 2)


def test_nothing_to_add_is_the_end() -> None:
    with FakeEndpoint([Reply("甲项完成。", finish_reason="length"), Reply("")]) as fake:
        result = draft(fake)
    assert (result.text, result.cut, result.rounds) == ("甲项完成。", False, 2)


def test_beginning_all_over_again_adds_nothing() -> None:
    text = "全年坚持党管武装，落实各项制度要求，完成入伍{{入伍人数}}，"
    again = Reply(text[:24], finish_reason="length")
    with FakeEndpoint([Reply(text, finish_reason="length"), again]) as fake:
        result = draft(fake)
    assert (result.text, result.cut) == (text, True)


def test_a_short_word_that_stands_in_the_text_already_is_not_lost() -> None:
    with FakeEndpoint([Reply("全年完成工作，继续做好", finish_reason="length"), Reply("工作")]) as fake:
        assert draft(fake).text == "全年完成工作，继续做好工作"


def test_a_connection_that_breaks_goes_on_too() -> None:
    with FakeEndpoint([Reply("甲项完成，", ending="abort"), Reply("乙项完成。")]) as fake:
        result = draft(fake)
    assert (result.text, result.cut, result.rounds) == ("甲项完成，乙项完成。", False, 2)


def test_a_connection_that_keeps_breaking_is_an_error_with_the_text() -> None:
    with (
        FakeEndpoint([Reply("甲项完成，", ending="abort"), Reply("", ending="abort")]) as fake,
        pytest.raises(EndpointInterrupted) as caught,
    ):
        draft(fake)
    assert caught.value.kept == "甲项完成，"


@pytest.mark.parametrize(
    ("failure", "error"),
    [(Reply(status=503), EndpointBusy), (Reply(status=500), EndpointBroken), (Reply("乙", error="x"), EndpointBroken)],
)
def test_a_failure_keeps_the_text(failure: Reply, error: type[EndpointError]) -> None:
    with (
        FakeEndpoint([Reply("**甲项**完成，", finish_reason="length"), failure]) as fake,
        pytest.raises(error) as caught,
    ):
        draft(fake)
    assert caught.value.kept == "甲项完成，" + "乙" * bool(failure.error)


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (Reply(""), "没有写出任何文字"),
        (Reply("<think>想了很久"), "只思考"),
        (Reply("", reasoning=["想了"]), "只思考"),
        (Reply("", reasoning=["想了"], finish_reason="length"), "思考太久"),
        (Reply("", finish_reason="content_filter"), "审核"),
    ],
)
def test_an_empty_draft_says_why(reply: Reply, word: str) -> None:
    with FakeEndpoint(reply) as fake, pytest.raises(EmptyDraft, match=word):
        draft(fake)


def test_a_filtered_answer_is_cut() -> None:
    with FakeEndpoint(Reply("甲项完成。乙", finish_reason="content_filter")) as fake:
        result = draft(fake)
    assert (result.text, result.cut, result.rounds) == ("甲项完成。", True, 1)


def test_thinking_is_counted_not_kept() -> None:
    counts: list[int] = []

    async def run(fake: FakeEndpoint) -> DraftResult:
        completions = Completions(EndpointSettings(base_url=fake.base_url, model="fake"))
        try:
            return await complete_section(
                completions,
                ASK,
                max_tokens=9,
                on_text=lambda _: None,
                continue_prompt=GO_ON,
                on_reasoning=counts.append,
            )
        finally:
            await completions.aclose()

    with FakeEndpoint(Reply("完成。", reasoning=["想一", "想二想"], reasoning_field="reasoning")) as fake:
        result = asyncio.run(run(fake))
    assert (result.text, result.reasoning_chars, counts) == ("完成。", 5, [2, 5])


def test_the_refused_connection_is_told_at_once() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"

    async def run() -> None:
        completions = Completions(EndpointSettings(base_url=address, model="fake", max_retries=0))
        try:
            await complete_section(completions, ASK, max_tokens=9, on_text=lambda _: None, continue_prompt=GO_ON)
        finally:
            await completions.aclose()

    with pytest.raises(EndpointError, match="没有服务在运行") as caught:
        asyncio.run(run())
    assert caught.value.kept == ""


def test_overlap_and_sentences() -> None:
    assert overlap_length("一二三四五六七", "三四五六七八") == 0
    assert overlap_length("一二三四五六七八", "三四五六七八九") == 6
    assert join("甲。", "\n乙") == "甲。\n乙"
    assert join("甲", "\n乙") == "甲乙"
    assert to_last_sentence("甲。{{乙。丙}}丁") == "甲。"
    assert to_last_sentence("没有句号") == "没有句号"


def test_a_service_that_drops_a_request_for_the_next_is_named_as_such() -> None:
    with FakeEndpoint(Reply("", finish_reason=None, ending="close")) as fake, pytest.raises(EmptyDraft) as caught:
        draft(fake)
    assert "同时起草" in caught.value.for_user()


SORRY = "很抱歉，我无法协助完成这项任务。如果您有其他问题，欢迎随时提问。"
ENGLISH = "Here is the section you asked for:\n\nThe township attaches great importance to this work."


@pytest.mark.parametrize(("answer", "word"), [(SORRY, "很抱歉"), (ENGLISH, "没有用中文写")])
@pytest.mark.parametrize("finish", ["stop", "length"])
def test_what_is_no_text_is_refused(answer: str, word: str, finish: str) -> None:
    with FakeEndpoint(Reply(answer, finish_reason=finish)) as fake, pytest.raises(EmptyDraft, match=word) as caught:
        draft(fake)
    assert len(fake.chats) == 1
    assert caught.value.kept == ""
    assert "换一个模型" in caught.value.way_out


@pytest.mark.parametrize("answer", [SORRY, ENGLISH, "Our town has also made great progress in this work."])
def test_no_answer_of_that_kind_is_put_behind_a_text(answer: str) -> None:
    shown: list[str] = []
    with FakeEndpoint([Reply("甲项完成。乙项正", finish_reason="length"), Reply(answer)]) as fake:
        result = draft(fake, shown)
    assert (result.text, result.cut) == ("甲项完成。", True)
    assert "没有写完" in result.told[0]
    assert shown[-1] == "甲项完成。乙项正"


def test_one_behind_a_text_that_has_come_to_its_end_needs_no_word() -> None:
    with FakeEndpoint([Reply("甲项完成。", finish_reason="length"), Reply(SORRY)]) as fake:
        result = draft(fake)
    assert (result.text, result.cut, result.told) == ("甲项完成。", False, ())


def test_nothing_of_it_is_kept_when_the_connection_breaks() -> None:
    with (
        FakeEndpoint(Reply(SORRY, ending="abort")) as fake,
        pytest.raises(EndpointInterrupted) as caught,
    ):
        draft(fake, max_rounds=1)
    assert caught.value.kept == ""


def test_a_text_that_the_services_filter_cut_says_so() -> None:
    with FakeEndpoint(Reply("甲项完成。乙项正", finish_reason="content_filter")) as fake:
        result = draft(fake)
    assert (result.text, result.cut) == ("甲项完成。", True)
    assert "内容审核" in result.told[0]


def test_a_sentence_in_another_language_is_told() -> None:
    text = "全年坚持把各项任务抓在手上，甲项完成。\nThe second task of our town was done too.\n丙项完成。"
    with FakeEndpoint(Reply(text)) as fake:
        assert "不是中文" in draft(fake).told[0]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            "| 分队 | 实有 |\n|:--|--:|\n| 应急排 | {{民兵分队.应急排|名}} |\n| 侦察班 | {{民兵分队.侦察班}} |",
            "应急排，实有{{民兵分队.应急排|名}}；侦察班，实有{{民兵分队.侦察班}}。",
        ),
        ("| 应急排 | {{民兵分队.应急排}} |", "应急排，{{民兵分队.应急排}}。"),
    ],
)
def test_a_table_is_told_as_sentences(table: str, told: str) -> None:
    with FakeEndpoint(Reply(f"情况如下。\n\n{table}\n\n全年完成{{{{入伍人数|名}}}}。")) as fake:
        result = draft(fake)
    assert result.text == f"情况如下。\n{told}\n全年完成{{{{入伍人数|名}}}}。"
    assert "表" in result.told[0]
