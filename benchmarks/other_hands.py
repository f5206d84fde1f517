"""Reports in eight people's habits of writing, audited as plain text: which figures find their fact?

Run: ``python benchmarks/other_hands.py [--misses]``. Each file of ``other_hands/`` is a fact sheet with a ``text`` in
which everything is right; ``⟦17人|入伍人数⟧`` marks a figure and the fact it says (``/`` between two that say the
same), and no other number there may be an error. Then each figure is altered, and figures are exchanged. Files that
begin with g and h were not tuned on.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import cn2an
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.checks.plain_audit import AuditedNumber, audit_text  # noqa: E402
from assistant.facts.sheet import FactSheet  # noqa: E402
from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.reports.loader import Library  # noqa: E402
from assistant.slots.numerals import find_numerals  # noqa: E402

FOLDER = Path(__file__).with_name("other_hands")
HELD_OUT = "gh"
_MARK = re.compile(r"⟦([^|⟧]+)\|([^⟧]+)⟧")
_ARABIC = re.compile(r"[0-9０-９,.]+")
_HANZI = re.compile("[零一二三四五六七八九十百千万两〇]+")


@dataclass(frozen=True)
class Figure:
    """A figure of a text at [start, end) and the facts that it says."""

    start: int
    end: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Hand:
    """One person's report."""

    name: str
    sheet: FactSheet
    text: str
    figures: tuple[Figure, ...]


def hands() -> Iterator[Hand]:
    library = Library()
    for file in sorted(FOLDER.glob("*.yaml")):
        body = yaml.safe_load(file.read_text(encoding="utf-8"))
        marked = body.pop("text")
        sheet = load_sheet(yaml.safe_dump(body, allow_unicode=True), library.schema_of, file.name).sheet
        yield Hand(file.stem, sheet, *unmarked(marked))


def unmarked(marked: str) -> tuple[str, tuple[Figure, ...]]:
    parts: list[str] = []
    figures: list[Figure] = []
    at = length = 0
    for mark in _MARK.finditer(marked):
        parts += [marked[at : mark.start()], mark[1]]
        length += mark.start() - at
        figures.append(Figure(length, length + len(mark[1]), tuple(mark[2].split("/"))))
        length += len(mark[1])
        at = mark.end()
    return "".join([*parts, marked[at:]]), tuple(figures)


def number_at(numbers: tuple[AuditedNumber, ...], start: int, end: int) -> AuditedNumber | None:
    return next((one for one in numbers if one.start < end and one.end > start and one.status != "ignored"), None)


def judged(number: AuditedNumber | None, figure: Figure) -> str:
    """What the audit says of a right figure."""
    if number is None:
        return "not seen"
    if number.status == "grounded" and number.fact not in figure.facts:
        return "another fact"
    return number.status


def altered(text: str) -> str:
    """The same figure with another value, in the same hand."""
    if re.match("[0-9]{4} ?年", text):
        return str(int(text[:4]) - 1) + text[4:]
    if found := _ARABIC.search(text):
        number = found.group().translate(str.maketrans("０１２３４５６７８９", "0123456789")).replace(",", "")
        other = Decimal(number) + (Decimal(1) if Decimal(number) < 20 else Decimal(number) // 7 + 1)
        new = f"{other:,}" if "," in found.group() else str(other)
        return text[: found.start()] + new + text[found.end() :]
    found = _HANZI.search(text)
    if found is None or "年" in text or "成" in text:
        return ""
    words = text[: found.start()], text[found.end() :]
    try:
        value = int(cn2an.cn2an(found.group(), "smart"))
    except ValueError:
        return ""
    return words[0] + str(cn2an.an2cn(str(value + max(1, value // 7)), "low")) + words[1]


def around(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 24) : start]}[{text[start:end]}]{text[end : end + 12]}".replace("\n", "⏎")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    print("| hand | figures | right fact | another | false error | other numbers, false error | hints |", end="")
    print(" altered: mismatch | unknown | not told | exchanged, both told |")
    print("|---|" + "---:|" * 10)
    for hand in hands():
        shown = options.misses and hand.name[0] not in HELD_OUT
        found = audit_text(hand.text, hand.sheet)
        right: Counter[str] = Counter()
        for figure in hand.figures:
            number = number_at(found.numbers, figure.start, figure.end)
            verdict = judged(number, figure)
            right[verdict] += 1
            if shown and verdict != "grounded":
                print("  ", verdict, around(hand.text, figure.start, figure.end), figure.facts, number and number.fact)
        stray = [
            one
            for one in found.findings
            if not any(one.start < figure.end and one.end > figure.start for figure in hand.figures)
        ]
        errors = [one for one in found.findings if one.severity == "error"]
        wrong = [one for one in stray if one.severity == "error"]
        if shown:
            for one in stray:
                print("  ", one.severity, one.rule, around(hand.text, one.start, one.end), one.facts)
        changed = _alter(hand, shown)
        both, pairs = _exchange(hand, shown)
        print(
            f"| {hand.name} | {len(hand.figures)} | {right['grounded']} | {right['another fact']} "
            f"| {len(errors) - len(wrong)} | {len(wrong)} | {len(found.findings) - len(errors)} "
            f"| {changed['mismatch']} | {changed['unknown']} | {changed['grounded'] + changed['not seen']} "
            f"| {both}/{pairs} |"
        )


def _alter(hand: Hand, shown: bool) -> Counter[str]:
    told: Counter[str] = Counter()
    for figure in hand.figures:
        new = altered(hand.text[figure.start : figure.end])
        if not new:
            continue
        text = hand.text[: figure.start] + new + hand.text[figure.end :]
        end = figure.start + len(new)
        number = number_at(audit_text(text, hand.sheet).numbers, figure.start, end)
        status = number.status if number else "not seen"
        told[status] += 1
        if shown and status != "mismatch":
            print("  altered", status, around(text, figure.start, end), number and number.fact)
    return told


def _exchange(hand: Hand, shown: bool) -> tuple[int, int]:
    """Neighbours with one unit and two values."""
    both = pairs = 0
    for place, first in enumerate(hand.figures):
        one = hand.text[first.start : first.end]
        for second in hand.figures[place + 1 : place + 4]:
            other = hand.text[second.start : second.end]
            units = [*find_numerals(one), *find_numerals(other)]
            if (
                len(units) != 2
                or units[0].unit != units[1].unit
                or units[0].value == units[1].value
                or units[0].kind == "date"
            ):
                continue
            if "\n" in hand.text[first.end : second.start] or first.facts == second.facts:
                continue
            pairs += 1
            between = hand.text[first.end : second.start]
            text = hand.text[: first.start] + other + between + one + hand.text[second.end :]
            numbers = audit_text(text, hand.sheet).numbers
            places = [
                (first.start, first.start + len(other)),
                (second.end - len(one), second.end),
            ]
            found = [number_at(numbers, *where) for where in places]
            hit = all(number and number.status in ("mismatch", "unknown") for number in found)
            both += hit
            if shown and not hit:
                print("  exchanged", around(text, first.start, second.end), [n and (n.status, n.fact) for n in found])
    return both, pairs


if __name__ == "__main__":
    main()
