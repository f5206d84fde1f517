"""Every figure that a sheet can put into a text: values, last year's, differences, cells of tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from assistant.facts.fields import DerivedFact, FactField, FieldType, TableColumn
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import table_rows
from assistant.slots.forms import SAME_MEASURES, Missing, Unknown, change
from assistant.slots.grammar import Slot
from assistant.slots.numeral import Kind, Numeral, Rough
from assistant.slots.render import TOTAL, print_reference

Role = Literal["value", "last_year", "change"]
#: What a label says besides its subject; people leave it away: 入伍人数 → 入伍.
_SUFFIXES = ("人数", "次数", "户数", "个数", "总额", "金额", "人次", "天数", "课时", "投入", "比例")
_ROUGH: dict[str, Rough] = {"": "", "余": "above", "多": "above", "近": "below", "约": "around"}
#: Measure words that stand for one another in careless writing.
_ALIKE = (
    frozenset("人名位"),
    frozenset({"次", "场", "期", "轮", "回", "场次", "趟", "遍"}),
    frozenset("个处座所支家间"),
    frozenset("份张册本页"),
    frozenset("块面"),
    frozenset("起件例"),
    frozenset("条幅"),
)
#: Measure words that people let stand for another one, which does not stand for them: 报名的5个, but no 9人 of 9个.
_CARELESS = {"个": frozenset("人名位块"), "家": frozenset("户")}


@dataclass(frozen=True)
class Figure:
    """One figure of the sheet.

    Attributes:
        slot: prints it.
        names: what people call it, in prose; for a cell, its column.
        row: the row's name, which a cell needs beside it.
        value, date: None while it is empty.
        rough: how a 概数 stands to what it tells: 2000余 is ``above``.
        main: the cell that its row's name alone tells in running text: the row's chief figure, or the only one of its
            kind and measure word.
        is_total: the sum of a table's column.
    """

    slot: Slot
    label: str
    names: tuple[str, ...]
    kind: Kind
    units: frozenset[str]
    role: Role = "value"
    row: str = ""
    value: Decimal | None = None
    date: datetime.date | None = None
    main: bool = False
    sheet: FactSheet | None = field(default=None, repr=False, compare=False)
    rough: Rough = ""
    is_total: bool = False

    @property
    def printed(self) -> str:
        """What its slot prints; worked out only for those that a finding names."""
        return _printed(self.slot, self.sheet) if self.sheet is not None else ""

    @property
    def empty(self) -> bool:
        return self.value is None and self.date is None

    @property
    def name(self) -> str:
        """For people: 民兵分队.应急排.实有人数."""
        return self.slot.name

    def equals(self, numeral: Numeral) -> bool:
        """Whether the numeral is a true way to say this figure. A 概数 is not said as if it were exact."""
        if self.date is not None:
            return numeral.date == self.date
        if self.value is None:
            return False
        if not self.rough:
            return numeral.says(self.value)
        if not numeral.approximate:
            return numeral.is_range and numeral.says(self.value)
        agree = "around" in (self.rough, numeral.rough) or self.rough == numeral.rough
        return (agree and numeral.value == self.value) or numeral.says(self.value)

    def fits(self, numeral: Numeral) -> int | None:
        """How badly the numeral's unit fits: 0 exactly, more for a careless one, None not at all."""
        if numeral.kind == "number":
            if self.kind == "year":
                return 0 if numeral.value is not None and 1949 <= numeral.value <= 2100 else None
            return 2 if self.kind in ("count", "money") else None
        if self.kind == "money" and numeral.unit == "块":
            return 3
        if numeral.kind != self.kind:
            return None
        if self.kind != "count" or numeral.unit in self.units:
            return 0
        careless = _CARELESS.get(numeral.unit)
        alike = any(numeral.unit in group and self.units & group for group in _ALIKE)
        alike = alike or bool(careless and self.units & careless)
        return 3 if alike else None


def figures_of(sheet: FactSheet) -> list[Figure]:
    """All figures in the order of the schema, empty ones as well."""
    found: list[Figure] = []
    items: tuple[FactField | DerivedFact, ...] = (*sheet.schema.fields, *sheet.schema.derived)
    for item in items:
        if isinstance(item, FactField) and item.type is FieldType.TABLE:
            found += _cells(item, sheet)
        elif item.type.numeric or item.type in (FieldType.YEAR, FieldType.DATE):
            found += _single(item, sheet)
    return found


@lru_cache(maxsize=1024)
def names_of(label: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    """A label, its aliases, and both without what only says how they are counted; the longest first."""
    names = dict.fromkeys((label, *aliases))
    for name in (label, *aliases):
        for suffix in _SUFFIXES:
            if name.endswith(suffix) and len(name) - len(suffix) >= 2:
                names[name.removesuffix(suffix)] = None
    return tuple(sorted(names, key=len, reverse=True))


_KINDS: dict[FieldType, Kind] = {
    FieldType.COUNT: "count",
    FieldType.MONEY: "money",
    FieldType.PERCENT: "percent",
    FieldType.YEAR: "year",
    FieldType.DATE: "date",
}


def _single(item: FactField | DerivedFact, sheet: FactSheet) -> Iterator[Figure]:
    fact = sheet.fact(item.label)
    names, kind, units = names_of(item.label, item.aliases), _KINDS[item.type], _units(item)
    slot = Slot((item.label,))
    date = fact.value if isinstance(fact.value, datetime.date) else None
    now = Figure(slot, item.label, names, kind, units, value=_decimal(fact.value), date=date, sheet=sheet)
    yield replace(now, rough=_ROUGH[fact.approximate])
    if not item.type.numeric:
        return
    if (before := _decimal(fact.last_year)) is not None:
        slot, word = Slot((item.label,), "去年"), fact.last_approximate
        yield replace(now, slot=slot, role="last_year", value=before, date=None, rough=_ROUGH[word])
    yield from _changes(item, fact, sheet, names, units)


def _changes(
    item: FactField | DerivedFact, fact: Fact, sheet: FactSheet, names: tuple[str, ...], units: frozenset[str]
) -> Iterator[Figure]:
    changed = change(fact)
    if changed is None or fact.approximate:
        return
    gap_kind: Kind = "points" if item.type is FieldType.PERCENT else _KINDS[item.type]
    slot = Slot((item.label,), "增减")
    size = abs(changed.difference)
    yield Figure(slot, item.label, names, gap_kind, units, "change", value=size, sheet=sheet)
    if changed.ratio is not None and item.type is not FieldType.PERCENT:
        slot = Slot((item.label,), "增幅")
        ratio = changed.ratio.quantize(Decimal("0.1"))
        yield Figure(slot, item.label, names, "percent", frozenset(), "change", value=ratio, sheet=sheet)


def _cells(item: FactField, sheet: FactSheet) -> Iterator[Figure]:
    rows = table_rows(sheet.value(item.label))
    told = [c for label in item.row if (c := item.column(label)) and c.type is not FieldType.TEXT]
    for column in item.columns:
        if column.type is FieldType.TEXT:
            continue
        kind = _KINDS[column.type]
        sole = sum((other.type, other.measure) == (column.type, column.measure) for other in item.columns) == 1
        main = sole or (bool(told) and column == told[-1])
        for row in rows:
            key = str(row.get(item.key_column.label, ""))
            slot = Slot((item.label, key, column.label))
            measure = str(row.get(column.measure_from, "")) if column.measure_from else column.measure
            names, cell = names_of(column.label, column.aliases), _decimal(row.get(column.label))
            units = _column_units(column, measure)
            yield Figure(slot, item.label, names, kind, units, row=key, value=cell, main=main, sheet=sheet)
        if rows and not column.measure_from:
            slot = Slot((item.label, TOTAL, column.label))
            total = sum(cell for row in rows if (cell := _decimal(row.get(column.label))) is not None)
            names = tuple(f"{name}{word}" for name in (item.label, *item.aliases) for word in ("合计", "共"))
            units = _column_units(column, column.measure)
            value = Decimal(total)
            yield Figure(slot, item.label, names, kind, units, value=value, sheet=sheet, is_total=True)


def _units(item: FactField | DerivedFact) -> frozenset[str]:
    return _with_same((item.measure, *item.measures))


@lru_cache(maxsize=1024)
def _with_same(measures: tuple[str, ...]) -> frozenset[str]:
    same = [other for measure in measures for other in SAME_MEASURES.get(measure, ())]
    return frozenset({*measures, *same} - {""})


def _column_units(column: TableColumn, measure: str) -> frozenset[str]:
    return frozenset({measure, *SAME_MEASURES.get(column.measure, ())} - {""})


def _decimal(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _printed(slot: Slot, sheet: FactSheet) -> str:
    try:
        return print_reference(slot, sheet)
    except (Missing, Unknown):
        return ""
