"""What the database says when it fails, as sentences. The one place where its exceptions are read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from assistant.errors import StorageError

_log = logging.getLogger(__name__)

_KEPT = "此前保存的内容没有受影响。"

#: Beginning of SQLite's error name → (what happened, what to do); ``{place}`` is the file.
_SQLITE: tuple[tuple[str, str, str], ...] = (
    ("SQLITE_FULL", "磁盘已满，这次的内容没有存进数据库（{place}）。", f"{_KEPT}请清理磁盘后再试一次。"),
    (
        "SQLITE_READONLY",
        "数据库只能读、不能写（{place}）。",
        f"{_KEPT}请检查该文件和所在文件夹是否设成了只读，或换一个能写的位置（NIGAO_DATABASE_URL）。",
    ),
    (
        "SQLITE_BUSY",
        "数据库正被别的程序占用，等了一会儿仍未空出来（{place}）。",
        "请关闭占用它的程序（如备份、杀毒软件）后再试一次。",
    ),
    ("SQLITE_LOCKED", "数据库正被别的程序占用（{place}）。", "请稍后再试一次。"),
    (
        "SQLITE_CORRUPT",
        "数据库文件已损坏（{place}）。",
        "请关闭程序，用备份换回该文件；没有备份时，把它改名留存后重新启动，程序会另建一个空库。",
    ),
    (
        "SQLITE_NOTADB",
        "这个文件不是拟稿的数据库，或者已经损坏（{place}）。",
        "请核对位置；文件确已损坏时，用备份换回，或把它改名留存后重新启动，程序会另建一个空库。",
    ),
    (
        "SQLITE_CANTOPEN",
        "打不开数据库文件（{place}）。",
        "请检查所在文件夹是否存在、是否有权限，或换一个位置（NIGAO_DATABASE_URL）。",
    ),
    ("SQLITE_PERM", "没有权限打开数据库文件（{place}）。", "请检查文件权限，或换一个位置（NIGAO_DATABASE_URL）。"),
    ("SQLITE_IOERR", "读写数据库时磁盘出错（{place}）。", "请检查磁盘是否已满、是否被拔出，再试一次。"),
    ("SQLITE_TOOBIG", "这段内容太大，数据库存不下。", "请分成几节保存。"),
)


def told(error: Exception, place: str) -> StorageError:
    """The StorageError of an exception that the database raised.

    Args:
        place: the database as the user may see it, without a password.
    """
    if isinstance(error, exc.TimeoutError):
        return StorageError("数据库太忙，没能及时响应。", "请稍后再试一次。")
    if isinstance(error, UnicodeEncodeError | OverflowError):
        return StorageError("内容里有数据库存不下的字符或数值。", "请改正后再试一次。")
    original = getattr(error, "orig", None)
    name = getattr(original, "sqlite_errorname", "") or ""
    for start, message, way_out in _SQLITE:
        if name.startswith(start):
            return StorageError(message.format(place=place), way_out)
    _log.error("database failed", exc_info=error)
    if name.startswith("SQLITE_CONSTRAINT"):
        return StorageError("这次的改动与数据库里已有的内容冲突，没有保存。", "请刷新页面后再试一次。")
    return StorageError(
        f"数据库没有完成这次操作（{place}）：{name or type(original or error).__name__}。",
        "请重试；仍不行时重新启动程序，并把日志交给维护人员。",
    )


@contextmanager
def telling(place: str) -> Iterator[None]:
    """Turns what the database raises inside into a StorageError."""
    try:
        yield
    except (exc.SQLAlchemyError, UnicodeEncodeError, OverflowError) as error:
        raise told(error, place) from error
