"""The grammar around the numbers of a text: what each is said to be, and which name stands with it, so with no other.

入伍17人 and 17名新兵 are phrases of their own: 入伍 names 17 there, and not the next number behind the comma.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.checks.adding_up import sums_of
from assistant.checks.introduced import Said, introductions
from assistant.checks.naming import Name, Naming
from assistant.checks.shared_out import Share, shares_of
from assistant.slots.numeral import Numeral

_PHRASE_ENDS, _NOUN_ENDS = re.compile(r"[，,。；;！？\n（）()→|｜]"), re.compile(r"[，,、。；;：:！？\n（）()→|｜]")
#: How far a phrase reaches, and how far a noun stands behind its number.
_PHRASE, _NOUN = 30, 8


@dataclass
class Claims:
    """What the grammar of a text says of its numbers, by their places in the list of numbers.

    Attributes:
        owners: (place of a name, label of a fact) → the number that it stands with.
        shares: what 分别 gave.
        owned: the other way round: number → (place of a name, label).
        anchors: the 14 of 由9个增至14个 → the place of the 9, whose name it shares.
        sums: number → the first of those before it that it adds up.
        part_of: the other way round.
    """

    said: list[Said] = field(default_factory=list)
    owners: dict[tuple[int, str], int] = field(default_factory=dict)
    owned: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    shares: dict[int, Share] = field(default_factory=dict)
    anchors: dict[int, int] = field(default_factory=dict)
    sums: dict[int, int] = field(default_factory=dict)
    part_of: dict[int, int] = field(default_factory=dict)


def claims_of(
    text: str, numerals: Sequence[Numeral], names: Sequence[Name], naming: Naming, year: int | None = None
) -> Claims:
    """Reads the text once; linear in its length. ``year``: the report's own."""
    said, anchors = introductions(text, numerals, year)
    sums, part_of = sums_of(text, numerals)
    shares = shares_of(text, numerals, names, naming)
    made = Claims(said, shares=shares, anchors=anchors, sums=sums, part_of=part_of)
    _owners(text, numerals, names, naming, made)
    return made


def _owners(text: str, numerals: Sequence[Numeral], names: Sequence[Name], naming: Naming, made: Claims) -> None:
    name_starts = [name.start for name in names]
    wanted: list[tuple[float, int, int]] = []
    for place, numeral in enumerate(numerals):
        said = made.said[place]
        if said.origin or said.change or said.last_year or said.new:
            continue
        if share := made.shares.get(place):
            for at in range(bisect_left(name_starts, share.item[0]), bisect_left(name_starts, share.item[1])):
                wanted.append((-1.0, place, at))
            continue
        start = numerals[made.anchors.get(place, place)].start
        reached = numerals[place - 1].end if place else 0
        follows = numerals[place + 1].start if place + 1 < len(numerals) else len(text)
        for at in _before(text, start, names, name_starts, naming, numeral):
            gap = start - names[at].end
            passed = 4.0 if names[at].end < reached and place not in made.anchors else 0.0
            wanted.append(
                (gap + (1.0 if gap else 0.0) + passed + 3 * text.count("、", names[at].end, start), place, at)
            )
        at = bisect_left(name_starts, numeral.end)
        if at < len(names) and names[at].start <= min(follows, numeral.end + _NOUN):
            gap = names[at].start - numeral.end
            if not _NOUN_ENDS.search(text, numeral.end, names[at].start):
                wanted.append((gap + (5.0 if gap else 0.5), place, at))
    taken: set[int] = set()
    for _, place, at in sorted(wanted):
        labels = naming.claimable(names[at].text, numerals[place])
        if place in taken or not labels or any((at, label) in made.owners for label in labels):
            continue
        taken.add(place)
        made.owned[place] = [(at, label) for label in labels]
        made.owners.update(((at, label), place) for label in labels)


def _before(
    text: str, start: int, names: Sequence[Name], name_starts: Sequence[int], naming: Naming, numeral: Numeral
) -> list[int]:
    """The nearest name in front that can be the number's, in the same phrase."""
    at = bisect_right(name_starts, start - 1) - 1
    for place in range(at, max(-1, at - 4), -1):
        if names[place].end > start:
            continue
        if start - names[place].end > _PHRASE or _PHRASE_ENDS.search(text, names[place].end, start):
            return []
        if naming.claimable(names[place].text, numeral):
            return [place]
    return []
