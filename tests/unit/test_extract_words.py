"""Names, offices and tasks where people who write no formal report put them."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
BODY = "一、民兵工作\n全年组织点验2次，训练10天，各村民兵连按时到齐，装备逐件登记，台账当天补齐。\n"


def value(text: str, label: str) -> object:
    """What was found for a text fact; None where nothing was."""
    return next((one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == label), None)


@pytest.mark.parametrize(
    "text",
    [
        f"武装干事交接清单（石桥镇武装部）\n移交人：李明\n\n{BODY}",
        f"2025年工作要点\n——石桥镇\n\n{BODY}",
        f"2025年度述职报告\n述职人：李明 （石桥镇党委书记）\n\n{BODY}",
        f"电话记录\n来电：石桥镇武装部副部长 李明\n\n{BODY}",
        f"工作小结\n\n{BODY}\n石桥镇综合办公室  2025.12.3\n",
        f"个人小结\n\n我叫李明，前年到石桥镇武装部工作，主要管民兵档案，今年一直在岗。\n{BODY}",
    ],
)
def test_the_township_stands_where_no_title_names_it(text: str) -> None:
    assert value(text, "单位简称") == "石桥镇"


@pytest.mark.parametrize("text", [f"工作小结（全镇汇总）\n{BODY}", f"工作小结\n（各乡镇武装部报来）\n{BODY}"])
def test_what_is_no_name_of_a_township(text: str) -> None:
    assert value(text, "单位简称") is None


def test_the_office_in_brackets_behind_the_name() -> None:
    assert value(f"2025年度述职报告\n述职人：李明 （石桥镇党委书记）\n\n{BODY}", "述职人职务") == "石桥镇党委书记"


def test_a_signature_with_its_date_on_one_line() -> None:
    text = f"石桥镇2025年武装工作报告\n{BODY}\n石桥镇综合办公室  2025.12.3\n"
    assert value(text, "落款单位") == "石桥镇综合办公室"


@pytest.mark.parametrize(
    "said",
    [
        "专项是汛期巡堤，投入民兵40人。",
        "（二）汛期巡堤。这是今年的专项任务。民兵40人轮流上堤。",
        "圆满完成汛期巡堤专项任务，民兵40人轮流上堤。",
    ],
)
def test_the_special_task_is_named(said: str) -> None:
    assert value(f"石桥镇2025年武装工作报告\n{BODY}{said}\n", "专项任务名称") == "汛期巡堤"


def test_how_many_special_tasks_there_were_is_no_name() -> None:
    assert value(f"石桥镇2025年武装工作报告\n{BODY}圆满完成上级专项任务3项。\n", "专项任务名称") is None


def test_a_note_in_brackets_above_the_addressee() -> None:
    text = f"石桥镇2025年武装工作报告\n（12月1日初稿，空着的请各办补齐）\n\n区委、区人武部：\n{BODY}"
    assert value(text, "主送机关") == "区委、区人武部"
