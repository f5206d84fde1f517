"""A find's own words, with the figure marked that was read from them."""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterator
from decimal import Decimal

from assistant.facts.values import Value
from assistant.intake.found import FoundFact
from assistant.slots.numerals import find_numerals

#: Characters of a quote that are shown, and before its first mark where it is longer.
_SHOWN, _BEFORE = 110, 30
Span = tuple[int, int]


def quote_html(found: FoundFact) -> str:
    """``…最终批准入伍<mark>15名</mark>…`` and the place below it, as HTML; the source where there are no words."""
    words = " ".join(found.quote.split()) if len(found.quote) > _SHOWN else found.quote
    place = html.escape(found.place)
    if not words.strip():
        return f'<div class="ng-quote"><small>{html.escape(found.fact.source) or place}</small></div>'
    spans = _merged(sorted(_spans(words, found)))
    start, end = _window(words, spans)
    told, at = [html.escape("…" if start else "")], start
    for left, right in spans:
        if left < end and right > start:
            told += [html.escape(words[at:left]), f"<mark>{html.escape(words[left:right])}</mark>"]
            at = right
    told.append(html.escape(words[at:end] + ("…" if end < len(words) else "")))
    # A ledger's column has its villages in the source.
    source = html.escape(found.fact.source) if found.start < 0 and found.fact.source else place
    return f'<div class="ng-quote">“{"".join(told)}”<small>{source}</small></div>'


def _spans(words: str, found: FoundFact) -> Iterator[Span]:
    values: list[Value | None] = [found.fact.value, found.fact.last_year]
    if found.row is not None:
        values = list(found.row.values())
    elif isinstance(found.fact.value, tuple):
        values = [line for line in found.fact.value if isinstance(line, str)]
    figures = [value for value in values if isinstance(value, int | Decimal)]
    dates = [value for value in values if isinstance(value, datetime.date)]
    if figures or dates:
        for one in find_numerals(words):
            if (one.value is not None and one.value in figures) or (one.date is not None and one.date in dates):
                yield one.start, one.end
    for text in (value for value in values if isinstance(value, str) and value):
        at = words.find(text)
        # Words that are the whole quote need no mark.
        if at >= 0 and len(text) < len(words.strip()):
            yield at, at + len(text)


def _merged(spans: list[Span]) -> list[Span]:
    made: list[Span] = []
    for start, end in spans:
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(made[-1][1], end)
        else:
            made.append((start, end))
    return made


def _window(words: str, spans: list[Span]) -> Span:
    first = spans[0][0] if spans else 0
    start = 0 if len(words) <= _SHOWN else max(0, min(first - _BEFORE, len(words) - _SHOWN))
    return start, min(len(words), start + _SHOWN)
