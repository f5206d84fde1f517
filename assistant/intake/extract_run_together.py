"""Words and figures without a mark between them: 登记42报名7体检5 is read as 登记42，报名7，体检5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_last_words import Change, changed

_FIGURE = "(?:[0-9]{1,6}|[一二三四五六七八九十百两]{1,5})"
#: A word of two signs at least: 村 and 兵 stand in others.
_LEAST = 2


def taken_apart(cleaned: Cleaned, schema: FactSchema) -> Cleaned:
    """The text with a mark behind each bare figure that a fact's own word and figure follow at once."""
    names = [
        name
        for item in schema.fields
        if isinstance(item, FactField) and item.type is FieldType.COUNT
        for name in (item.label, *item.aliases, *schema.hints.chat.get(item.label, ()))
        if len(name) >= _LEAST
    ]
    return (
        changed(cleaned, _changes(cleaned.text, tuple(sorted(set(names), key=len, reverse=True)))) if names else cleaned
    )


def _changes(text: str, names: tuple[str, ...]) -> Iterator[Change]:
    for found in _pattern(names).finditer(text):
        yield found.end(), found.end(), "，"


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, names))
    return re.compile(f"(?:{words})[：:]?{_FIGURE}(?=(?:{words})[：:]?{_FIGURE}(?![一-龥]?[年月日]))")
