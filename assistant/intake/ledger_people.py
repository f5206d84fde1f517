"""A list of people in a ledger (基干民兵花名册): counted as the fact that its title names, never taken unseen.

Who is listed stands in the title, and a title may mean a draft, or people some of whom fell out later: what is counted
is in doubt whatever a person said of the columns before.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.sheet import Fact
from assistant.intake import ledger_words as words
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_grid_roster import LIST, NAME_HEAD, OTHERS
from assistant.intake.found import FoundFact, Notice
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_types import Choice, LedgerMapping
from assistant.intake.workbook_grid import column_letters

_NAME = re.compile(r"[一-龥](?:[一-龥·\s]{1,11})")
_SAMPLES = 3
#: Between the list's title and the fact by whose rule only some of its people count.
_RULE = "#"


def or_people(
    layout: Layout, best: LedgerMapping | None, header: tuple[int, int], schema: FactSchema, file: str
) -> LedgerMapping | None:
    """A list of people is no table of a few of them, unless its title says so; without a title a person looks."""
    title = f"{file} {layout.heading(header[0])}"
    people = _propose(layout, *header, schema, title)
    if people is None or (best is not None and (best.form != "rows" or _titled(title, best, schema))):
        return best
    if people.taken or LIST.search(title):
        return people
    if best is None:
        return None
    doubt = f"标题没有说是“{best.table}”，请核对这是不是一份别的名单"
    choices = (replace(choice, doubt=choice.doubt or doubt) if choice.fact else choice for choice in best.choices)
    return replace(best, choices=tuple(choices))


def _titled(title: str, mapping: LedgerMapping, schema: FactSchema) -> bool:
    """Whether the title names the table: 先进个人名单."""
    table = schema.by_label[mapping.table]
    return any(words.normal(name) in words.normal(title) for name in (table.label, *table.aliases))


def _propose(layout: Layout, top: int, bottom: int, schema: FactSchema, title: str) -> LedgerMapping | None:
    """A choice for the whole list, and one for each column that tells some of its people apart; None for no list."""
    heads = {column: layout.titles(top, bottom, column) for column in layout.columns}
    names = next((at for at, titles in heads.items() if titles and NAME_HEAD.fullmatch(_plain(titles[-1]))), 0)
    if not names or not _people(layout, bottom, names):
        return None
    key = words.normal(re.sub(r"\d", "", title)) or "名单"
    told = tuple(_people(layout, bottom, names).values())[:_SAMPLES]
    whole = Choice(key, "名单的人数（一行一人）", names, bottom, layout.grid.place(bottom, names), told)
    choices = [whole]
    if not OTHERS.search(title):
        for label, cue in schema.hints.rosters.items():
            said = pattern(cue.said).search(title)
            if said is None:
                continue
            doubt = f"标题里有“{said.group()}”，按“{label}”数，请核对"
            if not cue.head:
                if choices[0].fact is None:
                    choices[0] = replace(whole, fact=label, sure=1.0, doubt=doubt)
                continue
            at = next((at for at, titles in heads.items() if titles and pattern(cue.head).fullmatch(titles[-1])), 0)
            if at:
                head = f"名单里按“{heads[at][-1]}”一栏数的人数"
                place = layout.grid.place(bottom, at)
                choices.append(
                    Choice(f"{key}{_RULE}{label}", head, at, bottom, place, (), label, sure=1.0, doubt=doubt)
                )
    return LedgerMapping(layout.grid.name, "people", top, bottom, tuple(choices), names)


def read_people(
    layout: Layout, mapping: LedgerMapping, schema: FactSchema, source: str
) -> tuple[list[FoundFact], list[Notice]]:
    """One figure a choice, each in doubt."""
    people = _people(layout, mapping.bottom, mapping.names)
    facts: list[FoundFact] = []
    notices: list[Notice] = []
    for choice in mapping.taken:
        item = schema.by_label.get(choice.fact or "")
        if item is None:
            continue
        if item.type is not FieldType.COUNT:
            notices.append(
                Notice("choice", f"“{item.label}”不是个数，名单里数不出来", choice.header, place=choice.place)
            )
            continue
        cue = schema.hints.rosters.get(choice.key.partition(_RULE)[2])
        counted = {
            row: name
            for row, name in people.items()
            if cue is None or pattern(cue.cell).fullmatch(layout.grid.text(row, choice.column))
        }
        if not counted:
            continue
        first, last = min(counted), max(counted)
        letters = column_letters(mapping.names)
        how = "一行算一人" if cue is None else "按表里的一栏数的"
        twice = len({"".join(name.split()) for name in counted.values()}) < len(counted)
        doubt = f"这是从名单里数出来的，{how}" + "，名单里有重名" * twice
        place = f"{layout.grid.place(first, mapping.names)}:{letters}{last}"
        fact = Fact(len(counted), "", None, f"{source} {place}".strip())
        quote = f"{choice.header} {len(counted)}"
        facts.append(FoundFact(item.label, fact, quote, place=place, unit=item.measure, doubt=doubt))
    return facts, notices


def _people(layout: Layout, bottom: int, names: int) -> dict[int, str]:
    found = {row: layout.grid.text(row, names) for row in layout.below(bottom)}
    return {row: name for row, name in found.items() if _NAME.fullmatch(name) and not words.total_name(name)}


def _plain(text: str) -> str:
    return "".join(text.split())
