"""The embedded engine: whole reports from phrases, whatever facts there are."""

from __future__ import annotations

import asyncio
import datetime
import random
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.drafting.brief import Brief, brief_for
from assistant.drafting.embedded import IGNORED, EmbeddedEngine
from assistant.drafting.phrasebook import phrase
from assistant.drafting.resizing import LONGER, SHORTER, resized
from assistant.drafting.tidy import tidy
from assistant.facts.accounts import told_by_row
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.yaml_form import load_sheet
from assistant.reports.loader import Library
from assistant.reports.manuscript import manuscript
from assistant.reports.report import Report, sections_of
from assistant.reports.types import Length, ReportType
from assistant.slots.grammar import slots_in
from assistant.slots.render import render, render_text

TYPE = "armed-forces-work"
SHAPES = ("work-a", "duty-b", "duty-c", "duty-d")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LIBRARY = Library()
NOW = datetime.datetime(2025, 12, 1, tzinfo=datetime.UTC)

NUMERAL = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿两半]")
FIXED = re.compile(r"[一二三四五六七八九十]+是|第一责任|下一步|进一步|统一|一线|一道|一同|一致|一起|一并")
UNTIDY = re.compile(
    r"[，、；：。！？]{2,}|^[，、；：。！？]|[，、；]$|[（“][，。、]|[，、；]）"
    r"|(?:其中|同时|此外|包括|用于|以及|和|及|在)[。；]|[，。](?:其中|包括|用于)[，。]",
    re.MULTILINE,
)


@cache
def example(shape: str) -> FactSheet:
    for file in sorted(EXAMPLES.glob("*.yaml")):
        found = load_sheet(file.read_text(encoding="utf-8"), LIBRARY.schema_of, file.name)
        if found.shape == shape:
            return found.sheet
    raise AssertionError(f"no example for {shape}")


def report_of(shape: str, sheet: FactSheet, length: Length, seed: int = 0) -> tuple[ReportType, Report]:
    report_type, found = LIBRARY.shape(TYPE, shape)
    return report_type, Report("r", TYPE, found, length, sheet, sections_of(found, sheet, seed), NOW, NOW)


def drafted(shape: str, sheet: FactSheet, length: Length, seed: int = 0) -> dict[str, str]:
    report_type, report = report_of(shape, sheet, length, seed)
    return {section.key: draft(brief_for(report_type, report, section, seed))[-1] for section in report.written}


@cache
def example_drafted(shape: str, length: Length, seed: int) -> dict[str, str]:
    """The report of a full sheet: several tests look at the same one."""
    return drafted(shape, example(shape), length, seed)


def draft(brief: Brief) -> list[str]:
    """What came on the way, and the text."""
    shown: list[str] = []
    text = asyncio.run(EmbeddedEngine().draft(brief, shown.append)).text
    return [*shown, text]


def literals(text: str, sheet: FactSheet) -> str:
    return "|".join(piece.text for piece in render(text, sheet) if piece.kind == "text")


every_example = pytest.mark.parametrize("shape", SHAPES)
every_length = pytest.mark.parametrize("length", list(Length))


@pytest.mark.parametrize(
    ("phrases", "printed"),
    [
        ("投入训练。此外，投入器材。同时，健全花名册。", "投入训练。此外，投入器材。同时，健全花名册。"),
        ("做好甲；同时，做好乙。", "做好甲；同时，做好乙。"),
        ("做好甲。同时，。做好乙。", "做好甲。做好乙。"),
        ("做好甲，同时，做好乙。", "做好甲，做好乙。"),
        ("做好甲，并，做好乙。", "做好甲，做好乙。"),
        ("¶同时，做好甲。", "做好甲。"),
    ],
)
def test_a_word_that_joins_stays_where_it_joins_something(phrases: str, printed: str) -> None:
    assert tidy(phrases) == printed


@every_example
@every_length
def test_a_full_sheet_gives_a_finished_report(shape: str, length: Length) -> None:
    sheet = example(shape)
    target = LIBRARY.get(TYPE).lengths[length]
    for seed in range(10):
        texts = example_drafted(shape, length, seed)
        size = 0
        for key, text in texts.items():
            printed = render_text(text, sheet)
            size += len(printed)
            assert text, key
            assert "【待补" not in printed, (key, seed)
            assert not UNTIDY.search(printed), (key, seed, printed)
            assert not NUMERAL.search(FIXED.sub("", literals(text, sheet))), (key, seed, text)
        assert 0.8 * target <= size <= 1.2 * target, (seed, size)


@every_example
@pytest.mark.parametrize(("length", "least"), [(Length.BRIEF, 0.7), (Length.NORMAL, 0.95), (Length.FULL, 0.95)])
def test_the_facts_of_a_section_are_told_in_it(shape: str, length: Length, least: float) -> None:
    sheet = example(shape)
    _, report = report_of(shape, sheet, length)
    for seed in range(10):
        texts = example_drafted(shape, length, seed)
        home = [
            (section.key, label)
            for section in report.written
            for label in section.facts
            if label in sheet.schema.by_label
            and sheet.value(label) not in (None, 0)
            # A sum that is a row of the account is told with the account, or within its total.
            and not told_by_row(sheet, label, "经费明细")
        ]
        told = {(key, slot.label) for key, text in texts.items() for slot in slots_in(text)}
        missing = [place for place in home if place not in told]
        assert 1 - len(missing) / len(home) >= least, (seed, missing)


@every_example
def test_the_date_of_every_shape_is_printed(shape: str) -> None:
    _, report = report_of(shape, example(shape), Length.BRIEF)
    assert manuscript(report).date == example(shape).value("成文日期") is not None


@every_example
def test_no_sentence_stands_twice_in_a_report(shape: str) -> None:
    sheet = example(shape)
    for seed in range(10):
        whole = "\n".join(render_text(text, sheet) for text in example_drafted(shape, Length.FULL, seed).values())
        said = [part for part in re.split(r"[。；\n]", whole) if len(part) > 8]
        assert len(said) == len(set(said)), seed


@every_example
@every_length
def test_another_seed_words_every_section_differently(shape: str, length: Length) -> None:
    sheet = example(shape)
    drafts = [example_drafted(shape, length, seed) for seed in range(6)]
    for before, after in pairwise(drafts):
        same = [key for key in before if before[key] == after[key]]
        assert not same
    assert drafts[3] == drafted(shape, sheet, length, 3)


@every_example
def test_a_redraw_differs_from_the_text_on_the_page(shape: str) -> None:
    report_type, report = report_of(shape, example(shape), Length.NORMAL)
    for section in report.written:
        now = draft(brief_for(report_type, report, section, 4))[-1]
        assert draft(brief_for(report_type, report, section, 4, avoid=now))[-1] != now


@every_example
@every_length
def test_a_section_is_told_more_briefly_and_more_fully_with_its_facts(shape: str, length: Length) -> None:
    sheet = example(shape)
    report_type, report = report_of(shape, sheet, length)
    required = {item.label for item in sheet.schema.required(shape)}
    possible = {SHORTER: 0, LONGER: 0}
    for section in report.written:
        written = replace(section, text=example_drafted(shape, length, 0)[section.key])
        told = {slot.label for slot in slots_in(written.text)} & set(section.facts)
        for size in possible:
            found = resized(report_type, report, written, size)
            if found is None:
                continue
            possible[size] += 1
            text = phrase(found.brief, found.brief.seed)
            share = len(render_text(text, sheet)) / len(render_text(written.text, sheet))
            assert share < 0.95 if size == SHORTER else share > 1.05
            lost = told - {slot.label for slot in slots_in(text)}
            assert lost == set(found.lost), section.key
            assert not lost & required
            assert not (lost and size == LONGER)
    assert possible[SHORTER] > len(report.written) / 2 or length is Length.BRIEF
    assert possible[LONGER] > len(report.written) / 2 or length is Length.FULL


@every_example
@every_length
def test_the_voice_holds(shape: str, length: Length) -> None:
    person = shape.startswith("duty")
    sheet = example(shape)
    for seed in range(10):
        texts = example_drafted(shape, length, seed)
        for key, text in texts.items():
            bare = literals(text, sheet)
            assert person or "我" not in bare, (key, bare)
            assert not re.search("我镇|我乡|我街道|我办", bare), (key, bare)
        if person:
            assert "我" in texts["opening"]


@every_example
@pytest.mark.parametrize("kept", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_missing_facts_leave_no_gap(shape: str, kept: float) -> None:
    full = example(shape)
    for number in range(6):
        dice = random.Random(f"{kept}/{number}")
        sheet = FactSheet(full.schema, {label: fact for label, fact in full.facts.items() if dice.random() < kept})
        required = {item.label for item in full.schema.required(shape)}
        for key, text in drafted(shape, sheet, list(Length)[number % 3], number).items():
            printed = render_text(text, sheet)
            assert not UNTIDY.search(printed), (key, printed)
            pieces = render(text, sheet)
            assert {p.slot.label for p in pieces if p.kind == "missing" and p.slot} <= required
            assert all(p.kind != "fault" for p in pieces)


@every_example
@every_length
def test_a_required_fact_that_is_empty_shows_whatever_else_is_known(shape: str, length: Length) -> None:
    full = example(shape)
    for label in [item.label for item in full.schema.required(shape)]:
        sheet = full.with_fact(label, Fact())
        report_type, report = report_of(shape, sheet, length)
        homes = [section for section in report.written if label in section.facts]
        for seed in range(3 if homes else 0):
            texts = [draft(brief_for(report_type, report, section, seed))[-1] for section in homes]
            whole = "\n".join(render_text(text, sheet) for text in texts)
            assert f"【待补：{label}】" in whole, (label, seed)
            assert not UNTIDY.search(whole), (label, seed, whole)


def test_a_gap_is_shown_beside_what_is_known_of_it() -> None:
    full = example("duty-c")
    meetings = full.with_fact("党委议军会议", Fact())
    assert "{{专题会议}}" in drafted("duty-c", meetings, Length.NORMAL)["principle"]
    enlisted = drafted("duty-c", full.with_fact("入伍人数", Fact()), Length.NORMAL)["conscription"]
    assert "{{大学生入伍" in enlisted


def test_a_zero_is_told_only_where_it_says_something() -> None:
    sheet = example("work-a").with_fact("现场办公", Fact(value=0)).with_fact("信访举报", Fact(value=0))
    texts = drafted("work-a", sheet, Length.FULL)
    assert "现场办公" not in {slot.label for text in texts.values() for slot in slots_in(text)}
    assert re.search("未发生信访举报|未出现涉及征兵的信访举报|没有发生信访举报", texts["conscription"])
    unknown = drafted("work-a", sheet.with_fact("信访举报", Fact()), Length.FULL)
    assert "信访" not in unknown["conscription"]
    some = drafted("work-a", sheet.with_fact("信访举报", Fact(value=2)), Length.FULL)
    assert "{{信访举报}}" in some["conscription"]


def test_growth_is_claimed_only_against_last_year() -> None:
    full = example("work-a")
    bare = FactSheet(full.schema, {label: Fact(value=fact.value) for label, fact in full.facts.items()})
    for text in drafted("work-a", bare, Length.FULL).values():
        assert not re.search("同比|增长|下降|超额|持平", render_text(text, bare))


def test_text_grows_while_it_comes() -> None:
    report_type, report = report_of("duty-c", example("duty-c"), Length.FULL)
    section = report.section("conscription")
    assert section is not None
    *shown, text = draft(brief_for(report_type, report, section, 0))
    assert len(shown) >= 3
    assert all(after.startswith(before) for before, after in pairwise(shown))
    assert shown[-1] == text


def test_an_instruction_that_rules_cannot_follow_is_told() -> None:
    report_type, report = report_of("duty-c", example("duty-c"), Length.NORMAL)
    brief = brief_for(report_type, report, report.written[0], 0, instruction="写得活泼一些")
    assert asyncio.run(EmbeddedEngine().draft(brief, lambda _: None)).notes == (IGNORED,)


@pytest.mark.parametrize(
    ("phrases", "tidied"),
    [
        ("发放、悬挂，设。", "发放、悬挂，设。"),
        ("，，完成登记、，。", "完成登记。"),
        ("完成登记，\n  其中，。 ", "完成登记。"),
        ("◆甲；◆；◆丙；。", "一是甲；二是丙。"),
        ("◆甲；。◇¶◆乙；◆丙；", "甲。\n一是乙；二是丙。"),
        ("¶¶。¶甲", "甲。"),
        ("做好以下工作：¶◆甲。¶◆乙。", "做好以下工作：\n一是甲。\n二是乙。"),
        ("做好以下工作：¶◆甲。", "做好以下工作。\n甲。"),
        ("同时，甲做到位。", "甲做到位。"),
        ("现将情况报告如下：", "现将情况报告如下："),
        ("{{表.甲，。乙}}，。", "{{表.甲，。乙}}。"),
        ("（，甲、）“”", "（甲）。"),
        ("", ""),
    ],
)
def test_punctuation_after_clauses_have_vanished(phrases: str, tidied: str) -> None:
    assert tidy(phrases) == tidied
