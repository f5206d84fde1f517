"""Faults that are told each with its cause or its remedy, one like the other: 甲不足，原因是乙，明年要丙；….

That they are alike makes them sure: two or more stand side by side, each says what is wrong, and each turns to its
cause or its remedy by words of the same kind. It needs no heading, and which list the paragraph is of does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from assistant.facts.cues import ListCues
from assistant.intake.extract_closing import closed
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_mended import SO
from assistant.intake.extract_passage import Passage, outside
from assistant.intake.extract_passages import ENUMERATOR, next_year
from assistant.intake.extract_words import trimmed

#: Faults are spoken of in the later part of a text.
_LATE = 0.4
_EDGES = "。；，、：:;（）！ \u3000\n"
#: Where a clause begins, and where a sentence does.
_CLAUSE = re.compile(r"[，。；：（\n]")
_STOP = "。；\n"
_LEAST, _MOST, _ALIKE = 4, 60, 2
#: 问题也摆着：甲…: what stands in front of the first fault of a paragraph.
_LEAD = re.compile(r"[ \u3000]*【[^】\n]{1,20}】|[^：。；，（\n]{0,16}(?:，[^：。；，（\n]{0,16})?：")


@dataclass
class _Stretch:
    """What stands between two turns: a fault (``label`` is empty), its cause or its remedy."""

    label: str
    start: int
    end: int
    marked: bool
    begin: int


@dataclass
class _Unit:
    fault: _Stretch
    others: list[_Stretch] = field(default_factory=list)

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(one.label for one in self.others)

    @property
    def end(self) -> int:
        return self.others[-1].end


def paired(frame: Frame, lists: Mapping[str, ListCues], found: list[Passage], year: int | None) -> list[Passage]:
    """The passages with the items of such faults in place of what was read there."""
    for name, cues in lists.items():
        turns = {other: mine for other, mine in lists.items() if mine.turned == name and mine.paired}
        if turns and cues.needs:
            for run in _Reader(frame, cues, turns, year).runs():
                found = outside(found, frame.text, run[0].fault.begin, run[-1].end)
                found += _items(frame.text, name, run)
    return sorted(found, key=lambda part: part.start)


def _items(text: str, fault: str, run: list[_Unit]) -> Iterator[Passage]:
    for unit in run:
        for one in (unit.fault, *unit.others):
            so = SO.search(text, one.start, one.end) if one.label else None
            start, end = _trimmed(text, one.start, so.start() if so else one.end)
            yield Passage(one.label or fault, start, end, whole=True, sure=True)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = trimmed(text, start, end, _EDGES)
    # A bracket that the stretch opens is its own.
    return first, last + 1 if text[last:end].startswith("）") and "（" in text[first:last] else last


class _Reader:
    def __init__(self, frame: Frame, cues: ListCues, turns: Mapping[str, ListCues], year: int | None) -> None:
        self._frame, self._text = frame, frame.text
        self._wrong = pattern(cues.needs)
        following = next_year(year)
        self._turns = {name: pattern(mine.paired.replace("<次年>", following)) for name, mine in turns.items()}
        self._last = closed(frame)

    def runs(self) -> Iterator[list[_Unit]]:
        """Units side by side that are alike, and say what is wrong."""
        run: list[_Unit] = []
        for unit in self._units():
            like = self._like(run[-1], unit) if unit is not None and run else unit
            if like is None:
                yield from self._told(run)
            run = [] if like is None else run
            run += [one for one in (like or unit,) if one is not None]
        yield from self._told(run)

    def _told(self, run: list[_Unit]) -> Iterator[list[_Unit]]:
        wrong = sum(self._wrong.search(self._text, one.fault.start, one.fault.end) is not None for one in run)
        if len(run) >= _ALIKE and wrong >= max(_ALIKE, len(run) - 1):
            yield run

    def _like(self, one: _Unit, other: _Unit) -> _Unit | None:
        """The other unit as far as it is like the one: the sentence behind the last may speak of all (明年，…)."""
        size = len(one.kinds)
        if other.kinds[:size] == one.kinds:
            return replace(other, others=other.others[:size])
        return other if one.fault.marked and other.fault.marked and other.kinds == one.kinds[:1] else None

    def _units(self) -> Iterator[_Unit | None]:
        """Faults with what follows each; None where something else stands between."""
        unit: _Unit | None = None
        for one in self._stretches():
            if one is None or not one.label:
                if unit is not None:
                    yield unit if unit.others else None
                unit = _Unit(one) if one is not None and self._fits(one) else None
                if one is None:
                    yield None
            elif unit is not None and one.label not in unit.kinds and self._fits(one):
                unit.others.append(one)
            else:
                # A turn that belongs to no fault, or says a second time what was said.
                unit = None
                yield None
        if unit is not None and unit.others:
            yield unit

    def _fits(self, one: _Stretch) -> bool:
        start, end = _trimmed(self._text, one.start, one.end)
        return _LEAST <= end - start <= _MOST

    def _stretches(self) -> Iterator[_Stretch | None]:
        """What stands between turns; None for a heading."""
        late = len(self._text) * _LATE
        for paragraph in self._frame.paragraphs:
            if paragraph.is_heading:
                yield None
            elif late <= paragraph.start < self._last:
                yield from self._parted(paragraph.start, min(paragraph.end, self._last))

    def _parted(self, start: int, end: int) -> Iterator[_Stretch]:
        """A paragraph cut at its stops, its marks and its turns."""
        text = self._text
        lead = _LEAD.match(text, start, end)
        begins = [start, *(start + one.end() for one in _CLAUSE.finditer(text[start:end]))]
        if lead and not ENUMERATOR.match(text, start, end) and not self._turned(start, end)[0]:
            begins = [lead.end(), *(place for place in begins if place > lead.end())]
        cuts: list[_Stretch] = []
        for place in begins:
            label, at = self._turned(place, end)
            mark = None if label else ENUMERATOR.match(text, place, end)
            if label:
                cuts.append(_Stretch(label, at, end, False, place))
            elif mark or not cuts or text[place - 1] in _STOP:
                if cuts and cuts[-1].end == end and cuts[-1].start >= place:
                    # 对策：…: the mark belongs to the turn in front.
                    continue
                cuts.append(_Stretch("", mark.end() if mark else place, end, mark is not None, place))
        for number, one in enumerate(cuts):
            stop = cuts[number + 1].begin if number + 1 < len(cuts) else end
            if text[one.start : stop].strip(_EDGES):
                yield replace(one, end=stop)

    def _turned(self, place: int, end: int) -> tuple[str, int]:
        """The list to which a clause turns, and where what it says begins."""
        for name, by in self._turns.items():
            if told := by.match(self._text, place, end):
                return name, told.end()
        return "", place
