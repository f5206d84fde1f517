"""The assistant at the right of 起草: said, proposed, taken with one press, taken back with one."""

from __future__ import annotations

import re

import pytest
from app_kit import Tab, drafted, from_example, the_desk, written

from assistant.drafting.settings import EndpointSettings
from tests.fakes.endpoint import FakeEndpoint, Reply


@pytest.fixture
def tab() -> Tab:
    return Tab(written(), "draft")


def say(tab: Tab, words: str) -> Tab:
    tab.app.chat_input[0].set_value(words).run()
    return tab.sound()


def fact(tab: Tab, label: str) -> object:
    return tab.report.sheet.value(label)


def test_an_empty_conversation_shows_what_can_be_said(tab: Tab) -> None:
    assert "没有接模型" in tab.markup
    the_desk().set_fact(tab.doc, "入伍人数", None)
    tab.press("还缺哪些数？")
    assert '<div class="ng-said mine"><span>还缺哪些数？' in tab.markup
    assert re.search("没有填的有 \\d 项：入伍人数", tab.words)


def test_facts_are_taken_and_taken_back_with_one_press_each(tab: Tab) -> None:
    say(tab, "今年征兵25人，其中大学生21人")
    assert "<span>入伍人数</span><span>18人</span><span>25人</span>" in tab.markup
    assert fact(tab, "入伍人数") == 18, "a proposal changes nothing"
    tab.press("全部采用")
    assert (fact(tab, "入伍人数"), fact(tab, "大学生入伍")) == (25, 21)
    assert '<span class="ng-chip" title="入伍人数">25' in tab.markup, "the paper shows it at once"
    tab.press("untake-2-0")
    assert (fact(tab, "入伍人数"), fact(tab, "大学生入伍")) == (18, 16)
    assert "已撤销" in tab.words


def test_one_of_several_facts(tab: Tab) -> None:
    say(tab, "今年征兵25人，其中大学生21人").press("take-2-1").press("refuse-2-0")
    assert (fact(tab, "入伍人数"), fact(tab, "大学生入伍")) == (18, 21)
    tab.press("reopen-2-0").press("take-2-0")
    assert fact(tab, "入伍人数") == 25


def test_the_conversation_survives_a_reload_and_another_page(tab: Tab) -> None:
    say(tab, "今年征兵25人，其中大学生21人")
    again = Tab(tab.doc, "draft")
    assert "今年征兵25人" in again.markup
    again.press("全部采用")
    assert fact(again, "入伍人数") == 25
    assert "untake-2-0" in {found.key for found in tab.go("facts").go("draft").app.button}


def test_earlier_words_come_page_by_page(tab: Tab) -> None:
    the_desk().chat.say(tab.doc, "征兵25人")
    for _ in range(8):
        the_desk().chat.say(tab.doc, "多少字了？")
    assert "征兵25人" not in tab.again().markup
    assert "征兵25人" in tab.press("更早的对话").markup


def test_a_new_wording_is_taken_and_taken_back(tab: Tab) -> None:
    before = tab.report.section("conscription").text  # type: ignore[union-attr]
    drafted(say(tab, "征兵那节换个写法"))
    assert tab.report.section("conscription").text == before  # type: ignore[union-attr]
    assert tab.app.session_state["section"] == "conscription", "the section comes before the person's eyes"
    assert "ng-compared" in tab.markup
    tab.press("text-take-2")
    assert tab.report.section("conscription").text != before  # type: ignore[union-attr]
    tab.press("text-undo-2")
    assert tab.report.section("conscription").text == before  # type: ignore[union-attr]


def test_a_question_leads_to_the_place(tab: Tab) -> None:
    say(tab, "哪几处用了入伍人数？").press("said-link-2-0")
    assert tab.app.session_state["section"] == "conscription"
    say(tab, "入伍人数是多少？").press("said-link-4-0")
    assert tab.field("入伍人数").value == "18"


def test_a_command_opens_its_page(tab: Tab) -> None:
    say(tab, "导出")
    assert "送审稿" in tab.words


def test_words_are_shown_as_they_are(tab: Tab) -> None:
    say(tab, "<img src=x onerror=alert(1)> {{入伍人数}}")
    assert "<img" not in tab.markup
    assert "&lt;img src=x" in tab.markup


def test_too_long_a_message_is_told(tab: Tab) -> None:
    say(tab, "入伍12人。" * 1000)
    assert "太长" in tab.told
    assert fact(tab, "入伍人数") == 18
    assert tab.app.chat_input[0].proto.value == "入伍12人。" * 1000, "the words are in the box again"


def test_a_conversation_is_cleared_and_brought_back(tab: Tab) -> None:
    say(tab, "今年征兵25人，其中大学生21人").press("take-2-0").press("清空对话")
    assert "今年征兵25人" not in tab.markup
    assert fact(tab, "入伍人数") == 25, "what was taken stays"
    assert "今年征兵25人" not in Tab(tab.doc, "draft").markup
    assert "今年征兵25人" in tab.press("恢复刚才清空的对话").markup
    tab.press("清空对话")
    say(tab, "多少字了？")
    assert "今年征兵25人" not in tab.markup


def test_a_models_words_print_values_and_mark_numbers_of_their_own(tab: Tab) -> None:
    with FakeEndpoint(Reply("今年送走{{入伍人数}}，比别处多了99人。")) as fake:
        the_desk().engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        say(tab, "说说送兵那摊子事")
        assert the_desk().chat.askings.wait(tab.doc, 90)
        tab.again()
    assert '<span class="ng-chip" title="入伍人数">18人' in tab.markup
    assert '<span class="ng-bare" title="没有事实支持这个数">99人</span>' in tab.markup


def test_stop_goes_when_all_is_written() -> None:
    with FakeEndpoint(Reply("全年送兵{{入伍人数}}。", ending="stall")) as fake:
        the_desk().engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        tab = say(Tab(from_example(), "draft"), "全部起草")
        assert tab.has_button("said-choice-2-0")
        tab.press("said-choice-2-0")
        drafted(tab)
        assert "已停，写出来的部分都留着" in tab.words
        assert not tab.has_button("said-choice-2-0"), "nothing is left to stop"
        say(tab, "全部起草")
        assert tab.has_button("said-choice-6-0"), tab.words
        assert not tab.has_button("said-choice-2-0"), "one is enough"
        the_desk().stop(tab.doc)
        drafted(tab)


def test_the_panel_shows_the_section_that_was_picked(tab: Tab) -> None:
    assert tab.app.session_state["panel-tab"] == "助手"
    tab.press("pick-conscription")
    assert tab.app.session_state["panel-tab"] == "本节"
    say(tab, "多少字了？")
    assert "字" in tab.markup
