"""What a ledger means: which column or which label is which fact. Proposed by code, confirmed once by a person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from assistant.intake.ledger_words import without_years

#: Raised when decisions of before would be understood otherwise: their ledgers are asked about once more.
_VERSION = 2

LedgerForm = Literal["pairs", "units", "rows", "people", "journal"]
"""``pairs``: a label, its value beside it. ``units``: a row for each village, facts as columns. ``rows``: the rows of
one table fact. ``people``: a list of people, to be counted. ``journal``: payments day by day, by their
purpose the rows of a table fact."""


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
        unit: from the header or the sheet (万元), "" where none is written; ``unit_chosen``: a person said so;
            ``unit_asked``: it is money, and nothing in this file says in which unit; ``unit_above``: it is that of the
            values' column or of a line over the table, and goes when another column is chosen.
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
    unit_chosen: bool = False
    unit_asked: bool = False
    unit_above: bool = False
    last_year: bool = False
    sure: float = 0.0
    doubt: str = ""


@dataclass(frozen=True)
class Column:
    """A column that a person may choose instead of another: its number, its letters, what its header says."""

    at: int
    letters: str
    header: str


@dataclass(frozen=True)
class LedgerMapping:
    """How one sheet of a ledger is to be read.

    Attributes:
        sheet: the tab's name, "" for a text file.
        top, bottom: first and last row of the header, 1-based; for ``pairs`` 0 where there is none.
        names: column with the names of villages or units, of a ``journal`` with the dates; 0 for none.
        table: the table fact's label, for ``rows`` and a ``journal``.
        value_column, last_column, unit_column, note_column: of ``pairs`` (and the unit column of ``rows``); 0 for none.
        columns: of ``units`` those that may hold the names, of ``pairs`` those that may hold the values.
        column_units: of ``pairs``: column → the unit that its own header names, of those that do.
        column_chosen: a person chose among them; ``unsure``: why somebody must, "" where the choice is plain.
        across: the sheet is read with its columns as rows (``Grid.turned``): villages stand side by side.
        may_be_across: it could be read so, if a person says so.
        unit: that of a line over the table, "" without one; ``unit_before``: that of a line over a table before it on
            the tab, which a person must agree to.
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
    columns: tuple[Column, ...] = ()
    column_units: Mapping[int, str] = field(default_factory=dict)
    column_chosen: bool = False
    unsure: str = ""
    across: bool = False
    may_be_across: bool = False
    unit: str = ""
    unit_before: str = ""
    confirmed: bool = False

    @property
    def fingerprint(self) -> str:
        """The same for every ledger with these headers, whatever stands below them."""
        heads = [without_years(column.header) for column in self.columns] if self.form == "pairs" else []
        table = self.table if self.form in ("rows", "journal") else ""
        content = [_VERSION, self.form, self.across, table, heads, [choice.key for choice in self.choices]]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    @property
    def taken(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.fact and not self.is_names(choice))

    @property
    def no_unit(self) -> tuple[Choice, ...]:
        """Amounts of which nothing says the unit: nothing is read before a person does."""
        return tuple(choice for choice in self.taken if choice.unit_asked and not choice.unit)

    @property
    def unit_over(self) -> str:
        """The unit of bare amounts: that of the values' column (``pairs``), else that of the line over the table."""
        return self.column_units.get(self.value_column, "") or self.unit

    def unit_of(self, choice: Choice) -> str:
        """In which unit a bare number of a label's value stands."""
        return self.unit_over if choice.unit_above else choice.unit

    def last_unit_of(self, choice: Choice) -> str:
        """The same in last year's column, "" where nothing but this year's column has one."""
        own = "" if choice.unit_above or choice.unit_chosen else choice.unit
        chosen = choice.unit if choice.unit_chosen else ""
        return own or self.column_units.get(self.last_column, "") or chosen or self.unit

    def is_names(self, choice: Choice) -> bool:
        """Whether it is the column that says whose each row is, whatever else its header may be like."""
        return self.form == "units" and choice.column == self.names

    def decided(self, key: str, fact: str | None, part: str = "", unit: str | None = None) -> LedgerMapping:
        """With one choice made by a person: certain from now on."""

        def made(choice: Choice) -> Choice:
            given = replace(choice, fact=fact, part=part, sure=1.0, doubt="")
            return (
                given
                if unit is None
                else replace(given, unit=unit, unit_chosen=True, unit_asked=False, unit_above=False)
            )

        return replace(self, choices=tuple(made(choice) if choice.key == key else choice for choice in self.choices))

    def with_column(self, at: int) -> LedgerMapping:
        """With the column of names (``units``; 0 for none) or of values (``pairs``) that a person chose."""
        known = at in [column.at for column in self.columns]
        if self.form not in ("units", "pairs") or not (known or (not at and self.form == "units")):
            return self
        chosen = replace(self, column_chosen=True, unsure="")
        if self.form == "units":
            return replace(chosen, names=at)
        last = 0 if self.last_column == at else self.last_column
        return replace(chosen, value_column=at, last_column=last)

    def confirm(self) -> LedgerMapping:
        """As a person has seen it and let it stand; a unit that the page showed is theirs, too."""
        choices = (
            replace(choice, doubt="", unit_chosen=True, unit_asked=False)
            if choice.unit_asked and choice.unit and choice.fact
            else replace(choice, doubt="")
            for choice in self.choices
        )
        return replace(self, choices=tuple(choices), confirmed=True)

    def to_json(self) -> str:
        """What is remembered: a person's decisions; no value, and nothing that the next file says itself."""
        choices = [
            {
                "key": choice.key,
                "fact": choice.fact,
                "part": choice.part,
                "unit": choice.unit if choice.unit_chosen else "",
            }
            for choice in self.choices
        ]
        at = self.names if self.form == "units" else self.value_column
        header = next((without_years(column.header) for column in self.columns if column.at == at), "")
        return json.dumps({"choices": choices, "column": header if self.column_chosen else None}, ensure_ascii=False)

    def remembered(self, text: str, known: Sequence[str]) -> LedgerMapping:
        """With the decisions of before; ``confirmed`` where they leave nothing open: a fact that the report type does
        not have any more, a column that has another header now.
        """
        stored = json.loads(text)
        before = {entry["key"]: entry for entry in stored["choices"]}
        mapping, open_ = self, False
        if stored["column"] is not None:
            same = [column.at for column in self.columns if without_years(column.header) == stored["column"]]
            at = same[0] if len(same) == 1 else 0 if not stored["column"] and self.form == "units" else None
            mapping, open_ = (self, True) if at is None else (self.with_column(at), False)
        made = []
        for choice in self.choices:
            entry = before.get(choice.key)
            if entry is None or (entry["fact"] is not None and entry["fact"] not in known):
                made.append(choice)
                open_ = True
                continue
            # A unit that stands over another table was agreed to, or is asked about once more.
            over = choice.unit if choice.unit_asked else ""
            kept = replace(choice, fact=entry["fact"], part=entry["part"], sure=1.0, doubt="", unit_asked=bool(over))
            told = mapping.unit_over or (not over and mapping.unit_of(choice))
            if entry["unit"] and over in ("", entry["unit"]) and not told:
                kept = replace(kept, unit=entry["unit"], unit_chosen=True, unit_above=False, unit_asked=False)
            made.append(kept)
        return replace(mapping, choices=tuple(made), confirmed=not open_ and not mapping.unsure)


class MappingMemory(Protocol):
    """Where confirmed mappings are kept (``storage/ledgers.py``)."""

    def ledger_mapping(self, report_type: str, fingerprint: str) -> str | None:
        """What ``LedgerMapping.to_json`` gave, None where there is none."""

    def put_ledger_mapping(self, report_type: str, fingerprint: str, mapping: str) -> None: ...
