"""What was found against what is there: which found facts are right, which are false, which gold facts are missed.

A **number, year, date or choice** is right when the label and the typed value are equal. A **text** and an **item of a
list** are right when the label is and the words are alike: rapidfuzz ratio ≥ 0.6 (punctuation and spaces aside) to the
gold value, to its form in traditional characters or, for an item, to its quote; a text of at most four characters (a
name) must be equal. A **table row** is right when the texts that gold gives are alike, every other cell that the text
states is equal, and no figure stands where the text has none; a 数量 of 1 that nobody wrote is forgiven.

Everything found twice counts once. What gold neither has nor allows is **false**. A false fact whose place and value
are those of a gold fact with another label has the **wrong label**; one that lies on a figure of ``not_facts`` fell
into a **trap**. A choice that gold does not have (自称, 文种 guessed from elsewhere) is not judged. 概数 and last
year's values are judged on facts that were found right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gold_facts import Gold, GoldText, kind_of
from rapidfuzz import fuzz

from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType

ALIKE = 60.0
NAME_LENGTH = 4
ATTRIBUTES = ("last_year", "approximate")
_MARKS = re.compile(r"[\s，。、；：！？“”‘’（）《》【】()\-—*·,.;:!?\"']+")


@dataclass(frozen=True)
class Found:
    """One fact as an engine found it, flattened: an item of a list, a row of a table, or one value."""

    label: str
    value: Any = None
    row: Mapping[str, Any] | None = None
    quote: str = ""
    start: int = -1
    end: int = -1
    approximate: str = ""
    last_year: Any = None
    doubt: str = ""


@dataclass
class Score:
    """Counts under one kind."""

    gold: int = 0
    found: int = 0
    right: int = 0
    wrong_label: int = 0
    trapped: int = 0
    doubted: int = 0

    def add(self, other: Score) -> None:
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def recall(self) -> float | None:
        return self.right / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def wrong_label_rate(self) -> float | None:
        return self.wrong_label / self.found if self.found else None


@dataclass
class Judgement:
    """One text judged: scores by kind and attribute, and what was missed or false, in words."""

    scores: dict[str, Score]
    misses: list[str] = field(default_factory=list)
    falses: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    return _MARKS.sub("", text)


def alike(found: str, *spellings: str) -> float:
    """0–100, the best over the spellings of the gold text; a short one must be equal to be alike at all."""
    grades = []
    for one in map(plain, filter(None, spellings)):
        near = fuzz.ratio(plain(found), one)
        grades.append(near if near == 100 or len(one) > NAME_LENGTH else 0.0)
    return max(grades, default=0.0)


def _row_score(found: Mapping[str, Any], gold: Gold, table: FactField) -> float:
    written = gold.written if isinstance(gold.written, Mapping) else {}
    assert gold.row is not None
    score = 0.0
    for column in table.columns:
        wanted, got = gold.row.get(column.label), found.get(column.label)
        if column.type is FieldType.TEXT:
            if wanted is None:
                # A measure word or a description that gold leaves open is no figure.
                continue
            near = alike(str(got or ""), wanted, written.get(column.label, ""))
            if near < ALIKE:
                return 0.0
            score += near
        elif wanted != got and not (wanted is None and column.label == "数量" and got == 1):
            return 0.0
    return score


def similarity(found: Found, gold: Gold, item: FactField | DerivedFact) -> float:
    """How well the found fact is this gold fact: 0 for not at all."""
    if found.label != gold.label:
        return 0.0
    if gold.row is not None:
        return _row_score(found.row, gold, item) if found.row is not None and isinstance(item, FactField) else 0.0
    if found.row is not None:
        return 0.0
    if item.type in (FieldType.TEXT, FieldType.LIST):
        written = gold.written if isinstance(gold.written, str) else ""
        quote = gold.quote if item.type is FieldType.LIST else ""
        near = alike(str(found.value), str(gold.value), written, quote)
        return near if near >= ALIKE else 0.0
    return 100.0 if found.value == gold.value else 0.0


def _pairs(found: Sequence[Found], gold: Sequence[Gold], facts: FactSchema) -> dict[int, int]:
    """Found → gold, best pairs first, each used once."""
    graded = sorted(
        (
            (near, number, other)
            for number, one in enumerate(found)
            for other, wanted in enumerate(gold)
            if (item := facts.find(one.label)) and (near := similarity(one, wanted, item)) > 0
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    by_found: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, other in graded:
        if number not in by_found and other not in taken:
            by_found[number] = other
            taken.add(other)
    return by_found


def spans(quote: str, text: str) -> list[tuple[int, int]]:
    return [(one.start(), one.end()) for one in re.finditer(re.escape(quote), text)] if quote else []


def _overlaps(found: Found, quote: str, text: str) -> bool:
    places = [(found.start, found.end)] if 0 <= found.start < found.end else spans(found.quote, text)
    return any(start < last and first < end for start, end in places for first, last in spans(quote, text))


def _wrong_label(found: Found, text: GoldText) -> bool:
    return any(
        gold.label != found.label and _says_the_same(found, gold) and _overlaps(found, gold.quote, text.text)
        for gold in text.gold
    )


def _says_the_same(found: Found, gold: Gold) -> bool:
    """Under another label."""
    if found.row is not None:
        return False
    if gold.row is not None:
        return found.value in gold.row.values()
    if isinstance(gold.value, str) and isinstance(found.value, str):
        return alike(found.value, gold.value, gold.quote) >= ALIKE
    return bool(found.value == gold.value)


def _same(left: Found, right: Gold, facts: FactSchema) -> bool:
    item = facts.find(left.label)
    return item is not None and similarity(left, right, item) > 0


def judge(found: Sequence[Found], text: GoldText, facts: FactSchema) -> Judgement:
    scores: dict[str, Score] = {}

    def score(kind: str) -> Score:
        return scores.setdefault(kind, Score())

    verdict = Judgement(scores)
    stated = [one for one in found if one.value is not None or one.row is not None]
    pairs = _pairs(stated, text.gold, facts)
    for gold in text.gold:
        score(gold.kind).gold += 1
    for number, one in enumerate(stated):
        item = facts.find(one.label)
        if item is None:
            verdict.falses.append(f"no such fact: {one.label}")
            score("text").found += 1
            continue
        if number in pairs:
            score(kind_of(item)).found += 1
            score(kind_of(item)).right += 1
            _judge_attributes(one, text.gold[pairs[number]], verdict)
            continue
        if any(_same(one, gold, facts) for gold in (*text.gold, *text.allowed)):
            continue
        labelled = any(gold.label == one.label for gold in text.gold)
        if item.type is FieldType.CHOICE and not labelled:
            continue
        tally = score(kind_of(item))
        tally.found += 1
        wrong = _wrong_label(one, text)
        trap = any(_overlaps(one, quote, text.text) for quote in text.not_facts)
        tally.wrong_label += wrong
        tally.trapped += trap
        tally.doubted += bool(one.doubt)
        why = "wrong label" if wrong else "trap" if trap else "false"
        verdict.falses.append(f"{why}: {one.label} = {one.row or one.value} ← {one.quote}{_doubt(one)}")
    for one in found:
        if one.value is None and one.row is None and one.last_year is not None:
            for gold in text.gold:
                if gold.label == one.label and one.last_year in (gold.last_year, gold.last_year_may):
                    break
            else:
                score("last_year").found += 1
                verdict.falses.append(f"last_year alone: {one.label} = {one.last_year} ← {one.quote}")
    matched = set(pairs.values())
    verdict.misses += [
        f"{gold.label} = {gold.row or gold.value} ← {gold.quote}"
        for number, gold in enumerate(text.gold)
        if number not in matched
    ]
    for gold in text.gold:
        score("last_year").gold += gold.last_year is not None
        score("approximate").gold += bool(gold.approximate)
    return verdict


def _doubt(found: Found) -> str:
    return f" (in doubt: {found.doubt})" if found.doubt else ""


def _judge_attributes(found: Found, gold: Gold, verdict: Judgement) -> None:
    for name, got, wanted in (
        ("last_year", found.last_year, gold.last_year),
        ("approximate", bool(found.approximate) or None, bool(gold.approximate) or None),
    ):
        tally = verdict.scores.setdefault(name, Score())
        if got is not None and got == wanted:
            tally.found += 1
            tally.right += 1
        elif got is not None and (name == "approximate" or got != gold.last_year_may):
            tally.found += 1
            verdict.falses.append(f"{name}: {found.label} {got} instead of {wanted} ← {found.quote}")
        elif wanted is not None:
            verdict.misses.append(f"{name}: {gold.label} = {wanted} ← {gold.quote}")


def total(judgements: Sequence[Judgement], kinds: Sequence[str]) -> Score:
    """The facts of these kinds together."""
    whole = Score()
    for one in judgements:
        for kind in kinds:
            whole.add(one.scores.get(kind, Score()))
    return whole
