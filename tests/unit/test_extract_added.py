"""Figures that another figure completes: what was added to them, so many times so much, and each one's own."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
OF_2025 = "2025年武装工作总结\n"


def told(text: str, label: str) -> list[tuple[object, object, str]]:
    """Value, last year's and doubt of a fact."""
    found = extract_text(text, SCHEMA).facts
    return [(one.fact.value, one.fact.last_year, one.doubt) for one in found if one.label == label]


def notices(text: str) -> list[str]:
    return [one.message for one in extract_text(text, SCHEMA).notices]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("2024年底民兵之家7个，今年新建3个，总数达到10个。", "民兵之家", (10, 7, "")),
        ("民兵之家2024年底7个，今年又建成3个，现有10个。", "民兵之家", (10, 7, "")),
        ("截至2024年底民兵之家7个，今年新建3个。", "民兵之家", (10, 7, "由7个和新增的3个相加得出")),
        ("民兵之家去年9个，今年再建4个，其中已挂牌的11个。", "民兵之家", (13, 9, "由9个和新增的4个相加得出")),
        ("民兵之家10个，今年新建3个。", "民兵之家", (10, None, "")),
        ("年初预算批了18万，追加了3万，一共21万。", "武装经费预算", (210000, None, "")),
        ("年初预算18万元，年中追加3万元。", "武装经费预算", (180000, None, "后面又追加3万元，可能要合起来算")),
        ("国防教育课8堂（每堂2课时）。", "国防教育课时", (16, None, "由8堂×2课时算出")),
        ("国防教育课8堂 × 2课时。", "国防教育课时", (16, None, "由8堂×2课时算出")),
        ("全镇12个村、3个社区全部建立民兵连。", "村级民兵连", (15, None, "由12个和3个相加得出")),
        ("全镇12个村、3个社区都建成民兵之家。", "民兵之家", (15, None, "由12个和3个相加得出")),
    ],
)
def test_what_two_figures_come_to(text: str, label: str, expected: tuple[object, object, str]) -> None:
    assert told(OF_2025 + text, label) == [expected]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("走访慰问军属86户，每户发放600元慰问金和价值200元的慰问品。", "慰问金总额"),
        ("为32户军属每户送去500元慰问金、300元慰问品。", "慰问金总额"),
        ("今年再建民兵之家4个。", "民兵之家"),
        ("全年组织集训2批次，每批7天。", "训练天数"),
    ],
)
def test_a_figure_of_each_or_of_what_is_new_is_told_and_not_taken(text: str, label: str) -> None:
    assert told(text, label) == []
    assert any(f"“{label}”" in message for message in notices(text))


@pytest.mark.parametrize(
    ("text", "label", "values"),
    [
        ("走访军属30户，每户500元，另送价值100元的水果，共1.8万元。", "慰问金总额", [18000]),
        ("按每户600元标准发放慰问金5.76万元。", "慰问金总额", [57600]),
        ("有1人体检时晕倒，体检合格20人。", "上站体检", []),
        ("有一个体检复查淘汰了，实际入伍12个。", "上站体检", []),
        ("36人体检，2人训练中受伤，12人入伍。", "上站体检", [36]),
        ("村级民兵连15个，村级民兵连长23人。", "村级民兵", []),
        ("全乡烈属3户、军属27户、参战26人，按月发放抚恤补助共计86.4万元。", "走访慰问户数", []),
        ("登记324报名72体检50合格32入伍22", "兵役登记", [324]),
        ("登记324报名72体检50合格32入伍22", "上站体检", [50]),
    ],
)
def test_a_figure_belongs_to_its_own_words(text: str, label: str, values: list[object]) -> None:
    assert [value for value, _, _ in told(text, label)] == values


def test_a_rate_of_some_of_those_who_were_visited_is_in_doubt() -> None:
    some = "走访立功受奖军人家庭7户，每户1000元；全年共走访慰问军属86户。"
    assert [doubt for _, _, doubt in told(some, "每户慰问金")] == ["原文是7户的标准，不是86户的"]
    assert [doubt for _, _, doubt in told("走访军属86户，每户1000元。", "每户慰问金")] == [""]


def test_one_sum_for_several_groups_names_none_of_them() -> None:
    text = "全乡烈属3户、军属27户、参战26人，按月发放抚恤补助共计86.4万元。"
    (row,) = [one for one in extract_text(text, SCHEMA).facts if one.label == "优抚资金"]
    assert row.row is not None
    assert (row.row["项目"], row.row["金额"], row.doubt) == ("抚恤补助", 864000, "这笔钱是前面几类人合在一起的")


@pytest.mark.parametrize("mark", ["篇二：", "【篇2】", "党管武装工作述职报告（篇二）", "第二篇：柳河街道武装工作总结"])
def test_another_paper_of_a_collection_is_not_read(mark: str) -> None:
    own = "清河镇2025年党管武装工作报告\n今年召开议军会3次，入伍12人，基干民兵86人，走访军属45户，训练10天。\n"
    found = extract_text(f"{own}{mark}\n今年以来，我街道召开议军会4次，征兵28人，投入经费50万元。", SCHEMA)
    assert {one.label: one.fact.value for one in found.facts if one.label in ("党委议军会议", "自称")} == {
        "党委议军会议": 3
    }
    assert any("另一份材料" in one.message for one in found.notices)


def test_an_authors_own_second_part_is_read() -> None:
    own = "清河镇2025年党管武装工作报告\n篇一 抓组织\n今年召开议军会3次，入伍12人，基干民兵86人，走访军属45户。\n"
    assert told(f"{own}篇二 强练兵\n全年训练10天。", "训练天数") == [(10, None, "")]
