"""起草: drafts, edits that nothing loses, candidates, history, locks."""

from __future__ import annotations

import pytest
from app_kit import SHAPES, Tab, drafted, from_example, the_desk, written

from assistant.reports.report import Origin, SectionState
from assistant.slots.render import render_text

SECTION = "opening"


@pytest.fixture
def tab() -> Tab:
    return Tab(written(), "draft")


def text(tab: Tab, key: str = SECTION) -> str:
    found = tab.report.section(key)
    assert found is not None
    return found.text


def others(tab: Tab) -> str:
    return next(section.key for section in tab.report.written if section.key != SECTION)


@pytest.mark.parametrize("example", [f"{name}.yaml" for name in (
    "qinghe-work-a", "dongling-duty-b", "liulin-duty-c", "shiqiao-duty-d", "pingan-work-safety"
)])  # fmt: skip
def test_draft_all_writes_every_section(example: str) -> None:
    assert len(SHAPES) == 5
    tab = Tab(from_example(example), "draft")
    drafted(tab.press("起草全部章节"))
    assert all(section.text for section in tab.report.written)
    assert all(section.state is SectionState.DRAFTED for section in tab.report.written)
    assert "（未起草）" not in tab.words
    assert "内置范式" in tab.words, "nobody is to take phrases for a model's work"
    assert tab.app.button(key="draft-all").disabled


def test_facts_stand_in_the_paper_as_marked_values(tab: Tab) -> None:
    assert '<span class="ng-chip" title="入伍人数">18' in tab.markup
    the_desk().set_fact(tab.doc, "入伍人数", 19)
    assert '<span class="ng-chip" title="入伍人数">19' in tab.again().markup, "no draft is needed for a changed fact"
    the_desk().set_fact(tab.doc, "入伍人数", None)
    assert "【待补：入伍人数】" in tab.again().markup


def test_draft_one_section_from_its_tools() -> None:
    tab = Tab(from_example(), "draft").press(f"pick-{SECTION}").press("redraw")
    drafted(tab)
    assert text(tab)
    assert sum(bool(section.text) for section in tab.report.written) == 1
    assert not tab.app.button(key="draft-all").disabled
    drafted(tab.press("draft-all"))
    assert all(section.text for section in tab.report.written)


def test_redraw_gives_another_wording_and_keeps_the_old_one(tab: Tab) -> None:
    before = text(tab)
    drafted(tab.press(f"pick-{SECTION}").press("redraw"))
    assert text(tab) != before
    words = tab.unfold("history").words
    assert render_text(before, tab.report.sheet) in words, "the old version can be looked at"


def test_redraw_all_leaves_what_was_edited_or_locked(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段。").press("edit-done")
    locked = others(tab)
    the_desk().lock(tab.doc, locked, True)
    before = {section.key: section.text for section in tab.report.written}
    drafted(tab.again().press("redraft-all"))
    after = {section.key: section.text for section in tab.report.written}
    assert {key for key in after if after[key] == before[key]} == {SECTION, locked}


# ---- an edit is never lost


def test_edit_is_on_disk_when_the_page_shows_it(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段，送兵{{入伍人数}}。")
    assert text(tab) == "手写的一段，送兵{{入伍人数}}。"
    assert tab.report.section(SECTION).state is SectionState.EDITED  # type: ignore[union-attr]
    tab.press("edit-done")
    assert '手写的一段，送兵<span class="ng-chip" title="入伍人数">18' in tab.markup


def test_edit_survives_a_page_switch(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段。")
    tab.go("facts").go("draft")
    assert text(tab) == "手写的一段。"
    assert tab.editor.value == "手写的一段。"
    assert tab.type(tab.editor, "手写的两段。").editor.value == "手写的两段。"
    assert text(tab) == "手写的两段。"


def test_edit_survives_a_reload(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段。")
    assert "手写的一段。" in Tab(tab.doc, "draft").words


def test_edit_survives_a_redraw_of_its_neighbour(tab: Tab) -> None:
    neighbour = others(tab)
    tab.edit(SECTION, "手写的一段。")
    the_desk().redraw(tab.doc, neighbour)
    drafted(tab)
    assert text(tab) == "手写的一段。"
    assert tab.editor.value == "手写的一段。"


def test_edit_and_redraw_in_one_run_keep_the_edit(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段。")
    tab.editor.set_value("手写的又一段。")
    drafted(tab.press("redraw").press("继续"))
    assert text(tab) == "手写的又一段。", "the browser commits the text first, then the press"
    assert SECTION in the_desk().candidates(tab.doc)


def test_edits_one_after_another_are_no_conflict(tab: Tab) -> None:
    tab.edit(SECTION, "第一句。")
    for words in ("第二句。", "第三句。"):
        tab.type(tab.editor, words)
    assert text(tab) == "第三句。"
    assert not tab.app.warning


def test_two_tabs_that_edit_the_same_section_keep_both_texts(tab: Tab) -> None:
    other = Tab(tab.doc, "draft")
    other.edit(SECTION, "别人写的一段。")
    tab.app.session_state["section"] = tab.app.session_state["editing"] = SECTION
    tab.again()
    other.type(other.editor, "别人先存的一段。")
    tab.type(tab.editor, "我写的一段。")
    assert text(tab) == "别人先存的一段。", "nothing is overwritten before somebody chose"
    assert "我写的一段。" in tab.words
    assert "别人先存的一段。" in tab.words
    tab.press("用我写的")
    assert text(tab) == "我写的一段。"
    assert tab.editor.value == "我写的一段。"
    assert {"我写的一段。", "别人先存的一段。"} <= {version.text for version in the_desk().versions(tab.doc, SECTION)}


def test_the_text_that_was_not_chosen_is_in_the_history(tab: Tab) -> None:
    tab.app.session_state["section"] = tab.app.session_state["editing"] = SECTION
    tab.again()
    Tab(tab.doc, "draft").edit(SECTION, "别人先存的一段。")
    tab.type(tab.editor, "我写的一段。").press("用别处的")
    assert text(tab) == tab.editor.value == "别人先存的一段。"
    assert "我写的一段。" in {version.text for version in the_desk().versions(tab.doc, SECTION)}


def test_reload_before_choosing_loses_neither_text(tab: Tab) -> None:
    tab.app.session_state["section"] = tab.app.session_state["editing"] = SECTION
    tab.again()
    Tab(tab.doc, "draft").edit(SECTION, "别人先存的一段。")
    tab.type(tab.editor, "我写的一段。")
    again = Tab(tab.doc, "draft").press(f"pick-{SECTION}")
    assert text(again) == "别人先存的一段。"
    assert "我写的一段。" in again.unfold("history").words


def test_section_deleted_from_under_the_editor_is_told(tab: Tab) -> None:
    tab.edit(SECTION, "手写的一段。")
    the_desk().delete(tab.doc)
    tab.type(tab.editor, "再写一段。")
    assert tab.app.error or tab.app.warning
    assert "没有打开的报告" in tab.words


def test_50000_characters_pasted_into_a_section(tab: Tab) -> None:
    pasted = "坚持党管武装，落实各项任务。\n" * 3400
    assert len(pasted) > 50_000
    tab.edit(SECTION, pasted)
    assert text(tab).strip() == pasted.strip()
    tab.press("edit-done")
    for page in ("review", "export", "draft"):
        tab.go(page)


def test_more_than_the_store_takes_is_told_and_loses_nothing(tab: Tab) -> None:
    before = text(tab)
    tab.edit(SECTION, "字" * 2_000_000)
    assert tab.told
    assert text(tab) == before
    assert len(tab.editor.value) == 2_000_000, "what was pasted stays in its place"


# ---- candidates, history, locks


@pytest.fixture
def with_candidate(tab: Tab) -> Tab:
    tab.edit(SECTION, "手写的一段。").press("edit-done")
    return drafted(tab.press("redraw").press("继续"))


def test_redraw_of_an_edited_section_waits_beside_it(with_candidate: Tab) -> None:
    assert text(with_candidate) == "手写的一段。"
    assert "新稿" in with_candidate.words
    assert any("新稿待定" in found.label for found in with_candidate.app.button)


def test_candidate_accepted(with_candidate: Tab) -> None:
    candidate = the_desk().candidates(with_candidate.doc)[SECTION]
    with_candidate.press("accept")
    assert text(with_candidate) == candidate.text
    assert not with_candidate.has_button("accept")
    with_candidate.press("edit")
    assert with_candidate.editor.value == candidate.text


def test_candidate_discarded(with_candidate: Tab) -> None:
    candidate = the_desk().candidates(with_candidate.doc)[SECTION]
    with_candidate.press("discard")
    assert text(with_candidate) == "手写的一段。"
    assert not with_candidate.has_button("accept")
    assert candidate.text in [version.text for version in the_desk().versions(with_candidate.doc, SECTION)]


def test_candidate_of_a_text_that_moved_on_is_not_put_over_it(with_candidate: Tab) -> None:
    Tab(with_candidate.doc, "draft").edit(SECTION, "又改了的一段。")
    with_candidate.press("accept")
    assert text(with_candidate) == "又改了的一段。"
    assert with_candidate.told


def test_conflict_leaves_a_waiting_candidate_waiting(with_candidate: Tab) -> None:
    candidate = the_desk().candidates(with_candidate.doc)[SECTION]
    with_candidate.press("edit")
    Tab(with_candidate.doc, "draft").edit(SECTION, "别人先存的一段。")
    with_candidate.type(with_candidate.editor, "我写的一段。")
    assert the_desk().candidates(with_candidate.doc)[SECTION].text == candidate.text


def test_old_version_restored(tab: Tab) -> None:
    before, number = text(tab), tab.report.section(SECTION).revision  # type: ignore[union-attr]
    tab.edit(SECTION, "手写的一段。").unfold("history").press(f"restore-{SECTION}-{number}")
    assert text(tab) == before
    assert tab.editor.value == before, "an open editor shows what was restored"
    [newest, *_] = the_desk().versions(tab.doc, SECTION)
    assert newest.origin is Origin.RESTORE
    assert "手写的一段。" in [version.text for version in the_desk().versions(tab.doc, SECTION)]


def test_locked_section_is_not_drafted(tab: Tab) -> None:
    before = text(tab)
    tab.press(f"pick-{SECTION}").press("lock")
    assert tab.app.button(key="redraw").disabled
    assert any("已锁" in found.label for found in tab.app.button)
    drafted(tab.press("redraft-all"))
    assert text(tab) == before
    tab.press("lock")
    assert not tab.app.button(key="redraw").disabled


def test_lock_set_elsewhere_stops_a_redraw_from_an_old_page(tab: Tab) -> None:
    before = text(tab)
    tab.press(f"pick-{SECTION}")
    the_desk().lock(tab.doc, SECTION, True)
    tab.press("redraw")
    assert "已锁定" in tab.told
    assert text(tab) == before


def test_length_is_changed_for_the_next_draft(tab: Tab) -> None:
    tab.app.selectbox(key="length").set_value("精简").run()
    assert tab.report.length == "精简"
    assert "目标 1,100" in tab.words


def test_status_line_counts(tab: Tab) -> None:
    assert "处待补" not in tab.words
    the_desk().set_fact(tab.doc, "入伍人数", None)
    assert "处待补" in tab.again().words
    tab.edit(SECTION, "全年组织活动99场。").press("edit-done")
    assert "1 处裸数字" in tab.words
    assert 'class="ng-bare"' in tab.markup
