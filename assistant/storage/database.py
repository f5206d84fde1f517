"""The connection: where the database is, how it is opened, and short transactions.

SQLite runs in WAL with ``synchronous=FULL``: a commit is on the disk before it is acknowledged. NORMAL would already
survive a killed process; FULL also survives a power cut, and people write too seldom to feel the difference.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

import platformdirs
from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url

from assistant.errors import ConfigurationError, StorageError, reason
from assistant.storage.faults import telling

ENVIRONMENT = "NIGAO_DATABASE_URL"
#: How long a write waits for another process, in milliseconds.
BUSY_TIMEOUT = 10_000
_BEGIN = "nigao_begin"


def database_url(url: str | None, environment: Mapping[str, str]) -> URL:
    """The database to open: ``url``, else ``NIGAO_DATABASE_URL``, else a file in the user's data folder.

    Raises:
        ConfigurationError: not a database URL, or one in memory.
    """
    given = (url or environment.get(ENVIRONMENT, "")).strip()
    if not given:
        file = platformdirs.user_data_path("nigao", appauthor=False) / "nigao.db"
        return URL.create("sqlite", database=str(file))
    try:
        made = make_url(given)
    except (exc.ArgumentError, ValueError) as error:
        raise ConfigurationError(
            f"{ENVIRONMENT} 写的不是数据库地址。", "请写成 sqlite:///文件的完整路径，或不设置它。"
        ) from error
    if made.get_backend_name() == "sqlite" and made.database in (None, "", ":memory:"):
        raise ConfigurationError("内存里的数据库关掉就没有了。", f"请在 {ENVIRONMENT} 里写上文件路径。")
    if made.get_backend_name() == "sqlite" and not str(made.database).startswith("file:"):
        # The program may change its folder later, the database must not.
        return made.set(database=str(Path(str(made.database)).expanduser().absolute()))
    return made


def _prepare(connection: SqliteConnection, foreign_keys: bool) -> None:
    # The driver's own BEGIN comes too late (before the first write): Database says BEGIN itself.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
    cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
    # A network drive refuses WAL and stays with its journal; that works too, only slower.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def connect(url: URL, *, foreign_keys: bool = True) -> Engine:
    """An engine for ``url``. ``foreign_keys=False`` only for migrations, which may rebuild tables.

    Raises:
        ConfigurationError: no driver for that kind of database.
        StorageError: the folder cannot be made.
    """
    options: dict[str, Any] = {"json_serializer": _json}
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite:
        folder = Path(str(url.database)).parent
        try:
            # Reports name people: other users of the machine have no business there.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"建不了存放数据库的文件夹（{folder}）：{reason(error)}。", f"请换一个能写的位置（{ENVIRONMENT}）。"
            ) from error
        options |= {"pool_size": 8, "max_overflow": 24, "pool_timeout": 15}
    try:
        engine = create_engine(url, **options)
    except (exc.NoSuchModuleError, ModuleNotFoundError, exc.ArgumentError) as error:
        raise ConfigurationError(
            f"没有能连接“{url.get_backend_name()}”数据库的驱动。", "请安装它的驱动，或改用 sqlite:///文件的完整路径。"
        ) from error
    if sqlite:
        event.listen(engine, "connect", lambda raw, _record: _prepare(raw, foreign_keys))
        event.listen(engine, "begin", _begin)
    return engine


class Database:
    """One database, for any number of threads."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.place = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
        self.engine = connect(url)
        self._writer = self.engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        # SQLite lets one write at a time and makes the others poll, unfairly; a lock hands over at once.
        self._turn: AbstractContextManager[Any] = (
            threading.Lock() if url.get_backend_name() == "sqlite" else nullcontext()
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database. Raises StorageError."""
        with telling(str(self.place)), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at its end, or not at all. Not to be nested. Raises StorageError."""
        with self._turn, telling(str(self.place)), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()
