"""A report whose lists are told in whatever way a test says."""

from __future__ import annotations

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
#: What stands in front: a text of its own would be too short to be a report's.
REPORT = (
    "清河镇2025年党管武装工作情况报告\n一、组织领导\n全年召开党委议军会议2次，专题会议3次，配备专武干部2名。"
    "武装工作有人抓、有人管，日常值班、装备保养和档案整理都有专人负责，年底逐项对账，镇里和村里的台账都能对得上。\n"
    "二、民兵工作\n组织点验2次，训练10天。各村民兵连照花名册点了名，没有到的当天补了手续，花名册一式三份留存。\n"
)
FAULTS, CAUSES, PLANS = "存在问题", "原因分析", "下步打算"


def items(text: str, label: str, report: str = REPORT) -> list[object]:
    """The items of a list in the words of the text."""
    found = [one.fact.value for one in extract_text(report + text, SCHEMA).facts if one.label == label]
    return [value[0] for value in found if isinstance(value, tuple)]
