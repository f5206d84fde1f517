"""A ledger of the user's own: opened, its columns matched to facts, read by the mapping that a person confirmed.

``book = open_ledger(data, name)`` → ``propose(book, schema)`` → ``mapping.decided(…)`` / ``mapping.confirm()`` →
``read_ledger(book, mapping, schema)``.
"""

from __future__ import annotations

from pathlib import PurePath

from assistant.intake.csv_file import read_csv
from assistant.intake.ledger_propose import propose, remembered
from assistant.intake.ledger_read import read_ledger
from assistant.intake.ledger_simplified import in_simplified
from assistant.intake.ledger_types import Choice, LedgerMapping, MappingMemory
from assistant.intake.workbook import read_book
from assistant.intake.workbook_grid import Book

TEXT_ENDINGS = (".csv", ".tsv", ".txt")


def open_ledger(data: bytes, name: str) -> Book:
    """An .xlsx, .xlsm, .csv or .tsv file by its name. Raises WorkbookInputError."""
    book = read_csv(data, name) if PurePath(name).suffix.lower() in TEXT_ENDINGS else read_book(data, name)
    return book if book.meta else in_simplified(book)


__all__ = ["Choice", "LedgerMapping", "MappingMemory", "open_ledger", "propose", "read_ledger", "remembered"]
