"""The gold corpus itself: a wrong gold fact would be measured as a fault of the extractor."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import gold_facts  # noqa: E402
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
    told = Counter(
        (one.label, str(one.row or (one.value if one.kind == "list" else ""))) for one in (*text.gold, *text.allowed)
    )
    # 述职人职务 may be read with and without the unit's name in front of it.
    assert [key for key, times in told.items() if times > 1 and key[0] != "述职人职务"] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_texts_are_as_long_as_real_ones(file: Path) -> None:
    text = read_text(file, SCHEMA)
    low, high = (150, 1000) if text.is_note else (900, 2200)
    assert low <= len(text.text) <= high


def test_both_halves_are_large_enough(corpus: list[GoldText]) -> None:
    for half in gold_facts.HALVES:
        assert len([text for text in corpus if text.half == half]) == 7
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
        assert len([one for one in gold if one.approximate]) >= 8


def test_the_held_out_half_is_locked() -> None:
    assert gold_facts.digests() == gold_facts.locked()
