"""Numbers in slot text that stand outside a slot: linkable, conflicting or unknown."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from assistant.checks.anniversaries import true_anniversaries
from assistant.checks.binding import Binder
from assistant.checks.figures import Figure
from assistant.checks.finding import Finding, Fix, Part
from assistant.checks.verdict import Verdict
from assistant.facts.sheet import FactSheet
from assistant.slots.forms import allowed_forms
from assistant.slots.grammar import Slot, parse_placed, print_slot
from assistant.slots.numeral import Numeral
from assistant.slots.numerals import find_numerals
from assistant.slots.render import render

#: Stands for a slot while numbers are looked for.
_SLOT = "\ue001"


def bare_number_findings(
    text: str, binder: Binder, section_key: str = "", part: Part = "text", *, plan: bool = False, aims: bool = False
) -> list[Finding]:
    """One finding for each number that a slot text says by itself.

    Args:
        plan: the text is about the next year as well; ``aims``: about nothing else.
    """
    prose, placed = _with_names(text, binder.sheet)
    numerals = [numeral for numeral in find_numerals(prose) if _said_bare(numeral, placed)]
    whole = ((0, len(prose)),)
    reading = binder.read(prose, numerals, whole if aims else ())
    _, celebrated = true_anniversaries(prose, binder.sheet, whole if plan else ())
    found = []
    for numeral in numerals:
        if numeral.start in celebrated:
            continue
        verdict = reading.judge(numeral)
        start, end = _place(numeral.start, placed), _place(numeral.end - 1, placed) + 1
        here = replace(numeral, start=start, end=end, text=text[start:end])
        found.append(_finding(here, verdict, binder.sheet, section_key, part))
    return found


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Characters [at, to) of the prose and where they stand in the slot text."""

    at: int
    to: int
    start: int
    end: int
    literal: bool


def _with_names(text: str, sheet: FactSheet) -> tuple[str, list[_Stretch]]:
    """The text with the names that slots print, for they tell what a number is about; other slots are one mark each."""
    parts: list[str] = []
    stretches: list[_Stretch] = []
    at = 0
    for piece in render(text, sheet):
        literal = piece.slot is None
        # A figure that a slot prints names nothing, and may not be read together with what stands beside it.
        shown = text[piece.start : piece.end] if literal else piece.text if piece.kind == "value" else _SLOT
        if not literal and any(character.isdecimal() for character in shown):
            shown = _SLOT
        parts.append(shown)
        stretches.append(_Stretch(at, at + len(shown), piece.start, piece.end, literal))
        at += len(shown)
    return "".join(parts), [stretch for stretch in stretches if stretch.to > stretch.at]


def _said_bare(numeral: Numeral, placed: list[_Stretch]) -> bool:
    """Not wholly inside what a slot printed."""
    stretch = placed[bisect_right(placed, numeral.start, key=lambda one: one.at) - 1]
    return stretch.literal or numeral.end > stretch.to


def _place(at: int, placed: list[_Stretch]) -> int:
    stretch = placed[bisect_right(placed, at, key=lambda one: one.at) - 1]
    return stretch.start + at - stretch.at if stretch.literal else stretch.start


def without_slots(text: str) -> str:
    """The text with every slot blanked, nothing moved."""
    out = []
    for placed in parse_placed(text):
        raw = text[placed.start : placed.end]
        out.append(_SLOT * len(raw) if isinstance(placed.node, Slot) else raw)
    return "".join(out)


def _finding(numeral: Numeral, verdict: Verdict, sheet: FactSheet, section_key: str, part: Part) -> Finding:
    figure, fix = verdict.figure, None
    if verdict.status == "grounded" and figure is not None and not verdict.others:
        slot = _slot_text(figure, numeral, sheet)
        rule, message = "number.linkable", f"“{numeral.text}”就是事实“{figure.name}”（{figure.printed}），请改为引用。"
        fix = Fix(numeral.start, numeral.end, numeral.text, slot, "改为引用") if part == "text" else None
        return _made(rule, message, numeral, section_key, part, (figure.label,), fix)
    if verdict.status == "mismatch" and figure is not None:
        message = f"正文写的是“{numeral.text}”，事实“{figure.name}”是{figure.printed}，两处不一致。"
        expected = f"{figure.name}={figure.printed}"
        return _made("number.conflicting", message, numeral, section_key, part, (figure.label,), None, expected)
    message = f"“{numeral.text}”没有事实依据，请核对后填入事实，或者删去。"
    if figure is not None and not verdict.others:
        message = f"“{numeral.text}”像是“{figure.name}”，但这项事实还没有填，请先填事实。"
    elif verdict.others:
        names = "、".join(other.name for other in verdict.others[:4])
        message = f"“{numeral.text}”与几项事实相同（{names}），请选定一项引用。"
    labels = (
        (figure.label,)
        if figure and not verdict.others
        else tuple(dict.fromkeys(other.label for other in verdict.others))
    )
    return _made("number.unknown", message, numeral, section_key, part, labels, None)


def _slot_text(figure: Figure, numeral: Numeral, sheet: FactSheet) -> str:
    """The slot in the measure word that the writer chose, where the fact has it: 12名 stays 名."""
    slot, item = figure.slot, sheet.schema.find(figure.label)
    if item is None or slot.form or len(slot.path) > 1 or numeral.kind != "count":
        return print_slot(slot)
    chosen = numeral.unit != item.measure and numeral.unit in allowed_forms(item)
    return print_slot(Slot(slot.path, numeral.unit if chosen else ""))


def _made(
    rule: str,
    message: str,
    numeral: Numeral,
    section_key: str,
    part: Part,
    facts: tuple[str, ...],
    fix: Fix | None,
    expected: str = "",
) -> Finding:
    return Finding(
        rule=rule,
        # A linkable number is right as it stands; the others may go out only when a person says so.
        severity="warning" if rule == "number.linkable" else "error",
        message=message,
        section_key=section_key,
        start=numeral.start,
        end=numeral.end,
        excerpt=numeral.text,
        fix=fix,
        facts=facts,
        part=part,
        expected=expected,
    )
