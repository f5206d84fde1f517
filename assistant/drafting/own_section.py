"""A section that a person added has no phrases: the embedded engine tells its facts one by one, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafting.brief import Brief
from assistant.drafting.tidy import ITEM, PARAGRAPH, RESTART, tidy
from assistant.errors import InputError
from assistant.facts.fields import DerivedFact, FactField, FieldType
from assistant.facts.sheet import FactSheet
from assistant.facts.values import table_rows
from assistant.slots.forms import comparable
from assistant.slots.grammar import Slot, print_slot

#: Labels that end so want a word before their figure: 入伍人数为…, but 专题会议…次.
_COUNTING = ("数", "额", "率", "比例", "人次", "课时", "合计", "天数", "人数", "长度", "面积")
#: Figures in one sentence, by the seed.
_TOGETHER = (3, 2)
_Item = FactField | DerivedFact


def own_text(brief: Brief, seed: int) -> str:
    """Slot text that tells the facts of the section and nothing else. Facts without a value are left out; where none
    has one, all stand as 【待补】.

    Raises:
        InputError: the section has no facts.
    """
    sheet = brief.sheet
    items = [item for label in brief.section.facts if (item := sheet.schema.find(label))]
    if not items:
        raise InputError(
            f"“{brief.section.title}”是自己加的一节，还没有选事实，内置范式写不出来。",
            "请在“编辑提纲”里给它选几项事实，或接一个模型，或直接在纸上写。",
        )
    told = [item for item in items if sheet.fact(item.label).told] or items
    year = next((item for item in told if item.type is FieldType.YEAR), None)
    figures = [_figure(item, sheet) for item in told if item.type.numeric and item is not year]
    together = _TOGETHER[seed % len(_TOGETHER)]
    parts = ["，".join(figures[start : start + together]) for start in range(0, len(figures), together)]
    parts += [part for item in told if item is not year and not item.type.numeric for part in _words(item, sheet)]
    lead = f"{print_slot(Slot((year.label,)))}，" if year else ""
    return tidy(lead + "。".join(parts))


def _figure(item: _Item, sheet: FactSheet) -> str:
    """兵役登记率为{{兵役登记率}}; with last year's figure also how it moved."""
    slot = print_slot(Slot((item.label,)))
    linked = "为" if item.label.endswith(_COUNTING) else ""
    fact = sheet.fact(item.label)
    moved = "" if not comparable(fact) else f"，{print_slot(Slot((item.label,), '同比'))}"
    return f"{item.label}{linked}{slot}{moved}"


def _words(item: _Item, sheet: FactSheet) -> Iterator[str]:
    slot = print_slot(Slot((item.label,)))
    value = sheet.value(item.label)
    if item.type is FieldType.LIST and isinstance(value, tuple) and value:
        entries = "；".join(
            f"{ITEM}{print_slot(Slot((item.label, str(number))))}" for number in range(1, len(value) + 1)
        )
        yield f"{PARAGRAPH}{RESTART}{item.label}：{entries}"
    elif item.type is FieldType.TABLE:
        yield f"{item.label}：{slot}" if table_rows(value) else f"{item.label}{slot}"
    else:
        yield f"{item.label}为{slot}"
