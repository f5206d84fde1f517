"""Words that wear out: a phrase in two sections, a word too often in a paragraph, 套话, many words and few facts.

All of it is a hint: whoever writes may have a reason. What to look for is in ``repetition.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.checks.finding import Finding
from assistant.reports.report import Report, Section
from assistant.slots.grammar import Slot, parse_placed
from assistant.slots.render import render_text

_FILE = Path(__file__).with_suffix(".yaml")
#: Characters of a phrase that stands in two sections from which it is told.
SHORTEST = 12
#: A longer one is told by its beginning.
_LONGEST = 80
#: Places of repeated phrases that are told of one section.
_TOLD = 4
#: A section of so many characters, rendered, with so many for each fact, says much with little.
_LONG, _PER_FACT = 180, 120
_BREAK = re.compile(r"[^\w]+")
_SHOWN = 24


@dataclass(frozen=True)
class Words:
    """What ``repetition.yaml`` holds."""

    most: int
    words: tuple[str, ...]
    phrases: tuple[str, ...]


@cache
def words() -> Words:
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Words(read["words"]["most"], tuple(read["words"]["list"]), tuple(read["phrases"]))


def repetition_findings(report: Report) -> list[Finding]:
    """The hints of a whole report, section by section."""
    found: list[Finding] = []
    known: dict[str, tuple[Section, str]] = {}
    for section in report.written:
        if not section.text:
            continue
        stretches = [*_stretches(section.text)]
        found += _same_phrases(section, stretches, known)
        found += _worn_words(section)
        found += _stock(section, stretches)
        found += _few_facts(section, report)
    return found


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """The runs of words between marks and slots, each with its place in the slot text."""
    for placed in parse_placed(text):
        if isinstance(placed.node, Slot):
            continue
        raw, at = text[placed.start : placed.end], 0
        for mark in (*_BREAK.finditer(raw), None):
            end = mark.start() if mark else len(raw)
            if end > at:
                yield placed.start + at, raw[at:end]
            at = mark.end() if mark else end


def _same_phrases(
    section: Section, stretches: Sequence[tuple[int, str]], known: dict[str, tuple[Section, str]]
) -> Iterator[Finding]:
    """Phrases of which another section before this one has the same run of characters."""
    told = 0
    for start, stretch in stretches:
        at = 0
        while at + SHORTEST <= len(stretch) and told < _TOLD:
            twin = known.get(stretch[at : at + SHORTEST])
            if twin is None or twin[0].key == section.key:
                at += 1
                continue
            other, there = twin
            size = SHORTEST
            while size < _LONGEST and at + size < len(stretch) and stretch[at : at + size + 1] in there:
                size += 1
            said = stretch[at : at + size]
            yield Finding(
                rule="repetition.same_phrase", severity="hint", section_key=section.key,
                message=f"“{_short(said)}”在“{other.title}”里也说过，可以换个说法或删去一处。",
                start=start + at, end=start + at + size, excerpt=said,
            )  # fmt: skip
            told += 1
            at += size
    for _, stretch in stretches:
        for at in range(len(stretch) - SHORTEST + 1):
            known.setdefault(stretch[at : at + SHORTEST], (section, stretch))


def _worn_words(section: Section) -> Iterator[Finding]:
    told = words()
    at = 0
    for paragraph in section.text.split("\n"):
        plain = _without_slots(paragraph)
        for word in told.words:
            places = [match.start() for match in re.finditer(word, plain)]
            if len(places) > told.most:
                start = at + places[told.most]
                yield Finding(
                    rule="repetition.worn_word", severity="hint", section_key=section.key,
                    message=f"一段里用了 {len(places)} 个“{word}”，可以删去或换掉几个。",
                    start=start, end=start + len(word), excerpt=word,
                )  # fmt: skip
        at += len(paragraph) + 1


def _stock(section: Section, stretches: Sequence[tuple[int, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for start, stretch in stretches:
        for phrase in words().phrases:
            at = stretch.find(phrase)
            if at >= 0 and not any(phrase in other for other in seen):
                seen.add(phrase)
                yield Finding(
                    rule="repetition.stock", severity="hint", section_key=section.key,
                    message=f"“{phrase}”是套话，最好写出具体做法或结果。",
                    start=start + at, end=start + at + len(phrase), excerpt=phrase,
                )  # fmt: skip


def _few_facts(section: Section, report: Report) -> Iterator[Finding]:
    """Only of a section that has facts to tell: a closing paragraph has none."""
    filled = [label for label in section.facts if not report.sheet.fact(label).empty]
    facts = {placed.node.label for placed in parse_placed(section.text) if isinstance(placed.node, Slot)}
    size = len("".join(render_text(section.text, report.sheet).split()))
    if len(filled) > len(facts) and size >= _LONG and size > _PER_FACT * max(1, len(facts)):
        message = f"这一节 {size} 字，只用到 {len(facts)} 项事实；本节还有 {len(filled) - len(facts)} 项填了没有写。"
        yield Finding(rule="repetition.few_facts", severity="hint", section_key=section.key, message=message)


def _without_slots(text: str) -> str:
    return "".join(
        "\ue001" * (placed.end - placed.start) if isinstance(placed.node, Slot) else text[placed.start : placed.end]
        for placed in parse_placed(text)
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
