"""The plain-text audit on reports that this program did not write: false alarms on figures that are right.

Run: ``python benchmarks/foreign_audit.py [--half dev|…|held_out_j] [--show]``. For each text of the gold corpus a
sheet is made from its own facts, and ``assistant.checks.plain_audit`` reads the text against it. A number inside a gold
quote (or an allowed one) says what the sheet says, so ``mismatch`` or ``unknown`` there is a **false alarm**. A number
outside stands for no fact (a plan, another year, 一是): ``unknown`` is right for it, ``mismatch`` is counted apart.
Then right figures are made wrong: **exchanged**, two grounded neighbours of one kind and unit with different facts and
values (both must be told, and as ``mismatch`` where they say which fact they contradict), and **altered**, one figure
with another value.

``--show`` prints the alarms of dev and dev2; those of the held-out half are not looked at.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from extraction_match import spans  # noqa: E402
from gold_facts import HALVES, LOCKED, GoldText, schema, sheet_of, texts  # noqa: E402

from assistant.checks.plain_audit import AuditedNumber, audit_text  # noqa: E402
from assistant.facts.sheet import FactSheet  # noqa: E402

STATUSES = ("grounded", "ignored", "unknown", "mismatch")


def inside(number: AuditedNumber, places: list[tuple[int, int]]) -> bool:
    return any(start <= number.start and number.end <= end for start, end in places)


def audited(text: GoldText) -> tuple[list[AuditedNumber], list[AuditedNumber], int]:
    """Numbers inside quotes of facts, numbers elsewhere, and findings that are no number (words that compare)."""
    sheet = sheet_of(text, schema())
    report = audit_text(text.text, sheet)
    traps = [place for quote in text.not_facts for place in spans(quote, text.text)]
    # An allowed fact may be one that the sheet cannot have: a date without a day, a total of what is not told.
    allowed = [one for one in text.allowed if one.kind != "year/date" and sheet.value(one.label) is not None]
    places = [place for one in (*text.gold, *allowed) for place in spans(one.quote, text.text)]
    mine = [number for number in report.numbers if inside(number, places) and not inside(number, traps)]
    others = [number for number in report.numbers if number not in mine]
    comparing = sum(not finding.rule.startswith("number.") for finding in report.findings)
    return mine, others, comparing


def exchanged(text: GoldText, mine: list[AuditedNumber], show: bool) -> Counter[str]:
    """Pairs of neighbours, each told or not: the first three of a like unit behind each figure, on the same line."""
    sheet = sheet_of(text, schema())
    found: Counter[str] = Counter()
    right = [one for one in mine if one.status == "grounded" and one.value and one.unit not in ("", "年")]
    for place, first in enumerate(right):
        for second in right[place + 1 : place + 4]:
            between = text.text[first.end : second.start]
            if first.unit != second.unit or first.value == second.value or first.fact == second.fact:
                continue
            if "\n" in between or first.end > second.start:
                continue
            changed = text.text[: first.start] + second.text + between + first.text + text.text[second.end :]
            places = [(first.start, first.start + len(second.text)), (second.end - len(first.text), second.end)]
            told = _statuses(changed, sheet, places)
            found["pairs"] += 1
            found["both told"] += all(status in ("mismatch", "unknown") for status in told)
            found["both mismatch"] += all(status == "mismatch" for status in told)
            if show and "grounded" in told:
                around = changed[places[0][0] - 14 : places[1][1] + 6]
                print(f"    exchanged {told} {first.fact} / {second.fact}: {around!r}")
    return found


def altered(text: GoldText, mine: list[AuditedNumber]) -> Counter[str]:
    """Each grounded figure in Arabic digits, one more than it is (and a seventh)."""
    sheet = sheet_of(text, schema())
    found: Counter[str] = Counter()
    for one in mine:
        digits = re.search("[0-9]+", one.text)
        if one.status != "grounded" or digits is None or one.unit in ("", "年"):
            continue
        new = str(int(digits.group()) + int(digits.group()) // 7 + 1)
        word = one.text[: digits.start()] + new + one.text[digits.end() :]
        changed = text.text[: one.start] + word + text.text[one.end :]
        found[_statuses(changed, sheet, [(one.start, one.start + len(word))])[0]] += 1
    return found


def _statuses(text: str, sheet: FactSheet, places: list[tuple[int, int]]) -> list[str]:
    numbers = audit_text(text, sheet).numbers
    return [
        next(
            (one.status for one in numbers if one.start < end and one.end > start and one.status != "ignored"),
            "not seen",
        )
        for start, end in places
    ]


def row(name: str, *figures: object) -> str:
    return f"{name:<26}" + "".join(f"{figure:>11}" for figure in figures)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    for half in HALVES:
        if options.half not in (None, half):
            continue
        whole: Counter[str] = Counter()
        swaps: Counter[str] = Counter()
        changes: Counter[str] = Counter()
        columns = (*STATUSES, *(f"o.{status}" for status in STATUSES), "comparing")
        print(f"\n== {half}: numbers inside the quotes of facts, others (o.), findings on words that compare")
        print(row("", *columns))
        for text in texts(half):
            mine, others, comparing = audited(text)
            counts = Counter(number.status for number in mine)
            rest = Counter(f"other {number.status}" for number in others)
            whole.update({**counts, **rest, "comparing": comparing})
            print(
                row(
                    text.name,
                    *(counts[one] for one in STATUSES),
                    *(rest[f"other {one}"] for one in STATUSES),
                    comparing,
                )
            )
            swaps += exchanged(text, mine, options.show and half not in LOCKED)
            changes += altered(text, mine)
            if options.show and half not in LOCKED:
                for number in [*mine, *(one for one in others if one.status == "mismatch")]:
                    if number.status in ("unknown", "mismatch"):
                        around = text.text[max(0, number.start - 16) : number.end + 10].replace("\n", "⏎")
                        print(f"    {number.status} {number.text} ({number.fact} {number.expected}) … {around}")
        print(
            row(
                "all",
                *(whole[one] for one in STATUSES),
                *(whole[f"other {one}"] for one in STATUSES),
                whole["comparing"],
            )
        )
        judged = sum(whole[one] for one in STATUSES if one != "ignored")
        alarms = whole["unknown"] + whole["mismatch"]
        print(f"False alarms: {alarms} of {judged} numbers of facts = {alarms / judged:.1%}")
        pairs, ones = swaps["pairs"], changes.total()
        print(
            f"Exchanged: both told {swaps['both told']} of {pairs} = {swaps['both told'] / pairs:.1%}, "
            f"both as mismatch {swaps['both mismatch']} = {swaps['both mismatch'] / pairs:.1%}"
        )
        told = changes["mismatch"] + changes["unknown"]
        print(f"Altered: told {told} of {ones} = {told / ones:.1%}, as mismatch {changes['mismatch'] / ones:.1%}")


if __name__ == "__main__":
    main()
