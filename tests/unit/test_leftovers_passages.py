"""Passages nearly the same as in another report: what counts, what the embedded engine's own phrases do."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.finding import Finding
from assistant.checks.leftovers import Comparison, leftovers_in_text
from assistant.checks.leftovers_others import Other, other_of, other_text
from assistant.checks.leftovers_passages import PassageFinding
from assistant.checks.similarity import SentenceIndex, marked, neutral, sentences, share
from assistant.drafting.embedded import EmbeddedEngine
from assistant.facts.sheet import Fact
from assistant.facts.yaml_form import load_sheet
from assistant.headless import blank_report, draft_report
from assistant.reports.loader import Library
from assistant.reports.report import Origin, Report
from assistant.reports.types import Length

LIBRARY = Library()
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TYPE = LIBRARY.get("armed-forces-work")
PASSAGE = (
    "立足山高路远、村组分散的实际，推行武装部长包片、专武干部包村、民兵骨干包户的做法，"
    "把兵役登记送到田间地头，共登记{{兵役登记}}。"
)


def drafted(name: str, seed: int) -> Report:
    read = load_sheet((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), LIBRARY.schema_of, name)
    blank = blank_report(LIBRARY, read.report_type, read.shape, read.sheet, Length.NORMAL, seed)
    keys = [section.key for section in blank.written]
    report, failed = asyncio.run(draft_report(LIBRARY, blank, EmbeddedEngine(), keys, lambda *_: None))
    assert not failed
    return replace(report, id=f"{name}-{seed}")


@pytest.fixture(scope="module")
def mine() -> Report:
    return drafted("liulin-duty-c", 1)


@pytest.fixture(scope="module")
def theirs() -> Report:
    return drafted("shiqiao-duty-d", 2)


def with_passage(report: Report, text: str, key: str = "conscription", id_: str = "x") -> Report:
    sections = [
        replace(one, text=f"{one.text}\n{text}", origin=Origin.EDIT) if one.key == key else one
        for one in report.sections
    ]
    return replace(report, sections=tuple(sections), id=id_)


def passages(report: Report, *others: Report) -> list[Finding]:
    found = Comparison([other_of(one) for one in others]).findings(report, TYPE)
    return [one for one in found if one.rule == "leftover.same_passage"]


def test_a_copied_passage_is_found_and_shown_beside_its_twin(mine: Report, theirs: Report) -> None:
    report = with_passage(mine, PASSAGE)
    (found,) = passages(report, with_passage(theirs, PASSAGE, id_="y"))
    assert isinstance(found, PassageFinding)
    section = report.section("conscription")
    assert section is not None
    assert section.text[found.start : found.end] == PASSAGE
    assert found.severity == "warning"
    assert found.other == "石桥街道2025年党管武装工作述职报告"
    assert (found.other_section, found.other_id) == ("征兵", "y")
    assert "".join(text for text, _ in found.mine).endswith("共登记413人。"), "as it is read, with its own figure"
    assert "".join(text for text, _ in found.theirs).endswith("共登记236人。")
    assert any(same and "武装部长包片" in text for text, same in found.mine)
    assert found.share > 90
    assert 0 < found.of_section < 100


def test_a_few_words_changed_do_not_hide_it(mine: Report, theirs: Report) -> None:
    edited = PASSAGE.replace("推行", "大力推行").replace("送到田间地头", "送到家门口")
    (found,) = passages(with_passage(mine, edited), with_passage(theirs, PASSAGE))
    assert isinstance(found, PassageFinding)
    assert 75 < found.share < 100


def test_drafts_of_the_embedded_engine_with_other_seeds_are_left_alone(mine: Report, theirs: Report) -> None:
    assert passages(mine, theirs) == []


def test_a_sentence_of_short_words_between_slots_is_the_engines_too() -> None:
    here, there = drafted("liulin-duty-c", 7041), drafted("shiqiao-duty-d", 2108)
    # Without this one sentence in both the test would hold of itself.
    shared = "器材装备购置{{器材装备投入}}"
    assert all(any(shared in section.text for section in report.sections) for report in (here, there))
    assert passages(here, there) == []
    edited = with_passage(here, PASSAGE, key="principle")
    assert passages(edited, there) == [], "nobody edited it over there"


def test_the_engines_own_phrases_are_one_hint_a_section(mine: Report) -> None:
    last_year = replace(mine, id="last", sheet=mine.sheet.with_fact("年度", Fact(value=2024)))
    found = passages(mine, last_year)
    assert found
    assert {one.severity for one in found} == {"hint"}
    assert len({one.section_key for one in found}) == len(found)
    assert all("内置范式" in one.message and "去年的《" in one.message for one in found)


def test_last_years_report_of_the_same_unit_comes_first(mine: Report, theirs: Report) -> None:
    last_year = with_passage(replace(mine, sheet=mine.sheet.with_fact("年度", Fact(value=2024))), PASSAGE, id_="last")
    found = [one for one in passages(with_passage(mine, PASSAGE), with_passage(theirs, PASSAGE), last_year)]
    told = [one for one in found if isinstance(one, PassageFinding) and one.severity == "warning"]
    assert [one.other_id for one in told] == ["last"]


def test_units_and_people_of_the_list_are_certain(mine: Report, theirs: Report) -> None:
    report = with_passage(mine, "请石桥街道介绍经验，学习贺文斌的做法。")
    found = Comparison([other_of(theirs)]).findings(report, TYPE)
    assert [(one.rule, one.excerpt) for one in found] == [("leftover.place", "石桥街道"), ("leftover.person", "贺文斌")]
    assert all("《石桥街道2025年党管武装工作述职报告》" in one.message for one in found)


def test_last_years_text_that_the_facts_say_no_more(mine: Report) -> None:
    old = mine.sheet.with_fact("年度", Fact(value=2024)).with_fact("年度主题", Fact(value="练精兵、强阵地、聚合力"))
    report = with_passage(mine, "围绕练精兵、强阵地、聚合力推进。")
    found = [one for one in Comparison([other_of(replace(mine, id="o", sheet=old))]).findings(report, TYPE)]
    told = [one for one in found if one.rule == "leftover.last_year_text"]
    assert [(one.excerpt, one.facts) for one in told] == [("练精兵、强阵地、聚合力", ("年度主题",))]


def test_a_plain_text_is_held_against_reports_and_texts(mine: Report) -> None:
    text = PASSAGE.replace("{{兵役登记}}", "99人")
    other = with_passage(drafted("shiqiao-duty-d", 2), PASSAGE)
    for against in (other, other_text("旧稿", text)):
        found = [one for one in leftovers_in_text(text, mine.sheet, [against]) if isinstance(one, PassageFinding)]
        assert [(one.start, one.end) for one in found] == [(0, len(text))]


def test_two_hundred_reports_with_the_same_sentence(mine: Report, theirs: Report) -> None:
    other = other_of(with_passage(theirs, PASSAGE))
    made = Comparison([replace(other, id=str(number)) for number in range(200)])
    found = made.findings(with_passage(mine, PASSAGE), TYPE)
    assert len([one for one in found if one.severity == "warning"]) == 1


# ---- similarity


def test_neutral_of_figures_slots_and_marks() -> None:
    assert neutral("登记326人，增长 5.5%。") == neutral("登记18人；增长7％")
    (one,) = sentences("登记\ue001\ue001\ue001人，做到底数清、情况明。")
    assert one.key == "登记#人做到底数清情况明"


@given(st.text(alphabet="民兵整组训练甲乙丙丁，。；12\n", max_size=200))
def test_every_text_is_like_itself(text: str) -> None:
    found = [*sentences(text)]
    index = SentenceIndex(one.key for one in found)
    for one in found:
        like = index.alike(one.key)
        assert like is not None
        assert like.ratio == 100.0
        assert 0 <= one.start < one.end <= len(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_texts_are_whole(one: str, other: str) -> None:
    left, right = marked(one, other)
    assert "".join(text for text, _ in left) == one
    assert "".join(text for text, _ in right) == other
    assert 0.0 <= share(one, other) <= 100.0


def test_an_other_without_anything() -> None:
    assert Comparison([Other("a", "空")]).others[0].parts == ()
