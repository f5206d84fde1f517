"""Everything that is stored, behind one object: ``open_store()``, then its methods. Thread-safe, short transactions.

All methods raise StorageError when the database fails (see ``faults``); ``NotFound`` for what is gone.
"""

from __future__ import annotations

import os
from types import TracebackType
from typing import Self

from assistant.errors import NigaoError
from assistant.reports.loader import Library
from assistant.storage.acceptances import AcceptanceRepository
from assistant.storage.calls import CallRepository
from assistant.storage.chats import ChatRepository
from assistant.storage.database import Database, database_url
from assistant.storage.fact_undo import FactUndoRepository
from assistant.storage.facts import FactRepository
from assistant.storage.imports import ImportRepository
from assistant.storage.jobs import JobRepository
from assistant.storage.ledgers import LedgerRepository
from assistant.storage.migrate import migrate
from assistant.storage.milestones import MilestoneRepository
from assistant.storage.outlines import OutlineRepository
from assistant.storage.own_shapes import OwnShapeRepository
from assistant.storage.past import PastRepository
from assistant.storage.reports import ReportRepository
from assistant.storage.sections import SectionRepository
from assistant.storage.settings import SettingRepository
from assistant.storage.summaries import SummaryRepository
from assistant.storage.text_undo import TextUndoRepository


class Store(
    OutlineRepository,
    ReportRepository,
    SummaryRepository,
    FactRepository,
    FactUndoRepository,
    SectionRepository,
    TextUndoRepository,
    MilestoneRepository,
    AcceptanceRepository,
    JobRepository,
    SettingRepository,
    LedgerRepository,
    ImportRepository,
    OwnShapeRepository,
    PastRepository,
    CallRepository,
    ChatRepository,
):
    """The reports of one database."""

    @property
    def place(self) -> str:
        """Where it is, as a person may see it: the file, or the address without its password."""
        return str(self.database.place)

    def close(self) -> None:
        """Lets go of the file. The next call opens it again."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str | None = None, library: Library | None = None) -> Store:
    """Opens the database and brings its tables up to date.

    Args:
        url: an SQLAlchemy URL; None for ``NIGAO_DATABASE_URL``, or else ``nigao.db`` in the user's data folder.
        library: the report types, for the schemas of fact sheets; None for those of ``prompts/``.

    Raises:
        ConfigurationError: the URL makes no sense.
        StorageError: it cannot be opened, is damaged, or was made by a newer program.
    """
    database = Database(database_url(url, os.environ))
    try:
        migrate(database.url, database.engine, str(database.place))
    except NigaoError:
        database.close()
        raise
    return Store(database, library or Library())
