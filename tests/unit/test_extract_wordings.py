"""Facts out of sentences that no phrasing knows: series, chains, tables of facts, totals, plain words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def facts(text: str) -> dict[str, tuple[object, object]]:
    """label → value and last year's value."""
    return {
        one.label: (one.fact.value, one.fact.last_year) for one in extract_text(text, SCHEMA).facts if one.row is None
    }


def rows(text: str, label: str) -> list[dict[str, object]]:
    return [dict(one.row) for one in extract_text(text, SCHEMA).facts if one.label == label and one.row is not None]


def items(text: str, label: str) -> list[object]:
    found = [one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == label]
    return [value[0] for value in found if isinstance(value, tuple)]


def test_figures_take_the_nouns_of_a_clause_before_in_their_order() -> None:
    said = facts("支出用于器材装备、库室建设和训练保障，金额分别为8万元、4.1万元和69000元。")
    assert [said[name][0] for name in ("器材装备投入", "库室建设投入", "训练保障投入")] == [80000, 41000, 69000]


def test_a_row_of_last_years_figures_goes_beside_this_years() -> None:
    said = facts("2025年，议军会议、武装工作专题会议分别为3次、5次，上年分别为2次、4次。")
    assert said["党委议军会议"] == (3, 2)
    assert said["专题会议"] == (5, 4)


@pytest.mark.parametrize("arrow", ["→", "/", "；", "，"])
def test_a_chain_of_bare_numbers(arrow: str) -> None:
    said = facts("征兵情况：" + arrow.join(["适龄430", "登记428", "报名88", "上站59", "合格37", "政考32", "入伍21"]))
    assert {label: value for label, (value, _) in said.items()} == {
        "适龄青年": 430,
        "兵役登记": 428,
        "报名应征": 88,
        "上站体检": 59,
        "体检合格": 37,
        "政治考核": 32,
        "入伍人数": 21,
    }


def test_a_table_with_a_line_a_fact_has_last_years_column() -> None:
    said = facts("2025年情况\n项目 | 2025年 | 2024年\n议军会 | 3 | 2\n民兵之家（挂牌） | 11（9） | 9（6）\n")
    assert said["党委议军会议"] == (3, 2)
    assert said["民兵之家"] == (11, 9)
    assert said["挂牌民兵之家"] == (9, 6)


def test_a_total_stands_for_its_parts() -> None:
    assert facts("春节慰问30户，“八一”慰问34户，全年共64户。")["走访慰问户数"][0] == 64


def test_the_noun_behind_a_figure_is_not_the_next_ones() -> None:
    said = facts("慰问：110户/118人/800元每户/共8.8万元")
    assert said["每户慰问金"][0] == 800
    assert said["慰问金总额"][0] == 88000
    assert facts("41名上站，27名合格，24名通过政考。")["体检合格"][0] == 27


@pytest.mark.parametrize(
    "text",
    ["基干民兵由上年的112人增加到120人。", "基干民兵120人（上年112人）。", "基干民兵今年调整到120人，去年是112人。"],
)
def test_last_year_is_told_in_many_ways(text: str) -> None:
    assert facts(f"2025年，{text}")["基干民兵"] == (120, 112)


def test_a_sentence_that_begins_with_last_year_speaks_of_it_to_its_end() -> None:
    said = facts("今年批准入伍10人，其中大学生8人。去年参军9人，大学生只有5人。")
    assert said["入伍人数"] == (10, 9)
    assert said["大学生入伍"][0] == 8


def test_spoken_amounts_are_money() -> None:
    said = facts("经费这块，今年武装经费预算安排三十万，装备器材十一万二，训练九万六。")
    assert said["武装经费预算"][0] == 300000
    assert said["器材装备投入"][0] == Decimal(112000)
    assert said["训练保障投入"][0] == Decimal(96000)


def test_an_expense_that_no_fact_names_is_a_row_of_the_list() -> None:
    text = "经费支出：器材购置10.8万元；库室维修4.65万元；训练保障12.3万元；民兵体检1.95万元。"
    assert {"项目": "民兵体检", "金额": Decimal(19500)} in rows(text, "经费明细")


def test_two_series_fill_two_columns() -> None:
    text = "基干民兵共54人，应急排、救护分队分别为34人、20人，其中民兵干部依次为4人、1人。"
    assert rows(text, "民兵分队") == [
        {"名称": "应急排", "实有人数": 34, "民兵干部": 4},
        {"名称": "救护分队", "实有人数": 20, "民兵干部": 1},
    ]


def test_plain_words_open_lists() -> None:
    text = (
        "今年工作平稳。" * 12
        + "\n问题：（1）装备配套不全；（2）活动记录不规范。原因：检查抓得不严。打算：统一印制记录本。"
    )
    assert items(text, "存在问题") == ["装备配套不全", "活动记录不规范"]
    assert items(text, "原因分析") == ["检查抓得不严"]
    assert items(text, "下步打算") == ["统一印制记录本"]


def test_what_a_plan_sets_up_is_no_measure_of_this_year() -> None:
    text = "一、组织领导\n建立书记抓武装制度。\n二、下步打算\n建立民兵活动日制度。\n"
    assert items(text, "其他履职举措") == ["建立书记抓武装制度"]
