"""One word for last year: 头一年, 前一年, 上一个年头, 比起前一年的, 回看上一年 are read as 去年 is.

Who writes chooses a word for the year before, and all that reads a figure knows 去年. The words are written anew in the
copy that is read, so that no rule must know each of them. 到任的头一年, 上一年下来 and the like are another year's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_grid_copy import Copy
from assistant.intake.extract_last_collected import collected

_DIGITS = "0-9一二三四五六七八九十百千两"
_YEAR = "(?:去年|上年)(?:同期)?"
_OTHER = (
    "头一个?年头?|前一个?年[头度]?|上一?个年[头度]|上一年(?=的|为|是|有|仅|只|才|则|，)|上一?年度|头年|早一年|一年前(?=是|为|才|只|仅|还|有|的?[0-9])"
    "|(?:再|若)?往前(?:推|数|看)一年，?"
)
#: Behind 的 it is somebody's own first year: 到任的头一年.
_OPENS = r"(?:^|(?<=[，。；：（、！？”\n \u3000比较由从与同跟和于起而但对看照]))"
_NAMED = re.compile(
    rf"{_OPENS}(?P<word>{_OTHER})(?!下来|来|里|底|末|起|以来|开始|前|后|初)(?=(?P<clause>[^，。；！？\n]*)(?P<more>[^。！？\n]*))"
)
_TOLD = re.compile(f"[0-9]|[{_DIGITS}]+(?!是|方面|起|道|定|直|线|把手|批|时)[一-龥]")
#: 由去年同期（24人）基础上增加到27人, 在去年24人的基础上增至27人: what it grew from.
_GROWN = re.compile(
    rf"(?P<from>[由从在]){_YEAR}的?(?P<opens>（?)[{_DIGITS}.万]+[^（），。；0-9]{{1,3}}"
    r"(?P<closes>）?的?基础上，?)(?=(?:又|再)?[增减提升降压扩][一-龥]{0,2}[到至为])"
)
#: 同比增加4万元（去年21万元），达到25万元: the change is said again by both years.
_SUMMED_UP = re.compile(
    rf"(?P<change>(?:同比|比去年|较上年|较去年|比上年)?(?P<verb>增加|增长|提高|上升|减少|下降|压减)了?[{_DIGITS}.]+万?[^（），。；0-9]{{1,3}}（)"
    rf"{_YEAR}(?P<is>(?:是|为|：)?)[{_DIGITS}.]+万?[^（），。；0-9]{{1,3}}(?P<came>），?(?:今年)?(?:达到?|[增减升降][加少至]?[到至]?)了?)(?=[0-9])"
)
#: 比起去年的三次多了一次: the plain word of a comparison.
_COMPARED = re.compile(r"(?P<word>比起|比照|相比于?|相较于?|较之|对比)(?=去年|上年)")
#: 回看上一年，议军2次: what leads to last year tells nothing.
_LOOKED = re.compile(
    r"(?:^|(?<=[，。；！？\n \u3000]))"
    r"(?P<word>这个数字?|这一数字?|这一?项|该项|此项|(?:这|上述|以上)?[两三四](?:项|个数字?)(?=(?:去年|上年)(?:同期)?(?:分别|依次))|回看|回头看|回过头看?|再看|翻看|反观|对照|对比|相比之下，?|说回|附带说一?下?，?)"
    rf"(?={_YEAR}(?:，|[^，。；\n]{{0,16}}[0-9]))"
)

Change = tuple[int, int, str]


def in_one_word(cleaned: Cleaned) -> Cleaned:
    """The text with 去年 for the other words; the very text where it has none."""
    for found in (_named, _led, _grown, collected):
        cleaned = changed(cleaned, found(cleaned.text))
    return cleaned


def _named(text: str) -> Iterator[Change]:
    for found in _NAMED.finditer(text):
        # 头一年跟武装工作打交道 tells no figure at all.
        if _TOLD.search(found["clause"] or found["more"]):
            yield *found.span("word"), "去年"


def _led(text: str) -> Iterator[Change]:
    for found in _COMPARED.finditer(text):
        yield *found.span("word"), "比"
    for found in _LOOKED.finditer(text):
        yield *found.span("word"), ""


def _grown(text: str) -> Iterator[Change]:
    for found in _GROWN.finditer(text):
        yield *found.span("from"), "由"
        yield *found.span("opens"), ""
        yield *found.span("closes"), ""
    for found in _SUMMED_UP.finditer(text):
        yield *found.span("change"), "由"
        yield *found.span("is"), "的"
        yield *found.span("came"), f"{found['verb']}到"


def changed(cleaned: Cleaned, changes: Iterable[Change]) -> Cleaned:
    """The text with other words in some places; the very text where nothing changes."""
    told = sorted(changes)
    if not told:
        return cleaned
    copy, at = Copy(cleaned), 0
    for start, end, words in told:
        if start < at:
            continue
        copy.add(cleaned.text[at:start], at)
        if words:
            last = len(cleaned.places) - 1
            copy.made(words, min(start, last), min(max(start, end - 1), last))
        at = end
    copy.add(cleaned.text[at:], at)
    return copy.whole()
