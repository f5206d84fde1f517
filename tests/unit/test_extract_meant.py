"""Of two figures for one thing, the one that is meant: done beside due, the exact one beside the rough."""

from __future__ import annotations

import time

import pytest

from assistant.intake.cleaning import clean
from assistant.intake.extract import extract_text
from assistant.intake.extract_last_beside import beside
from assistant.intake.extract_meant import as_meant
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
HEAD = "柳河镇2025年党管武装工作情况\n\n"


def facts(text: str) -> dict[str, object]:
    return {one.label: one.fact.value for one in extract_text(HEAD + text, SCHEMA).facts if one.row is None}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("武装工作专题会议应开3次，实开5次；现场办公4次。", "专题会议"),
        ("武装工作专题会议计划召开3次，实际召开5次；现场办公4次。", "专题会议"),
        ("专武干部应配6人，实配5人。", "专武干部"),
        ("民兵之家应建8个，已建成5个。", "民兵之家"),
    ],
)
def test_what_was_done_counts_not_what_was_due(text: str, label: str) -> None:
    assert facts(text)[label] == 5


@pytest.mark.parametrize("then", ["", "最终", "后来", "结果", "但最后", "到年底", "全年"])
def test_what_came_of_a_plan_later_counts(then: str) -> None:
    assert facts(f"原定入伍12人，{then}实际入伍10人。")["入伍人数"] == 10
    assert facts(f"武装工作专题会议应开3次，{then}实际召开5次。")["专题会议"] == 5


def test_who_was_to_register_is_a_fact_too() -> None:
    told = facts("今年应登记适龄青年193人，实际完成登记191人。")
    assert (told["适龄青年"], told["兵役登记"]) == (193, 191)


@pytest.mark.parametrize(
    "said",
    ["占了一半还多，准确说是52.5%", "占一半以上，达到52.5%", "占的比例大概五成多，具体我看一下本子，52.5%"],
)
def test_the_exact_share_stands_behind_the_rough_one(said: str) -> None:
    told = facts(f"基干民兵编了122人，其中退役军人{said}；党员占39.3%。")
    assert float(str(told["退伍军人比例"])) == 52.5
    assert float(str(told["党员比例"])) == 39.3


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("宣传这块，单页发了小一万份吧，按8600份报，横幅70条。", "宣传资料", 8600),
        ("武装经费预算年初批了18万，年中追加2万，按20万写。", "武装经费预算", 200000),
        ("普通民兵500人出头，按500人报。", "普通民兵", 500),
    ],
)
def test_a_figure_that_is_to_be_written(text: str, label: str, value: int) -> None:
    assert facts(text)[label] == value


def test_one_by_one_counts_nothing() -> None:
    assert facts("把一百四十七名适龄青年一个一个找齐，兵役登记一百四十七人。")["适龄青年"] == 147


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("新盖民兵器材库1个，连同老库现有2个。", "民兵器材库", 2),
        ("新建民兵器材库1座，加上原来那座，共有2座。", "民兵器材库", 2),
        ("9个村的退役军人服务站都有牌子，合起来10个。", "退役军人服务站", 10),
        ("九个村里的退役军人服务站都建起来了，连镇本级那个，一共十个。", "退役军人服务站", 10),
    ],
)
def test_all_of_them_behind_a_part(text: str, label: str, value: int) -> None:
    assert facts(text)[label] == value


@pytest.mark.parametrize("bit", ["应开3次实", "去年3人", "3次（", "一半多", "发了3份吧", "，2024年", "一个一", "[2次"])
def test_long_texts_without_a_stop_are_read_in_no_time(bit: str) -> None:
    text = bit * (60000 // len(bit))
    begun = time.process_time()
    as_meant(clean(text))
    list(beside(text, 2025))
    assert time.process_time() - begun < 3
