"""The fact sheet: one report's facts, typed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import SheetError, SheetProblem
from assistant.facts.expressions import evaluate, names_in
from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType
from assistant.facts.nothing import says_nothing
from assistant.facts.tables import read_table, shortened
from assistant.facts.values import Approximation, Value, clean_text, read_value

JsonValue = str | int | float | list[Any] | dict[str, Any] | None


@dataclass(frozen=True)
class Fact:
    """One value. ``None`` and empty text/list/table mean "not filled in"; zero is a value.

    Attributes:
        approximate: the word of a 概数 (余, 多, 近, 约), "" when the figure is exact.
        last_year: last year's value, of the same type.
        last_told: last year's figure with the word of its 概数, where it was one. It belongs to that figure alone:
            whoever puts another one in its place has put an exact one.
        source: where it was taken from; ``note``: a remark. Neither is printed.
        private: 不外发, marked by a person: never shown to an endpoint, whatever the settings say.
    """

    value: Value | None = None
    approximate: Approximation = ""
    last_year: Value | None = None
    source: str = ""
    note: str = ""
    private: bool = False
    last_told: tuple[Value, Approximation] | None = None

    def __post_init__(self) -> None:
        if self.last_told is not None and (self.last_told[0] != self.last_year or not self.last_told[1]):
            object.__setattr__(self, "last_told", None)

    @property
    def last_approximate(self) -> Approximation:
        return self.last_told[1] if self.last_told else ""

    @property
    def empty(self) -> bool:
        return self.value is None or self.value == "" or self.value == ()

    @property
    def told(self) -> bool:
        """Whether there is something to print: it is filled in, and not with 无."""
        return not self.empty and not says_nothing(self.value)

    @property
    def shows(self) -> bool:
        """Whether there is something to tell that was done or is there: a zero is told as none."""
        return self.told and self.value != 0

    @property
    def blank(self) -> bool:
        """Nothing at all worth keeping."""
        return self.empty and self.last_year is None and not self.source and not self.note and not self.private


class _Entry(BaseModel):
    """The long form of a fact in YAML: ``{value: 12, last_year: 10}``."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    value: Any = None
    approximate: bool | Approximation = False
    last_year: Any = None
    source: str = ""
    note: str = ""
    private: bool = False


EMPTY = Fact()


@dataclass(frozen=True)
class FactSheet:
    """A report's facts under their labels. Immutable: ``with_fact`` gives a new sheet.

    Attributes:
        schema: what the report type asks for.
        facts: label → Fact, only for facts that carry something.
    """

    schema: FactSchema
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def fact(self, label: str) -> Fact:
        """The fact of a field or derived fact; an empty one where nothing is known.

        A derived fact is computed, from exact figures; only where it cannot be, a given value stands in for it.
        """
        derived = self._derived.get(label)
        if derived is not None:
            return derived
        return self.facts.get(label, EMPTY)

    @cached_property
    def _derived(self) -> dict[str, Fact]:
        found: dict[str, Fact] = {}
        # 500余 and 88 are no 588, and 410余 of 415 no 98.8 %.
        now = self._plain_values(lambda fact: None if fact.approximate else fact.value)
        # Last year's rate needs last year's figures, all of them.
        before = self._plain_values(lambda fact: None if fact.last_approximate else fact.last_year)
        for derived in self.schema.derived:
            value = _rounded(evaluate(derived.expr, now), derived)
            last = _rounded(evaluate(derived.expr, before), derived)
            if value is not None:
                found[derived.label] = Fact(value=value, last_year=last)
                # A later derived fact may build on this one.
                now[derived.label] = value
        return found

    def _plain_values(self, pick: Any) -> dict[str, Value | None]:
        picked = {label: pick(fact) for label, fact in self.facts.items()}
        return {label: value for label, value in picked.items() if Fact(value).told}

    def value(self, label: str) -> Value | None:
        """The value that is to be told; None where the fact is empty or says that there is nothing."""
        fact = self.fact(label)
        return fact.value if fact.told else None

    def private(self, label: str) -> bool:
        """Whether the fact never goes to an endpoint: by its field, by its own mark, or because it tells one that is.

        A rate of a figure that stays here would tell the figure.
        """
        return label in self._private

    @cached_property
    def _private(self) -> frozenset[str]:
        found = {item.label for item in self.schema.fields if item.private}
        found |= {label for label, fact in self.facts.items() if fact.private}
        for derived in self.schema.derived:
            # In the order of the report type: a later one may build on an earlier one.
            if names_in(derived.expr) & found:
                found.add(derived.label)
        return frozenset(found)

    def text(self, label: str, default: str = "") -> str:
        value = self.value(label)
        return value if isinstance(value, str) else default

    def filled(self, labels: Iterable[str] | None = None) -> int:
        """How many of the labels (all fields by default) carry a value."""
        return sum(not self.fact(label).empty for label in (self.schema.by_label if labels is None else labels))

    def values(self) -> dict[str, Value | None]:
        """Every field and derived fact with its value, None where empty: the names of expressions and phrases."""
        labels = (*self.schema.by_label, *self.schema.derived_by_label)
        return {label: self.value(label) for label in labels}

    def with_fact(self, label: str, fact: Fact) -> FactSheet:
        facts = dict(self.facts)
        if fact.blank:
            facts.pop(label, None)
        else:
            facts[label] = fact
        return FactSheet(self.schema, facts)

    def next_year(self, keep: Iterable[str]) -> FactSheet:
        """The sheet to start next year's report with: year + 1, figures become last_year, ``keep`` labels stay."""
        kept = set(keep)
        facts: dict[str, Fact] = {}
        for label, fact in self.facts.items():
            item = self.schema.by_label.get(label)
            if item is None:
                continue
            if item.type is FieldType.YEAR and isinstance(fact.value, int):
                facts[label] = Fact(value=fact.value + 1, private=fact.private)
            elif label in kept:
                facts[label] = replace(fact, last_year=None)
            elif fact.told and (item.type.numeric or item.type is FieldType.TABLE):
                told = None if fact.value is None else (fact.value, fact.approximate)
                facts[label] = Fact(last_year=fact.value, private=fact.private, last_told=told)
        return FactSheet(self.schema, facts)


_MOST_PLACES = 4


def _to_places(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _rounded(result: object, derived: DerivedFact) -> Value | None:
    if not isinstance(result, int | Decimal) or isinstance(result, bool):
        return None
    exact = Decimal(result)
    rounded = _to_places(exact, derived.places)
    if derived.type is FieldType.COUNT:
        return int(rounded)
    if derived.type is FieldType.PERCENT:
        # 2599 of 2600 are not all, and one of 3000 is not none: no paper may say 100 % or 0 % of them.
        places = derived.places
        while rounded != exact and rounded in (0, 100) and places < _MOST_PLACES:
            places += 1
            rounded = _to_places(exact, places)
        if rounded != exact and rounded in (0, 100):
            return None
    return rounded.normalize() if rounded != rounded.to_integral_value() else rounded.quantize(Decimal(1))


def read_fact(raw: object, item: FactField) -> Fact:
    """One fact from its YAML value, short (``12``) or long (``{value: 12, last_year: 10}``).

    Raises:
        SheetError: all problems of this fact.
    """
    problems: list[SheetProblem] = []
    fact = _read_fact(raw, item, problems)
    if problems:
        raise SheetError(problems)
    return fact


def _read_fact(raw: object, item: FactField, problems: list[SheetProblem]) -> Fact:
    entry = _Entry(value=raw)
    if isinstance(raw, dict):
        try:
            entry = _Entry.model_validate(raw)
        except ValidationError as error:
            for fault in error.errors():
                name = ".".join(str(part) for part in fault["loc"][:1])
                problems.append(
                    SheetProblem(
                        item.label, f"的“{name}”写法不对", "value、approximate、last_year、source、note、private 这几项"
                    )
                )
            return EMPTY
    value, said = _read(entry.value, item, item.label, problems)
    last_year, last_word = _read(entry.last_year, item, f"{item.label}（去年）", problems)
    word: Approximation = said or ("余" if entry.approximate is True else entry.approximate or "")
    if word and not item.type.numeric:
        problems.append(SheetProblem(item.label, "不是数量，不能标为概数"))
        word = ""
    if last_year is not None and not (item.type.numeric or item.type is FieldType.TABLE):
        problems.append(SheetProblem(item.label, "不是数量，没有去年数"))
        last_year = None
    told = None if last_year is None else (last_year, last_word)
    return Fact(value, word, last_year, clean_text(entry.source), clean_text(entry.note), entry.private, told)


def _read(raw: object, item: FactField, label: str, problems: list[SheetProblem]) -> tuple[Value | None, Approximation]:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None, ""
    if item.type is FieldType.TABLE:
        return read_table(raw, item, label, problems), ""
    try:
        return read_value(raw, item)
    except ValueError as error:
        problems.append(SheetProblem(label, f"写的是“{shortened(raw)}”", str(error)))
        return None, ""


def read_facts(raw: Mapping[Any, object], schema: FactSchema, lines: Mapping[str, int] | None = None) -> FactSheet:
    """A sheet from ``label: value`` pairs; labels may be aliases.

    Args:
        lines: label as written → 1-based line, for the problems' places.

    Raises:
        SheetError: every problem of every fact at once.
    """
    problems: list[SheetProblem] = []
    facts: dict[str, Fact] = {}
    for name, value in raw.items():
        mine: list[SheetProblem] = []
        item = schema.find(str(name))
        if item is None:
            nearest = schema.nearest(str(name))
            mine.append(SheetProblem(str(name), "不是已知的事实", f"“{nearest[0]}”（最接近的一项）" if nearest else ""))
        elif item.label in facts:
            mine.append(SheetProblem(str(name), f"与“{item.label}”是同一项，写了两次"))
        else:
            fact = _read_fact(value, item if isinstance(item, FactField) else _as_field(item), mine)
            if not fact.blank:
                facts[item.label] = fact
        line = (lines or {}).get(str(name))
        problems.extend(replace(problem, line=line) for problem in mine)
    if problems:
        raise SheetError(problems)
    return FactSheet(schema, facts)


def _as_field(derived: DerivedFact) -> FactField:
    """A derived fact given by hand (its inputs being unknown) is read like a field of its type."""
    return FactField(
        label=derived.label, type=derived.type, group="", measure=derived.measure, measures=derived.measures
    )


def plain(value: Value | None) -> JsonValue:
    """A value as JSON and YAML can hold it; ``read_facts`` reads it back to the same value."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return [item if isinstance(item, str) else {k: plain(v) for k, v in item.items()} for item in value]


def plain_last(fact: Fact) -> JsonValue:
    """Last year's value as ``plain`` gives it, with its word: 4200余."""
    last, word = plain(fact.last_year), fact.last_approximate
    if not word:
        return last
    return f"{word}{last}" if word in ("近", "约") else f"{last}{word}"


def plain_fact(fact: Fact) -> JsonValue:
    """The shortest form that reads back to the same fact."""
    extras: dict[str, JsonValue] = {}
    if fact.approximate:
        extras["approximate"] = True if fact.approximate == "余" else fact.approximate
    if fact.last_year is not None:
        extras["last_year"] = plain_last(fact)
    if fact.source:
        extras["source"] = fact.source
    if fact.note:
        extras["note"] = fact.note
    if fact.private:
        extras["private"] = True
    value = None if fact.empty else plain(fact.value)
    return {"value": value, **extras} if extras else value
