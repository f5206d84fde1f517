"""Lists whose figures stand in front of their names: 600条毛巾、100套文具、450个保温杯 are rows of one table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import FIGURE, pattern
from assistant.intake.extract_figures import unit_of, value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

_NAME = rf"[^，。；：、！？\n（）|｜\t \u3000和及等{FIGURE}]{{1,8}}"
_LIST = re.compile(rf"(?<!{FIGURE}){FIGURE}+{_NAME}(?:(?:[、和及]|以及){FIGURE}+{_NAME}){{1,80}}+(?=等|[，。；\n（]|$)")
_ITEM = re.compile(rf"(?P<figure>{FIGURE}+)(?P<name>{_NAME})")


def ahead(
    frame: Frame, masked: str, figures: Sequence[Numeral], schema: FactSchema, reader: Reader, told: dict[int, str]
) -> list[Row]:
    """A row for each free item of such a list, of the tables whose rows have measure words of their own.

    Args:
        told: number of a figure → the fact or table that it states already, "" where it may state nothing.
    """
    found: list[Row] = []
    at = {one.start: place for place, one in enumerate(figures)}
    for label, cues in schema.hints.tables.items():
        if not cues.unit_column or cues.open is None:
            continue
        item = schema.by_label[label]
        for each in _LIST.finditer(masked):
            parts = [(at.get(one.start()), one["name"], one.end()) for one in _ITEM.finditer(masked, *each.span())]
            mine = [(place, name, end) for place, name, end in parts if place is not None and place not in told]
            if len(parts) < 2 or not mine or not _is_list(frame, each.start(), [name for _, name, _ in parts], cues):
                continue
            if any(pattern(cues.open.unless).search(name) for _, name, _ in mine):
                # 20台对讲机、150套雨衣: another kind of things.
                continue
            for place, name, end in mine:
                one = figures[place]
                if one.kind == "count" and one.unit in cues.open.units and reader.judge(place).role == "value":
                    found.append(_row(item, cues, name, one, place, end))
    return found


def _is_list(frame: Frame, place: int, names: Sequence[str], cues: TableCues) -> bool:
    """A name that the table knows, or words in the sentence that say what is listed."""
    sentence = frame.sentence(place)
    words = frame.heading(sentence) + frame.text[sentence.start : sentence.end]
    assert cues.open is not None
    known = any(pattern(cues.key).search(name) for name in names)
    return (known and pattern(cues.near).search(words) is not None) or re.search(cues.open.near, words) is not None


def _row(item: FactField, cues: TableCues, name: str, one: Numeral, place: int, end: int) -> Row:
    amount = next(column for column in item.columns if column.type is FieldType.COUNT)
    cells: dict[str, Value | None] = {
        item.key_column.label: name,
        amount.label: value_of_figure(one, FieldType.COUNT),
        cues.unit_column: unit_of(one),
    }
    return Row(item.label, cells, one.start, end, {place})
