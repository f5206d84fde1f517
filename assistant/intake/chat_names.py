"""What a writer calls the facts when they talk: labels, aliases, and the short words of ``extraction.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.facts.cues import ColumnCues
from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType, TableColumn
from assistant.intake.extract_figures import column_units, fits
from assistant.slots.numeral import Numeral

_SUFFIXES = ("人数", "次数", "户数", "个数", "总额", "金额", "总数", "数")

_PEOPLE = frozenset({"人", "名"})
_PIECES = frozenset({"个", "个人"})


@dataclass(frozen=True)
class Named:
    """A name in a text, characters [start, end), and the facts that it may mean.

    Attributes:
        loose: it is only a short word for them.
    """

    start: int
    end: int
    name: str
    labels: tuple[str, ...]
    loose: bool


@dataclass(frozen=True)
class _Names:
    labels: dict[str, tuple[str, ...]]
    loose: frozenset[str]
    pattern: re.Pattern[str]


_CACHE: dict[int, tuple[FactSchema, _Names]] = {}


def named(text: str, schema: FactSchema) -> list[Named]:
    """Every name in the text, the longest at each place, in order, none overlapping."""
    names = _names(schema)
    found = []
    for match in names.pattern.finditer(text):
        name = match.group()
        found.append(Named(match.start(), match.end(), name, names.labels[name], name in names.loose))
    return found


def labels_of(name: str, schema: FactSchema) -> tuple[str, ...]:
    """The facts that a name may mean; none for no name."""
    return _names(schema).labels.get(name.strip(), ())


def column_meant(
    item: FactField, left: str, one: Numeral, schema: FactSchema, *, only_named: bool = False
) -> TableColumn | None:
    """The column of a row that a figure fills: the one that is named, else the usual one, else the only one."""
    hints = schema.hints.tables.get(item.label)
    columns = dict(hints.columns) if hints else {}

    def takes(column: TableColumn, more: frozenset[str] = frozenset()) -> bool:
        units = column_units(column, columns.get(column.label, ColumnCues()).units)
        return fits(one, FieldType(column.type), units | more if units & _PEOPLE else units, bare=True)

    counted = [column for column in item.columns[1:] if column.type is not FieldType.TEXT]
    for column in counted:
        # 实有减了两个: its name says what is counted, whatever the measure word.
        if takes(column, _PIECES) and any(name in left for name in (column.label, *column.aliases)):
            return column
    if only_named:
        return None
    # 三等功1个: its one count is of people, whatever the measure word.
    fitting = [column for column in counted if takes(column)] or [one for one in counted if takes(one, _PIECES)]
    usual = [column for column in fitting if column.label in columns and columns[column.label].usual]
    found = usual or fitting
    return found[0] if len(found) == 1 else None


def _names(schema: FactSchema) -> _Names:
    kept = _CACHE.get(id(schema))
    if kept is None or kept[0] is not schema:
        if len(_CACHE) > 16:
            _CACHE.clear()
        kept = _CACHE[id(schema)] = (schema, _made(schema))
    return kept[1]


def _made(schema: FactSchema) -> _Names:
    strict: dict[str, list[str]] = {}
    items: tuple[FactField | DerivedFact, ...] = (*schema.fields, *schema.derived)
    for item in items:
        strict.setdefault(item.label, []).append(item.label)
    for item in items:
        for alias in item.aliases:
            if alias not in schema.by_label and alias not in schema.derived_by_label:
                strict.setdefault(alias, []).append(item.label)
    for name, labels in list(strict.items()):
        for suffix in _SUFFIXES:
            short = name.removesuffix(suffix)
            if short != name and len(short) >= 2 and short not in strict:
                strict[short] = list(labels)
    loose: dict[str, list[str]] = {}
    for label, words in schema.hints.chat.items():
        for word in words:
            # What a name says for certain, no short word unsays; its other meanings stand behind.
            loose.setdefault(word, []).append(label)
    labels_by_name = {name: tuple(dict.fromkeys(labels)) for name, labels in strict.items()}
    for word, labels in loose.items():
        labels_by_name[word] = tuple(dict.fromkeys((*labels_by_name.get(word, ()), *labels)))
    longest_first = sorted(labels_by_name, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    return _Names(labels_by_name, frozenset(loose) - frozenset(strict), pattern)
