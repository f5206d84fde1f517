"""Facts, wishes and what is to be left alone may share a sentence: each clause goes to where it belongs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from assistant.facts.sheet import FactSheet
from assistant.intake.chat_about_text import is_place, speaks_of_text
from assistant.intake.chat_facts import told_facts
from assistant.intake.chat_instructions import PIECES, leaves_alone
from assistant.intake.chat_names import named
from assistant.intake.chat_sections import Meant
from assistant.intake.chat_words import CUT, STYLE, WRITE
from assistant.slots.numerals import find_numerals

_CLAUSES = re.compile(r"[，,]")
_PLACE = re.compile(r"[那这一](?:一|几|两)?(?:节|段|部分|块|章)|部分|章节")
#: 征兵人数 is what a short word counts, and 征兵 no section there.
_COUNTS = re.compile(r"(?:总|个|人|户|次|场|份|天)?数(?!据|字)|(?:总|金)额")


@dataclass(frozen=True)
class Shared:
    """The clauses of a sentence that tell ``facts``, and those that say how to write, ``wishes``."""

    facts: tuple[str, ...]
    wishes: tuple[str, ...]


def share(sentence: str, sheet: FactSheet, meant: Callable[[str], Meant], *, leaving: bool) -> Shared:
    """The clauses of a sentence, all of them facts where none speaks of the text.

    Args:
        meant: the sections that words mean.
        leaving: the sentence names what is to be left alone.
    """
    clauses = [clause for clause in (PIECES if leaving else _CLAUSES).split(sentence) if clause.strip()]
    cut = bool(CUT.search(sentence)) and meant(sentence).spoken
    sections = partial(section_meant, sheet=sheet, meant=meant)
    styled = [
        bool(STYLE.search(one) or WRITE.search(one) or (cut and CUT.search(one)) or on_text(one, sheet))
        or (leaving and leaves_alone(one, sections))
        for one in clauses
    ]
    if not any(styled):
        return Shared((sentence,), ())
    facts: list[str] = []
    wishes: list[str] = []
    before = ""
    for clause, style in zip(clauses, styled, strict=True):
        told = "" if style else _facts_of(clause, before, sheet, told=before in facts[-1:], leaving=leaving)
        (facts if told else wishes).append(told or clause)
        before = told or clause
    return Shared(tuple(facts), tuple(wishes))


def _facts_of(clause: str, before: str, sheet: FactSheet, *, told: bool, leaving: bool) -> str:
    """The words that tell a clause's facts, "" for none.

    A figure alone goes on with the clause ``before`` it; beside what is left alone it is no wish on the text.
    """
    held = told_facts(clause, sheet)
    if held or (held.unread and told):
        return clause
    if leaving and (held.unread or (held.notes and find_numerals(clause))):
        both = f"{before}，{clause}"
        return both if told_facts(both, sheet) else clause
    return ""


def on_text(clause: str, sheet: FactSheet) -> bool:
    """Whether a clause speaks of the text and tells no fact."""
    return speaks_of_text(clause) and not told_facts(clause, sheet)


def section_meant(words: str, sheet: FactSheet, meant: Callable[[str], Meant]) -> Meant:
    """The section that words mean, where 征兵人数 names a figure and none, and 双拥慰问63户 tells one."""
    if told_facts(words, sheet) and not _PLACE.search(words):
        return Meant()
    for name in named(words, sheet.schema):
        item = sheet.schema.by_label.get(name.labels[0])
        sure = not name.loose or _COUNTS.match(words, name.end)
        if item is not None and item.type.numeric and sure and not is_place(words, name):
            words = words[: name.start] + "□" * len(name.name) + words[name.end :]
    return meant(words)
