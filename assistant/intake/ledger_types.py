"""What a ledger means: which column or which label is which fact. Proposed by code, confirmed once by a person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, Protocol

LedgerForm = Literal["pairs", "units", "rows", "people"]
"""``pairs``: a label, its value beside it. ``units``: a row for each village, facts as columns. ``rows``: the rows of
one table fact. ``people``: a list of people, to be counted."""


@dataclass(frozen=True)
class Choice:
    """What one column (``pairs``: one label) of a ledger is.

    Attributes:
        key: its header without what does not matter, unique in the ledger.
        header: as written, both lines of a double header joined with a space.
        column: 1-based column in the sheet; ``row``: 1-based row, of the header or of the label.
        place: the header's cell.
        samples: the first values below or beside it.
        fact: the fact's label; None for a column that is not taken.
        part: the column of the table fact, for ``rows``.
        unit: from the header or the sheet (万元), "" where none is written.
        last_year: the figures are last year's.
        sure: 1 = the very label or alias; below, how like (0–1).
        doubt: why a person should look, "" where the match is certain.
    """

    key: str
    header: str
    column: int
    row: int
    place: str
    samples: tuple[str, ...] = ()
    fact: str | None = None
    part: str = ""
    unit: str = ""
    last_year: bool = False
    sure: float = 0.0
    doubt: str = ""


@dataclass(frozen=True)
class LedgerMapping:
    """How one sheet of a ledger is to be read.

    Attributes:
        sheet: the tab's name, "" for a text file.
        top, bottom: first and last row of the header, 1-based; for ``pairs`` 0 where there is none.
        names: column with the names of villages or units, 0 for none.
        table: the table fact's label, for ``rows``.
        value_column, last_column, unit_column, note_column: of ``pairs`` (and the unit column of ``rows``); 0 for none.
        confirmed: a person has seen it, now or before (``remembered``).
    """

    sheet: str
    form: LedgerForm
    top: int
    bottom: int
    choices: tuple[Choice, ...]
    names: int = 0
    table: str = ""
    value_column: int = 0
    last_column: int = 0
    unit_column: int = 0
    note_column: int = 0
    confirmed: bool = False

    @property
    def fingerprint(self) -> str:
        """The same for every ledger with these headers, whatever stands below them."""
        content = [self.form, self.table if self.form == "rows" else "", [choice.key for choice in self.choices]]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    @property
    def taken(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.fact)

    def decided(self, key: str, fact: str | None, part: str = "", unit: str | None = None) -> LedgerMapping:
        """With one choice made by a person: certain from now on."""
        made = (
            replace(choice, fact=fact, part=part, unit=choice.unit if unit is None else unit, sure=1.0, doubt="")
            if choice.key == key
            else choice
            for choice in self.choices
        )
        return replace(self, choices=tuple(made))

    def confirm(self) -> LedgerMapping:
        """As a person has seen it and let it stand."""
        return replace(self, choices=tuple(replace(choice, doubt="") for choice in self.choices), confirmed=True)

    def to_json(self) -> str:
        """What is remembered: the decisions, no value of the ledger."""
        kept = ("key", "fact", "part", "unit", "last_year")
        choices = [{name: asdict(choice)[name] for name in kept} for choice in self.choices]
        return json.dumps(choices, ensure_ascii=False)

    def remembered(self, text: str, known: Sequence[str]) -> LedgerMapping:
        """With the decisions of before; one whose fact the report type does not have any more stays open."""
        before = {entry["key"]: entry for entry in json.loads(text)}
        made = []
        for choice in self.choices:
            entry = before.get(choice.key)
            if entry is None or (entry["fact"] is not None and entry["fact"] not in known):
                made.append(choice)
                continue
            unit = choice.unit or entry["unit"]
            kept = replace(choice, fact=entry["fact"], part=entry["part"], unit=unit, last_year=entry["last_year"])
            made.append(replace(kept, sure=1.0, doubt=""))
        return replace(self, choices=tuple(made), confirmed=True)


class MappingMemory(Protocol):
    """Where confirmed mappings are kept (``storage/ledgers.py``)."""

    def ledger_mapping(self, report_type: str, fingerprint: str) -> str | None:
        """What ``LedgerMapping.to_json`` gave, None where there is none."""

    def put_ledger_mapping(self, report_type: str, fingerprint: str, mapping: str) -> None: ...
