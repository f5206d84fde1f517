"""Slots that print nothing: facts that are empty, and references to what does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.finding import Finding, Fix, Part
from assistant.facts.sheet import EMPTY, FactSheet
from assistant.slots.grammar import Literal, Slot, parse_placed, print_slot
from assistant.slots.render import Piece, render

#: A brace that opens or closes no slot; one that somebody escaped on purpose is none.
_BRACES = re.compile(r"\\\{\{[^{}]*\}\}|(?P<stray>\{\{|\}\})")


def placeholder_findings(text: str, sheet: FactSheet, section_key: str = "", part: Part = "text") -> list[Finding]:
    """One finding for each slot of a slot text that has no value, and for each pair of braces that is no slot's.

    A wrong reference is an error: no filling in of facts mends it. An empty fact is an error too, for a final file
    cannot be made with it.
    """
    found = [
        _finding(piece, sheet, text, section_key, part)
        for piece in render(text, sheet)
        if piece.kind in ("missing", "fault")
    ]
    return sorted([*found, *_stray_braces(text, section_key, part)], key=lambda finding: finding.start)


def _stray_braces(text: str, section_key: str, part: Part) -> Iterator[Finding]:
    """Braces that would be printed as they stand: a slot that was begun, ended or nested by mistake."""
    for placed in parse_placed(text):
        if not isinstance(placed.node, Literal):
            continue
        for brace in _BRACES.finditer(text, placed.start, placed.end):
            if brace["stray"]:
                yield Finding(
                    rule="placeholder.braces",
                    severity="error",
                    message=f"“{brace[0]}”不成对，会原样印出来：请补全占位，或删去括号。",
                    section_key=section_key,
                    start=brace.start(),
                    end=brace.end(),
                    excerpt=brace[0],
                    part=part,
                )


def _finding(piece: Piece, sheet: FactSheet, text: str, section_key: str, part: Part) -> Finding:
    assert piece.slot is not None
    item = sheet.schema.find(piece.slot.label)
    missing = piece.kind == "missing"
    message = _missing(piece, sheet) if missing else f"{piece.note}。"
    return Finding(
        rule=f"placeholder.{piece.kind}",
        severity="error",
        message=message,
        section_key=section_key,
        start=piece.start,
        end=piece.end,
        excerpt=text[piece.start : piece.end],
        fix=_without_form(piece, sheet) if part == "text" else None,
        facts=(item.label,) if item else (),
        part=part,
    )


def _missing(piece: Piece, sheet: FactSheet) -> str:
    item = sheet.schema.find(piece.slot.label) if piece.slot else None
    fact = sheet.fact(item.label) if item else EMPTY
    if item and not fact.empty and not fact.told:
        return f"“{item.label}”填的是没有，这句话还用着它：请改写这一句，或重新起草这一节。"
    return f"“{piece.note}”还没有填，正文里是{piece.text}。"


def _without_form(piece: Piece, sheet: FactSheet) -> Fix | None:
    """A form that the fact does not have can go: the fact then prints as it usually does."""
    slot = piece.slot
    if piece.kind != "fault" or slot is None or not slot.form:
        return None
    bare = Slot(slot.path)
    if render(print_slot(bare), sheet)[0].kind == "fault":
        return None
    return Fix(piece.start, piece.end, print_slot(slot), print_slot(bare), "改为通常写法")
