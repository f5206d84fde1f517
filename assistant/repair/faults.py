"""What a model can put right in a slot text, and the sentences in which it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.bare_numbers import bare_number_findings, without_slots
from assistant.checks.binding import Binder
from assistant.checks.finding import Finding
from assistant.checks.placeholders import placeholder_findings
from assistant.drafting.withhold import Withholder, marks_in
from assistant.facts.sheet import FactSheet
from assistant.slots.doubling import COMPOUNDS, printed_end
from assistant.slots.grammar import Slot, parse_placed, print_slot, slots_in
from assistant.slots.normalise import normalise

_NO_NUMBER = "数字不能直接写：说的是给定的事实就换成它的槽位，没有槽位就删去"
_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）]*|\n|$)")
_MEASURES = "|".join(sorted((*COMPOUNDS, "辆", "元", "万元", "亿元", "人次", "课时", "%", "％"), key=len, reverse=True))
_MEASURE_AFTER = re.compile(rf"(?:{_MEASURES})")


@dataclass(frozen=True)
class Fault:
    """Something in a slot text that the model is to put right. Characters [start, end).

    Attributes:
        wish: what is wrong and what to do, in Chinese, for the model; never with a fact's value in it.
        note: what is wrong, for the person.
    """

    start: int
    end: int
    wish: str
    note: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of a slot text with its faults. Characters [start, end), its end mark included."""

    text: str
    start: int
    end: int
    faults: tuple[Fault, ...]


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a slot text stand; slots and end marks whole, nothing left out."""
    for found in _SENTENCE.finditer(without_slots(text)):
        if found.end() > found.start():
            yield found.span()


def faulty_sentences(text: str, binder: Binder) -> list[Sentence]:
    """The sentences that hold a fault, in order."""
    return _holding(text, faults_in(text, binder))


def blind_sentences(text: str, hidden: Withholder, sheet: FactSheet) -> list[Sentence]:
    """The sentences with a number or a slot that may be wrong, found without a look at any withheld value.

    Args:
        sheet: the one with stand-ins for what is withheld.
    """
    found = []
    for start, end in sentences_of(text):
        cleaned = normalise(hidden.clean(text[start:end]), sheet.schema, sheet).text
        faults = _slot_faults(cleaned, sheet)
        if marks_in(cleaned):
            faults.append(Fault(0, 0, _NO_NUMBER, ""))
        if faults:
            found.append(Sentence(text[start:end], start, end, tuple(faults)))
    return found


def faults_in(text: str, binder: Binder) -> list[Fault]:
    """What a model can put right: bare numbers, slots that do not exist, measure words that belong to no slot."""
    return list(_faults(text, binder))


# Sentence after sentence is weighed against the same text.
@lru_cache(maxsize=8)
def _faults(text: str, binder: Binder) -> tuple[Fault, ...]:
    found = [_bare(finding) for finding in bare_numbers_in(text, binder) if finding.rule != "number.linkable"]
    return tuple(sorted([*found, *_slot_faults(text, binder.sheet)], key=lambda fault: fault.start))


@lru_cache(maxsize=8)
def bare_numbers_in(text: str, binder: Binder) -> tuple[Finding, ...]:
    """The findings on a text's bare numbers, kept for the texts that were asked for last."""
    # Which section is about the next year is for the review: what may be right there no model is to put right.
    return tuple(bare_number_findings(text, binder, plan=True))


def _slot_faults(text: str, sheet: FactSheet) -> list[Fault]:
    found = []
    for finding in placeholder_findings(text, sheet):
        if finding.rule == "placeholder.fault":
            wish = f"“{finding.excerpt}”不是可用的槽位，{_instead(finding.excerpt, sheet)}"
            found.append(Fault(finding.start, finding.end, wish, finding.message.rstrip("。")))
    known = {(fault.start, fault.end) for fault in found}
    for doubt in normalise(text, sheet.schema, sheet).doubts:
        if not any(start < doubt.end and doubt.start < end for start, end in known):
            wish = f"“{doubt.text}”不是正确的槽位，换成给出的槽位或删去"
            found.append(Fault(doubt.start, doubt.end, wish, str(doubt)))
    return [*found, *_wrong_measures(text, sheet)]


def _instead(written: str, sheet: FactSheet) -> str:
    """What to write for a slot that names a fact in a form, row or column that it does not have."""
    for slot in slots_in(written):
        plain = print_slot(Slot(slot.path[:1]))
        if (item := sheet.schema.find(slot.label)) and item.label == slot.label and plain != written:
            return f"改写为{plain}"
    return "换成给出的槽位或删去"


def _bare(finding: Finding) -> Fault:
    label = finding.facts[0] if finding.rule == "number.conflicting" and finding.facts else ""
    instead = f"，应写槽位{{{{{label}}}}}" if label else "，没有依据，删去"
    return Fault(finding.start, finding.end, f"“{finding.excerpt}”不能直接写{instead}", finding.message.rstrip("。"))


def _wrong_measures(text: str, sheet: FactSheet) -> Iterator[Fault]:
    """{{入伍人数}}次: a slot prints its own measure word, so another one behind it cannot be right."""
    for placed in parse_placed(text):
        if not isinstance(placed.node, Slot):
            continue
        item = sheet.schema.find(placed.node.label)
        printed = printed_end(placed.node, item, sheet) if item else None
        after = _MEASURE_AFTER.match(text, placed.end)
        if printed is None or after is None or not (printed.measure or after.group() in ("%", "％")):
            continue
        following = text[after.end() : after.end() + 1]
        # 21个村, 16个人: behind 个 stands what is counted; 人员 and 名单 are words of their own.
        counted = printed.measure == "个" and after.group() not in ("个", "次", "%", "％")
        if counted or (following and following in COMPOUNDS.get(after.group(), "")):
            continue
        words = text[placed.start : after.end()]
        wish = f"“{words}”里槽位自带量词，删去后面的“{after.group()}”"
        yield Fault(placed.start, after.end(), wish, f"“{words}”的量词不对")


def _holding(text: str, faults: list[Fault]) -> list[Sentence]:
    found = []
    for start, end in sentences_of(text) if faults else ():
        held = tuple(fault for fault in faults if start <= fault.start < end)
        if held:
            found.append(Sentence(text[start:end], start, end, held))
    return found
