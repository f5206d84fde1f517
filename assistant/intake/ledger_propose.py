"""Proposes how each sheet of a ledger is to be read; a person confirms it once, then it is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.foreign_money import foreign_money
from assistant.intake import ledger_words as words
from assistant.intake.ledger_choices import choice_of, distinct, of_money, with_units
from assistant.intake.ledger_journal import propose_journal
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_people import or_people
from assistant.intake.ledger_propose_pairs import propose_pairs
from assistant.intake.ledger_propose_units import propose_units
from assistant.intake.ledger_types import Choice, LedgerMapping, MappingMemory
from assistant.intake.workbook_grid import Book

_NOBODY_SAID: Mapping[str, bool] = {}


def propose(
    book: Book,
    schema: FactSchema,
    memory: MappingMemory | None = None,
    report_type: str = "",
    across: Mapping[str, bool] = _NOBODY_SAID,
) -> tuple[LedgerMapping, ...]:
    """A mapping for every visible sheet in which facts were recognised, best first; () where none was.

    Args:
        memory: where confirmed mappings are kept; a ledger with known headers comes back ``confirmed``.
        across: sheet → whether villages stand side by side in it, where a person has said.
    """
    matcher = Matcher(schema)
    found = []
    for grid in book.grids:
        if grid.hidden or not grid.rows:
            continue
        mapping = propose_sheet(Layout(grid), matcher, PurePath(book.name).stem, across.get(grid.name))
        if mapping is not None:
            found.append(mapping)
    return remembered(found, schema, memory, report_type) if memory else _best_first(found)


def remembered(
    mappings: Iterable[LedgerMapping], schema: FactSchema, memory: MappingMemory, report_type: str
) -> tuple[LedgerMapping, ...]:
    """With what a person confirmed before for the same headers, best first."""
    found = []
    for mapping in mappings:
        text = memory.ledger_mapping(report_type, mapping.fingerprint)
        if text:
            mapping = with_units(mapping.remembered(text, list(schema.by_label)), schema)
            asked = any(choice.unit_asked for choice in mapping.taken)
            mapping = replace(mapping, confirmed=mapping.confirmed and not asked)
        found.append(mapping)
    return _best_first(found)


def _best_first(found: Iterable[LedgerMapping]) -> tuple[LedgerMapping, ...]:
    return tuple(sorted(found, key=lambda mapping: -sum(choice.sure for choice in mapping.taken)))


def propose_sheet(layout: Layout, matcher: Matcher, file: str = "", across: bool | None = None) -> LedgerMapping | None:
    """The form that recognises most of a sheet; None where nothing in it is known.

    Args:
        file: the file's name, which may be the only title that a list has.
        across: whether villages stand side by side in it, where a person has said.
    """
    pairs = propose_pairs(layout, matcher)
    if pairs is not None and pairs.may_be_across and (pairs.across if across is None else across):
        turned = _across(layout, pairs, matcher)
        pairs = turned or pairs
    elif pairs is not None:
        pairs = replace(pairs, across=False)
    proposals = [pairs]
    header = _header(layout, matcher)
    journal = propose_journal(layout, *header, matcher.schema) if header else None
    if journal is not None:
        return with_units(replace(journal, unit_before="" if journal.unit else layout.unit_before), matcher.schema)
    if header:
        proposals += [propose_units(layout, *header, matcher), *_rows(layout, *header, matcher)]
    worth = [(sum(choice.sure for choice in found.taken), found) for found in proposals if found and found.taken]
    best = max(worth, key=lambda pair: pair[0])[1] if worth else None
    if best is not None and not best.unit and layout.unit_before:
        best = with_units(replace(best, unit_before=layout.unit_before), matcher.schema)
    return or_people(layout, best, header, matcher.schema, file) if header else best


def _across(layout: Layout, pairs: LedgerMapping, matcher: Matcher) -> LedgerMapping | None:
    """The same labels as headers, a village in each column; None where the sheet cannot be read so."""
    turned = Layout(layout.grid.turned())
    header = _header(turned, matcher)
    found = propose_units(turned, *header, matcher, pairs.unit, pairs.unit_column) if header else None
    return replace(found, may_be_across=True) if found and found.taken else None


def _header(layout: Layout, matcher: Matcher) -> tuple[int, int] | None:
    return layout.header(matcher.is_name) if layout.rows else None


# ---- the rows of one table fact


def _rows(layout: Layout, top: int, bottom: int, matcher: Matcher) -> list[LedgerMapping]:
    heading = words.normal(layout.heading(top))
    found = []
    for table in matcher.tables:
        mapping = _rows_of(layout, top, bottom, matcher, table)
        if mapping is not None:
            names = (table.label, *table.aliases)
            named = any(words.normal(name) in heading for name in names)
            found.append((len(mapping.taken) + (0.5 if named else 0), named, mapping))
    best = max((worth for worth, _, _ in found), default=0)
    winners = [(named, mapping) for worth, named, mapping in found if worth == best]
    if len(winners) <= 1:
        return [mapping for _, mapping in winners]
    others = "、".join(f"“{mapping.table}”" for _, mapping in winners[1:])
    mapping = winners[0][1]
    doubt = f"按“{mapping.table}”理解，也可能是{others}，请核对"
    choices = tuple(replace(choice, doubt=choice.doubt or doubt if choice.fact else "") for choice in mapping.choices)
    return [replace(mapping, choices=choices)]


def _rows_of(layout: Layout, top: int, bottom: int, matcher: Matcher, table: FactField) -> LedgerMapping | None:
    choices: list[Choice] = []
    unit_column = 0
    for column in layout.columns:
        titles = layout.titles(top, bottom, column)
        if not titles or words.normal(titles[-1]) in words.SERIAL_HEADERS:
            continue
        choice = choice_of(layout, bottom, column, titles)
        told, unit = words.without_unit(titles[-1])
        match = matcher.column(table, told)
        if match is None:
            if words.normal(told) in words.UNIT_HEADERS:
                unit_column = column
            choices.append(choice)
            continue
        part, sure, doubt = match
        if part.type is FieldType.MONEY:
            unit = unit or layout.unit_above(top)
        taken_as = replace(choice, fact=table.label, part=part.label, unit=unit, sure=sure, doubt=doubt)
        choices.append(of_money(taken_as, "") if foreign_money(unit) else taken_as)
    choices = _newest(choices)
    taken = {choice.part for choice in choices if choice.fact}
    if table.key_column.label not in taken or len(taken) < 2:
        return None
    mapping = LedgerMapping(layout.grid.name, "rows", top, bottom, distinct(choices), 0, table.label)
    return replace(mapping, unit_column=unit_column)


def _newest(choices: list[Choice]) -> list[Choice]:
    """Columns of several years: a row holds those of one."""
    dated = [max(words.years(choice.header), default=0) if choice.fact else 0 for choice in choices]
    newest = max(dated, default=0)
    made = []
    for choice, year in zip(choices, dated, strict=True):
        if 0 < year < newest:
            told = f"“{choice.header}”是 {year} 年的，没有取"
            choice = replace(choice, key=f"{choice.key}·{newest - year}", fact=None, part="", sure=0.0, doubt=told)
        made.append(choice)
    return made
