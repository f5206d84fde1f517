"""Several tables on one tab: none is added into another, each is offered or named."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from schemas import SCHEMA

from assistant.intake.found import Extraction
from assistant.intake.ledger import LedgerMapping, open_ledger, propose
from assistant.intake.ledger_blocks import split_blocks
from assistant.intake.ledger_choices import with_units
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


def test_tables_of_two_years_on_one_tab_are_two_though_their_headers_are_the_same() -> None:
    for gap in ([[]], [], [["填报日期：2026年1月5日"], []]):
        found = read([["2024年征兵情况"], *DRAFT, *gap, ["2025年征兵情况"], [], *DRAFT[:2]])
        assert found.year == 2025
        assert [(one.label, one.fact.value, one.year) for one in found.facts] == [
            ("适龄青年", 58, 2024), ("兵役登记", 56, 2024), ("适龄青年", 30, None), ("兵役登记", 29, None),
        ]  # fmt: skip
        assert "是 2024 年的" in found.notices[-1].message


def test_a_title_over_all_tables_of_a_tab_tells_the_year_of_each() -> None:
    both = [[*left, None, *right] for left, right in zip(DRAFT, MONEY, strict=True)]
    for rows in ([["2024年台账"], [], *DRAFT, [], *MONEY], [["2024年台账"], *both]):
        book, mappings = split(rows), propose(split(rows), SCHEMA)
        assert [read_all(book, [one], SCHEMA, ()).year for one in mappings] == [2024, 2024]


def test_last_years_column_that_differs_from_last_years_table_is_doubted() -> None:
    before: Rows = [["2024年"], *DRAFT, []]
    now: Rows = [
        ["2025年"],
        [WHO, "适龄青年", "去年适龄青年", "信访举报"],
        ["柳庄村", 31, 30, 1],
        ["石桥村", 29, 27, 2],
    ]
    found = [one for one in read([*before, *now]).facts if one.label == "适龄青年"]
    assert {one.fact.value: (one.fact.last_year, one.doubt) for one in found} == {
        58: (None, ""),
        60: (57, "去年数与“表（第 1—6 行）”里的不一致，请核对"),
    }


PAID: Rows = [[WHO, "信访举报", "慰问金总额"], ["柳庄村", 5, 0.3], ["石桥村", 4, 0.24]]
SPENT: Rows = [["项目", "数值"], ["器材装备投入", 2], ["每户慰问金", 0.1]]


@pytest.mark.parametrize(
    ("top", "over", "unit", "asked"),
    [
        ([["单位：万元"]], [[]], "万元", True),
        ([["2025年台账", None, "单位：万元"]], [[], ["二、经费"]], "万元", True),
        ([["单位：万元"]], [[], ["二、经费", "单位：元"]], "元", False),
        ([["单位：万元"]], [[], ["（金额单位：千元）"]], "千元", False),
        ([["单位：人"]], [[]], "", True),
    ],
)
def test_a_unit_over_a_table_is_asked_about_for_those_below_it(top: Rows, over: Rows, unit: str, asked: bool) -> None:
    book = split([*top, *PAID, *over, *SPENT])
    (spent,) = [one for one in propose(book, SCHEMA) if one.form == "pairs"]
    assert {(one.unit or spent.unit, one.unit_asked) for one in spent.taken} == {(unit, asked)}
    scale = {"万元": 10000, "千元": 1000}.get(unit, 1)
    found = {one.label: one.fact.value for one in read_all(book, [spent.confirm()], SCHEMA, ()).facts}
    assert found == {"器材装备投入": 2 * scale, "每户慰问金": Decimal("0.1") * scale}


def test_a_unit_over_another_table_is_agreed_to_once_and_asked_again_when_it_changes() -> None:
    def spent(unit: str) -> LedgerMapping:
        book = split([[f"单位：{unit}"], *PAID, [], *SPENT])
        return next(one for one in propose(book, SCHEMA) if one.form == "pairs")

    agreed, known = spent("万元").confirm().to_json(), list(SCHEMA.by_label)
    again = with_units(spent("万元").remembered(agreed, known), SCHEMA)
    assert {(one.unit, one.unit_asked) for one in again.taken} == {("万元", False)}
    other = with_units(spent("千元").remembered(agreed, known), SCHEMA)
    assert {(one.unit, one.unit_asked) for one in other.taken} == {("千元", True)}


def test_a_line_over_a_table_with_title_and_unit_is_no_header() -> None:
    found = told(read([["2025年台账", None, "单位：万元"], *DRAFT]))
    assert found == {"适龄青年": (58, ""), "兵役登记": (56, "")}


def across_of(*names: str) -> Rows:
    return [["项目", *names], ["适龄青年", *range(30, 30 + len(names))], ["入伍人数", *range(1, 1 + len(names))]]


@pytest.mark.parametrize("gap", [[[]], [], [["东片"]]])
@pytest.mark.parametrize("label", ["项目", None])
def test_villages_side_by_side_below_others_are_a_table_of_their_own(gap: Rows, label: object) -> None:
    first, second = across_of("柳庄村", "石桥村"), across_of("东岭村", "西岭村", "合计")
    first[0][0] = second[0][0] = label
    found = read([["各村情况"], *first, *gap, *second])
    values = [(one.fact.value, bool(one.doubt)) for one in found.facts if one.label == "适龄青年"]
    assert values == [(122, True), (61, True), (61, True)]


def test_forms_of_villages_side_by_side_under_their_names() -> None:
    rows: Rows = [["柳庄村", None, None, "石桥村"], ["项目", "数值", None, "项目", "数值"]]
    rows += [["适龄青年", 30, None, "适龄青年", 28], ["入伍人数", 2, None, "入伍人数", 1]]
    other: Rows = [["东岭村", None, None, "西岭村"], *rows[1:]]
    values = [one.fact.value for one in read([*rows, [], *other]).facts if one.label == "入伍人数"]
    assert values[:2] == [6, 2]


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
