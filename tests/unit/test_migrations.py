"""Migrations: the same tables as the program wants, one at a time, and never backwards."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import make_url
from storage_kit import make_report, make_store, python, url_of

from assistant.errors import StorageError
from assistant.reports.report import Origin
from assistant.storage import migrate
from assistant.storage.database import connect
from assistant.storage.tables import Base

OPENER = """
import sys
from pathlib import Path
from assistant.storage.store import open_store
print("ready", flush=True)
sys.stdin.readline()
open_store(sys.argv[1]).summaries()
print("opened", flush=True)
"""


#: A report as the first version of the program stored it.
_AT = "'2026-01-01 00:00:00'"
OLD_DATA = (
    f"INSERT INTO reports VALUES ('r', 'small', '{{}}', '标准', {_AT}, {_AT}, NULL)",
    f"INSERT INTO facts VALUES ('r', '入伍人数', '12', 1, 1, {_AT}, '')",
    "INSERT INTO sections VALUES (1, 'r', 'enlist', 0, 1, '征兵', '', 'plain', 's', '[]', 10, '', 0, 0, 2, 2, NULL, 9)",
    f"INSERT INTO versions VALUES (1, 1, '旧稿', 'draft', 'embedded', '', '', 1, {_AT})",
    f"INSERT INTO versions VALUES (1, 2, '输送{{{{入伍人数}}}}', 'edit', '', '', '', 1, {_AT})",
)


def test_migrations_make_the_tables_that_the_program_wants(tmp_path: Path) -> None:
    make_store(tmp_path).close()
    engine = connect(make_url(url_of(tmp_path)))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() == migrate.head()
    engine.dispose()


def test_the_database_is_as_the_docstring_says(tmp_path: Path) -> None:
    with make_store(tmp_path) as store, store.database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 10_000}


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    make_store(tmp_path).close()
    raw = sqlite3.connect(tmp_path / "nigao.db")
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    with pytest.raises(StorageError, match="较新版本") as caught:
        make_store(tmp_path)
    assert "9999" in caught.value.message


def test_a_failed_upgrade_leaves_nothing_behind(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "nigao.db")
    # The last table of the first migration is in the way.
    raw.execute("CREATE TABLE jobs (x)")
    raw.close()
    with pytest.raises(StorageError):
        make_store(tmp_path)
    raw = sqlite3.connect(tmp_path / "nigao.db")
    assert raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("jobs",)]
    raw.execute("DROP TABLE jobs")
    raw.close()
    make_store(tmp_path).close()


def test_an_older_database_keeps_its_texts_and_their_guards(tmp_path: Path) -> None:
    engine = connect(make_url(url_of(tmp_path)), foreign_keys=False)
    with engine.execution_options(nigao_begin="BEGIN IMMEDIATE").begin() as connection:
        command.upgrade(migrate._config(connection), "0001")
        for statement in OLD_DATA:
            connection.exec_driver_sql(statement)
    engine.dispose()
    with make_store(tmp_path) as store:
        section = store.section("r", "enlist")
        assert (section.text, section.revision, section.snapshot, section.affirmed) == (
            "输送{{入伍人数}}",
            2,
            None,
            None,
        )
        assert [version.text for version in store.versions("r", "enlist")] == ["输送{{入伍人数}}", "旧稿"]
        saved = store.save_text("r", "enlist", "新稿", 2, Origin.EDIT, snapshot={"入伍人数": 12})
        assert saved.snapshot == {"入伍人数": 12}
        assert store.affirm("r", "enlist", 3, {"入伍人数": None}).snapshot == {"入伍人数": None}
    raw = sqlite3.connect(tmp_path / "nigao.db")
    assert raw.execute("SELECT label, value FROM facts").fetchall() == [("入伍人数", 12)]
    for change in ("UPDATE versions SET text = 'x'", "DELETE FROM versions"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(change)
    raw.close()


def test_opening_again_writes_nothing(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        report = make_report(store)
    holder = sqlite3.connect(tmp_path / "nigao.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with make_store(tmp_path) as store:
        assert store.report(report.id).id == report.id
    holder.close()


def test_many_processes_may_start_at_once(tmp_path: Path) -> None:
    openers = [python(OPENER, url_of(tmp_path)) for _ in range(4)]
    for opener in openers:
        assert opener.stdout is not None
        assert opener.stdout.readline() == "ready\n"
    for opener in openers:
        assert opener.stdin is not None
        opener.stdin.write("\n")
        opener.stdin.flush()
    said = [opener.communicate(timeout=60)[0] for opener in openers]
    assert said == ["opened\n"] * 4
    assert [opener.returncode for opener in openers] == [0] * 4
