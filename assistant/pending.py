"""A file that is being gone through: what was found in it, and what a person has decided so far.

Nothing says "taken": a find is settled when the sheet has it, so that 撤销 makes it open again by itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from assistant.facts.arithmetic import is_range, work_out
from assistant.facts.fields import FactField, FactSchema, FieldType, TableColumn
from assistant.facts.formatting import plain_text
from assistant.facts.last_year import with_last_year
from assistant.facts.sheet import Fact, FactSheet, plain_fact, read_fact
from assistant.facts.totals import why_no_row
from assistant.intake.found import Extraction, FoundFact
from assistant.intake.found_json import extraction_json, read_extraction, read_row, row_json
from assistant.intake.proposals import Proposal, proposals
from assistant.intake.source_year import report_year, year_question
from assistant.intake.unit_forms import UnitForm, read_unit_form

Kind = Literal["text", "form", "forms", "ledger"]
#: Where finds of another year go: "" until a person has said.
Aim = Literal["", "value", "last_year"]
#: A column of a ledger as a person assigned it: (fact, part of a table, unit); (None, "", "") is not taken, and a unit
#: of "" is the ledger's own.
Assigned = tuple[str | None, str, str]


@dataclass(frozen=True)
class Content:
    """What is stored of one file.

    Attributes:
        extraction: None while a ledger's columns wait to be assigned.
        refused: numbers of finds, places in ``extraction.facts``, that a person does not want.
        edits: number → what a person wrote instead: JSON of a fact, or of a row.
        assigned: a ledger's sheet → column's key → what it is; ``skipped``: sheets that are not read; ``with_hidden``:
            sheets whose hidden rows count; ``left_rows``: sheet → rows that do not; ``units``: the villages or units
            that have a row in it; ``columns``: sheet → the column of names or values that a person chose;
            ``across``: sheet → whether villages stand side by side in it, where a person has said.
        forms: those of several units that were put together; ``left_forms``: numbers of those that do not count.
        model: what came of asking a model: "" nothing yet, "done", or why it failed.
    """

    kind: Kind
    extraction: Extraction | None = None
    refused: frozenset[int] = frozenset()
    edits: Mapping[int, Any] = field(default_factory=dict)
    aim: Aim = ""
    assigned: Mapping[str, Mapping[str, Assigned]] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    with_hidden: frozenset[str] = frozenset()
    left_rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    across: Mapping[str, bool] = field(default_factory=dict)
    forms: tuple[UnitForm, ...] = ()
    left_forms: frozenset[int] = frozenset()
    model: str = ""

    def to_json(self) -> str:
        return json.dumps(
            {
                "kind": self.kind,
                "extraction": None if self.extraction is None else extraction_json(self.extraction),
                "refused": sorted(self.refused),
                "edits": {str(number): entry for number, entry in self.edits.items()},
                "aim": self.aim,
                "assigned": self.assigned,
                "skipped": sorted(self.skipped),
                "with_hidden": sorted(self.with_hidden),
                "left_rows": {sheet: sorted(rows) for sheet, rows in self.left_rows.items()},
                "units": self.units,
                "columns": self.columns,
                "across": self.across,
                "forms": [form.to_json() for form in self.forms],
                "left_forms": sorted(self.left_forms),
                "model": self.model,
            }
        )


def read_content(text: str, schema: FactSchema) -> Content:
    stored = json.loads(text)
    given = stored["extraction"]
    return Content(
        kind=stored["kind"],
        extraction=None if given is None else read_extraction(given, schema),
        refused=frozenset(stored["refused"]),
        edits={int(number): entry for number, entry in stored["edits"].items()},
        aim=stored["aim"],
        assigned={
            # Those of before there were units have none.
            sheet: {key: (fact, part, "".join(unit)) for key, (fact, part, *unit) in choices.items()}
            for sheet, choices in stored["assigned"].items()
        },
        skipped=frozenset(stored["skipped"]),
        # Files that wait since before there were these.
        with_hidden=frozenset(stored.get("with_hidden", ())),
        left_rows={sheet: frozenset(rows) for sheet, rows in stored.get("left_rows", {}).items()},
        units=tuple(stored.get("units", ())),
        columns=stored.get("columns", {}),
        across=stored.get("across", {}),
        forms=tuple(read_unit_form(form, schema) for form in stored["forms"]),
        left_forms=frozenset(stored.get("left_forms", ())),
        model=stored["model"],
    )


@dataclass(frozen=True)
class Pending:
    """One file of a report. ``revision`` counts what was decided."""

    id: str
    report_id: str
    name: str
    revision: int
    content: Content

    @property
    def extraction(self) -> Extraction | None:
        return self.content.extraction

    @property
    def came(self) -> tuple[str, ...]:
        """Who reported: the units whose forms are counted, of a ledger the villages that have a row; () of a text."""
        left = self.content.left_forms
        return tuple(form.who for at, form in enumerate(self.content.forms) if at not in left) or self.content.units


@dataclass(frozen=True)
class Offer:
    """One find beside the sheet, with what a person has said of it.

    Attributes:
        number: its place in ``Extraction.facts``; it stays. ``~place`` is the half of a find that tells last year's
            value, where the sheet has another one: it is decided on its own.
        proposal: with a person's edit in place.
        settled: the sheet has it. ``certain``: may be taken together with others, unseen.
        beside: last year's value that would be filled in with it, "" for none.
    """

    number: int
    proposal: Proposal
    refused: bool = False
    edited: bool = False
    settled: bool = False
    certain: bool = False
    beside: str = ""

    @property
    def place(self) -> int:
        """Its place in ``Extraction.facts``."""
        return max(self.number, ~self.number)

    @property
    def open(self) -> bool:
        return not self.settled and not self.refused

    @property
    def by_context(self) -> bool:
        """Whether a model took it for this fact by the context alone, and nobody has looked at it yet."""
        return self.open and self.proposal.found.guessed and not self.edited and not self.proposal.doubt


def offers(content: Content, sheet: FactSheet, keep: Collection[str] = ()) -> list[Offer]:
    """Everything found, in the order of the text. Nothing of it is in the sheet but what is ``settled``."""
    found = content.extraction
    if found is None:
        return []
    facts = dict(_edited(found.facts, content, sheet.schema))
    proposed = list(_proposed(found, facts, content.aim, sheet, keep))
    # A person's own figure is theirs to judge.
    proposed = [(number, replace(one, doubt="") if number in content.edits else one) for number, one in proposed]
    rivals = Counter(
        (one.label, one.target)
        for number, one in proposed
        if _single(one, sheet.schema)
        and one.state != "same"
        and number not in content.refused
        # A figure of a year that has no place in the sheet is no rival of one that has.
        and (one.found.year is None or one.target == "last_year")
    )
    # Whose place a figure has that may be of another year, a person says first.
    waits = not content.aim and year_question(found, sheet) is not None
    made = [_offer(number, one, content, sheet, waits or rivals[one.label, one.target] > 1) for number, one in proposed]
    return sorted(
        made, key=lambda one: (one.proposal.found.start, one.proposal.found.end, one.place, one.number != one.place)
    )


def _edited(found: Iterable[FoundFact], content: Content, schema: FactSchema) -> Iterator[tuple[int, FoundFact]]:
    """Every find by its number, as a person changed it."""
    known: set[int] = set()
    for number, fact in enumerate(found):
        if ~number in content.edits and fact.label in schema.by_label:
            fact = _edit_last(fact, read_fact(content.edits[~number], schema.by_label[fact.label]))
        if number in content.edits and fact.label in schema.by_label:
            yield number, _edit(fact, content.edits[number], schema)
        else:
            # Two finds are never the same object, by which they are told apart.
            yield number, replace(fact) if id(fact) in known else fact
            known.add(id(fact))


def _edit_last(found: FoundFact, typed: Fact) -> FoundFact:
    return replace(found, fact=with_last_year(found.fact, typed.value, word=typed.approximate))


def _edit(found: FoundFact, entry: Any, schema: FactSchema) -> FoundFact:
    item = schema.by_label[found.label]
    if found.row is not None:
        return replace(found, row=read_row(entry, item))
    typed = read_fact(entry, item)
    if found.fact.value is None:
        # It says last year's figure alone.
        return _edit_last(found, typed)
    where = found.fact.source or found.place
    source = f"{where}：“{found.quote.strip()}”（数值由人改过）" if found.quote.strip() else where
    fact = replace(found.fact, value=typed.value, approximate=typed.approximate, source=source)
    return replace(found, fact=fact, quote="" if found.quote.strip() else found.quote)


def _proposed(
    found: Extraction, facts: Mapping[int, FoundFact], aim: Aim, sheet: FactSheet, keep: Collection[str]
) -> Iterator[tuple[int, Proposal]]:
    known = {number: fact for number, fact in facts.items() if fact.label in sheet.schema.by_label}
    now = {number: fact for number, fact in known.items() if fact.row is not None or fact.fact.value is not None}
    numbers = {id(fact): number for number, fact in now.items()}
    year = report_year(sheet)
    meant, told, shift = found.year, year, 0
    if aim:
        # Of a report without a year only the distance of the two years counts.
        told = year or (found.year or 1) + (aim == "last_year")
        said = told - (aim == "last_year")
        meant = None if aim == "value" else said
        shift = said - (found.year or said)
    for one in proposals(replace(found, facts=tuple(now.values()), year=meant), sheet, keep, told, shift):
        number = numbers[id(one.found)]
        yield number, one
        last, had = one.found.fact, sheet.facts.get(one.label, Fact())
        if one.target == "value" and None not in (last.last_year, had.last_year) and not _same_last(last, had):
            yield ~number, _of_last_year(one.found, sheet)
    for number, fact in known.items():
        of = meant if fact.year is None else fact.year + shift
        if number not in now and fact.fact.last_year is not None and (told is None or of in (None, told)):
            yield number, _of_last_year(fact, sheet)


def _of_last_year(found: FoundFact, sheet: FactSheet) -> Proposal:
    """A find that says nothing but last year's figure."""
    item = sheet.schema.by_label[found.label]
    here, last = sheet.facts.get(found.label, Fact()), found.fact
    told = replace(last, value=last.last_year, approximate=last.last_approximate, last_year=None)
    state: Literal["new", "same", "conflict"] = (
        "new" if here.last_year is None else "same" if _same_last(here, last) else "conflict"
    )
    shown, said = (plain_text(one.last_year, item, one.last_approximate) for one in (here, last))
    return Proposal(replace(found, fact=told), state, "last_year", shown, said, found.doubt)


def _same_last(one: Fact, other: Fact) -> bool:
    return (one.last_year, one.last_approximate) == (other.last_year, other.last_approximate)


def _single(one: Proposal, schema: FactSchema) -> bool:
    return one.found.row is None and schema.by_label[one.label].type is not FieldType.LIST


def _offer(number: int, one: Proposal, content: Content, sheet: FactSheet, unsure: bool) -> Offer:
    item = sheet.schema.by_label[one.label]
    last, had = one.found.fact.last_year, sheet.facts.get(one.label, Fact()).last_year
    adds = last is not None and had is None and one.target == "value"
    settled = one.state == "same" and not adds
    refused = number in content.refused
    return Offer(
        number,
        one,
        refused=refused,
        edited=number in content.edits,
        settled=settled,
        certain=not settled and not refused and not one.doubt and not unsure and one.state != "conflict",
        beside=plain_text(last, item) if adds else "",
    )


def edit_json(found: FoundFact, typed: Any, item: FactField) -> Any:
    """What is stored for what a person typed: a text, or column → text for a row.

    Raises:
        SheetError, ValueError: it cannot be read, with a sentence.
    """
    if found.row is None:
        fact = read_fact(_worked(typed, item), item)
        if fact.empty:
            raise ValueError("不能是空的，不要这一项请按“不用”")
        return plain_fact(fact)
    row = read_row({name: _worked(cell, item.column(name) or item) for name, cell in typed.items()}, item)
    if item.key_column.label not in row:
        raise ValueError(f"缺“{item.key_column.label}”")
    if why := why_no_row(row[item.key_column.label]):
        raise ValueError(why)
    return row_json(row)


def _worked(typed: Any, item: FactField | TableColumn) -> Any:
    """A sum worked out, as in the form's file, where 45-50 is none. Raises ValueError."""
    if item.type.numeric and is_range(typed):
        raise ValueError(f"“{typed.strip()}”不是一个准数；是算式的，前面加 =")
    worked = work_out(typed, item)
    return typed if worked is None else worked.value


__all__ = ["Aim", "Content", "Offer", "Pending", "edit_json", "offers", "read_content"]
