"""Pairs on a stroke whose order a legend tells: （前为今年、后为去年）… 议军会3次/2次 becomes 议军会3次（去年2次）.

A pair of two figures of one measure word that no legend explains waits for a person: nothing says which year is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_grid_copy import Copy

UNEXPLAINED = "斜线两边哪个是今年的，文中没有写，先按前一个读"
_NOW, _LAST = "今年|本年度?|本期", "去年|上年度?|上期|(?:上年|去年)同期"
_EITHER = rf"(?:{_LAST}|{_NOW}|20[0-9]{{2}}年?)"
_LEGENDS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:斜[线杠]|[/／])?前(?:面|边|者|一个|一个数)?的?(?:数字?)?(?:为|是)(?P<one>{_EITHER})[^。；：\n0-9]{{0,4}}[，、；]?"
        rf"(?:斜[线杠]|[/／])?后(?:面|边|者|一个|一个数)?的?(?:数字?)?(?:为|是)(?P<two>{_EITHER})",
        rf"(?:[（(：:，][ ]?|各?(?:数|项|数据)(?:为|是|均为|按)?)(?P<one>{_EITHER})(?:数|完成数?)?[ ]?[/／][ ]?"
        rf"(?P<two>{_EITHER})(?:数|完成数?)?[ ]?(?=[）)：:。\n])",
    )
)
#: 编制/实有: another order begins here.
_OTHER = re.compile(r"[（(][一-龥]{1,6}(?:[/／][一-龥]{1,6})+[）)]")
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_UNIT = "人次|课时|学时|万元|元|[人名位个次户块面条幅份张册期天处座间支起件例场]"
_PAIR = re.compile(
    rf"(?<=[一-龥：）:）])[ ]?(?P<one>{_NUMBER})(?P<of_one>{_UNIT})?[ ]?[/／][ ]?"
    rf"(?P<two>{_NUMBER})(?P<of_two>{_UNIT})?(?![0-9./／一-龥])"
)
_LEAST = 2


@dataclass(frozen=True)
class Paired:
    """The text with its pairs told; ``doubts``: stretches of the source whose figures wait for a person, and why."""

    cleaned: Cleaned
    doubts: tuple[tuple[int, int, str], ...] = ()

    def doubt_at(self, place: int) -> str:
        return next((doubt for start, end, doubt in self.doubts if start <= place < end), "")


def paired(cleaned: Cleaned) -> Paired:
    if "/" not in cleaned.source and "／" not in cleaned.source:
        return Paired(cleaned)
    # Strokes between two things told are commas by now: the source knows.
    raw = "".join(
        cleaned.source[place] if sign == "，" and cleaned.source[place] in "/／" else sign
        for sign, place in zip(cleaned.text, cleaned.places, strict=True)
    )
    pairs = [pair for pair in _PAIR.finditer(raw) if not _unlike(pair)]
    legends = sorted((told for each in _LEGENDS for told in each.finditer(raw)), key=lambda told: told.start())
    explained = dict(_explained(raw, pairs, legends))
    open_ = [pair for pair in pairs if pair.start() not in explained and pair["of_one"] and pair["of_two"]]
    doubts = tuple(
        (cleaned.places[pair.start("one")], cleaned.places[pair.end() - 1] + 1, UNEXPLAINED)
        for pair in (open_ if len(open_) >= _LEAST else ())
    )
    return Paired(
        _rewritten(cleaned, [(pair, explained[pair.start()]) for pair in pairs if pair.start() in explained]), doubts
    )


def _unlike(pair: re.Match[str]) -> bool:
    return bool(pair["of_one"] and pair["of_two"] and pair["of_one"] != pair["of_two"])


def _explained(raw: str, pairs: list[re.Match[str]], legends: list[re.Match[str]]) -> Iterator[tuple[int, bool]]:
    """Place of a pair → whether its first figure is this year's."""
    for pair in pairs:
        legend = next((told for told in reversed(legends) if told.end() <= pair.start()), None)
        if legend is None or any(
            legend.end() < other.start() for other in _OTHER.finditer(raw, legend.end(), pair.start())
        ):
            continue
        first = _first_is_now(legend["one"], legend["two"])
        if first is not None:
            yield pair.start(), first


def _first_is_now(one: str, two: str) -> bool | None:
    if re.fullmatch(_NOW, one) and not re.fullmatch(_NOW, two):
        return True
    if re.fullmatch(_NOW, two) and not re.fullmatch(_NOW, one):
        return False
    years = [re.match("20[0-9]{2}", word) for word in (one, two)]
    if years[0] and years[1] and abs(int(years[0].group()) - int(years[1].group())) == 1:
        return years[0].group() > years[1].group()
    return None


def _rewritten(cleaned: Cleaned, pairs: list[tuple[re.Match[str], bool]]) -> Cleaned:
    if not pairs:
        return cleaned
    copy, at = Copy(cleaned), 0
    for pair, first in pairs:
        now, last = ("one", "two") if first else ("two", "one")
        unit = pair["of_one"] or pair["of_two"] or ""
        copy.add(cleaned.text[at : pair.start()], at)
        for name, before, behind in ((now, "", ""), (last, "（去年", "）")):
            copy.made(before, pair.start(name))
            copy.add(cleaned.text[pair.start(name) : pair.end(name)], pair.start(name))
            copy.made(unit + behind, pair.end(name) - 1)
        at = pair.end()
    copy.add(cleaned.text[at:], at)
    return copy.whole()
