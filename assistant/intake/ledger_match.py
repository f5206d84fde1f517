"""Which fact a header or a label of a ledger names: exactly, by its normal form, or by likeness (always a doubt)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType, TableColumn
from assistant.intake.ledger_words import NAME_HEADERS, normal

#: Of four characters three are the same: 入伍人员 and 入伍人数 are alike, 民兵之家 and 民兵分队 are not.
LIKE = 74
_TAILS = ("总人数", "总数", "数量", "人数", "次数", "个数", "情况", "数")
_OF_MONEY = ("金额", "额")
SURE, NORMAL, STEM = 1.0, 0.98, 0.9


@dataclass(frozen=True)
class Match:
    """A fact that a header may name. ``how``: why it is not certain, "" where it is."""

    label: str
    sure: float
    how: str = ""
    derived: bool = False


class Matcher:
    """Names of a schema's facts, ready to be looked up. Tables are matched by their columns, see ``column``."""

    def __init__(self, schema: FactSchema) -> None:
        self.schema = schema
        self._normal: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        shared: set[str] = set()
        for name, item in self._names():
            for index, key in ((self._normal, normal(name)), (self._stems, _stem(normal(name)))):
                if index.setdefault(key, item.label) != item.label:
                    shared.add(key)
        for key in shared:
            # A name that two facts share names neither.
            self._normal.pop(key, None)
            self._stems.pop(key, None)
        self._known = list(self._normal)
        self.match = lru_cache(maxsize=4096)(self._match)

    def is_name(self, text: str) -> bool:
        """Whether a text is the name of a fact, of a table's column, or of the column that says who reported."""
        if normal(text) in NAME_HEADERS:
            return True
        match = self.match(text)
        if match is not None and match.sure > STEM:
            return True
        return any((found := self.column(table, text)) and not found[2] for table in self.tables)

    def exact_names(self) -> frozenset[str]:
        """Normal forms of all names that ``is_name`` knows without likeness."""
        columns = (normal(name) for table in self.tables for one in table.columns for name in (one.label, *one.aliases))
        return NAME_HEADERS.union(self._normal, columns)

    def _names(self) -> Iterable[tuple[str, FactField | DerivedFact]]:
        # Labels first: an alias that is another fact's label does not take its place.
        items: tuple[FactField | DerivedFact, ...] = (*self.schema.fields, *self.schema.derived)
        yield from ((item.label, item) for item in items)
        for item in items:
            yield from ((alias, item) for alias in item.aliases if self.schema.find(alias) is item)

    def _match(self, header: str) -> Match | None:
        """The best fact for a header, None where none is like it."""
        found = self.schema.find(header.strip())
        if found is not None:
            return self._of(found.label, SURE)
        key = normal(header)
        if len(key) < 2:
            return None
        if key in self._normal:
            return self._of(self._normal[key], NORMAL)
        stem = _stem(key)
        if stem in self._stems:
            label = self._stems[stem]
            return self._of(label, STEM, f"“{header}”按“{label}”理解，请核对")
        near = process.extractOne(key, self._known, scorer=fuzz.ratio, score_cutoff=LIKE)
        if near is None:
            return None
        label = self._normal[near[0]]
        return self._of(label, near[1] / 100, f"“{header}”与“{near[0]}”相近（{near[1]:.0f}%），请核对")

    def _of(self, label: str, sure: float, how: str = "") -> Match:
        return Match(label, sure, how, label in self.schema.derived_by_label)

    def column(self, table: FactField, header: str) -> tuple[TableColumn, float, str] | None:
        """The column of a table that a header names: (column, how sure, doubt)."""
        key = normal(header)
        names = {normal(name): column for column in table.columns for name in (*column.aliases, column.label)}
        if key in names:
            return names[key], NORMAL, ""
        stems = {_stem(name, _OF_MONEY): name for name in reversed(names)}
        if (like := stems.get(_stem(key, _OF_MONEY))) is not None:
            return names[like], STEM, f"“{header}”按“{like}”理解，请核对"
        near = process.extractOne(key, list(names), scorer=fuzz.ratio, score_cutoff=LIKE) if len(key) >= 2 else None
        if near is None:
            return None
        return names[near[0]], near[1] / 100, f"“{header}”与“{near[0]}”相近（{near[1]:.0f}%），请核对"

    @property
    def tables(self) -> list[FactField]:
        return [item for item in self.schema.fields if item.type is FieldType.TABLE]


def _stem(key: str, more: tuple[str, ...] = ()) -> str:
    for tail in (*_TAILS, *more):
        if key.endswith(tail) and len(key) - len(tail) >= 2:
            return key.removesuffix(tail)
    return key
