"""The history of facts: undo and redo across openings, who and when, and that nothing in it is ever rewritten."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from storage_kit import make_report, make_store

from assistant.errors import InputError
from assistant.facts.sheet import Fact, FactSheet
from assistant.reports.fact_history import FactOrigin, told_step
from assistant.reports.report import Report
from assistant.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


@pytest.fixture
def report(store: Store) -> Report:
    return make_report(store)


def undo(store: Store, report: Report) -> None:
    step = store.fact_ways(report.id).undo
    assert step is not None
    store.undo_facts(report.id, step.number, "李四")


def redo(store: Store, report: Report) -> None:
    step = store.fact_ways(report.id).redo
    assert step is not None
    store.redo_facts(report.id, step.number, "李四")


def number(store: Store, report: Report) -> object:
    return store.report(report.id).sheet.value("入伍人数")


def told(store: Store, report: Report) -> tuple[str, str]:
    ways, schema = store.fact_ways(report.id), report.sheet.schema
    return (told_step(ways.undo, schema) if ways.undo else "", told_step(ways.redo, schema) if ways.redo else "")


def test_back_and_forth_and_a_new_change_ends_redo(store: Store, report: Report) -> None:
    assert told(store, report) == ("", "")
    for value in (12, 15, 18):
        store.set_fact(report.id, "入伍人数", Fact(value))
    assert told(store, report) == ("入伍人数 15人 → 18人", "")
    undo(store, report)
    undo(store, report)
    assert number(store, report) == 12
    assert told(store, report) == ("入伍人数 （空） → 12人", "入伍人数 12人 → 15人")
    redo(store, report)
    assert number(store, report) == 15
    undo(store, report)
    undo(store, report)
    assert number(store, report) is None
    assert told(store, report)[0] == ""
    redo(store, report)
    store.set_fact(report.id, "投入", Fact(70))
    assert told(store, report) == ("投入 （空） → 70元", "")
    undo(store, report)
    undo(store, report)
    assert number(store, report) is None


def test_undo_outlives_the_program(tmp_path: Path, store: Store, report: Report) -> None:
    store.set_fact(report.id, "入伍人数", Fact(12, last_year=10))
    store.set_fact(report.id, "入伍人数", Fact())
    with make_store(tmp_path) as other:
        undo(other, report)
    assert store.report(report.id).sheet.fact("入伍人数") == Fact(12, last_year=10)


def test_a_loaded_sheet_is_one_step(store: Store, report: Report) -> None:
    store.set_fact(report.id, "入伍人数", Fact(12))
    before = store.report(report.id).sheet.facts
    sheet = FactSheet(report.sheet.schema, {"入伍人数": Fact(3), "投入": Fact(9)})
    store.set_facts(report.id, sheet, "张三", FactOrigin.LOAD, "甲.yaml")
    assert told(store, report)[0] == "载入“甲.yaml”，4 项", "two are new, two are gone"
    undo(store, report)
    assert store.report(report.id).sheet.facts == before


def test_several_facts_in_one_step(store: Store, report: Report) -> None:
    store.put_facts(report.id, {"入伍人数": Fact(3), "投入": Fact(9)}, "张三", FactOrigin.IMPORT, "去年.docx")
    assert told(store, report)[0] == "导入“去年.docx”，2 项"
    undo(store, report)
    assert number(store, report) is None


def test_what_is_the_same_is_no_step(store: Store, report: Report) -> None:
    store.set_fact(report.id, "入伍人数", Fact(12))
    store.set_fact(report.id, "入伍人数", Fact(12))
    store.set_facts(report.id, store.report(report.id).sheet)
    undo(store, report)
    assert told(store, report)[0] == ""


def test_only_the_step_that_was_named_is_undone(store: Store, report: Report) -> None:
    store.set_fact(report.id, "入伍人数", Fact(12))
    named = store.fact_ways(report.id).undo
    assert named is not None
    store.set_fact(report.id, "入伍人数", Fact(15))
    with pytest.raises(InputError, match="刚刚又改过"):
        store.undo_facts(report.id, named.number)
    assert number(store, report) == 15


def test_what_a_report_began_with_cannot_be_undone(store: Store, report: Report) -> None:
    assert store.report(report.id).sheet.text("单位简称") == "清河镇"
    assert store.fact_ways(report.id).undo is None


def test_reports_do_not_mix(store: Store, report: Report) -> None:
    other = make_report(store, "平山镇")
    store.set_fact(other.id, "入伍人数", Fact(12))
    assert store.fact_ways(report.id).undo is None
    assert store.fact_changes(report.id, "入伍人数") == []


def test_last_changes_of_one_fact_with_who_and_when(store: Store, report: Report) -> None:
    began = datetime.datetime.now(datetime.UTC)
    for value in range(10, 17):
        store.set_fact(report.id, "入伍人数", Fact(value), "张三")
    store.set_fact(report.id, "投入", Fact(70), "王五")
    store.set_fact(report.id, "入伍人数", Fact(20), "王五", FactOrigin.PASTE)
    changes = store.fact_changes(report.id, "入伍人数")
    assert [change.after.value for change in changes] == [20, 16, 15, 14, 13]
    assert (changes[0].by, changes[0].origin, changes[1].by) == ("王五", FactOrigin.PASTE, "张三")
    assert changes[0].before == Fact(16)
    assert began <= changes[-1].at <= datetime.datetime.now(datetime.UTC)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Fact(12), Fact(12, "余"), "入伍人数 12人 → 12余人"),
        (Fact(12), Fact(12, last_year=9), "入伍人数（去年数）（空） → 9人"),
        (Fact(12), Fact(12, source="花名册"), "入伍人数（来源）（空） → 花名册"),
        (Fact(12, note="待核"), Fact(12), "入伍人数（备注）待核 → （空）"),
        (Fact(12), Fact(), "入伍人数 12人 → （空）"),
    ],
)
def test_step_says_what_changed(store: Store, report: Report, before: Fact, after: Fact, said: str) -> None:
    store.set_fact(report.id, "入伍人数", before)
    store.set_fact(report.id, "入伍人数", after)
    assert told(store, report)[0] == said


def test_the_record_is_append_only_and_goes_with_its_report(tmp_path: Path, store: Store, report: Report) -> None:
    store.set_fact(report.id, "入伍人数", Fact(12))
    raw = sqlite3.connect(tmp_path / "nigao.db")
    for change in ("UPDATE fact_changes SET made_by = 'x'", "DELETE FROM fact_changes"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(change)
    raw.rollback()
    store.delete_report(report.id)
    store.purge(datetime.timedelta(0))
    assert raw.execute("SELECT count(*) FROM fact_changes").fetchone() == (0,)
    raw.close()
