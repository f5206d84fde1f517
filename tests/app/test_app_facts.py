"""事实: what people type, what is said about it, and the sheet as a file."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from app_kit import Tab, from_example, the_desk

from assistant.facts.grid import Grid
from assistant.facts.values import table_rows
from assistant.ui import form_tables


@pytest.fixture
def tab() -> Tab:
    return Tab(the_desk().create("armed-forces-work", "duty-c").id, "facts")


def group(tab: Tab, name: str) -> Tab:
    tab.group(name)
    return tab


def test_count(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "18")
    assert tab.report.sheet.value("入伍人数") == 18
    assert tab.field("入伍人数").value == "18"


def test_count_with_its_measure_word_is_read_and_shown_bare(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", " １8 人 ")
    assert tab.report.sheet.value("入伍人数") == 18
    assert tab.field("入伍人数").value == "18"


def test_more_than_2000(tab: Tab) -> None:
    group(tab, "国防教育").fill("宣传资料", "2000余")
    fact = tab.report.sheet.fact("宣传资料")
    assert fact.value == 2000
    assert fact.approximate
    assert tab.field("宣传资料", "approximate").value is True
    tab.fill("宣传资料", False, "approximate")
    assert not tab.report.sheet.fact("宣传资料").approximate
    assert tab.report.sheet.value("宣传资料") == 2000


def test_money_in_ten_thousands(tab: Tab) -> None:
    group(tab, "阵地经费").fill("器材装备投入", "7.5万元")
    assert tab.report.sheet.value("器材装备投入") == Decimal(75000)
    assert tab.field("器材装备投入").value == "7.5万元"


@pytest.mark.parametrize(
    ("place", "label", "typed", "said"),
    [
        ("征兵工作", "入伍人数", "十几个吧", "整数"),
        ("征兵工作", "入伍人数", "-3", "整数"),
        ("征兵工作", "入伍人数", "99999999999", "过大"),
        ("阵地经费", "器材装备投入", "七块半", "金额"),
        ("民兵整组", "党员比例", "一半", "百分"),
        ("基本信息", "成文日期", "2025年13月40日", "日期"),
        ("基本信息", "年度", "25", "年"),
    ],
)
def test_wrong_value_is_said_beside_its_field_and_what_was_typed_stays(
    tab: Tab, place: str, label: str, typed: str, said: str
) -> None:
    before = group(tab, place).report.sheet.fact(label)
    tab.fill(label, typed)
    assert tab.report.sheet.fact(label) == before
    assert "没有保存" in tab.note(label)
    assert said in tab.note(label)
    assert tab.field(label).value == typed
    tab.again()
    assert tab.field(label).value == typed, "what was typed outlives a rerun"


def test_wrong_value_put_right_is_saved_and_no_longer_spoken_of(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "十几个吧").fill("入伍人数", "17")
    assert tab.report.sheet.value("入伍人数") == 17
    assert "没有保存" not in tab.note("入伍人数")


def test_wrong_value_leaves_the_saved_one_in_place(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "18").fill("入伍人数", "十八九")
    assert tab.report.sheet.value("入伍人数") == 18
    assert "没有保存" in tab.note("入伍人数")


def test_last_year(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "18").fill("入伍人数", "15", "last_year")
    fact = tab.report.sheet.fact("入伍人数")
    assert (fact.value, fact.last_year) == (18, 15)
    assert tab.field("入伍人数", "last_year").value == "15"


def test_choice(tab: Tab) -> None:
    tab.fill("单位类别", "街道")
    assert tab.report.sheet.value("单位类别") == "街道"


def test_list_one_a_line(tab: Tab) -> None:
    group(tab, "问题与打算").fill("存在问题", "底数不清\n\n 训练不够 \n")
    assert tab.report.sheet.value("存在问题") == ("底数不清", "训练不够")


def test_emptied_field_is_empty(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "18").fill("入伍人数", "")
    assert tab.report.sheet.fact("入伍人数").empty


def test_rule_is_said_beside_the_fields_it_is_about(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "10").fill("大学生入伍", "12")
    assert tab.report.sheet.value("大学生入伍") == 12, "a contradiction is said, not refused"
    for label in ("入伍人数", "大学生入伍"):
        assert "大学生入伍（12人）多于入伍人数（10人）" in tab.note(label).replace("名", "人")
    assert "征兵工作有矛盾" in tab.words
    tab.fill("大学生入伍", "8")
    assert "多于" not in tab.note("入伍人数")


def test_progress_counts_what_is_filled(tab: Tab) -> None:
    before = tab.report.sheet.filled()
    assert f"事实已填 {before} / 83" in tab.words
    group(tab, "征兵工作").fill("入伍人数", "18")
    assert f"事实已填 {before + 1} / 83" in tab.words


def test_facts_are_there_in_a_new_session(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "18")
    assert group(Tab(tab.doc, "facts"), "征兵工作").field("入伍人数").value == "18"


def test_group_leads_to_the_next_group(tab: Tab) -> None:
    tab.press("下一组：组织领导")
    assert "#### 组织领导" in tab.words
    tab.press("上一组：基本信息")
    assert "#### 基本信息" in tab.words


# ---- tables: AppTest cannot type into a grid, so its commits are called as the grid calls them


def grid(tab: Tab, monkeypatch: pytest.MonkeyPatch, label: str, **edits: object) -> dict[str, object]:
    item = tab.report.sheet.schema.by_label[label]
    held = form_tables._Held(Grid(item, table_rows(tab.report.sheet.fact(label).value)), "grid", 0)
    state: dict[str, object] = {
        "grid": {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits},
        "fact-grids": {(tab.doc, label): held},
    }
    monkeypatch.setattr(form_tables.st, "session_state", state)
    form_tables._commit_table(tab.doc, item, "grid")
    return state


def said(tab: Tab, state: dict[str, object], label: str) -> list[str]:
    return state["fact-grids"][tab.doc, label].grid.said()  # type: ignore[index, no-any-return]


def test_grid_row_added_changed_and_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = Tab(from_example())
    grid(
        tab, monkeypatch, "民兵分队",
        edited_rows={"0": {"实有人数": "28"}}, deleted_rows=[1], added_rows=[{"名称": "通信分队", "实有人数": "12人"}],
    )  # fmt: skip
    rows = [(row["名称"], row.get("实有人数")) for row in tab.report.sheet.fact("民兵分队").value]  # type: ignore
    assert rows == [("应急排", 28), ("心理服务分队", 18), ("通信分队", 12)]


def test_grid_value_that_cannot_be_read_saves_nothing_and_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = Tab(from_example())
    before = tab.report.sheet.fact("民兵分队")
    state = grid(tab, monkeypatch, "民兵分队", edited_rows={"0": {"实有人数": "不少"}})
    assert tab.report.sheet.fact("民兵分队") == before
    [told] = said(tab, state, "民兵分队")
    assert "“应急排”的“实有人数”写的是“不少”" in told


def test_grid_row_without_a_name_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = Tab(from_example())
    before = tab.report.sheet.fact("民兵分队").value
    state = grid(tab, monkeypatch, "民兵分队", added_rows=[{"实有人数": "12"}])
    assert tab.report.sheet.fact("民兵分队").value == before
    assert said(tab, state, "民兵分队") == ["第9行还没有填“名称”"]


def test_grid_stays_as_it_was_drawn_while_its_entries_are_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = Tab(from_example())
    state = grid(tab, monkeypatch, "民兵分队", edited_rows={"0": {"实有人数": "12+9"}})
    rows = tab.report.sheet.fact("民兵分队").value
    assert rows[0]["实有人数"] == 21  # type: ignore[index, call-overload]
    assert not state.get("generations"), "a grid that is made anew takes the caret away"


# ---- the sheet as a file


def load(tab: Tab, content: str | bytes, name: str = "facts.yaml") -> Tab:
    data = content.encode() if isinstance(content, str) else content
    tab.unfold("sheet-files")
    uploader = next(found for found in tab.app.file_uploader if found.key == "sheet-file")
    uploader.set_value((name, data, "application/yaml")).run()
    return tab.press("用这个文件替换全部事实")


SHEET = """\
report_type: armed-forces-work
shape: duty-c
facts:
  入伍人数: {value: 21, last_year: 20}
  单位简称: 西桥街道
"""


def test_sheet_is_loaded_and_taken_back(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "18")
    load(tab, SHEET)
    assert tab.report.sheet.value("入伍人数") == 21
    assert tab.field("入伍人数").value == "21", "the form shows what was loaded"
    assert "已从“facts.yaml”载入 2 项事实" in tab.words
    tab.press("撤销载入")
    assert tab.report.sheet.value("入伍人数") == 18
    assert tab.field("入伍人数").value == "18"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("facts: [", "行"),
        ("report_type: weather\nshape: x\nfacts: {}\n", "weather"),
        (SHEET + "  入五人数: 3\n", "入伍人数"),
        (SHEET + "  体检合格: 许多\n  上站体检: 不少\n", "上站体检"),
        (SHEET.replace("armed-forces-work", "work-safety").replace("duty-c", "summary"), "入伍人数"),
        ("report_type: work-safety\nshape: summary\nfacts: {单位简称: 平安镇}\n", "党管武装工作"),
        ("", "不是事实表"),
        ("单位简称：柳林".encode("gb18030"), "不是事实表"),
        pytest.param("{{{{\x00", "不是文本文件"),
    ],
)
def test_sheet_that_cannot_be_read_changes_nothing(tab: Tab, content: str | bytes, said: str) -> None:
    group(tab, "征兵工作").fill("入伍人数", "18")
    before = tab.report.sheet
    load(tab, content)
    assert tab.app.error
    assert said in tab.told
    assert tab.report.sheet.facts == before.facts


def test_load_forgets_what_could_not_be_read(tab: Tab) -> None:
    group(tab, "征兵工作").fill("入伍人数", "十几个吧")
    load(tab, SHEET)
    assert "没有保存" not in tab.note("入伍人数")


def test_load_in_one_report_is_not_taken_back_in_another(tab: Tab) -> None:
    load(tab, SHEET)
    other = from_example()
    tab.go("reports").press(f"facts-{other}").unfold("sheet-files")
    assert not tab.has_button("撤销载入")


def test_failed_load_offers_nothing_to_take_back(tab: Tab) -> None:
    load(tab, "facts: [")
    assert not tab.has_button("撤销载入")


def test_saved_sheet_is_the_sheet() -> None:
    tab = Tab(from_example(), "facts").unfold("sheet-files")
    text = the_desk().sheet_text(tab.report)
    assert yaml.safe_load(text)["facts"]["入伍人数"] == {"value": 18, "last_year": 15}
    assert "存为事实表（YAML）" in tab.downloads
    other = Tab(the_desk().create("armed-forces-work", "duty-c").id, "facts")
    load(other, text)
    assert other.report.sheet.facts == tab.report.sheet.facts
