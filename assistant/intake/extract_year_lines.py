"""Last year's figures on lines of their own: 2024年：…, a line 去年 above a block, （去年：510人） below each figure.

The word of last year is put in front of each figure that it speaks of; a year by its number becomes 去年 where the text
says which year it is of. Lines below 去年 give nothing of this year, even where this year's are told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_last_beside import beside
from assistant.intake.extract_last_words import changed, in_one_word

_EARLY = 400
_YEAR = re.compile("(20[0-9]{2})年")
_OPENS = re.compile(
    r"[ \u3000]*[【（(]?(?P<word>(?:去年|上年|上一年|今年|本年|20[0-9]{2}年)度?)(?:同期|全年)?"
    r"(?P<head>(?:的?(?:完成)?(?:情况|数据|数字|数|指标|统计))?[】）)]?[ ]?[：:]?[ \u3000]*$)?"
)
_LAST = re.compile("去年|上年|上一年")
_UNIT = "(?:人次|课时|学时|万元|元|[人名位个次户块面条幅份张册期天处座间支起件例场%])"
#: 普通民兵：510人, 普通民兵510人: a line that tells figures with their names, and nothing else.
_TOLD = re.compile(
    rf"[ \u3000]*(?:[0-9]{{1,2}}[.．、])?[一-龥（）]{{2,16}}[：:]?[ ]?[0-9.]+{_UNIT}?"
    rf"(?:[，；、。 ]+[一-龥（）]{{2,16}}[：:]?[ ]?[0-9.]+{_UNIT}?)*[；，。 ]*"
)
_FIGURE = re.compile(r"(?<=[一-龥）：: ])[0-9]+(?:\.[0-9]+)?")
#: （去年：510人）, below its own figure.
_BELOW = re.compile(
    r"(?<=[0-9人名次个户块条份天元])(?P<stop>[，；。]?[ ]?\n[ \u3000]*)[（(]?"
    rf"(?P<word>(?:去年|上年|20[0-9]{{2}}年)(?:同期)?数?)[：:是为]?[ ]?"
    rf"(?P<figure>[0-9]+(?:\.[0-9]+)?){_UNIT}?(?P<close>[）)]?[，；。]?)(?=[ ]*(?:\n|$))"
)

_COMPARED = re.compile(
    "(?<=[比较])(?P<word>20[0-9]{2}年)度?(?:同期)?(?=(?:净|又|也)?(?:增|减|多|少|提高|上升|下降)[^，。；\n底末初]{0,3}[0-9])"
    "|(?<=[与和同跟])(?P<same>20[0-9]{2}年)度?(?:同期)?(?=持平|相同|一样)"
)


def with_last_year(cleaned: Cleaned) -> Cleaned:
    """The text with 去年 where such lines mean it; the very text where it has none."""
    cleaned = in_one_word(cleaned)
    told = _YEAR.search(cleaned.text[:_EARLY])
    year = int(told.group(1)) if told else None
    cleaned = changed(cleaned, beside(cleaned.text, year))
    if not _LAST.search(cleaned.text) and (year is None or f"{year - 1}年" not in cleaned.text):
        return cleaned
    return changed(cleaned, [*_below(cleaned.text, year), *_blocks(cleaned.text, year), *_compared(cleaned.text, year)])


def _of_last(word: str, year: int | None) -> bool:
    return bool(_LAST.match(word)) or (year is not None and word.startswith(f"{year - 1}年"))


def _compared(text: str, year: int | None) -> Iterator[tuple[int, int, str]]:
    """较2024年增加2次: a change against a year by its number."""
    for told in _COMPARED.finditer(text):
        if _of_last(told["word"] or told["same"], year):
            yield *told.span("word" if told["word"] else "same"), "去年"


def _below(text: str, year: int | None) -> Iterator[tuple[int, int, str]]:
    """(start, end, what stands there instead): the line comes into brackets behind the figure above."""
    for told in _BELOW.finditer(text):
        if _of_last(told["word"], year):
            yield told.start("stop"), told.start("figure"), "（去年"
            yield told.start("close"), told.end("close"), "）"


def _blocks(text: str, year: int | None) -> Iterator[tuple[int, int, str]]:
    at, last = 0, False
    for line in text.split("\n"):
        opens = _OPENS.match(line)
        if opens is not None and opens["head"] is not None:
            last = _of_last(opens["word"], year)
        elif opens is not None and _of_last(opens["word"], year) and not _LAST.match(opens["word"]):
            # 2024年：普通民兵510人，…
            last = False
            if line[opens.end() : opens.end() + 1] in ("：", ":", "，") and _TOLD.fullmatch(line, opens.end() + 1):
                yield at + opens.start("word"), at + opens.end("word"), "去年"
        elif last and _TOLD.fullmatch(line):
            for figure in _FIGURE.finditer(line):
                yield at + figure.start(), at + figure.start(), "去年"
        elif line.strip():
            last = False
        at += len(line) + 1
