"""Rows whose figures stand elsewhere than behind their name, names without a mark, and what there was before."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from gold_facts import schema

from assistant.facts.fields import FactSchema
from assistant.intake.extract import extract_text


@pytest.fixture(scope="module")
def facts() -> FactSchema:
    return schema()


def rows(text: str, table: str, facts: FactSchema) -> list[dict[str, object]]:
    return [dict(one.row) for one in extract_text(text, facts).facts if one.label == table and one.row is not None]


@pytest.mark.parametrize(
    ("text", "table", "told"),
    [
        (
            "基干民兵编制50人、实有48人的应急连，编制42人、实有40人的水上搜救分队。",
            "民兵分队",
            [
                {"名称": "应急连", "编制人数": 50, "实有人数": 48},
                {"名称": "水上搜救分队", "编制人数": 42, "实有人数": 40},
            ],
        ),
        (
            "民兵编有应急排、打井分队、防火分队三个分队，编制分别为30人、20人和26人。",
            "民兵分队",
            [
                {"名称": "应急排", "编制人数": 30},
                {"名称": "打井分队", "编制人数": 20},
                {"名称": "防火分队", "编制人数": 26},
            ],
        ),
        (
            "基干民兵编一个应急排、一个防火班，应急排50人，防火班14人。",
            "民兵分队",
            [{"名称": "应急排", "数量": 1, "实有人数": 50}, {"名称": "防火班", "数量": 1, "实有人数": 14}],
        ),
        (
            "武装经费实际支出如下：\n①民兵集训食宿及误工补助，118000元；\n②购置排涝泵、救生衣等器材，82600元；\n"
            "③民兵意外伤害保险，19800元。\n",
            "经费明细",
            [
                {"项目": "民兵集训食宿及误工补助", "金额": Decimal(118000)},
                {"项目": "购置排涝泵、救生衣等器材", "金额": Decimal(82600)},
                {"项目": "民兵意外伤害保险", "金额": Decimal(19800)},
            ],
        ),
    ],
)
def test_rows_whose_figures_stand_elsewhere(
    text: str, table: str, told: list[dict[str, object]], facts: FactSchema
) -> None:
    assert rows(text, table, facts) == told


def test_two_amounts_line_by_line_are_no_list(facts: FactSchema) -> None:
    text = "武装经费支出：\n1.民兵集训及误工补助，118000元；\n2.其他。\n"
    assert rows(text, "经费明细", facts) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [("三岔村民兵连长吴幺妹挑着饭菜给火线上送了9趟", "吴幺妹"), ("应急排长胡卫东白天跑车、晚上值守", "胡卫东")],
)
def test_a_name_ends_where_the_words_part(words: str, name: str, facts: FactSchema) -> None:
    assert [row["姓名"] for row in rows(f"民兵抢险中涌现出先进典型。{words}。", "先进典型", facts)] == [name]


@pytest.mark.parametrize("words", ["民兵连长高度重视训练", "全镇民兵全力投入抢险", "民兵骨干队伍严重不足"])
def test_words_that_begin_like_a_name_are_nobody(words: str, facts: FactSchema) -> None:
    assert rows(f"民兵抢险中涌现出先进典型。{words}。", "先进典型", facts) == []


def test_what_there_was_before_is_not_what_there_is(facts: FactSchema) -> None:
    text = "专武干部原来只有一名，今年增加到两名。"
    found = [one.fact for one in extract_text(text, facts).facts if one.label == "专武干部"]
    assert [(one.value, one.last_year) for one in found] in ([(2, 1)], [(2, None)])


def test_a_head_below_the_line_of_who_reports_is_a_head(facts: FactSchema) -> None:
    text = (
        "填报单位：北岗乡人民武装部\t\t填报人：苗青\t2025/12/5\n项目\t单位\t2025年\t2024年\t备注\n"
        "党委议军会\t次\t2\t2\t\n行政村\t个\t12\t12\t\n基干民兵\t人\t72\t70\t\n"
    )
    found = {one.label: (one.fact.value, one.fact.last_year) for one in extract_text(text, facts).facts}
    assert found["基干民兵"] == (72, 70)
    assert found["党委议军会议"] == (2, 2)
