"""Search over facts: words, pinyin, initials, aliases, several words, and what finds nothing."""

from __future__ import annotations

import pytest

from assistant.facts.fields import FactSchema
from assistant.facts.search import find_facts
from assistant.reports.loader import Library


@pytest.fixture(scope="module")
def schema() -> FactSchema:
    return Library().get("armed-forces-work").facts


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("入伍", "入伍人数"),
        ("入伍人数", "入伍人数"),
        ("rwrs", "入伍人数"),
        ("RWRS", "入伍人数"),
        ("ruwu", "入伍人数"),
        ("ruwurs", "入伍人数"),
        ("ruwuren", "入伍人数"),
        ("ｒｗｒｓ", "入伍人数"),
        ("czwt", "存在问题"),
        ("cxrc", "参训人次"),
        ("minbing fd", "民兵分队"),
        ("民兵 分队", "民兵分队"),
        ("明白纸", "宣传资料"),
        ("mingbaizhi", "宣传资料"),
        ("led", "电子屏"),
        ("zhengzhikaohe", "政治考核"),
        ("zzkh", "政治考核"),
        ("zhshou", "值守卡口"),
    ],
)
def test_first_found(schema: FactSchema, query: str, first: str) -> None:
    assert find_facts(schema, query)[0].item.label == first


def test_alias_that_matched_is_named(schema: FactSchema) -> None:
    assert find_facts(schema, "明白纸")[0].by == "明白纸"
    assert find_facts(schema, "入伍人数")[0].by == ""


def test_label_stands_before_alias_and_beginning_before_middle(schema: FactSchema) -> None:
    found = [hit.item.label for hit in find_facts(schema, "rw")]
    assert found[:2] == ["入伍人数", "大学生入伍"]
    assert "上级军事机关" in found, "by its alias 人武部"


@pytest.mark.parametrize("query", ["", "  ", "zzz", "火箭", "12", "入伍 火箭", "a" * 5000])
def test_nothing_found(schema: FactSchema, query: str) -> None:
    assert find_facts(schema, query) == []


def test_no_more_than_asked_for(schema: FactSchema) -> None:
    assert len(find_facts(schema, "m", limit=5)) == 5
