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
        ("存为第2稿", "留存稿"),
        ("存成word文档", "到“导出”页"),
        ("造几个先进典型", "我不编"),
        ("帮我编一下入伍人数", "我不编"),
        ("随便编几个数", "我不编"),
        ("存在问题有哪些", "“存在问题”有 3 条：\n1. "),
        ("主要问题是什么", "3. 民兵训练的针对性有待增强"),
        ("征兵荣誉都有啥", "全区征兵工作先进街道"),
        ("民兵分队有哪些", "应急排：数量1个、编制人数30人"),
        ("应急排多少人", "“应急排”的实有人数是 30人"),
        ("应急排现在有几个干部？", "“应急排”的民兵干部是 3人"),
        ("优待金多少", "义务兵家庭优待金：人数34人、金额68万元（优抚资金）"),
        ("侦察排多少人", "事实表里没有“侦察排”。相近的有“应急排”"),
        ("民兵干部几个", "“民兵分队”的民兵干部合计 8人：应急排3人"),
        ("去年征了多少", "“入伍人数”去年是 15人，今年是 18人"),
        ("去年慰问了几户", "“走访慰问户数”去年的数没有填；今年是 63户"),
        ("哪些数没用上", "还没有文字"),
        ("数咋对不上嘞", "没有发现互相矛盾的数"),
        ("咋个导出", "导出"),
        ("标题太长了", "编辑提纲"),
        ("征兵跟双拥换个位置", "编辑提纲"),
        ("Please make it shorter", "请用中文说"),
        ("ok", "直接说"),
        ("hello", "我能做这些"),
        ("第三部分用了哪些数", "“双拥”还没有写。写的时候用：走访慰问户数63户"),
    ],
)
def test_what_is_asked_is_answered(desk: Desk, doc: str, words: str, answer: str) -> None:
    found = said(desk, doc, words)
    assert answer in found.text
    assert not found.facts


@pytest.mark.parametrize("words", ["套话多不多", "征兵怎么写得有特色", "写得怎么样", "有没有错别字"])
def test_what_the_rules_cannot_answer_is_no_wish_and_no_other_fact(desk: Desk, doc: str, words: str) -> None:
    found = said(desk, doc, words)
    assert "没有听懂" in found.text
    assert not any(choice.say.startswith("“") for choice in found.choices)


def test_what_a_section_uses_is_told_with_its_values(desk: Desk, doc: str) -> None:
    desk.draft_all(doc)
    assert desk.wait(doc, 90)
    for words, answer in (
        ("第三部分用了哪些数", "“双拥”用了 9 项：走访慰问户数63户"),
        ("征兵那节用了哪些事实", "入伍人数18人"),
        ("征兵写了几个数", "“征兵”用了"),
        ("第二部分的（三）里有哪些数字", "“征兵”用了"),
        ("哪些数写进了征兵那节", "“征兵”用了"),
        ("报告里都有什么数", "“下步打算”用了"),
        ("哪些数没用上", "该用它的那一节没有写到"),
        ("哪些填了没用", "该用它的那一节没有写到"),
    ):
        assert answer in said(desk, doc, words).text, words
