"""Where lists of faults, causes and plans begin and end, and how their items are parted."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
REPORT = (
    "清河镇2025年党管武装工作情况报告\n一、组织领导\n全年召开党委议军会议2次，专题会议3次，配备专武干部2名。"
    "武装工作有人抓、有人管，日常值班、装备保养和档案整理都有专人负责，年底逐项对账，镇里和村里的台账都能对得上。\n"
    "二、民兵工作\n组织点验2次，训练10天。各村民兵连参加了巡堤、清淤和护林，农忙时节还帮缺劳力的人家抢收了庄稼。\n"
)


def items(text: str, label: str) -> list[object]:
    """The items of a list in the words of the text."""
    found = [one.fact.value for one in extract_text(REPORT + text, SCHEMA).facts if one.label == label]
    return [value[0] for value in found if isinstance(value, tuple)]


# ---- where a list ends


@pytest.mark.parametrize("closing", ["特此报告。\n", "以上报告，请予审议。\n", ""])
def test_annexes_are_no_plans(closing: str) -> None:
    annex = "附表1：征兵工作情况（单位：人）\n项目\t今年\t去年\n报名应征\t52\t47\n体检合格\t21\t20\n"
    text = f"三、下步打算\n一是修缮靶场；二是办好冬训。\n{closing}\n{annex}\n清河镇党委\n2025年12月3日"
    assert items(text, "下步打算") == ["修缮靶场", "办好冬训"]


def test_figures_of_an_annex_behind_the_plans_are_read() -> None:
    annex = "附表1：征兵工作情况（单位：人）\n项目\t2025年\t2024年\n报名应征\t52\t47\n体检合格\t21\t20\n"
    found = extract_text(f"{REPORT}三、下步打算\n一是修缮靶场；二是办好冬训。\n{annex}", SCHEMA).facts
    assert ("报名应征", 52, 47) in [(one.label, one.fact.value, one.fact.last_year) for one in found]


def test_a_line_without_a_number_behind_numbered_plans_is_none() -> None:
    text = "三、下步打算\n1．修缮靶场。\n2．办好冬训。\n主任说打印机开春就给换新的，到时去领。\n"
    assert items(text, "下步打算") == ["修缮靶场", "办好冬训"]


def test_what_follows_plans_told_in_one_paragraph_speaks_of_something_else() -> None:
    text = "明年打算：一是修缮靶场；二是办好冬训。\n他还问起邻镇来的人多不多，回说没有细数。\n"
    assert items(text, "下步打算") == ["修缮靶场", "办好冬训"]
