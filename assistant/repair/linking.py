"""Makes slots of the numbers that certainly are facts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from assistant.checks.bare_numbers import without_slots
from assistant.checks.binding import Binder
from assistant.checks.finding import Fix
from assistant.checks.naming import Name
from assistant.checks.verdict import Verdict
from assistant.drafting.brief import Brief
from assistant.repair.faults import bare_numbers_in, sentences_of
from assistant.slots.numeral import Numeral
from assistant.slots.numerals import find_numerals


def link(text: str, brief: Brief, binder: Binder) -> tuple[str, list[Fix]]:
    """Makes slots of the numbers that certainly are facts.

    Returns:
        The text, and what was changed, in order.
    """
    linkable = [finding for finding in bare_numbers_in(text, binder) if finding.fix]
    if not linkable:
        return text, []
    prose = without_slots(text)
    numerals = find_numerals(prose)
    reading = binder.read(prose, numerals)
    verdicts = {numeral.start: (numeral, reading.judge(numeral)) for numeral in numerals}
    names = binder.naming.find(prose)
    starts = [start for start, _ in sentences_of(text)]
    fixes = []
    for finding in linkable:
        if finding.fix and finding.start in verdicts:
            numeral, verdict = verdicts[finding.start]
            begin = starts[bisect_right(starts, numeral.start) - 1]
            first = bisect_left(names, begin, key=lambda name: name.start)
            last = bisect_right(names, numeral.start, key=lambda name: name.end)
            before = names[first:last]
            if _certain(numeral, verdict, before, brief, binder):
                fixes.append(finding.fix)
    for fix in sorted(fixes, key=lambda fix: fix.start, reverse=True):
        text = text[: fix.start] + fix.after + text[fix.end :]
    return text, fixes


def _certain(numeral: Numeral, verdict: Verdict, before: list[Name], brief: Brief, binder: Binder) -> bool:
    """Whether the fact is the one that the sentence names last before the number; unnamed, one of the section's own.

    A finding offers more: a person sees whether 入户排查210人次，出动民兵 means the one or the other.
    """
    figure = verdict.figure
    if figure is None or verdict.status != "grounded":
        return False
    for name in reversed(before):
        meant = [other for other in binder.naming.named(name.text) if other.fits(numeral) is not None]
        if meant:
            return any((other.label, other.row) == (figure.label, figure.row) for other in meant)
    return verdict.named or figure.label in brief.section.facts


def linked(before: str, sentence: str, after: str, brief: Brief, binder: Binder) -> str:
    """The sentence linked in its context; numbers outside it stay as they are."""
    _, fixes = link(before + sentence + after, brief, binder)
    begin, end = len(before), len(before) + len(sentence)
    for fix in sorted(fixes, key=lambda fix: fix.start, reverse=True):
        if begin <= fix.start and fix.end <= end:
            sentence = sentence[: fix.start - begin] + fix.after + sentence[fix.end - begin :]
    return sentence
