"""Passages that are nearly the same as in last year's report or in another report of the list.

Slot text is compared with its slots neutral, so that shared facts do not count. What the embedded engine writes is the
same in two reports by design and raises no warning: at most one hint a section, when three of its sentences and three
fifths of it are those of the same other report, and none where both are drafts of another seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checks.bare_numbers import without_slots
from assistant.checks.finding import Finding
from assistant.checks.leftovers_ground import Ground
from assistant.checks.leftovers_others import Other, OtherPart
from assistant.checks.leftovers_phrasebook import is_built_in
from assistant.checks.similarity import Marked, Sentence, SentenceIndex, marked, sentences, share
from assistant.facts.fields import Severity
from assistant.slots.render import render_text

#: Characters of a passage from which it is told, and from which it is warned of: last year's report, any other.
_FORMER, _OTHER = (24, 32), (30, 40)
#: A section's own phrases are told when so many of its sentences, and so much of it, are those of one other report.
_BUILT_IN_SENTENCES, _BUILT_IN_SHARE = 3, 0.6
#: Places of one sentence that are looked at; passages that are told of one text.
_PLACES, _TOLD = 16, 40
#: A heading or a short sentence may stand between two sentences of one passage.
_GAP = 40


@dataclass(frozen=True)
class PassageFinding(Finding):
    """A passage beside the one that it is like.

    Attributes:
        other: title of the other report; ``other_id``: "" for a plain text; ``other_section``: its section's name.
        mine, theirs: both as they are read, in stretches, each with whether the other has it too.
        share: how much of the passage, in percent, stands in the other; ``of_section``: how much of the section it is.
    """

    other: str = ""
    other_id: str = ""
    other_section: str = ""
    mine: Marked = ()
    theirs: Marked = ()
    share: float = 0.0
    of_section: float = 0.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of another report. ``rank``: last year's report of the same unit first."""

    other: int
    part: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Match:
    """A sentence of the text: the ``number``th, and where it stands in other reports."""

    number: int
    sentence: Sentence
    places: tuple[_Place, ...]
    built_in: bool

    @property
    def characters(self) -> int:
        return len(self.sentence.key.replace("#", ""))


@dataclass(frozen=True)
class Section:
    """The text to compare. ``built_in`` and ``seed`` as in ``OtherPart``."""

    text: str
    key: str = ""
    built_in: bool = False
    seed: int = 0


class Passages:
    """The sentences of other reports. Built once for a list of reports.

    Args:
        plain: plain texts will be compared, so the others are taken as they are read.
    """

    def __init__(self, others: Sequence[Other], *, plain: bool = False) -> None:
        self._others, self._plain = tuple(others), plain
        self._where: dict[str, list[_Place]] = {}
        for number, other in enumerate(self._others):
            for place, part in enumerate(other.parts):
                for one in sentences(self._comparable(other, part)):
                    where = self._where.setdefault(one.key, [])
                    where.append(_Place(number, place, one.start, one.end))
        self._index = SentenceIndex(self._where)

    def _comparable(self, other: Other, part: OtherPart) -> str:
        return other.read(part.text) if self._plain else without_slots(part.text)

    def findings(self, section: Section, ground: Ground, phrases: frozenset[str] = frozenset()) -> list[Finding]:
        """One finding for each passage, and at most one for the engine's own phrases."""
        text = section.text if self._plain else without_slots(section.text)
        formers = {number for number, other in enumerate(self._others) if other.former_of(ground)}
        found = [*sentences(text)]
        whole = sum(len(one.key.replace("#", "")) for one in found) or 1
        matches = [*self._matches(found, formers, phrases, section)]
        told = [*self._passages(section, ground, [match for match in matches if not match.built_in], formers, whole)]
        if not self._plain:
            told += self._phrases(section, ground, [match for match in matches if match.built_in], formers, whole)
        return told

    def _matches(
        self, found: Sequence[Sentence], formers: set[int], phrases: frozenset[str], section: Section
    ) -> Iterator[_Match]:
        for number, sentence in enumerate(found):
            like = self._index.alike(sentence.key)
            if like is None:
                continue
            where = self._where[like.key]
            first = [place for place in where if place.other in formers][:_PLACES] if formers else []
            rest = [place for place in where[:_PLACES] if place.other not in formers]
            yield _Match(number, sentence, (*first, *rest), self._built_in(section, sentence, where, phrases))

    def _built_in(self, section: Section, sentence: Sentence, where: Sequence[_Place], phrases: frozenset[str]) -> bool:
        if self._plain:
            return False
        # What stands in a text that nobody edited is the engine's, however short the words between its slots are.
        untouched = section.built_in or any(self._others[one.other].parts[one.part].built_in for one in where)
        return untouched or is_built_in(sentence.key, phrases)

    def _passages(
        self, section: Section, ground: Ground, matches: Sequence[_Match], formers: set[int], whole: int
    ) -> Iterator[Finding]:
        # A sentence that stands in several reports belongs to the one with which the text shares most.
        weight: Counter[tuple[int, int]] = Counter()
        for match in matches:
            for key in {(place.other, place.part) for place in match.places}:
                weight[key] += match.characters
        runs: list[list[tuple[_Match, _Place]]] = []
        for match in matches:
            best = max(match.places, key=lambda one: (one.other in formers, weight[one.other, one.part]))
            last = runs[-1][-1] if runs else None
            joins = last and last[0].number + 1 == match.number and _beside(last[1], best)
            if last and joins:
                runs[-1].append((match, best))
            else:
                runs.append([(match, best)])
        long = [run for run in runs if sum(match.characters for match, _ in run) >= self._least(run, formers)[0]]
        long.sort(key=lambda run: -sum(match.characters for match, _ in run))
        for run in long[:_TOLD]:
            yield self._told(section, ground, run, formers, whole)

    @staticmethod
    def _least(run: Sequence[tuple[_Match, _Place]], formers: set[int]) -> tuple[int, int]:
        return _FORMER if run[0][1].other in formers else _OTHER

    def _told(
        self, section: Section, ground: Ground, run: Sequence[tuple[_Match, _Place]], formers: set[int], whole: int
    ) -> Finding:
        characters = sum(match.characters for match, _ in run)
        severity: Severity = "warning" if characters >= self._least(run, formers)[1] else "hint"
        former = run[0][1].other in formers
        return self._finding(section, ground, run, severity, characters, whole, former=former)

    def _finding(
        self,
        section: Section,
        ground: Ground,
        run: Sequence[tuple[_Match, _Place]],
        severity: Severity,
        characters: int,
        whole: int,
        *,
        former: bool,
        built_in: bool = False,
    ) -> PassageFinding:
        places = [place for _, place in run]
        other = self._others[places[0].other]
        part = other.parts[places[0].part]
        start, end = run[0][0].sentence.start, run[-1][0].sentence.end
        if self._plain:
            whole_text = other.read(part.text)
            theirs = "".join(whole_text[one.start : one.end] for one in places)
            mine = section.text[start:end]
        else:
            theirs = other.read("".join(part.text[one.start : one.end] for one in places))
            spans = [(match.sentence.start, match.sentence.end) for match, _ in run]
            mine = render_text("".join(section.text[at:to] for at, to in spans), ground.sheet)
        alike, (left, right) = share(mine, theirs), marked(mine, theirs)
        where = f"《{other.short}》" + (f"“{part.title}”一节" if part.title else "")
        which = f"去年的{where}" if former else where
        if built_in:
            message = f"这一节与{which}有 {len(run)} 句相同（内置范式）；想换一种说法，可重写这一节。"
        else:
            message = f"这段文字有{alike:.0f}%的字与{which}相同（{characters}字），请核对是不是照抄的旧稿。"
        return PassageFinding(
            rule="leftover.same_passage",
            severity=severity,
            message=message,
            section_key=section.key,
            start=start,
            end=end,
            excerpt=section.text[start:end],
            other=other.title,
            other_id=other.id,
            other_section=part.title,
            share=round(alike, 1),
            of_section=round(100.0 * characters / whole, 1),
            mine=left,
            theirs=right,
        )

    def _phrases(
        self, section: Section, ground: Ground, matches: Sequence[_Match], formers: set[int], whole: int
    ) -> Iterator[Finding]:
        by_part: dict[tuple[int, int], list[tuple[_Match, _Place]]] = {}
        for match in matches:
            for place in {(one.other, one.part): one for one in match.places}.values():
                by_part.setdefault((place.other, place.part), []).append((match, place))
        best = None
        for (number, place_), run in by_part.items():
            part = self._others[number].parts[place_]
            if section.built_in and part.built_in and section.seed != part.seed:
                continue
            characters = sum(match.characters for match, _ in run)
            if len(run) >= _BUILT_IN_SENTENCES and characters >= _BUILT_IN_SHARE * whole:
                ranked = (number in formers, characters)
                if best is None or ranked > best[0]:
                    best = ranked, run
        if best is not None:
            (former, characters), run = best
            yield self._finding(section, ground, run, "hint", characters, whole, former=former, built_in=True)


def _beside(one: _Place, other: _Place) -> bool:
    """Whether the second sentence follows the first, or nearly so, in the same part."""
    return (one.other, one.part) == (other.other, other.part) and 0 <= other.start - one.end <= _GAP
