"""Plain texts of people who write as they like, and what a sheet says of times and denials."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from schemas import sheet

from assistant.checks.bare_numbers import bare_number_findings
from assistant.checks.binding import Binder
from assistant.checks.plain_audit import audit_text
from assistant.checks.wording import wording_findings
from assistant.slots.render import render

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from other_hands import HELD_OUT, Hand, hands, judged, number_at

HANDS = [hand for hand in hands() if hand.name[0] not in HELD_OUT]


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_a_right_report_is_not_called_wrong(hand: Hand) -> None:
    found = audit_text(hand.text, hand.sheet)
    verdicts = [judged(number_at(found.numbers, one.start, one.end), one) for one in hand.figures]
    assert verdicts.count("mismatch") == 0
    assert verdicts.count("grounded") >= 0.95 * len(verdicts)
    errors = [one for one in found.findings if one.severity == "error"]
    assert len(errors) <= 2


def told(text: str, **changes: object) -> list[tuple[str, str, str]]:
    return [(one.text, one.status, one.fact) for one in audit_text(text, sheet(**changes)).numbers]


LAST = {"入伍人数": {"value": 12, "last_year": 10}}


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("入伍人数由10人增至12人。", ["grounded", "grounded"]),
        ("入伍人数由12人增至10人。", ["mismatch", "mismatch"]),
        ("全年入伍12人，比去年多2人。", ["grounded", "grounded"]),
        ("全年入伍12人，去年为10人。", ["grounded", "grounded"]),
        ("全年入伍12人，去年为11人。", ["grounded", "mismatch"]),
        ("12名青年光荣入伍。", ["grounded"]),
        ("13名青年光荣入伍。", ["mismatch"]),
    ],
)
def test_the_grammar_of_a_sentence(text: str, statuses: list[str]) -> None:
    assert [status for _, status, _ in told(text, **LAST)] == statuses


def test_shares_of_a_list() -> None:
    right, wrong = "议军会议、专题会议分别为{}次、{}次。".format, {"议军会议": 2, "专题会议": 4}
    assert [status for _, status, _ in told(right(2, 4), **wrong)] == ["grounded", "grounded"]
    assert [status for _, status, _ in told(right(4, 2), **wrong)] == ["mismatch", "mismatch"]


@pytest.mark.parametrize(
    ("text", "status", "severities"),
    [
        ("9月20日开展宣传。", "ignored", []),
        ("第3次获评先进。", "ignored", ["hint"]),
        ("连续两年无退兵。", "ignored", ["hint"]),
        ("2025年3月启动。", "grounded", []),
        ("比2024年有进步。", "grounded", []),
        ("力争2026年底前建成。", "ignored", ["hint"]),
        ("2023年，工作有序。", "unknown", ["error"]),
        ("某镇2024年工作报告\n", "mismatch", ["error"]),
        ("正文。\n2025年12月11日", "mismatch", ["error"]),
    ],
)
def test_times(text: str, status: str, severities: list[str]) -> None:
    found = audit_text(text, sheet(年度=2025, 成文日期="2025年12月10日"))
    assert [one.status for one in found.numbers] == [status]
    assert [one.severity for one in found.findings] == severities


@pytest.mark.parametrize("text", ["实现零举报。", "没有发生一起信访举报。"])
def test_a_denial_against_its_fact(text: str) -> None:
    assert not audit_text(text, sheet(信访举报=0)).findings
    assert [one[1:] for one in told(text, 信访举报=0)] == [("grounded", "信访举报")]
    (finding,) = audit_text(text, sheet(信访举报=2)).findings
    assert (finding.rule, finding.severity) == ("wording.contradiction", "error")
    assert "2起" in finding.message
    assert [one.rule for one in wording_findings(text, Binder(sheet(信访举报=2)))] == ["wording.contradiction"]


BAD = {
    "a million characters": "入伍{{入伍人数}}，入伍13人。" + "扎实推进各项工作。" * 111_000,
    "unbalanced": "{{入伍人数} 入伍13人 }}{{" * 200,
    "nested": "{{入伍{{入伍人数}}人数}}13人",
    "in a title": "《{{入伍人数}}》入伍13人",
    "braces and pipe in a label": "{{入伍}人数|a|b}}{{|}}{{a|{b}}}，入伍13人",
    "40 digits": "入伍" + "9" * 40 + "人",
    "right to left": "入伍\u202e13\u202c人",
    "zero width": "入伍1\u200b3人",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_finding_and_never_a_crash(name: str) -> None:
    text = BAD[name]
    assert any(one.rule == "number.conflicting" for one in audit_text(text, sheet()).findings)
    assert any(one.rule == "number.conflicting" for one in bare_number_findings(text, Binder(sheet())))
    assert "".join(piece.text for piece in render(text, sheet()))


def test_a_sheet_without_facts() -> None:
    from assistant.facts.sheet import FactSheet

    empty = FactSheet(sheet().schema, {})
    assert {one.status for one in audit_text("入伍13人，2025年。", empty).numbers} == {"unknown"}
    assert [one.rule for one in bare_number_findings("入伍13人。", Binder(empty))] == ["number.unknown"]
    assert any(piece.kind == "missing" for piece in render("入伍{{入伍人数}}", empty))
