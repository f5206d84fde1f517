"""What the assistant answers to facts that were told: proposals, what is asked back, what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.intake.chat_making import Ask, ToldFacts
from assistant.reports.chat import Choice, Said

#: Figures that are named of those that tell no fact.
_SHOWN = 8


def told(facts: ToldFacts) -> Iterator[Said]:
    """What was read of facts, and what has to be asked."""
    if facts.offers:
        count = len(facts.offers)
        text = "记下这一项，请确认：" if count == 1 else f"记下 {count} 项，请确认："
        same = (f"{'、'.join(facts.same)}和现在一样，不用改。",) if facts.same else ()
        yield Said(text=text, facts=facts.offers, notes=(*same, *facts.notes, *_unread(facts)))
    elif facts.same:
        yield Said(text=f"“{'、'.join(facts.same)}”现在就是这个数，不用改。", notes=(*facts.notes, *_unread(facts)))
    elif facts.notes or (facts.asks and facts.unread):
        # Beside a question, what was not understood is told too; alone it is answered with what can be said.
        unread = _unread(facts) if facts.asks else ()
        yield Said(text="".join((*facts.notes, *unread)))
    for ask in facts.asks:
        yield asked(ask)


def _unread(facts: ToldFacts) -> tuple[str, ...]:
    return (f"{some(facts.unread)}没有说是哪一项，没有记。",) if facts.unread else ()


def some(words: Sequence[str]) -> str:
    """The first of many, and how many there are."""
    more = f"等 {len(words)} 个数" if len(words) > _SHOWN else ""
    return "、".join(words[:_SHOWN]) + more


def asked(ask: Ask) -> Said:
    choices = tuple(Choice(words=label, say=say) for label, say in ask.says.items())
    return Said(text=f"“{ask.quote}”{ask.question}", choices=choices)
