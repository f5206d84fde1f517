"""撤销, 算了 and 好的 where something is proposed: the proposal goes or stays, what was done before is not touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.desk import Desk, open_desk
from assistant.facts.values import table_rows
from assistant.intake.chat_words import COMMANDS
from assistant.reports.chat import Said, Standing


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"})
    yield opened
    opened.close()


@pytest.fixture
def doc(desk: Desk) -> str:
    made = desk.create_from_example("liulin-duty-c.yaml").id
    desk.draft_all(made)
    assert desk.wait(made, 90)
    return made


def said(desk: Desk, doc: str, words: str) -> Said:
    desk.chat.say(doc, words)
    assert desk.wait(doc, 90)
    return desk.chat.turns(doc)[-1].said


def written(desk: Desk, doc: str) -> int:
    return sum(bool(section.text) for section in desk.report(doc).written)


@pytest.mark.parametrize(
    "words", ["撤销", "反悔了", "取消刚才的修改", "把刚才的撤了", "算了不改了", "还是用原来的", "取消"]
)
def test_what_nobody_took_is_refused_and_nothing_else_undone(desk: Desk, doc: str, words: str) -> None:
    said(desk, doc, "今年征兵25人")
    number = desk.chat.turns(doc)[-1].number
    assert "“入伍人数”不用了" in said(desk, doc, words).text
    assert desk.store.turn(doc, number).said.facts[0].standing is Standing.REFUSED
    assert written(desk, doc) == 10


def test_the_step_before_a_proposal_is_one_press_away(desk: Desk, doc: str) -> None:
    desk.set_fact(doc, "党委议军会议", 9)
    said(desk, doc, "今年征兵25人")
    (choice,) = said(desk, doc, "撤销").choices
    said(desk, doc, choice.say)
    assert desk.report(doc).sheet.value("党委议军会议") == 2


def test_a_change_after_the_proposal_is_what_is_undone(desk: Desk, doc: str) -> None:
    said(desk, doc, "今年征兵25人")
    desk.set_fact(doc, "党委议军会议", 9)
    said(desk, doc, "撤销")
    assert desk.report(doc).sheet.value("党委议军会议") == 2


def test_a_new_wording_that_waits_is_refused(desk: Desk, doc: str) -> None:
    said(desk, doc, "征兵换个写法")
    assert "conscription" in desk.candidates(doc)
    said(desk, doc, "撤销")
    assert "conscription" not in desk.candidates(doc)
    assert written(desk, doc) == 10


def test_a_new_wording_that_is_not_wanted_can_be_wanted_again(desk: Desk, doc: str) -> None:
    said(desk, doc, "征兵换个写法")
    wanted = desk.candidates(doc)["conscription"].text
    said(desk, doc, "算了")
    assert "conscription" not in desk.candidates(doc)
    assert "不用新稿" in said(desk, doc, "撤销").text
    assert desk.candidates(doc)["conscription"].text == wanted

    def standing() -> Standing:
        [offer] = next(turn.said.redraws for turn in desk.chat.turns(doc) if turn.said.redraws)
        return offer.standing

    assert standing() is Standing.OPEN, "its card can be pressed again"
    said(desk, doc, "重做")
    assert ("conscription" in desk.candidates(doc), standing()) == (False, Standing.REFUSED)


def test_one_word_empties_no_report(desk: Desk, doc: str) -> None:
    answer = said(desk, doc, "撤销")
    assert written(desk, doc) == 10
    assert "要撤销吗" in answer.text
    said(desk, doc, answer.choices[0].say)
    assert written(desk, doc) == 0


def test_without_a_proposal_nothing_is_withdrawn(desk: Desk, doc: str) -> None:
    assert "没有等您确认" in said(desk, doc, "算了").text
    assert written(desk, doc) == 10


def test_a_word_of_thanks_takes_nothing(desk: Desk, doc: str) -> None:
    assert "直接说" in said(desk, doc, "谢谢").text
    said(desk, doc, "今年征兵25人")
    assert "采用" in said(desk, doc, "好的").text
    assert desk.report(doc).sheet.value("入伍人数") == 18


@pytest.mark.parametrize(
    "words", ["不要写太长", "不要动征兵那节", "取消征兵那节", "对不对", "好的，入伍15人", "不是12是13"]
)
def test_more_than_such_a_word_is_no_command(words: str) -> None:
    assert not any(pattern.match(words) for pattern in COMMANDS.values())


def standings(desk: Desk, doc: str) -> list[tuple[str, str, str]]:
    return [
        (one.label + ("（去年）" if one.last_year else ""), one.new, one.standing.value)
        for turn in desk.chat.turns(doc, 40)
        for one in turn.said.facts
    ]


def test_a_corrected_card_closes_and_what_only_it_told_stays(desk: Desk, doc: str) -> None:
    said(desk, doc, "今年征兵25人，去年20人，大学生21人")
    said(desk, doc, "不是25是26")
    assert standings(desk, doc) == [
        ("入伍人数（去年）", "20人", "open"), ("大学生入伍", "21人", "open"), ("入伍人数", "26人", "open"),
    ]  # fmt: skip
    said(desk, doc, "大学生21人不对，是20人")
    assert standings(desk, doc)[1] == ("大学生入伍", "21人", "replaced")
    first = next(turn for turn in desk.chat.turns(doc) if turn.said.facts)
    desk.chat.take_facts(doc, first.number)
    assert desk.report(doc).sheet.value("大学生入伍") == 16, "what was replaced is not taken with the rest"
    said(desk, doc, "征兵换个写法")
    said(desk, doc, "征兵再换个写法")
    redraws = [one.standing for turn in desk.chat.turns(doc) for one in turn.said.redraws]
    assert redraws == [Standing.REPLACED, Standing.OPEN]


def test_two_cells_of_a_table_are_two_proposals_and_both_can_be_taken(desk: Desk, doc: str) -> None:
    for words in (
        "应急排编制32人",
        "城市治安分队干部改成5",
        "应急排编制33人",
        "存在问题加一条：甲",
        "存在问题加一条：乙",
    ):
        said(desk, doc, words)
    assert [standing for _, _, standing in standings(desk, doc)] == ["replaced", "open", "open", "open", "open"]
    for turn in desk.chat.turns(doc, 40):
        if turn.said.facts:
            desk.chat.take_facts(doc, turn.number)
    sheet = desk.report(doc).sheet
    rows = {str(row["名称"]): row for row in table_rows(sheet.value("民兵分队"))}
    assert (len(rows), rows["应急排"]["编制人数"], rows["城市治安分队"]["民兵干部"]) == (3, 33, 5)
    assert tuple(sheet.value("存在问题"))[-2:] == ("甲", "乙")  # type: ignore[arg-type]


def test_a_command_beside_a_figure_is_offered_and_not_done(desk: Desk, doc: str) -> None:
    answer = said(desk, doc, "入伍15人，全部重写")
    assert [choice.say for choice in answer.choices] == ["全部重写"]
    assert "还没有做" in answer.text
    assert standings(desk, doc) == [("入伍人数", "15人", "open")]
    assert "有 3 条" in said(desk, doc, "入伍16人，存在问题有哪些？").text
    assert standings(desk, doc)[-1] == ("入伍人数", "16人", "open")


def test_a_proposal_before_one_that_was_taken_still_waits(desk: Desk, doc: str) -> None:
    said(desk, doc, "今年征兵25人")
    first = desk.chat.turns(doc)[-1].number
    said(desk, doc, "点验7次")
    desk.chat.take_facts(doc, desk.chat.turns(doc)[-1].number)
    assert "按上面的“采用”" in said(desk, doc, "好的").text
    assert "“入伍人数”不用了" in said(desk, doc, "算了").text
    assert desk.store.turn(doc, first).said.facts[0].standing is Standing.REFUSED
    assert "没有等您确认的建议" in said(desk, doc, "算了").text
    assert desk.report(doc).sheet.value("点验次数") == 7
