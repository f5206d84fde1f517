"""Rows of a ledger: whose figures count, which are totals, which are neither, and which a person decides about."""

from __future__ import annotations

import time
from typing import Any

import pytest
from ledger_kit import VILLAGES, fact, proposed, read, said, workbook

from assistant.intake.ledger_words import kind_of_figures
from assistant.ledger_review import questioned_in


@pytest.mark.parametrize(
    "name",
    [
        *[
            "清河镇合计",
            "镇合计",
            "合计（2个村）",
            "共2个村",
            "共2个村（含社区）",
            "全镇",
            "全镇（2个村）",
            "全镇2个村",
            "全街道共2个社区",
            "Total",
            "∑",
            "总人数",
        ],
        None,
    ],
)
def test_a_total_in_other_words_is_never_counted(name: str | None) -> None:
    found = read(workbook(*VILLAGES, [name, 58, 56]))
    assert (fact(found, "适龄青年").fact.value, fact(found, "兵役登记").fact.value) == (58, 56)
    assert fact(found, "适龄青年").doubt == ""


@pytest.mark.parametrize("name", ["清河镇合计", "合计（2个村）", "全镇", "全镇（2个村）"])
def test_a_total_in_other_words_is_compared(name: str) -> None:
    found = read(workbook(*VILLAGES, [name, 58, 57]))
    assert "是57，各行相加是56" in said(found)
    assert "不一致" in fact(found, "兵役登记").doubt


@pytest.mark.parametrize(
    "name",
    [
        *["去年同期", "比去年增减（%）", "较上年增长", "目标数", "其中：大学生", "平均", "完成率"],
        "  其中:社区",
    ],
)
def test_rows_that_are_nobodys_own_are_told_and_left_out(name: str) -> None:
    found = read(workbook(*VILLAGES, [name, 20, 19]))
    assert fact(found, "适龄青年").fact.value == 58
    assert f"“{name.strip()}”不是一个单位的数，没有计入" in said(found)


@pytest.mark.parametrize("name", ["计家村", "全福村", "增福村", "共和村", "计划生育办", "目标管理办"])
def test_names_that_only_look_like_totals_count(name: str) -> None:
    assert fact(read(workbook(*VILLAGES, [name, 7, 5])), "适龄青年").fact.value == 65


def test_a_total_with_other_rows_below_it_is_a_total() -> None:
    found = read(workbook(*VILLAGES, ["全镇（2个村）", 58, 56], ["其中：东片", 30, 29], ["党员", 4, 4]))
    assert fact(found, "适龄青年").fact.value == 62


@pytest.mark.parametrize("bit", ["完成数", "总数", "人数", "完成", "20250", "%"])
def test_a_name_of_one_word_over_and_over_is_told_in_no_time(bit: str) -> None:
    begun = time.process_time()
    assert not any(kind_of_figures(f"{head}{bit * 25}x") for head in ("计划", "去年", "同比增长", "人均", "本年"))
    assert time.process_time() - begun < 1


def test_a_row_that_equals_the_sum_of_the_others_is_for_a_person_to_decide() -> None:
    book = workbook(*VILLAGES, ["清河镇", 58, 56])
    found = read(book)
    assert "“清河镇”（第 4 行）正好是其他各数的和" in fact(found, "适龄青年").doubt
    (one,) = questioned_in(book, [proposed(book)], {})
    assert (one.why, one.name, one.rows) == ("sum", "清河镇", (4,))


def test_a_village_that_has_as_many_as_the_others_by_chance_is_a_village() -> None:
    found = read(workbook(["村名", "入伍人数"], ["柳庄村", 1], ["石桥村", 2], ["东岭村", 3]))
    assert (fact(found, "入伍人数").fact.value, fact(found, "入伍人数").doubt) == (6, "")
    found = read(workbook(*VILLAGES[:2], ["石桥村", 30, 29]))
    assert fact(found, "适龄青年").doubt == ""


def test_a_row_without_a_name_is_for_a_person_to_decide() -> None:
    book = workbook(*VILLAGES, [None, 5, 4])
    assert "第 4 行没有写是谁的" in fact(read(book), "适龄青年").doubt
    assert [one.why for one in questioned_in(book, [proposed(book)], {})] == ["nameless"]


def test_a_total_may_stand_in_a_hidden_column() -> None:
    def hide(tab: Any) -> None:
        tab.column_dimensions["A"].hidden = True

    rows = [["序号", "村名", "适龄青年"], [1, "柳庄村", 30], [2, "石桥村", 28], ["合计", None, 58]]
    found = read(workbook(*rows, change=hide))
    assert fact(found, "适龄青年").fact.value == 58


def test_a_header_that_is_printed_again_is_no_row() -> None:
    found = read(workbook(*VILLAGES, ["村名", "适龄青年", "兵役登记"], ["东岭村", 5, 4], ["合计", 63, 60]))
    assert (fact(found, "适龄青年").fact.value, found.notices) == (63, ())


def test_blanks_inside_a_name_are_no_other_village() -> None:
    found = read(workbook(*VILLAGES, ["柳 庄　村", 30, 29]))
    assert "“柳庄村”有两行" in said(found)
    assert fact(found, "适龄青年").doubt


def test_thousands_of_rows_are_told_apart_in_no_time() -> None:
    book = workbook(VILLAGES[0], *([f"第{number}村", number % 40 + 1, number % 40] for number in range(8000)))
    begun = time.process_time()
    read(book)
    assert time.process_time() - begun < 3
