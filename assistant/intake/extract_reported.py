"""What several places report in one text, as one proposal: summed or listed, and never certain."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import filled_cells, list_items, table_rows
from assistant.intake.extract_of_all import of_all
from assistant.intake.extract_reporter import Reporter
from assistant.intake.extract_reporters import not_yet
from assistant.intake.extract_villages import told_of_all
from assistant.intake.found import Extraction, FoundFact, Notice
from assistant.intake.ledger_combine import combine, of_each

#: What a place says of itself (its name, who speaks) is nothing of the township.
_TOLD = (FieldType.COUNT, FieldType.MONEY, FieldType.TABLE, FieldType.LIST)
_NAMED = 12
#: So many lines, each so short, may be told below a place's own.
_LINES_BELOW, _SHORT_LINE, _SHARE = 5, 40, 0.3
#: So long is a place's head.
_HEAD = 12
_FIGURE = re.compile("(?<!^)[0-9一二两三四五六七八九十](?!、|）)")
_OF_EACH = "这是各处自己的数，不能相加"
Read = Callable[[str], Extraction]


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
    own: dict[str, dict[str, Fact]] = {}
    words: dict[tuple[str, str], str] = {}
    silent: list[str] = []
    unread: list[Notice] = []
    doubts: dict[str, list[str]] = {}
    for one in found:
        said = one.words(text)
        extraction = Extraction("", said, ()) if not_yet(said) else read(said)
        left = [notice for notice in extraction.notices if notice.kind == "unread"]
        unread += (replace(notice, start=-1, end=-1, place=one.who) for notice in left)
        facts = _facts(extraction.facts, schema)
        for fact in extraction.facts:
            words.setdefault((one.who, fact.label), fact.quote)
            if fact.doubt and fact.label in facts:
                doubts.setdefault(fact.label, []).append(f"{one.who}：{fact.doubt}")
        if facts:
            # Another list may name the same places.
            own[one.who] = {**facts, **own.get(one.who, {})}
        elif not left:
            silent.append(one.who)
    forms = [(who, FactSheet(schema, facts)) for who, facts in own.items()]
    if not forms:
        return [], [*unread, *_silent(silent)]
    told = combine(forms, schema)
    names = [*own, *silent]

    def looked_at(one: FoundFact) -> FoundFact:
        doubt = "；".join(filter(None, (_doubt(one, forms, names), one.doubt, *doubts.get(one.label, ()))))
        by = [who for who in own if one.label in own[who]]
        alone = len(by) == 1 and one.row is None and not isinstance(one.fact.value, tuple)
        return replace(one, doubt=doubt, quote=f"{by[0]}：{words[by[0], one.label]}" if alone else one.quote)

    return [looked_at(one) for one in told.facts], [*told.notices, *unread, *_silent(silent)]


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


def beside_reports(
    found: Sequence[FoundFact], reports: Sequence[FoundFact], text: str, theirs: Sequence[Reporter]
) -> list[FoundFact]:
    """The facts told outside what the places say: in doubt where nothing says of whom they are.

    So is one that is told in a line right below a place's, and a whole that is less than what the places reported.
    """
    told = {one.label: one for one in reports}
    starts = [start for one in theirs for start, _ in one.parts]
    ends = sorted(end for one in theirs for _, end in one.parts)
    # A paper may tell of some villages in a sentence; a message is mostly theirs.
    if sum(end - text.rfind("\n", 0, start) for one in theirs for start, end in one.parts) < _SHARE * len(text):
        ends = []
    whole = list(told_of_all(text))

    def why(one: FoundFact) -> str:
        begin, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
        line, said = text[begin : end if end >= 0 else len(text)], told.get(one.label)
        mine = of_all(line) or any(first <= one.start < last for first, last in whole)
        if said is not None and said.row is None and said.fact.value != one.fact.value:
            if not mine:
                return f"各处另报了这一项（{said.quote}），这里没有说是不是全镇（街道）的数"
            return f"各处报的比这个数多（{said.quote}）" if _less(one, said) else ""
        near = text.find("\n", one.end) + 1
        above = near and bool(ends) and any(near <= start < near + _HEAD for start in starts)
        beside = not mine and (above or _goes_on(text, begin, ends, one.start))
        return "写在各处报的数旁边，没有说是不是全镇（街道）的数" if beside else ""

    def looked_at(one: FoundFact) -> FoundFact:
        if one.doubt or one.row is not None or not isinstance(one.fact.value, int | Decimal):
            return one
        return replace(one, doubt=why(one))

    return [looked_at(one) for one in found]


def _goes_on(text: str, begin: int, ends: Sequence[int], place: int) -> bool:
    """Whether a line goes on behind what a place says, with no more than a few short lines of figures between."""
    last = ends[bisect_left(ends, place) - 1] if ends and ends[0] < place else -1
    for _ in range(_LINES_BELOW):
        if last >= begin:
            return True
        above = text.rfind("\n", 0, max(0, begin - 1)) + 1
        line = text[above : max(above, begin - 1)]
        if last < above and (len(line) > _SHORT_LINE or not _FIGURE.search(line) or of_all(line)):
            return False
        begin = above
    return False


def totals_told(
    totals: Sequence[Reporter], reports: Sequence[FoundFact], source: str, read: Read, known: Collection[str]
) -> Iterator[FoundFact]:
    """合计6名 at the end of a list, in doubt where the places come to another sum."""
    told = {one.label: one for one in reports}
    for total in totals:
        start, end = total.parts[-1]
        for one in read(total.words(source)).facts:
            said = told.get(one.label)
            if said is None or one.label in known or one.row is not None:
                continue
            why = "" if said.fact.value == one.fact.value else f"和各处报的数加起来不一样（{said.quote}）"
            fact = replace(one.fact, source=said.fact.source)
            yield replace(one, fact=fact, quote=total.words(source), start=start, end=end, doubt=why)


def _less(one: FoundFact, said: FoundFact) -> bool:
    value, others = one.fact.value, said.fact.value
    if not isinstance(value, int | Decimal) or not isinstance(others, int | Decimal) or _OF_EACH in said.doubt:
        return False
    return value < others


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
            facts[one.label] = Fact((*table_rows(had), filled_cells(one.row)))
        else:
            facts[one.label] = Fact((*list_items(had), *list_items(one.fact.value)))
    return facts


def _doubt(one: FoundFact, forms: Sequence[tuple[str, FactSheet]], names: Sequence[str]) -> str:
    by = [who for who, sheet in forms if one.label in sheet.facts]
    if len(by) == 1:
        return f"只是{by[0]}报的，不是全镇（街道）的数"
    missing = [who for who in names if who not in by]
    left = f"，没有读到这一项的：{_listed(missing)}" if missing else ""
    if of_each(forms[0][1].schema.by_label[one.label]):
        return f"{_OF_EACH}{left}"
    said = "由各处报的合在一起" if one.row is not None or isinstance(one.fact.value, tuple) else "由各处报的数相加得出"
    return f"{said}（{len(by)}处）{left}"


def _silent(names: Sequence[str]) -> Iterator[Notice]:
    if names:
        yield Notice("unread", f"{_listed(names)}的话里没有读出要汇总的数，请核对。")


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等 {len(names)} 处" if len(names) > _NAMED else "")
