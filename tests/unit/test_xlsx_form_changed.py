"""A form that somebody changed: headers written over, tabs copied, totals under a table, ranges in place of figures."""

from __future__ import annotations

import io
import time
from typing import Any

import openpyxl
import pytest
from form_kit import cell_of, edited, problems, schema_of, typed
from schemas import SCHEMA

from assistant.errors import SheetProblem
from assistant.facts.sheet import FactSheet, read_facts
from assistant.intake.workbook import read_book
from assistant.intake.workbook_grid import Grid
from assistant.intake.xlsx_form_header import filled_by
from assistant.intake.xlsx_form_read import form_in_part

FILLED = read_facts({"年度": 2025, "入伍人数": {"value": 12, "last_year": 10}, "慰问金总额": "3.9万元"}, SCHEMA)


def part(data: bytes) -> tuple[FactSheet, list[SheetProblem]]:
    """What of it can be read, and what is wrong with the rest."""
    file, unread = form_in_part(read_book(data, "表.xlsx"), schema_of)
    return file.sheet, unread


def headed(**headers: str) -> bytes:
    """The tab 数量 with other headers: cell → text."""

    def change(book: Any) -> None:
        for cell, text in headers.items():
            book["数量"][cell] = text

    return edited(change, FILLED)


@pytest.mark.parametrize(
    "value", ["2025年数值", "数 值", "数值（填这里）", "2025年", "本年数", "完成数", "今年（2025年）", "全年（实际）"]
)
@pytest.mark.parametrize("last", ["去年", "2024年", "上年数", "2024年数值"])
def test_a_header_that_was_written_over_is_known_by_its_place(value: str, last: str) -> None:
    sheet, unread = part(headed(C3=value, F3=last))
    assert (sheet.value("入伍人数"), sheet.fact("入伍人数").last_year, unread) == (12, 10, [])


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"C3": "计划数"}, "表头写的是“计划数”，这一页没有读"),
        ({"C3": "数值（计划数）"}, "表头写的是“数值（计划数）”，这一页没有读"),
        ({"C3": "今年（同比增减）"}, "这一页没有读"),
        ({"C3": "去年数值"}, "这一页没有读"),
        ({"C3": "2024年数值"}, "表头写的是 2024 年，表里填的年份是 2025，这一页没有读"),
        ({"C3": "2024年", "F3": "2025年"}, "这一页没有读"),
        ({cell: "" for cell in ("A3", "B3", "C3", "D3", "E3", "F3", "G3", "H3", "I3")}, "看不出哪一列是数值，没有读"),
    ],
)
def test_a_tab_whose_columns_mean_something_else_is_named(headers: dict[str, str], words: str) -> None:
    sheet, unread = part(headed(**headers))
    assert sheet.value("入伍人数") is None
    assert sheet.value("慰问金总额") == 39000, "the other tabs are read"
    (one,) = unread
    assert words in str(one)
    assert one.place.startswith("数量!")


def test_a_column_that_is_not_last_years_any_more_is_left_and_named() -> None:
    sheet, unread = part(headed(F3="累计"))
    assert (sheet.value("入伍人数"), sheet.fact("入伍人数").last_year) == (12, None)
    assert [str(one) for one in unread] == ["数量!F3 表头写的是“累计”，这一列没有读，应为“去年”。"]


def test_a_table_is_known_by_its_tab_when_its_title_was_written_over() -> None:
    def change(book: Any) -> None:
        book["民兵分队"]["A1"], book["民兵分队"]["A5"] = "2025年各分队情况", "应急排"

    sheet, unread = part(edited(change))
    assert (sheet.value("民兵分队"), unread) == (({"名称": "应急排"},), [])


def copied(tab: str, **cells: object) -> bytes:
    """The form with a copy of a tab, in which somebody went on filling in."""

    def change(book: Any) -> None:
        copy = book.copy_worksheet(book[tab])
        for cell, value in cells.items():
            copy[cell] = value

    given = read_facts(
        {"入伍人数": 2, "民兵分队": [{"名称": "应急排", "实有人数": 28}], "存在问题": ["场地不足"]}, SCHEMA
    )
    return edited(change, given)


def test_a_copied_tab_says_the_same_and_nothing_is_told() -> None:
    for tab in ("数量", "民兵分队", "文字"):
        sheet, unread = part(copied(tab))
        assert unread == []
        assert (sheet.value("入伍人数"), sheet.value("存在问题")) == (2, ("场地不足",))


def test_a_copied_tab_never_overwrites_what_stands_in_the_first() -> None:
    place = cell_of(openpyxl.load_workbook(io.BytesIO(copied("数量"))), "入伍人数").coordinate
    sheet, unread = part(copied("数量", **{place: 99}))
    assert sheet.value("入伍人数") == 2
    assert [one.label for one in unread] == ["入伍人数"]
    assert "写了两次，前一次在 数量!B" in str(unread[0])
    sheet, unread = part(copied("民兵分队", A6="救护班"))
    assert sheet.value("民兵分队") == ({"名称": "应急排", "实有人数": 28},)
    assert "在“民兵分队”页也填了，两页不一样" in str(unread[0])


def totalled(*rows: tuple[object, ...]) -> bytes:
    def change(book: Any) -> None:
        for number, row in enumerate(rows, 5):
            for column, value in enumerate(row, 1):
                book["民兵分队"].cell(number, column).value = value

    return edited(change)


ROWS: tuple[tuple[object, ...], ...] = (("应急排", 1, 30, 28), ("救护班", 1, 10, 9))


def test_a_totals_row_of_a_table_is_no_item() -> None:
    for rows in ((*ROWS, ("合计", 2, 40, 37)), (("总计", 2, 40, 37), *ROWS), (*ROWS, ("小计", 2, 40, 37), ("合 计",))):
        sheet, unread = part(totalled(*rows))
        value = sheet.value("民兵分队")
        assert isinstance(value, tuple)
        assert [row["名称"] for row in value if not isinstance(row, str)] == ["应急排", "救护班"]
        assert unread == []


def test_a_total_with_the_towns_name_is_no_item_but_a_name_without_figures_is() -> None:
    sheet, _ = part(totalled(*ROWS, ("清河镇合计", 2, 40, 37), ("数据汇总",)))
    value = sheet.value("民兵分队")
    assert isinstance(value, tuple)
    assert [row["名称"] for row in value if not isinstance(row, str)] == ["应急排", "救护班", "数据汇总"]


def test_a_total_that_is_not_the_sum_is_told() -> None:
    (said,) = problems(totalled(*ROWS, ("合计", 2, 45, 37)))
    assert said == "民兵分队!C7 “民兵分队.编制人数”的合计是45，各行相加是40，应为两个一样的数。"


@pytest.mark.parametrize("written", ["45-50", "12-5", "3～5次", "40至50", "10—12"])
def test_a_range_is_no_difference_and_quoted_as_it_stands(written: str) -> None:
    (said,) = problems(typed(入伍人数=written))
    assert f"写的是“{written}”，应为一个准数" in said


def test_a_sum_below_nothing_is_quoted_as_it_stands() -> None:
    (said,) = problems(typed(入伍人数="3-5-2"))
    assert "写的是“3-5-2”" in said


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (("填表单位：柳林村",), "柳林村"),
        (("填表单位：柳林村  填表人：李四",), "柳林村"),
        (("填表单位：柳林村\n填表人：李四",), "柳林村"),
        (("填表单位：", None, "柳林村"), "柳林村"),
        (("填表单位", "填表人：李四"), ""),
        (("填表单位：填表人：李四", "柳林村"), "柳林村"),
        ((f"填表单位：a{' ' * 30000}b 填",), f"a{' ' * 30000}b 填"),
    ],
)
def test_who_filled_it_in_is_read_in_no_time(cells: tuple[str | None, ...], name: str) -> None:
    begun = time.process_time()
    assert filled_by(Grid("征兵工作", (cells,))) == name
    assert time.process_time() - begun < 1
