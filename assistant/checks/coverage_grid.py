"""Which fact is used where: facts by sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant.facts.fields import DerivedFact, FactField
from assistant.facts.sheet import FactSheet
from assistant.reports.report import Report
from assistant.slots.forms import Missing, Unknown, print_fact
from assistant.slots.render import render

#: Stands for a section's key: title, byline, addressee, signature and date.
FRAME = ""
#: Forms that say something else than the figure itself; beside it they are no second way to write it.
_OTHER_FIGURES = frozenset({"同比", "增幅", "增减", "方向", "去年"})


@dataclass(frozen=True)
class CoverageRow:
    """One fact of the grid.

    Attributes:
        value: as it is printed by itself, "" while empty.
        zero: it is filled with zero, which is told in words and not by a slot.
        home: keys of the sections that should use it.
        uses: section key → how often its heading and text name the fact; ``FRAME`` → the lines around the text.
        forms: every way in which its figure is written, where there is more than one.
    """

    label: str
    group: str
    value: str
    filled: bool
    zero: bool
    required: bool
    home: frozenset[str]
    uses: Mapping[str, int] = field(default_factory=dict)
    forms: tuple[str, ...] = ()

    @property
    def used(self) -> int:
        return sum(self.uses.values())


def coverage_grid(report: Report) -> list[CoverageRow]:
    """The facts that are filled in, required, or used, in the order of the form; derived ones behind their group."""
    sheet = report.sheet
    uses, written = _uses(_texts(report), sheet)
    homes = _homes(report)
    found = []
    for item in sheet.schema.in_order():
        fact = sheet.fact(item.label)
        required = isinstance(item, FactField) and report.shape.key in item.required_by
        derived_unused = isinstance(item, DerivedFact) and item.label not in uses and item.label not in homes
        if derived_unused or (not fact.told and not (required and fact.empty) and item.label not in uses):
            continue
        found.append(
            CoverageRow(
                label=item.label,
                group=item.group or "推算",
                value=_value(item, sheet),
                filled=fact.told,
                zero=fact.value == 0,
                required=required,
                home=frozenset(homes.get(item.label, ())),
                uses=uses.get(item.label, {}),
                forms=written.get(item.label, ()),
            )
        )
    return found


def _homes(report: Report) -> dict[str, list[str]]:
    homes: dict[str, list[str]] = {}
    for section in report.sections:
        for label in section.facts:
            homes.setdefault(label, []).append(section.key)
    return homes


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    shape = report.shape
    for line in (shape.title, shape.byline, shape.addressee, shape.signature, shape.date):
        yield FRAME, line
    for section in report.sections:
        yield section.key, section.heading
        yield section.key, section.text


def _uses(
    texts: Iterable[tuple[str, str]], sheet: FactSheet
) -> tuple[dict[str, dict[str, int]], dict[str, tuple[str, ...]]]:
    """Label → section key → times, and label → the ways in which its figure is written, of two or more."""
    uses: dict[str, dict[str, int]] = {}
    written: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    for key, text in texts:
        for piece in render(text, sheet):
            item = sheet.schema.find(piece.slot.label) if piece.slot else None
            if piece.slot is None or item is None or (key == FRAME and piece.kind != "value"):
                # A line around the text whose fact is empty (主送机关) is not printed.
                continue
            here = uses.setdefault(item.label, {})
            here[key] = here.get(key, 0) + 1
            if piece.kind == "value" and item.type.numeric and piece.slot.form not in _OTHER_FIGURES:
                written.setdefault((item.label, piece.slot.path[1:]), {})[piece.text] = None
    return uses, {label: tuple(ways) for (label, _), ways in written.items() if len(ways) > 1}


def _value(item: FactField | DerivedFact, sheet: FactSheet) -> str:
    try:
        return print_fact(sheet.fact(item.label), item)
    except (Missing, Unknown):
        return ""
