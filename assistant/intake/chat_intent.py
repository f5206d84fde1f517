"""What a message wants, by rules: facts told, a section written otherwise, a question, a command.

Nothing is done here, and whatever the message is nothing raises: what the rules do not know is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from assistant.intake.chat_asking import asking_in
from assistant.intake.chat_clauses import on_text, section_meant, share
from assistant.intake.chat_facts import fact_named, told_facts, told_items
from assistant.intake.chat_instructions import keeps, parts_of_instruction
from assistant.intake.chat_lists import without_lists
from assistant.intake.chat_making import ToldFacts
from assistant.intake.chat_questions import Question, labels_asked
from assistant.intake.chat_sections import Meant, begins, meant
from assistant.intake.chat_turned import Offered
from assistant.intake.chat_words import (
    CLEAR_FIRST,
    CLEAR_LAST,
    COMMANDS,
    ON_STYLE,
    OUTLINE,
    OUTLINE_WISH,
    REPLACED,
    STYLE,
)  # fmt: skip
from assistant.reports.report import Report
from assistant.slots.numerals import find_numerals

#: A longer message is a text to take facts from, by 导入, and no talk.
LONGEST = 4000
_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*")
_CLAUSES = re.compile(r"[，,]")
#: Facts of an answer that 去年呢 may mean.
_ABOUT = 3
#: Commands that are known beside other words.
_BESIDE = ("draft_all", "stop", "export", "undo", "redo", "review", "redraft")
_WHICH = re.compile(r"哪(?:一|个|几|些)?个?(?:节|段|部分|章|处|里|块)")


@dataclass(frozen=True)
class Wish:
    """A section written by an instruction. Several ``keys``: the person has to say which; none: it named none.

    Attributes:
        missing: numbers that it named and no section has.
        readings: the sections that it may mean together, where it is one of several such groups.
    """

    keys: tuple[str, ...]
    instruction: str
    whole: bool = False
    missing: tuple[str, ...] = ()
    readings: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Understood:
    """All that the rules read in a message.

    Attributes:
        cleared: labels whose value is to go; ``unsure``: the ones of which one is meant.
        kept: keys of sections that are not to be touched.
        outline: it speaks of adding, deleting or moving sections.
        also: commands that stand beside something else: they are offered, not done.
        rest: sentences that the rules do not know.
    """

    command: str = ""
    questions: tuple[Question, ...] = ()
    facts: ToldFacts = field(default_factory=ToldFacts)
    cleared: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    kept: tuple[str, ...] = ()
    outline: bool = False
    also: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def something(self) -> bool:
        return bool(
            self.command or self.questions or self.facts or self.cleared or self.unsure or self.wishes or self.outline
        ) or bool(self.kept or self.also)


def understand(
    text: str,
    report: Report,
    titles: Mapping[str, tuple[str, ...]],
    selected: str | None = None,
    recent: Sequence[str] = (),
    offered: Sequence[Offered] = (),
) -> Understood:
    """What a message wants of a report.

    Args:
        titles: section key → what it is called in any shape of the report type.
        selected: the section that the person has before them.
        recent: labels of the facts that were spoken of last.
        offered: values that were proposed and not yet taken, the last first.
    """
    text = text.strip()[:LONGEST]
    for name, pattern in COMMANDS.items():
        if pattern.match(text):
            return Understood(command=name)
    reading = _Reading(report, titles, selected, recent)
    lists = told_items(text, report.sheet.schema)
    for sentence in _SENTENCE.findall(without_lists(text, lists)):
        reading.read(sentence.strip())
    reading.told += ["\n" + text[one.start : one.end].strip() + "\n" for one in lists]
    facts = told_facts("\n".join(reading.told), report.sheet, recent, offered) if reading.told else ToldFacts()
    rest = list(reading.rest)
    if not facts and not facts.notes:
        # Words that hold no fact and are nothing else either.
        rest += reading.told
    else:
        rest += [one.quote for one in facts.unknown]
    return Understood(
        questions=tuple(reading.questions),
        facts=facts,
        cleared=tuple(dict.fromkeys(reading.cleared)),
        unsure=tuple(reading.unsure),
        wishes=tuple(reading.wishes),
        kept=tuple(dict.fromkeys(reading.kept)),
        outline=reading.outline,
        also=tuple(dict.fromkeys(reading.also)),
        rest=tuple(rest),
    )


class _Reading:
    def __init__(
        self, report: Report, titles: Mapping[str, tuple[str, ...]], selected: str | None, recent: Sequence[str]
    ) -> None:
        self._report = report
        # What the words speak of that name no fact themselves.
        self._about = tuple(recent[:_ABOUT])
        self._titles = titles
        self._selected = selected
        self.questions: list[Question] = []
        self.told: list[str] = []
        self.cleared: list[str] = []
        self.unsure: list[str] = []
        self.wishes: list[Wish] = []
        self.kept: list[str] = []
        self.rest: list[str] = []
        self.outline = False
        self.also: list[str] = []

    def read(self, sentence: str) -> None:
        if not sentence.strip(" 。！？；!?;，,"):
            return
        replaced = REPLACED.search(sentence)
        if replaced and not find_numerals(replaced.group("old")):
            self.questions.append(Question("words", words=replaced.group("old")))
            return
        if self._asked(sentence):
            return
        self._about = labels_asked(sentence, self._report.sheet.schema) or self._about
        if keeps(sentence, partial(section_meant, sheet=self._report.sheet, meant=self._meant)):
            self._shared(sentence, leaving=True)
        elif not self._clear(sentence):
            self._clauses(sentence)

    def _asked(self, sentence: str) -> bool:
        """A question, and what the same sentence tells: 入伍15人，还缺哪些数？"""
        before = self.questions[-1] if self.questions else None
        asking = asking_in(sentence, self._report, self._meant, self._about, before)
        if asking is None:
            return False
        self.questions += asking.questions
        self._about = asking.about
        self.rest += asking.left
        told = "，".join(asking.told)
        if any(STYLE.search(one) and self._meant(one).spoken for one in asking.told):
            self._shared(told)
        elif told and (find_numerals(told) or told_facts(told, self._report.sheet)):
            self.told.append(told)
        return True

    def _clear(self, sentence: str) -> bool:
        for pattern in (CLEAR_FIRST, CLEAR_LAST):
            found = pattern.match(sentence)
            if found is None:
                continue
            what = found.group("what").strip(" “”\"'")
            labels = fact_named(what, self._report.sheet)
            own = tuple(label for label in labels if label in self._report.sheet.schema.by_label)
            if len(own) == 1:
                self.cleared.append(own[0])
                return True
            if own:
                self.unsure += own
                return True
            if OUTLINE.search(what) and not STYLE.search(what) and self._meant(what).spoken:
                self.outline = True
                return True
        if OUTLINE_WISH.search(sentence):
            self.outline = True
            return True
        return False

    def _clauses(self, sentence: str) -> None:
        """Facts and instructions may share a sentence: each clause goes to where it belongs."""
        if _WHICH.search(sentence) or ON_STYLE.search(sentence):
            # 哪一部分写得最薄: asks about sections, and none is to be written.
            self.rest.append(sentence)
            return
        clauses = self._without_commands([clause for clause in _CLAUSES.split(sentence) if clause.strip()])
        self._shared("，".join(clauses))

    def _shared(self, sentence: str, *, leaving: bool = False) -> None:
        """Each clause to where it belongs. ``leaving``: the sentence names what is to be left alone."""
        shared = share(sentence, self._report.sheet, self._meant, leaving=leaving)
        if shared.facts:
            self.told.append("，".join(shared.facts))
        if shared.wishes:
            self._instructed(sentence, shared.wishes)

    def _without_commands(self, clauses: list[str]) -> list[str]:
        """入伍15人，全部起草: a command beside something else is not done unasked, and not passed over."""
        if len(clauses) < 2:
            return clauses
        found = [one for one in clauses if any(COMMANDS[name].match(one.strip()) for name in _BESIDE)]
        if len(found) == len(clauses):
            return clauses
        self.also += [one.strip(" 。！!；;") for one in found]
        return [one for one in clauses if one not in found]

    def _instructed(self, sentence: str, instruction: Sequence[str]) -> None:
        """Sections that are to be written otherwise, and those that are not to be touched."""
        written = [section.key for section in self._report.written]
        parts = parts_of_instruction(instruction, self._meant, self._begins, written)
        for part in parts:
            where = part.where
            if part.keep:
                self.kept += where.keys
                continue
            styled = STYLE.search(part.words) or on_text(part.words, self._report.sheet)
            if not where.keys and not where.whole and not where.spoken and not styled:
                # 写 alone may begin anything.
                self.rest.append(sentence)
                return
            keys = where.keys
            if not where.spoken and self._selected and len(keys) != 1:
                keys = (self._selected,)
            if where.each:
                self.wishes += [Wish((key,), part.words, missing=where.missing) for key in keys]
            else:
                self.wishes.append(Wish(keys, part.words, where.whole, where.missing, where.readings))

    def _begins(self, words: str) -> int:
        return begins(words, self._report, self._titles)

    def _meant(self, words: str) -> Meant:
        return meant(words, self._report, self._titles, self._selected)
