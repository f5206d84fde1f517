"""Faults, causes and plans that are counted before they are told."""

from __future__ import annotations

import time

import pytest
from lists_kit import CAUSES, FAULTS, PLANS, REPORT, items


@pytest.mark.parametrize(
    "said",
    [
        "今年还有两块短板没有补上。夜训课目偏少，照明也没跟上；库房管理松散，进出不登记。",
        "说到不足，人武部同志帮着理出两条：夜训课目偏少，照明也没跟上；库房管理松散，进出不登记。",
        "目前还有两笔欠账：\n夜训课目偏少，照明也没跟上；\n库房管理松散，进出不登记。",
    ],
)
def test_as_many_faults_as_were_counted(said: str) -> None:
    text = f"三、其他情况\n{said}\n"
    assert items(text, FAULTS) == ["夜训课目偏少，照明也没跟上", "库房管理松散，进出不登记"]


def test_faults_that_open_a_report() -> None:
    text = "清河镇工作汇报\n一、先看自己\n镇里有两块短板没有补上。夜训课目偏少；库房管理松散。\n"
    assert items(REPORT, FAULTS, text) == ["夜训课目偏少", "库房管理松散"]


def test_counted_causes_between_commas() -> None:
    text = "三、存在问题\n夜训课目偏少；库房管理松散。原因两条，专业教练稀缺，镇里督促不紧。\n"
    assert items(text, CAUSES) == ["专业教练稀缺", "镇里督促不紧"]


def test_what_was_solved_is_no_fault() -> None:
    text = "三、帮扶\n帮村里解决两个难题：水管太旧总漏水；村口路太窄不好走。\n"
    assert items(text, FAULTS) == []


def test_again_what_was_said_leads_to_its_causes() -> None:
    text = "三、不足\n夜训课目偏少；库房管理松散。存在这些问题，首先是专业教练稀缺；其次是镇里督促不紧。\n"
    assert items(text, CAUSES) == ["专业教练稀缺", "镇里督促不紧"]


def test_plans_of_one_sentence_that_each_begin_with_a_verb() -> None:
    text = "三、不足\n夜训课目偏少。\n明年，我打算依托镇中学建一处夜训场，每季度组织一次夜间拉动，带头参加夜间值守。\n"
    assert items(text, PLANS) == ["依托镇中学建一处夜训场", "每季度组织一次夜间拉动", "带头参加夜间值守"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("镇里把民兵工作写进了村规民约。", "把民兵工作写进了村规民约"),
        ("我办将社区书记抓武装的实绩作为评优依据。", "将社区书记抓武装的实绩作为评优依据"),
        ("年初主持制定《党管武装工作若干规定》，层层压实。", "主持制定《党管武装工作若干规定》"),
    ],
)
def test_what_was_laid_down_is_a_measure(said: str, told: str) -> None:
    assert told in items(f"三、责任落实\n{said}\n", "其他履职举措")


def test_a_plan_for_training_is_no_measure() -> None:
    text = "三、训练\n年初制定《民兵训练年度计划》，按月训练。把民兵训练经费列入财政预算。\n"
    assert items(text, "其他履职举措") == []


def test_a_long_text_of_counts_is_read_in_seconds() -> None:
    began = time.monotonic()
    items("问题两个：" * 1500 + "\n" + "有专业教练稀缺的问题，也有镇里督促不紧的问题，甲，" * 400 + "\n", FAULTS)
    assert time.monotonic() - began < 20
