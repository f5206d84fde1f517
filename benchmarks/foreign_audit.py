"""The plain-text audit on reports that this program did not write: false alarms on figures that are right.

Run: ``python benchmarks/foreign_audit.py [--half dev|dev2|held_out] [--show]``. For each text of the gold corpus a
sheet is made from its own facts, and ``assistant.checks.plain_audit`` reads the text against it. A number inside a gold
quote (or an allowed one) says what the sheet says, so ``mismatch`` or ``unknown`` there is a **false alarm**. A number
outside stands for no fact (a plan, another year, 一是): ``unknown`` is right for it, ``mismatch`` is counted apart.
``--show`` prints the alarms of dev and dev2; those of the held-out half are not looked at.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from extraction_match import spans  # noqa: E402
from gold_facts import HALVES, GoldText, schema, sheet_of, texts  # noqa: E402

from assistant.checks.plain_audit import AuditedNumber, audit_text  # noqa: E402

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
            if options.show and half != "held_out":
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


if __name__ == "__main__":
    main()
