"""Rows whose figures stand together behind all of their names: 分别为30人、20人、12人, 各1人."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField
from assistant.intake.extract_columns import column_of, put, suits
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

_JOINED = re.compile(r"[、，和及与 ]|以及|[“”]*[、和][“”]*")
#: What may stand between names and 分别 or 各: 3支队伍，人数.
_SHARED_OUT = re.compile(
    r"[”）]?(?:等)?(?:[0-9一二三四五六七八九十两]{1,3}[支个类]|(?:民兵)?(?:队伍|分队|专业分队)|[，、：])*"
    r"(?P<word>[一-龥]{0,8}?)(?P<how>(?:分别|依次)(?:为|是|有|达|编有|编制|发放)?|各)"
)
_BY_NAMES = re.compile(
    r"(?P<word>[^，。；：、\n]{2,10}?)，?(?:分别|依次|各(?=为|是|有))(?P<after>配?[一-龥]{0,5}?)(?:为|是|有)?$"
)


def grouped(
    names: list[tuple[re.Match[str], str]], item: FactField, cues: TableCues, text: str, figures: Sequence[Numeral]
) -> tuple[list[Row], set[int]]:
    """应急排、防汛分队、救护分队分别为30人、20人、12人; 二等功、三等功各1人.

    Returns:
        The rows, and the numbers of the names that they have used up.
    """
    rows, done = list[Row](), set[int]()
    place = 0
    while place < len(names):
        last = place
        while last + 1 < len(names) and _JOINED.fullmatch(text, names[last][0].end(), names[last + 1][0].start("v")):
            last += 1
        told = _SHARED_OUT.match(text, names[last][0].end()) if last > place else None
        if told:
            group = [
                Row(item.label, {item.key_column.label: name}, match.start("v"), match.end())
                for match, name in names[place : last + 1]
            ]
            _share_out(group, told.start("how"), item, cues, text, figures)
            if all(row.used for row in group):
                rows += group
                done |= set(range(place, last + 1))
        place = last + 1
    return rows, done


def _share_out(
    group: list[Row], at: int, item: FactField, cues: TableCues, text: str, figures: Sequence[Numeral]
) -> None:
    """Gives each row its figure of every series that follows."""
    while True:
        told = _SHARED_OUT.match(text, at)
        if told is None:
            return
        first = next((place for place, one in enumerate(figures) if one.start >= told.end("how")), None)
        if first is None or len(text[told.end("how") : figures[first].start]) > 6:
            return
        count = 1 if told["how"] == "各" else len(group)
        series = figures[first : first + count]
        column = column_of(group[0], told["word"], series[0], item, cues)
        apart = (not _JOINED.fullmatch(text, one.end, two.start) for one, two in itertools.pairwise(series))
        if column is None or len(series) < count or any(apart):
            return
        for number, row in enumerate(group):
            put(row, item, cues, column, series[number % count])
            row.used.add(first + number % count)
            row.end = max(row.end, series[number % count].end)
        at = series[-1].end


def completed(rows: list[Row], item: FactField, cues: TableCues, frame: Frame, figures: Sequence[Numeral]) -> list[Row]:
    """民兵干部分别为三人、一人、两人: one figure for each of the rows before."""
    for label, column in cues.columns.items():
        if not column.say:
            continue
        for place, one in enumerate(figures):
            begin = max(0, one.start - 30)
            told = _BY_NAMES.search(frame.text[begin : one.start])
            named = re.compile(f"(?:{column.say})(?:人数|数)?$")
            if not told or not (named.search(told["after"]) if told["after"] else named.search(told["word"])):
                continue
            sentence = frame.sentence(one.start)
            mine = [row for row in rows if sentence.start <= row.start < one.start]
            if not mine:
                before = frame.sentence(max(0, sentence.start - 1))
                mine = [row for row in rows if before.start <= row.start < sentence.start]
            values = figures[place : place + len(mine)]
            joined = all(re.fullmatch("[、，和 ]*", frame.text[a.end : b.start]) for a, b in itertools.pairwise(values))
            if mine and len(values) == len(mine) and joined:
                for number, row in enumerate(mine):
                    if label not in row.cells and suits(values[number], item, label, column):
                        put(row, item, cues, label, values[number])
                        row.used.add(place + number)
    return rows
