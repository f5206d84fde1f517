"""Numbers of items part one figure from the next item's noun; a signature pushed to the right is no item."""

from __future__ import annotations

import pytest

from assistant.intake.cleaning import clean
from assistant.intake.extract import extract_text
from assistant.intake.extract_item_marks import parted
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
ITEMS = ("适龄青年：88人", "兵役登记：87人", "报名：12人", "上站：8人", "体检合格：5人", "入伍：4人")
LABELS = ("适龄青年", "兵役登记", "报名应征", "上站体检", "体检合格", "入伍人数")


def facts(text: str) -> dict[str, object]:
    return {one.label: one.fact.value for one in extract_text(text, SCHEMA).facts if one.row is None}


@pytest.mark.parametrize(
    "marks", ["①②③④⑤⑥", ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）"], ["1.", "2.", "3.", "4.", "5.", "6."]]
)
@pytest.mark.parametrize("gap", ["", " "])
def test_each_item_of_a_line_keeps_its_value(marks: list[str], gap: str) -> None:
    line = gap.join(mark + item for mark, item in zip(marks, ITEMS, strict=True))
    found = extract_text(line, SCHEMA)
    assert {one.label: one.fact.value for one in found.facts} == dict(zip(LABELS, (88, 87, 12, 8, 5, 4), strict=True))
    assert not found.notices
    assert not any(one.doubt for one in found.facts)


@pytest.mark.parametrize(
    "text",
    [
        "①登记88人；②报名12人",
        "见附件①②",
        "经费（1）项",
        "完成10.5万元，3.20点验",
        "①思想认识不深②督导检查不够",
        "（2）登记88人（3）",
    ],
)
def test_what_has_its_marks_or_tells_no_figures_stays(text: str) -> None:
    cleaned = clean(text)
    assert parted(cleaned) is cleaned


def test_a_signature_behind_many_blanks_is_no_item() -> None:
    far = " " * 40
    found = extract_text(
        "柳河镇2024年党管武装工作总结\n一年来，我镇议军会议开了2次，入伍12人，成绩很好。\n"
        "工作中还存在一些不足，个别村重视不够。\n四、下步打算\n"
        "（1）抓好人武部规范化建设；（2）在两新组织中编组民兵；（3）提前启动征兵宣传。\n\n"
        f"{far}中共柳河镇委员会\n{far}二〇二四年十二月二十日\n",
        SCHEMA,
    ).facts
    assert [one.fact.value for one in found if one.label == "下步打算"] == [
        ("抓好人武部规范化建设",),
        ("在两新组织中编组民兵",),
        ("提前启动征兵宣传",),
    ]
    assert {"落款单位", "成文日期"} <= {one.label for one in found}
