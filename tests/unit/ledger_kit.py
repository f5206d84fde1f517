"""Ledgers for tests: made row by row, proposed and read."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from schemas import SCHEMA

from assistant.intake.found import Extraction, FoundFact
from assistant.intake.ledger import LedgerMapping, open_ledger, propose, read_ledger
from assistant.intake.workbook_grid import Book

Row = Sequence[object]


def workbook(*rows: Row, name: str = "台账.xlsx", change: Callable[[Any], None] | None = None, tab: str = "表") -> Book:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.title = tab
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book.active)
    book.save(out)
    return open_ledger(out.getvalue(), name)


def proposed(book: Book) -> LedgerMapping:
    (mapping,) = propose(book, SCHEMA)
    return mapping


def read(book: Book) -> Extraction:
    return read_ledger(book, proposed(book), SCHEMA)


def fact(found: Extraction, label: str) -> FoundFact:
    (one,) = [one for one in found.facts if one.label == label]
    return one


def said(found: Extraction) -> str:
    return "\n".join(notice.message for notice in found.notices)


VILLAGES: list[Row] = [["村名", "适龄青年", "兵役登记"], ["柳庄村", 30, 29], ["石桥村", 28, 27]]
