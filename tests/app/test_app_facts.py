"""事实: what people type, what is said about it, and the sheet as a file."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
import streamlit as st
import yaml
from app_kit import Tab, from_example, the_desk

from assistant.facts.grid import Grid
from assistant.facts.paste import read_block, rows_of
from assistant.facts.values import table_rows
from assistant.ui import form_grids, form_paste, form_regions, form_tables


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
    state: dict[str, object] = {"grid": {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits}}
    monkeypatch.setattr(form_tables.st, "session_state", state)
    held = form_grids.Held(Grid(item, table_rows(tab.report.sheet.fact(label).value)), "grid")
    form_grids.keep(tab.doc, label, held)
    form_tables._commit_table(tab.doc, item, "grid")
    return state


def said(tab: Tab, label: str) -> list[str]:
    held = form_grids.current(tab.doc, label)
    assert held is not None
    return held.grid.said()


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
    grid(tab, monkeypatch, "民兵分队", edited_rows={"0": {"实有人数": "不少"}})
    assert tab.report.sheet.fact("民兵分队") == before
    [told] = said(tab, "民兵分队")
    assert "“应急排”的“实有人数”写的是“不少”" in told


def test_grid_row_without_a_name_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = Tab(from_example())
    before = tab.report.sheet.fact("民兵分队").value
    grid(tab, monkeypatch, "民兵分队", added_rows=[{"实有人数": "12"}])
    assert tab.report.sheet.fact("民兵分队").value == before
    assert said(tab, "民兵分队") == ["第9行还没有填“名称”"]


def test_grid_stays_as_it_was_drawn_while_its_entries_are_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = Tab(from_example())
    state = grid(tab, monkeypatch, "民兵分队", edited_rows={"0": {"实有人数": "12+9"}})
    rows = tab.report.sheet.fact("民兵分队").value
    assert rows[0]["实有人数"] == 21  # type: ignore[index, call-overload]
    assert not state.get("generations"), "a grid that is made anew takes the caret away"


class Window:
    """The grid of 民兵分队 in a window, each drawing and entry told by its key as a browser tells them."""

    def __init__(self, *names: str) -> None:
        st.session_state.clear()
        self.doc = the_desk().create("armed-forces-work", "duty-c").id
        self.item = the_desk().report(self.doc).sheet.schema.by_label["民兵分队"]
        self.elsewhere(*names)

    def elsewhere(self, *names: str) -> None:
        """Somebody else's table: each has as many people as its name says."""
        rows = [{"名称": name, "编制人数": int(name[1:])} for name in names]
        the_desk().set_fact(self.doc, "民兵分队", rows)

    def drawn(self) -> str:
        key = form_tables._held(the_desk().report(self.doc), self.item).key
        st.session_state.setdefault(key, {"edited_rows": {}, "added_rows": [], "deleted_rows": []})
        return key

    def typed(self, key: str, row: int, text: str) -> bool:
        st.session_state[key]["edited_rows"][row] = {"编制人数": text}
        return form_tables._commit_table(self.doc, self.item, key)

    @property
    def rows(self) -> list[tuple[str, int]]:
        return [(row["名称"], row["编制人数"]) for row in the_desk().report(self.doc).sheet.value("民兵分队")]  # type: ignore


def test_an_entry_into_a_grid_that_is_no_more_goes_into_the_row_that_it_showed() -> None:
    window = Window("甲30")
    old = window.drawn()
    window.elsewhere("乙8", "甲30")
    new = window.drawn()
    assert new != old
    assert window.typed(old, 0, "31"), "the row is to be drawn: the new grid does not know of it"
    assert window.rows == [("乙8", 8), ("甲30", 31)]
    window.typed(old, 0, "若干")
    newest = window.drawn()
    assert newest not in (old, new)
    held = form_grids.current(window.doc, "民兵分队")
    assert held is not None
    assert [line["编制人数"] for line in held.grid.drawn[:2]] == ["8", "若干"], "what cannot be read goes along"
    for name in "丙丁戊己":
        window.elsewhere(f"{name}1")
        window.drawn()
    assert window.typed(old, 0, "32")
    assert window.rows == [("己1", 1)]
    assert "“民兵分队”刚填的没有保存" in st.session_state["messages"][0][1]


def test_a_table_replaced_as_a_whole_forgets_what_waited_in_its_grid() -> None:
    window = Window("甲30")
    window.typed(window.drawn(), 0, "若干")
    form_paste._take(window.doc, window.item, ({"名称": "甲30", "编制人数": 8},), "replace")
    held = form_grids.current(window.doc, "民兵分队")
    assert held is not None, "the regions of the page still ask for it"
    window.drawn()
    held = form_grids.current(window.doc, "民兵分队")
    assert held is not None
    assert (held.grid.said(), held.grid.drawn[0]["编制人数"]) == ([], "8")


def test_cells_pasted_far_down_are_shown_and_not_the_blank_lines_above(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(form_paste.st, "html", shown.append)
    item = Window().item
    block = read_block("\n" * 9 + "31\t29", item, "编制人数")
    assert block is not None
    form_paste._preview(block, block.matched, rows_of(block, item, block.matched))
    assert "<td>10</td>" in shown[0]
    assert "31" in shown[0]
    assert "共 1 行。" in shown[1]


def test_a_grid_is_made_anew_at_the_first_drawing_that_is_of_no_entry_into_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a browser, where an entry draws the page's regions, and not the row that is typed in."""
    window = Window("甲30")
    st.session_state["facts-regions"] = {}
    form_regions.page_begins(the_desk().report(window.doc))
    drawn: list[object] = []
    monkeypatch.setattr(form_regions, "get_script_run_ctx", lambda: SimpleNamespace(fragment_ids_this_run=["one"]))
    monkeypatch.setattr(st, "rerun", lambda names=None: drawn.append(names))
    key = window.drawn()
    st.session_state[key]["edited_rows"][0] = {"编制人数": "31"}
    form_regions.entry(form_tables._commit_table, row=False)(window.doc, window.item, key)
    assert drawn == [[]]
    assert window.drawn() == key
    window.elsewhere("甲31", "乙8")
    assert window.drawn() != key


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
