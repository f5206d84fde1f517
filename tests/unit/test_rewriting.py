"""Chosen sentences written anew: the rest stays letter for letter, whatever the model answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk import Desk, open_desk
from assistant.drafting.brief import Brief, brief_for
from assistant.drafting.endpoint import EndpointEngine
from assistant.drafting.engine import Draft
from assistant.drafting.messages import messages_for
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import EmptyDraft, InputError
from assistant.repair.engine import RepairingEngine
from assistant.reports.report import SectionState
from assistant.rewriting import SentenceEngine, sentence_spans, spliced, wish_for
from tests.fakes.endpoint import FakeEndpoint, Reply

KEY = "conscription"
SENTENCES = (
    "广泛开展宣传发动，完成兵役登记{{兵役登记}}。",
    "一是严把体检关口，上站体检{{上站体检}}。",
    "全年送兵{{入伍人数|名}}，没有发生退兵。",
)
TEXT = "".join(SENTENCES)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"})
    yield made
    made.close()


@pytest.fixture
def doc(desk: Desk) -> str:
    made = desk.create_from_example("liulin-duty-c.yaml").id
    desk._save_draft(made, KEY, TEXT, base_revision=0, engine="endpoint", model="m")
    return made


def brief_of(desk: Desk, doc: str, instruction: str = "") -> Brief:
    report = desk.report(doc)
    section = report.section(KEY)
    assert section is not None
    return brief_for(desk.report_type(report), report, section, section.seed + 1, instruction)


def rewritten(
    desk: Desk, doc: str, chosen: list[int], answer: str, wish: str = "更精简", text: str = TEXT
) -> tuple[Draft, FakeEndpoint]:
    spans = [sentence_spans(text)[number] for number in chosen]

    async def run(fake: FakeEndpoint) -> Draft:
        settings = EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0)
        engine = RepairingEngine(EndpointEngine(settings, SendValues.LOCAL))
        try:
            one = SentenceEngine(engine, wish_for(text, spans, wish))
            brief = brief_of(desk, doc)
            return await one.draft(replace(brief, section=replace(brief.section, text=text)), lambda _: None)
        finally:
            await engine.aclose()

    with FakeEndpoint(Reply(answer)) as fake:
        return asyncio.run(run(fake)), fake


# ---- what stays


@given(
    text=st.lists(st.sampled_from(["征兵{{入伍人数}}", "。", "！", "\n", "；", "一是", " "]), max_size=16).map("".join),
    chosen=st.sets(st.integers(0, 8)),
    new=st.text("新字。", max_size=6),
)
def test_everything_outside_the_chosen_sentences_stays(text: str, chosen: set[int], new: str) -> None:
    spans = [span for number, span in enumerate(sentence_spans(text)) if number in chosen]
    made = spliced(text, spans, [new] * len(spans))
    rest, at = "", 0
    for start, end in [*spans, (len(text), len(text))]:
        rest = text[at:start]
        assert made.startswith(rest)
        made, at = made[len(rest) :], end
        if (start, end) != (len(text), len(text)):
            made = made[len(new or text[start:end]) :]
    assert made == ""


def test_only_the_chosen_sentence_changes(desk: Desk, doc: str) -> None:
    draft, fake = rewritten(desk, doc, [2], "全年送兵{{入伍人数|名}}，无退兵。")
    assert draft.text == SENTENCES[0] + SENTENCES[1] + "全年送兵{{入伍人数|名}}，无退兵。"
    asked = fake.chats[0].body["messages"][-1]["content"]
    assert "更精简" in asked
    assert SENTENCES[2] in asked
    assert SENTENCES[0] not in asked


def test_a_model_that_writes_the_whole_section_anew_changes_no_other_sentence(desk: Desk, doc: str) -> None:
    answer = (
        "我们换了开头，登记{{兵役登记}}。严格把关，上站体检{{上站体检}}。全年共送兵{{入伍人数|名}}，没有发生一例退兵。"
    )
    draft, _ = rewritten(desk, doc, [2], answer)
    assert draft.text.startswith(SENTENCES[0] + SENTENCES[1])
    assert draft.text.endswith("全年共送兵{{入伍人数|名}}，没有发生一例退兵。")


CROWDED = "广泛开展宣传发动，全年送兵{{入伍人数|名}}。严把体检关口，其中大学生{{大学生入伍}}。没有发生退兵，群众满意。"


@pytest.mark.parametrize(
    ("answer", "made"),
    [
        ("宣传深入，送兵{{入伍人数|名}}，体检严，大学生{{大学生入伍}}。", None),
        ("宣传深入。\n送兵{{入伍人数|名}}。\n体检严，大学生{{大学生入伍}}。", None),
        ("改写如下：\n宣传深入，送兵{{入伍人数|名}}，体检严，大学生{{大学生入伍}}。", None),
        ("宣传深入，送兵{{入伍人数|名}}。体检严，大学生{{大学生入伍}}。", None),
        # The whole section once more, the sentence that nobody chose among them.
        (
            "宣传发动广泛开展，全年送兵{{入伍人数|名}}。体检关口严把，其中大学生{{大学生入伍}}。没有发生退兵，群众很满意。",
            "宣传发动广泛开展，全年送兵{{入伍人数|名}}。体检关口严把，其中大学生{{大学生入伍}}。",
        ),
    ],
)
def test_sentences_side_by_side_become_the_answer_once(desk: Desk, doc: str, answer: str, made: str | None) -> None:
    expected = made or answer.removeprefix("改写如下：").replace("\n", "")
    draft, _ = rewritten(desk, doc, [0, 1], answer, text=CROWDED)
    assert draft.text == expected + "没有发生退兵，群众满意。"
    assert draft.told == ()


def test_one_sentence_for_two_that_stand_apart_is_put_in_for_neither(desk: Desk, doc: str) -> None:
    answer = "广泛宣传，完成登记{{兵役登记}}，全年送兵{{入伍人数|名}}，没有退兵。"
    with pytest.raises(EmptyDraft):
        rewritten(desk, doc, [0, 2], answer)


def test_a_sentence_too_many_is_told(desk: Desk, doc: str) -> None:
    answer = "广泛开展宣传，完成兵役登记{{兵役登记}}。\n军地合力，成效好。\n全年送兵{{入伍人数|名}}，没有退兵。"
    draft, _ = rewritten(desk, doc, [0, 2], answer)
    assert (
        draft.text == "广泛开展宣传，完成兵役登记{{兵役登记}}。" + SENTENCES[1] + "全年送兵{{入伍人数|名}}，没有退兵。"
    )
    assert draft.told == ("模型写的“军地合力，成效好。”对不上选中的句子，没有用",)


def test_an_item_keeps_its_number(desk: Desk, doc: str) -> None:
    draft, _ = rewritten(desk, doc, [1], "从严组织体检，上站体检{{上站体检}}。")
    assert draft.text == SENTENCES[0] + "一是从严组织体检，上站体检{{上站体检}}。" + SENTENCES[2]


def test_a_sentence_with_an_invented_number_stays_as_it_was(desk: Desk, doc: str) -> None:
    answer = "发动面达到98%，完成兵役登记{{兵役登记}}。\n送兵{{入伍人数|名}}，没有退兵。"
    draft, _ = rewritten(desk, doc, [0, 2], answer)
    assert draft.text.startswith(SENTENCES[0])
    assert draft.text.endswith("送兵{{入伍人数|名}}，没有退兵。")
    assert any("没有依据" in note for note in draft.told)


def test_a_fact_that_is_lost_is_told(desk: Desk, doc: str) -> None:
    draft, _ = rewritten(desk, doc, [2], "全年没有发生退兵。")
    assert draft.told == ("改写后不再提“入伍人数”",)


def test_a_fact_of_another_section_is_told(desk: Desk, doc: str) -> None:
    draft, _ = rewritten(desk, doc, [2], "全年送兵{{入伍人数|名}}，没有退兵，走访慰问{{走访慰问户数}}。")
    title = next(one.title for one in desk.report(doc).sections if "走访慰问户数" in one.facts)
    assert draft.told == (f"写进了“{title}”一节的“走访慰问户数”，两处可能重复",)


def test_what_suits_needs_no_word(desk: Desk, doc: str) -> None:
    draft, _ = rewritten(desk, doc, [2], "全年送兵{{入伍人数|名}}，没有发生一例退兵。")
    assert draft.told == ()


@pytest.mark.parametrize("answer", ["全年送兵{{入伍人数|名}}，没有发生退兵。", "长" * 900])
def test_an_answer_that_is_no_use_changes_nothing(desk: Desk, doc: str, answer: str) -> None:
    with pytest.raises(EmptyDraft):
        rewritten(desk, doc, [2], answer)


def test_sentences_of_another_text_are_refused(desk: Desk, doc: str) -> None:
    spans = sentence_spans(TEXT)
    section = desk.report(doc).section(KEY)
    assert section is not None
    desk.edit(doc, KEY, "前面添一句。" + TEXT, section.revision)
    with pytest.raises(InputError, match="刚刚变了"):
        desk.rewrite(doc, KEY, section.revision, spans[:1], "换个写法")
    with pytest.raises(InputError, match="选句子"):
        desk.rewrite(doc, KEY, section.revision + 1, [], "换个写法")


# ---- without a model


def test_phrases_say_the_same_facts_otherwise(desk: Desk, doc: str) -> None:
    desk.redraw(doc, KEY)
    assert desk.wait(doc, 90)
    report = desk.report(doc)
    section = report.section(KEY)
    assert section is not None
    spans = sentence_spans(section.text)
    texts = [section.text[start:end] for start, end in spans]
    made = desk.other_words(report, section, spans)
    place = next(number for number, new in enumerate(made) if new)
    left = desk.rewrite(doc, KEY, section.revision, [spans[place]], "换个写法")
    after = desk.report(doc).section(KEY)
    assert after is not None
    assert left == []
    assert after.text == section.text.replace(texts[place], made[place])
    assert after.text != section.text
    assert after.state is SectionState.DRAFTED
    step = desk.text_ways(doc).undo
    assert step is not None
    desk.undo_text(doc, step.number)
    undone = desk.report(doc).section(KEY)
    assert undone is not None
    assert undone.text == section.text


def test_what_no_phrase_says_otherwise_is_told_plainly(desk: Desk, doc: str) -> None:
    section = desk.report(doc).section(KEY)
    assert section is not None
    desk.edit(doc, KEY, "没有事实的一句话。", section.revision)
    with pytest.raises(InputError, match="这一句内置范式没有别的说法") as caught:
        desk.rewrite(doc, KEY, section.revision + 1, sentence_spans("没有事实的一句话。"), "换个写法")
    assert "模型" in caught.value.way_out


def test_a_text_of_a_person_gets_the_new_sentences_beside_it(desk: Desk, doc: str) -> None:
    desk.redraw(doc, KEY)
    assert desk.wait(doc, 90)
    drafted = desk.report(doc).section(KEY)
    assert drafted is not None
    mine = desk.edit(doc, KEY, drafted.text + "我添的一句。", drafted.revision)
    desk.rewrite(doc, KEY, mine.revision, sentence_spans(mine.text), "换个写法")
    after = desk.report(doc).section(KEY)
    assert after is not None
    assert after.text == mine.text
    assert desk.candidates(doc)[KEY].text.endswith("我添的一句。")


def test_a_locked_section_is_not_rewritten(desk: Desk, doc: str) -> None:
    desk.lock(doc, KEY, True)
    with pytest.raises(InputError, match="锁定"):
        desk.rewrite(doc, KEY, 1, sentence_spans(TEXT)[:1], "换个写法")


def test_without_a_model_a_section_is_told_more_briefly_until_it_cannot_be(desk: Desk, doc: str) -> None:
    desk.redraw(doc, KEY)
    assert desk.wait(doc, 90)
    first = desk.report(doc).section(KEY)
    assert first is not None
    sizes = [len(first.text)]
    refused = ""
    while not refused:
        try:
            desk.resize(doc, KEY, "更精简")
        except InputError as error:
            refused = error.for_user()
        assert desk.wait(doc, 90)
        sizes.append(len(desk.report(doc).section(KEY).text))  # type: ignore[union-attr]
    assert "已经不能更精简了，没有动" in refused
    assert sizes.pop() == sizes[-1] < sizes[0]
    assert sizes == sorted(sizes, reverse=True)
    [version, *_] = desk.versions(doc, KEY)
    assert version.instruction == "更精简"
    while (step := desk.text_ways(doc).undo) and len(sizes) > 1:
        desk.undo_text(doc, step.number)
        sizes.pop()
    assert desk.report(doc).section(KEY).text == first.text  # type: ignore[union-attr]


def test_a_text_of_a_person_is_not_resized_in_place(desk: Desk, doc: str) -> None:
    desk.edit(doc, KEY, "完成兵役登记{{兵役登记}}。", 1)
    desk.resize(doc, KEY, "更详实")
    assert desk.wait(doc, 90)
    assert desk.report(doc).section(KEY).text == "完成兵役登记{{兵役登记}}。"  # type: ignore[union-attr]
    assert "{{入伍人数" in desk.candidates(doc)[KEY].text


# ---- every fact has one home


def test_the_prompt_tells_which_section_each_fact_belongs_to(desk: Desk, doc: str) -> None:
    brief = brief_of(desk, doc)
    [system, *_] = messages_for(brief, send_values=False)
    lines = {line.strip("　 ") for line in system.content.splitlines()}
    for section in brief.report.written:
        filled = [label for label in section.facts if not brief.sheet.fact(label).empty]
        if filled:
            told = f"〔写：{'、'.join(filled)}〕"
            [line] = [line for line in lines if told in line]
            assert section.title in line


def test_other_sections_go_along_in_short_form(desk: Desk, doc: str) -> None:
    brief = brief_of(desk, doc)
    long = "走访慰问军属{{走访慰问户数}}，" + "落实各项优待政策，" * 20 + "悬挂光荣牌{{光荣牌}}。"
    other = next(section for section in brief.report.written if section.key != KEY)
    sections = tuple(replace(one, text=long) if one.key == other.key else one for one in brief.report.sections)
    asked = messages_for(replace(brief, report=replace(brief.report, sections=sections)), send_values=False)[-1].content
    assert "走访慰问军属{{走访慰问户数}}" in asked
    assert asked.count("落实各项优待政策") < 10
    assert "已用：走访慰问户数、光荣牌" in asked, "what is told there further on is named too"


@pytest.mark.parametrize("example", ["qinghe-work-a", "dongling-duty-b", "liulin-duty-c", "shiqiao-duty-d"])
def test_no_fact_has_two_homes(desk: Desk, example: str) -> None:
    report = desk.create_from_example(f"{example}.yaml")
    labels = [label for section in report.sections for label in section.facts]
    assert len(labels) == len(set(labels))


def test_the_desk_has_a_model_write_only_what_was_chosen(desk: Desk, doc: str) -> None:
    with FakeEndpoint(Reply("全年送兵{{入伍人数|名}}，无退兵。")) as fake:
        desk.engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        desk.rewrite(doc, KEY, 1, sentence_spans(TEXT)[2:], "更精简")
        assert desk.wait(doc, 90)
        loop, engine = desk.jobs._loop, desk.engines.engine
        assert loop is not None
        assert isinstance(engine, RepairingEngine)
        asyncio.run_coroutine_threadsafe(engine.aclose(), loop).result(5)
    section = desk.report(doc).section(KEY)
    assert section is not None
    assert section.text == SENTENCES[0] + SENTENCES[1] + "全年送兵{{入伍人数|名}}，无退兵。"
    assert section.state is SectionState.DRAFTED, "nobody's hand was on it: taken at once"
    assert desk.versions(doc, KEY)[0].instruction == "只改 1 句：更精简"
    step = desk.text_ways(doc).undo
    assert step is not None
    assert desk.undo_text(doc, step.number).moves[0].section_key == KEY
    undone = desk.report(doc).section(KEY)
    assert undone is not None
    assert undone.text == TEXT
