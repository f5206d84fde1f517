"""The grammar around a number: what it is said to be, and which name stands with it and so with no other number.

入伍17人 and 17名新兵 are phrases of their own: 入伍 names 17 there, and not the next number behind the comma.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.checks.figures import Role
from assistant.checks.naming import Name, Naming
from assistant.slots.numeral import Numeral

_COMMAS = re.compile(r"[，、：，:]")
_LAST_YEAR = re.compile(r"去年|上年|上一年|同期")
_CHANGE = re.compile(
    r"(?:(?:增长|下降|增加|减少|提高|上升|降低|同比|增幅|净增|增|减|多|少)了?"
    r"|(?:[较比](?:去年|上年|上一年|同期)|同比)[^，、；。]{0,4}[多少增减][一-龥]{0,3})$"
)
_FROM = re.compile(r"[由从](?:(?:去年|上年|上一年|年初|同期|原来|原先|最初)的?)?[ ]?$")
_TO = re.compile(
    r"[，]?(?:增|升|提|降|减|扩|增长|增加|增多|上升|提高|提升|扩大|发展|下降|减少|降低|回落|压减)(?:至|到|为)了?[ ]?"
)
_APART, _APART_TO = re.compile("分别"), re.compile("[为是有达占到]{0,2}[ ]?")
_ITEM, _NEXT = re.compile("、|以及|[和与及]"), re.compile("(?:[、，]|以及|[和与及])[ ]?")
_LIST_BEGINS = re.compile(r"[，。；;！？\n：:（）()]")
_PHRASE_ENDS, _NOUN_ENDS = re.compile(r"[，,。；;！？\n（）()]"), re.compile(r"[，,、。；;：:！？\n（）()]")
#: How far a phrase reaches, how far a noun stands behind its number, and how far back a list is looked for.
_PHRASE, _NOUN, _LIST = 30, 8, 80
_CLAUSE = 16
#: A clause with none of these has no word that compares: most have none, and are not looked at further.
_COMPARING = frozenset("去上同增下减提降净多少由从")


@dataclass(frozen=True, slots=True)
class Said:
    """How a number is introduced.

    Attributes:
        change: 同比增加 stands right before it.
        last_year: 去年 stands before it in its clause.
        origin: it is the 9 of 由9个增至14个.
    """

    change: bool
    last_year: bool
    origin: bool = False

    def cost(self, role: Role) -> float:
        """Last year's figure needs a word that says so, a difference as well."""
        if self.origin:
            return -1.0 if role == "last_year" else 40.0
        if role == "change":
            return 0.0 if self.change else 8.0
        if role == "last_year":
            return -1.0 if self.last_year and not self.change else 8.0
        return 4.0 if self.change else 1.0 if self.last_year else 0.0


_PLAIN = Said(change=False, last_year=False)


@dataclass(frozen=True, slots=True)
class Share:
    """What 分别 gives a number: the characters of its item, and those that name the column of all items."""

    item: tuple[int, int]
    column: tuple[int, int]


@dataclass
class Claims:
    """What the grammar of a text says of its numbers, by their places in the list of numbers.

    Attributes:
        owners: (place of a name, label of a fact) → the number that it stands with.
        shares: what 分别 gave.
        owned: the other way round: number → (place of a name, label).
        anchors: the 14 of 由9个增至14个 → the place of the 9, whose name it shares.
    """

    said: list[Said] = field(default_factory=list)
    owners: dict[tuple[int, str], int] = field(default_factory=dict)
    owned: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    shares: dict[int, Share] = field(default_factory=dict)
    anchors: dict[int, int] = field(default_factory=dict)


def claims_of(text: str, numerals: Sequence[Numeral], names: Sequence[Name], naming: Naming) -> Claims:
    """Reads the text once; linear in its length."""
    made = Claims()
    _introductions(text, numerals, made)
    _shares(text, numerals, made)
    _owners(text, numerals, names, naming, made)
    return made


def _introductions(text: str, numerals: Sequence[Numeral], made: Claims) -> None:
    for place, numeral in enumerate(numerals):
        before = text[max(0, numeral.start - _CLAUSE) : numeral.start]
        if _COMPARING.isdisjoint(before):
            made.said.append(_PLAIN)
            continue
        clause = _COMMAS.split(before)[-1]
        after = numerals[place + 1].start if place + 1 < len(numerals) else len(text)
        goes_on = after - numeral.end <= 8 and _TO.fullmatch(text, numeral.end, after)
        origin = bool(goes_on and _FROM.search(clause))
        if origin:
            made.anchors[place + 1] = place
        made.said.append(Said(bool(_CHANGE.search(clause)), bool(_LAST_YEAR.search(clause)), origin))


def _shares(text: str, numerals: Sequence[Numeral], made: Claims) -> None:
    starts = [numeral.start for numeral in numerals]
    items: list[tuple[int, int]] = []
    for match in _APART.finditer(text):
        first = bisect_left(starts, match.end())
        last = first
        if first == len(numerals) or not _APART_TO.fullmatch(text, match.end(), min(starts[first], match.end() + 4)):
            continue
        if starts[first] - match.end() > 3:
            continue
        while last + 1 < len(numerals) and _NEXT.fullmatch(text, numerals[last].end, starts[last + 1]):
            last += 1
        found = _items(text, match.start())
        column, many = found[-1], last - first + 1
        # 甲、乙分别为30人、40人，干部分别为3人、4人: the second list is that of the first.
        again = len(found) == 1 and len(items) == many and "。" not in text[items[-1][1] : match.start()]
        items = items if again else found[-many:]
        if many > 1 and len(items) == many:
            for at, item in enumerate(items):
                made.shares[first + at] = Share(item, column)


def _items(text: str, end: int) -> list[tuple[int, int]]:
    begin = max(0, end - _LIST)
    for found in _LIST_BEGINS.finditer(text, begin, end):
        begin = found.end()
    items = []
    for found in _ITEM.finditer(text, begin, end):
        items.append((begin, found.start()))
        begin = found.end()
    return [*items, (begin, end)]


def _owners(text: str, numerals: Sequence[Numeral], names: Sequence[Name], naming: Naming, made: Claims) -> None:
    name_starts = [name.start for name in names]
    wanted: list[tuple[float, int, int]] = []
    for place, numeral in enumerate(numerals):
        said = made.said[place]
        if said.origin or said.change or said.last_year:
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
        labels = _labels(naming, names[at], numerals[place])
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
        if _labels(naming, names[place], numeral):
            return [place]
    return []


def _labels(naming: Naming, name: Name, numeral: Numeral) -> list[str]:
    """The facts of that name whose value the number may say."""
    if not naming.of_fact(name.text):
        return []
    return [
        figure.label for figure, _ in naming.fitting(name.text, numeral) if figure.role == "value" and not figure.row
    ]
