"""What several places report in one text, as one proposal: summed or listed, and never certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Value, table_rows
from assistant.intake.extract_reporters import Reporter, not_yet
from assistant.intake.found import FoundFact, Notice
from assistant.intake.ledger_combine import combine, of_each

#: What a place says of itself (its name, who speaks) is nothing of the township.
_TOLD = (FieldType.COUNT, FieldType.MONEY, FieldType.TABLE, FieldType.LIST)
_NAMED = 12
#: Who speaks of the whole.
_OF_ALL = re.compile(
    "[全我本][镇乡街办区]|[镇乡]里|[镇乡](?:党委|政府)|街道|武装部|人武部|合计|总计|共计|汇总|一共|总共|累计|以上|[各全]村|辖区"
)
Read = Callable[[str], Sequence[FoundFact]]


def reported(
    found: Sequence[Reporter], text: str, read: Read, schema: FactSchema
) -> tuple[list[FoundFact], list[Notice]]:
    """What the places report.

    Args:
        text: the source; the parts of ``found`` are places in it.
        read: gives what a place's own words say.

    Returns:
        Facts whose quote is who reported what, all in doubt, and notices of what cannot be put together.
    """
    forms: list[tuple[str, FactSheet]] = []
    silent: list[str] = []
    doubts: dict[str, list[str]] = {}
    for one in found:
        own = one.glue.join(text[start:end] for start, end in one.parts)
        told_here = () if not_yet(own) else read(own)
        sheet = FactSheet(schema, _facts(told_here, schema))
        for fact in told_here:
            if fact.doubt and fact.label in sheet.facts:
                doubts.setdefault(fact.label, []).append(f"{one.who}：{fact.doubt}")
        if sheet.facts:
            forms.append((one.who, sheet))
        else:
            silent.append(one.who)
    if not forms:
        return [], []
    told = combine(forms, schema)
    names = [*(who for who, _ in forms), *silent]
    facts = [
        replace(one, doubt="；".join(filter(None, (_doubt(one, forms, names), one.doubt, *doubts.get(one.label, ())))))
        for one in told.facts
    ]
    return facts, [*told.notices, *_silent(silent)]


def of_one_place(found: Sequence[FoundFact], who: str, schema: FactSchema) -> list[FoundFact]:
    """The facts of a text that one place alone wrote: its figures are not the township's."""
    why = f"这是{who}报的，不是全镇（街道）的数"
    of_all = (*_TOLD, FieldType.PERCENT)
    return [
        replace(one, doubt=f"{why}；{one.doubt}" if one.doubt else why)
        if schema.by_label[one.label].type in of_all
        else one
        for one in found
    ]


def beside_reports(found: Sequence[FoundFact], reports: Sequence[FoundFact], text: str) -> list[FoundFact]:
    """The facts told outside what the places say: in doubt where places tell them too and nothing says of whom it is.

    A figure that is the sum of what was reported is the whole's.
    """
    told = {one.label: one for one in reports}

    def looked_at(one: FoundFact) -> FoundFact:
        said = told.get(one.label)
        begin, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
        line = text[begin : end if end >= 0 else len(text)]
        if one.doubt or one.row is not None or said is None or said.row is not None or _OF_ALL.search(line):
            return one
        if said.fact.value == one.fact.value or isinstance(one.fact.value, tuple):
            return one
        return replace(one, doubt=f"各处另报了这一项（{said.quote}），这里没有说是不是全镇（街道）的数")

    return [looked_at(one) for one in found]


def own_words(found: Sequence[Reporter], place: int) -> str:
    """Why what is said at a place of the source is in doubt."""
    who = next((one.who for one in found if any(start <= place < end for start, end in one.parts)), "下面一处")
    return f"只是{who}报的，不是全镇（街道）的"


def _facts(found: Sequence[FoundFact], schema: FactSchema) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for one in found:
        kind = schema.by_label[one.label].type
        if kind not in _TOLD:
            continue
        if kind in (FieldType.COUNT, FieldType.MONEY):
            facts.setdefault(one.label, one.fact)
            continue
        had = facts[one.label].value if one.label in facts else None
        if one.row is not None:
            row = {column: cell for column, cell in one.row.items() if isinstance(cell, int | Decimal | str)}
            facts[one.label] = Fact((*table_rows(had), row))
        else:
            facts[one.label] = Fact((*_lines(had), *_lines(one.fact.value)))
    return facts


def _lines(value: Value | None) -> tuple[str, ...]:
    return tuple(line for line in value if isinstance(line, str)) if isinstance(value, tuple) else ()


def _doubt(one: FoundFact, forms: Sequence[tuple[str, FactSheet]], names: Sequence[str]) -> str:
    by = [who for who, sheet in forms if one.label in sheet.facts]
    if len(by) == 1:
        return f"只是{by[0]}报的，不是全镇（街道）的数"
    missing = [who for who in names if who not in by]
    left = f"，没有读到这一项的：{_listed(missing)}" if missing else ""
    if of_each(forms[0][1].schema.by_label[one.label]):
        return f"这是各处自己的数，不能相加{left}"
    said = "由各处报的合在一起" if one.row is not None or isinstance(one.fact.value, tuple) else "由各处报的数相加得出"
    return f"{said}（{len(by)}处）{left}"


def _silent(names: Sequence[str]) -> Iterator[Notice]:
    if names:
        yield Notice("unread", f"{_listed(names)}的话里没有读出要汇总的数，请核对。")


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等 {len(names)} 处" if len(names) > _NAMED else "")
