"""One fact on several sheets of a ledger: a village each, a month each, or the same once more. Which, a person says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.formatting import plain_text
from assistant.facts.sheet import Fact
from assistant.intake.found import Extraction, FoundFact
from assistant.intake.ledger_cells import added

Told = list[tuple[str, FoundFact]]
#: More sheets than these are counted, not named.
_NAMED = 6


def across(read: Sequence[tuple[str, Extraction]], schema: FactSchema) -> Iterator[FoundFact]:
    """The finds of all sheets; of a fact that several tell, the sum first where it can be one.

    Args:
        read: (name of the sheet, what it says).
    """
    by_label: dict[str, Told] = {}
    for sheet, found in read:
        for fact in found.facts:
            if fact.row is None and fact.fact.value is not None:
                by_label.setdefault(fact.label, []).append((sheet, fact))
    several = {label: told for label, told in by_label.items() if len({sheet for sheet, _ in told}) > 1}
    summed: set[str] = set()
    for sheet, found in read:
        for fact in found.facts:
            told = several.get(fact.label)
            if told is None or fact.row is not None or fact.fact.value is None:
                yield fact
                continue
            if fact.label not in summed:
                summed.add(fact.label)
                yield from _sum(told, schema.by_label[fact.label])
            others = _listed([name for name in dict.fromkeys(one for one, _ in told) if name != sheet])
            yield replace(fact, doubt=fact.doubt or f"{others}里也有这一项，请选一个")


def _sum(told: Told, item: FactField) -> Iterator[FoundFact]:
    values = [fact.fact.value for _, fact in told]
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    sheets = {sheet for sheet, _ in told}
    if item.type not in (FieldType.COUNT, FieldType.MONEY) or not len(sheets) == len(told) == len(numbers):
        return
    total = added(numbers)
    if len(numbers) > 2 and any(2 * value == total for value in numbers):
        # One of them adds up the others already.
        return
    last = [fact.fact.last_year for _, fact in told]
    before = added([value for value in last if value is not None]) if None not in last else None
    source = "、".join(f"{sheet} {plain_text(fact.fact.value, item)}" for sheet, fact in told)
    doubt = f"{len(told)} 张工作表相加的数；各村或各月各一张表时用这个，否则按“不用”"
    words = [fact.fact.approximate for _, fact in told if fact.fact.approximate]
    fact = Fact(total, words[0] if words else "", before, source)
    yield FoundFact(item.label, fact, source, place=f"{len(told)} 张工作表", unit=item.measure, doubt=doubt)


def _listed(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 张表" if len(names) > _NAMED else ""
    return "、".join(f"“{name}”" for name in names[:_NAMED]) + more
