"""Questions and wishes that look like facts: they are answered, or led to the button that does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.desk import Desk, open_desk
from assistant.reports.chat import Said


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"})
    yield opened
    opened.close()


@pytest.fixture
def doc(desk: Desk) -> str:
    return desk.create_from_example("liulin-duty-c.yaml").id


def said(desk: Desk, doc: str, words: str) -> Said:
    desk.chat.say(doc, words)
    return desk.chat.turns(doc)[-1].said


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("慰问了几户", "“走访慰问户数”是 63户"),
        ("慰问了多少户", "“走访慰问户数”是 63户"),
        ("慰问多少人", "“慰问人数”是 65人"),
        ("训练几天", "“训练天数”是 10天"),
        ("入伍12人对吗", "“入伍人数”是 18人"),
        ("入伍人数为什么是18", "“入伍人数”是 18人"),
        ("入伍人数是不是18", "“入伍人数”是 18人"),
        ("文种改成工作情况报告", "改为工作情况报告……"),
        ("改成工作情况报告", "编辑提纲"),
        ("改成述职报告", "现在就是述职报告"),
        ("全部重写", "左边的“全部重写”"),
        ("留存一份叫送审稿一", "留存稿"),
        ("造几个先进典型", "我不编"),
        ("帮我编一下入伍人数", "我不编"),
        ("随便编几个数", "我不编"),
    ],
)
def test_what_is_asked_is_answered(desk: Desk, doc: str, words: str, answer: str) -> None:
    found = said(desk, doc, words)
    assert answer in found.text
    assert not found.facts


@pytest.mark.parametrize("words", ["套话多不多", "征兵怎么写得有特色", "民兵干部几个"])
def test_what_the_rules_cannot_answer_is_no_wish_and_no_other_fact(desk: Desk, doc: str, words: str) -> None:
    found = said(desk, doc, words)
    assert "没有听懂" in found.text
    assert not any(choice.say.startswith("“") for choice in found.choices)
