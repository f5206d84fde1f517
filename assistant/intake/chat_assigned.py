"""Texts, choices and dates that a message assigns: 述职人是张三."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value, read_value
from assistant.intake.chat_names import Named
from assistant.slots.numerals import find_numerals

_ASSIGN = re.compile(r"(?:应该|应当|应)?(?:改成|改为|换成|写成|填成|填|更正为|是|为|叫|：|:)")
_ASKED = re.compile(r"[?？吗呢么谁哪几]|多少|什么")
_SENTENCE = re.compile(r"[。；！？;!?\n]")
_CLAUSE = re.compile(r"[，,]")
_LEAD = re.compile(r"\s*(?:请|帮我|把|将)*")
_DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?")
_TEXTS = (FieldType.TEXT, FieldType.CHOICE, FieldType.DATE, FieldType.YEAR)
_SHOWN = 12


@dataclass(frozen=True)
class Assigned:
    """A value for a fact, from characters [start, end)."""

    label: str
    value: Value
    start: int
    end: int


def assigned(
    text: str, names: Sequence[Named], schema: FactSchema, told: Collection[str] = (), year: int | None = None
) -> tuple[list[Assigned], list[str]]:
    """What a cleaned text assigns, and what of it cannot be read.

    Args:
        told: labels of the tables of which rows were read already.
        year: the report's, which a date without one is of.
    """
    found: list[Assigned] = []
    notes: list[str] = []
    for begin, end in _stretches(text, 0, len(text), _SENTENCE):
        for start, stop in _stretches(text, begin, end, _CLAUSE):
            one = _value(text, (start, stop), names, schema, year)
            if isinstance(one, str):
                if not any(f"“{label}”" in one for label in told):
                    notes.append(one)
            elif one is not None:
                found.append(one)
    return found, notes


def _value(
    text: str, place: tuple[int, int], names: Sequence[Named], schema: FactSchema, year: int | None
) -> Assigned | str | None:
    begin, end = place
    clause = text[begin:end]
    lead = _LEAD.match(clause)
    first = begin + (lead.end() if lead else 0)
    name = next((one for one in names if one.start == first and one.end <= end), None)
    item = _item_named(name, schema) if name else None
    verb = _ASSIGN.match(text, name.end, end) if name else None
    if item is None or verb is None or _ASKED.search(clause):
        return None
    raw = text[verb.end() : end].strip(" “”\"'的")
    if not raw:
        return None
    if item.type is FieldType.LIST:
        return None
    if item.type not in _TEXTS:
        return _told_as_text(raw, item)
    if item.type is FieldType.DATE and year is not None and (day := _DAY.fullmatch(raw)):
        raw = f"{year}年{day['month']}月{day['day']}日"
    try:
        return Assigned(item.label, read_value(raw, item)[0], begin, end)
    except ValueError as error:
        return f"“{item.label}”读不懂“{raw[:_SHOWN]}”，应为{error}。"


def _item_named(name: Named, schema: FactSchema) -> FactField | None:
    return None if name.loose or len(name.labels) != 1 else schema.by_label.get(name.labels[0])


def _told_as_text(raw: str, item: FactField) -> str | None:
    """What to say to 专武干部是李建国: the fact is a number. Figures are read elsewhere."""
    if find_numerals(raw):
        return None
    if item.type is FieldType.TABLE:
        return f"“{item.label}”是一张表，请在“事实”页填，没有记“{raw[:_SHOWN]}”。"
    what = f"“{item.label}”要填数（{item.measure}）" if item.measure else f"“{item.label}”要填数"
    return f"{what}，“{raw[:_SHOWN]}”不是数，没有记。"


def _stretches(text: str, begin: int, end: int, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = begin
    for found in mark.finditer(text, begin, end):
        yield at, found.start()
        at = found.end()
    yield at, end
