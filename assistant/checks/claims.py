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

_COMMAS = re.compile(r"[，、：，:→|｜]")
_LAST_YEAR = re.compile(r"去年|上年|上一年|同期")
_CHANGE = re.compile(
    r"(?:(?:增长|下降|增加|减少|提高|上升|降低|同比|增幅|净增|增|减|多|少)了?"
    r"|(?:[较比](?:去年|上年|上一年|同期)|同比)[^，、；。]{0,4}[多少增减][一-龥]{0,3})$"
)
_FROM = re.compile(r"[由从](?:(?:去年|上年|上一年|年初|同期|原来|原先|最初)的?)?[ ]?$")
_TO = re.compile("[，]?[一-龥]{0,3}[至到为成]了?[ ]?")
#: 去年两次，今年是三次: one fact, twice.
_NOW = re.compile("[，、；][ ]?(?:今年|本年)[一-龥]{0,4}[ ]?")
_NEW = re.compile("(?:新建|新增|新设|增设|其余|剩下)了?$")
#: 去年新兵12人、大学生9人: all that follows in its sentence, but for 比去年多了2人.
_YEAR_BEFORE = re.compile(
    r"(?:(?<![一-龥])|(?<=而|但))(?:去年|上年|上一年|往年)(?!底|末|开始|以来|起)|今年|本年|(?P<end>[。；;！？\n）])"
)
_APART, _APART_TO = re.compile("分别|依次"), re.compile("[一-龥]{0,4}[ ]?")
#: 全年共64户 may add up what stands before it.
_SUM = re.compile(r"(?:[共总合累小]计|一共|总共|共|总额|加起来|全年|[两三四]次|计|＝|=)[为达是有]?[ \u3000]*$")
_MOST_PARTS = 12
_ITEM, _NEXT = re.compile("、|以及|[和与及]"), re.compile("(?:[、，]|以及|[和与及])[ ]?")
_LIST_BEGINS = re.compile(r"[，。；;！？\n：:（）()]")
_BACK = re.compile("[，：]")
_PHRASE_ENDS, _NOUN_ENDS = re.compile(r"[，,。；;！？\n（）()→|｜]"), re.compile(r"[，,、。；;：:！？\n（）()→|｜]")
#: How far a phrase reaches, how far a noun stands behind its number, and how far back a list is looked for.
_PHRASE, _NOUN, _LIST = 30, 8, 80
_CLAUSE = 16
#: A clause with none of these has no word that compares: most have none, and are not looked at further.
_COMPARING = frozenset("去上同增下减提降净多少由从新其剩")


@dataclass(frozen=True, slots=True)
class Said:
    """How a number is introduced.

    Attributes:
        change: 同比增加 stands right before it.
        last_year: 去年 stands before it in its clause.
        origin: it is the 9 of 由9个增至14个.
        year_before: 去年 opens the sentence that it stands in: it is no figure of this year.
        new: 新建1个，总数达到2个: only a part of what the fact counts.
    """

    change: bool
    last_year: bool
    origin: bool = False
    year_before: bool = False
    new: bool = False

    def cost(self, role: Role) -> float:
        """Last year's figure needs a word that says so, a difference as well."""
        if self.origin:
            return -1.0 if role == "last_year" else 40.0
        if role == "change":
            return 0.0 if self.change else 8.0
        if role == "last_year":
            return -1.0 if self.last_year and not self.change else 8.0
        return 4.0 if self.change or self.new else 1.0 if self.last_year else 0.0


PLAIN = Said(change=False, last_year=False)


@dataclass(frozen=True, slots=True)
class Share:
    """What 分别 gives a number: the characters of its item, and those that name the column of all items."""

    item: tuple[int, int]
    column: tuple[int, int]
    last_year: bool = False


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
    made = Claims()
    _introductions(text, numerals, made, year)
    _shares(text, numerals, names, naming, made)
    _sums(text, numerals, made)
    _owners(text, numerals, names, naming, made)
    return made


def _introductions(text: str, numerals: Sequence[Numeral], made: Claims, year: int | None) -> None:
    years = _YEAR_BEFORE.finditer(text)
    ahead, year_before = next(years, None), False
    for place, numeral in enumerate(numerals):
        while ahead is not None and ahead.start() < numeral.start:
            year_before = ahead["end"] is None and ahead.group() not in ("今年", "本年")
            ahead = next(years, None)
        if numeral.kind == "year" and year is not None:
            year_before = numeral.value == year - 1
        before = text[max(0, numeral.start - _CLAUSE) : numeral.start]
        if not year_before and _COMPARING.isdisjoint(before):
            made.said.append(PLAIN)
            continue
        clause = _COMMAS.split(before)[-1]
        after = numerals[place + 1].start if place + 1 < len(numerals) else len(text)
        goes_on = after - numeral.end <= 8 and _TO.fullmatch(text, numeral.end, after)
        origin = bool(goes_on and _FROM.search(clause))
        now = after - numeral.end <= 10 and _NOW.fullmatch(text, numeral.end, after)
        origin = origin or bool(now and (year_before or _LAST_YEAR.search(clause)))
        if origin:
            made.anchors[place + 1] = place
        last_year = year_before or bool(_LAST_YEAR.search(clause))
        new = bool(_NEW.search(clause))
        made.said.append(Said(bool(_CHANGE.search(clause)), last_year, origin, year_before, new))


def _shares(text: str, numerals: Sequence[Numeral], names: Sequence[Name], naming: Naming, made: Claims) -> None:
    starts, name_starts = [numeral.start for numeral in numerals], [name.start for name in names]
    items: list[tuple[int, int]] = []
    for match in _APART.finditer(text):
        first = bisect_left(starts, match.end())
        last = first
        if first == len(numerals) or not _APART_TO.fullmatch(text, match.end(), min(starts[first], match.end() + 6)):
            continue
        if starts[first] - match.end() > 5:
            continue
        while last + 1 < len(numerals) and _NEXT.fullmatch(text, numerals[last].end, starts[last + 1]):
            last += 1
        many = last - first + 1
        found = _items(text, match.start())
        column = (found[-1][0], starts[first])
        # 甲、乙分别为30人、40人，干部分别为3人、4人: the second list is that of the first.
        again = len(found) < many and len(items) == many and "。" not in text[items[-1][1] : match.start()]
        if not again:
            # 甲、乙两支，人数分别为30人、20人: the list is that of the clause before.
            near = column[0] > 0 and match.start() - column[0] <= 12
            if len(found) < many and near and _BACK.match(text, column[0] - 1):
                found = _items(text, column[0] - 1)
            items = found[-many:]
            if len(found) < many:
                items = _rows(text, match.start(), many, names, name_starts, naming)
        if many > 1 and len(items) == many:
            last_year = bool(_LAST_YEAR.search(text, max(0, match.start() - 6), match.start()))
            for at, item in enumerate(items):
                made.shares[first + at] = Share(item, column, last_year)


def _items(text: str, end: int) -> list[tuple[int, int]]:
    begin = max(0, end - _LIST)
    for found in _LIST_BEGINS.finditer(text, begin, end):
        begin = found.end()
    items = []
    for found in _ITEM.finditer(text, begin, end):
        items.append((begin, found.start()))
        begin = found.end()
    return [*items, (begin, end)]


def _rows(
    text: str, end: int, many: int, names: Sequence[Name], name_starts: Sequence[int], naming: Naming
) -> list[tuple[int, int]]:
    """甲排30人，乙排20人，干部分别为3人、2人: the last rows that the sentence named."""
    begin = max(text.rfind("。", 0, end), text.rfind("\n", 0, end), end - 2 * _LIST)
    rows: list[Name] = []
    for at in range(bisect_left(name_starts, end) - 1, -1, -1):
        if names[at].start < begin or len(rows) == many:
            break
        if naming.of_row(names[at].text):
            rows.append(names[at])
    return [(row.start, row.end) for row in reversed(rows)]


def _sums(text: str, numerals: Sequence[Numeral], made: Claims) -> None:
    """春节30户、八一34户，全年共64户."""
    for place, total in enumerate(numerals):
        if total.value is None or not total.unit or not _SUM.search(text, max(0, total.start - 6), total.start):
            continue
        left = total.value
        for first in range(place - 1, max(-1, place - 1 - 2 * _MOST_PARTS), -1):
            part = numerals[first]
            if total.start - part.end > 4 * _LIST or left <= 0:
                break
            if (part.kind, part.unit) != (total.kind, total.unit) or part.value is None or first in made.sums:
                continue
            left -= part.value
            if left == 0 and place - first > 1:
                made.sums[place] = first
                made.part_of.update((at, place) for at in range(first, place))
                break


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
