"""全部起草, 全部重写 and a move between two sections are one step for 撤销 and 重做, however their texts come in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.desk import Desk, open_desk
from assistant.reports.text_history import TextStep, told_step


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"})
    yield made
    made.close()


@pytest.fixture
def doc(desk: Desk) -> str:
    made = desk.create_from_example("liulin-duty-c.yaml").id
    desk.draft_all(made)
    assert desk.wait(made, 90)
    return made


def texts(desk: Desk, doc: str) -> dict[str, str]:
    return {section.key: section.text for section in desk.report(doc).written}


def last(desk: Desk, doc: str) -> TextStep:
    step = desk.text_ways(doc).undo
    assert step is not None
    return step


def save(desk: Desk, doc: str, key: str, text: str, batch: str = "") -> None:
    """As a job stores it."""
    section = desk.report(doc).section(key)
    assert section is not None
    desk._save_draft(doc, key, text, base_revision=section.revision, batch=batch)


def test_drafting_all_is_undone_and_done_again_with_one_press(desk: Desk, doc: str) -> None:
    before = texts(desk, doc)
    assert all(before.values())
    step = last(desk, doc)
    assert told_step(step) == f"起草 {len(before)} 节"
    desk.undo_text(doc, step.number)
    assert not any(texts(desk, doc).values())
    again = desk.text_ways(doc).redo
    assert again is not None
    desk.redo_text(doc, again.number)
    assert texts(desk, doc) == before


def test_rewriting_all_is_a_step_of_its_own(desk: Desk, doc: str) -> None:
    before = texts(desk, doc)
    section = desk.report(doc).written[0]
    desk.edit(doc, section.key, "手写的一段。", section.revision)
    started = desk.draft_all(doc, again=True)
    assert desk.wait(doc, 90)
    assert section.key not in started
    step = last(desk, doc)
    assert told_step(step).startswith("重写 ")
    desk.undo_text(doc, step.number)
    assert texts(desk, doc) == {**before, section.key: "手写的一段。"}


def test_a_draft_that_comes_after_an_edit_elsewhere_belongs_to_its_batch(desk: Desk, doc: str) -> None:
    before = texts(desk, doc)
    first, second, other, *_ = before
    save(desk, doc, first, "第一节新稿。", "b")
    section = desk.report(doc).section(other)
    assert section is not None
    desk.edit(doc, other, "手写的一段。", section.revision)
    save(desk, doc, second, "第二节新稿。", "b")
    desk.undo_text(doc, last(desk, doc).number)
    assert texts(desk, doc) == {**before, first: "第一节新稿。", second: "第二节新稿。"}
    desk.undo_text(doc, last(desk, doc).number)
    assert texts(desk, doc) == before


def test_what_comes_after_the_batch_was_taken_back_is_a_new_step(desk: Desk, doc: str) -> None:
    before = texts(desk, doc)
    first, second, third, *_ = before
    save(desk, doc, first, "第一节新稿。", "b")
    desk.undo_text(doc, last(desk, doc).number)
    save(desk, doc, second, "第二节新稿。", "b")
    save(desk, doc, third, "第三节新稿。", "b")
    assert texts(desk, doc) == {**before, second: "第二节新稿。", third: "第三节新稿。"}
    desk.undo_text(doc, last(desk, doc).number)
    assert texts(desk, doc) == before


def test_drafts_of_two_presses_stay_apart(desk: Desk, doc: str) -> None:
    before = texts(desk, doc)
    first, second, *_ = before
    save(desk, doc, first, "第一节新稿。", "b")
    save(desk, doc, second, "第二节新稿。", "c")
    desk.undo_text(doc, last(desk, doc).number)
    assert texts(desk, doc) == {**before, first: "第一节新稿。"}


def typed(desk: Desk, doc: str, key: str, text: str, move: str = "") -> None:
    section = desk.report(doc).section(key)
    assert section is not None
    desk.edit(doc, key, text, section.revision, move)


def test_a_move_between_two_sections_is_one_step_and_typing_beside_it_is_not(desk: Desk, doc: str) -> None:
    typed(desk, doc, "opening", "甲乙。")
    typed(desk, doc, "conscription", "丙。")
    typed(desk, doc, "opening", "甲。", "move-1")
    typed(desk, doc, "conscription", "丙乙。", "move-1")
    typed(desk, doc, "conscription", "丙乙丁。")
    titles = [desk.report(doc).section(key).title for key in ("opening", "conscription")]  # type: ignore[union-attr]
    desk.undo_text(doc, last(desk, doc).number)
    assert texts(desk, doc)["conscription"] == "丙乙。", "what was typed behind it is another step"
    assert told_step(last(desk, doc)) == f"移动文字 {'、'.join(titles)}"
    desk.undo_text(doc, last(desk, doc).number)
    assert (texts(desk, doc)["opening"], texts(desk, doc)["conscription"]) == ("甲乙。", "丙。")
    again = desk.text_ways(doc).redo
    assert again is not None
    desk.redo_text(doc, again.number)
    assert (texts(desk, doc)["opening"], texts(desk, doc)["conscription"]) == ("甲。", "丙乙。")
