"""Texts that are chosen, taken back and restored: candidates by places, 撤销 across a report, milestones."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_kit import make_library, url_of

from assistant.desk import Desk, open_desk
from assistant.errors import EditConflict, InputError
from assistant.facts.sheet import Fact, FactSheet
from assistant.reports.report import Origin, Section, SectionState, Version
from assistant.reports.text_history import entries, told_done, told_step
from assistant.revising import changes_between
from assistant.slots.differences import differences
from assistant.slots.hunks import hunks, taken
from assistant.storage import text_steps

ENLIST, MILITIA = "enlist", "militia"
OLD = "广泛开展宣传发动，向部队输送{{入伍人数|名}}优质兵员。严把体检关口，没有发生退兵。"
NEW = "盯住应届毕业生这个重点，向部队输送{{入伍人数|名}}优质兵员。严把政治考核关口，没有发生退兵。"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk({"NIGAO_DATABASE_URL": url_of(tmp_path)}, make_library(tmp_path / "prompts"))
    yield made
    made.close()


@pytest.fixture
def doc(desk: Desk) -> str:
    schema = desk.library.get("small").facts
    return desk.create("small", "work", sheet=FactSheet(schema, {"入伍人数": Fact(12)})).id


def section(desk: Desk, doc: str, key: str = ENLIST) -> Section:
    found = desk.report(doc).section(key)
    assert found is not None
    return found


def draft(desk: Desk, doc: str, text: str, key: str = ENLIST, *, propose: bool = False) -> None:
    """As a model's job stores it."""
    base = section(desk, doc, key).revision
    desk._save_draft(doc, key, text, base_revision=base, engine="endpoint", model="m", propose=propose)


def edit(desk: Desk, doc: str, text: str, key: str = ENLIST) -> Section:
    return desk.edit(doc, key, text, section(desk, doc, key).revision)


def undo(desk: Desk, doc: str) -> str:
    step = desk.text_ways(doc).undo
    assert step is not None
    return told_step(desk.undo_text(doc, step.number))


def redo(desk: Desk, doc: str) -> str:
    step = desk.text_ways(doc).redo
    assert step is not None
    return told_step(desk.redo_text(doc, step.number))


# ---- places of a difference

PARTS = ["征兵", "{{入伍人数}}", "组织", "，", "领导", "\n", "12人"]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)


@given(old=TEXTS, new=TEXTS)
def test_all_places_make_the_new_text_and_none_the_old(old: str, new: str) -> None:
    changes = differences(old, new)
    numbers = [hunk.number for hunk in hunks(changes)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert taken(changes, set(numbers)) == new
    assert taken(changes, set()) == old


def test_one_place_leaves_the_other_letter_for_letter() -> None:
    changes = differences(OLD, NEW)
    first, second = hunks(changes)
    assert (first.deleted, second.inserted) == ("广泛开展宣传发动", "政治考核")
    assert taken(changes, {2}) == OLD.replace("体检", "政治考核")


# ---- candidates


def test_one_place_of_a_candidate_is_taken_and_the_rest_waits(desk: Desk, doc: str) -> None:
    edit(desk, doc, OLD)
    draft(desk, doc, NEW, propose=True)
    waiting = desk.candidates(doc)[ENLIST]
    before = section(desk, doc)
    _, second = hunks(changes_between(OLD, NEW))
    after = desk.accept_change(doc, ENLIST, waiting.number, before.revision, second)
    assert after.text == OLD.replace("体检", "政治考核")
    assert after.state is SectionState.EDITED, "what a person put together is a person's text"
    waiting = desk.candidates(doc)[ENLIST]
    [left] = hunks(changes_between(after.text, waiting.text))
    assert left.deleted == "广泛开展宣传发动"
    desk.accept_change(doc, ENLIST, waiting.number, after.revision, left)
    assert section(desk, doc).text == NEW
    assert desk.candidates(doc) == {}, "nothing is left to decide"


def test_refused_places_leave_the_candidate_one_by_one(desk: Desk, doc: str) -> None:
    edit(desk, doc, OLD)
    draft(desk, doc, NEW, propose=True)
    first, _ = hunks(changes_between(OLD, NEW))
    desk.refuse_change(doc, ENLIST, desk.candidates(doc)[ENLIST].number, first)
    waiting = desk.candidates(doc)[ENLIST]
    assert waiting.text == OLD.replace("体检", "政治考核")
    assert (waiting.engine, waiting.model) == ("endpoint", "m"), "it is still the model's"
    [left] = hunks(changes_between(OLD, waiting.text))
    desk.refuse_change(doc, ENLIST, waiting.number, left)
    assert desk.candidates(doc) == {}
    assert section(desk, doc).text == OLD
    assert NEW in [version.text for version in desk.versions(doc, ENLIST)]


def test_a_refused_candidate_comes_back_with_one_press(desk: Desk, doc: str) -> None:
    edit(desk, doc, OLD)
    draft(desk, doc, NEW, propose=True)
    number, revision = desk.candidates(doc)[ENLIST].number, section(desk, doc).revision
    desk.refuse_candidate(doc, ENLIST, number)
    assert desk.candidates(doc) == {}
    assert undo(desk, doc) == "不用新稿 征兵"
    assert desk.candidates(doc)[ENLIST].text == NEW
    assert section(desk, doc).revision == revision, "the text in place was never touched"
    assert redo(desk, doc) == "不用新稿 征兵"
    assert desk.candidates(doc) == {}
    undo(desk, doc)
    desk.accept_candidate(doc, ENLIST, desk.candidates(doc)[ENLIST].number, revision)
    assert section(desk, doc).text == NEW


def test_a_place_that_was_refused_comes_back_before_the_one_that_was_taken(desk: Desk, doc: str) -> None:
    edit(desk, doc, OLD)
    draft(desk, doc, NEW, propose=True)
    first, _ = hunks(changes_between(OLD, NEW))
    desk.accept_change(doc, ENLIST, desk.candidates(doc)[ENLIST].number, section(desk, doc).revision, first)
    half = section(desk, doc).text
    [second] = hunks(changes_between(half, NEW))
    desk.refuse_change(doc, ENLIST, desk.candidates(doc)[ENLIST].number, second)
    assert undo(desk, doc) == "不用新稿 征兵"
    assert (section(desk, doc).text, desk.candidates(doc)[ENLIST].text) == (half, NEW)
    assert undo(desk, doc) == "采用一处 征兵"
    assert (section(desk, doc).text, desk.candidates(doc)[ENLIST].text) == (OLD, NEW)
    desk.refuse_change(doc, ENLIST, desk.candidates(doc)[ENLIST].number, first)
    assert undo(desk, doc) == "不用一处 征兵"
    assert desk.candidates(doc)[ENLIST].text == NEW
    assert redo(desk, doc) == "不用一处 征兵"
    assert desk.candidates(doc)[ENLIST].text == OLD.replace("体检", "政治考核")


def test_a_refused_candidate_makes_room_for_itself_and_what_waited_is_not_lost(desk: Desk, doc: str) -> None:
    edit(desk, doc, OLD)
    draft(desk, doc, NEW, propose=True)
    desk.refuse_candidate(doc, ENLIST, desk.candidates(doc)[ENLIST].number)
    draft(desk, doc, "后来的新稿。", propose=True)
    step = desk.text_ways(doc).undo
    assert step is not None
    done = desk.undo_text(doc, step.number)
    assert told_done(done) == "不用新稿 征兵；“征兵”后来的那份新稿收进了“历次稿”"
    assert desk.candidates(doc)[ENLIST].text == NEW
    redo(desk, doc)
    assert desk.candidates(doc)[ENLIST].text == "后来的新稿。"


def test_a_candidate_that_came_since_is_not_refused_with_the_one_before(desk: Desk, doc: str) -> None:
    edit(desk, doc, OLD)
    draft(desk, doc, NEW, propose=True)
    desk.refuse_candidate(doc, ENLIST, desk.candidates(doc)[ENLIST].number)
    undo(desk, doc)
    draft(desk, doc, "后来的新稿。", propose=True)
    redo(desk, doc)
    assert desk.candidates(doc)[ENLIST].text == "后来的新稿。"


def test_a_persons_text_that_is_kept_aside_leaves_alone_what_waits(desk: Desk, doc: str) -> None:
    edit(desk, doc, OLD)
    desk.keep_aside(doc, ENLIST, "我写的。")
    assert desk.candidates(doc) == {}
    draft(desk, doc, NEW, propose=True)
    waiting = desk.candidates(doc)
    desk.keep_aside(doc, ENLIST, "我又写的。")
    assert desk.candidates(doc) == waiting, "a press on it that is on its way still finds it"
    assert {"我写的。", "我又写的。"} <= {version.text for version in desk.versions(doc, ENLIST)}


def test_a_place_of_a_text_that_moved_on_is_not_taken(desk: Desk, doc: str) -> None:
    edit(desk, doc, OLD)
    draft(desk, doc, NEW, propose=True)
    number, seen = desk.candidates(doc)[ENLIST].number, section(desk, doc).revision
    first, _ = hunks(changes_between(OLD, NEW))
    edit(desk, doc, OLD + "又添一句。")
    with pytest.raises(EditConflict):
        desk.accept_change(doc, ENLIST, number, seen, first)
    draft(desk, doc, "另一份新稿。", propose=True)
    with pytest.raises(InputError):
        desk.accept_change(doc, ENLIST, number, section(desk, doc).revision, first)
    with pytest.raises(InputError):
        desk.refuse_change(doc, ENLIST, number, first)
    assert section(desk, doc).text == OLD + "又添一句。"


# ---- 撤销 and 重做


def test_undo_goes_back_through_all_sections_in_order(desk: Desk, doc: str) -> None:
    draft(desk, doc, "初稿。")
    draft(desk, doc, "民兵稿。", MILITIA)
    draft(desk, doc, "再稿。")
    assert undo(desk, doc) == "重写 征兵"
    assert section(desk, doc).text == "初稿。"
    assert section(desk, doc).state is SectionState.DRAFTED, "untouched by hand as before: a redraw is taken at once"
    assert undo(desk, doc) == "起草 民兵"
    assert section(desk, doc, MILITIA).state is SectionState.EMPTY
    assert redo(desk, doc) == "起草 民兵"
    assert redo(desk, doc) == "重写 征兵"
    assert (section(desk, doc).text, section(desk, doc, MILITIA).text) == ("再稿。", "民兵稿。")
    assert desk.text_ways(doc).redo is None
    assert undo(desk, doc) == "重写 征兵"
    edit(desk, doc, "我写的。", MILITIA)
    assert desk.text_ways(doc).redo is None, "a new change ends what could be done again"


def test_undo_is_there_after_a_restart(tmp_path: Path, desk: Desk, doc: str) -> None:
    draft(desk, doc, "初稿。")
    edit(desk, doc, "我改的。")
    desk.close()
    again = open_desk({"NIGAO_DATABASE_URL": url_of(tmp_path)}, make_library(tmp_path / "prompts"))
    assert undo(again, doc) == "修改 征兵"
    assert section(again, doc).text == "初稿。"
    again.close()


def test_an_undo_of_what_is_no_longer_last_does_nothing(desk: Desk, doc: str) -> None:
    draft(desk, doc, "初稿。")
    seen = desk.text_ways(doc).undo
    assert seen is not None
    edit(desk, doc, "别处写的。", MILITIA)
    with pytest.raises(InputError, match="刚刚又改过"):
        desk.undo_text(doc, seen.number)
    assert section(desk, doc).text == "初稿。"


def test_one_stretch_of_typing_is_one_step(desk: Desk, doc: str, monkeypatch: pytest.MonkeyPatch) -> None:
    draft(desk, doc, "初稿。")
    clock = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)
    monkeypatch.setattr(text_steps, "now", lambda: clock)
    for words in ("我", "我写", "我写的。"):
        edit(desk, doc, words)
        clock += datetime.timedelta(seconds=10)
    clock += datetime.timedelta(minutes=10)
    edit(desk, doc, "我后来写的。")
    undo(desk, doc)
    assert section(desk, doc).text == "我写的。"
    undo(desk, doc)
    assert section(desk, doc).text == "初稿。"


def test_typing_of_two_sections_or_two_persons_is_not_one_step(desk: Desk, doc: str) -> None:
    edit(desk, doc, "甲写的。")
    edit(desk, doc, "甲写的。", MILITIA)
    desk.set_person("乙")
    edit(desk, doc, "乙写的。", MILITIA)
    undo(desk, doc)
    assert section(desk, doc, MILITIA).text == "甲写的。"
    undo(desk, doc)
    assert (section(desk, doc, MILITIA).text, section(desk, doc).text) == ("", "甲写的。")


def test_an_acceptance_taken_back_is_to_be_decided_again(desk: Desk, doc: str) -> None:
    edit(desk, doc, OLD)
    draft(desk, doc, NEW, propose=True)
    desk.accept_candidate(doc, ENLIST, desk.candidates(doc)[ENLIST].number, section(desk, doc).revision)
    assert undo(desk, doc) == "采用新稿 征兵"
    assert section(desk, doc).text == OLD
    assert desk.candidates(doc)[ENLIST].text == NEW
    redo(desk, doc)
    assert section(desk, doc).text == NEW
    assert desk.candidates(doc) == {}


def test_the_record_cannot_be_rewritten(tmp_path: Path, desk: Desk, doc: str) -> None:
    draft(desk, doc, "初稿。")
    raw = sqlite3.connect(tmp_path / "nigao.db")
    for statement in ("UPDATE text_steps SET after = 0", "DELETE FROM text_steps"):
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(statement)
    raw.close()


def test_a_report_with_steps_can_be_purged(tmp_path: Path, desk: Desk, doc: str) -> None:
    draft(desk, doc, "初稿。")
    desk.keep_milestone(doc, "送审稿一")
    raw = sqlite3.connect(tmp_path / "nigao.db")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("DELETE FROM reports WHERE id = ?", (doc,))
    assert raw.execute("SELECT count(*) FROM text_steps").fetchone() == (0,)
    raw.rollback()
    raw.close()


# ---- versions


def test_versions_tell_who_and_what_they_repeat(desk: Desk, doc: str) -> None:
    desk.set_person("王芳")
    draft(desk, doc, "初稿。")
    edit(desk, doc, "我改的。")
    desk.restore(doc, ENLIST, 1)
    [restored, edited, drafted] = desk.versions(doc, ENLIST)
    assert {version.by for version in (restored, edited, drafted)} == {"王芳"}
    assert (restored.origin, restored.source, edited.source) == (Origin.RESTORE, 1, None)


def test_saves_of_one_stretch_are_one_line_of_the_history() -> None:
    at = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)

    def typed(number: int, seconds: int, by: str = "") -> Version:
        return Version(number, str(number), Origin.EDIT, written=at + datetime.timedelta(seconds=seconds), by=by)

    drafted = Version(1, "1", Origin.DRAFT, written=at)
    saves = [typed(2, 5), typed(3, 10), typed(4, 20), typed(5, 400), typed(6, 410, "乙")]
    told = entries([*reversed(saves), drafted], current=6)
    assert [(entry.version.number, entry.saves) for entry in told] == [(6, 1), (5, 1), (4, 3), (1, 1)]
    told = entries([replace(saves[2]), saves[1], saves[0]], current=3)
    assert [entry.version.number for entry in told] == [4, 3], "the text in place is never hidden"


# ---- milestones


def test_a_milestone_is_compared_and_restored(desk: Desk, doc: str) -> None:
    draft(desk, doc, "初稿。")
    draft(desk, doc, "民兵稿。", MILITIA)
    name = desk.next_milestone(doc)
    kept = desk.keep_milestone(doc, name)
    assert name == "送审稿一"
    assert desk.next_milestone(doc) == "送审稿二"
    edit(desk, doc, "改了。")
    edit(desk, doc, "也改了。", MILITIA)
    desk.set_fact(doc, "入伍人数", 15)
    since = desk.since_milestone(desk.report(doc), kept)
    assert since.texts == (("征兵", "初稿。", "改了。"), ("民兵", "民兵稿。", "也改了。"))
    assert [(label, before.value, now.value) for label, (before, now) in since.facts.items()] == [("入伍人数", 12, 15)]
    desk.lock(doc, MILITIA, True)
    assert desk.restore_milestone(doc, kept, facts=True) == (["征兵"], ["民兵"])
    assert section(desk, doc).text == "初稿。"
    assert section(desk, doc, MILITIA).text == "也改了。", "a locked section stays"
    assert desk.report(doc).sheet.value("入伍人数") == 12
    assert undo(desk, doc) == "回到 送审稿一"
    assert section(desk, doc).text == "改了。"


def test_milestone_names_are_told_apart(desk: Desk, doc: str) -> None:
    kept = desk.keep_milestone(doc, " 送审稿一 ")
    for name in ("送审稿一", "  ", "长" * 41):
        with pytest.raises(InputError):
            desk.keep_milestone(doc, name)
    desk.delete_milestone(doc, kept.id)
    assert desk.milestones(doc) == []
    desk.keep_milestone(doc, "送审稿一")


def test_all_sections_of_a_milestone_are_one_step(desk: Desk, doc: str) -> None:
    kept = desk.keep_milestone(doc, "空稿")
    draft(desk, doc, "初稿。")
    draft(desk, doc, "民兵稿。", MILITIA)
    desk.restore_milestone(doc, kept, facts=False)
    assert (section(desk, doc).text, section(desk, doc, MILITIA).text) == ("", "")
    undo(desk, doc)
    assert (section(desk, doc).text, section(desk, doc, MILITIA).text) == ("初稿。", "民兵稿。")


# ---- locks


def test_passed_over_are_edited_and_locked_ones(desk: Desk, doc: str) -> None:
    draft(desk, doc, "初稿。")
    edit(desk, doc, "我写的。", MILITIA)
    desk.lock(doc, ENLIST, True)
    edited, locked = desk.passed_over(desk.report(doc))
    assert ([one.key for one in edited], [one.key for one in locked]) == ([MILITIA], [ENLIST])
    assert desk.draft_all(doc, again=True) == ["opening"]
    with pytest.raises(InputError, match="锁定"):
        desk.redraw(doc, ENLIST)
    assert desk.wait(doc, 90)
