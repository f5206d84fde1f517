"""Figures of which nothing was made: told with their place, so that none is lost without a word.

In a message every figure counts. A report tells many that are no fact (三个满意, who came to a meeting); there a line
with figures of which nothing at all was taken is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_context import Reader
from assistant.intake.extract_figures import KINDS
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_places import Places
from assistant.intake.found import FoundFact, Notice
from assistant.slots.numeral import Numeral

#: So long is a message at most; what is longer is a report.
_MESSAGE = 300
#: 三个方面, 2小时, 60岁: they count nothing that a sheet keeps.
_NO_COUNT = re.compile(
    r"(?:大|个|项|种|类|点)?(?:方面|问题|环节|阶段|步|关|字|手|心|性|化)|[年月日号岁点时分秒届级度代°℃:：/.-]"
    r"|分钟|小时|平方|公里|米|亩|斤|吨|版"
)
_NO_UNIT = frozenset(
    {"年", "月", "日", "岁", "届", "级", "小时", "分钟", "分", "公里", "里", "米", "亩", "平方米", "点", "遍"}
)
_BARE = re.compile("(?:(?![表图第附])[一-龥]|：)[了有是为：]?$")
#: A single sign is a slogan's more often than a fact's (打赢“一场硬仗”); at a line's beginning a name's (三道梁).
_ONE_SIGN = re.compile("[一二两三四五六七八九十][一-龥]{0,2}")
_MOST_QUOTED, _MOST_BARE, _MOST_LINES = 60, 100_000, 20


def unread(
    cleaned: Cleaned,
    frame: Frame,
    figures: Sequence[Numeral],
    reader: Reader,
    known: Sequence[FoundFact | Notice],
    used: Collection[int],
    parts: Mapping[int, Sequence[int]],
    shut: Sequence[tuple[int, int]],
) -> Iterator[Notice]:
    """A notice for each line with such figures.

    Args:
        known: what was found, and what a person is told of already; ``used``: the numbers of the figures that a fact or
            a row has, be it as a part.
        parts: number of a total → those of its parts, which it explains.
        shut: stretches of the copy that are read elsewhere.
    """
    source = cleaned.source
    covered = bytearray(len(source))
    for one in known:
        if one.end > one.start >= 0:
            covered[one.start : one.end] = b"\1" * (one.end - one.start)
    message = len(source.strip()) <= _MESSAGE
    roles = ("value", "partial", "other-place") if message else ("value", "partial")
    left: dict[int, tuple[int, int]] = {}
    for number, figure in enumerate(figures):
        start, end = cleaned.span(figure.start, figure.end)
        if (
            number not in used
            and _counts(figure, frame.text)
            and (message or not _ONE_SIGN.fullmatch(figure.text))
            and reader.judge(number).role in roles
            and not any(covered[start:end])
            and not any(first <= figure.start < last for first, last in shut)
        ):
            left[number] = (start, end)
    explained = {part for total, mine in parts.items() if total not in left for part in mine}
    explained |= _shared_out(left, figures, frame)
    lines: dict[int, list[str]] = {}
    for number, (start, end) in left.items():
        begin = source.rfind("\n", 0, start) + 1
        name = not source[begin:start].strip() and _ONE_SIGN.fullmatch(figures[number].text)
        if number not in explained and not name and (message or not any(covered[begin : _line_end(source, begin)])):
            words = source[start:end].partition("\n")[0].strip()
            lines.setdefault(begin, []).append(f"“{words}”")
    yield from _told(lines, source)


def _shared_out(left: Collection[int], figures: Sequence[Numeral], frame: Frame) -> set[int]:
    """走访慰问65户，春节30户、八一35户: figures that come to the one in front of them, which was taken."""
    found: set[int] = set()
    for number in sorted(left):
        whole = figures[number - 1] if number and number - 1 not in left else None
        if whole is None or whole.value is None:
            continue
        parts, rest = list[int](), whole.value
        for part in range(number, len(figures)):
            one = figures[part]
            same = (one.kind, one.unit) == (whole.kind, whole.unit) and one.end <= frame.sentence(whole.start).end
            if part not in left or not same or one.value is None or one.value > rest:
                break
            parts, rest = [*parts, part], rest - one.value
        if not rest:
            found.update(parts)
    return found


def _told(lines: Mapping[int, Sequence[str]], source: str) -> Iterator[Notice]:
    """A notice for each of the first lines, and one for all others; ``lines``: where each begins → its figures."""
    places = Places(source, "")
    for number, (begin, figures) in enumerate(lines.items()):
        if number == _MOST_LINES:
            said = f"从这里往后还有 {len(lines) - number} 行里的数没有读出是哪一项，请对照原文核对。"
            yield Notice("unread", said, "", begin, begin, places.place(begin))
            return
        quote = source[begin : min(_line_end(source, begin), begin + _MOST_QUOTED)].strip()
        start = source.index(quote, begin)
        said = f"{'、'.join(dict.fromkeys(figures))}没有读出是哪一项，没有取，请核对。"
        yield Notice("unread", said, quote, start, start + len(quote), places.place(begin))


def _line_end(source: str, begin: int) -> int:
    end = source.find("\n", begin)
    return end if end >= 0 else len(source)


def _counts(one: Numeral, text: str) -> bool:
    if one.kind not in KINDS or one.value is None or one.unit in _NO_UNIT or _NO_COUNT.match(text, one.end):
        return False
    if one.kind != "number":
        return True
    whole = one.value == one.value.to_integral_value() and one.value < _MOST_BARE
    return whole and _BARE.search(text, max(0, one.start - 3), one.start) is not None


def columns_left(left: Sequence[tuple[int, str]], places: Places) -> Iterator[Notice]:
    """A notice for each column of a table of villages that no fact took, with its place in the source."""
    for start, name in left:
        said = f"表里“{name}”一列不知道是哪一项，没有取，请核对。"
        yield Notice("unread", said, "", start, start, places.place(start))
