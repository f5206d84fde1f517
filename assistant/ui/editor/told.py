"""What the editor is told: a section's text with its slots as they print, and the facts that can be put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.checks.finding import Finding
from assistant.facts.fields import DerivedFact, FactField, FieldType
from assistant.facts.search import sounds
from assistant.facts.sheet import FactSheet
from assistant.reports.manuscript import Pieces
from assistant.slots.forms import COMPARED, allowed_forms
from assistant.slots.grammar import Slot, parse_placed, print_slot
from assistant.slots.render import TOTAL, render

#: The one form that looks at the words in front of it.
_COMPARING = "同比"
#: Kinds of findings that get a wavy line.
_MARKED = ("number", "voice")


def slots_told(text: str, sheet: FactSheet) -> dict[str, dict[str, str]]:
    """Slot as it is written → fact, name, what it prints, kind (value, missing, fault); what is wrong; what it prints
    behind a word that compares already, where that differs."""
    told: dict[str, dict[str, str]] = {}
    for placed in parse_placed(text):
        source = text[placed.start : placed.end]
        if not isinstance(placed.node, Slot) or source in told:
            continue
        slot = placed.node
        item = sheet.schema.find(slot.label)
        [piece] = render(source, sheet)
        told[source] = {
            "fact": item.label if item else slot.label,
            "name": slot.name,
            "shown": _line(piece.text),
            "kind": piece.kind,
        }
        if piece.note:
            told[source]["note"] = piece.note
        if slot.form == _COMPARING:
            told[source]["said"] = _line(render(COMPARED[0] + source, sheet)[1].text)
    return told


def marks_told(text: str, findings: Iterable[Finding], key: str) -> list[tuple[int, int, str]]:
    """[from, to, message] of a section's bare numbers and of where the other voice speaks, counted in the UTF-16 units
    of a browser."""
    return [
        (_units(text[: finding.start]), _units(text[: finding.end]), finding.message)
        for finding in findings
        if finding.section_key == key and finding.kind in _MARKED and finding.part == "text"
    ]


def heading_told(heading: Pieces) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in heading]


def choices_told(sheet: FactSheet) -> list[dict[str, Any]]:
    """Every fact that a slot can name, in the order of the form, with the other ways to write it."""
    schema = sheet.schema
    items: Sequence[FactField | DerivedFact] = (*schema.fields, *schema.derived)
    return [
        {
            "label": item.label,
            "shown": _printed(Slot((item.label,)), sheet),
            "meaning": item.meaning,
            "group": item.group,
            "sounds": [list(readings) for readings in sounds(item.label)],
            "more": _others(item, sheet),
        }
        for item in items
    ]


def _others(item: FactField | DerivedFact, sheet: FactSheet) -> list[tuple[str, str]]:
    slots = [Slot((item.label,), form) for form in allowed_forms(item)]
    value = sheet.fact(item.label).value
    if isinstance(item, FactField) and item.type is FieldType.TABLE and isinstance(value, tuple):
        for row in value:
            if isinstance(row, Mapping) and (name := str(row.get(item.key_column.label) or "")):
                slots.append(Slot((item.label, name)))
                slots += [Slot((item.label, name, column.label)) for column in item.columns[1:]]
        slots += [Slot((item.label, TOTAL, column.label)) for column in item.columns[1:]]
    if isinstance(item, FactField) and item.type is FieldType.LIST and isinstance(value, tuple):
        slots += [Slot((item.label, str(place + 1))) for place in range(len(value))]
    return [(print_slot(slot), shown) for slot in slots if (shown := _printed(slot, sheet))]


def _printed(slot: Slot, sheet: FactSheet) -> str:
    """What a slot prints; "" where its fact is empty or has no such form."""
    pieces = render(print_slot(slot), sheet)
    return _line(pieces[0].text) if len(pieces) == 1 and pieces[0].kind == "value" else ""


def _line(text: str) -> str:
    return " ".join(text.split("\n"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
