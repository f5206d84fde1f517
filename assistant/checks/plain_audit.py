"""Every number of a plain text against a sheet: the ``audit`` command (DESIGN.md 4)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from assistant.checks.anniversaries import true_anniversaries
from assistant.checks.binding import binder_of
from assistant.checks.denials import Denial, denial_findings
from assistant.checks.directions import Mention, direction_findings
from assistant.checks.finding import Finding
from assistant.checks.headed import with_headed_units
from assistant.checks.leftovers_words import leftover_words
from assistant.checks.plans import plans_in
from assistant.checks.times import TimeVerdict, time_verdict
from assistant.checks.verdict import Verdict
from assistant.facts.formatting import date, digits
from assistant.facts.sheet import FactSheet
from assistant.slots.legible import full_marks, mended, simple_name, simplified
from assistant.slots.numeral import Numeral
from assistant.slots.numerals import Span, scan
from assistant.slots.vocabulary import HANZI_DIGITS

#: Every number begins with one of these.
_MAY_HOLD_NUMBER = re.compile(rf"[0-9０-９几数第连{HANZI_DIGITS}]")
AuditStatus = Literal["grounded", "mismatch", "unknown", "ignored"]


@dataclass(frozen=True)
class AuditedNumber:
    """One number of the text.

    Attributes:
        value: the number as printed without unit; money in yuan; "" where it has no single value.
        fact: the fact that it says or should say; "" for none.
        expected: what the sheet has instead, printed; "" unless ``mismatch``.
    """

    text: str
    start: int
    end: int
    value: str
    unit: str
    status: AuditStatus
    fact: str = ""
    expected: str = ""

    def as_json(self) -> dict[str, Any]:
        names = ("text", "start", "end", "value", "unit", "status", "fact", "expected")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class AuditReport:
    """What the audit found. ``findings`` has one for each number that is not grounded, and for words that compare."""

    numbers: tuple[AuditedNumber, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape that DESIGN.md 4 fixes."""
        return {
            "numbers": [number.as_json() for number in self.numbers],
            "findings": [
                {
                    "rule": finding.rule,
                    "severity": finding.severity,
                    "message": finding.message,
                    "start": finding.start,
                    "end": finding.end,
                    "excerpt": finding.excerpt,
                    "facts": list(finding.facts),
                }
                for finding in self.findings
            ],
        }


@dataclass(frozen=True)
class GroundedSpan:
    """Characters of a text that a slot printed: a number wholly inside says the fact ``fact``."""

    start: int
    end: int
    fact: str


def audit_text(text: str, sheet: FactSheet, printed: Sequence[GroundedSpan] = ()) -> AuditReport:
    """Binds each number of a plain text to the fact that its own context names, and compares.

    Args:
        printed: what slots printed, in order; numbers there are not judged.
    """
    written, simple = text, simplified(text)
    text = mended(simple)
    scanned = scan(text)
    binder = binder_of(sheet)
    numerals = with_headed_units(text, scanned.numerals)
    reading = binder.read(text, numerals, plans_in(text, leftover_words(), aims=True))
    by_slots = [(span.start, span.end, span.fact) for span in printed]
    quoted = _quoted(text, sheet, full_marks if simple == written else _simple)
    denials = list(binder.denials.find(text))
    audited: list[AuditedNumber] = _passed_over(scanned.ignored, denials)
    year_label, celebrated = true_anniversaries(text, sheet, plans_in(text, leftover_words()))
    times = [figure for figure in binder.figures if figure.kind in ("year", "date") and not figure.empty]
    mentions: list[Mention] = []
    findings: list[Finding] = []
    for numeral in numerals:
        if label := _quoting(by_slots, numeral) or _quoting(quoted, numeral):
            audited.append(_audited(numeral, "grounded", label))
            mentions += _printed_mention(numeral, label, sheet)
            continue
        if numeral.start in celebrated:
            audited.append(_audited(numeral, "grounded", year_label))
            continue
        verdict = reading.judge(numeral)
        if verdict.status == "unknown" and not verdict.named and (time := time_verdict(numeral, text, times)):
            audited.append(number := _timed(numeral, time))
            if time.hint or time.mismatch:
                findings.append(_time_finding(number, time))
            continue
        number = _judged(numeral, verdict)
        audited.append(number)
        if verdict.figure is not None:
            compares = verdict.figure.role != "value"
            mentions.append(Mention(numeral.start, numeral.end, verdict.figure.label, compares))
        if number.status != "grounded":
            findings.append(_finding(number, verdict))
    more = [*direction_findings(text, mentions, sheet), *denial_findings(iter(denials))]
    numbers = tuple(sorted(audited, key=lambda number: number.start))
    audit = merged(AuditReport(numbers, tuple(findings)), more)
    return audit if text == written else _as_written(audit, written)


def _as_written(audit: AuditReport, text: str) -> AuditReport:
    """With the characters that stand in the text, where it was read in another script or with a slip mended."""
    numbers = (replace(one, text=text[one.start : one.end]) for one in audit.numbers)
    findings = (_quoting_as_written(one, text[one.start : one.end]) for one in audit.findings)
    return AuditReport(tuple(numbers), tuple(findings))


def _quoting_as_written(finding: Finding, excerpt: str) -> Finding:
    message = finding.message.replace(f"“{finding.excerpt}”", f"“{excerpt}”", 1)
    return replace(finding, excerpt=excerpt, message=message)


def _printed_mention(numeral: Numeral, name: str, sheet: FactSheet) -> list[Mention]:
    """What a slot printed: ``name`` is the slot's name, whose first part is the fact."""
    item = sheet.schema.find(name.partition(".")[0])
    return [Mention(numeral.start, numeral.end, item.label)] if item and item.type.numeric else []


def merged(audit: AuditReport, more: Sequence[Finding]) -> AuditReport:
    """With findings of other checks, in reading order."""
    findings = sorted((*audit.findings, *more), key=lambda finding: finding.start)
    return AuditReport(audit.numbers, tuple(findings))


def _quoted(text: str, sheet: FactSheet, plain: Callable[[str], str]) -> list[tuple[int, int, str]]:
    """Where the text repeats a text fact that has numbers word for word: they are that fact's own."""
    found = []
    for label, fact in sheet.facts.items():
        for words in map(plain, _texts(fact.value)):
            start = text.find(words) if len(words) >= 3 and _MAY_HOLD_NUMBER.search(words) else -1
            while start >= 0:
                found.append((start, start + len(words), label))
                start = text.find(words, start + len(words))
    return sorted(found)


def _simple(words: str) -> str:
    """A text fact in the script in which the text was read."""
    return full_marks(simple_name(words))


def _quoting(quoted: list[tuple[int, int, str]], numeral: Numeral) -> str:
    place = bisect_right(quoted, numeral.start, key=lambda one: one[0]) - 1
    return quoted[place][2] if place >= 0 and numeral.end <= quoted[place][1] else ""


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text.rstrip("。；;，,、 ") for text in value.values() if isinstance(text, str)]
    if isinstance(value, tuple):
        return [
            text.rstrip("。；;，,、 ") for item in value for text in ([item] if isinstance(item, str) else _texts(item))
        ]
    return []


def _judged(numeral: Numeral, verdict: Verdict) -> AuditedNumber:
    figure = verdict.figure
    expected = figure.printed if figure and verdict.status == "mismatch" else ""
    return _audited(numeral, verdict.status, figure.name if figure else "", expected)


def _audited(numeral: Numeral, status: AuditStatus, fact: str = "", expected: str = "") -> AuditedNumber:
    return AuditedNumber(
        numeral.text, numeral.start, numeral.end, _value(numeral), numeral.unit, status, fact, expected
    )


def _value(numeral: Numeral) -> str:
    if numeral.date is not None:
        return date(numeral.date)
    if numeral.value is not None:
        return digits(Decimal(numeral.value))
    if numeral.low is not None and numeral.high is not None:
        return f"{digits(numeral.low)}—{digits(numeral.high)}"
    return ""


def _passed_over(spans: Sequence[Span], denials: Sequence[Denial]) -> list[AuditedNumber]:
    """What looks like a number and is none; 零举报 says the fact that it denies."""
    starts = [denial.start for denial in denials]
    found = []
    for span in spans:
        place = bisect_right(starts, span.start) - 1
        if place < 0 or span.end > denials[place].end:
            found.append(_ignored(span))
            continue
        denial, figure = denials[place], denials[place].figure
        status: AuditStatus = "grounded" if denial.true else "mismatch"
        expected = "" if denial.true else figure.printed
        found.append(
            AuditedNumber(denial.text, denial.start, denial.end, "0", "", status, figure.name, expected),
        )
    return found


def _timed(numeral: Numeral, time: TimeVerdict) -> AuditedNumber:
    if time.figure is None:
        return _audited(numeral, "ignored")
    if time.mismatch:
        return _audited(numeral, "mismatch", time.figure.name, time.figure.printed)
    return _audited(numeral, "grounded", time.figure.name)


def _time_finding(number: AuditedNumber, time: TimeVerdict) -> Finding:
    if time.mismatch:
        message = f"正文写的是“{number.text}”，事实“{number.fact}”是{number.expected}，两处不一致。"
    else:
        message = f"“{number.text}”没有事实可以证明，请核对。"
    return Finding(
        rule="number.conflicting" if time.mismatch else "number.unproven",
        severity="error" if time.mismatch else "hint",
        message=message,
        start=number.start,
        end=number.end,
        excerpt=number.text,
        facts=(time.figure.label,) if time.figure else (),
    )


def _ignored(span: Span) -> AuditedNumber:
    return AuditedNumber(span.text, span.start, span.end, "", "", "ignored")


def _finding(number: AuditedNumber, verdict: Verdict) -> Finding:
    mismatch = number.status == "mismatch"
    if mismatch:
        message = f"正文写的是“{number.text}”，事实“{number.fact}”是{number.expected}，两处不一致。"
    elif number.fact:
        message = f"“{number.text}”像是“{number.fact}”，但这项事实还没有填。"
    else:
        message = f"“{number.text}”没有事实依据。"
    return Finding(
        rule="number.conflicting" if mismatch else "number.unknown",
        severity="error",
        message=message,
        start=number.start,
        end=number.end,
        excerpt=number.text,
        facts=(verdict.figure.label,) if verdict.figure else (),
    )
