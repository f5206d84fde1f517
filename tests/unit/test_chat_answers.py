"""Questions and wishes that look like facts: they are answered, or led to the button that does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chatting.replies import AS_IT_STANDS
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


def every(desk: Desk, doc: str, words: str) -> list[Said]:
    before = len(desk.chat.turns(doc, 100))
    desk.chat.say(doc, words)
    return [turn.said for turn in desk.chat.turns(doc, 100)[before + 1 :]]


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
        ("入伍人数是16还是18？", "“入伍人数”是 18人"),
        ("入伍开了12人，你帮我看哈对不对", "“入伍人数”是 18人"),
        ("库室呢？", "“库室建设投入”"),
        ("库室那个钱好多哦？", "“库室建设投入”"),
        ("应急排几个人", "“应急排”的实有人数是 30人"),
        ("体检合格率多少", "“体检合格率”"),
        ("合格率多少", "“体检合格率”"),
        ("一户平均多少", "“每户慰问金”是"),
        ("应急排为什么是30人", "为什么是这样，事实表里没有记"),
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


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        ("应急排几个人，城市分队呢", ["“应急排”的实有人数", "“城市治安分队”的实有人数"]),
        ("入伍几个？大学生呢？去年呢？", ["“入伍人数”是 18人", "“大学生入伍”是", "“大学生入伍”去年是"]),
        ("训练几天 慰问了几户 还有哪些没填", ["“训练天数”是", "“走访慰问户数”是", "不缺必填的事实"]),
        ("报名应征67人是不是报多了，用在哪几节", ["“报名应征”是 67人", "“报名应征”在报告里"]),
        ("去年入伍多少？今年比去年多几个", ["“入伍人数”去年是 15人", "“入伍人数”是 18人，去年 15人"]),
        ("入伍12人，不知道为什么比去年少", ["记下这一项", "“入伍人数”是 18人，去年 15人"]),
        ("训练12天，慰问了几户，写得好不好呢", ["记下这一项", "“走访慰问户数”是", "“写得好不好呢”这句我没有听懂"]),
        ("器材和库室各花了多少", ["“器材装备投入”是"]),
    ],
)
def test_each_question_of_a_message_is_answered_or_named(desk: Desk, doc: str, words: str, answers: list[str]) -> None:
    found = every(desk, doc, words)
    assert len(found) == len(answers), [one.text for one in found]
    for one, part in zip(found, answers, strict=True):
        assert part in one.text
    if found[0].facts:
        assert found[1].notes == (AS_IT_STANDS,), "the answer is of what stands before the figures are taken"


@pytest.mark.parametrize("words", ["还有几个村没挂", "光荣牌还差多少没挂", "横幅挂完了没？"])
def test_a_question_that_no_fact_answers_is_told_as_such(desk: Desk, doc: str, words: str) -> None:
    found = said(desk, doc, words)
    assert "没有听懂" in found.text
    assert not found.facts


@pytest.mark.parametrize("words", ["今年几个村都报了，应急排实有28人", "前几天走访慰问了70户"])
def test_some_is_no_question(desk: Desk, doc: str, words: str) -> None:
    found = said(desk, doc, words)
    assert len(found.facts) == 1
    assert "是按事实表里现在的数答的" not in "".join(found.notes)


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
