"""Sentences that a model wrote once more, found in its answer and put in the place of the old where they are better."""

from __future__ import annotations

import re

from assistant.checks.binding import Binder
from assistant.drafting.brief import Brief
from assistant.drafting.withhold import as_data_line
from assistant.facts.item_marks import mark_of
from assistant.repair.faults import Sentence, bare_numbers_in, faults_in
from assistant.repair.linking import linked
from assistant.repair.matching import matched
from assistant.slots.grammar import slots_in

#: A repaired sentence may be so much longer: more is another text.
LONGER, LONGER_BY = 1.5, 30
_END = re.compile(r"[。！？；]+[”’」』）]*\s*$")


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


def _better(old: Sentence, new_text: str, old_text: str, sentence: str, binder: Binder) -> bool:
    """Fewer faults, and no good slot lost."""
    faults = faults_in(old_text, binder)
    bad = {slot for fault in faults for slot in slots_in(old_text[fault.start : fault.end])}
    kept = {slot.path for slot in slots_in(old.text) if slot not in bad}
    if not kept <= {slot.path for slot in slots_in(sentence)}:
        return False
    linkable = len(bare_numbers_in(sentence, binder))
    fewer = len(faults_in(new_text, binder)) < len(faults)
    return fewer and linkable <= len(bare_numbers_in(old.text, binder))


def fitted(old: str, new: str, longer: float = LONGER, longer_by: int = LONGER_BY) -> str:
    """The new sentence with the old one's blanks, number and end mark; "" where it cannot be meant."""
    body = as_data_line(_END.sub("", new)).strip()
    if not body or len(body) > len(old) * longer + longer_by:
        return ""
    lead = mark_of(old) or old[: len(old) - len(old.lstrip())]
    if mark_of(old):
        body = body.removeprefix(mark_of(body))
    end = _END.search(old)
    tail = end.group() if end else old[len(old.rstrip()) :]
    return f"{lead}{body}{tail}"
