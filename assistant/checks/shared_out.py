"""A list of things and a list of their numbers: 应急排、通信班分别为30人、10人; 春节和八一依次12户、9户."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checks.introduced import of_last_year
from assistant.checks.naming import Name, Naming
from assistant.slots.numeral import Numeral

_APART, _APART_TO = re.compile("分别|依次"), re.compile("[一-龥]{0,4}[ ]?")
_ITEM, _NEXT = re.compile("、|以及|[和与及]"), re.compile("(?:[、，]|以及|[和与及])[ ]?")
_LIST_BEGINS = re.compile(r"[，。；;！？\n：:（）()]")
_BACK = re.compile("[，：]")
#: How far back a list is looked for.
_REACH = 80


@dataclass(frozen=True, slots=True)
class Share:
    """What 分别 gives a number: the characters of its item, and those that name the column of all items."""

    item: tuple[int, int]
    column: tuple[int, int]
    last_year: bool = False


def shares_of(text: str, numerals: Sequence[Numeral], names: Sequence[Name], naming: Naming) -> dict[int, Share]:
    """The numbers that 分别 or 依次 gives to items, by their places in the list of numbers."""
    found_shares: dict[int, Share] = {}
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
        again = len(found) < many and len(items) == many and match.start() - items[-1][1] <= 4 * _REACH
        again = again and "。" not in text[items[-1][1] : match.start()]
        if not again:
            # 甲、乙两支，人数分别为30人、20人: the list is that of the clause before.
            near = column[0] > 0 and match.start() - column[0] <= 12
            if len(found) < many and near and _BACK.match(text, column[0] - 1):
                found = _items(text, column[0] - 1)
            items = found[-many:]
            if len(found) < many:
                items = _rows(text, match.start(), many, names, name_starts, naming)
        if many > 1 and len(items) == many:
            last_year = of_last_year(text[max(0, match.start() - 6) : match.start()])
            for at, item in enumerate(items):
                found_shares[first + at] = Share(item, column, last_year)
    return found_shares


def _items(text: str, end: int) -> list[tuple[int, int]]:
    begin = max(0, end - _REACH)
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
    begin = max(0, end - 2 * _REACH)
    begin = max(text.rfind("。", begin, end), text.rfind("\n", begin, end), begin)
    rows: list[Name] = []
    for at in range(bisect_left(name_starts, end) - 1, -1, -1):
        if names[at].start < begin or len(rows) == many:
            break
        if naming.of_row(names[at].text):
            rows.append(names[at])
    return [(row.start, row.end) for row in reversed(rows)]
