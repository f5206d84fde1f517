"""The gold corpus itself: a wrong gold fact would be measured as a fault of the extractor."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import gold_facts  # noqa: E402
from extraction_match import Found, judge, total  # noqa: E402
from gold_facts import FOLDER, GoldText, read_text, schema  # noqa: E402

FILES = sorted(FOLDER.glob("*/*.yaml"))
SCHEMA = schema()


@pytest.fixture(scope="module")
def corpus() -> list[GoldText]:
    return [text for half in gold_facts.HALVES for text in gold_facts.texts(half)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_quotes_stand_in_the_text_and_values_are_typed(file: Path) -> None:
    text = read_text(file, SCHEMA)
    quotes = [one.quote for one in (*text.gold, *text.allowed)] + list(text.not_facts)
    assert [quote for quote in quotes if quote not in text.text] == []
    assert all(one.approximate in ("", "余", "多", "近", "约") for one in text.gold)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_fact_is_told_once(file: Path) -> None:
    text = read_text(file, SCHEMA)
    # A text may be read with and without a part (the unit's name before an office), a figure as the part or the sum:
    # 'allowed' has the other readings.
    once = [one for one in (*text.gold, *text.allowed) if one in text.gold or one.kind in ("list", "table row")]
    readings = [one for one in text.allowed if one not in once]
    told = Counter((one.label, str(one.row or (one.value if one.kind == "list" else ""))) for one in once)
    told.update((one.label, str(one.value)) for one in (*readings, *(one for one in once if one.kind == "text")))
    assert [key for key, times in told.items() if times > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_texts_are_as_long_as_real_ones(file: Path) -> None:
    text = read_text(file, SCHEMA)
    low, high = (150, 1600) if text.is_note else (700, 2300)
    assert low <= len(text.text) <= high


def test_every_part_is_large_enough(corpus: list[GoldText]) -> None:
    for half, number in (
        ("dev", 7),
        ("dev2", 12),
        ("dev3", 7),
        ("dev4", 10),
        ("dev5", 10),
        ("dev6", 14),
        ("dev7", 7),
        ("dev8", 24),
        ("dev9", 16),
        ("dev21", 8),
        ("dev10", 9),
        ("dev11", 8),
        ("dev12", 10),
        ("dev13", 14),
        ("dev14", 14),
        ("dev15", 14),
        ("dev16", 14),
        ("dev17", 14),
        ("dev18", 14),
        ("dev22", 8),
        ("dev19", 12),
        ("dev20", 12),
        ("dev23", 12),
        ("dev24", 12),
        ("held_out_h", 12),
        ("held_out_i", 12),
        ("held_out_j", 12),
    ):
        assert len([text for text in corpus if text.half == half]) == number
        assert sum(len(text.gold) for text in corpus if text.half == half) >= 200


def test_every_figure_and_every_table_is_told_twice(corpus: list[GoldText]) -> None:
    told = Counter(one.label for text in corpus for one in text.gold)
    wanted = [field.label for field in SCHEMA.fields if field.type.numeric or field.columns]
    assert [label for label in wanted if told[label] < 2] == []
    lists = ["存在问题", "原因分析", "下步打算", "征兵荣誉", "急难险重任务", "其他履职举措"]
    assert [label for label in lists if told[label] < 4] == []


def test_every_kind_has_last_years_and_round_figures(corpus: list[GoldText]) -> None:
    for half in gold_facts.HALVES:
        gold = [one for text in corpus if text.half == half for one in text.gold]
        assert {one.kind for one in gold} == set(gold_facts.KINDS)
        assert len([one for one in gold if one.last_year is not None]) >= 8
        assert len([one for one in gold if one.approximate]) >= 7


@pytest.mark.parametrize("half", gold_facts.LOCKED)
def test_a_held_out_half_is_locked(half: gold_facts.Half) -> None:
    assert gold_facts.digests(half) == gold_facts.locked(half) != {}


def _as_found(text: GoldText) -> list[Found]:
    return [
        Found(one.label, one.value, one.row, one.quote, approximate=one.approximate, last_year=one.last_year)
        for one in text.gold
    ]


def _all(text: GoldText, found: list[Found]) -> tuple[int, int, int, int]:
    score = total([judge(found, text, SCHEMA)], gold_facts.KINDS)
    return score.gold - score.right, score.found - score.right, score.wrong_label, score.trapped


def test_gold_measured_against_itself_is_perfect(corpus: list[GoldText]) -> None:
    for text in corpus:
        found = _as_found(text)
        assert _all(text, found + found[:5]) == (0, 0, 0, 0)
        verdict = judge(found, text, SCHEMA)
        assert verdict.misses == []
        assert verdict.falses == []


def test_a_fault_of_each_kind_is_measured(corpus: list[GoldText]) -> None:
    text = next(text for text in corpus if text.name == "wanghu-duty-c")
    found = _as_found(text)
    place = next(number for number, one in enumerate(found) if one.label == "上站体检")
    without = [*found[:place], *found[place + 1 :]]
    assert _all(text, without) == (1, 0, 0, 0)
    assert _all(text, [*without, replace(found[place], value=27)]) == (1, 1, 0, 0)
    assert _all(text, [*without, replace(found[place], label="报名应征")]) == (1, 1, 1, 0)
    assert _all(text, [*found, Found("器材装备投入", Decimal(60000), quote="明年投入6万元")]) == (0, 1, 0, 1)
    assert _all(text, [*found, Found("兵役登记率", Decimal(99), quote="登记235人")]) == (0, 1, 0, 0)
    assert _all(text, [*found, Found("经费合计", Decimal(160000), quote="合计16万元")]) == (0, 0, 0, 0)


def test_rows_lists_and_attributes_are_measured(corpus: list[GoldText]) -> None:
    text = next(text for text in corpus if text.name == "wanghu-duty-c")
    found = _as_found(text)
    row = next(one for one in found if one.row is not None and one.row.get("名称") == "应急排")
    others = [one for one in found if one is not row]
    assert row.row is not None
    assert _all(text, [*others, replace(row, row={**row.row, "编制人数": 36})]) == (1, 1, 0, 0)
    assert _all(text, [*others, replace(row, row={**row.row, "名称": "民兵应急排"})]) == (1, 1, 0, 0)
    problem = next(one for one in found if one.label == "存在问题")
    rest = [one for one in found if one is not problem]
    assert _all(text, [*rest, replace(problem, value="一是社区民兵连组织活动少。")]) == (0, 0, 0, 0)
    assert _all(text, [*rest, replace(problem, label="原因分析")]) == (1, 1, 1, 0)
    money = next(one for one in found if one.label == "武装经费预算")
    half = judge([replace(money, last_year=Decimal(170000), approximate="余")], text, SCHEMA)
    assert (half.scores["last_year"].found, half.scores["last_year"].right) == (1, 0)
    assert (half.scores["approximate"].found, half.scores["approximate"].right) == (1, 0)
