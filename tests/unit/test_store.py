"""The store: what a clerk, two tabs, two processes and a power switch do to it."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event, exc
from storage_kit import REPORT, make_library, make_report, make_store, python, url_of

from assistant.errors import ConfigurationError, EditConflict, InputError, NotFound, StorageError, UnknownNameError
from assistant.facts.sheet import Fact, FactSheet
from assistant.reports.job_note import JobNote
from assistant.reports.loader import Library
from assistant.reports.report import Origin, Report, SectionState
from assistant.reports.types import Length
from assistant.storage import database, processes
from assistant.storage.faults import told
from assistant.storage.store import Store, open_store

WAIT = 90.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


@pytest.fixture
def report(store: Store) -> Report:
    return make_report(store)


def in_threads(count: int, work: object) -> None:
    """Runs ``work(n)`` in threads that begin together; an exception in one fails the test."""
    gate, errors = threading.Barrier(count), []

    def one(number: int) -> None:
        gate.wait(WAIT)
        try:
            work(number)  # type: ignore[operator]
        except Exception as error:  # noqa: BLE001  (handed to the test's own thread)
            errors.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert errors == []


# What is stored is what comes back


def test_a_report_reads_the_same_in_another_store(tmp_path: Path, store: Store, report: Report) -> None:
    rows = ({"名称": "应急排", "人数": 28}, {"名称": "侦察班"})
    sheet = (
        report.sheet.with_fact("入伍人数", Fact(12, "余", 10, "花名册", "待核"))
        .with_fact("投入", Fact(Decimal("75000.5"), last_year=Decimal(7)))
        .with_fact("民兵分队", Fact(rows))
    )
    store.set_facts(report.id, sheet)
    store.save_text(report.id, "enlist", "征兵{{入伍人数}}", 0, Origin.DRAFT, "endpoint", "m", "短些", False, seed=7)
    mine = store.report(report.id)
    with make_store(tmp_path) as other:
        theirs = other.report(report.id)
    assert mine == theirs
    assert theirs.sheet.facts == sheet.facts
    assert theirs.shape == report.shape
    assert [section.key for section in theirs.sections] == ["opening", "main", "enlist", "militia"]
    section = theirs.section("enlist")
    assert section is not None
    assert (section.state, section.seed, section.model, section.revision) == (SectionState.INTERRUPTED, 7, "m", 1)
    assert theirs.created.tzinfo is datetime.UTC
    assert theirs.updated > report.updated


def test_facts_come_and_go_one_by_one(store: Store, report: Report) -> None:
    store.set_fact(report.id, "入伍人数", Fact(0))
    assert store.report(report.id).sheet.value("入伍人数") == 0
    store.set_fact(report.id, "入伍人数", Fact())
    store.set_fact(report.id, "入伍人数", Fact())
    assert "入伍人数" not in store.report(report.id).sheet.facts
    with pytest.raises(UnknownNameError):
        store.set_fact(report.id, "没有这项", Fact(1))
    with pytest.raises(NotFound):
        store.set_fact("nowhere", "入伍人数", Fact(1))


def test_a_sheet_replaces_the_whole(store: Store, report: Report) -> None:
    schema = report.sheet.schema
    store.set_facts(report.id, FactSheet(schema, {"入伍人数": Fact(3)}))
    assert dict(store.report(report.id).sheet.facts) == {"入伍人数": Fact(3)}


def test_a_changed_report_type_hides_facts_and_never_loses_them(tmp_path: Path, store: Store, report: Report) -> None:
    store.set_fact(report.id, "入伍人数", Fact(12))
    other = REPORT.replace(
        "- {label: 入伍人数, type: count, measure: 人, measures: [名]}", "- {label: 别的, type: text}"
    )
    changed = make_library(tmp_path / "changed", other.replace("facts: [入伍人数]", "facts: []").replace("名]", "]"))
    (changed.prompts / "small" / "sections" / "s.j2").write_text("空。", encoding="utf-8")
    (changed.prompts / "small" / "phrases" / "s.j2").write_text("空。", encoding="utf-8")
    with open_store(url_of(tmp_path), changed) as narrower:
        seen = narrower.report(report.id)
        assert seen.sheet.text("单位简称") == "清河镇"
        assert "入伍人数" not in seen.sheet.facts
        narrower.set_facts(report.id, seen.sheet.with_fact("别的", Fact("字")))
    assert store.report(report.id).sheet.value("入伍人数") == 12


def test_only_what_is_given_changes(store: Store, report: Report) -> None:
    section = store.update_section(report.id, "enlist", heading="抓好征兵", locked=True)
    assert (section.heading, section.locked, section.facts, section.instruction) == (
        "抓好征兵",
        True,
        ("入伍人数",),
        "",
    )
    section = store.update_section(report.id, "enlist", instruction="写短些", facts=[], locked=False)
    assert (section.heading, section.locked, section.facts, section.instruction) == ("抓好征兵", False, (), "写短些")
    store.set_length(report.id, Length.BRIEF)
    assert store.report(report.id).length is Length.BRIEF
    with pytest.raises(NotFound):
        store.update_section(report.id, "nowhere", locked=True)


def test_copy_has_the_outline_and_no_text(store: Store, report: Report) -> None:
    store.update_section(report.id, "enlist", heading="抓好征兵", locked=True, instruction="写短些")
    store.save_text(report.id, "enlist", "正文", 0, Origin.EDIT)
    copy = store.copy_report(report.id, report.sheet.next_year(["单位简称"]))
    section = copy.section("enlist")
    assert section is not None
    assert (section.heading, section.instruction, section.locked, section.text, section.revision) == (
        "抓好征兵", "写短些", False, "", 0,
    )  # fmt: skip
    assert (copy.sheet.value("年度"), copy.id != report.id) == (2026, True)


def test_summaries_count_and_are_few_queries(store: Store, report: Report) -> None:
    store.set_fact(report.id, "入伍人数", Fact(last_year=9))
    store.save_text(report.id, "enlist", "正文", 0, Origin.EDIT)
    store.save_draft(report.id, "militia", "候选", base_revision=0, propose=True)
    others = [make_report(store, f"第{number}镇") for number in range(20)]
    statements: list[str] = []
    event.listen(store.database.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    found = store.summaries()
    assert len([text for text in statements if text.startswith("SELECT")]) == 4
    assert [summary.id for summary in found] == [*(other.id for other in reversed(others)), report.id]
    last = found[-1]
    assert (last.unit, last.year, last.title) == ("清河镇", 2025, "清河镇2025年工作总结")
    assert (last.filled, last.total, last.drafted, last.sections, last.candidates) == (2, 5, 1, 3, 1)
    assert (last.type_name, last.shape_name, last.length, last.deleted) == ("小报告", "总结", Length.NORMAL, None)


def test_a_report_that_cannot_be_read_is_listed_and_hides_no_other(tmp_path: Path, store: Store) -> None:
    broken, fine = make_report(store), make_report(store, "石桥镇")
    raw = sqlite3.connect(store.place)
    raw.execute("UPDATE reports SET shape = '{}' WHERE id = ?", (broken.id,))
    raw.commit()
    raw.close()
    assert {summary.id: summary.title for summary in store.summaries()} == {
        broken.id: "（打不开的报告）",
        fine.id: "石桥镇2025年工作总结",
    }
    with pytest.raises(StorageError, match="样式读不出来"):
        store.report(broken.id)
    with open_store(url_of(tmp_path), Library(tmp_path)) as without:
        assert [summary.type_name for summary in without.summaries()] == ["small", "small"]


# Versions


def test_history_grows_and_nothing_in_it_changes(store: Store, report: Report) -> None:
    for number, text in enumerate(["一", "一二", "一二三"]):
        store.save_text(report.id, "enlist", text, number, Origin.EDIT)
    store.save_text(report.id, "enlist", "一", 3, Origin.RESTORE)
    assert [(version.number, version.text) for version in store.versions(report.id, "enlist")] == [
        (4, "一"), (3, "一二三"), (2, "一二"), (1, "一"),
    ]  # fmt: skip
    raw = sqlite3.connect(store.place)
    for statement in ("UPDATE versions SET text = 'x'", "DELETE FROM versions"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(statement)
    raw.close()


def test_the_same_text_makes_no_version(store: Store, report: Report) -> None:
    assert store.save_text(report.id, "enlist", "", 0, Origin.EDIT).revision == 0
    store.save_text(report.id, "enlist", "一半", 0, Origin.DRAFT, complete=False)
    # Leaving the field without a change is no edit, even from a page that is behind.
    assert store.save_text(report.id, "enlist", "一半", 0, Origin.EDIT).state is SectionState.INTERRUPTED
    # But a draft that ends with the text of its last checkpoint is whole now.
    assert store.save_text(report.id, "enlist", "一半", 1, Origin.DRAFT).state is SectionState.DRAFTED
    assert len(store.versions(report.id, "enlist")) == 2


def test_a_conflict_carries_both_texts_and_overwrites_nothing(tmp_path: Path, store: Store, report: Report) -> None:
    with make_store(tmp_path) as tab:
        tab.save_text(report.id, "enlist", "他的", 0, Origin.EDIT)
        with pytest.raises(EditConflict) as caught:
            store.save_text(report.id, "enlist", "我的", 0, Origin.EDIT)
    conflict = caught.value
    assert (conflict.mine, conflict.theirs, conflict.revision) == ("我的", "他的", 1)
    assert "征兵" in conflict.message
    assert store.save_text(report.id, "enlist", "合并", conflict.revision, Origin.EDIT).revision == 2


def test_sixteen_threads_one_winner_a_revision_and_nothing_lost(tmp_path: Path, report: Report, store: Store) -> None:
    rounds, won = 8, []
    stores = [make_store(tmp_path), store]

    def work(number: int) -> None:
        mine = stores[number % 2]
        for step in range(rounds):
            revision = mine.section(report.id, "enlist").revision
            while True:
                text = f"线程{number}第{step}次"
                try:
                    saved = mine.save_text(report.id, "enlist", text, revision, Origin.EDIT)
                except EditConflict as conflict:
                    revision = conflict.revision
                else:
                    won.append((revision, saved.revision, text))
                    break

    in_threads(16, work)
    history = {version.number: version.text for version in store.versions(report.id, "enlist")}
    # Every revision was followed up exactly once, by the very next one.
    assert sorted((before, after) for before, after, _ in won) == [(n, n + 1) for n in range(16 * rounds)]
    assert {after: text for _, after, text in won} == history
    stores[0].close()


def test_candidates_wait_beside_the_text(store: Store, report: Report) -> None:
    store.save_text(report.id, "enlist", "原文", 0, Origin.EDIT)
    store.save_draft(report.id, "enlist", "候选一", base_revision=0, propose=True)
    first = store.candidate(report.id, "enlist")
    store.save_draft(report.id, "enlist", "候选二", origin=Origin.CHAT, base_revision=0, propose=True)
    second = store.candidate(report.id, "enlist")
    assert first is not None
    assert second is not None
    assert (first.number, second.number, store.section(report.id, "enlist").text) == (2, 3, "原文")
    with pytest.raises(EditConflict):
        store.accept_candidate(report.id, "enlist", first.number, 1)
    # Typing on does not chase the candidate away, but it must be seen against the new text.
    store.save_text(report.id, "enlist", "原文改", 1, Origin.EDIT)
    with pytest.raises(EditConflict):
        store.accept_candidate(report.id, "enlist", second.number, 1)
    accepted = store.accept_candidate(report.id, "enlist", second.number, 4)
    assert (accepted.text, accepted.revision, accepted.origin) == ("候选二", 5, Origin.CHAT)
    assert store.candidates(report.id) == {}
    with pytest.raises(NotFound):
        store.accept_candidate(report.id, "enlist", second.number, 5)


def test_a_discarded_candidate_stays_in_history(store: Store, report: Report) -> None:
    store.save_draft(report.id, "enlist", "候选", base_revision=0, propose=True)
    waiting = store.candidate(report.id, "enlist")
    assert waiting is not None
    store.discard_candidate(report.id, "enlist", waiting.number + 1)
    assert store.candidate(report.id, "enlist") == waiting
    store.discard_candidate(report.id, "enlist", waiting.number)
    assert store.candidate(report.id, "enlist") is None
    assert [version.text for version in store.versions(report.id, "enlist")] == ["候选"]
    assert store.save_text(report.id, "enlist", "正文", 0, Origin.EDIT).revision == 2


# Deleting


def test_delete_undo_purge(store: Store, report: Report) -> None:
    store.save_text(report.id, "enlist", "正文", 0, Origin.EDIT)
    store.save_text(report.id, "enlist", "正文改", 1, Origin.EDIT)
    store.delete_report(report.id)
    assert store.summaries() == []
    assert [summary.id for summary in store.summaries(deleted=True)] == [report.id]
    for call in (
        lambda: store.report(report.id),
        lambda: store.save_text(report.id, "enlist", "x", 2, Origin.EDIT),
        lambda: store.versions(report.id, "enlist"),
        lambda: store.set_fact(report.id, "年度", Fact(2024)),
        lambda: store.set_length(report.id, Length.FULL),
    ):
        with pytest.raises(NotFound):
            call()
    assert store.purge(datetime.timedelta(days=30)) == 0
    store.undelete_report(report.id)
    section = store.report(report.id).section("enlist")
    assert section is not None
    assert section.text == "正文改"
    store.delete_report(report.id)
    assert store.purge(datetime.timedelta(0)) == 1
    with pytest.raises(NotFound):
        store.undelete_report(report.id)
    raw = sqlite3.connect(store.place)
    for table in ("reports", "sections", "versions", "facts"):
        assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    raw.close()


# What people paste


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("字" * 50_000, "字" * 50_000),
        ("😀👨\u200d👩\u200d👧𠀀\U0002a6d6", "😀👨\u200d👩\u200d👧𠀀\U0002a6d6"),
        ("a\x00b\x07c\x1b[0m\x7f", "abc[0m"),
        ("半个\ud83d字\udc00", "半个字"),
        ("一\r\n二\r三\u2028四\x85五\t六", "一\n二\n三\n四\n五\t六"),
        ("\ufeff开头\u200b\u202e\uffff", "开头"),
        ("'; DROP TABLE reports; -- {{入伍人数|名}} \\ %s :x", "'; DROP TABLE reports; -- {{入伍人数|名}} \\ %s :x"),
    ],
)
def test_any_text_can_be_saved(store: Store, report: Report, pasted: str, stored: str) -> None:
    assert store.save_text(report.id, "enlist", pasted, 0, Origin.EDIT, instruction=pasted[:100]).text == stored
    assert store.section(report.id, "enlist").text == stored
    assert store.save_text(report.id, "enlist", pasted, 1, Origin.EDIT).revision == 1
    store.set_fact(report.id, "单位简称", Fact(pasted))
    assert store.report(report.id).sheet.fact("单位简称").empty is False
    store.save_draft(report.id, "militia", pasted, base_revision=0)
    store.put_setting("last", pasted)
    assert store.get_setting("last") == stored


def test_a_whole_book_is_refused_with_a_sentence(store: Store, report: Report) -> None:
    with pytest.raises(InputError, match="500001字"):
        store.save_text(report.id, "enlist", "字" * 500_001, 0, Origin.EDIT)


@pytest.mark.parametrize("name", ["\udc80", "\x00", "", "'", "x" * 10_000])
def test_any_address_can_be_asked_for(store: Store, name: str) -> None:
    with pytest.raises(StorageError):
        store.report(name)
    with pytest.raises(StorageError):
        store.section(name, name)


def test_a_number_too_large_for_the_database_is_a_sentence(store: Store, report: Report) -> None:
    with pytest.raises(StorageError, match="存不下"):
        store.update_section(report.id, "enlist", seed=2**70)
    assert store.update_section(report.id, "enlist", seed=2**63 - 1).seed == 2**63 - 1


# Settings


def test_settings_and_no_keys_among_them(store: Store) -> None:
    assert store.get_setting("engine") == ""
    store.put_setting("engine", "embedded")
    store.put_setting("engine", "endpoint")
    store.put_setting("max_tokens", "2000")
    assert store.settings() == {"engine": "endpoint", "max_tokens": "2000"}
    store.put_setting("engine", None)
    assert store.get_setting("engine", "embedded") == "embedded"
    for name, value in [
        ("NIGAO_API_KEY", "x"),
        ("apikey", "x"),
        ("endpoint.key", "x"),
        ("密钥", "x"),
        ("note", "sk-abcdefghijklmnopqrst"),
    ]:
        with pytest.raises(ConfigurationError):
            store.put_setting(name, value)


# What goes wrong with files


def test_a_full_disk_is_a_sentence_and_loses_nothing(store: Store, report: Report) -> None:
    store.save_text(report.id, "enlist", "存好的", 0, Origin.EDIT)
    with store.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit = event.listens_for(store.database.engine, "checkout")
    limit(lambda raw, *_: raw.execute(f"PRAGMA max_page_count={pages}"))
    with pytest.raises(StorageError, match="磁盘已满") as caught:
        store.save_text(report.id, "enlist", "字" * 100_000, 1, Origin.EDIT)
    assert caught.value.way_out
    assert store.section(report.id, "enlist").text == "存好的"
    store.save_text(report.id, "enlist", "短", 1, Origin.EDIT)


def test_a_read_only_database_can_be_read(store: Store, report: Report) -> None:
    @event.listens_for(store.database.engine, "checkout")
    def read_only(raw: sqlite3.Connection, *_: object) -> None:
        raw.execute("PRAGMA query_only=ON")

    assert store.report(report.id).id == report.id
    with pytest.raises(StorageError, match="只能读"):
        store.save_text(report.id, "enlist", "x", 0, Origin.EDIT)


def test_a_locked_database_is_a_sentence(tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 20)
    holder = sqlite3.connect(tmp_path / "nigao.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with make_store(tmp_path) as other:
        assert other.report(report.id).id == report.id
        with pytest.raises(StorageError, match="占用"):
            other.save_text(report.id, "enlist", "x", 0, Origin.EDIT)
        holder.execute("ROLLBACK")
        holder.close()
        assert other.save_text(report.id, "enlist", "x", 0, Origin.EDIT).revision == 1


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "nigao.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StorageError, match="不是拟稿的数据库"):
        make_store(tmp_path)


def test_a_damaged_file(tmp_path: Path, store: Store, report: Report) -> None:
    store.save_text(report.id, "enlist", "字" * 50_000, 0, Origin.EDIT)
    store.close()
    file = tmp_path / "nigao.db"
    body = bytearray(file.read_bytes())
    body[4096:] = os.urandom(len(body) - 4096)
    file.write_bytes(body)
    with pytest.raises(StorageError, match="损坏"), make_store(tmp_path) as broken:
        broken.report(report.id)


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="文件夹"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'nigao.db'}")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="打不开"):
        open_store(f"sqlite:///{tmp_path / 'folder'}")


@pytest.mark.parametrize(
    "url", ["nonsense", "sqlite://", "sqlite:///:memory:", "nosuch://x/y", "postgresql://u:pw@h/d"]
)
def test_an_address_that_makes_no_sense(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_store(url)
    assert "pw" not in caught.value.for_user()


def test_where_the_database_is() -> None:
    assert str(database.database_url(None, {}).database).endswith("nigao.db")
    assert database.database_url(None, {"NIGAO_DATABASE_URL": "sqlite:////x/y.db"}).database == "/x/y.db"
    assert database.database_url("sqlite:///y.db", {}).database == str(Path.cwd() / "y.db")
    assert database.database_url("sqlite:///~/y.db", {}).database == str(Path.home() / "y.db")


@pytest.mark.parametrize(
    "name",
    ["SQLITE_IOERR_WRITE", "SQLITE_PERM", "SQLITE_LOCKED", "SQLITE_TOOBIG", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_X"],
)
def test_every_fault_has_a_sentence_and_a_way_out(name: str) -> None:
    original = sqlite3.OperationalError("boom")
    original.sqlite_errorname = name
    error = told(exc.OperationalError("SELECT 1", {}, original), "/x/nigao.db")
    assert error.message.endswith("。")
    assert error.way_out.endswith("。")
    assert "boom" not in error.for_user()


# Processes that die, and two at once

WRITER = """
import sys
from pathlib import Path
from storage_kit import make_store
from assistant.reports.job_note import JobNote
from assistant.reports.report import Origin
store = make_store(Path(sys.argv[1]))
revision = 0
while True:
    revision = store.save_text(sys.argv[2], "enlist", f"第{revision}次" + "字" * 500, revision, Origin.EDIT).revision
    print(revision, flush=True)
"""


def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path: Path, store: Store, report: Report) -> None:
    acknowledged = 0
    writer = python(WRITER, str(tmp_path), report.id)
    assert writer.stdout is not None
    for line in writer.stdout:
        acknowledged = int(line)
        if acknowledged == 60:
            writer.send_signal(signal.SIGKILL)
    writer.wait(WAIT)
    writer.stdout.close()
    assert writer.stdin is not None
    writer.stdin.close()
    numbers = [version.number for version in store.versions(report.id, "enlist")]
    # One write may have been committed whose acknowledgement did not come through any more.
    assert len(numbers) in (acknowledged, acknowledged + 1)
    assert numbers == list(range(len(numbers), 0, -1))
    assert store.section(report.id, "enlist").revision == len(numbers)
    raw = sqlite3.connect(store.place)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()


RUNNER = """
import sys
from pathlib import Path
from storage_kit import make_store
from assistant.reports.job_note import JobNote
from assistant.reports.report import Origin
store = make_store(Path(sys.argv[1]))
for key, text in (("enlist", "写到一半"), ("militia", ""), ("opening", "新的一半")):
    store.checkpoint_jobs([JobNote("run-" + key, sys.argv[2], key, state="running", text=text, origin=Origin.DRAFT,
        engine="e", model="m", seed=5, instruction="短些", base_revision=0)])
print("ready", flush=True)
sys.stdin.read()
"""


def test_a_living_process_is_left_alone_and_a_dead_one_is_recovered(
    tmp_path: Path, store: Store, report: Report
) -> None:
    runner = python(RUNNER, str(tmp_path), report.id)
    assert runner.stdout is not None
    assert runner.stdin is not None
    assert runner.stdout.readline() == "ready\n"
    store.save_text(report.id, "opening", "人写的", 0, Origin.EDIT)
    assert store.recover_interrupted() == []
    assert store.section(report.id, "enlist").text == ""
    runner.send_signal(signal.SIGKILL)
    runner.wait(WAIT)
    runner.stdout.close()
    runner.stdin.close()
    found = {item.section_key: item for item in store.recover_interrupted()}
    assert {key: item.in_place for key, item in found.items()} == {"enlist": True, "militia": None, "opening": False}
    section = store.section(report.id, "enlist")
    assert (section.text, section.state, section.model, section.seed) == (
        "写到一半", SectionState.INTERRUPTED, "m", 5,
    )  # fmt: skip
    assert store.section(report.id, "opening").text == "人写的"
    waiting = store.candidate(report.id, "opening")
    assert waiting is not None
    assert (waiting.text, waiting.complete) == ("新的一半", False)
    assert store.recover_interrupted() == []


def test_who_counts_as_dead() -> None:
    fresh, silent = datetime.timedelta(seconds=3), datetime.timedelta(minutes=2)
    assert not processes.dead(processes.HOST, processes.PID, processes.PROCESS, silent)
    assert processes.dead(processes.HOST, processes.PID, "an older process of our number", fresh)
    assert not processes.dead(processes.HOST, os.getppid(), "other", fresh)
    assert processes.dead(processes.HOST, os.getppid(), "other", silent)
    assert not processes.dead("another machine", 1, "other", fresh)
    assert processes.dead("another machine", 1, "other", silent)


def test_a_crash_between_saving_and_the_last_checkpoint_changes_nothing(store: Store, report: Report) -> None:
    note = JobNote("r", report.id, "enlist", "running", "写到一半", Origin.DRAFT, "e", "m", 0, "", 0)
    store.checkpoint_jobs([note])
    store.save_draft(report.id, "enlist", "写完了", base_revision=0, run="r")
    raw = sqlite3.connect(store.place)
    assert raw.execute("SELECT state, text FROM jobs").fetchall() == [("done", "")]
    raw.close()


def test_a_draft_that_could_not_be_stored_is_found_again(store: Store, report: Report) -> None:
    for key, state, text in (
        ("enlist", "failed", "没存进去的"),
        ("militia", "failed", ""),
        ("gone", "stopped", "无处可放"),
    ):
        note = JobNote(f"r-{key}", report.id, key, state, text, Origin.DRAFT, "e", "m", 0, "", 0, "磁盘已满。")
        store.checkpoint_jobs([note])
    found = [(item.section_key, item.in_place) for item in store.recover_interrupted()]
    assert found == [("enlist", True), ("gone", None)]
    assert store.section(report.id, "enlist").text == "没存进去的"
    assert store.recover_interrupted() == []


def test_a_copied_file_opens_elsewhere(tmp_path: Path, store: Store, report: Report) -> None:
    store.save_text(report.id, "enlist", "正文", 0, Origin.EDIT)
    store.close()
    (tmp_path / "backup").mkdir()
    shutil.copy(store.place, tmp_path / "backup" / "nigao.db")
    with make_store(tmp_path / "backup") as copy:
        assert copy.section(report.id, "enlist").text == "正文"
    # A closed store opens again by itself.
    assert store.section(report.id, "enlist").text == "正文"
