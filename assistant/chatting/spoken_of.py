"""What a conversation spoke of last, which 不对，是13人 and 不是12是13 point at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.facts.fields import FactSchema
from assistant.facts.sheet import read_fact
from assistant.intake.chat_turned import Offered
from assistant.reports.chat import FactOffer, Standing, Turn

#: Turns in which it is looked for.
LOOKED_AT = 6
#: Facts of an answer that 不对，是13人 may mean.
_MOST = 4


def recent_in(turns: Sequence[Turn]) -> list[str]:
    """Labels of the facts that were spoken of last: proposed, or told of in an answer."""
    for turn in reversed(turns):
        told = [link.target for link in turn.said.links if link.kind == "fact"]
        labels = [offer.label for offer in turn.said.facts] or told[:_MOST]
        if labels:
            return labels
    return []


def offered_in(turns: Sequence[Turn], schema: FactSchema) -> list[Offered]:
    """The values that wait for a press, the last first."""
    return [one for turn in reversed(turns) for offer in turn.said.facts for one in _value(offer, schema)]


def _value(offer: FactOffer, schema: FactSchema) -> Iterator[Offered]:
    """The figure that an open proposal would put in; none for a text or a table."""
    item = schema.by_label.get(offer.label)
    if item is None or offer.standing is not Standing.OPEN or offer.after is None:
        return
    fact = read_fact(offer.after, item)
    value = fact.last_year if offer.last_year else fact.value
    if isinstance(value, int | Decimal):
        yield Offered(offer.label, value, offer.last_year)
