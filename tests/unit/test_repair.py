"""Repair between a model's draft and the page: linked, sent back once, or left to a person."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.checks.binding import Binder
from assistant.drafting.brief import Brief, brief_for
from assistant.drafting.endpoint import EndpointEngine
from assistant.drafting.engine import Draft
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.engines import EngineRoom
from assistant.errors import EndpointError
from assistant.facts.yaml_form import load_sheet
from assistant.repair.engine import RepairingEngine
from assistant.repair.faults import Sentence, faults_in, faulty_sentences, sentences_of
from assistant.repair.linking import link
from assistant.repair.matching import alike, matched
from assistant.repair.splicing import fitted
from assistant.reports.loader import Library
from assistant.reports.report import Report, sections_of
from assistant.reports.types import Length
from tests.fakes.endpoint import FakeEndpoint, Reply

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "qinghe-work-a.yaml"
NOW = datetime.datetime(2025, 12, 1, tzinfo=datetime.UTC)

#: In the example: 入伍人数 16名, 报名应征 58人, 现场办公 3次.
FIRST = "全年有{{报名应征}}报名应征。"


def brief_of(key: str = "conscription") -> Brief:
    read = load_sheet(EXAMPLE.read_text(encoding="utf-8"), Library().schema_of)
    kind, shape = Library().shape(read.report_type, read.shape)
    sections = sections_of(shape, read.sheet, 0)
    report = Report("r", kind.key, shape, Length.NORMAL, read.sheet, sections, NOW, NOW)
    section = report.section(key)
    assert section
    return brief_for(kind, report, section, 0)


def drafted(script: Reply | Sequence[Reply], shown: list[str] | None = None) -> tuple[Draft, FakeEndpoint]:
    async def run(fake: FakeEndpoint) -> Draft:
        settings = EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0)
        engine = RepairingEngine(EndpointEngine(settings, SendValues.LOCAL))
        try:
            return await engine.draft(brief_of(), (shown if shown is not None else []).append)
        finally:
            await engine.aclose()

    with FakeEndpoint(script) as fake:
        return asyncio.run(run(fake)), fake


def test_a_good_draft_is_not_touched() -> None:
    draft, fake = drafted(Reply(FIRST))
    assert (draft.text, draft.notes, len(fake.chats)) == (FIRST, (), 1)


def test_what_is_certain_is_linked_without_asking() -> None:
    draft, fake = drafted(Reply("全年报名应征58人，批准入伍16人。"))
    assert draft.text == "全年报名应征{{报名应征}}，批准入伍{{入伍人数}}。"
    assert draft.notes[0] == "“58人”已改为引用{{报名应征}}"
    assert len(fake.chats) == 1


def test_a_faulty_sentence_goes_back_alone_and_the_rest_stays() -> None:
    shown: list[str] = []
    wrong = "出动宣传车17辆，批准入伍{{入伍人数}}。"
    draft, fake = drafted([Reply(f"{FIRST}{wrong}\n质量稳步提高。"), Reply("批准入伍{{入伍人数}}。")], shown)
    assert draft.text == f"{FIRST}批准入伍{{{{入伍人数}}}}。\n质量稳步提高。"
    asked = fake.chats[1].last_user_message
    assert wrong in asked
    assert "“17辆”" in asked
    assert FIRST not in asked
    assert any("已由模型改写" in note for note in draft.notes)
    assert shown[-2:] == [f"{FIRST}{wrong}\n质量稳步提高。", draft.text]


def test_the_whole_section_once_more_gives_only_its_repaired_sentence() -> None:
    answer = "全年报名应征的青年很多。\n出动宣传车，批准入伍{{入伍人数}}。质量提高了不少。"
    draft, _ = drafted([Reply(f"{FIRST}出动宣传车17辆，批准入伍{{{{入伍人数}}}}。质量提高。"), Reply(answer)])
    assert draft.text == f"{FIRST}出动宣传车，批准入伍{{{{入伍人数}}}}。质量提高。"


@pytest.mark.parametrize(
    "answer",
    [
        "出动宣传车17辆，批准入伍{{入伍人数}}。",
        "出动宣传车18辆、民兵35人，批准入伍{{入伍人数}}。",
        "出动了宣传车。",
        "抱歉，我无法完成。",
        "批准入伍{{入伍人数}}。" + "宣传工作深入人心，" * 20,
        "批准入伍{{入伍人数}}，{{不存在的}}。",
    ],
)
def test_an_answer_that_is_no_better_is_left(answer: str) -> None:
    text = f"{FIRST}出动宣传车17辆，批准入伍{{{{入伍人数}}}}。"
    draft, fake = drafted([Reply(text), Reply(answer)])
    assert draft.text == text
    assert len(fake.chats) == 2
    assert any("“17辆”" in note and "留待核对" in note for note in draft.notes)


@pytest.mark.parametrize("failure", [Reply(status=500), Reply(status=400), Reply("批准", ending="abort"), Reply("")])
def test_a_failed_repair_keeps_the_draft(failure: Reply) -> None:
    text = f"{FIRST}出动宣传车17辆。"
    draft, _ = drafted([Reply(text), failure])
    assert draft.text == text
    assert any("没有修成" in note for note in draft.notes)


@pytest.mark.parametrize(
    ("old", "answer", "told"),
    [
        ("1.5万元用于训练。", "1.5万元用于训练费。", "1.5万元用于训练费。"),
        ("3、4月组织整组。", "3、4月份组织整组。", "3、4月份组织整组。"),
        ("2．加强训练。", "2．加强了训练。", "2．加强了训练。"),
        ("2．加强训练。", "加强了训练。", "2．加强了训练。"),
        ("一、征兵有力。", "1. 征兵很有力。", "一、征兵很有力。"),
        ("二是征兵有力。", "一是征兵很有力。", "二是征兵很有力。"),
        ("加强训练。", "第一句：1、加强了训练。", "加强了训练。"),
        ("加强训练。", "- 改后：加强了训练。", "加强了训练。"),
    ],
)
def test_the_number_of_a_line_goes_and_that_of_the_sentence_stays(old: str, answer: str, told: str) -> None:
    [new] = matched([Sentence(old, 0, len(old), ())], answer)
    assert fitted(old, new) == told


def test_a_sentence_that_says_two_stands_for_neither() -> None:
    old = ["全年完成兵役登记300人，发动广泛。", "全年上站体检20人，把关从严。"]
    assert alike(old, ["全年完成兵役登记{{兵役登记}}，发动广泛，上站体检{{上站体检}}，把关从严。"]) == ["", ""]
    one = "全年完成兵役登记{{兵役登记}}，发动广泛。"
    assert alike(old, [one]) == [one, ""]


def test_a_failed_draft_is_not_repaired() -> None:
    with pytest.raises(EndpointError) as caught:
        drafted([Reply("出动宣传车17辆。" * 3, error={"message": "boom"})])
    assert "17辆" in caught.value.kept


def test_a_draft_stopped_in_mid_repair_is_whole() -> None:
    text = f"{FIRST}出动宣传车17辆，登记58人。"
    shown: list[str] = []

    async def run(fake: FakeEndpoint) -> None:
        engine = RepairingEngine(
            EndpointEngine(EndpointSettings(base_url=fake.base_url, model="fake"), SendValues.LOCAL)
        )
        task = asyncio.ensure_future(engine.draft(brief_of(), shown.append))
        # A draft that ended or failed never asks again: waiting on would hang the run.
        while len(fake.chats) < 2 and not task.done():
            await asyncio.sleep(0.01)
        assert not task.done()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await engine.aclose()

    with FakeEndpoint([Reply(text), Reply("出动", ending="stall")]) as fake:
        asyncio.run(run(fake))
    assert shown[-1].startswith(f"{FIRST}出动宣传车17辆，")


def test_slots_of_no_fact_and_wrong_measure_words_are_faults() -> None:
    binder = Binder(brief_of().sheet)
    text = "有{{不存在的}}。{{报名应征}}次。{{村社区个数}}村。{{报名应征}}人员。{{经费合计}}%。{{坏的"
    assert [text[fault.start : fault.end] for fault in faults_in(text, binder)] == [
        "{{不存在的}}",
        "{{报名应征}}次",
        "{{经费合计}}%",
        "{{坏的",
    ]
    assert [sentence.text for sentence in faulty_sentences(text, binder)][:2] == [
        "有{{不存在的}}。",
        "{{报名应征}}次。",
    ]


def test_a_form_that_a_fact_does_not_have_is_named_with_what_to_write() -> None:
    (fault,) = faults_in("有{{报名应征|次}}。", Binder(brief_of().sheet))
    assert fault.wish.endswith("改写为{{报名应征}}")


def test_a_wish_never_tells_a_value() -> None:
    (fault,) = faults_in("批准入伍99人。", Binder(brief_of().sheet))
    assert "{{入伍人数}}" in fault.wish
    assert "16" not in fault.wish


@pytest.mark.parametrize(
    "text",
    [
        "开展走访活动3次。",
        # 340余人次 is what 出动民兵 says, yet the sentence speaks of 入户排查.
        "入户排查340余人次，出动民兵值守。",
        "上站体检58人，报名应征的质量好。",
    ],
)
def test_a_number_that_only_happens_to_be_equal_is_not_linked(text: str) -> None:
    brief = brief_of()
    assert link(text, brief, Binder(brief.sheet))[0] == text


@pytest.mark.parametrize("text", ["", "一句。", "一。二！？“三。”\n\n四", "{{a。b}}。五；六", "。。"])
def test_sentences_leave_nothing_out(text: str) -> None:
    spans = list(sentences_of(text))
    assert "".join(text[start:end] for start, end in spans) == text


def test_the_engine_room_repairs() -> None:
    class Memory(dict[str, str]):
        def get_setting(self, name: str, default: str = "") -> str:
            return self.get(name, default)

        def put_setting(self, name: str, value: str | None) -> None:
            self[name] = value or ""

    room = EngineRoom({"NIGAO_BASE_URL": "http://127.0.0.1:9/v1", "NIGAO_MODEL": "m"}, Memory())
    assert isinstance(room.engine, RepairingEngine)
    assert (room.engine.key, room.engine.model) == ("endpoint", "m")
    for constrain in (True, False, None):
        chosen = room.described("http://127.0.0.1:9/v1", "m", "llamacpp", "", constrain=constrain)
        room.use_endpoint(chosen)
        assert EngineRoom({}, room._memory).settings == chosen
