"""Anniversaries of what everybody knows (建军98周年): the report's year alone says which number is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks.leftovers_words import LeftoverWords, leftover_words
from assistant.checks.plans import Plans, within
from assistant.facts.fields import FieldType
from assistant.facts.numeral_values import value_of
from assistant.facts.sheet import FactSheet

_STOPS = re.compile(r"[。；;！？\n]")
#: A sentence without end is looked at so far on either side.
_AROUND = 80


@dataclass(frozen=True)
class Anniversary:
    """One that a text names.

    Attributes:
        start, end: characters of the event and its number, 周年 with them.
        at, to: those of the number alone.
        right: the number of the report's year.
        true: whether the text says that one, or next year's where it speaks of the next year.
    """

    start: int
    end: int
    at: int
    to: int
    right: int
    true: bool


def year_of(sheet: FactSheet) -> tuple[str, int | None]:
    """The label of the fact that says the report's year, and the year; "" where the report type has none."""
    label = next((item.label for item in sheet.schema.fields if item.type is FieldType.YEAR), "")
    value = sheet.value(label) if label else None
    return label, value if isinstance(value, int) else None


def anniversaries(text: str, year: int, words: LeftoverWords | None = None, plans: Plans = ()) -> Iterator[Anniversary]:
    """Those of known events, event by event. ``plans``: what of the text is about the next year."""
    if "周年" not in text:
        return
    words = words or leftover_words()
    for event in words.anniversaries:
        for match in re.finditer(
            rf"(?:{event.name})[ \u3000]?(?P<said>[0-9]{{1,3}}|[一二三四五六七八九十百零〇]{{1,5}})[ \u3000]?周年", text
        ):
            said, right = value_of(match["said"]), year - event.from_
            if said is None:
                continue
            planned = within(plans, match.start()) or _of_next_year(text, match, year, words)
            true = said == right or (said == right + 1 and planned)
            yield Anniversary(match.start(), match.end(), *match.span("said"), right, true)


def _of_next_year(text: str, match: re.Match[str], year: int, words: LeftoverWords) -> bool:
    before = _STOPS.split(text[max(0, match.start() - _AROUND) : match.start()])[-1]
    behind = _STOPS.split(text[match.end() : match.end() + _AROUND])[0]
    return str(year + 1) in before or words.plan_pattern.search(before + behind) is not None


def true_anniversaries(text: str, sheet: FactSheet, plans: Plans = ()) -> tuple[str, frozenset[int]]:
    """The label of the report's year, and where the numbers begin that it proves."""
    label, year = year_of(sheet)
    found = anniversaries(text, year, plans=plans) if year is not None else ()
    return label, frozenset(one.at for one in found if one.true)
