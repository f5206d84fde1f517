"""The facts that a text was written on: what tells later which of its words a changed fact has overtaken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.errors import SheetError
from assistant.facts.fields import FactSchema
from assistant.facts.sheet import Fact, FactSheet, JsonValue, plain_fact, read_facts
from assistant.reports.report import Section
from assistant.slots.grammar import slots_in

#: Label → ``plain_fact``, None for a fact that was empty.
Snapshot = Mapping[str, JsonValue]


def snapshot_of(section: Section, text: str, sheet: FactSheet) -> dict[str, JsonValue]:
    """The facts that ``text`` speaks of and those that the section should use, as the sheet has them now."""
    named = [slot.label for slot in slots_in(f"{section.heading}\n{text}")]
    items = (sheet.schema.find(label) for label in (*section.facts, *named))
    return {item.label: _plain(sheet.fact(item.label)) for item in items if item is not None}


def changed_since(snapshot: Snapshot, sheet: FactSheet) -> dict[str, tuple[Fact, Fact]]:
    """Label → (then, now) of every fact whose value, approximation or last year's figure is another one now.

    A fact that the report type no longer knows, or reads otherwise, is left out: nothing can be said about it.
    """
    found: dict[str, tuple[Fact, Fact]] = {}
    for label, then in snapshot.items():
        now = sheet.fact(label)
        if then != _plain(now) and (before := _read(label, then, sheet.schema)) is not None:
            found[label] = before, now
    return found


def _plain(fact: Fact) -> JsonValue:
    # Where a figure comes from is not what a text was written on.
    return plain_fact(replace(fact, source="", note=""))


def _read(label: str, plain: JsonValue, schema: FactSchema) -> Fact | None:
    if schema.find(label) is None:
        return None
    try:
        return read_facts({label: plain}, schema).facts.get(label, Fact())
    except SheetError:
        return None
