"""无, ／, 不涉及: an answer that is kept, not asked for again, and printed nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from test_embedded import SHAPES, drafted, example, report_of

from assistant.checks.coverage_grid import coverage_grid
from assistant.checks.report import check_report
from assistant.drafting.brief import brief_for
from assistant.drafting.messages import messages_for
from assistant.facts.nothing import is_nothing, says_nothing
from assistant.facts.sheet import Fact, FactSheet, plain_fact, read_facts
from assistant.reports.types import Length
from assistant.slots.grammar import slots_in
from assistant.slots.render import render_text

#: What a clerk writes into the fields of words that have nothing to tell.
NONE: dict[str, object] = {
    "年度主题": "无",
    "主题教育活动": "／",
    "其他履职举措": ["暂无"],
    "征兵荣誉": "没有。",
    "急难险重任务": ["无"],
    "专项任务名称": "不涉及",
    "先进典型": [{"姓名": "无", "身份": "无", "事迹": "无"}],
    "民兵分队": [{"名称": "—", "数量": "—", "实有人数": "/"}],
    "优抚资金": "无",
    "经费明细": "不涉及",
    "立功受奖": [{"等次": "无", "人数": 0}],
    "存在问题": ["无"],
    "原因分析": "暂无",
    "下步打算": ["无。"],
}


def without(shape: str) -> FactSheet:
    sheet = example(shape)
    for label, fact in read_facts(NONE, sheet.schema).facts.items():
        sheet = sheet.with_fact(label, fact)
    return sheet


@pytest.mark.parametrize(
    "text",
    ["无", " 无。", "（无）", "没有", "暂无", "目前没有", "不涉及", "无此项", "/", "／", "—", "——", "N/A", "0"],
)
def test_words_for_nothing(text: str) -> None:
    assert is_nothing(text)
    assert says_nothing(text)
    assert says_nothing((text,))
    assert says_nothing(({"姓名": text, "人数": 0},))


@pytest.mark.parametrize(
    "text", ["", "无人机分队", "无线电管控", "没有专职教练员", "暂无训练场地", "无偿献血", "5", "12/3", "××镇", "……"]
)
def test_words_that_say_something(text: str) -> None:
    assert not is_nothing(text)
    assert not says_nothing((text, "无"))
    assert not says_nothing(({"姓名": text, "身份": "无"},))


def test_nothing_is_no_empty_value() -> None:
    assert not says_nothing(None)
    assert not says_nothing("")
    assert not says_nothing(())
    assert not says_nothing(({"人数": 3, "等次": "无"},)), "a figure was given"


@pytest.mark.parametrize("label", NONE)
def test_the_answer_is_kept_as_it_was_written_and_has_no_value_to_tell(label: str) -> None:
    sheet = without("duty-c")
    fact = sheet.fact(label)
    assert not fact.empty
    assert not fact.told
    assert sheet.value(label) is None
    assert read_facts({label: plain_fact(fact)}, sheet.schema).fact(label) == fact


def test_nothing_beside_something_is_left_out() -> None:
    schema = example("duty-c").schema
    raw: Mapping[str, object] = {
        "急难险重任务": ["无", "河堤巡查"],
        "先进典型": [{"姓名": "无"}, {"姓名": "何振海", "身份": "无", "事迹": "带头值守"}],
    }
    sheet = read_facts(raw, schema)
    assert sheet.value("急难险重任务") == ("河堤巡查",)
    assert render_text("{{先进典型}}", sheet) == "何振海", "a cell of 无 is printed nowhere either"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("length", list(Length))
def test_no_draft_prints_it_or_asks_for_it(shape: str, length: Length) -> None:
    sheet = without(shape)
    report_type, report = report_of(shape, sheet, length, 2)
    for seed in range(4):
        texts = drafted(shape, sheet, length, seed)
        assert not {slot.label for text in texts.values() for slot in slots_in(text)} & set(NONE)
        whole = "\n".join(render_text(text, sheet) for text in texts.values())
        assert "【待补" not in whole
        sections = tuple(replace(one, text=texts.get(one.key, ""), revision=1) for one in report.sections)
        found = check_report(replace(report, sections=sections), report_type)
        assert [one for one in found if one.severity == "error" or set(one.facts) & set(NONE)] == []


@pytest.mark.parametrize("send_values", [True, False])
def test_a_model_is_told_that_there_is_nothing_to_write_of(send_values: bool) -> None:
    sheet = without("duty-c")
    report_type, report = report_of("duty-c", sheet, Length.NORMAL)
    for section in report.written:
        first, *_, last = messages_for(brief_for(report_type, report, section, 1), send_values=send_values)
        offered = {slot.label for slot in slots_in(first.content + last.content)}
        assert not offered & set(NONE)
        assert set(NONE) <= set(first.content.partition("正文不要提到的事实：")[2].partition("。")[0].split("、"))


def test_a_text_that_still_uses_the_fact_is_told() -> None:
    sheet = without("duty-c")
    report_type, report = report_of("duty-c", sheet, Length.NORMAL)
    sections = tuple(
        replace(one, text="在{{专项任务名称}}中值守。") if one.key == "special-task" else one for one in report.sections
    )
    found = check_report(replace(report, sections=sections), report_type)
    (finding,) = (one for one in found if one.kind == "placeholder")
    assert finding.severity == "error"
    assert finding.message == "“专项任务名称”填的是没有，这句话还用着它：请改写这一句，或重新起草这一节。"


def test_the_grid_of_facts_does_not_wait_for_it() -> None:
    _, report = report_of("duty-c", without("duty-c"), Length.NORMAL)
    assert not {row.label for row in coverage_grid(report)} & set(NONE)


def test_a_line_around_the_text_is_left_out() -> None:
    sheet = example("duty-c").with_fact("主送机关", Fact("无"))
    report_type, report = report_of("duty-c", sheet, Length.NORMAL)
    assert not [one for one in check_report(report, report_type) if one.rule == "placeholder.missing"]
