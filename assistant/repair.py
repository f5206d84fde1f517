"""Repair in the drafting pipeline: what a model wrote beside the slots is linked, sent back once, or left to a person.

On a floor of its own above drafting and checks: the first must not know what the second looks for.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.checks.bare_numbers import bare_number_findings, without_slots
from assistant.checks.binding import Binder
from assistant.checks.finding import Finding, Fix
from assistant.checks.naming import Name
from assistant.checks.placeholders import placeholder_findings
from assistant.checks.verdict import Verdict
from assistant.drafting.brief import Brief, OnText
from assistant.drafting.endpoint import EndpointEngine
from assistant.drafting.engine import Draft
from assistant.drafting.outgoing import standing_in
from assistant.drafting.withhold import Withholder, as_data_line, marks_in, withholder
from assistant.errors import NigaoError
from assistant.facts.sheet import FactSheet
from assistant.slots.doubling import COMPOUNDS, printed_end
from assistant.slots.grammar import Slot, parse_placed, print_slot, slots_in
from assistant.slots.normalise import normalise
from assistant.slots.numeral import Numeral
from assistant.slots.numerals import find_numerals

#: How like a sentence one of the answer must be to stand for it, where the lines do not tell.
LIKE = 0.45
#: A repaired sentence may be so much longer: more is another text.
LONGER, LONGER_BY = 1.5, 30
#: Sentences sent back at most: of a text that is wrong all over, the rest is for a person or another draft.
MOST_SENTENCES = 12
#: Characters of a sentence that a note repeats.
SHOWN = 18
_NO_NUMBER = "数字不能直接写：说的是给定的事实就换成它的槽位，没有槽位就删去"

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）]*|\n|$)")
_END = re.compile(r"[。！？；]+[”’」』）]*\s*$")
_LINE_MARK = re.compile(
    r"^(?:[-*•·]\s*|[0-9]{1,2}[.．、]\s*|第?[一二三四五六七八九十]{1,3}句?[、：:]\s*|(?:原句|改后|改为|改写)[：:]\s*)+"
)
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


class RepairingEngine:
    """An endpoint engine whose drafts are repaired before anybody gets them."""

    def __init__(self, engine: EndpointEngine) -> None:
        self._engine = engine
        self.key = engine.key
        self.label = engine.label
        self.model = engine.model
        self.concurrency = engine.concurrency

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:
        """The endpoint's draft, repaired. Raises EndpointError where the draft itself failed."""
        return await self.repair(brief, await self._engine.draft(brief, on_text), on_text)

    async def repair(self, brief: Brief, draft: Draft, on_text: OnText) -> Draft:
        """Links what is certain, has the model write faulty sentences once more, and tells what stays.

        A repair that fails or makes nothing better leaves the text as it was. Stopped in between, what was last
        handed to ``on_text`` is the whole draft.
        """
        binder = Binder(brief.sheet)
        send_values = self._engine.sends_values
        hidden = withholder(brief.sheet, send_values=send_values)
        text, linked = draft.text, list[Fix]()
        if hidden.hides_numbers:
            # What is sent back may not tell whether a number that the model made up is the withheld one, nor how
            # long a person's is: {{入伍1人}} is so near to a label that it is mended, {{入伍100人}} is not.
            text = draft.answered or draft.text
            faulty = blind_sentences(text, hidden, standing_in(brief.sheet, send_values=send_values))
        else:
            text, linked = link(text, brief, binder)
            faulty = faulty_sentences(text, binder)
        faulty = faulty[:MOST_SENTENCES]
        on_text(link(draft.text, brief, binder)[0])
        notes = list(draft.notes)
        usage = draft.usage
        if faulty:
            pairs = [(sentence.text.strip(), "；".join(fault.wish for fault in sentence.faults)) for sentence in faulty]
            try:
                answer = await self._engine.rewrite(brief, text, pairs)
            except NigaoError as error:
                notes.append(f"有{len(faulty)}句要修复，但没有修成（{error.message.rstrip('。')}），保留原稿")
            else:
                usage = usage + answer.usage if usage and answer.usage else usage or answer.usage
                text, repaired = splice(text, faulty, answer.text, brief, binder)
                notes += (f"“{_short(sentence.text)}”有数字或槽位问题，已由模型改写" for sentence in repaired)
        text, later = link(normalise(text, brief.sheet.schema, brief.sheet).text, brief, binder)
        on_text(text)
        notes += (f"“{fix.before}”已改为引用{fix.after}" for fix in (*linked, *later))
        notes += (f"{fault.note}，留待核对" for fault in faults_in(text, binder))
        return replace(draft, text=text, usage=usage, notes=tuple(dict.fromkeys(notes)))

    async def reword(self, brief: Brief, text: str, sentences: Sequence[str], wish: str) -> Draft:
        """The model's answer to a wish about some sentences, as it came; ``rewriting`` puts it in its place."""
        return await self._engine.reword(brief, text, sentences, wish)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._engine.aclose()


def link(text: str, brief: Brief, binder: Binder) -> tuple[str, list[Fix]]:
    """Makes slots of the numbers that certainly are facts.

    Returns:
        The text, and what was changed, in order.
    """
    linkable = [finding for finding in _bare_numbers(text, binder) if finding.fix]
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


def faults_in(text: str, binder: Binder) -> list[Fault]:
    """What a model can put right: bare numbers, slots that do not exist, measure words that belong to no slot."""
    return list(_faults(text, binder))


# Sentence after sentence is weighed against the same text.
@lru_cache(maxsize=8)
def _faults(text: str, binder: Binder) -> tuple[Fault, ...]:
    found = [_bare(finding) for finding in _bare_numbers(text, binder) if finding.rule != "number.linkable"]
    return tuple(sorted([*found, *_slot_faults(text, binder.sheet)], key=lambda fault: fault.start))


@lru_cache(maxsize=8)
def _bare_numbers(text: str, binder: Binder) -> tuple[Finding, ...]:
    return tuple(bare_number_findings(text, binder))


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


def _holding(text: str, faults: list[Fault]) -> list[Sentence]:
    found = []
    for start, end in sentences_of(text) if faults else ():
        held = tuple(fault for fault in faults if start <= fault.start < end)
        if held:
            found.append(Sentence(text[start:end], start, end, held))
    return found


def splice(text: str, faulty: list[Sentence], answer: str, brief: Brief, binder: Binder) -> tuple[str, list[Sentence]]:
    """Puts repaired sentences in the place of the faulty ones, where they are better; the rest stays letter for letter.

    Returns:
        The text, and the sentences that were replaced.
    """
    replaced = []
    # From the end, so that the places of the sentences before stay right.
    for sentence, new in reversed(list(zip(faulty, matched(faulty, answer), strict=True))):
        better = fitted(sentence.text, new)
        if not better:
            continue
        before, after = text[: sentence.start], text[sentence.end :]
        better = linked(before, better, after, brief, binder)
        if _better(sentence, before + better + after, text, better, binder):
            text = before + better + after
            replaced.append(sentence)
    return text, replaced[::-1]


def linked(before: str, sentence: str, after: str, brief: Brief, binder: Binder) -> str:
    """The sentence linked in its context; numbers outside it stay as they are."""
    _, fixes = link(before + sentence + after, brief, binder)
    begin, end = len(before), len(before) + len(sentence)
    for fix in sorted(fixes, key=lambda fix: fix.start, reverse=True):
        if begin <= fix.start and fix.end <= end:
            sentence = sentence[: fix.start - begin] + fix.after + sentence[fix.end - begin :]
    return sentence


def _better(old: Sentence, new_text: str, old_text: str, sentence: str, binder: Binder) -> bool:
    """Fewer faults, and no good slot lost."""
    faults = faults_in(old_text, binder)
    bad = {slot for fault in faults for slot in slots_in(old_text[fault.start : fault.end])}
    kept = {slot.path for slot in slots_in(old.text) if slot not in bad}
    if not kept <= {slot.path for slot in slots_in(sentence)}:
        return False
    linkable = len(_bare_numbers(sentence, binder))
    fewer = len(faults_in(new_text, binder)) < len(faults)
    return fewer and linkable <= len(_bare_numbers(old.text, binder))


def matched(faulty: list[Sentence], answer: str) -> list[str]:
    """For each faulty sentence the one of the answer that stands for it; "" where none does."""
    lines = [line for raw in answer.splitlines() if (line := _LINE_MARK.sub("", raw.strip()).strip())]
    if len(lines) == len(faulty) and all(
        _count(line) <= _count(s.text) + 1 for line, s in zip(lines, faulty, strict=True)
    ):
        return lines
    # The whole section once more, or sentences without line breaks: found again by likeness.
    offered = [line[start:end].strip() for line in lines for start, end in sentences_of(line)]
    found = []
    for sentence in faulty:
        ranked = sorted(offered, key=lambda one: difflib.SequenceMatcher(None, one, sentence.text).ratio())
        best = ranked[-1] if ranked else ""
        good = best and difflib.SequenceMatcher(None, best, sentence.text).ratio() >= LIKE
        found.append(best if good else "")
    return found


def _count(text: str) -> int:
    return len(list(sentences_of(text.strip())))


def fitted(old: str, new: str, longer: float = LONGER, longer_by: int = LONGER_BY) -> str:
    """The new sentence with the old one's blanks and end mark; "" where it cannot be meant."""
    body = as_data_line(_END.sub("", new)).strip()
    if not body or len(body) > len(old) * longer + longer_by:
        return ""
    lead = old[: len(old) - len(old.lstrip())]
    end = _END.search(old)
    tail = end.group() if end else old[len(old.rstrip()) :]
    return f"{lead}{body}{tail}"


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"
