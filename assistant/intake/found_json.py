"""Finds as JSON, so that a review outlives a reload, a closed window and a new version of the program."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from assistant.errors import SheetError
from assistant.facts.fields import FactField, FactSchema
from assistant.facts.sheet import Fact, plain, plain_fact, read_fact
from assistant.facts.values import Value, read_cell
from assistant.intake.found import Extraction, FoundFact, Notice

_log = logging.getLogger(__name__)


def extraction_json(found: Extraction) -> dict[str, Any]:
    """What ``read_extraction`` makes the same Extraction of."""
    return {
        "source": found.source,
        "text": found.text,
        "year": found.year,
        "facts": [_fact_json(fact) for fact in found.facts],
        "notices": [asdict(notice) for notice in found.notices],
    }


def read_extraction(stored: Mapping[str, Any], schema: FactSchema) -> Extraction:
    """A find that the report type cannot hold any more keeps its place in the list, under a label that no field has."""
    facts = tuple(_read_fact(entry, schema) for entry in stored["facts"])
    notices = tuple(Notice(**notice) for notice in stored["notices"])
    return Extraction(stored["source"], stored["text"], facts, notices, stored["year"])


def row_json(row: Mapping[str, Value | None]) -> dict[str, Any]:
    return {name: plain(cell) for name, cell in row.items()}


def read_row(cells: Mapping[str, Any], item: FactField) -> dict[str, Value | None]:
    """A row from cells as they were typed or stored; empty ones are left out. Raises ValueError, a sentence."""
    row: dict[str, Value | None] = {}
    for column in item.columns:
        given = cells.get(column.label)
        if given not in (None, ""):
            row[column.label] = read_cell(given, column)
    return row


def _fact_json(found: FoundFact) -> dict[str, Any]:
    entry = {name: getattr(found, name) for name in ("label", "quote", "start", "end", "place", "unit", "doubt")}
    entry |= {"guessed": found.guessed, "year": found.year}
    entry["fact"] = plain_fact(found.fact)
    entry["row"] = None if found.row is None else row_json(found.row)
    return entry


def _read_fact(entry: Mapping[str, Any], schema: FactSchema) -> FoundFact:
    parts = {name: entry[name] for name in ("quote", "start", "end", "place", "unit", "doubt")}
    # Not said by finds that were stored before November 2026.
    parts |= {"guessed": entry.get("guessed", False), "year": entry.get("year")}
    item = schema.by_label.get(entry["label"])
    try:
        if item is None:
            return FoundFact("", Fact(), **parts)
        fact = Fact() if entry["fact"] is None else read_fact(entry["fact"], item)
        row = None if entry["row"] is None else read_row(entry["row"], item)
    except (SheetError, ValueError) as error:
        _log.warning("stored find %s is not readable: %s", entry["label"], error)
        return FoundFact("", Fact(), **parts)
    return FoundFact(item.label, fact, row=row, **parts)


def with_more(found: Extraction, facts: Sequence[FoundFact], notices: Sequence[Notice]) -> Extraction:
    """With finds added behind the others, whose numbers stay."""
    return replace(found, facts=(*found.facts, *facts), notices=(*found.notices, *notices))
