"""Forms of several units: whose each is, of which year, and which of them stand for one and the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from assistant.errors import SheetProblem
from assistant.facts.fields import FactSchema, FieldType, Names
from assistant.facts.sheet import FactSheet, plain_fact, read_facts
from assistant.intake.ledger_year import year_of_name

#: So many facts are not the same by chance.
SAME_BY_CHANCE = 5
#: Ends of a form's file name that say nothing of who filled it in.
_TAILS = ("事实表", "填报表", "汇总表", "报表", "表")
_STATES = (
    "已填[好写报]?|填好了?|最终版?|最新版?|定稿|终稿|修改[版稿后]?|改[版后]|更新版?|新版|重报|补报|副本|复件|[Cc]opy"
)
_STATE = re.compile(
    rf"[-_ —·]*(?:[（(【\[]?(?:{_STATES})[）)】\]]?|[（(【\[][新改][）)】\]]|[（(][0-9]{{1,2}}[）)]|[vV][0-9]{{1,2}})$"
)
_DATE = re.compile(r"[-_ —·（(]*20\d\d(?:年度?(?:\d{1,2}月)?(?:\d{1,2}日)?|[-_.]?\d{2}[-_.]?\d{2})?[）)]?$")
_FIRST = re.compile(r"^(?:副本|复件|[Cc]opy of)[-_ —·]*(?=.)|^20\d\d年度?(?=.)")


@dataclass(frozen=True)
class UnitForm:
    """One of several forms. ``file``: its name; ``unread``: cells that could not be read."""

    who: str
    sheet: FactSheet
    file: str = ""
    unread: tuple[SheetProblem, ...] = ()

    @property
    def year(self) -> int | None:
        return year_of(self.sheet, self.file)

    def to_json(self) -> dict[str, Any]:
        return {
            "who": self.who,
            "facts": {label: plain_fact(fact) for label, fact in self.sheet.facts.items()},
            "file": self.file,
            "unread": [[one.label, one.message, one.expected, one.place] for one in self.unread],
        }


def read_unit_form(stored: Any, schema: FactSchema) -> UnitForm:
    if isinstance(stored, list):
        # Those that wait since before a form could be left out: who, and what they say.
        return UnitForm(stored[0], read_facts(stored[1], schema))
    unread = tuple(SheetProblem(label, said, wanted, place=place) for label, said, wanted, place in stored["unread"])
    return UnitForm(stored["who"], read_facts(stored["facts"], schema), stored["file"], unread)


def unit_of(file: str) -> str:
    """柳林村 of 柳林村-事实表.xlsx, of 柳林村2025年（已填）(1).xlsx and of 柳林村 - 副本.xlsx."""
    stem = PurePath(file).stem.strip()
    while True:
        shorter = _FIRST.sub("", _DATE.sub("", _STATE.sub("", stem)))
        tail = next((tail for tail in _TAILS if shorter.endswith(tail)), "")
        shorter = shorter.removesuffix(tail).rstrip("-_ —·的").strip()
        if not shorter or shorter == stem:
            return stem
        stem = shorter


def own_name(sheet: FactSheet) -> str:
    """What a form's facts call the unit itself: the name that a report cannot do without; "" where it is empty."""
    named = [item for item in sheet.schema.fields if item.names is Names.UNIT]
    first = next((item for item in named if item.required_by), None)
    return sheet.text(first.label) if first is not None else ""


def told_apart(names: Sequence[str], files: Sequence[str]) -> list[str]:
    """The units' names; where all files came back under the name that they went out with, the files' own names."""
    if len(names) > 2 and len(set(names)) == 1:
        return [PurePath(file).stem for file in files]
    return list(names)


def year_of(sheet: FactSheet, file: str) -> int | None:
    """The year that a form speaks of: its own, else the only one that its file's name gives."""
    for item in sheet.schema.fields:
        if item.type is FieldType.YEAR and isinstance(value := sheet.value(item.label), int):
            return value
    return year_of_name(file)


def _meant(forms: Sequence[UnitForm], year: int | None) -> int | None:
    """The year that the forms are put together for: the report's, unless all say that they are of others."""
    told = {one.year for one in forms}
    if year in told or (None in told and year is not None):
        return year
    return max((one for one in told if one is not None), default=None)


def left_at_first(forms: Sequence[UnitForm], year: int | None) -> frozenset[int]:
    """The forms that surely do not count: of another year than the rest, or a second copy of the same."""
    meant = _meant(forms, year)
    other = {number for number, one in enumerate(forms) if one.year not in (None, meant)}
    again = {
        number
        for number, one in enumerate(forms)
        if any(_copies(one, before) for at, before in enumerate(forms[:number]) if at not in other)
    }
    return frozenset(other | again)


def _copies(one: UnitForm, other: UnitForm) -> bool:
    return one.who == other.who and _said(one) == _said(other) and not one.unread and not other.unread


def _said(form: UnitForm) -> Mapping[str, Any]:
    return {label: (fact.value, fact.approximate, fact.last_year) for label, fact in form.sheet.facts.items()}


def remarks(forms: Sequence[UnitForm], year: int | None) -> dict[int, str]:
    """Number → why a person should say whether the form counts; forms without a question are not there."""
    meant = _meant(forms, year)
    names = Counter(one.who for one in forms)
    found = {}
    for number, one in enumerate(forms):
        file = one.file or one.who
        before = next((other for other in forms[:number] if _copies(one, other)), None)
        if one.year not in (None, meant):
            found[number] = f"“{file}”是 {one.year} 年的表"
        elif before is not None:
            found[number] = f"“{file}”和“{before.file or before.who}”填的一样"
        elif names[one.who] > 1:
            found[number] = f"“{one.who}”交了 {names[one.who]} 份，这是“{file}”"
    return found
