"""Forms of several units as one proposal: summed or listed, with who reported what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.formatting import digits, money, plain_text
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Value, list_items
from assistant.intake.found import Extraction, FoundFact, Notice
from assistant.intake.ledger_cells import added, small_percent, word_of_sum
from assistant.intake.unit_forms import SAME_BY_CHANCE

#: More units than these are counted, not named.
NAMED = 30
_EACH = re.compile("每|人均|户均|平均")
#: 自称, 单位类别, 文种, 成文日期.
_OF_ITSELF = (FieldType.CHOICE, FieldType.DATE)
Forms = Sequence[tuple[str, FactSheet]]


def combine(forms: Forms, schema: FactSchema) -> Extraction:
    """What several units reported, added up; a person accepts each fact.

    Counts and money are summed, rows of tables and items of lists put behind each other. Percentages are not summed.
    A text on which all agree is one fact, else there is one for each wording, to choose from. What a form says of
    itself (whose it is, who signed it, when) is nothing of the township.

    Args:
        forms: (who, sheet), in the order of the table of contents.

    Returns:
        An Extraction whose ``place`` is who reported; each fact's ``source`` says who reported what, its ``note`` who
        left it empty.
    """
    repeated = list(_repeated(forms))
    notices = [*_empty(forms), *(Notice("choice", f"{said}，请核对", place=names[-1]) for names, said in repeated)]
    facts: list[FoundFact] = []
    for item in schema.fields:
        if item.names is not None or item.type in _OF_ITSELF:
            continue
        told = [(who, sheet.facts[item.label]) for who, sheet in forms if item.label in sheet.facts]
        filled = [(who, fact) for who, fact in told if not fact.empty]
        if not filled:
            continue
        missing = [who for who, _ in forms if who not in {name for name, _ in filled}]
        note = f"没有填的：{_listed(missing)}" if missing else ""
        told_by = [who for who, _ in filled]
        twice = next((said for names, said in repeated if not Counter(names) - Counter(told_by)), "")
        match item.type:
            case FieldType.COUNT | FieldType.MONEY if not (len(filled) > 1 and of_each(item)):
                facts.append(_doubted(_summed(item, filled, note, notices), twice))
            case FieldType.TABLE:
                facts.extend(_doubted(row, twice) for row in _rows(item, filled, notices))
            case FieldType.LIST:
                facts.append(_doubted(_lines(item, filled, note), twice))
            case FieldType.PERCENT if len(filled) > 1:
                parts = _listed([f"{who} {plain_text(fact.value, item)}" for who, fact in filled])
                message = f"“{item.label}”是百分数，不能相加，没有汇总（{parts}）"
                notices.append(Notice("choice", message, place=item.label))
            case _:
                facts.extend(_wordings(item, filled, note, notices))
    return Extraction(f"{len(forms)} 份表的汇总", "", tuple(facts), tuple(notices))


def _empty(forms: Forms) -> Iterator[Notice]:
    for who, sheet in forms:
        if not sheet.filled():
            yield Notice("unread", f"“{who}”交的是空表", place=who)


def _repeated(forms: Forms) -> Iterator[tuple[tuple[str, str], str]]:
    """(two names, what to say) for forms that are perhaps one and the same."""
    for (one, left), (other, right) in combinations(forms, 2):
        if one == other:
            yield (one, other), f"“{one}”交了两份，都计入了"
        elif len(left.facts) >= SAME_BY_CHANCE and dict(left.facts) == dict(right.facts):
            yield (one, other), f"“{one}”和“{other}”填的完全一样，可能交重了，都计入了"


def _doubted(found: FoundFact, why: str) -> FoundFact:
    return replace(found, doubt=found.doubt or why)


def of_each(item: FactField) -> bool:
    """每户慰问金, 训练天数: what each has, or how long it took, is no more where several report it."""
    return _EACH.match(item.label) is not None or item.measure == "天"


def _summed(item: FactField, filled: list[tuple[str, Fact]], note: str, notices: list[Notice]) -> FoundFact:
    def told(value: Value | None, word: str = "") -> str:
        if not isinstance(value, int | Decimal):
            return ""
        number = money(Decimal(value)) if item.type is FieldType.MONEY else digits(value)
        return f"{word}{number}" if word in ("近", "约") else f"{number}{word}"

    total = added([fact.value for _, fact in filled if fact.value is not None])
    word = word_of_sum(fact.approximate for _, fact in filled)
    before = [fact.last_year for _, fact in filled if fact.last_year is not None]
    last, last_told = None, None
    if len(before) == len(filled):
        last = added(before)
        last_told = (last, word_of_sum(fact.last_approximate for _, fact in filled))
    elif before:
        without = _listed([who for who, fact in filled if fact.last_year is None])
        message = f"“{item.label}”的去年数有的填了有的没填（没填的：{without}），没有汇总"
        notices.append(Notice("last-year", message, place=item.label))
    source = _listed([f"{who} {told(fact.value, fact.approximate)}" for who, fact in filled])
    doubt = "有的单位报的是概数" if word else ""
    fact = Fact(total, word, last, source, note, last_told=last_told)
    return FoundFact(item.label, fact, source, place=_places(filled), unit=item.measure, doubt=doubt)


def _rows(item: FactField, filled: list[tuple[str, Fact]], notices: list[Notice]) -> Iterator[FoundFact]:
    key = item.key_column.label
    seen: dict[object, str] = {}
    for who, fact in filled:
        for row in fact.value if isinstance(fact.value, tuple) else ():
            if not isinstance(row, Mapping):
                continue
            name = row.get(key)
            doubt = ""
            if name in seen:
                doubt = f"“{seen[name]}”也报了“{name}”，请合并或改名"
                notices.append(Notice("choice", f"“{item.label}”里的“{name}”，{seen[name]}和{who}都报了", place=who))
            seen.setdefault(name, who)
            quote = " ".join(str(cell) for cell in row.values())
            yield FoundFact(item.label, Fact(source=who), quote, place=who, row=dict(row), doubt=doubt)


def _lines(item: FactField, filled: list[tuple[str, Fact]], note: str) -> FoundFact:
    parts = [(who, list_items(fact.value)) for who, fact in filled]
    lines = tuple(dict.fromkeys(line for _, told in parts for line in told))
    source = _listed([f"{who} {len(told)}条" for who, told in parts])
    return FoundFact(item.label, Fact(lines, source=source, note=note), "\n".join(lines), place=_places(filled))


def _wordings(item: FactField, filled: list[tuple[str, Fact]], note: str, notices: list[Notice]) -> Iterator[FoundFact]:
    by_value: dict[Value | None, list[str]] = {}
    for who, fact in filled:
        by_value.setdefault(fact.value, []).append(who)
    doubt = ""
    if len(by_value) > 1:
        shown = "；".join(f"{_listed(names)}：{plain_text(value, item)}" for value, names in by_value.items())
        notices.append(Notice("choice", f"“{item.label}”各单位填的不一样（{shown}），请选一个", place=item.label))
        doubt = "各单位填的不一样，请选一个"
    for value, names in by_value.items():
        fact = Fact(value, source=_listed(names), note=note)
        why = doubt or small_percent(item, value)
        yield FoundFact(item.label, fact, plain_text(value, item), place=_listed(names), doubt=why)


def _places(filled: Sequence[tuple[str, Fact]]) -> str:
    return _listed([who for who, _ in filled])


def _listed(parts: Sequence[str]) -> str:
    return "、".join(parts[:NAMED]) + (f"等 {len(parts)} 个" if len(parts) > NAMED else "")
