"""Words around slots: measure words, 概数, digits glued on, and words that compare."""

from __future__ import annotations

import pytest
from schemas import sheet
from test_embedded import SHAPES, drafted, example

from assistant.checks.binding import Binder
from assistant.checks.finding import Finding
from assistant.checks.plain_audit import audit_text
from assistant.checks.wording import wording_findings
from assistant.reports.types import Length


def found(text: str, **changes: object) -> list[Finding]:
    return wording_findings(text, Binder(sheet(**changes)), "s")


def rules(text: str, **changes: object) -> list[tuple[str, str, str]]:
    return [(one.rule.removeprefix("wording."), one.severity, one.excerpt) for one in found(text, **changes)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("输送{{入伍人数}}人。", ("measure", "warning", "人")),
        ("输送{{入伍人数}}名新兵。", ("measure", "warning", "名")),
        ("输送{{入伍人数}}人次。", ("measure", "error", "人次")),
        ("输送{{入伍人数|数}}人次。", ("measure", "error", "人次")),
        ("投入{{器材装备投入}}元。", ("measure", "warning", "元")),
        ("登记率{{兵役登记率}}%。", ("measure", "warning", "%")),
        ("应急排{{民兵分队.应急排.实有人数}}次。", ("measure", "error", "次")),
        ("输送1{{入伍人数}}。", ("glued", "error", "1")),
        ("输送十{{入伍人数}}。", ("glued", "error", "十")),
        ("输送{{入伍人数|数}}万人。", ("glued", "error", "万")),
        ("输送近{{入伍人数}}。", ("rough", "warning", "近")),
        ("输送{{入伍人数}}以上。", ("rough", "warning", "以上")),
        ("发放近{{宣传资料}}。", ("rough", "error", "近")),
    ],
)
def test_around_a_slot(text: str, told: tuple[str, str, str]) -> None:
    assert rules(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "输送{{入伍人数|数}}人，{{入伍人数|名}}新兵。",
        "{{村社区个数}}村（社区）",
        "{{入伍人数}}人均合格，{{入伍人数}}位于前列",
        "八一{{入伍人数}}，统一{{入伍人数}}，附近{{入伍人数}}",
        "一是{{入伍人数}}；（二）{{入伍人数}}",
        "{{入伍人数}}万众一心，超过{{入伍人数|去年}}",
    ],
)
def test_nothing_to_say(text: str) -> None:
    assert rules(text) == []


def test_the_fix_keeps_the_measure_word() -> None:
    (finding,) = found("输送{{入伍人数}}名新兵。")
    assert finding.fix is not None
    assert (finding.fix.before, finding.fix.after) == ("{{入伍人数}}名", "{{入伍人数|名}}")


FALL = {"入伍人数": {"value": 8, "last_year": 10}}


@pytest.mark.parametrize(
    "text",
    [
        "输送{{入伍人数}}，同比增长{{入伍人数|增幅}}。",
        "输送{{入伍人数}}，比去年增加{{入伍人数|增减}}。",
        "输送{{入伍人数}}，较上年有所提高。",
        "输送{{入伍人数}}，与去年持平。",
        "入伍人数增长到{{入伍人数}}。",
        "输送{{入伍人数}}，实现翻番。",
    ],
)
def test_a_word_against_the_facts(text: str) -> None:
    assert [(rule, severity) for rule, severity, _ in rules(text, **FALL)] == [("contradiction", "error")]


@pytest.mark.parametrize(
    "text",
    [
        "输送{{入伍人数}}，同比下降{{入伍人数|增幅}}。",
        "输送{{入伍人数}}，比去年减少{{入伍人数|增减}}。",
        "提高认识，提升能力，增强本领，进一步提高站位，不断提高训练水平，减少群众损失。",
        "输送{{入伍人数}}，兵员质量明显提高。",
        "落实{{器材装备投入}}，提高民兵应急能力。",
        "力争入伍人数同比增长，防止下降。",
        "入伍{{入伍人数}}。适龄青年增长了见识。",
    ],
)
def test_no_false_alarm(text: str) -> None:
    assert rules(text, **FALL) == []


@pytest.mark.parametrize(
    "text",
    ["议军{{议军会议}}，同比增长。", "工作首次突破。", "成绩同比提高。", "器材数量翻番。", "创历史新高。"],
)
def test_a_word_that_nothing_bears_out(text: str) -> None:
    assert [(rule, severity) for rule, severity, _ in rules(text)] == [("unsupported", "warning")]


def test_contradicting_words_about_one_fact() -> None:
    text = "议军{{议军会议}}，同比增长。全年{{议军会议}}，同比下降。"
    assert [rule for rule, _, _ in rules(text)] == ["unsupported", "contradiction"]


def test_plain_text_as_well() -> None:
    findings = audit_text("全年入伍12人，同比下降20%。", sheet()).findings
    assert [(one.rule, one.excerpt) for one in findings] == [("wording.contradiction", "下降")]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("length", list(Length))
def test_embedded_drafts_are_silent(shape: str, length: Length) -> None:
    binder = Binder(example(shape))
    for seed in range(6):
        for text in drafted(shape, binder.sheet, length, seed).values():
            assert wording_findings(text, binder) == []


@pytest.mark.parametrize("unit", ["增长", "{{入伍人数}}增长", "{{入伍人数}}", "{{", "，", "十{{入伍人数}}", "首次。"])
def test_large_texts_come_to_an_end(unit: str) -> None:
    found(unit * (100_000 // len(unit)))
