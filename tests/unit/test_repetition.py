"""套话 and repetition: hints for a reader who would stumble, silence for a text that is as it should be."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.checks.finding import Finding
from assistant.checks.repetition import repetition_findings
from assistant.checks.report import check_report
from assistant.drafting.brief import brief_for
from assistant.drafting.embedded import EmbeddedEngine
from assistant.facts.yaml_form import load_sheet
from assistant.headless import blank_report
from assistant.reports.loader import Library
from assistant.reports.report import Report
from assistant.reports.types import Length, ReportType

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def blank() -> Report:
    library = Library()
    read = load_sheet((EXAMPLES / "liulin-duty-c.yaml").read_text(encoding="utf-8"), library.schema_of)
    return blank_report(library, read.report_type, read.shape, read.sheet, Length.NORMAL, seed=0)


def told(blank: Report, *texts: str) -> list[Finding]:
    """Findings on a report whose first sections with text have these texts."""
    return repetition_findings(with_texts(blank, *texts))


def with_texts(blank: Report, *texts: str) -> Report:
    given = dict(zip([section.key for section in blank.written], texts, strict=False))
    sections = tuple(replace(section, text=given.get(section.key, "")) for section in blank.sections)
    return replace(blank, sections=sections)


def test_the_same_phrase_in_two_sections_is_told_once_at_its_place(blank: Report) -> None:
    phrase = "严格落实党管武装各项制度规定"
    second = f"今年以来，{phrase}，召开议军会议{{{{党委议军会议}}}}。"
    [finding] = told(blank, f"我{phrase}。", second)
    assert finding.rule == "repetition.same_phrase"
    assert second[finding.start : finding.end] == finding.excerpt == phrase
    assert finding.section_key == blank.written[1].key
    assert blank.written[0].title in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("严格落实武装工作制度。", "严格落实武装工作制度。"),
        ("全年入伍{{入伍人数}}，较去年增长。", "全年入伍{{入伍人数}}，较去年增长。"),
        ("加强组织领导，健全工作制度，压实工作责任。", "加强组织领导，健全工作制度，压实工作责任。"),
    ],
)
def test_short_phrases_and_facts_may_stand_twice(blank: Report, one: str, other: str) -> None:
    assert told(blank, one, other) == []


def test_a_phrase_twice_in_one_section_is_not_for_this_check(blank: Report) -> None:
    phrase = "严格落实党管武装各项制度规定"
    assert told(blank, f"{phrase}。{phrase}。") == []


def test_three_times_one_word_in_a_paragraph(blank: Report) -> None:
    text = "进一步健全制度，进一步压实责任，进一步抓好落实。"
    [finding] = told(blank, f"开头一段。\n{text}")
    assert finding.message == "一段里用了 3 个“进一步”，可以删去或换掉几个。"
    assert f"开头一段。\n{text}"[finding.start :].startswith("进一步抓好落实"), "where the third one stands"
    assert told(blank, "进一步健全制度，进一步压实责任。\n进一步抓好落实。") == []


def test_a_stock_phrase_is_told_once(blank: Report) -> None:
    [finding] = told(blank, "征兵工作取得了显著成效。整组工作也取得了显著成效。")
    assert (finding.rule, finding.excerpt) == ("repetition.stock", "取得了显著成效")


def test_many_words_and_few_facts(blank: Report) -> None:
    section = next(section for section in blank.written if len(section.facts) > 5)
    place = [one.key for one in blank.written].index(section.key)
    words = "组织各村和社区召开会议，说清政策，讲明道理，带着大家把每一件事办好。" * 8
    texts = [""] * place
    [finding] = [f for f in told(blank, *texts, words) if f.rule == "repetition.few_facts"]
    assert "只用到 0 项事实" in finding.message
    assert not [f for f in told(blank, *texts, "组织召开会议。") if f.rule == "repetition.few_facts"]


def test_hints_never_stand_in_the_way(blank: Report) -> None:
    library = Library()
    report = with_texts(blank, "进一步健全制度，进一步压实责任，进一步抓好落实。征兵工作取得了显著成效。")
    found = [f for f in check_report(report, library.get(report.report_type)) if f.kind == "repetition"]
    assert len(found) == 2
    assert {finding.severity for finding in found} == {"hint"}


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
@pytest.mark.parametrize("length", list(Length))
def test_our_own_drafts_are_not_told_off(example: Path, length: Length) -> None:
    library = Library()
    read = load_sheet(example.read_text(encoding="utf-8"), library.schema_of)
    for seed in (0, 7, 4711):
        report = blank_report(library, read.report_type, read.shape, read.sheet, length, seed=seed)
        drafted = asyncio.run(written(report, library.get(report.report_type), seed))
        assert [finding.message for finding in repetition_findings(drafted)] == []


async def written(report: Report, kind: ReportType, seed: int) -> Report:
    """The report with every section from the phrases."""
    engine = EmbeddedEngine()
    texts = {
        section.key: (await engine.draft(brief_for(kind, report, section, seed), lambda _: None)).text
        for section in report.written
    }
    sections = tuple(replace(section, text=texts.get(section.key, "")) for section in report.sections)
    return replace(report, sections=sections)


def test_a_pasted_text_of_50000_characters_is_read(blank: Report) -> None:
    pasted = "坚持党管武装落实各项任务" * 4200
    found = told(blank, pasted, pasted)
    assert 0 < len(found) < 20
