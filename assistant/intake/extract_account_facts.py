"""Facts out of accounts: which fact an item's own words name, wherever its amount stands.

A cue reads the words in front of a figure, so it gives an amount that stands in front of its own words those of the
item before (130000元训练保障、90000元器材购置). In an account each amount has words of its own, and only these count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.extract_accounts import Item, Spending
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_hit import Hit
from assistant.slots.numeral import Numeral


def with_own_words(
    hits: Iterable[Hit],
    told: Spending,
    figures: Sequence[Numeral],
    schema: FactSchema,
    reader: Reader,
    skip: Sequence[tuple[int, int]],
) -> list[Hit]:
    """The hits without those that words of another item told, and with a fact for each item whose words name one.

    Args:
        told: the accounts of the text.
        skip: stretches that state no fact.
    """
    items = [one for run in told.this_year for one in run if not any(start <= one.start < end for start, end in skip)]
    at = {id(one): place for place, one in enumerate(figures)}
    behind = {one.place for run in told.ahead for one in run}
    now = {one.place for one in items}
    kept = []
    for hit in hits:
        place = at.get(id(hit.figure), -1)
        if place in behind and hit.begin < hit.figure.start:
            continue
        kept.append(_as_now(hit) if place in now else hit)
    known = {hit.label for hit in kept if hit.context is None or hit.context.role == "value"}
    taken = {id(hit.figure) for hit in kept if hit.label}
    for one in items:
        figure, label = figures[one.place], _fact(one, schema)
        if label and label not in known and id(figure) not in taken:
            known.add(label)
            context = replace(reader.judge(one.place), role="value")
            kept.append(Hit(label, figure, one.start, one.end, 0.0, context=context))
    return sorted(kept, key=lambda hit: hit.figure.start)


def _as_now(hit: Hit) -> Hit:
    return replace(hit, context=replace(hit.context, role="value")) if hit.context is not None else hit


def _fact(one: Item, schema: FactSchema) -> str:
    """The only fact of money that the words of an item name; "" for none and for several."""
    labels = {
        label
        for label, cues in schema.hints.loose.items()
        if schema.by_label[label].type is FieldType.MONEY
        for cue in cues
        if not cue.near
        and not cue.after
        and cue.say
        and pattern(cue.say).search(one.name)
        and not (cue.unless and pattern(cue.unless).search(one.name))
    }
    return labels.pop() if len(labels) == 1 else ""
