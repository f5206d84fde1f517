"""Numbers of official Chinese, and what is none."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import cn2an
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.facts import formatting
from assistant.facts.numeral_values import value_of
from assistant.slots.numerals import find_numerals, scan
from assistant.slots.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "value", "unit", "kind", "rough"),
    [
        ("12人", "12", "人", "count", ""),
        ("1,200人", "1200", "人", "count", ""),
        ("１，２００人", "1200", "人", "count", ""),
        ("45 人", "45", "人", "count", ""),
        ("6支", "6", "支", "count", ""),
        ("三十二名", "32", "名", "count", ""),
        ("两千份", "2000", "份", "count", ""),
        ("一百零五户", "105", "户", "count", ""),
        ("廿人", "20", "人", "count", ""),
        ("260人次", "260", "人次", "count", ""),
        ("24个课时", "24", "个课时", "count", ""),
        ("3个月", "3", "个月", "count", ""),
        ("3万5千人", "35000", "人", "count", ""),
        ("三万五", "35000", "", "number", ""),
        ("1.2亿元", "120000000", "元", "money", ""),
        ("7.5万元", "75000", "元", "money", ""),
        ("7.5 万元", "75000", "元", "money", ""),
        ("800元", "800", "元", "money", ""),
        ("7万余元", "70000", "元", "money", "above"),
        ("7余万元", "70000", "元", "money", "above"),
        ("20多万元", "200000", "元", "money", "above"),
        ("98%", "98", "%", "percent", ""),
        ("98.5％", "98.5", "%", "percent", ""),
        ("百分之九十八", "98", "%", "percent", ""),
        ("百分之九十八点五", "98.5", "%", "percent", ""),
        ("百分之百", "100", "%", "percent", ""),
        ("百分百", "100", "%", "percent", ""),
        ("三位", "3", "位", "count", ""),
        ("三支", "3", "支", "count", ""),
        ("九成", "90", "%", "percent", ""),
        ("三分之一", "33.3", "%", "percent", "around"),
        ("四分之三", "75", "%", "percent", ""),
        ("4.5个百分点", "4.5", "个百分点", "points", ""),
        ("3倍", "3", "倍", "multiple", ""),
        ("2000余份", "2000", "份", "count", "above"),
        ("近500人", "500", "人", "count", "below"),
        ("约70人", "70", "人", "count", "around"),
        ("500人左右", "500", "人", "count", "around"),
        ("十余名", "10", "名", "count", "above"),
        ("百余户", "100", "户", "count", "above"),
        ("超过30次", "30", "次", "count", "above"),
        ("2025年", "2025", "年", "year", ""),
        ("2025年度", "2025", "年", "year", ""),
        ("二〇二五年", "2025", "年", "year", ""),
        ("第一", "1", "", "ordinal", ""),
        ("第3名", "3", "名", "ordinal", ""),
        ("连续两年", "2", "年", "count", ""),
        ("1\u200b2人", "12", "人", "count", ""),
        ("1\u202e2人", "12", "人", "count", ""),
        ("12", "12", "", "number", ""),
    ],
)
def test_a_number(text: str, value: str, unit: str, kind: str, rough: str) -> None:
    (found,) = find_numerals(f"共{text}。")
    assert (found.text, found.value, found.unit, found.kind, found.rough) == (text, Decimal(value), unit, kind, rough)
    assert (found.start, found.end) == (1, 1 + len(text))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("20—30人", "20", "30", "人"),
        ("10%～20%", "10", "20", "%"),
        ("3至5名", "3", "5", "名"),
        ("三至五名", "3", "5", "名"),
        ("3至5万元", "30000", "50000", "元"),
        ("三五人", "3", "5", "人"),
        ("七八十户", "70", "80", "户"),
        ("几十人", "20", "99", "人"),
        ("2023—2025年", "2023", "2025", "年"),
    ],
)
def test_a_range(text: str, low: str, high: str, unit: str) -> None:
    (found,) = find_numerals(text)
    assert (found.text, found.value, found.low, found.high, found.unit) == (
        text,
        None,
        Decimal(low),
        Decimal(high),
        unit,
    )


@pytest.mark.parametrize(
    "text", ["2025年12月1日", "2025-12-01", "2025.12.1", "二〇二五年十二月一日", "2025 年 12 月 1 日"]
)
def test_a_date(text: str) -> None:
    (found,) = find_numerals(text)
    assert (found.text, found.kind, found.date) == (text, "date", datetime.date(2025, 12, 1))


@pytest.mark.parametrize("text", ["12月1日", "3月", "十二月", "5日", "2025年12月"])
def test_part_of_a_date(text: str) -> None:
    (found,) = find_numerals(f"于{text}召开")
    assert (found.text, found.kind, found.date) == (text, "date", None)


@pytest.mark.parametrize(
    "text",
    [
        "一是抓征兵；二是抓训练。",
        "（一）民兵整组",
        "1.民兵整组",
        "一、提高认识",
        "增强“四个意识”，做到“两个维护”",
        "当好一把手，下好一盘棋",
        "“八一”期间",
        "“十四五”规划",
        "三室一库建设",
        "扛起第一责任人的责任",
        "建强一支队伍",
        "每月一次，每年一次，再上一个，",
        "放在第一位",
        "发现一处、整改一处、销号一处。",
        "《关于2025年征兵工作的通知》",
        "一致认为、一定要、统一思想、进一步加强、一线、万众一心",
        "十分重视，人数十分充足",
        "从三个方面着手",
        "区武〔2025〕12号",
        "千方百计、成千上万",
        "近年来",
    ],
)
def test_no_number(text: str) -> None:
    assert [found.text for found in find_numerals(text)] == []


@pytest.mark.parametrize("text", ["建成民兵器材库一个，", "召开专题会议一次。", "设立宣传点一个"])
def test_one_behind_its_noun_is_counted(text: str) -> None:
    (found,) = find_numerals(text)
    assert found.value == 1


@pytest.mark.parametrize(
    ("text", "true", "false"),
    [("10余人", 13, 10), ("近20人", 18, 20), ("超过10人", 13, 10), ("至少12人", 12, 11), ("12人以上", 12, 11)],
)
def test_a_rough_number_is_held_to_its_word(text: str, true: int, false: int) -> None:
    (found,) = find_numerals(text)
    assert (found.says(true), found.says(false)) == (True, False)


def test_what_was_passed_over_is_told() -> None:
    found = scan("一是把12人编入《2025年计划》")
    assert [span.text for span in found.ignored] == ["一是", "《2025年计划》"]
    assert [numeral.text for numeral in found.numerals] == ["12人"]


@given(st.integers(0, 10**12))
def test_cn2an_agrees(value: int) -> None:
    assert value_of(cn2an.an2cn(str(value), "low")) == value


@given(st.integers(2, 10**8))
def test_what_we_print_reads_back(value: int) -> None:
    for text in (formatting.counted(value, "人"), formatting.counted(value, "名", in_hanzi=True), f"{value:,}人"):
        (found,) = find_numerals(f"输送{text}，")
        assert (found.text, found.value) == (text, value)


@example("万余元")
@given(st.text(alphabet="0123456789,.万千元人余一二十百年月日第％%—《》。\u200b a", max_size=30))
def test_spans_are_in_order_and_true(text: str) -> None:
    at = 0
    for found in find_numerals(text):
        assert at <= found.start < found.end
        assert text[found.start : found.end] == found.text
        at = found.end


@given(st.text(alphabet="0123456789人年，。第余、abc ", max_size=30))
def test_no_digit_is_overlooked(text: str) -> None:
    found = scan(text)
    covered = {place for one in (*found.numerals, *found.ignored) for place in range(one.start, one.end)}
    assert {place for place, character in enumerate(text) if character.isdigit()} <= covered


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,234",
        "一",
        "十万",
        "12人，",
        "《",
        "1 ",
        "几",
        "约",
        "第",
        "2025年",
        "1—",
        "分之",
        "\u200b",
        "汉",
        "（一",
        "百分之",
    ],
)
def test_two_hundred_thousand_characters_come_to_an_end(unit: str) -> None:
    """Quadratic time would not end; ``benchmarks/audit_scaling.py`` prints how the time grows."""
    scan(unit * (200_000 // len(unit)))


def test_a_users_file_adds_words(tmp_path: Path) -> None:
    file = tmp_path / "numerals.yaml"
    file.write_text("fixed: [九九归一]\nmeasures: [担]\n", encoding="utf-8")
    words = vocabulary(file)
    assert not find_numerals("九九归一", words)
    assert find_numerals("三担粮", words)[0].unit == "担"


@pytest.mark.parametrize("body", ["a: [1]", "- 1", "patterns: ['(']", "fixed: 3", ": ["])
def test_a_broken_file_is_told(tmp_path: Path, body: str) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(body, encoding="utf-8")
    with pytest.raises(InputError, match=r"words\.yaml"):
        vocabulary(file)


def test_a_users_own_list_is_read_from_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    (tmp_path / "numerals.yaml").write_text("fixed: [三横三纵]\n", encoding="utf-8")
    vocabulary.cache_clear()
    try:
        assert find_numerals("构建三横三纵格局") == []
    finally:
        vocabulary.cache_clear()
