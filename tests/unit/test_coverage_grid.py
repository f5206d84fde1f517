"""Facts by sections: where each is used, where it should be, and how its figure is written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_embedded import SHAPES, drafted, example, report_of

from assistant.checks.coverage import coverage_findings, unused_facts
from assistant.checks.coverage_grid import FRAME, CoverageRow, coverage_grid
from assistant.reports.report import Report
from assistant.reports.types import Length

SHAPE = "duty-c"
HOME = "conscription"


def written(texts: dict[str, str]) -> Report:
    _, report = report_of(SHAPE, example(SHAPE), Length.NORMAL)
    sections = (replace(one, heading="", text=texts.get(one.key, ""), revision=1) for one in report.sections)
    return replace(report, sections=tuple(sections))


def row(report: Report, label: str) -> CoverageRow:
    (found,) = [one for one in coverage_grid(report) if one.label == label]
    return found


def test_uses_home_and_forms() -> None:
    report = written({HOME: "入伍{{入伍人数}}，{{入伍人数|同比}}。", "opening": "输送{{入伍人数|名}}新兵。"})
    found = row(report, "入伍人数")
    assert found.home == {HOME}
    assert dict(found.uses) == {"opening": 1, HOME: 2}
    assert found.used == 3
    # 同比 is another figure, not another way to write this one.
    value = report.sheet.value("入伍人数")
    assert found.forms == (f"{value}名", f"{value}人")
    assert row(report, "兵役登记").used == 0
    assert row(report, "兵役登记").forms == ()


def test_the_lines_around_the_text_use_facts_too() -> None:
    found = row(written({}), "述职人")
    assert found.uses[FRAME] >= 1


def test_derived_facts_stand_behind_their_group() -> None:
    report = written({})
    labels = [one.label for one in coverage_grid(report)]
    assert row(report, "兵役登记率").home == {HOME}
    assert labels.index("兵役登记") < labels.index("兵役登记率")
    assert len(labels) == len(set(labels))


def test_only_what_is_filled_required_or_used() -> None:
    report = written({"opening": "{{专题会议}}"})
    empty = replace(report, sheet=replace(report.sheet, facts={}))
    found = coverage_grid(empty)
    assert {one.label for one in found if not one.required} == {"专题会议"}
    assert not any(FRAME in one.uses for one in found), "a line around the text is not printed without its fact"
    assert not any(one.filled for one in found)


def test_a_zero_and_an_unwritten_section_leave_nothing_out() -> None:
    report = written({HOME: "征兵期间未发生信访举报。"})
    section = report.section(HOME)
    assert section is not None
    left_out = unused_facts(section, report)
    assert "信访举报" not in left_out
    assert "入伍人数" in left_out
    assert row(report, "信访举报").zero
    assert {one.facts[0] for one in coverage_findings(section, report, ())} == set(left_out)
    assert unused_facts(replace(section, text=""), report) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_every_use_of_a_draft_is_counted(shape: str) -> None:
    sheet = example(shape)
    _, report = report_of(shape, sheet, Length.FULL)
    texts = drafted(shape, sheet, Length.FULL)
    report = replace(report, sections=tuple(replace(one, text=texts.get(one.key, "")) for one in report.sections))
    grid = coverage_grid(report)
    slots = sum(text.count("{{") for one in report.sections for text in (one.heading, one.text))
    assert sum(count for one in grid for key, count in one.uses.items() if key != FRAME) == slots
