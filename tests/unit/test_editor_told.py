"""What the editor on the paper is told of a text and of the facts."""

from __future__ import annotations

import json

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id

from assistant.checks.finding import Finding
from assistant.facts.sheet import FactSheet
from assistant.facts.yaml_form import load_sheet
from assistant.reports.loader import Library
from assistant.ui.editor import key_of
from assistant.ui.editor.told import choices_told, marks_told, slots_told

SHEET = """
report_type: armed-forces-work
shape: duty-c
facts:
  入伍人数: {value: 12, last_year: 10}
  存在问题: [宣传还不够深入, 底数还不够清]
  民兵分队:
    - {名称: 应急排, 数量: 1, 编制人数: 30, 实有人数: 28, 民兵干部: 3}
"""


def sheet() -> FactSheet:
    return load_sheet(SHEET, Library().schema_of, "").sheet


def test_slots_are_told_as_they_print() -> None:
    told = slots_told("送兵{{入伍人数|名}}、{{入伍人数|名}}，其中{{大学生入伍}}，{{没有的}}。", sheet())
    assert list(told) == ["{{入伍人数|名}}", "{{大学生入伍}}", "{{没有的}}"]
    assert told["{{入伍人数|名}}"] == {"fact": "入伍人数", "name": "入伍人数", "shown": "12名", "kind": "value"}
    assert told["{{大学生入伍}}"]["kind"] == "missing"
    assert told["{{大学生入伍}}"]["shown"] == "【待补：大学生入伍】"
    assert told["{{没有的}}"]["kind"] == "fault"


def test_what_a_comparison_prints_behind_a_comparing_word_is_told_too() -> None:
    told = slots_told("{{入伍人数|同比}}", sheet())["{{入伍人数|同比}}"]
    assert told["shown"] == "同比增长20%"
    assert told["said"] == "增长20%"


def test_places_are_counted_as_a_browser_counts() -> None:
    finding = Finding("number.unknown", "warning", "没有事实支持“9”", section_key="a", start=2, end=3)
    # A hanzi outside the basic plane is two units there.
    assert marks_told("𠮷好9", [finding], "a") == [(3, 4, finding.message)]
    assert marks_told("𠮷好9", [finding], "b") == []


def test_every_fact_can_be_chosen_with_its_rows_and_forms() -> None:
    choices = {choice["label"]: choice for choice in choices_told(sheet())}
    assert choices["入伍人数"]["shown"] == "12人"
    assert ["{{入伍人数|名}}", "12名"] in json.loads(json.dumps(choices["入伍人数"]["more"]))
    assert choices["大学生入伍"]["shown"] == ""
    rows = dict(choices["民兵分队"]["more"])
    assert rows["{{民兵分队.应急排.实有人数}}"] == "28人"
    assert dict(choices["存在问题"]["more"])["{{存在问题.2}}"] == "底数还不够清"
    assert choices["兵役登记"]["sounds"][0] == ["bing"]


@pytest.mark.parametrize("report", ["pw__SQwpPnaF", "___", "abc_", "_abc", "a-b.c"])
def test_every_report_has_keys_that_a_component_may_have(report: str) -> None:
    # It raises where it could not tell the key from what is told.
    told = _make_trigger_id(key_of("text", report, "own_part"), "edit")
    assert told.endswith(f"{key_of('text', report, 'own_part')}__edit")


def test_no_two_reports_share_a_key() -> None:
    keys = [key_of("text", report, "opening") for report in ("a_b", "a__b", "a_.b", "a._b", "a.b")]
    assert len(set(keys)) == len(keys)
