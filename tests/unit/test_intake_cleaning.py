"""What is no report in a report is told with its place and never becomes a fact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.intake.cleaning import clean
from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("兵役登记2O8人。", "slip", "2O8"),
        ("投入经费l8万元。", "slip", "l8"),
        ("兵役登记3 2 6人。", "slip", "3 2 6"),
        ("下载本文需 5 积分", "scrap", "下载本文需 5 积分"),
        ("更多范文请访问 www.example.com", "scrap", "更多范文请访问 www.example.com"),
        ("第 3 页 共 8 页", "scrap", "第 3 页 共 8 页"),
        ("成绩明显[1]，", "marker", "[1]"),
        ("**议军会议**", "marker", "**"),
    ],
)
def test_what_is_cleaned_is_told(text: str, kind: str, quote: str) -> None:
    notices = [(notice.kind, notice.quote) for notice in clean(text).notices]
    assert (kind, quote) in notices


@pytest.mark.parametrize("blank", ["XX", "××", "____", "【】", "【待补：人数】", "（  ）"])
def test_a_blank_is_no_fact(blank: str) -> None:
    extraction = extract_text(f"向部队输送新兵{blank}名，悬挂横幅40条。", SCHEMA)
    assert [(fact.label, fact.fact.value) for fact in extraction.facts] == [("宣传横幅", 40)]
    assert any(notice.kind == "blank" and blank in notice.quote for notice in extraction.notices)


def test_slips_are_read_and_quoted_as_they_stand() -> None:
    facts = extract_text("适龄青年2O8人，役前训练lO人，宣传单l500份。", SCHEMA).facts
    got = {fact.label: (fact.fact.value, fact.quote) for fact in facts}
    assert got == {
        "适龄青年": (208, "适龄青年2O8人"),
        "役前训练": (10, "役前训练lO人"),
        "宣传资料": (1500, "宣传单l500份"),
    }


def test_words_in_latin_letters_are_no_slips() -> None:
    assert not [n for n in clean("协调LED屏20块，COVID-19，U盘3个，OK。").notices if n.kind == "slip"]


def test_a_line_broken_by_the_scanner_is_one_sentence() -> None:
    text = "今年以来，白石镇党委扎实开展各项武装工作，圆满完成年度任务，全年共召开议军\n会议2次，专题会议3次。"
    got = {fact.label: fact.fact.value for fact in extract_text(text, SCHEMA).facts}
    assert got["党委议军会议"] == 2


def test_the_name_that_opens_a_text_and_signs_it_is_no_head_of_pages() -> None:
    name = "中共梧川区双柳镇委员会"
    text = f"{name}\n关于今年武装工作的报告\n区委：\n今年工作如下。\n"
    text += f"{name}\n开了会，办了事。\n训练如期完成。\n{name}\n2025年12月3日\n"
    assert clean(text).text.count(name) == 2


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="议军12O l3次XX【】_[1]*＃，,。\n\r\u200b％适齡臺灣\ud7ff", max_size=80))
def test_every_character_knows_its_place(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.text) == len(cleaned.places)
    assert cleaned.places == sorted(set(cleaned.places))
    assert all(0 <= place < len(text) for place in cleaned.places)


def test_a_scrap_behind_a_sentence_of_a_broken_line_takes_only_itself() -> None:
    text = (
        "镇党委召开议军会议3 次，专题会议两次。本文来自范文网，更\n多范文请登录www.example.com 下载。\n"
        "上站体检30 人，体检合格20 人，报名应征48 人，最终批准入伍12 名，比上年增加2\n名，其中大学生9 名。"
    )
    extraction = extract_text(text, SCHEMA)
    facts = {fact.label: fact.fact for fact in extraction.facts}
    assert {label: fact.value for label, fact in facts.items()} == {
        "党委议军会议": 3,
        "专题会议": 2,
        "上站体检": 30,
        "体检合格": 20,
        "报名应征": 48,
        "入伍人数": 12,
        "大学生入伍": 9,
    }
    assert facts["入伍人数"].last_year == 10
    scraps = [notice.quote.strip() for notice in extraction.notices if notice.kind == "scrap"]
    assert scraps == ["本文来自范文网，更", "多范文请登录www.example.com 下载。"]


def test_two_blanks_of_one_clause_are_told_once() -> None:
    (notice,) = clean("其中应急排30人、XX分队XX人。").notices
    assert notice.quote.endswith("应急排30人、XX分队XX人")
