"""Facts out of a text by rules and, where one is asked, by a model: the rules first, the model's additions in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.drafting.extraction import FactFinder, Told, ToldFact
from assistant.drafting.leaving import CLOSED, Gate
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.facts.fields import FactField, FactSchema
from assistant.intake.extract import extract_text
from assistant.intake.extract_reread import reread
from assistant.intake.found import Extraction, FoundFact, Notice

#: Why a fact that only a model found wants a second look.
BY_MODEL = "模型找到的，请对照原文核对"


async def extract_with_model(
    text: str,
    schema: FactSchema,
    source: str,
    settings: EndpointSettings,
    send_values: SendValues,
    gate: Gate = CLOSED,
) -> Extraction:
    """`extract_text`, and what a model finds besides.

    A model's value counts only as far as our own numeral reader finds it in its quote.

    Raises:
        ConfigurationError, SendingError: the text may not go to that endpoint.
        EndpointError: the endpoint failed.
    """
    finder = FactFinder(settings, send_values, gate)
    try:
        told = await finder.find(text, schema)
    finally:
        await finder.aclose()
    return merged(extract_text(text, schema, source), told, schema)


def merged(embedded: Extraction, told: Told, schema: FactSchema) -> Extraction:
    """What the rules found, with what the model added; what it said otherwise is told, not taken."""
    facts = list(embedded.facts)
    notices = list(embedded.notices)
    dropped = told.dropped
    for one in told.facts:
        found = _found(one, schema.by_label[one.label], embedded)
        if found is None:
            dropped += 1
            continue
        rival = _rival(found, facts, schema.by_label[one.label])
        if rival is None:
            facts.append(found)
        elif not _same(rival, found):
            message = f"“{one.label}”按规则读作“{rival.quote}”，模型读的是“{found.quote}”，请核对。"
            notices.append(Notice("choice", message, found.quote, found.start, found.end, found.place))
    if dropped:
        notices.append(Notice("unread", f"模型给出的 {dropped} 条在原文中找不到依据，没有采用。"))
    if told.unread:
        notices.append(Notice("unread", f"有 {told.unread} 段原文，模型的回答不成格式，没有采用。"))
    facts.sort(key=lambda fact: (fact.start, fact.end))
    return replace(embedded, facts=tuple(facts), notices=tuple(notices))


def _found(one: ToldFact, item: FactField, embedded: Extraction) -> FoundFact | None:
    """The fact with its value read again out of its quote; None where the quote does not say it."""
    return reread(embedded, item, one.value, one.row, (one.start, one.end), BY_MODEL)


def _rival(found: FoundFact, facts: list[FoundFact], item: FactField) -> FoundFact | None:
    """What is there already for the same place of the sheet."""
    for other in facts:
        if other.label != found.label:
            continue
        if found.row is not None and other.row is not None:
            key = item.key_column.label
            if _alike(other.row.get(key), found.row.get(key)):
                return other
        elif isinstance(found.fact.value, tuple):
            if other.start < found.end and found.start < other.end:
                return other
        else:
            return other
    return None


def _alike(one: object, other: object) -> bool:
    return isinstance(one, str) and isinstance(other, str) and (one in other or other in one)


def _same(one: FoundFact, other: FoundFact) -> bool:
    if one.row is not None and other.row is not None:
        return _within(other.row, one.row)
    return one.fact.value == other.fact.value or isinstance(one.fact.value, tuple | str)


def _within(some: Mapping[str, object], all_: Mapping[str, object]) -> bool:
    return all(isinstance(cell, str) or all_.get(name) == cell for name, cell in some.items())
