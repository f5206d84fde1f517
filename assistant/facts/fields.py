"""What facts a report type asks for: fields, derived facts and the rules among them.

All of it is read from ``report.yaml``; nothing here knows a report type by name.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.facts.cues import NO_HINTS, ExtractionHints

Severity = Literal["error", "warning", "hint"]


class FieldType(StrEnum):
    """The types of reports.md. ``money`` is held in yuan; ``percent`` in percentage points (98.5 = 98.5%)."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    YEAR = "year"
    DATE = "date"
    TEXT = "text"
    CHOICE = "choice"
    LIST = "list"
    TABLE = "table"

    @property
    def numeric(self) -> bool:
        """Whether a fact of this type may be approximate and may carry last year's value."""
        return self in (FieldType.COUNT, FieldType.MONEY, FieldType.PERCENT)


class Names(StrEnum):
    """What a text names: prose shortens a unit's name by its place, a person's by the surname."""

    UNIT = "unit"
    PERSON = "person"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TableColumn(_Data):
    """A typed column of a table fact.

    Attributes:
        measure: measure word behind a count (人).
        measure_from: the text column that holds each row's own measure word (宣传品明细 → 量词).
        names: what a text column names (姓名); None for words that name nobody.
    """

    label: str = Field(min_length=1)
    type: Literal[FieldType.TEXT, FieldType.COUNT, FieldType.MONEY]
    measure: str = ""
    measure_from: str = ""
    aliases: tuple[str, ...] = ()
    names: Names | None = None


class FactField(_Data):
    """One fact that a person fills in. The label is its key everywhere.

    Attributes:
        group: the heading of the form under which it stands.
        measure: its measure word (人); ``measures`` are others that a slot may ask for (名).
        required_by: keys of the shapes that cannot do without it.
        row: for a table, the columns that tell one row in running text, in order.
        private: its value never goes to an endpoint (不外发), whatever the settings say.
        names: what a text names (单位全称, 述职人): its shorter forms are withheld with it; None where it names nobody.
        lines: height hint of a text input, in lines.
    """

    label: str = Field(min_length=1)
    type: FieldType
    group: str
    measure: str = ""
    measures: tuple[str, ...] = ()
    meaning: str = ""
    aliases: tuple[str, ...] = ()
    hint: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[TableColumn, ...] = ()
    row: tuple[str, ...] = ()
    required_by: tuple[str, ...] = ()
    private: bool = False
    names: Names | None = None
    lines: int = 1

    @model_validator(mode="after")
    def _complete(self) -> FactField:
        if self.type is FieldType.CHOICE and not self.choices:
            raise ValueError(f"“{self.label}”是选择项，缺 choices")
        if self.type is FieldType.TABLE:
            if not self.columns:
                raise ValueError(f"“{self.label}”是表格，缺 columns")
            known = {column.label for column in self.columns}
            unknown = [name for name in self.row if name not in known]
            if unknown:
                raise ValueError(f"“{self.label}”的 row 用了没有的列：{'、'.join(unknown)}")
        return self

    @property
    def key_column(self) -> TableColumn:
        """The first column of a table: it names the rows in slots (``民兵分队.应急排``)."""
        return self.columns[0]

    def column(self, label: str) -> TableColumn | None:
        return next((c for c in self.columns if label == c.label or label in c.aliases), None)


class DerivedFact(_Data):
    """A fact that code computes from others; a model never does.

    Attributes:
        expr: a Jinja2 expression over labels, e.g. ``兵役登记 / 适龄青年 * 100``; none while one of them is empty.
        places: decimals kept (half up).
    """

    label: str = Field(min_length=1)
    type: Literal[FieldType.COUNT, FieldType.MONEY, FieldType.PERCENT]
    expr: str
    group: str = ""
    measure: str = ""
    measures: tuple[str, ...] = ()
    meaning: str = ""
    aliases: tuple[str, ...] = ()
    places: int = Field(default=0, ge=0, le=4)


class SheetRule(_Data):
    """Something that must hold among facts.

    Attributes:
        expr: a Jinja2 expression that is true when the rule holds; not judged while a fact it names is empty.
        message: slot text for the user, shown when it does not hold; its slots name both figures.
        facts: the labels beside which the finding is shown.
        each: a table fact: the rule is judged for every row, whose columns are names in ``expr``; in ``message``
            ``{{民兵分队.*.实有人数}}`` means the row at hand.
        unless: not judged while one of these has a value, because a nearer rule speaks then.
        exact: not judged while one of ``facts`` is approximate: 90余人 equals nothing.
    """

    id: str = Field(min_length=1)
    expr: str
    message: str
    facts: tuple[str, ...]
    severity: Severity = "error"
    each: str = ""
    unless: tuple[str, ...] = ()
    exact: bool = False


class FactSchema(_Data):
    """All that a report type says about facts.

    Attributes:
        hints: how prose says them (extraction.yaml).
        learned: the file of the models that weigh what the hints leave open; None where a type has none.
    """

    fields: tuple[FactField, ...]
    derived: tuple[DerivedFact, ...] = ()
    rules: tuple[SheetRule, ...] = ()
    hints: ExtractionHints = NO_HINTS
    learned: Path | None = None

    @cached_property
    def by_label(self) -> dict[str, FactField]:
        return {field.label: field for field in self.fields}

    @cached_property
    def places(self) -> dict[str, int]:
        """Label → place in the form, from 0. To look for the fact itself compares it with each before it."""
        return {field.label: place for place, field in enumerate(self.fields)}

    @cached_property
    def tables(self) -> frozenset[str]:
        return frozenset(field.label for field in self.fields if field.type is FieldType.TABLE)

    @cached_property
    def derived_by_label(self) -> dict[str, DerivedFact]:
        return {derived.label: derived for derived in self.derived}

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Group names in the order of the form."""
        return tuple(dict.fromkeys(field.group for field in self.fields))

    @cached_property
    def _aliases(self) -> dict[str, str]:
        """Alias → label; an alias that two facts share names neither."""
        seen: dict[str, str | None] = {}
        items: tuple[FactField | DerivedFact, ...] = (*self.fields, *self.derived)
        for item in items:
            for alias in item.aliases:
                seen[alias] = None if alias in seen and seen[alias] != item.label else item.label
        return {alias: label for alias, label in seen.items() if label and alias not in self.by_label}

    def in_order(self) -> list[FactField | DerivedFact]:
        """Every field, and every derived fact behind the fields of its group, in the order of the form."""
        found: list[FactField | DerivedFact] = []
        for group in dict.fromkeys([*self.groups, *(derived.group for derived in self.derived)]):
            found += self.in_group(group)
            found += (derived for derived in self.derived if derived.group == group)
        return found

    def in_group(self, group: str) -> Iterator[FactField]:
        return (field for field in self.fields if field.group == group)

    def find(self, name: str) -> FactField | DerivedFact | None:
        """The field or derived fact of that label, or of that unambiguous alias."""
        label = self._aliases.get(name, name)
        return self.by_label.get(label) or self.derived_by_label.get(label)

    def nearest(self, name: str, count: int = 1) -> list[str]:
        """Known labels that look like ``name``, best first; empty when none does."""
        known = [*self.by_label, *self.derived_by_label, *self._aliases]
        close = difflib.get_close_matches(name, known, n=count * 2, cutoff=0.5)
        contained = [label for label in known if len(name) >= 2 and (name in label or label in name)]
        found = dict.fromkeys(self._aliases.get(label, label) for label in [*close, *contained])
        return list(found)[:count]

    def required(self, shape: str) -> list[FactField]:
        """The facts that a shape cannot do without, in the order of the form."""
        return [field for field in self.fields if shape in field.required_by]
