"""The desk's side of 编辑提纲: stored, compared before it is changed, undone in one press, drafts kept."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from storage_kit import make_library, url_of

from assistant.desk import Desk, open_desk
from assistant.drafting.brief import Brief, brief_for
from assistant.drafting.engine import Draft
from assistant.drafting.headings import heading_prompt, usable
from assistant.drafting.messages import messages_for
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import ConfigurationError, EmptyDraft, InputError
from assistant.facts.sheet import Fact, FactSheet
from assistant.reports.loader import Library
from assistant.reports.outline_edit import Way
from assistant.reports.outline_headings import pairs, parallel, proposals, refused
from assistant.reports.outline_history import mark_of, told_outline_step
from assistant.reports.report import Report, Section
from assistant.reports.voice_places import amiss_places, speaker_of, voice_places
from assistant.slots.numerals import find_numerals
from assistant.slots.render import render_text


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk({"NIGAO_DATABASE_URL": url_of(tmp_path)}, make_library(tmp_path / "prompts"))
    yield made
    made.close()


@pytest.fixture
def doc(desk: Desk) -> str:
    schema = desk.library.get("small").facts
    facts = {"入伍人数": Fact(12, last_year=10), "年度": Fact(2025), "单位简称": Fact("清河镇")}
    return desk.create("small", "work", sheet=FactSheet(schema, facts)).id


def keys(desk: Desk, doc: str) -> list[str]:
    return [section.key for section in desk.report(doc).sections]


def seen(desk: Desk, doc: str) -> str:
    return mark_of(desk.report(doc))


def undo(desk: Desk, doc: str) -> str:
    step = desk.outline_ways(doc).undo
    assert step is not None
    return told_outline_step(desk.undo_outline(doc, step.number))


def section(desk: Desk, doc: str, key: str) -> Section:
    found = desk.report(doc).section(key)
    assert found is not None
    return found


def test_steps_are_undone_in_order_also_after_a_restart(desk: Desk, doc: str, tmp_path: Path) -> None:
    before = desk.report(doc).sections
    desk.move_section(doc, seen(desk, doc), "militia", Way.UP)
    desk.brief_section(doc, seen(desk, doc), "militia", title="民兵建设")
    desk.delete_section(doc, seen(desk, doc), "enlist")
    with_new = open_desk({"NIGAO_DATABASE_URL": url_of(tmp_path)}, make_library(tmp_path / "prompts"))
    try:
        assert [undo(with_new, doc) for _ in range(3)] == ["删去“征兵”", "改标题“民兵”", "移动“民兵”"]
        assert with_new.report(doc).sections == before
        redo = with_new.outline_ways(doc).redo
        assert redo is not None
        with_new.redo_outline(doc, redo.number)
        assert keys(with_new, doc) == ["opening", "main", "militia", "enlist"]
    finally:
        with_new.close()


def test_a_change_on_an_old_outline_does_nothing(desk: Desk, doc: str) -> None:
    old = seen(desk, doc)
    desk.move_section(doc, old, "militia", Way.UP)
    after = desk.report(doc)
    for change in (
        lambda: desk.delete_section(doc, old, "militia"),
        lambda: desk.add_own_section(doc, old, "自加"),
        lambda: desk.brief_section(doc, old, "militia", title="改"),
    ):
        with pytest.raises(InputError, match="别处改过"):
            change()
    assert desk.report(doc) == after


def test_of_two_at_once_one_wins(desk: Desk, doc: str) -> None:
    old = seen(desk, doc)
    came: list[str] = []

    def add(name: str) -> None:
        try:
            came.append(desk.add_own_section(doc, old, name))
        except InputError as error:
            came.append(error.message)

    threads = [threading.Thread(target=add, args=(f"节{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(message.startswith("own-") for message in came) == [False] * 5 + [True]
    assert len(keys(desk, doc)) == 5


def test_a_deleted_section_keeps_its_versions_and_its_key(desk: Desk, doc: str) -> None:
    own = desk.add_own_section(doc, seen(desk, doc), "基层建设", "enlist")
    assert keys(desk, doc) == ["opening", "main", "enlist", own, "militia"]
    desk.edit(doc, own, "第一稿", 0)
    desk.edit(doc, own, "第二稿", 1)
    desk.delete_section(doc, seen(desk, doc), own)
    assert desk.text_ways(doc).undo is None
    assert [one.key for one in desk.removed_sections(doc)] == [own]
    # A new one is another one.
    assert desk.add_own_section(doc, seen(desk, doc), "另一节") != own
    desk.bring_back_section(doc, seen(desk, doc), own, "opening")
    assert keys(desk, doc)[1] == own
    assert [version.text for version in desk.versions(doc, own)] == ["第二稿", "第一稿"]
    assert desk.text_ways(doc).undo is not None


def test_a_figure_is_told_by_one_section_also_when_a_section_comes_back(desk: Desk, doc: str) -> None:
    desk.edit(doc, "enlist", "征兵一段。", 0)
    assert "入伍人数" in section(desk, doc, "enlist").facts
    desk.delete_section(doc, seen(desk, doc), "enlist")
    desk.brief_section(doc, seen(desk, doc), "militia", facts=["入伍人数"])

    def homes() -> list[str]:
        return [one.key for one in desk.report(doc).sections if "入伍人数" in one.facts]

    assert homes() == ["militia"]
    assert desk.bring_back_section(doc, seen(desk, doc), "enlist") == 1
    assert homes() == ["enlist"]
    undo(desk, doc)
    assert homes() == ["militia"]


def test_a_locked_section_is_not_put_back_to_an_older_text(desk: Desk, doc: str) -> None:
    desk.edit(doc, "enlist", "第一稿", 0)
    desk.edit(doc, "enlist", "第二稿", 1)
    desk.lock(doc, "enlist", True)
    with pytest.raises(InputError, match="已锁定"):
        desk.restore(doc, "enlist", 1)
    assert section(desk, doc, "enlist").text == "第二稿"
    desk.lock(doc, "enlist", False)
    desk.restore(doc, "enlist", 1)
    assert section(desk, doc, "enlist").text == "第一稿"


def test_what_was_typed_into_a_section_that_another_deleted_is_kept(desk: Desk, doc: str) -> None:
    desk.edit(doc, "enlist", "先写的", 0)
    desk.delete_section(doc, seen(desk, doc), "enlist")
    with pytest.raises(InputError, match="随它留着"):
        desk.edit(doc, "enlist", "先写的，还没写完的", 1)
    undo(desk, doc)
    assert section(desk, doc, "enlist").text == "先写的，还没写完的"


def test_summaries_and_copies_do_not_count_deleted_sections(desk: Desk, doc: str) -> None:
    desk.edit(doc, "enlist", "征兵一段", 0)
    desk.delete_section(doc, seen(desk, doc), "enlist")
    assert "enlist" not in [one.key for one in desk.copy_to_next_year(doc).sections]
    found = next(one for one in desk.summaries() if one.id == doc)
    assert (found.sections, found.drafted) == (2, 0)


class Slow:
    key, label, model, concurrency = "endpoint", "慢", "m", 1

    def __init__(self) -> None:
        self.begun = threading.Event()

    async def draft(self, brief: Brief, on_text: Callable[[str], None]) -> Draft:
        del brief
        on_text("写了一半")
        self.begun.set()
        await asyncio.sleep(30)
        return Draft("写完了")


def test_a_draft_of_a_deleted_section_stops_and_is_kept(desk: Desk, doc: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow()
    monkeypatch.setattr(desk.engines, "engine", slow)
    desk.redraw(doc, "enlist")
    assert slow.begun.wait(10)
    desk.move_section(doc, seen(desk, doc), "enlist", Way.DOWN)
    assert desk.jobs.live(doc)
    desk.delete_section(doc, seen(desk, doc), "enlist")
    assert desk.wait(doc, 90)
    assert "enlist" not in keys(desk, doc)
    undo(desk, doc)
    assert section(desk, doc, "enlist").text == "写了一半"
    assert not section(desk, doc, "enlist").complete


def test_steps_of_outlines_are_append_only(desk: Desk, doc: str, tmp_path: Path) -> None:
    desk.move_section(doc, seen(desk, doc), "militia", Way.UP)
    raw = sqlite3.connect(tmp_path / "nigao.db")
    for change in ("UPDATE outline_steps SET detail = 'x'", "DELETE FROM outline_steps"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(change)
    raw.close()


# ---- a section of one's own


def test_an_own_section_tells_its_facts_and_nothing_else(desk: Desk, doc: str) -> None:
    own = desk.add_own_section(doc, seen(desk, doc), "年度小结")
    desk.brief_section(doc, seen(desk, doc), own, facts=["年度", "入伍人数", "投入"])
    desk.redraw(doc, own)
    assert desk.wait(doc, 90)
    text = section(desk, doc, own).text
    assert render_text(text, desk.report(doc).sheet) == "2025年，入伍人数为12人，同比增长20%。"
    assert section(desk, doc, "enlist").facts == ()


def test_an_own_section_without_facts_says_what_it_needs(desk: Desk, doc: str) -> None:
    own = desk.add_own_section(doc, seen(desk, doc), "年度小结")
    desk.redraw(doc, own)
    assert desk.wait(doc, 90)
    job = desk.progress(doc)[own]
    assert job.error is not None
    assert "还没有选事实" in job.error.for_user()
    assert "接一个模型" in job.error.for_user()


def test_a_model_is_told_the_own_section_s_facts_and_instruction(desk: Desk, doc: str) -> None:
    own = desk.add_own_section(doc, seen(desk, doc), "年度小结")
    desk.brief_section(doc, seen(desk, doc), own, facts=["入伍人数"], instruction="突出大学生")
    report = desk.report(doc)
    brief = brief_for(desk.report_type(report), report, section(desk, doc, own), 0)
    last = messages_for(brief, send_values=False)[-1].content
    assert "年度小结" in last
    assert "{{入伍人数}}" in last
    assert "突出大学生" in last
    assert "12" not in last


# ---- headings

LIBRARY = Library()


def test_every_shipped_heading_is_a_parallel_pair_without_numbers() -> None:
    data = pairs()
    every = [*data.general, *(heading for theme in data.themes for heading in theme.headings)]
    assert [heading for heading in every if refused(heading)] == []
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("完成征兵12人，质量稳步提升", "数字"),
        ("突出两个重点，抓好三项任务", "数字"),
        ("{{入伍人数}}，全部送到部队", "数字或槽位"),
        ("抓征兵，把好每一道关口", "字数不等"),
        ("严把关口：选优兵员", "标点"),
        ("", "没有标题"),
    ],
)
def test_a_proposed_heading_with_numbers_or_no_rhythm_is_refused(heading: str, why: str) -> None:
    assert why in refused(heading)


def test_what_a_model_answers_is_cleaned_and_sifted() -> None:
    answer = (
        "<think>想一想</think>1. 完成征兵12人，质量稳步提升\n"
        "（二）严把兵员质量，做好全程服务。\n- 抓实宣传发动,选送优质兵员\n"
    )
    assert usable(answer, set()) == ("严把兵员质量，做好全程服务", "抓实宣传发动，选送优质兵员")
    with pytest.raises(EmptyDraft, match="数字"):
        usable("完成征兵12人，质量稳步提升", set())


def test_two_headings_are_offered_that_go_with_those_beside() -> None:
    kind, shape = LIBRARY.shape("armed-forces-work", "duty-c")
    del shape
    desk_report = _example("duty-c")
    for one in desk_report.sections:
        for turn in range(3):
            offered = proposals(kind, desk_report, one, turn)
            assert len(offered) == 2
            assert one.heading not in offered
            assert all(parallel(heading) and not find_numerals(heading) for heading in offered)


def test_without_a_model_no_heading_is_made_up(desk: Desk, doc: str) -> None:
    with pytest.raises(ConfigurationError, match="没有接模型"):
        desk.model_headings_for(desk.report(doc), "enlist")


def test_no_value_is_in_the_question_for_headings(desk: Desk, doc: str) -> None:
    desk.brief_section(doc, seen(desk, doc), "enlist", instruction="清河镇今年突出大学生")
    report = desk.report(doc)
    settings = EndpointSettings(base_url="https://api.example.com/v1", model="m")
    asked = heading_prompt(desk.report_type(report), report, section(desk, doc, "enlist"), SendValues.LOCAL, settings)
    assert "清河镇" not in asked
    assert "12" not in asked
    assert "入伍人数" in asked


# ---- who speaks


def _example(shape: str) -> Report:
    from assistant.headless import blank_report
    from assistant.reports.types import Length

    schema = LIBRARY.get("armed-forces-work").facts
    return blank_report(LIBRARY, "armed-forces-work", shape, FactSheet(schema), Length.NORMAL, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我坚持靠前指挥，我镇完成任务。", ["我"]),
        ("我国国防教育，自我加压，我军优良传统，我们一起。", []),
        ("我单位、我部、我委、我中心、我武装部、我辖区、我驻地部队、我海军、我人民军队。", []),
        ("深入开展我为群众办实事实践活动，分清敌我，忘我工作，舍我其谁，强军有我。", []),
        ("开展“学习雷锋精神、争当时代先锋，我为驻军做件事”活动。我坚持参加。", ["我"]),
        ("“我始终在一线。没有我的督促。", ["我", "我"]),
        ("我部署任务，我所做的工作，我站位不高，我驻村蹲点，我处处带头，我委托村干部。", ["我"] * 6),
        ("现将本人履职情况述职如下。", ["本人", "述职"]),
        ("{{自称}}完成任务。", []),
    ],
)
def test_where_a_unit_s_report_still_says_i(text: str, words: list[str]) -> None:
    report = _example("work-a")
    assert [place.word for place in voice_places(text, report.sheet, speaker_of(report))] == words


def _secretary(post: str) -> Report:
    report = _example("duty-c")
    facts = {**report.sheet.facts, "述职人职务": Fact(post), "述职人": Fact("沈国安"), "自称": Fact("我街道")}
    return replace(report, sheet=FactSheet(report.sheet.schema, facts))


@pytest.mark.parametrize(
    ("text", "amiss", "stays"),
    [
        ("年初，{{自称}}召开会议；我镇、本街道落实责任，我亲自抓。", ["我街道", "本街道"], ["我镇"]),
        ("下一步，我街道将按照区人武部部署要求，狠抓落实。", ["我街道"], []),
        ("我街道高度重视武装工作，本街道先后召开两次推进会。", ["我街道", "本街道"], []),
        ("我街道被评为全区征兵工作先进街道，在我街道各社区推开，我街道民兵人人参训。", [], ["我街道"] * 3),
        ("由党工委书记履行第一责任人职责，街道党工委书记负总责。", ["党工委书记", "街道党工委书记"], []),
        ("主要领导到武装部现场办公，党政主要领导带头过军事日。", ["主要领导", "党政主要领导"], []),
        ("沈国安同志带队走访。", ["沈国安同志"], []),
        ("我作为党工委书记，区委、区政府主要领导多次过问，各社区党委书记、村党委书记抓落实。", [], []),
        ("抓好武装工作，是党工委书记的应尽职责；“党委书记抓武装”活动有声有色。", [], []),
    ],
)
def test_where_a_person_s_report_speaks_as_the_unit_or_of_himself(
    text: str, amiss: list[str], stays: list[str]
) -> None:
    report = _secretary("柳林街道党工委书记")
    found = voice_places(text, report.sheet, speaker_of(report))
    assert [place.word for place in found if place.amiss] == amiss
    assert [place.word for place in found if not place.amiss] == stays
    assert all(text[one.start : one.end] in (one.word, "{{自称}}") for one in found)


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("柳林街道武装部长", ["武装部长"]),
        ("柳林街道办事处主任", ["街道办事处主任", "主要领导"]),
        ("柳林街道党工委副书记", []),
        ("", ["党工委书记", "主要领导"]),
    ],
)
def test_only_one_s_own_office_is_the_wrong_person(post: str, words: list[str]) -> None:
    report = _secretary(post)
    text = "党工委书记、街道办事处主任、武装部长齐抓共管，主要领导带头。"
    assert [one.word for one in voice_places(text, report.sheet, speaker_of(report))] == words


@pytest.mark.parametrize("sheet", ["liulin-duty-c.yaml", "dongling-duty-b.yaml", "qinghe-work-a.yaml"])
def test_the_voice_there_and_back_leaves_everything_as_it_was(tmp_path: Path, sheet: str) -> None:
    desk = open_desk({"NIGAO_DATABASE_URL": url_of(tmp_path)})
    try:
        doc = desk.create_from_example(sheet).id
        desk.draft_all(doc)
        assert desk.wait(doc, 90)
        before = desk.report(doc)
        plan = desk.voice_plan(before)
        assert plan is not None
        assert plan.by_hand == ()
        assert desk.switch_voice(doc, mark_of(before), plan.shape.key) == []
        after = desk.report(doc)
        assert after.shape.voice != before.shape.voice
        speaker = speaker_of(after)
        assert [one for part in after.written for one in amiss_places(part.text, after.sheet, speaker)] == []
        parts = {one.key for one in plan.rewritten}
        told = {one.key: one.text for one in before.written}
        assert all((one.text != told[one.key]) == (one.key in parts) for one in after.written if one.key in told)
        undo(desk, doc)
        assert [(one.key, one.text, one.heading) for one in desk.report(doc).sections] == [
            (one.key, one.text, one.heading) for one in before.sections
        ]
        assert mark_of(desk.report(doc)) == mark_of(before)
        assert desk.report(doc).sheet.facts == before.sheet.facts
    finally:
        desk.close()


def test_the_texts_of_a_change_of_voice_are_taken_back_with_all_of_it(tmp_path: Path) -> None:
    desk = open_desk({"NIGAO_DATABASE_URL": url_of(tmp_path)})
    try:
        doc = desk.create_from_example("qinghe-work-a.yaml").id
        desk.draft_all(doc)
        assert desk.wait(doc, 90)
        before = desk.report(doc)
        plan = desk.voice_plan(before)
        assert plan is not None
        desk.switch_voice(doc, mark_of(before), plan.shape.key)
        after = desk.report(doc)
        step = desk.text_ways(doc).undo
        assert step is not None
        desk.undo_text(doc, step.number)
        assert mark_of(desk.report(doc)) == mark_of(before)
        assert [one.text for one in desk.report(doc).sections] == [one.text for one in before.sections]
        step = desk.text_ways(doc).redo
        assert step is not None
        desk.redo_text(doc, step.number)
        assert mark_of(desk.report(doc)) == mark_of(after)
        assert [one.text for one in desk.report(doc).sections] == [one.text for one in after.sections]
    finally:
        desk.close()


def test_a_hand_written_section_is_listed_and_not_touched(tmp_path: Path) -> None:
    desk = open_desk({"NIGAO_DATABASE_URL": url_of(tmp_path)})
    try:
        doc = desk.create_from_example("liulin-duty-c.yaml").id
        desk.edit(doc, "opening", "我在这一年里尽职尽责。", 0)
        report = desk.report(doc)
        plan = desk.voice_plan(report)
        assert plan is not None
        assert [(one.key, [place.word for place in places]) for one, places in plan.by_hand] == [("opening", ["我"])]
        desk.switch_voice(doc, mark_of(report), plan.shape.key)
        assert section(desk, doc, "opening").text == "我在这一年里尽职尽责。"
    finally:
        desk.close()


def test_a_waiting_text_of_the_old_voice_is_told_until_the_voice_is_the_same_again(tmp_path: Path) -> None:
    desk = open_desk({"NIGAO_DATABASE_URL": url_of(tmp_path)})
    try:
        doc = desk.create_from_example("liulin-duty-c.yaml").id

        def told(key: str) -> str:
            report = desk.report(doc)
            return desk.waiting_voice(report, section(desk, doc, key), desk.candidates(doc)[key])

        desk.edit(doc, "opening", "一年来，各项工作有序推进。", 0)
        desk.store.save_draft(doc, "opening", "我始终把武装工作抓在手上，现述职如下。", base_revision=0, propose=True)
        desk.store.save_draft(doc, "conscription", "征兵任务全部完成。", base_revision=0, propose=True)
        assert told("opening") == ""
        report = desk.report(doc)
        plan = desk.voice_plan(report)
        assert plan is not None
        desk.switch_voice(doc, mark_of(report), plan.shape.key)
        assert "以前写的，用的是个人述职的口吻（“我始终把武装工作抓" in told("opening")
        assert told("conscription") == "", "nobody speaks in it"
        desk.store.save_draft(doc, "conscription", "我带头抓征兵。", base_revision=0, propose=True)
        assert told("conscription").startswith("这份新稿用的是个人述职的口吻"), "written since, and wrong all the same"
        undo(desk, doc)
        assert told("opening") == ""
    finally:
        desk.close()
