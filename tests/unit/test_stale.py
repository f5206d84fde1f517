"""Which changed facts make a text stale, and which do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from schemas import SCHEMA, sheet
from test_embedded import SHAPES, drafted, example, report_of

from assistant.checks.stale import stale_findings
from assistant.facts.sheet import Fact, FactSheet
from assistant.reports.report import Section
from assistant.reports.snapshot import changed_since, snapshot_of
from assistant.reports.types import HeadingStyle, Length


def section(text: str, facts: tuple[str, ...] = (), on: FactSheet | None = None, heading: str = "") -> Section:
    """A section whose text was written on ``on``."""
    made = Section("s", 1, "节", heading, HeadingStyle.NUMBERED, "s", facts, 10, text=text, revision=1)
    return replace(made, snapshot=snapshot_of(made, text, on or sheet()))


def reasons(made: Section, **changes: object) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.rule.removeprefix("stale."), one.facts) for one in stale_findings(made, sheet(**changes))]


ENLIST = "输送新兵{{入伍人数|名}}，比去年有所增长；完成兵役登记{{兵役登记}}。"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        # Only the value: printed anew, nothing to reword.
        (ENLIST, {"入伍人数": {"value": 15, "last_year": 10}}),
        # The slot itself says the direction.
        ("输送新兵{{入伍人数}}，{{入伍人数|同比}}。", {"入伍人数": {"value": 8, "last_year": 10}}),
        # The word speaks of the other figure.
        (ENLIST, {"兵役登记": {"value": 500, "last_year": 400}}),
        ("提高政治站位，召开议军会议{{议军会议}}。", {"议军会议": {"value": 2, "last_year": 3}}),
        # Where a figure comes from is no matter of words.
        (ENLIST, {"入伍人数": {"value": 12, "last_year": 10, "source": "征兵办"}}),
        # A fact that the text does not name.
        (ENLIST, {"宣传资料": None}),
        # It stood there as a placeholder and is printed now.
        ("{{单位简称}}", {"单位简称": "柳林镇"}),
    ],
)
def test_what_is_printed_anew_is_not_stale(text: str, changes: dict[str, object]) -> None:
    assert reasons(section(text), **changes) == []


@pytest.mark.parametrize(
    ("text", "word", "changes"),
    [
        (ENLIST, "增长", {"入伍人数": {"value": 8, "last_year": 10}}),
        (ENLIST, "增长", {"入伍人数": {"value": 10, "last_year": 10}}),
        (ENLIST, "去年", {"入伍人数": 12}),
        ("较去年增加{{入伍人数|增减}}。", "增加", {"入伍人数": {"value": 9, "last_year": 10}}),
        ("专题会{{专题会议}}，与去年持平。", "持平", {"专题会议": {"value": 5, "last_year": 4}}),
    ],
)
def test_a_direction_word_beside_a_turned_figure(text: str, word: str, changes: dict[str, object]) -> None:
    made = section(text)
    (finding,) = stale_findings(made, sheet(**changes))
    assert (finding.rule, finding.severity, finding.excerpt) == ("stale.direction", "warning", word)
    assert word in finding.message


def test_a_figure_that_turns_to_what_the_text_says() -> None:
    # 下降 beside a rise was wrong before, which is another check's finding.
    assert reasons(section("{{入伍人数}}，下降明显。"), 入伍人数={"value": 8, "last_year": 10}) == []


def test_doubled_no_more() -> None:
    made = section("输送新兵{{入伍人数}}，实现翻番。", on=sheet(入伍人数={"value": 20, "last_year": 10}))
    assert reasons(made, 入伍人数={"value": 21, "last_year": 10}) == []
    assert reasons(made, 入伍人数={"value": 12, "last_year": 10}) == [("direction", ("入伍人数",))]


def test_a_percentage_without_direction_beside_an_equal_figure() -> None:
    made = section("输送新兵{{入伍人数}}，{{入伍人数|方向}}{{入伍人数|增幅}}。")
    assert reasons(made, 入伍人数={"value": 8, "last_year": 10}) == []
    assert reasons(made, 入伍人数={"value": 10, "last_year": 10}) == [("direction", ("入伍人数",))]


def test_lists_told_by_number() -> None:
    made = section("一是{{存在问题.1}}；二是{{存在问题.2}}。")
    first, second = "训练场地不足。", "台账不规范；"
    assert reasons(made, 存在问题=[first, second, "装备老化"]) == [("list", ("存在问题",))]
    assert reasons(made, 存在问题=[first]) == [("list", ("存在问题",))]
    assert reasons(made, 存在问题=[second, first]) == [("list", ("存在问题",))]
    # Said in other words: printed anew.
    assert reasons(made, 存在问题=["训练场地仍然不足", second]) == []
    assert reasons(section("问题有：{{存在问题}}"), 存在问题=[second, first, "装备老化"]) == []


def test_a_counted_list() -> None:
    made = section("主要存在两个方面的问题：{{存在问题}}")
    (finding,) = stale_findings(made, sheet(存在问题=["甲", "乙", "丙"]))
    assert (finding.rule, finding.excerpt) == ("stale.list", "两个")


def test_rows_that_are_gone_or_new() -> None:
    rows = [{"名称": "应急排", "实有人数": 28}, {"名称": "医疗救护班", "编制人数": 20}]
    made = section("应急排{{民兵分队.应急排.实有人数}}，救护班{{民兵分队.医疗救护班.编制人数}}。")
    assert reasons(made, 民兵分队=[{**rows[0], "实有人数": 30}, rows[1]]) == []
    assert reasons(made, 民兵分队=rows[:1]) == [("rows", ("民兵分队",))]
    assert reasons(made, 民兵分队=[*rows, {"名称": "通信班", "编制人数": 9}]) == [("rows", ("民兵分队",))]
    assert reasons(section("{{民兵分队.合计}}"), 民兵分队=rows[:1]) == []
    assert reasons(section("{{民兵分队}}，应急排{{民兵分队.应急排}}"), 民兵分队=[*rows, {"名称": "通信班"}]) == []


def test_emptied_and_filled() -> None:
    made = section("入伍{{入伍人数}}。", ("入伍人数", "宣传资料"))
    assert reasons(made, 入伍人数=None) == [("emptied", ("入伍人数",))]
    assert reasons(made, 宣传资料=None) == []
    before = section("入伍{{入伍人数}}。", ("入伍人数", "宣传资料"), sheet(宣传资料=None, 入伍人数=None))
    # 入伍人数 stood there as 【待补】 and is printed now; 宣传资料 is wanted here and was not known.
    assert reasons(before) == [("filled", ("宣传资料",))]
    assert reasons(section("入伍{{入伍人数}}。", (), sheet(宣传资料=None))) == []


def test_zero_and_not_zero() -> None:
    told = section("征兵期间未发生信访举报。", ("信访举报",))
    assert reasons(told, 信访举报=2) == [("zero", ("信访举报",))]
    assert reasons(told, 信访举报=None) == [("emptied", ("信访举报",))]
    counted = section("受理信访举报{{信访举报}}。", ("信访举报",), sheet(信访举报=3))
    assert reasons(counted, 信访举报=2) == []
    assert reasons(counted, 信访举报=0) == [("zero", ("信访举报",))]
    assert reasons(section("受理信访举报{{信访举报}}。", ("信访举报",)), 信访举报=2) == []
    (finding,) = stale_findings(section("未发生信访（{{信访举报}}）。", ("信访举报",)), sheet(信访举报=2))
    assert "未发生" in finding.excerpt


def test_derived_facts_are_facts() -> None:
    on = sheet(适龄青年={"value": 326, "last_year": 500})
    made = section("登记率{{兵役登记率}}，比去年提高。", on=on)
    assert made.snapshot is not None
    assert made.snapshot["兵役登记率"] == {"value": "98.2", "last_year": 80}
    assert [one.facts for one in stale_findings(made, on.with_fact("兵役登记", Fact(250, last_year=400)))] == [
        ("兵役登记率",)
    ]


def test_nothing_is_said_of_what_nobody_knows() -> None:
    assert stale_findings(replace(section(ENLIST), snapshot=None), sheet(入伍人数=None)) == []
    assert stale_findings(replace(section(ENLIST), text=""), sheet(入伍人数=None)) == []
    # A snapshot of an older report type.
    assert changed_since({"没有的事实": 3, "入伍人数": "甲"}, sheet()) == {}


@pytest.mark.parametrize("shape", SHAPES)
def test_embedded_drafts_take_changed_figures_without_a_word(shape: str) -> None:
    """Every figure of a sample report changed a little, directions kept: no section is stale."""
    before = example(shape)
    _, report = report_of(shape, before, Length.FULL)
    texts = drafted(shape, before, Length.FULL)
    written = [
        replace(one, text=text, revision=1, snapshot=snapshot_of(one, text, before))
        for one in report.sections
        if (text := texts.get(one.key, ""))
    ]
    after = before
    for label, fact in before.facts.items():
        if isinstance(fact.value, int | Decimal) and not isinstance(fact.last_year, int | Decimal) and fact.value:
            after = after.with_fact(label, replace(fact, value=fact.value + 1))
    assert written
    assert [one for part in written for one in stale_findings(part, after)] == []
    emptied = FactSheet(after.schema, {})
    assert any(stale_findings(part, emptied) for part in written)


@pytest.mark.parametrize("unit", ["增长", "{{入伍人数}}增长", "未", "三个", "{{存在问题.1}}，"])
def test_a_long_text_comes_to_an_end(unit: str) -> None:
    """Quadratic time would not end."""
    made = section(unit * (100_000 // len(unit)))
    stale_findings(made, sheet(入伍人数={"value": 8, "last_year": 10}, 存在问题=["甲"]))


def test_schema_is_the_one_of_the_sheet() -> None:
    assert sheet().schema is SCHEMA
