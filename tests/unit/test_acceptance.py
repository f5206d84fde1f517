"""Numbers that a person keeps, sections that a person affirms, and findings that are made once: through the desk."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, update

from assistant.checks.acceptance import acceptance_of, part_kept
from assistant.checks.finding import Finding
from assistant.desk import Desk, open_desk
from assistant.errors import EditConflict, InputError, NotFound, OpenPlaceholders
from assistant.fittings import Fittings
from assistant.reports.memory import Memory
from assistant.reports.report import Report, Section
from assistant.reports.types import HeadingStyle
from assistant.storage.tables import ReportRow

KEY = "conscription"
TEXT = "完成兵役登记{{兵役登记}}。出动车辆17辆，入伍{{入伍人数}}。全年走访17户。"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"})
    yield made
    made.close()


@pytest.fixture
def report(desk: Desk) -> Report:
    """A sample report, drafted, one section of it written by hand."""
    doc = desk.create_from_example("liulin-duty-c.yaml").id
    desk.draft_all(doc)
    assert desk.wait(doc, 60)
    desk.edit(doc, KEY, TEXT, section(desk, doc).revision)
    return desk.report(doc)


def section(desk: Desk, doc: str, key: str = KEY) -> Section:
    found = desk.report(doc).section(key)
    assert found is not None
    return found


def numbers(desk: Desk, doc: str) -> list[Finding]:
    return [one for one in desk.findings(desk.report(doc)) if one.kind == "number"]


def vehicles(desk: Desk, doc: str) -> Finding:
    (found,) = [one for one in numbers(desk, doc) if one.excerpt == "17辆"]
    return found


# Numbers


def test_keeping_and_taking_back(desk: Desk, report: Report) -> None:
    desk.store.put_setting("name", "沈国安")
    finding = vehicles(desk, report.id)
    assert finding.severity == "error"
    kept = desk.keep_number(report.id, finding)
    assert (kept.by, kept.number, kept.sentence) == ("沈国安", "17辆", "出动车辆17辆，入伍{{入伍人数}}。")
    assert kept.when is not None
    review = desk.review(desk.report(report.id))
    assert review.kept == (kept,)
    assert "17辆" not in [one.excerpt for one in review.findings]
    assert len(desk.bare_numbers(desk.report(report.id)).get(KEY, ())) == len(numbers(desk, report.id))
    assert desk.keep_number(report.id, finding) == kept, "keeping twice is keeping once"
    desk.take_back_number(report.id, kept.id)
    desk.take_back_number(report.id, kept.id)
    assert vehicles(desk, report.id)
    assert desk.review(desk.report(report.id)).kept == ()


def test_it_holds_until_its_own_sentence_changes(desk: Desk, report: Report) -> None:
    desk.keep_number(report.id, vehicles(desk, report.id))

    def kept_after(text: str) -> bool:
        desk.edit(report.id, KEY, text, section(desk, report.id).revision)
        return bool(desk.review(desk.report(report.id)).kept)

    assert kept_after("前面加了一句。" + TEXT + "后面也加了一句。")
    assert not kept_after(TEXT.replace("出动车辆", "共出动车辆"))
    # The sentence is there again, as restoring an old version brings it: what was kept is kept.
    assert kept_after(TEXT)
    for other in desk.report(report.id).written:
        if other.key != KEY:
            desk.redraw(report.id, other.key)
    assert desk.wait(report.id, 60)
    assert desk.review(desk.report(report.id)).kept
    # A fact in its sentence is another one: the sentence is the same slot text.
    desk.set_fact(report.id, "入伍人数", 25)
    assert desk.review(desk.report(report.id)).kept


def test_only_the_one_that_was_meant(desk: Desk, report: Report) -> None:
    text = "出动车辆17辆、借用17辆。"
    desk.edit(report.id, KEY, text, section(desk, report.id).revision)
    first, _second = numbers(desk, report.id)
    desk.keep_number(report.id, first)
    assert [one.start for one in numbers(desk, report.id)] == [text.rindex("17")]


def test_another_contradiction_is_told_again(desk: Desk, report: Report) -> None:
    desk.edit(report.id, KEY, "全年入伍99人。", section(desk, report.id).revision)
    (finding,) = numbers(desk, report.id)
    assert (finding.rule, finding.severity) == ("number.conflicting", "error")
    desk.keep_number(report.id, finding)
    assert numbers(desk, report.id) == []
    desk.set_fact(report.id, "入伍人数", 25)
    (again,) = numbers(desk, report.id)
    assert "25人" in again.expected


def test_final_export_waits_for_it(desk: Desk, report: Report) -> None:
    for one in desk.report(report.id).written:
        if one.key != KEY:
            desk.edit(report.id, one.key, "各项工作有序推进。", one.revision)
    desk.edit(report.id, KEY, "出动车辆17辆。", section(desk, report.id).revision)
    with pytest.raises(OpenPlaceholders, match="17辆"):
        desk.export(desk.report(report.id), final=True)
    assert desk.export(desk.report(report.id), final=False).data
    desk.keep_number(report.id, vehicles(desk, report.id))
    assert desk.export(desk.report(report.id), final=True).data


def test_a_finding_that_is_gone_cannot_be_kept(desk: Desk, report: Report) -> None:
    finding = vehicles(desk, report.id)
    desk.edit(report.id, KEY, "换了一段话。", section(desk, report.id).revision)
    with pytest.raises(InputError, match="已经变了"):
        desk.keep_number(report.id, finding)
    with pytest.raises(InputError):
        desk.keep_number(report.id, replace(finding, rule="length.over"))


def test_a_purged_report_leaves_nothing(desk: Desk, report: Report) -> None:
    desk.keep_number(report.id, vehicles(desk, report.id))
    other = f"report.{report.id}x.fittings"
    desk.store.put_setting(other, "{}")
    desk.put_fittings(report.id, Fittings(sealed=True))
    assert len(desk.store.settings()) >= 2
    desk.delete(report.id)
    assert desk.store.purge(datetime.timedelta(seconds=-1)) == 1
    assert desk.store.accepted_numbers(report.id) == []
    assert [name for name in desk.store.settings() if name.startswith("report.")] == [other]
    assert "accepted_numbers" in inspect(desk.store.database.engine).get_table_names()


@pytest.mark.parametrize(("days", "there"), [(29, True), (31, False)])
def test_a_report_deleted_long_ago_is_gone_when_the_desk_is_opened(
    desk: Desk, report: Report, tmp_path: Path, days: int, there: bool
) -> None:
    desk.delete(report.id)
    moment = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)
    with desk.store.database.writing() as connection:
        connection.execute(update(ReportRow).values(deleted_at=moment))
    open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"}).close()
    if there:
        desk.undelete(report.id)
        assert desk.report(report.id).id == report.id
    else:
        with pytest.raises(NotFound):
            desk.undelete(report.id)


def test_a_sentence_without_end_is_looked_at_so_far_only() -> None:
    text = "车" * 1000 + "17辆" + "车" * 1000
    made = Section("s", 1, "节", "", HeadingStyle.PLAIN, "s", (), 10, text=text)
    finding = Finding("number.unknown", "error", "", "s", 1000, 1003, "17辆")
    accepted = acceptance_of(finding, made)
    assert len(accepted.sentence) < 300
    assert part_kept([finding], [made], [accepted]) == ([], [accepted])
    moved = replace(made, text="甲" + text)
    assert part_kept([replace(finding, start=1001, end=1004)], [moved], [accepted])[1] == [accepted]


# Staleness, through the store


def test_a_draft_keeps_the_facts_of_its_brief(desk: Desk, report: Report) -> None:
    drafts = [one for one in report.written if one.key != KEY]
    assert all(one.snapshot is not None for one in drafts)
    assert desk.stale(report) == {}
    found = section(desk, report.id)
    assert found.snapshot is not None
    assert {"入伍人数", "兵役登记", *found.facts} == set(found.snapshot)


def test_affirming_restoring_and_fixing(desk: Desk, report: Report) -> None:
    doc = report.id
    desk.set_fact(doc, "入伍人数", {"value": 21, "last_year": 20})
    desk.edit(doc, KEY, "入伍{{入伍人数}}，比去年增长。登记适龄青年7000人。", section(desk, doc).revision)
    assert desk.stale(desk.report(doc)) == {}
    desk.set_fact(doc, "入伍人数", {"value": 22, "last_year": 20})
    assert desk.stale(desk.report(doc)) == {}, "only the value changed"
    desk.set_fact(doc, "入伍人数", {"value": 19, "last_year": 20})
    (reason,) = desk.stale(desk.report(doc))[KEY]
    assert "由增长变为下降" in reason.message
    assert list(desk.stale(desk.report(doc))) == [KEY]
    # A person says that it holds; the text and its revision stay.
    before = section(desk, doc)
    after = desk.affirm(doc, KEY, before.revision)
    assert (after.text, after.revision) == (before.text, before.revision)
    assert after.affirmed is not None
    assert desk.stale(desk.report(doc)) == {}
    desk.set_fact(doc, "入伍人数", {"value": 20, "last_year": 20})
    assert desk.stale(desk.report(doc)), "and changed once more it is told once more"
    # Another text ends what was said of this one; its old words come back with their own facts.
    desk.edit(doc, KEY, "入伍{{入伍人数}}，与去年持平。", before.revision)
    assert desk.stale(desk.report(doc)) == {}
    assert section(desk, doc).affirmed is None
    desk.restore(doc, KEY, before.revision)
    assert desk.stale(desk.report(doc))[KEY]
    with pytest.raises(EditConflict):
        desk.affirm(doc, KEY, before.revision)


def test_a_fix_makes_no_old_words_new(desk: Desk, report: Report) -> None:
    doc = report.id
    desk.set_fact(doc, "入伍人数", {"value": 21, "last_year": 20})
    desk.set_fact(doc, "适龄青年", 700)
    desk.edit(doc, KEY, "入伍{{入伍人数}}，比去年增长。辖区适龄青年700人。", section(desk, doc).revision)
    desk.set_fact(doc, "入伍人数", {"value": 19, "last_year": 20})
    (linkable,) = [one for one in numbers(desk, doc) if one.rule == "number.linkable"]
    assert linkable.severity == "warning"
    desk.apply_fix(doc, linkable)
    assert "{{适龄青年" in section(desk, doc).text
    assert desk.stale(desk.report(doc))[KEY]


def test_a_candidate_brings_its_own_facts(desk: Desk, report: Report) -> None:
    doc = report.id
    desk.redraw(doc, KEY)
    assert desk.wait(doc, 60)
    waiting = desk.candidates(doc)[KEY]
    assert waiting.snapshot is not None
    desk.set_fact(doc, "入伍人数", None)
    found = desk.accept_candidate(doc, KEY, waiting.number, section(desk, doc).revision)
    assert found.snapshot == waiting.snapshot
    assert "入伍人数" in [label for one in desk.stale(desk.report(doc))[KEY] for label in one.facts]


# Facts that a section leaves out


def test_working_in_what_is_left_out(desk: Desk, report: Report) -> None:
    doc = report.id
    left_out = desk.unused(report, section(desk, doc))
    assert "适龄青年" in left_out
    assert "信访举报" not in left_out, "a zero is told in words"
    brief = desk.fuller(report, section(desk, doc))
    assert brief is not None
    desk.work_in(doc, KEY)
    assert desk.wait(doc, 60)
    # A text that a person wrote stays; the fuller one waits.
    assert section(desk, doc).text == TEXT
    waiting = desk.candidates(doc)[KEY]
    after = replace(section(desk, doc), text=waiting.text)
    assert len(desk.unused(report, after)) < len(left_out)
    full = replace(section(desk, doc), text="".join(f"{{{{{label}}}}}" for label in after.facts))
    assert desk.fuller(report, full) is None
    desk.lock(doc, KEY, True)
    with pytest.raises(InputError):
        desk.work_in(doc, KEY)


# Findings are made once


def test_findings_are_made_once_for_a_state(desk: Desk, report: Report) -> None:
    first = desk.review(desk.report(report.id))
    assert desk.review(desk.report(report.id)) is first
    desk.set_fact(report.id, "入伍人数", 25)
    second = desk.review(desk.report(report.id))
    assert second is not first
    changed = replace(report, sections=tuple(replace(one, text="出动17辆。") for one in report.sections))
    assert desk.review(changed) is not second, "the same id and time stamp, another text"


def test_a_memory_is_bounded_and_takes_threads() -> None:
    memory: Memory[int] = Memory(3)
    wrong: list[int] = []

    def work(number: int) -> None:
        for turn in range(200):
            source = turn % 2
            if memory.get(str((number + turn) % 6), source, lambda made=source: made) != source:
                wrong.append(turn)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(memory._known) == 3
