"""One fact on several sheets of a ledger: a village each, a month each, or the same once more. Which, a person says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.formatting import plain_text
from assistant.facts.sheet import Fact
from assistant.intake.found import Extraction, FoundFact
from assistant.intake.ledger_cells import added

#: (name of the sheet, what it says of a fact).
Told = list[tuple[str, FoundFact]]
#: More sheets than these are counted, not named.
_NAMED = 6


def of_year(found: Extraction, own: int | None) -> Extraction:
    """A sheet's finds; those of another year than the file's own say so themselves."""
    if found.year in (None, own):
        return found
    return replace(found, facts=tuple(replace(fact, year=found.year) for fact in found.facts))


def across(read: Sequence[tuple[str, Extraction]], schema: FactSchema, own: int | None = None) -> Iterator[FoundFact]:
    """The finds of all sheets; of a fact that several tell of one year, the sum first where it can be one.

    Args:
        read: (name of the sheet, what it says).
        own: the file's own year.
    """
    by_key: dict[tuple[str, int | None], Told] = {}
    for sheet, found in read:
        for fact in found.facts:
            if fact.row is None and fact.fact.value is not None:
                by_key.setdefault((fact.label, fact.year), []).append((sheet, fact))
    several = {key: told for key, told in by_key.items() if len({sheet for sheet, _ in told}) > 1}
    summed: set[tuple[str, int | None]] = set()
    for sheet, found in read:
        for fact in found.facts:
            key = (fact.label, fact.year)
            told = several.get(key)
            if told is None or fact.row is not None or fact.fact.value is None:
                clash = _clash(fact, by_key, own)
                yield replace(fact, doubt=fact.doubt or clash) if clash else fact
                continue
            if key not in summed:
                summed.add(key)
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
    place, year = f"{len(told)} 张工作表", told[0][1].year
    yield FoundFact(item.label, fact, source, place=place, unit=item.measure, doubt=doubt, year=year)


def _clash(fact: FoundFact, by_key: Mapping[tuple[str, int | None], Told], own: int | None) -> str:
    """Why last year's value of a find is not certain: a table of that year says something else."""
    if fact.year is not None or fact.fact.last_year is None or own is None:
        return ""
    told = by_key.get((fact.label, own - 1), [])
    sheet = next((sheet for sheet, other in told if other.fact.value != fact.fact.last_year), "")
    return f"去年数与“{sheet}”里的不一致，请核对" if sheet else ""


def _listed(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 张表" if len(names) > _NAMED else ""
    return "、".join(f"“{name}”" for name in names[:_NAMED]) + more
