"""What a slot prints must not stand beside it once more.

``{{入伍人数}}人``, ``百分之{{登记率}}``, ``12人{{入伍人数}}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.facts.fields import DerivedFact, FactField, FieldType, TableColumn
from assistant.facts.sheet import FactSheet
from assistant.slots import forms
from assistant.slots.grammar import Slot
from assistant.slots.render import TOTAL, print_reference

Item = FactField | DerivedFact

#: Characters behind a measure word with which it is another word: 人员, 名单, 次序.
COMPOUNDS = {
    "人": "员均民才大武力次口家们数心防生",
    "名": "单称额义",
    "个": "人别体性案",
    "次": "数序日品",
    "户": "籍均",
    "条": "件例款",
    "份": "额",
    "起": "到来草点步",
    "张": "贴扬",
    "位": "于置列次",
    "处": "置理罚分",
    "支": "持援部付撑",
    "期": "间望限",
    "面": "对向积临",
    "幅": "度",
    "例": "如外会",
    "件": "",
    "天": "气",
    "块": "状",
}
_MONEY = r"[余多]?(?:[亿万][余多]?)?元(?![旦])|[余多]?[亿万](?![\u4e00-\u9fff])"
_DIGITS = "0123456789０１２３４５６７８９.．,，"


@dataclass(frozen=True)
class Printed:
    """What stands at the end of what a slot prints.

    Attributes:
        pattern: what says the same again behind it.
        measure: the measure word that it prints; ``others``: those that it can print instead.
        percent: 百分之 before it says the same.
    """

    pattern: str
    measure: str = ""
    others: tuple[str, ...] = ()
    percent: bool = False


def printed_end(slot: Slot, item: Item, sheet: FactSheet | None) -> Printed | None:
    """None where nothing can be doubled: texts, lists, bare numbers."""
    if len(slot.path) > 1:
        return _cell_end(slot, item, sheet) if isinstance(item, FactField) else None
    if slot.form == "数" or slot.form == "方向":
        return None
    if item.type is FieldType.YEAR:
        return Printed("年")
    if item.type is FieldType.DATE:
        return Printed("[日号]")
    if item.type is FieldType.PERCENT:
        compared = slot.form in ("增减", "增幅", "同比")
        return Printed("个?百分点") if compared else Printed("[%％]", percent=True)
    if slot.form in ("增幅", "同比") and item.type.numeric:
        return Printed("[%％]", percent=slot.form == "增幅")
    if item.type is FieldType.MONEY:
        return Printed(_MONEY)
    if item.type is not FieldType.COUNT:
        return None
    allowed = tuple(form for form in forms.allowed_forms(item) if form not in forms.FORMS)
    measure = slot.form if slot.form in allowed else item.measure
    return _counted(measure, allowed if slot.form in ("", *allowed) else ())


def _cell_end(slot: Slot, item: FactField, sheet: FactSheet | None) -> Printed | None:
    if item.type is not FieldType.TABLE or slot.form == "数":
        return None
    column = item.column(slot.path[2]) if len(slot.path) == 3 else None
    if column is None:
        told = [c for label in item.row if (c := item.column(label)) and c.type is not FieldType.TEXT]
        column = told[-1] if told else None
    if column is None or column.type is FieldType.TEXT:
        return None
    if column.type is FieldType.MONEY:
        return Printed(_MONEY)
    measure = column.measure or _row_measure(slot, item, column, sheet)
    same = forms.SAME_MEASURES.get(column.measure, ()) if len(slot.path) == 3 or slot.path[1] == TOTAL else ()
    return _counted(slot.form if slot.form in same else measure, (measure, *same) if same else ())


def _row_measure(slot: Slot, item: FactField, column: TableColumn, sheet: FactSheet | None) -> str:
    rows = sheet.value(item.label) if sheet else None
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, Mapping) and row.get(item.key_column.label) == slot.path[1]:
            return str(row.get(column.measure_from, ""))
    return ""


@lru_cache(maxsize=256)
def _counted(measure: str, allowed: tuple[str, ...]) -> Printed | None:
    words = sorted({measure, *allowed} - {""}, key=len, reverse=True)
    if not words:
        return None
    options = "|".join(
        re.escape(word) + (f"(?![{COMPOUNDS[word[-1]]}])" if COMPOUNDS.get(word[-1]) else "") for word in words
    )
    return Printed(f"[余多来]?(?P<measure>{options})", measure, tuple(word for word in allowed if word != measure))


def undouble(slot: Slot, before: str, after: str, item: Item, sheet: FactSheet | None) -> tuple[Slot, str, str]:
    """The slot and the prose around it without what would be said twice."""
    end = printed_end(slot, item, sheet)
    values = _values(slot, item, sheet)
    if end and end.percent and before.endswith("百分之"):
        before = before.removesuffix("百分之")
    while (shorter := _without_value_before(before, values)) != before:
        before = shorter
    while True:
        after, known = _without_value_after(after, values), after
        found = re.match(rf"[ \u3000]{{0,2}}(?:{end.pattern})", after) if end else None
        if found and end:
            measure = found.groupdict().get("measure") or ""
            if measure in end.others:
                slot = replace(slot, form=measure)
                end = printed_end(slot, item, sheet)
            after = after[found.end() :]
        if after == known:
            return slot, before, after


def _values(slot: Slot, item: Item, sheet: FactSheet | None) -> tuple[str, ...]:
    """The ways in which a model may have written the slot's own value beside it, longest first."""
    if sheet is None or slot.form in ("方向", "同比") or not (item.type.numeric or item.type is FieldType.YEAR):
        return ()
    ways = {slot, replace(slot, form="数")} if len(slot.path) == 1 else {slot}
    if len(slot.path) == 1 and slot.form == "":
        ways |= {replace(slot, form=form) for form in forms.allowed_forms(item) if form not in forms.FORMS}
    found = set()
    for way in ways:
        try:
            found.add(print_reference(way, sheet))
        except (forms.Missing, forms.Unknown):
            continue
    return tuple(sorted(found, key=len, reverse=True))


def _without_value_before(text: str, values: tuple[str, ...]) -> str:
    for value in values:
        if text.endswith(value) and text[-len(value) - 1 : -len(value)] not in (*_DIGITS, "第"):
            return text[: -len(value)]
    return text


def _without_value_after(text: str, values: tuple[str, ...]) -> str:
    for value in values:
        for opening, closing in (("（", "）"), ("(", ")"), ("", "")):
            if text.startswith(f"{opening}{value}{closing}"):
                rest = text[len(value) + len(opening) * 2 :]
                if opening or not value[-1].isdecimal() or rest[:1] not in (*_DIGITS, *"年月日%％"):
                    return rest
    return text
