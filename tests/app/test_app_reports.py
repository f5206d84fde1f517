"""Every page without a report, and 报告: new, example, open, copy to next year, delete and back."""

from __future__ import annotations

import pytest
from app_kit import PAGES, SHAPES, Tab, from_example, the_desk, written


@pytest.mark.parametrize("page", PAGES)
def test_page_runs_on_an_empty_database(page: str) -> None:
    tab = Tab(page=page)
    if page == "reports":
        assert "还没有报告" in tab.words
    elif page == "settings":
        assert "内置范式" in tab.words
    else:
        assert "没有打开的报告" in tab.words
        assert [link.label for link in tab.app.page_link] == ["去“报告”页"]


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("reports", "settings")])
def test_page_says_that_the_report_of_its_address_is_gone(page: str) -> None:
    tab = Tab(doc="no-such-report", page=page)
    assert "没有打开的报告" in tab.words


@pytest.mark.parametrize("page", PAGES)
def test_page_runs_on_a_report_without_a_single_fact(page: str) -> None:
    tab = Tab(doc=the_desk().create("armed-forces-work", "work-a").id, page=page)
    assert "没有打开的报告" not in tab.words


@pytest.mark.parametrize(("type_key", "shape"), SHAPES)
def test_new_report_of_a_shape(type_key: str, shape: str) -> None:
    tab = Tab()
    if tab.app.selectbox[0].value != type_key:
        tab.app.selectbox[0].set_value(type_key).run()
    tab.app.radio(key="new-shape").set_value(shape).run()
    tab.press("新建")
    assert tab.report.report_type == type_key
    assert tab.report.shape.key == shape
    assert "事实已填" in tab.words
    assert tab.app.query_params["doc"] == tab.doc
    tab.go("draft")
    assert "还没有文字" in tab.words
    assert tab.has_button("起草全部章节")


@pytest.mark.parametrize(("type_key", "shape"), SHAPES)
def test_example_of_a_shape_opens_ready_to_draft(type_key: str, shape: str) -> None:
    tab = Tab()
    if tab.app.selectbox[0].value != type_key:
        tab.app.selectbox[0].set_value(type_key).run()
    tab.app.radio(key="new-shape").set_value(shape).run()
    tab.press("用示例试一试")
    assert tab.report.sheet.filled() > 5
    assert tab.has_button("起草全部章节")


def test_length_is_chosen_with_the_shape() -> None:
    tab = Tab()
    tab.app.button_group[0].set_value("详实").run()
    tab.press("新建")
    assert tab.report.length == "详实"


def test_reports_are_listed_with_their_state_and_open_where_pressed() -> None:
    blank, full = from_example("qinghe-work-a.yaml"), written()
    tab = Tab()
    assert "清河镇2025年党管武装工作情况报告" in tab.words
    assert "未起草" in tab.words
    assert "已起草" in tab.words
    assert tab.press(f"open-{full}").doc == full
    assert tab.has_button("pick-opening")
    tab.go("reports").press(f"facts-{blank}")
    assert tab.doc == blank
    assert "事实已填" in tab.words


def test_copy_to_next_year_moves_figures_to_last_year() -> None:
    doc = written()
    tab = Tab(doc).press(f"copy-{doc}")
    assert tab.doc != doc
    sheet = tab.report.sheet
    assert sheet.value("年度") == 2026
    assert sheet.facts["入伍人数"].empty
    assert int(str(sheet.facts["入伍人数"].last_year)) == 18
    assert all(not section.text for section in tab.report.sections)
    assert "下一年" in tab.words
    assert tab.go("facts").doc != doc
    tab.app.session_state["group"] = "征兵工作"
    assert tab.again().field("入伍人数", "last_year").value == "18"
    assert tab.field("入伍人数").value == ""


def test_deleted_report_comes_back() -> None:
    doc = written()
    before = [section.text for section in the_desk().report(doc).sections]
    tab = Tab(doc).press(f"delete-{doc}")
    assert "还没有报告" in tab.words
    assert "已删除" in tab.words
    tab.press("撤销删除")
    assert "已恢复" in tab.words
    assert "柳林街道2025年" in tab.words
    assert [section.text for section in the_desk().report(doc).sections] == before


def test_deleting_the_open_report_closes_it_everywhere() -> None:
    doc = from_example()
    tab = Tab(doc).press(f"delete-{doc}")
    assert "doc" not in tab.app.query_params
    for page in ("facts", "draft"):
        tab.go(page)
        assert "没有打开的报告" in tab.words
        assert not tab.app.warning, "a report that was deleted on purpose needs no warning"


def test_report_deleted_in_another_tab_is_said_to_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ui.session._READ", 0.0)
    doc = from_example()
    tab, other = Tab(doc, "facts"), Tab(doc)
    other.press(f"delete-{doc}")
    tab.again()
    assert tab.app.warning
    assert "没有打开的报告" in tab.words
    tab.again()
    assert not tab.app.warning
