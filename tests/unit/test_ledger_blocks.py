"""Several tables on one tab: none is added into another, each is offered or named."""

from __future__ import annotations

import io

import openpyxl
import pytest
from schemas import SCHEMA

from assistant.intake.found import Extraction
from assistant.intake.ledger import open_ledger, propose
from assistant.intake.ledger_blocks import split_blocks
from assistant.intake.workbook_grid import Book
from assistant.ledger_review import read_all

Rows = list[list[object]]
WHO = "村（社区）"
DRAFT: Rows = [[WHO, "适龄青年", "兵役登记"], ["柳庄村", 30, 29], ["石桥村", 28, 27], ["合计", 58, 56]]
MONEY: Rows = [[WHO, "信访举报", "慰问金总额（元）"], ["柳庄村", 5, 3000], ["石桥村", 4, 2400], ["合计", 9, 5400]]
UNITS: Rows = [["名称", "编制人数", "实有人数"], ["应急排", 30, 28], ["合计", 30, 28]]
CARS: Rows = [["车牌", "车型", "里程"], ["甲1", "皮卡", 4000], ["甲2", "轿车", 7000]]


def split(rows: Rows) -> Book:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "表"
    for row in rows:
        book.active.append(row)
    book.save(out)
    return split_blocks(open_ledger(out.getvalue(), "台账.xlsx"), SCHEMA)


def read(rows: Rows) -> Extraction:
    book = split(rows)
    return read_all(book, propose(book, SCHEMA), SCHEMA, ())


def told(found: Extraction) -> dict[str, tuple[object, str]]:
    return {one.label: (one.row or one.fact.value, one.doubt) for one in found.facts}


@pytest.mark.parametrize("gap", [[[]], [[], ["二、双拥情况"]], [["二、双拥情况"]], []])
def test_tables_below_each_other_are_read_each_for_itself(gap: Rows) -> None:
    found = told(read([["一、征兵情况"], *DRAFT, *gap, *MONEY, *gap, *UNITS]))
    assert found == {
        "适龄青年": (58, ""),
        "兵役登记": (56, ""),
        "信访举报": (9, ""),
        "慰问金总额": (5400, ""),
        "民兵分队": ({"名称": "应急排", "编制人数": 30, "实有人数": 28}, ""),
    }


def test_each_is_a_sheet_with_cells_in_their_places() -> None:
    book = split([*DRAFT, [], *MONEY])
    assert [grid.name for grid in book.grids] == ["表（第 1—5 行）", "表（第 6—9 行）"]
    assert book.grids[1].place(7, 2) == "表!B7"
    assert book.grids[1].text(7, 3) == "3000"


def test_the_numbers_of_its_rows_are_no_year() -> None:
    long: Rows = [["村（社区）", "适龄青年", "兵役登记"], *([f"第{n}村", 1, 1] for n in range(2011))]
    found = read([*long, [], *MONEY])
    assert found.year is None


def test_a_table_without_a_known_fact_is_told_and_added_nowhere() -> None:
    found = read([*DRAFT, [], ["车辆情况"], *CARS])
    assert told(found) == {"适龄青年": (58, ""), "兵役登记": (56, "")}
    assert [one.message for one in found.notices] == ["“表（第 6—9 行）”是另一张表，没有认出事实，没有读"]


def test_tables_side_by_side() -> None:
    rows = [[*left, None, *right] for left, right in zip(DRAFT, MONEY, strict=True)]
    assert {label: value for label, (value, _) in told(read(rows)).items()} == {
        "适龄青年": 58, "兵役登记": 56, "信访举报": 9, "慰问金总额": 5400,
    }  # fmt: skip
    pairs = [["项目", "数值", "项目", "数值"], ["适龄青年", 30, "兵役登记", 29], ["入伍人数", 2, "大学生入伍", 1]]
    assert told(read(pairs)) == {
        "适龄青年": (30, ""), "兵役登记": (29, ""), "入伍人数": (2, ""), "大学生入伍": (1, ""),
    }  # fmt: skip


ONE: list[Rows] = [
    DRAFT,
    [["2025年台账"], [], *DRAFT, [], ["填表人：张三", "审核人：李四", "12月5日"]],
    [*DRAFT[:3], DRAFT[0], ["东岭村", 9, 8], *DRAFT[3:]],
    [*DRAFT[:2], [], ["东岭村", "待报", "待报"], *DRAFT[2:]],
    [["项目", "数值", "备注"], ["适龄青年", 30], [], ["武装部长", "张三", "兼职"], ["入伍人数", 2], ["兵役登记", 29]],
    [
        ["项目", "数值"],
        ["适龄青年", 30],
        ["入伍人数", 2],
        ["二、信访"],
        ["项目", "数值"],
        ["信访举报", 0],
        ["专题会议", 1],
    ],
    [[WHO, "征兵", None], [None, "适龄青年", "兵役登记"], *DRAFT[1:]],
    [["姓名", "电话"], ["张三", "李四"]],
]


@pytest.mark.parametrize("rows", ONE)
def test_one_table_stays_one(rows: Rows) -> None:
    assert [grid.name for grid in split(rows).grids] == ["表"]
