"""Pasted sheets in many layouts: read by their shape; what the shape does not tell waits for a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from pasted_sheets import SCHEMA, SEPARATORS, Sheet, judged, sheets  # noqa: E402

from assistant.intake.extract import extract_text  # noqa: E402

TITLE = "清河镇2025年党管武装工作情况\n"
HEADED = [sheet for number, sheet in enumerate(sheets()) if sheet.kind.startswith("分隔") and number % 41 == 0]


def told(text: str) -> dict[str, tuple[Any, Any, bool]]:
    """Label → (this year's figure, last year's, whether it waits for a person)."""
    return {
        one.label: (one.fact.value, one.fact.last_year, bool(one.doubt))
        for one in extract_text(TITLE + text, SCHEMA).facts
        if one.row is None and SCHEMA.by_label[one.label].type.numeric and one.label != "年度"
    }


@pytest.mark.parametrize("sheet", HEADED, ids=lambda sheet: sheet.layout)
def test_a_sheet_with_a_head_is_read_whole(sheet: Sheet) -> None:
    said = judged(sheet)
    assert said["right"] == len(sheet.gold)
    assert not said["wrong"]


@pytest.mark.parametrize("mark", SEPARATORS.values(), ids=SEPARATORS)
def test_without_a_head_the_change_tells_which_year_is_which(mark: str) -> None:
    now_first = [("兵役登记", "325", "338", "-13"), ("报名应征", "61", "58", "3"), ("入伍人数", "18", "17", "1")]
    last_first = [(name, last, now, change) for name, now, last, change in now_first]
    for lines in (now_first, last_first):
        assert told("\n".join(mark.join(line) for line in lines) + "\n") == {
            "兵役登记": (325, 338, False), "报名应征": (61, 58, False), "入伍人数": (18, 17, False),
        }  # fmt: skip


def test_two_figures_without_a_head_wait_for_a_person() -> None:
    asked = told("兵役登记，325，338\n报名应征，61，58\n入伍人数，18，17\n")
    assert {label for label, (_, _, waits) in asked.items() if waits} == {"兵役登记", "报名应征", "入伍人数"}


def test_a_change_that_does_not_add_up_is_asked() -> None:
    asked = told("指标,今年,去年,增减\n兵役登记,325,338,-13\n报名应征,61,58,5\n入伍人数,18,17,1\n")
    assert asked == {"兵役登记": (325, 338, False), "报名应征": (61, 58, True), "入伍人数": (18, 17, False)}


def test_a_bar_in_front_of_some_lines_alone_shifts_no_column() -> None:
    text = " | 兵役登记（人） | 报名应征（人）| 入伍人数（人）\n今年 | 325 | 61 | 18\n去年 | 338 | 58 | 17\n"
    assert told(text) == {
        "兵役登记": (325, 338, False), "报名应征": (61, 58, False), "入伍人数": (18, 17, False),
    }  # fmt: skip


def test_a_column_of_next_years_plan_with_units_is_no_list() -> None:
    text = "指标\t2024年\t2025年\t2026年计划\n报名应征\t58人\t61人\t60人\n入伍人数\t17人\t18人\t18人\n"
    assert told(text) == {"报名应征": (61, 58, False), "入伍人数": (18, 17, False)}
    assert not [one for one in extract_text(TITLE + text, SCHEMA).facts if one.label == "下步打算"]


def test_amounts_with_separators_in_a_sheet_of_commas() -> None:
    text = "项目,今年（元）\n武装经费预算,350,000\n器材装备投入,75,000\n库室建设投入,42,000\n"
    amounts = {"武装经费预算": (350000, None, False), "器材装备投入": (75000, None, False)}
    assert told(text) == amounts | {"库室建设投入": (42000, None, False)}
    quoted = '序号,项目,今年（元）\n1,武装经费预算,"350,000"\n2,器材装备投入,"75,000"\n'
    assert told(quoted) == amounts


@pytest.mark.parametrize(
    "text",
    [
        "组织民兵训练，12天，参训240人次\n组织民兵点验，2次，到点170人次\n",
        "1、召开党委议军会议3次\n2、现场办公5次\n3、召开专题会议4次\n",
        "全年议军，3次，其中书记主持2次\n全年现场办公，5次，其中镇长2次\n全年专题会，4次，其中扩大会1次\n",
    ],
)
def test_lines_of_prose_are_no_table(text: str) -> None:
    assert all(not waits for _, _, waits in told(text).values())
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "（前为今年、后为去年）\n党委议军会议：3次/2次\n现场办公：5次/6次\n",
        "（去年/今年）\n党委议军会议2/3次\n现场办公6/5次\n",
        "以下各数斜线前是今年数，斜线后是去年数：党委议军会议3/2次；现场办公5/6次。\n",
    ],
)
def test_a_legend_tells_the_order_on_a_stroke(text: str) -> None:
    assert told(text) == {"党委议军会议": (3, 2, False), "现场办公": (5, 6, False)}


def test_pairs_on_a_stroke_without_a_legend_wait_for_a_person() -> None:
    assert told("党委议军会议：3次/2次\n现场办公：5次/6次\n") == {
        "党委议军会议": (3, None, True), "现场办公": (5, None, True),
    }  # fmt: skip


def test_a_legend_of_years_says_nothing_of_places_and_heads() -> None:
    text = "（今年/去年）\n党委议军会议3/2次\n基干民兵（编制/实有）：\n应急排30/28\n通信分队10/9\n"
    rows = [dict(one.row) for one in extract_text(TITLE + text, SCHEMA).facts if one.row is not None]
    assert [(row.get("编制人数"), row.get("实有人数")) for row in rows] == [(30, 28), (10, 9)]


@pytest.mark.parametrize(
    "text",
    [
        "今年\n入伍人数：18人\n兵役登记：325人\n去年\n入伍人数：17人\n兵役登记：338人\n",
        "【2025年】\n入伍人数：18人\n兵役登记：325人\n\n【2024年】\n入伍人数：17人\n兵役登记：338人\n",
        "2025年：入伍人数18人，兵役登记325人。\n2024年：入伍人数17人，兵役登记338人。\n",
        "入伍人数：18人\n（去年：17人）\n兵役登记：325人\n（去年：338人）\n",
    ],
)
def test_last_year_on_lines_of_its_own(text: str) -> None:
    assert told(text) == {"入伍人数": (18, 17, False), "兵役登记": (325, 338, False)}


def test_a_block_of_last_year_alone_is_nothing_of_this_year() -> None:
    assert told("去年情况：\n入伍人数：17人\n兵役登记：338人\n") == {}


def test_what_villages_have_is_added_up_for_a_person() -> None:
    text = (
        "村名，兵役登记，入伍人数，每户慰问金（元）\n东河村，120，6，500\n西岭村，105，7，500\n南坪社区，100，5，500\n"
    )
    assert told(text) == {"兵役登记": (325, None, True), "入伍人数": (18, None, True)}


def test_a_village_that_did_not_report_is_not_passed_over() -> None:
    text = "村名\t兵役登记\t入伍人数\n东河村\t120\t6\n西岭村\t105\t\n南坪社区\t100\t5\n"
    assert told(text) == {"兵役登记": (325, None, True)}


def test_a_total_that_is_not_the_sum_of_its_villages_is_asked() -> None:
    text = "村名\t兵役登记\t入伍人数\n东河村\t120\t6\n西岭村\t105\t7\n合计\t225\t14\n"
    assert told(text) == {"兵役登记": (225, None, False), "入伍人数": (14, None, True)}


ROSTER = "姓名\t性别\t学历\t所在村\n王大山\t男\t大专\t东河村\n李小河\t男\t高中\t西岭村\n赵一平\t女\t本科\t南坪社区\n"


def test_a_list_of_people_is_counted_for_a_person_to_look_at() -> None:
    assert told("2025年入伍新兵花名册\n" + ROSTER) == {"入伍人数": (3, None, True), "大学生入伍": (2, None, True)}


def test_what_a_list_counts_never_stands_against_what_is_told() -> None:
    text = "全年入伍4人，其中大学生2人。\n入伍新兵名单\n" + ROSTER
    assert told(text) == {"入伍人数": (4, None, False), "大学生入伍": (2, None, False)}


@pytest.mark.parametrize("caption", ["2024年入伍新兵花名册", "2025年拟定新兵名单", "值班人员名单", "党员学习签到表"])
def test_other_lists_of_people_count_nothing(caption: str) -> None:
    assert told(f"{caption}\n{ROSTER}") == {}


def test_lines_of_cells_as_wide_as_each_other_are_no_broken_text() -> None:
    names = ["兵役登记", "报名应征", "上站体检", "体检合格", "政治考核", "入伍人数", "基干民兵"]
    head = "序号     项目     单位     本年     上年     增减\n"
    lines = "".join(f"{at}     {name}     人     {30 + at}     {20 + at}     10\n" for at, name in enumerate(names, 1))
    assert told(head + lines) == {name: (30 + at, 20 + at, False) for at, name in enumerate(names, 1)}
