"""编辑提纲 on the page: a person moves, adds, deletes, changes the voice; nothing is lost, everything comes back."""

from __future__ import annotations

import time
from typing import Any

import pytest
from app_kit import Tab, from_example, the_desk, written

from assistant.reports.outline import numbers
from assistant.reports.outline_edit import OWN
from assistant.reports.outline_history import mark_of
from tests.fakes.endpoint import FakeEndpoint, Reply


@pytest.fixture
def doc() -> str:
    return from_example()


def opened(doc: str) -> Tab:
    return Tab(doc, "draft").press("outline-edit")


def names(tab: Tab) -> list[str]:
    numbered = numbers(tab.report.sections)
    return [f"{numbered[one.key]}{one.title}" for one in tab.report.sections]


def pick(tab: Tab, key: str) -> Tab:
    return tab.press(f"outline-row-{key}")


def widget(tab: Tab, kind: str, name: str) -> Any:
    return next(found for found in getattr(tab.app, kind) if str(found.key).startswith(f"{name}:"))


def test_moving_numbers_the_outline_anew_and_one_press_brings_it_back(doc: str) -> None:
    tab = opened(doc)
    before = names(tab)
    pick(tab, "double-support").press("outline-up")
    assert names(tab)[2:4] == ["二、双拥", "三、工作重点"]
    assert tab.button("undo-outline").label == "撤销提纲：移动“双拥”"
    # A reload knows it too.
    again = opened(doc)
    again.press("undo-outline")
    assert names(again) == before
    again.press("redo-outline")
    assert names(again)[2] == "二、双拥"


def test_only_what_is_possible_can_be_pressed(doc: str) -> None:
    tab = opened(doc)
    assert tab.button("outline-delete").disabled
    pick(tab, "defence-education")
    states = {way: tab.button(f"outline-{way}").disabled for way in ("up", "down", "in", "out")}
    assert states == {"up": True, "down": False, "in": True, "out": False}


def test_a_deleted_section_comes_back_with_its_text(doc: str) -> None:
    the_desk().edit(doc, "double-support", "亲手写的双拥。", 0)
    tab = opened(doc)
    pick(tab, "double-support").press("outline-delete")
    assert tab.report.section("double-support") is None
    assert "已删去“双拥”" in tab.told
    assert "双拥" not in "".join(names(tab))
    tab.press("outline-back-double-support")
    back = tab.report.section("double-support")
    assert back is not None
    assert back.text == "亲手写的双拥。"


def test_an_own_section_gets_facts_and_is_drafted(doc: str) -> None:
    tab = opened(doc)
    pick(tab, "principle")
    tab.type(widget(tab, "text_input", "outline-new"), "基层武装部建设").press("outline-add")
    own = next(one for one in tab.report.sections if one.template == OWN)
    assert names(tab)[2] == "二、基层武装部建设"
    tab.type(widget(tab, "multiselect", "brief-facts"), ["民兵器材库", "专武干部"])
    assert tab.report.section(own.key).facts == ("民兵器材库", "专武干部")  # type: ignore[union-attr]
    # Each figure has one home.
    assert "专武干部" not in tab.report.section("principle").facts  # type: ignore[union-attr]
    tab.type(widget(tab, "text_area", "brief-instruction"), "写实一些")
    tab.press("outline-done").press("draft-all")
    assert the_desk().wait(doc, 90)
    text = tab.report.section(own.key).text  # type: ignore[union-attr]
    assert text == "民兵器材库{{民兵器材库}}，专武干部{{专武干部}}。"
    assert tab.report.section(own.key).instruction == "写实一些"  # type: ignore[union-attr]


def test_a_heading_is_chosen_from_two(doc: str) -> None:
    tab = opened(doc)
    pick(tab, "double-support")
    offered = tab.button("heading-1").label
    tab.press("heading-1")
    assert tab.report.section("double-support").heading == offered  # type: ignore[union-attr]
    assert widget(tab, "text_input", "brief-heading").value == offered
    first = tab.button("heading-0").label
    tab.press("heading-turn")
    assert tab.button("heading-0").label != first


def test_a_section_goes_under_another_heading(doc: str) -> None:
    tab = opened(doc)
    pick(tab, "double-support")
    tab.type(widget(tab, "selectbox", "outline-host"), "focus")
    assert "（五）双拥" in names(tab)
    assert tab.report.section("double-support").depth == 2  # type: ignore[union-attr]


def test_another_tab_is_told_and_nothing_is_overwritten(doc: str) -> None:
    mine, theirs = opened(doc), opened(doc)
    pick(mine, "double-support")
    pick(theirs, "double-support").press("outline-up")
    after = names(theirs)
    mine.press("outline-delete")
    assert "别处改过" in mine.told
    assert names(mine) == after


def test_the_voice_is_looked_at_before_it_is_changed() -> None:
    doc = written()
    desk = the_desk()
    section = desk.report(doc).section("conscription")
    assert section is not None
    desk.edit(doc, "conscription", "我全程参加了定兵会。", section.revision)
    before = desk.report(doc)
    tab = opened(doc).press("voice")
    assert "党管武装工作情况报告" in tab.words
    assert "需改口吻 1 节" in tab.words
    assert "我全程参加了定兵会" in tab.words
    assert desk.report(doc) == before
    tab.press("voice-yes")
    after = tab.report
    assert desk.title(after).endswith("工作情况报告")
    assert after.sheet.value("文种") == "工作情况报告"
    assert "我始终" not in after.section("opening").text  # type: ignore[union-attr]
    assert after.section("conscription").text == "我全程参加了定兵会。"  # type: ignore[union-attr]
    pick(tab, "conscription").press("outline-done")
    assert "需改口吻" in tab.words
    tab.press("outline-edit").press("undo-outline")
    assert mark_of(tab.report) == mark_of(before)
    assert [one.text for one in tab.report.sections] == [one.text for one in before.sections]
    assert tab.report.sheet.value("文种") == "述职报告"


def use(fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_BASE_URL", fake.base_url)
    monkeypatch.setenv("NIGAO_MODEL", "fake")


def test_a_model_s_headings_are_offered_and_its_numbers_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [Reply("慰问军属63户，发放慰问金\n办好暖心实事，温暖军属心间\n"), Reply("慰问军属63户，发放慰问金")]
    with FakeEndpoint(answers) as fake:
        use(fake, monkeypatch)
        tab = pick(opened(from_example()), "double-support").press("heading-ask")
        assert tab.button("heading-0").label == "办好暖心实事，温暖军属心间"
        assert not tab.has_button("heading-1")
        tab.press("heading-ask")
        assert "写了数字" in tab.told
        tab.press("heading-0")
        assert tab.report.section("double-support").heading == "办好暖心实事，温暖军属心间"  # type: ignore[union-attr]


def test_a_model_that_thinks_long_over_a_heading_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ui.beside_page.AT_ONCE", 0.1)
    with FakeEndpoint(Reply("办好暖心实事，温暖军属心间", first_after=2)) as fake:
        use(fake, monkeypatch)
        tab = pick(opened(from_example()), "double-support").press("heading-ask")
        assert "正在等模型拟标题" in tab.words
        tab.press("heading-turn")
        for _ in range(100):
            if tab.button("heading-0").label == "办好暖心实事，温暖军属心间":
                break
            time.sleep(0.1)
            tab.again()
        assert "正在等" not in tab.words
        tab.press("heading-0")
        assert tab.report.section("double-support").heading == "办好暖心实事，温暖军属心间"  # type: ignore[union-attr]


def test_a_model_redraws_after_the_voice_was_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = written()
    with FakeEndpoint(Reply("各项工作有序推进。")) as fake:
        use(fake, monkeypatch)
        the_desk().engines.use_endpoint(the_desk().engines.described(fake.base_url, "fake", "custom", ""))
        tab = opened(doc).press("voice")
        assert "由模型重写" in tab.words
        tab.press("voice-yes")
        assert "正由模型重写" in tab.told
        assert the_desk().wait(doc, 90)
        assert tab.again().report.section("opening").text == "各项工作有序推进。"  # type: ignore[union-attr]


def test_a_text_of_the_old_voice_says_so_before_it_is_taken() -> None:
    doc, desk = written(), the_desk()
    opened(doc).press("voice").press("voice-yes")
    desk.store.save_draft(doc, "opening", "我始终把武装工作抓在手上，现述职如下。", base_revision=0, propose=True)
    tab = Tab(doc, "draft").press("pick-opening")
    assert "口吻不对" in tab.words
    assert "个人述职的口吻（“我始终把武装" in tab.words
    assert tab.has_button("accept"), "who wants it all the same can have it"


def test_the_box_of_what_can_be_added_is_shut_after_a_press(doc: str) -> None:
    def box(tab: Tab) -> str:
        return next(
            str(found.proto.popover.id or found.key) for found in tab.app.get("popover") if "添加" in str(found.proto)
        )

    tab = pick(opened(doc), "conscription")
    before = box(tab)
    tab.type(widget(tab, "text_input", "outline-new"), "防汛抢险").press("outline-add")
    assert box(tab) != before, "another box, which begins shut"


def test_a_section_that_is_added_takes_its_figures_from_the_others(doc: str) -> None:
    desk = the_desk()
    offered = desk.sections_to_add(desk.report(doc))
    here = {label for one in desk.report(doc).sections for label in one.facts}
    known = max(offered, key=lambda one: len(here & set(one.facts)))
    tab = opened(doc)
    widget(tab, "selectbox", "outline-known").select(known.template).run()
    tab.press("outline-add-known")
    added = next(one for one in tab.report.sections if one.template == known.template)
    schema = tab.report.sheet.schema
    for label in added.facts:
        item = schema.find(label)
        homes = [one.key for one in tab.report.sections if label in one.facts]
        assert item
        assert homes == [added.key] or not item.type.numeric, label
    assert "现在归这一节写" in tab.told
