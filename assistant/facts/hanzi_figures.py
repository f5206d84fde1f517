"""Figures written in hanzi, as figures: 三十人 → 30人, 两千余 → 2000余, 肆万伍仟元 → 45000元, 二〇二五年 → 2025年.

Only what is one number is read: 三五, 二三十 and 几十 stay as they are, and whoever wants one number says so.
"""

from __future__ import annotations

import re

from assistant.facts.numeral_values import DIGITS, value_of

_FORMAL = str.maketrans("壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟萬億兩〇○", "一二二三三三四五六六七八九十百千万亿两零零")
_FORMAL_ONES = "".join(map(chr, _FORMAL))
_ONE = "[一二三四五六七八九两]"
_CHARACTERS = f"零一二三四五六七八九两十百千万亿廿卅{_FORMAL_ONES}"
#: 3万5千 and 2.5千 are half written so.
_RUN = re.compile(
    rf"(?<![0-9.,])(?P<hanzi>[{_CHARACTERS}]+)(?:点(?P<decimals>[{_CHARACTERS}]+))?"
    r"|(?P<mixed>(?<![0-9.,])(?:[0-9]+万[0-9]千|[0-9]+(?:\.[0-9]+)?[百千])(?![0-9.]))"
)
_BELOW = rf"(?:{_ONE}|(?:{_ONE}千)?(?:零?{_ONE}百)?(?:零?{_ONE}?十{_ONE}?|零{_ONE})?)"
_WHOLE = re.compile(rf"(?:{_BELOW}亿)?(?:零?{_BELOW}万)?零?{_BELOW}")
#: 三万五, 一百二: what follows a scale alone is tenths of it.
_SHORT = re.compile(rf"(?P<whole>.*[百千万亿]){_ONE}")
_PLACES = re.compile("[零一二三四五六七八九]+")
#: 百余人, 近千人: a scale alone is a number only as a 概数.
_ROUGH_BEFORE, _ROUGH_BEHIND = ("约", "近", "逾", "超过"), ("余", "多")


def in_figures(text: str) -> str:
    """The text with every number in hanzi written in figures."""
    return _RUN.sub(_figures, text)


def _figures(found: re.Match[str]) -> str:
    if found["mixed"]:
        return f"{value_of(found['mixed']):f}"
    run = found["hanzi"].translate(_FORMAL).replace("廿", "二十").replace("卅", "三十")
    whole = _number(run, found)
    decimals = (found["decimals"] or "").translate(_FORMAL)
    if whole is None or (decimals and not _PLACES.fullmatch(decimals)):
        return found.group()
    return f"{whole}.{''.join(str(DIGITS[one]) for one in decimals)}" if decimals else whole


def _number(run: str, found: re.Match[str]) -> str | None:
    if _PLACES.fullmatch(run):
        # 二〇二五 and 一〇五; 三五 is three to five.
        named = len(run) in (1, 4) or "零" in run
        return "".join(str(DIGITS[one]) for one in run) if named else None
    if run in ("百", "千", "万", "亿"):
        before, behind = found.string[: found.start()], found.string[found.end() :]
        rough = before.endswith(_ROUGH_BEFORE) or behind.startswith(_ROUGH_BEHIND)
        return f"{value_of(run):f}" if rough else None
    short = _SHORT.fullmatch(run)
    if not (_WHOLE.fullmatch(run) or (short and _WHOLE.fullmatch(short["whole"]))) or run[0] in "百千万亿":
        return None
    return f"{value_of(run):f}"
