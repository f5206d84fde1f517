"""起草 as a workbench: a new text taken place by place, 撤销, versions compared, kept versions, what stays."""

from __future__ import annotations

import re
import time

import pytest
from app_kit import Tab, drafted, from_example, the_desk, written

from assistant.drafting.settings import EndpointSettings
from assistant.reports.report import Origin, SectionState
from assistant.revising import changes_between
from assistant.rewriting import sentence_spans
from assistant.slots.hunks import hunks
from assistant.slots.render import render_text
from tests.fakes.endpoint import FakeEndpoint, Reply, slots

SECTION = "opening"
OLD = "广泛开展宣传发动，向部队输送{{入伍人数|名}}优质兵员。严把体检关口，没有发生退兵。"
NEW = "盯住应届毕业生这个重点，向部队输送{{入伍人数|名}}优质兵员。严把政治考核关口，没有发生退兵。"


@pytest.fixture
def tab() -> Tab:
    return Tab(written(), "draft")


def text(tab: Tab, key: str = SECTION) -> str:
    found = tab.report.section(key)
    assert found is not None
    return found.text


@pytest.fixture
def proposed(tab: Tab) -> Tab:
    """A person's text with a model's beside it."""
    tab.edit(SECTION, OLD).press("edit-done")
    the_desk().store.save_draft(
        tab.doc, SECTION, NEW, engine="endpoint", model="m", instruction="突出大学生", base_revision=0, propose=True
    )
    return tab.again()


def test_the_difference_stands_in_the_place_of_the_text(proposed: Tab) -> None:
    assert "<del>广泛开展宣传发动</del><ins>盯住应届毕业生这个重点</ins>" in proposed.markup
    assert '向部队输送<span class="ng-chip" title="入伍人数">18名</span>' in proposed.markup
    assert "改动 2 处 · 按“突出大学生”重写" in proposed.words
    assert proposed.markup.count("没有发生退兵") == 1, "the text does not stand there twice"


def test_one_place_is_taken_and_the_other_left(proposed: Tab) -> None:
    proposed.press("by-place-toggle").press("take-2")
    assert text(proposed) == OLD.replace("体检", "政治考核")
    assert "改动 1 处" in proposed.words
    proposed.press("discard")
    assert text(proposed) == OLD.replace("体检", "政治考核")
    assert "重新等您选用，文字不动" in proposed.button("undo-text").help
    proposed.press("undo-text")
    assert "改动 1 处" in proposed.words, "what was refused by mistake waits again"
    proposed.press("undo-text")
    assert text(proposed) == OLD


def test_a_place_that_is_not_wanted_goes_out_of_the_proposal(proposed: Tab) -> None:
    proposed.press("by-place-toggle").press("leave-1")
    assert "盯住应届毕业生" not in proposed.markup
    assert text(proposed) == OLD
    proposed.press("accept")
    assert text(proposed) == OLD.replace("体检", "政治考核")


def test_a_place_seen_before_somebody_else_edited_is_not_taken(proposed: Tab) -> None:
    proposed.press("by-place-toggle")
    Tab(proposed.doc, "draft").edit(SECTION, OLD + "又添一句。")
    proposed.press("take-1")
    assert text(proposed) == OLD + "又添一句。"
    assert proposed.told


def test_a_place_is_told_with_values(proposed: Tab) -> None:
    [first, _] = hunks(changes_between(OLD, NEW))
    proposed.press("by-place-toggle")
    assert render_text(first.inserted, proposed.report.sheet) in proposed.words
    assert "{{" not in proposed.markup


def test_redraw_is_taken_at_once_and_taken_back(tab: Tab) -> None:
    before = text(tab)
    drafted(tab.press(f"pick-{SECTION}").press("redraw"))
    after = text(tab)
    assert after != before
    tab.press("undo-text")
    assert text(tab) == before
    assert "已撤销：重写" in tab.told
    again = Tab(tab.doc, "draft").press("redo-text")
    assert text(again) == after, "across a reload"
    drafted(again.press("undo-text").press(f"pick-{SECTION}").press("redraw"))
    assert not again.has_button("accept"), "nobody's hand was on it"


def test_undo_of_typing_reaches_an_open_editor(tab: Tab) -> None:
    before = text(tab)
    tab.edit(SECTION, "手写的一段。").press("undo-text")
    assert tab.editor.value == before
    assert text(tab) == before


def test_undo_on_an_old_page_says_so_and_does_nothing(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段。").press("edit-done")
    other = next(section.key for section in tab.report.written if section.key != SECTION)
    Tab(tab.doc, "draft").edit(other, "别处写的。")
    tab.press("undo-text")
    assert "刚刚又改过" in tab.told
    assert (text(tab), text(tab, other)) == ("手写的一段。", "别处写的。")


def test_redraw_of_an_edited_section_asks_first(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段。").press("edit-done").press("redraw")
    assert "不会覆盖您写的" in tab.words
    tab.press("取消")
    assert not tab.has_button("beside-yes"), "the question is gone"
    assert the_desk().candidates(tab.doc) == {}
    tab.press("redraw").press("继续")
    drafted(tab)
    assert text(tab) == "手写的一段。"
    assert tab.has_button("accept")


def test_a_section_is_asked_about_once(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段。").press("edit-done").press("redraw").press("继续")
    drafted(tab)
    first = the_desk().candidates(tab.doc)[SECTION].number
    tab.press("redraw")
    assert "这一节您改过，新稿会放在旁边" in tab.told, "it is still said where the text will be"
    drafted(tab)
    assert the_desk().candidates(tab.doc)[SECTION].number > first


def test_an_untouched_section_is_redrawn_without_a_question(tab: Tab) -> None:
    before = text(tab)
    drafted(tab.press(f"pick-{SECTION}").press("redraw"))
    assert text(tab) != before


def test_redraw_all_names_what_it_leaves(tab: Tab) -> None:
    locked = next(section for section in tab.report.written if section.key != SECTION)
    tab.edit(SECTION, "手写的一段。").press("edit-done")
    the_desk().lock(tab.doc, locked.key, True)
    tab.again().press("redraft-all")
    edited = tab.report.section(SECTION)
    assert edited is not None
    assert f"您改过的：{edited.title}" in tab.told
    assert f"已锁定的：{locked.title}" in tab.told
    drafted(tab)
    assert SECTION not in the_desk().candidates(tab.doc)


def test_redraw_all_puts_a_new_text_beside_a_persons_own_where_they_want_it(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段。").press("edit-done")
    tab.app.checkbox(key="redraft-beside").check().run()
    drafted(tab.press("redraft-all"))
    assert text(tab) == "手写的一段。"
    assert list(the_desk().candidates(tab.doc)) == [SECTION], "all others were taken at once"


def test_two_versions_are_compared_and_the_older_one_restored(tab: Tab) -> None:
    before = text(tab)
    number = tab.report.section(SECTION).revision  # type: ignore[union-attr]
    tab.edit(SECTION, f"添在前面。{before}").press("edit-done").unfold("history").press("compare")
    assert "<ins>添在前面。</ins>" in tab.markup
    tab.press(f"back-{number}")
    assert text(tab) == before


def test_the_first_text_of_a_person_is_compared_with_what_waits_beside_it() -> None:
    doc, desk = from_example(), the_desk()
    desk.edit(doc, SECTION, "手写的第一稿。", 0)
    desk.store.save_draft(doc, SECTION, "重写的一稿。", base_revision=1, propose=True)
    assert SECTION in desk.candidates(doc)
    tab = Tab(doc, "draft").press(f"pick-{SECTION}").unfold("history").press("compare")
    assert not tab.app.exception
    assert "重写" in tab.markup
    assert "<ins>" in tab.markup


def test_a_milestone_is_kept_compared_restored_and_deleted(tab: Tab) -> None:
    before = text(tab)
    tab.unfold("milestones").press("milestone-keep")
    [kept] = the_desk().milestones(tab.doc)
    assert kept.name == "送审稿一"
    tab.edit(SECTION, f"添在前面。{before}").press("edit-done")
    tab.press(f"milestone-compare-{kept.id}")
    assert "<ins>添在前面。</ins>" in tab.markup
    tab.press(f"milestone-restore-{kept.id}")
    assert text(tab) == before
    assert "回到 送审稿一" in tab.words, "and that can be undone"
    tab.press(f"milestone-delete-{kept.id}")
    assert the_desk().milestones(tab.doc) == []


def test_a_name_that_is_taken_is_told(tab: Tab) -> None:
    tab.unfold("milestones").press("milestone-keep")
    name = next(found for found in tab.app.text_input if str(found.key).startswith("milestone-name"))
    tab.type(name, "送审稿一").press("milestone-keep")
    assert "已经有“送审稿一”了" in tab.told


def test_without_a_model_a_section_is_told_more_briefly_with_one_press(tab: Tab) -> None:
    tab.press("pick-conscription")
    before = text(tab, "conscription")
    tab.press("preset-更精简")
    the_desk().wait(tab.doc, 90)
    assert len(text(tab.again(), "conscription")) < len(before)
    tab.press("undo-text")
    assert text(tab, "conscription") == before
    tab.press("pick-next-steps")
    for _ in range(3):
        tab.press("preset-更精简")
        the_desk().wait(tab.doc, 90)
        tab.again()
    assert "已经不能更精简了" in tab.told


# ---- chosen sentences


def ticks(tab: Tab) -> list[str]:
    return [str(found.key) for found in tab.app.checkbox if str(found.key).startswith("sentence:")]


def test_only_the_ticked_sentence_gets_other_words(tab: Tab) -> None:
    key = "conscription"
    tab.press(f"pick-{key}")
    before = text(tab, key)
    spans = sentence_spans(before)
    section = tab.report.section(key)
    assert section is not None
    made = the_desk().other_words(tab.report, section, spans)
    place = next(number for number, new in enumerate(made) if new)
    tick = ticks(tab.unfold("sentences"))[place]
    tab.app.checkbox(key=tick).check().run()
    tab.press("preset-换个写法")
    start, end = spans[place]
    assert text(tab, key) == before[:start] + made[place] + before[end:]
    assert "起草 征兵" not in tab.app.button(key="undo-text").label
    tab.press("undo-text")
    assert text(tab, key) == before


def test_a_sentence_that_no_phrase_says_otherwise_cannot_be_ticked_without_a_model(tab: Tab) -> None:
    tab.edit(SECTION, "没有事实的一句话。").press("edit-done")
    [tick] = ticks(tab.unfold("sentences"))
    assert tab.app.checkbox(key=tick).disabled
    assert "这一节的句子内置范式没有别的说法，请在纸上直接改" in tab.words
    the_desk().engines.use_endpoint(EndpointSettings(base_url="http://127.0.0.1:9/v1", model="fake"))
    assert not tab.again().app.checkbox(key=tick).disabled


# ---- while a new text comes beside a person's own


def test_a_persons_text_stays_on_the_paper_while_the_new_one_is_written(tab: Tab) -> None:
    with FakeEndpoint(Reply(("新稿的第一句。", "新稿的第二句。"), interval=0.2, ending="stall")) as fake:
        the_desk().engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        tab.edit(SECTION, "手写的一段。").press("edit-done").press("redraw").press("继续")
        for _ in range(100):
            if "新稿的第二句" in the_desk().progress(tab.doc)[SECTION].text:
                break
            time.sleep(0.1)
        tab.again()
        paper = "".join(found.body for found in tab.app.html if "ng-paper" in found.body)
        assert "手写的一段。" in paper
        assert "新稿的第一句" not in paper
        assert "新稿的第一句" in tab.markup, "it is seen at the right"
        drafted(tab.press("停止这一节"))
    assert text(tab) == "手写的一段。"
    assert "新稿的第一句" in the_desk().candidates(tab.doc)[SECTION].text


# ---- length and wording


def test_beside_a_section_stand_its_length_and_hints_on_its_words(tab: Tab) -> None:
    words = "进一步压实责任，进一步理顺机制，进一步抓好落实。"
    tab.edit(SECTION, words).press("edit-done")
    tab.app.session_state["panel-tab"] = "本节"
    shown = tab.again().words
    assert re.search(rf"本节 {len(words)} 字 / 目标约 \d+ 字，偏短", shown)
    assert "进一步" in next(found.body for found in tab.app.html if "ng-hints" in found.body)
    assert tab.has_button("redraw"), "hints stand in nobody's way"


# ---- what a model answers instead of a text


SORRY = "很抱歉，我无法协助完成这项任务。如果您有其他问题，欢迎随时提问。"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (SORRY, "没有写正文，只回了一句：“很抱歉，我无法协助完成这项任务"),
        ("The township attaches great importance to national defense education.", "没有用中文写"),
    ],
)
def test_an_answer_that_is_no_text_leaves_what_stood_there(answer: str, told: str) -> None:
    doc, desk = from_example(), the_desk()
    section = desk.report(doc).section("conscription")
    assert section is not None
    good = "广泛发动，登记{{兵役登记}}。"
    desk.store.save_text(doc, "conscription", good, section.revision, Origin.DRAFT)
    with FakeEndpoint(Reply(answer)) as fake:
        desk.engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        desk.redraw(doc, "conscription")
        tab = drafted(Tab(doc, "draft"))
    assert "“征兵”没有写成" in tab.told
    assert told in tab.told
    assert "原来的文字没有动。" in tab.told
    now = tab.report.section("conscription")
    assert now is not None
    assert (now.text, now.state) == (good, SectionState.DRAFTED)
    assert desk.candidates(doc) == {}


def test_a_text_that_the_services_filter_cut_is_told_with_what_to_do() -> None:
    doc, desk = from_example(), the_desk()
    with FakeEndpoint(Reply("全年完成各项任务。正在", finish_reason="content_filter")) as fake:
        desk.engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        desk.redraw(doc, "conscription")
        tab = drafted(Tab(doc, "draft"))
    assert "“征兵”请留意：没有写完：模型服务的内容审核拦下了后面的文字" in tab.told
    assert "换一个模型服务" in tab.told
    now = tab.report.section("conscription")
    assert now is not None
    assert now.state is SectionState.INTERRUPTED


def test_a_filtered_text_is_not_gone_on_with_by_the_model_whose_filter_cut_it() -> None:
    doc, desk = from_example(), the_desk()
    cut = Reply("全年完成各项任务。正在", finish_reason="content_filter")
    with FakeEndpoint(cut) as fake:
        endpoint = EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0)
        desk.engines.use_endpoint(endpoint)
        desk.redraw(doc, "conscription")
        tab = drafted(Tab(doc, "draft")).press("pick-conscription")
        assert "接着写还会被拦" in tab.words
        assert not tab.has_button("go-on")
        desk.draft_all(doc)
        assert desk.wait(doc, 60)
        goes_on = {"role": "assistant", "content": "全年完成各项任务。"}
        assert not any(goes_on in chat.messages for chat in fake.chats), "全部起草 writes it from its beginning"
        desk.engines.use_endpoint(endpoint.model_copy(update={"model": "another"}))
        assert Tab(doc, "draft").press("pick-conscription").has_button("go-on"), "another model may go on"
        desk.engines.use_endpoint(endpoint)
        drafted(Tab(doc, "draft").press("pick-conscription").press("filtered-embedded"))
    now = tab.report.section("conscription")
    assert now is not None
    assert (now.state, now.engine) == (SectionState.DRAFTED, "embedded")
    assert any(version.text.startswith("全年完成各项任务。") for version in desk.versions(doc, "conscription"))


def test_a_models_draft_shows_a_required_fact_that_is_empty() -> None:
    doc, desk = from_example(), the_desk()
    desk.set_fact(doc, "入伍人数", None)
    with FakeEndpoint(slots) as fake:
        desk.engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        desk.redraw(doc, "conscription")
        tab = drafted(Tab(doc, "draft"))
        asked = fake.chats[0].messages[-1]["content"]
    assert "{{入伍人数}}（还没有报来，照样写进正文" in asked
    assert '<span class="ng-chip missing long" title="还没有填：入伍人数">' in tab.markup
    assert "【待补：入伍人数】" in tab.words
    missing = [one for one in desk.findings(tab.report) if "入伍人数" in one.facts]
    assert {one.rule for one in missing} == {"placeholder.missing"}, "shown in its place, so not told a second time"


# ---- sentences that a model writes anew


@pytest.mark.parametrize(
    ("answer", "told", "kept"),
    [
        ("全年送兵20名。", "“征兵”没有写成：模型没有给出能用的改写，原文没有动。", True),
        ("", "没有写出任何文字。请重试一次；若仍如此，请换一个模型。原来的文字没有动。", True),
        ("兵员质量明显提高。", "“征兵”请留意：改写后不再提“入伍人数”。", False),
        (
            "全年送兵{{入伍人数|名}}，走访慰问{{走访慰问户数}}。",
            "写进了“双拥”一节的“走访慰问户数”，两处可能重复。",
            False,
        ),
    ],
    ids=["a number of its own", "nothing", "a fact lost", "a fact of another section"],
)
def test_what_became_of_chosen_sentences_is_told_on_the_paper(answer: str, told: str, kept: bool) -> None:
    doc, desk = from_example(), the_desk()
    section = desk.report(doc).section("conscription")
    assert section is not None
    text = "广泛发动，登记{{兵役登记}}。全年送兵{{入伍人数|名}}。没有退兵。"
    desk.store.save_text(doc, "conscription", text, section.revision, Origin.DRAFT)
    with FakeEndpoint(Reply(answer)) as fake:
        desk.engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        desk.rewrite(doc, "conscription", 1, sentence_spans(text)[1:2], "更精简")
        tab = drafted(Tab(doc, "draft"))
    assert told in tab.told
    assert "已来的部分" not in tab.told
    now = tab.report.section("conscription").text  # type: ignore[union-attr]
    assert now.startswith("广泛发动，登记{{兵役登记}}。")
    assert now.endswith("没有退兵。")
    assert (now == text) is kept
    assert told not in tab.press("dismiss-conscription").told
