"""Brings the database to the tables of this program, at opening. Two processes may do it at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, text

from assistant.errors import StorageError
from assistant.storage.database import connect
from assistant.storage.faults import telling

FOLDER = Path(__file__).resolve().parent / "migrations"
#: Any number that no other program locks in the same database.
_ADVISORY = 20_120_630


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The newest revision that this program knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check(revision: str | None, place: str) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise StorageError(
            f"数据库（{place}）是较新版本的拟稿建立的，这个版本读不了（库：{revision}，程序：{head()}）。",
            "请改用较新的版本打开；数据没有改动。",
        )


def _upgrade(connection: Connection, place: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY})
    # Another process may have done it, or a newer one, while this one waited for the lock.
    _check(_revision(connection), place)
    command.upgrade(_config(connection), "head")
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise StorageError(
                f"升级数据库（{place}）时发现{len(orphans)}处内容对不上，升级已撤销。",
                "数据没有改动；请把该文件交给维护人员。",
            )


def migrate(url: URL, engine: Engine, place: str) -> None:
    """Brings the database of ``url`` to ``head()``; a database that is there already is only read.

    Raises:
        StorageError: it cannot be opened, it is newer than the program, or the upgrade failed (and was undone).
    """
    with telling(place):
        with engine.connect() as connection:
            revision = _revision(connection)
        _check(revision, place)
        if revision == head():
            return
        # Rebuilding a table drops the old one, which with foreign keys on would empty the tables that refer to it.
        migrator = connect(url, foreign_keys=False)
        try:
            with migrator.execution_options(nigao_begin="BEGIN IMMEDIATE").begin() as connection:
                _upgrade(connection, place)
        finally:
            migrator.dispose()
