"""Words and figures without a mark between them: 登记42报名7体检5 is read as 登记42，报名7，体检5.

Where such words follow one another, a number in hanzi needs no measure word either: 登记四十一报名六. A single sign
of that kind counts nothing elsewhere (报名一事).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.numeral_values import value_of
from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_last_words import Change, changed

_HANZI = "[零〇一二三四五六七八九十百两]{1,5}"
_HANZI_SIGN = re.compile("[一-龥]")
_NUMBER = f"(?:[0-9]{{1,6}}|{_HANZI})"
_UNIT = "(?:人次|课时|[人名位个户次天块条份张])"
_FIGURE = f"{_NUMBER}{_UNIT}?"
#: What may part two of them in a row: nothing, or a mark.
_MARK = "[，、； ]?"
#: A word of two signs at least: 村 and 兵 stand in others.
_LEAST = 2


def taken_apart(cleaned: Cleaned, schema: FactSchema) -> Cleaned:
    """The text with a mark behind each figure that a fact's own word and figure follow at once, its hanzi as digits."""
    names = {
        name
        for item in schema.fields
        if isinstance(item, FactField) and item.type is FieldType.COUNT
        for name in (item.label, *item.aliases, *schema.hints.chat.get(item.label, ()))
        if len(name) >= _LEAST
    }
    if not names:
        return cleaned
    words = _words(tuple(sorted(names, key=len, reverse=True)))
    return changed(cleaned, sorted([*_parted(cleaned.text, words), *_in_digits(cleaned.text, words)]))


def _parted(text: str, words: str) -> Iterator[Change]:
    follows = f"(?={words}[了：:]?{_FIGURE}(?![一-龥]?[年月日]))"
    for found in _pattern(f"{words}[了：:]?{_FIGURE}{follows}").finditer(text):
        yield found.end(), found.end(), "，"


def _in_digits(text: str, words: str) -> Iterator[Change]:
    """Of a row of at least two such words, each figure without a measure word."""
    told = f"{words}[了：:]?"
    for row in _pattern(f"(?:{told}{_FIGURE}{_MARK}){{2,}}").finditer(text):
        for one in _pattern(f"{told}(?P<number>{_HANZI})").finditer(text, *row.span()):
            ends = one.end() == len(text) or not _HANZI_SIGN.match(text, one.end())
            value = value_of(one["number"])
            if value is not None and (ends or _pattern(words).match(text, one.end())):
                yield *one.span("number"), str(int(value))


@lru_cache(maxsize=8)
def _words(names: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(map(re.escape, names))})"


@lru_cache(maxsize=16)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
