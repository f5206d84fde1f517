"""A ledger with a row for each village: counts and money summed, the rest listed, with who reported what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.foreign_money import foreign_money
from assistant.facts.sheet import Fact
from assistant.facts.values import Approximation, Value, list_items
from assistant.intake.found import FoundFact, Notice
from assistant.intake.ledger_cells import CellReading, Cells, added, word_of_sum
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_parts import add_up, part_of_year, whole_year
from assistant.intake.ledger_row_kinds import RowKinds
from assistant.intake.ledger_totals import asides_told, compared, shown
from assistant.intake.ledger_types import Choice, LedgerMapping
from assistant.intake.ledger_unit_rows import kinds_of, name_of, rows_of_years, unit_beside
from assistant.intake.workbook_grid import Grid

#: More reporters than these are counted, not named.
NAMED = 30


@dataclass
class _Column:
    """One column, read: row → reading."""

    choice: Choice
    item: FactField
    readings: dict[int, CellReading] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unread_rows: set[int] = field(default_factory=set)
    mixed: bool = False
    other_total: str = ""

    @property
    def values(self) -> dict[int, Value]:
        return {row: reading.value for row, reading in self.readings.items()}


def read_units(
    layout: Layout, mapping: LedgerMapping, schema: FactSchema, source: str
) -> tuple[list[FoundFact], list[Notice]]:
    """One fact a column. A percentage is not summed, a village that is there twice is told."""
    kinds = kinds_of(layout, mapping)
    if by_year := rows_of_years(layout, mapping):
        return _of_years(layout, mapping, schema, source, by_year)
    names = {row: name_of(layout, row, mapping.names) for row in kinds.counted}
    repeated = _twice(layout, mapping, names)
    notices = [*asides_told(layout, kinds), *repeated]
    whose = "有单位出现两次，请核对" if repeated else _doubtful_rows(layout.grid, kinds, names)
    columns = [
        _column(layout, choice, schema.by_label[choice.fact], kinds.counted, mapping)
        for choice in mapping.taken
        if choice.fact in schema.by_label and schema.by_label[choice.fact].type is not FieldType.TABLE
    ]
    facts: list[FoundFact] = []
    for column in columns:
        notices.extend(column.notices)
        against = compared(layout, column.choice, column.item, column.values, kinds.totals)
        notices.extend(against)
        if not layout.grid.left_rows:
            # Without a row that a person left out no total can hold.
            column.other_total = next((one.place for one in against if one.kind == "choice"), "")
        if column.item.type is FieldType.PERCENT and len(column.readings) > 1:
            parts = _who(column, names)
            message = f"“{column.choice.header}”是百分数，不能相加，没有汇总（{parts}）"
            notices.append(Notice("choice", message, column.choice.header, place=column.choice.place))
            continue
        facts.extend(_facts(column, names, source, whose))
    merged, clashes = _merged(_parts_added(facts, schema))
    return merged, [*notices, *clashes]


def _of_years(
    layout: Layout, mapping: LedgerMapping, schema: FactSchema, source: str, by_year: dict[int, list[int]]
) -> tuple[list[FoundFact], list[Notice]]:
    """The newest year's figures, with those of the year before as last year's; rows of other years are told."""
    newest = max(by_year)
    notices = [
        Notice(
            "last-year", f"{layout.grid.line(row)}是 {year} 年的，没有取", place=layout.grid.place(row, mapping.names)
        )
        for year, rows in by_year.items()
        if year < newest - 1
        for row in rows
    ]
    facts: list[FoundFact] = []
    for choice in mapping.taken:
        item = schema.by_label.get(choice.fact or "")
        if item is None or item.type is FieldType.TABLE:
            continue
        told: list[FoundFact] = []
        for year, last in ((newest, False), (newest - 1, True)):
            rows = by_year.get(year, [])
            if last and not item.type.numeric:
                continue
            column = _column(layout, replace(choice, last_year=last), item, rows, mapping)
            notices.extend(column.notices)
            names = {row: name_of(layout, row, mapping.names) for row in rows}
            whose = "有单位出现两次，请核对" if len(set(names.values())) < len(names) else ""
            percents = item.type is FieldType.PERCENT and len(column.readings) > 1
            told += [] if percents else _facts(column, names, source, whose)
        facts += told
    merged, clashes = _merged(facts)
    return merged, [*notices, *clashes]


def _doubtful_rows(grid: Grid, kinds: RowKinds, names: dict[int, str]) -> str:
    if kinds.sums:
        row = kinds.sums[0]
        return f"“{names[row]}”（{grid.line(row)}）正好是其他各数的和，像是合计，请核对要不要计入"
    if kinds.nameless:
        return f"{'、'.join(map(grid.line, kinds.nameless[:3]))}没有写是谁的，请核对要不要计入"
    return ""


def _twice(layout: Layout, mapping: LedgerMapping, names: dict[int, str]) -> list[Notice]:
    seen: dict[str, int] = {}
    found = []
    for row, name in names.items():
        before = seen.setdefault(name, row)
        if before != row:
            places = f"{layout.grid.place(before, mapping.names)} 和 {layout.grid.place(row, mapping.names)}"
            found.append(
                Notice(
                    "choice",
                    f"“{name}”有两行（{places}），都计入了，请核对",
                    name,
                    place=layout.grid.place(row, mapping.names),
                )
            )
    return found


def _column(layout: Layout, choice: Choice, item: FactField, rows: Sequence[int], mapping: LedgerMapping) -> _Column:
    column = _Column(choice, item)
    cells = Cells(layout.grid)
    own: dict[str, str] = {}
    for row in rows:
        written = layout.text(row, mapping.unit_column) if mapping.unit_column else ""
        if item.type is FieldType.MONEY and (foreign := foreign_money(written)):
            cells.foreign(row, choice.column, foreign)
            continue
        beside = unit_beside(layout, row, mapping) if item.type is FieldType.MONEY else ""
        reading = cells.read(row, choice.column, item, beside or choice.unit)
        if reading is not None:
            if beside and not reading.own_unit:
                reading = replace(reading, own_unit=beside)
            column.readings[row] = reading
            if reading.own_unit:
                own.setdefault(reading.own_unit, layout.grid.place(row, choice.column))
    column.notices, column.unread, column.unread_rows = cells.notices, cells.unread, cells.unread_rows
    plain = any(not reading.own_unit for reading in column.readings.values())
    units = {**({choice.unit or "元": choice.place} if plain else {}), **own}
    if item.type is FieldType.MONEY and len(units) > 1:
        column.mixed = True
        told = "、".join(f"{unit}（{place}）" for unit, place in units.items())
        column.notices.append(
            Notice("choice", f"“{choice.header}”一列里单位不一：{told}，已各按各的单位换算，请核对", place=choice.place)
        )
    return column


def _facts(column: _Column, names: dict[int, str], source: str, whose: str) -> Iterator[FoundFact]:
    """The column's fact; for texts one for each different text.

    Args:
        whose: why a person should look at the rows themselves, "" where they are certain.
    """
    choice, item = column.choice, column.item
    if not column.readings:
        return
    missing = [names[row] for row in names if row not in column.readings and row not in column.unread_rows]
    note = f"没有填的：{_listed(missing)}" if missing else ""
    where = f"{source}：{_who(column, names)}"
    doubt = choice.doubt
    if column.unread:
        doubt = doubt or f"有 {len(column.unread)} 格没有读进来（{'、'.join(column.unread[:3])}）"
    if column.mixed:
        doubt = doubt or "一列里单位不一，已各按各的单位换算"
    doubt = doubt or next((one.doubt for one in column.readings.values() if one.doubt), "") or whose
    if column.other_total:
        doubt = doubt or f"与合计（{column.other_total}）不一致，取的是各行相加的数"

    def found(value: Value, word: Approximation = "", quote: str = "", why: str = "") -> FoundFact:
        fact = (
            Fact(None, "", value, where, note, last_told=(value, word))
            if choice.last_year
            else Fact(value, word, None, where, note)
        )
        return FoundFact(
            item.label, fact, quote or choice.header, place=choice.place, unit=choice.unit, doubt=doubt or why
        )

    values = list(column.values.values())
    if item.type in (FieldType.COUNT, FieldType.MONEY):
        yield found(added(values), word_of_sum(reading.approximate for reading in column.readings.values()))
    elif item.type is FieldType.LIST:
        yield found(tuple(dict.fromkeys(line for value in values for line in list_items(value))))
    else:
        different = list(dict.fromkeys(values))
        why = "各行写的不一样，请选一个" if len(different) > 1 else ""
        for value in different[:NAMED]:
            yield found(value, quote=f"{choice.header} {shown(value, item)}", why=why)


def _who(column: _Column, names: dict[int, str]) -> str:
    first = islice(column.readings.items(), NAMED)
    return _listed([f"{names[row]} {_told(reading, column.item)}" for row, reading in first], len(column.readings))


def _told(reading: CellReading, item: FactField) -> str:
    if isinstance(reading.value, tuple):
        return f"{len(reading.value)}条"
    number, word = shown(reading.value, item), reading.approximate
    return f"{word}{number}" if word in ("近", "约") else f"{number}{word}"


def _listed(parts: Sequence[str], total: int = 0) -> str:
    total = total or len(parts)
    return "、".join(parts[:NAMED]) + (f"等 {total} 个" if total > NAMED else "")


def _parts_added(facts: list[FoundFact], schema: FactSchema) -> list[FoundFact]:
    """Columns that each hold a part of the year (上半年, 下半年) as one fact, in doubt where a part is missing."""
    made: list[FoundFact] = []
    for label in dict.fromkeys(found.label for found in facts):
        same = [found for found in facts if found.label == label]
        heads = [found.quote for found in same]
        added_up = all(found.fact.value is not None for found in same) and schema.by_label[label].type in (
            FieldType.COUNT,
            FieldType.MONEY,
        )
        if not added_up or not add_up(heads):
            made.extend(same)
            continue
        parts = "、".join(map(part_of_year, heads))
        told = f"是{parts}相加的数" if len(same) > 1 else f"是{parts}的数"
        doubt = next((found.doubt for found in same if found.doubt), "")
        if not whole_year(heads):
            doubt = doubt or f"{told}，请核对是不是全年的"
        made.append(replace(_sum(same) if len(same) > 1 else same[0], doubt=doubt))
    return made


def _sum(same: list[FoundFact]) -> FoundFact:
    total = added([found.fact.value for found in same if found.fact.value is not None])
    word = word_of_sum(found.fact.approximate for found in same)
    source = "；".join(f"{part_of_year(found.quote)}：{found.fact.source}" for found in same)
    note = "；".join(f"{part_of_year(found.quote)}{found.fact.note}" for found in same if found.fact.note)
    fact = replace(same[0].fact, value=total, approximate=word, source=source, note=note)
    return replace(same[0], fact=fact, place="、".join(found.place for found in same))


def _merged(facts: list[FoundFact]) -> tuple[list[FoundFact], list[Notice]]:
    """This year's and last year's column of one fact as one; two columns for one fact stay two, and are told."""
    made: list[FoundFact] = []
    notices = []
    for found in facts:
        at = next((n for n, one in enumerate(made) if one.label == found.label), None)
        if at is None:
            made.append(found)
            continue
        before = made[at]
        if (before.fact.value is None) != (found.fact.value is None):
            now, last = (found, before) if before.fact.value is None else (before, found)
            source = f"{now.fact.source}；去年：{last.fact.source}"
            doubt, note = now.doubt or last.doubt, now.fact.note
            if last.fact.note and last.fact.note != note:
                # Two sums over other villages give no 同比.
                doubt, note = doubt or f"去年数{last.fact.note}，请核对", f"{note}；去年数{last.fact.note}".lstrip("；")
            fact = replace(
                now.fact, last_year=last.fact.last_year, last_told=last.fact.last_told, source=source, note=note
            )
            made[at] = replace(now, fact=fact, doubt=doubt)
            continue
        if before.place != found.place:
            message = f"“{found.label}”有两列：{before.place} 和 {found.place}，请选一个"
            notices.append(Notice("choice", message, found.quote, place=found.place))
            found = FoundFact(**{**vars(found), "doubt": found.doubt or f"与 {before.place} 是同一项，请选一个"})
        made.append(found)
    return made, notices
