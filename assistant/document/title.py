"""Breaking a title into lines by sense: 词意完整、排列对称、长短适宜, 梯形或菱形 (GB/T 9704 7.3.1).

Every place between two characters has a price: 0 where the sense turns (after 》, before 关于),
more inside words, very much inside 《》, a name, a date or a number with its unit. The lines
chosen are those with the lowest sum of prices and of what their shape costs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path

from assistant.document.text import width

FREE = 0.0
PLAIN = 10.0
IN_WORD = 45.0
IN_UNIT = 500.0
NEVER = math.inf

_EXTRA_LINE = 24.0
_WRONG_SHAPE = 60.0
_RAGGED = 6.0

_UNIT = re.compile(
    r"\d[\d.,．，]*(?:\s*(?:[%％‰]|[—～~\-至]\d[\d.,]*))*"
    r"(?:年度|年\d{1,2}月\d{1,2}日|年\d{1,2}月(?:份)?|月\d{1,2}日|年|月|日|季度|万元|亿元|元|名|人|个|项|次|届|号|周年|%)*"
    r"|第[一二三四五六七八九十百零〇\d]+[次届个季批期轮]?"
    r"|[二一][〇零一二三四五六七八九]{3}年度?"
    r"|[A-Za-z][A-Za-z.\-]*"
)
_ENCLOSED = re.compile(
    r"《[^《》]*(?:《[^》]*》[^《》]*)*》|“[^“”]*”|‘[^‘’]*’|（[^（）]*）|〔[^〕]*〕|【[^】]*】|\([^()]*\)"
)
_NO_START = "》”’）〕】)、，。；：！？,.;:!?%％的地得和与及年月日"
_NO_END = "《“‘（〔【(第"
# An office's name is one: its place (two hanzi and 县, 镇 …) and what it is.
_OFFICE = re.compile(
    "[\u4e00-\u9fff]{2}[省市县区旗镇乡村道](?:人民政府|人民武装部?|人武部|武装部|党委|党工委|党支部|委员会|办事处|纪委)"
)
#: 支出明细表, 人员花名册, 工作台账: what the table holds and that it is one are a word.
_SHEET = re.compile("[\u4e00-\u9fff]{2}(?:表|册|单|账|簿)(?![彰扬现达述率态位项独目务户])")
_TURN_BEFORE = ("关于",)
_TURN_AFTER = ("关于", "》", "”", "）", "、", "，")
_WEAK_TURN_BEFORE = ("工作情况", "情况的", "述职", "和", "与", "及", "暨")


def break_title(
    title: str, max_chars: float = 20, narrow: float = 0.64, protected: Iterable[str] = ()
) -> tuple[str, ...]:
    """The lines of a title, none wider than ``max_chars`` 字.

    Args:
        title: one line of clean text; lines that the writer broke are passed one at a time.
        narrow: width of a half-width character in 字.
        protected: names never broken inside of unless one is wider than a line.

    Returns:
        At least one line; joined they are ``title`` again.
    """
    if width(title, narrow) <= max_chars:
        return (title,)
    prices = _prices(title, tuple(protected))
    sums = [0.0]
    for char in title:
        sums.append(sums[-1] + width(char, narrow))
    fewest = math.ceil(sums[-1] / max_chars)
    choices = [_break_into(count, prices, sums, max_chars) for count in range(fewest, fewest + 3)]
    found = [choice for choice in choices if choice[0] < NEVER]
    # Only a title of characters that may not start a line has no price to pay: then any break will do.
    cuts = min(found)[1] if found else _blind(sums, max_chars)
    edges = (0, *cuts, len(title))
    return tuple(title[start:end] for start, end in pairwise(edges))


def _prices(title: str, protected: tuple[str, ...]) -> list[float]:
    """Price of a break before each character; index 0 is never used."""
    prices = [PLAIN] * len(title)
    for word in _words():
        _raise_inside(prices, _places(title, word), IN_WORD)
    _raise_inside(prices, (match.span() for match in _OFFICE.finditer(title)), IN_WORD)
    _raise_inside(prices, (match.span() for match in _SHEET.finditer(title)), IN_WORD)
    for index in range(1, len(title)):
        before, after = title[:index], title[index:]
        if after.startswith(_TURN_BEFORE) or before.endswith(_TURN_AFTER):
            prices[index] = FREE
        elif prices[index] == PLAIN and after.startswith(_WEAK_TURN_BEFORE) and after[0] not in _NO_START:
            prices[index] = PLAIN / 3
    spans = [match.span() for pattern in (_UNIT, _ENCLOSED) for match in pattern.finditer(title)]
    spans += [span for term in protected for span in _places(title, term)]
    # Where one is wider than a line, the sense of what it holds still counts.
    for index in {index for start, end in spans for index in range(start + 1, end)}:
        prices[index] += IN_UNIT
    for term in protected:
        for _, end in _places(title, term):
            if end < len(title) and prices[end] <= PLAIN:
                prices[end] = FREE
    for index in range(1, len(title)):
        if title[index] in _NO_START or title[index - 1] in _NO_END or not width(title[index]):
            prices[index] = max(prices[index], IN_UNIT)
    return prices


def _raise_inside(prices: list[float], spans: Iterable[tuple[int, int]], price: float) -> None:
    for start, end in spans:
        for index in range(start + 1, end):
            prices[index] = max(prices[index], price)


def _places(title: str, term: str) -> list[tuple[int, int]]:
    if not term:
        return []
    return [match.span() for match in re.finditer(re.escape(term), title)]


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "title_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def _break_into(count: int, prices: list[float], sums: list[float], max_chars: float) -> tuple[float, tuple[int, ...]]:
    if count <= 3:
        return _try_all(count, prices, sums, max_chars)
    return _balance(count, prices, sums, max_chars)


def _try_all(count: int, prices: list[float], sums: list[float], max_chars: float) -> tuple[float, tuple[int, ...]]:
    best: tuple[float, tuple[int, ...]] = (NEVER, ())
    for cuts in combinations(range(1, len(prices)), count - 1):
        edges = (0, *cuts, len(prices))
        widths = [sums[end] - sums[start] for start, end in pairwise(edges)]
        if max(widths) <= max_chars:
            cost = sum(prices[cut] for cut in cuts) + _shape(widths) + _EXTRA_LINE * count
            best = min(best, (cost, cuts))
    return best


def _shape(widths: list[float]) -> float:
    """What the outline of the lines costs: 梯形 (growing) and 菱形 (longest in the middle) are free."""
    spread = max(widths) - min(widths)
    cost = spread + (4 * (spread - _RAGGED) if spread > _RAGGED else 0)
    growing = all(upper < lower for upper, lower in pairwise(widths))
    diamond = len(widths) == 3 and widths[1] > max(widths[0], widths[2])
    return cost if growing or diamond else cost + _WRONG_SHAPE


def _balance(count: int, prices: list[float], sums: list[float], max_chars: float) -> tuple[float, tuple[int, ...]]:
    """More than three lines: as even as the prices allow, by dynamic programming."""
    length, target = len(prices), sums[-1] / count
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(count):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in best.items():
            for end in range(start + 1, length + 1):
                wide = sums[end] - sums[start]
                if wide > max_chars:
                    break
                if (end == length) != (line == count - 1):
                    continue
                total = cost + (wide - target) ** 2 + (prices[end] if end < length else 0.0)
                if total < reached.get(end, (NEVER, ()))[0]:
                    reached[end] = (total, (*cuts, end) if end < length else cuts)
        best = reached
    cost, cuts = best.get(length, (NEVER, ()))
    return cost + _EXTRA_LINE * count, cuts


def _blind(sums: list[float], max_chars: float) -> tuple[int, ...]:
    cuts, start = [], 0.0
    for index in range(1, len(sums) - 1):
        if sums[index + 1] - start > max_chars:
            cuts.append(index)
            start = sums[index]
    return tuple(cuts)
