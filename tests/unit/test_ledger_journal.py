"""Cash journals: what was paid becomes rows, balances and running totals are never added."""

from __future__ import annotations

import pytest
from ledger_kit import Row, read, said, workbook

from assistant.intake.ledger import propose, read_ledger
from assistant.reports.loader import Library

HEAD: Row = ["日期", "凭证号", "摘要", "收入（元）", "支出（元）", "余额（元）"]
ROWS: list[Row] = [
    ["2025-01-01", None, "上年结转", None, None, 12000],
    ["2025-01-05", "记1", "拨入武装经费", 200000, None, 212000],
    ["2025-01-12", "记2", "购买器材", None, 30000, 182000],
    ["2025-01-20", "记3", "民兵训练补助", None, 24000, 158000],
    [None, None, "本月合计", 200000, 54000, 158000],
    [None, None, "本年累计", 200000, 54000, 158000],
    [None, None, "过次页", 200000, 54000, 158000],
    [None, None, "承前页", 200000, 54000, 158000],
    ["2025-02-09", "记4", "购买器材", None, 3000, 155000],
    [None, None, "本月合计", 0, 3000, 155000],
    [None, None, "本年累计", 200000, 57000, 155000],
]


def paid(*rows: Row) -> dict[object, tuple[object, str]]:
    found = read(workbook(*rows))
    return {one.row["项目"]: (one.row["金额"], one.doubt) for one in found.facts if one.row}


def test_payments_are_put_together_by_purpose_and_totals_left_out() -> None:
    found = read(workbook(HEAD, *ROWS))
    assert [one.row for one in found.facts] == [
        {"项目": "购买器材", "金额": 33000},
        {"项目": "民兵训练补助", "金额": 24000},
    ]
    assert [one.doubt for one in found.facts] == ["“购买器材”有 2 笔，这是相加的数，请核对", ""]
    assert said(found) == "日记账只取支出，“收入（元）”、“余额（元）”没有取"
    assert found.year == 2025


def test_a_total_that_is_not_the_sum_of_its_month_is_told() -> None:
    wrong = [[*row[:4], 4000, row[5]] if row is ROWS[9] else row for row in ROWS]
    assert "的小计（表!E11）是4000元，各行相加是3000元" in said(read(workbook(HEAD, *wrong)))


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["日期", "摘要", "支出金额（元）", "经手人"], [["1月5日", "购买器材", 30000, "张三"], ["累计", None, 30000]]),
        (["日期", "凭证号", "事由", "金额（元）", "结余"], [["1月5日", 1, "购买器材", 30000, 5000]]),
        (
            ["日期", "凭证字号", "支出科目", "摘要", "借方", "贷方（元）", "余额"],
            [["1月5日", 1, "购买器材", "张三报销", None, 30000, 5], ["1月6日", 2, "差旅", "李四报销", None, 0, 5]],
        ),
    ],
)
def test_journals_of_other_columns(head: Row, rows: list[Row]) -> None:
    assert paid(head, *rows) == {"购买器材": (30000, "")}


def test_payments_that_cannot_be_read_or_have_no_purpose_are_told() -> None:
    found = read(
        workbook(HEAD, *ROWS[:3], ["3月1日", 5, "退回器材款", None, -500, 1], ["3月2日", 6, None, None, 70, 1])
    )
    assert [(one.row, one.doubt) for one in found.facts] == [
        ({"项目": "购买器材", "金额": 30000}, "有 1 格没有读进来（表!E5）")
    ]
    assert "表!E5 写的是“-500”" in said(found)
    assert "表!E6 有支出、没有写用途，没有取" in said(found)


def test_payments_of_two_years_are_doubted() -> None:
    assert paid(HEAD, ROWS[2], ["2024-12-30", "记9", "民兵训练补助", None, 500, 1]) == {
        "购买器材": (30000, "日记账里有 2024、2025 年的支出，请核对"),
        "民兵训练补助": (500, "日记账里有 2024、2025 年的支出，请核对"),
    }


def test_a_list_of_spending_without_days_is_a_table_of_its_own() -> None:
    schema = Library().get("armed-forces-work").facts
    book = workbook(["序号", "项目", "预算数", "支出数", "结余"], [1, "购买器材", 40000, 30000, 10000])
    (mapping,) = propose(book, schema)
    assert mapping.form == "rows"
    assert [one.row for one in read_ledger(book, mapping, schema).facts] == [{"项目": "购买器材", "金额": 30000}]


def test_a_payment_of_what_was_carried_over_is_a_payment() -> None:
    carried = [["2025-03-01", "记5", said, None, 500, 9] for said in ("上年库存帐篷维修费", "支付上年结转的训练费")]
    assert paid(HEAD, ROWS[2], *carried).keys() == {"购买器材", "上年库存帐篷维修费", "支付上年结转的训练费"}


@pytest.mark.parametrize(
    "name", ["上年结转", "上月结转资金", "年末余额结转下年", "本年结转下年", "承上月结转数", "结转至下页"]
)
def test_what_is_carried_over_is_left_out_and_told(name: str) -> None:
    found = read(workbook(HEAD, *ROWS[2:4], ["2025-03-01", None, name, None, 500, 9]))
    assert len(found.facts) == 2
    assert f"表!E4（{name}） 是结转数，没有取" in said(found)
