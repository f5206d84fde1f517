"""Texts that a changed fact may have overtaken.

A changed value is printed at once wherever it stands. What code cannot print anew are the words around it: 增长 beside
a figure that fell, 三个方面 before a list of four, 未发生 where something happened. Only they make a section stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.finding import Finding
from assistant.checks.nearby import Nearby
from assistant.facts.fields import DerivedFact, FactField, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import list_items, table_rows
from assistant.reports.report import Section
from assistant.reports.snapshot import changed_since
from assistant.slots.forms import Change, Missing, Unknown, change, print_fact
from assistant.slots.render import TOTAL

#: Forms that need last year's figure, and those that leave the direction to the words around them.
_COMPARING = frozenset({"同比", "增幅", "增减", "方向", "去年"})
_UNDIRECTED = frozenset({"增幅", "增减"})


@dataclass(frozen=True)
class _Changed:
    """One fact, then and now, and how the text speaks of it."""

    item: FactField | DerivedFact
    then: Fact
    now: Fact
    wording: Nearby
    home: bool

    @property
    def label(self) -> str:
        return self.item.label


@dataclass(frozen=True)
class _Reason:
    rule: str
    message: str
    start: int = 0
    end: int = 0


def stale_findings(section: Section, sheet: FactSheet) -> list[Finding]:
    """One finding for each fact that changed since the text was written and on which its wording may depend."""
    if section.snapshot is None or not section.text:
        return []
    changed = changed_since(section.snapshot, sheet)
    if not changed:
        return []
    wording = Nearby(section.text, section.heading, sheet.schema)
    found = []
    for label, (then, now) in changed.items():
        item = sheet.schema.find(label)
        assert item is not None
        reason = next(_reasons(_Changed(item, then, now, wording, label in section.facts)), None)
        if reason is not None:
            found.append(
                Finding(
                    rule=f"stale.{reason.rule}",
                    severity="warning",
                    message=reason.message,
                    section_key=section.key,
                    start=reason.start,
                    end=reason.end,
                    excerpt=section.text[reason.start : reason.end],
                    facts=(label,),
                )
            )
    return found


def _reasons(changed: _Changed) -> Iterator[_Reason]:
    """What there is to say of one fact, the weightiest first."""
    yield from _emptied(changed)
    yield from _filled(changed)
    yield from _zero(changed)
    yield from _direction(changed)
    if changed.item.type is FieldType.LIST:
        yield from _list(changed)
    if changed.item.type is FieldType.TABLE:
        yield from _rows(changed)


def _emptied(changed: _Changed) -> Iterator[_Reason]:
    if not changed.then.told or changed.now.told:
        return
    slots = changed.wording.slots(changed.label)
    if slots:
        how = "已清空" if changed.now.empty else "已改成没有"
        yield _Reason("emptied", f"“{changed.label}”{how}，这一节还写着它。", slots[0].start, slots[0].end)
    elif changed.home and changed.then.value == 0:
        yield _Reason("emptied", f"“{changed.label}”原为0，现已清空，这一节可能还写着“没有发生”。")


def _filled(changed: _Changed) -> Iterator[_Reason]:
    if not changed.then.told and changed.now.told and changed.home and not changed.wording.names(changed.label):
        yield _Reason("filled", f"“{changed.label}”是后来填的（{_shown(changed)}），这一节没有写到。")


def _zero(changed: _Changed) -> Iterator[_Reason]:
    then, now, wording = changed.then.value, changed.now.value, changed.wording
    if not isinstance(then, int | Decimal) or not isinstance(now, int | Decimal) or (then == 0) == (now == 0):
        return
    slots = wording.slots(changed.label)
    if now == 0:
        if slots:
            message = f"“{changed.label}”现为0，这一节还当作有来写。"
            yield _Reason("zero", message, slots[0].start, slots[0].end)
    elif not slots:
        if changed.home and not wording.names(changed.label):
            yield _Reason("zero", f"“{changed.label}”原为0，现为{_shown(changed)}，这一节没有写到，或还写着没有发生。")
    elif denial := next(wording.words(changed.label, "none"), None):
        message = f"“{changed.label}”原为0，现为{_shown(changed)}，文字里还写着“{denial.text}”。"
        yield _Reason("zero", message, denial.start, denial.end)


def _direction(changed: _Changed) -> Iterator[_Reason]:
    then, now = change(changed.then), change(changed.now)
    was, is_ = then.direction if then else "", now.direction if now else ""
    if was != is_:
        yield from _turned(changed, was, is_)
    elif then and now and _doubled(then) and not _doubled(now):
        for word in changed.wording.words(changed.label, "double"):
            yield _Reason(
                "direction", f"“{changed.label}”增幅已不到一倍，文字里写的是“{word.text}”。", word.start, word.end
            )


def _turned(changed: _Changed, was: str, is_: str) -> Iterator[_Reason]:
    turned = f"由{was}变为{is_}" if was and is_ else (f"与去年比是{is_}" if is_ else "已没有去年的数可比")
    kinds = ("up", "down", "level", "double", "top") if is_ else ("up", "down", "level", "double", "top", "against")
    for word in changed.wording.words(changed.label, *kinds):
        if {"up": "增长", "down": "下降", "level": "持平"}.get(word.kind) != is_:
            message = f"“{changed.label}”{turned}，文字里写的是“{word.text}”。"
            yield _Reason("direction", message, word.start, word.end)
    # A percentage or a difference says no direction: with 持平 there is none to say.
    forms = _COMPARING if not is_ else _UNDIRECTED if is_ == "持平" else frozenset()
    for slot in changed.wording.slots(changed.label):
        if slot.slot.form in forms:
            yield _Reason("direction", f"“{changed.label}”{turned}，文字里还写着与去年比的数。", slot.start, slot.end)


def _doubled(changed: Change) -> bool:
    return changed.direction == "增长" and changed.ratio is not None and changed.ratio >= 100


def _list(changed: _Changed) -> Iterator[_Reason]:
    then, now = _told_items(changed.then), _told_items(changed.now)
    slots = changed.wording.slots(changed.label)
    if not slots or then == now:
        return
    told = {
        int(slot.slot.path[1]): slot for slot in slots if len(slot.slot.path) == 2 and slot.slot.path[1].isdecimal()
    }
    whole = any(len(slot.slot.path) == 1 for slot in slots)
    for place, slot in sorted(told.items()):
        if place > len(now):
            yield _Reason(
                "list",
                f"“{changed.label}”由{len(then)}条减为{len(now)}条，文字里还写着第{place}条。",
                slot.start,
                slot.end,
            )
        elif place <= len(then) and _moved(then, now, place - 1):
            message = f"“{changed.label}”各条的次序变了，文字是按原来的次序写的。"
            yield _Reason("list", message, slot.start, slot.end)
    untold = [place for place in range(len(then) + 1, len(now) + 1) if place not in told]
    if told and untold and not whole:
        yield _Reason("list", f"“{changed.label}”由{len(then)}条增为{len(now)}条，这一节没有写到第{untold[0]}条。")
    if len(then) != len(now):
        for count in changed.wording.counts(changed.label, len(then)):
            message = f"“{changed.label}”由{len(then)}条变为{len(now)}条，文字里写的是“{count.text}”。"
            yield _Reason("list", message, count.start, count.end)


def _moved(then: Sequence[str], now: Sequence[str], place: int) -> bool:
    """Whether another item stands there, not the same one in other words."""
    return then[place] != now[place] and (then[place] in now or now[place] in then)


def _rows(changed: _Changed) -> Iterator[_Reason]:
    assert isinstance(changed.item, FactField)
    key = changed.item.key_column.label
    then, now = _names(changed.then, key), _names(changed.now, key)
    slots = changed.wording.slots(changed.label)
    told = {slot.slot.path[1]: slot for slot in slots if len(slot.slot.path) > 1 and slot.slot.path[1] != TOTAL}
    for name, slot in told.items():
        if name in then and name not in now:
            yield _Reason("rows", f"“{changed.label}”里已没有“{name}”，这一节还写着它。", slot.start, slot.end)
    new = [name for name in now if name not in then and name not in told]
    if told and new and not any(len(slot.slot.path) == 1 for slot in slots):
        yield _Reason("rows", f"“{changed.label}”新增了“{'”“'.join(new[:3])}”，这一节没有写到。")


def _told_items(fact: Fact) -> tuple[str, ...]:
    return list_items(fact.value) if fact.told else ()


def _names(fact: Fact, key: str) -> list[str]:
    return [str(row.get(key, "")) for row in (table_rows(fact.value) if fact.told else ())]


def _shown(changed: _Changed) -> str:
    try:
        text = print_fact(changed.now, changed.item)
    except (Missing, Unknown):
        return ""
    return text if len(text) <= 16 else f"{text[:15]}…"
