"""核校 and what belongs to it on 起草: kept numbers, the grid of facts, sections that may be out of date."""

from __future__ import annotations

import pytest
from app_kit import Tab, drafted, the_desk, written

from assistant.ui.coverage import cell, columns, place_of
from assistant.ui.session import desk

KEY = "opening"


@pytest.fixture
def tab() -> Tab:
    return Tab(written(), "draft")


def text_of(tab: Tab, key: str) -> str:
    section = tab.report.section(key)
    assert section is not None
    return section.text


def enlisting(tab: Tab) -> str:
    """The section at whose home 入伍人数 is."""
    return next(section.key for section in tab.report.written if "入伍人数" in section.facts)


def test_a_number_is_kept_by_one_press_and_taken_back(tab: Tab) -> None:
    tab.edit(KEY, "出动车辆17辆，处置险情。")
    tab.go("review")
    assert "“17辆”没有事实依据" in tab.words
    tab.press("保留这个数")
    assert "已保留的数（1）" in tab.words
    assert "没有事实依据" not in tab.words
    assert "“17辆”，处置险情" in tab.words
    tab.go("draft")
    assert "ng-bare" not in tab.markup, "no wavy line under what a person answers for"
    assert "处裸数字" not in tab.words
    tab.go("review").press("取消保留")
    assert "“17辆”没有事实依据" in tab.words
    assert "已保留的数" not in tab.words


def test_who_speaks_for_the_person_is_mended_by_one_press(tab: Tab) -> None:
    tab.edit(KEY, "由党工委书记履行第一责任人职责，我街道被评为先进。")
    tab.go("review")
    assert "由党工委书记履行第一责任人职责……”把述职人自己说成了别人" in tab.words
    tab.press("改为“我”")
    assert text_of(tab, KEY) == "由我履行第一责任人职责，我街道被评为先进。"
    assert "口吻" not in tab.words


def test_a_kept_number_lets_the_final_file_out(tab: Tab) -> None:
    open_before = len([one for one in desk().findings(tab.report) if one.severity == "error"])
    tab.edit(KEY, "出动车辆17辆。")
    tab.go("export")
    assert f"还有 {open_before + 1} 处必须处理的问题" in tab.words
    tab.go("review").press("保留这个数")
    assert len([one for one in desk().findings(tab.report) if one.severity == "error"]) == open_before


def test_a_stale_section_says_why_and_is_affirmed(tab: Tab) -> None:
    doc, key = tab.doc, enlisting(tab)
    the_desk().set_fact(doc, "入伍人数", {"value": 21, "last_year": 20})
    tab.edit(key, "输送新兵{{入伍人数}}，比去年增长。")
    assert "可能过期" not in tab.again().words
    the_desk().set_fact(doc, "入伍人数", {"value": 19, "last_year": 20})
    assert "由增长变为下降" in tab.press(f"pick-{key}").words
    (line,) = [found.label for found in tab.app.button if "可能过期" in found.label]
    assert line == tab.app.button(key=f"pick-{key}").label, "this section and no other"
    assert "可能过期的章节（1）" in tab.go("review").words
    tab.go("draft").press("stale-affirm")
    assert "可能过期" not in tab.again().words
    assert "确认过仍然有效" in tab.words
    assert text_of(tab, key) == "输送新兵{{入伍人数}}，比去年增长。"


def test_a_stale_section_is_redrawn(tab: Tab) -> None:
    key = enlisting(tab)
    tab.press(f"pick-{key}")
    the_desk().set_fact(tab.doc, "入伍人数", None)
    tab.again()
    assert "可能过期" in tab.words
    drafted(tab.press("stale-redraw"))
    assert "可能过期" not in tab.again().words


def test_what_is_left_out_is_worked_in(tab: Tab) -> None:
    key = enlisting(tab)
    tab.press(f"pick-{key}")
    before = text_of(tab, key)
    tab.edit(key, "输送新兵{{入伍人数}}。")
    assert "未用 " in tab.again().words
    drafted(tab.press("work-in").press("继续"))
    # A person wrote the text in place: the fuller one waits beside it.
    assert text_of(tab, key) == "输送新兵{{入伍人数}}。"
    waiting = the_desk().candidates(tab.doc)[key]
    assert waiting.text.count("{{") > 1
    assert before


def test_what_the_phrases_cannot_tell_is_said_to_be_so(tab: Tab) -> None:
    desk_ = the_desk()
    stuck = [
        section.key
        for section in tab.report.written
        if desk_.unused(tab.report, section) and desk_.fuller(tab.report, section) is None
    ]
    for key in stuck:
        tab.press(f"pick-{key}")
        assert tab.app.button(key="work-in").disabled
        assert "直接编辑" in tab.app.button(key="work-in").help


def test_the_grid_and_where_its_cells_lead(tab: Tab) -> None:
    tab.go("review")
    assert "事实用在哪里" in tab.words
    report = tab.report
    rows, heads = desk().coverage(report), columns(report)
    (grid,) = tab.app.dataframe
    assert len(grid.value) == len(rows)
    assert list(grid.value.columns)[3:-1] == list(heads.values())
    assert len(set(heads.values())) == len(heads)
    key = enlisting(tab)
    number = next(place for place, row in enumerate(rows) if row.label == "入伍人数")
    assert place_of((number, heads[key]), rows, heads) == ("draft", key)
    assert place_of((number, "事实"), rows, heads) == ("facts", rows[number].group)
    assert cell(rows[number], key, drafted=True).startswith("●")
    the_desk().set_fact(tab.doc, "入伍人数", None)
    empty = next(row for row in desk().coverage(tab.report) if row.label == "入伍人数")
    assert cell(empty, key, drafted=True).startswith("●"), "it is named there, though it prints a placeholder"


def test_markup_in_a_kept_sentence_is_text(tab: Tab) -> None:
    tab.edit(KEY, "**重要** <b>车</b> 出动17辆 :red[x]。")
    tab.go("review").press("保留这个数")
    shown = next(found.value for found in tab.app.markdown if "17辆" in found.value)
    assert "\\*\\*重要\\*\\*" in shown
    assert "\\<b" in shown
