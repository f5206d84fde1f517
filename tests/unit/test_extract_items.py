"""Items of running text without the words around them, and money whose group and kind stand apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts.model_copy(update={"learned": None})
LEAD = "全年应急处置6次，出动民兵180人次。"


def items(text: str, label: str = "急难险重任务") -> list[object]:
    found = [one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == label]
    return [value[0] for value in found if isinstance(value, tuple)]


def grants(text: str) -> list[tuple[object, ...]]:
    rows = (one.row for one in extract_text(text, SCHEMA).facts if one.label == "优抚资金" and one.row is not None)
    return [(row["项目"], row.get("人数"), row["金额"]) for row in rows]


# ---- items


@pytest.mark.parametrize(
    "said",
    [
        "还干了河道清障、学校消杀两件苦活。",
        "主要承担河道清障、学校消杀两类急难险重任务。",
        "河道清障、学校消杀等任务也由民兵完成。",
        "河道清障、学校消杀等急事，都少不了民兵。",
        "先后完成了河道清障、学校消杀这两样急活。",
        "河道清障、学校消杀，民兵都上了。",
    ],
)
def test_what_frames_a_run_is_no_part_of_it(said: str) -> None:
    assert items(LEAD + said) == ["河道清障", "学校消杀"]


def test_from_one_to_the_other() -> None:
    said = "从河道清障、学校消杀，到山火扑救，急难险重处处有民兵。"
    assert items(LEAD + said) == ["河道清障", "学校消杀", "山火扑救"]


def test_a_storm_with_its_name_is_one_item() -> None:
    assert items(LEAD + "主要承担了台风“玉兔”善后清理、会展安保等任务。") == ["台风“玉兔”善后清理", "会展安保"]


@pytest.mark.parametrize(
    "said",
    ["有毒气体泄漏处置、会展安保等任务也由民兵完成。", "先后完成了有毒气体泄漏处置、会展安保两件急事。"],
)
def test_a_word_that_begins_like_a_lead_stays(said: str) -> None:
    assert items(LEAD + said) == ["有毒气体泄漏处置", "会展安保"]


@pytest.mark.parametrize(
    "said",
    ["整组点验、政治教育等任务也由民兵完成。", "明年要承担河道清障、学校消杀等任务。", "出动车辆、器材，民兵都到了。"],
)
def test_what_is_no_such_task(said: str) -> None:
    assert items(said) == []


# ---- money


@pytest.mark.parametrize(
    "said",
    [
        "兑现17名义务兵家庭27.2万元优待金。",
        "优待金发了17名义务兵家庭，27.2万元。",
        "优待金发给义务兵家庭18户17人共27.2万元。",
        "义务兵17人，发给家庭优待金27.2万元。",
        "义务兵家庭优待金按时拨付，17人合计27.2万元。",
        "17名义务兵家庭落实优待金，金额27.2万元。",
    ],
)
def test_group_and_kind_make_the_name(said: str) -> None:
    assert grants(f"双拥优抚。{said}") == [("义务兵家庭优待金", 17, Decimal(272000))]


def test_two_groups_in_one_sentence() -> None:
    said = "支付6名因公牺牲军人遗属抚恤金9.6万元、11名参战退役人员4.4万元生活补助。"
    assert grants(said) == [
        ("因公牺牲军人遗属抚恤金", 6, Decimal(96000)),
        ("参战退役人员生活补助", 11, Decimal(44000)),
    ]


def test_a_kind_without_a_group_needs_a_name_of_its_own() -> None:
    assert grants("优待金发了9人、14.4万元。") == [("优待金", 9, Decimal(144000))]
    assert grants("民兵训练补助发了90人、1.8万元。") == []
    assert grants("慰问优抚对象40户，发放慰问金2万元。") == []


def test_who_studies_again_is_paid_too() -> None:
    assert grants("双拥优抚。发放8人退役大学生复学奖励12万元。") == [("退役大学生复学奖励", 8, Decimal(120000))]
