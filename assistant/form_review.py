"""Forms as finds: what one form says, and what several units' forms come to together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.errors import SheetProblem
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.formatting import plain_text
from assistant.facts.sheet import Fact, FactSheet
from assistant.intake.found import Extraction, FoundFact, Notice
from assistant.intake.ledger_cells import small_percent
from assistant.intake.ledger_combine import NAMED, combine
from assistant.intake.unit_forms import UnitForm, year_of
from assistant.intake.xlsx_form_layout import LAST_YEAR_MARK


def form_finds(sheet: FactSheet, name: str) -> Extraction:
    """What one filled form says, in the order of the form; last year's figures stand beside this year's."""
    facts = [found for item in sheet.schema.fields for found in _of_form(item, sheet, name)]
    return Extraction(name, "", tuple(facts), year=year_of(sheet, name))


def _of_form(item: FactField, sheet: FactSheet, name: str) -> Iterator[FoundFact]:
    fact = sheet.facts.get(item.label)
    if fact is None:
        return
    source = f"{name}（{fact.source}）" if fact.source else name
    if item.type is not FieldType.TABLE:
        if not fact.empty or fact.last_year is not None:
            doubt = small_percent(item, fact.value) or small_percent(item, fact.last_year)
            told = replace(fact, source=source)
            yield FoundFact(item.label, told, "", place=item.group, unit=item.measure, doubt=doubt)
        return
    for row in fact.value if isinstance(fact.value, tuple) else ():
        if isinstance(row, Mapping):
            yield FoundFact(item.label, Fact(source=source), "", place=item.label, row=dict(row))
    if fact.last_year is not None:
        yield FoundFact(item.label, Fact(last_year=fact.last_year, source=source), "", place=f"{item.label}（去年）")


def with_unread(found: Extraction, unread: Sequence[tuple[str, SheetProblem]]) -> Extraction:
    """The finds of one or several forms with the cells that could not be read: each told, its fact in doubt.

    Args:
        unread: (whose form, "" where there is only one; what is wrong with a cell).
    """
    cells: dict[str, list[str]] = {}
    notices = []
    for who, problem in unread:
        whose = f"“{who}”的 {problem.place}" if who else problem.place
        cells.setdefault(problem.label.partition(".")[0].removesuffix(LAST_YEAR_MARK), []).append(whose)
        message = f"{whose} {replace(problem, place='')}".removesuffix("。")
        message += "" if message.partition("，应为")[0].endswith("没有读") else "；没有读"
        notices.append(Notice("unread", message, place=who or problem.place))
    facts = tuple(
        replace(fact, doubt=f"有 {len(told)} 格没有读进来（{'、'.join(told[:3])}）")
        if (told := cells.get(fact.label)) and not (fact.row and fact.doubt)
        else fact
        for fact in found.facts
    )
    return replace(found, facts=facts, notices=(*notices, *found.notices))


def sum_of(forms: Sequence[UnitForm], left: Collection[int], schema: FactSchema) -> Extraction:
    """What the forms come to that count.

    Args:
        left: numbers of those that do not.
    """
    counted = counting(forms, left)
    found = combine([(one.who, one.sheet) for one in counted], schema)
    # What one form says of itself is not said of the others.
    years = {one.year for one in counted}
    facts = tuple(replace(one, doubt=one.doubt or _unfilled(one.label, counted, schema)) for one in found.facts)
    found = replace(found, facts=facts, year=years.pop() if len(years) == 1 else None)
    return with_unread(found, [(one.who, problem) for one in counted for problem in one.unread])


def _unfilled(label: str, forms: Sequence[UnitForm], schema: FactSchema) -> str:
    """Why a sum is in doubt: who has left the cell empty may have forgotten it. Who has none writes 0."""
    if schema.by_label[label].type not in (FieldType.COUNT, FieldType.MONEY):
        return ""
    names = [one.who for one in forms if one.sheet.fact(label).empty]
    more = f"等 {len(names)} 个单位" if len(names) > NAMED else ""
    return f"{'、'.join(names[:NAMED])}{more}没有填" if names else ""


def counting(forms: Sequence[UnitForm], left: Collection[int]) -> list[UnitForm]:
    return [one for number, one in enumerate(forms) if number not in left]


def who_reported(forms: Sequence[UnitForm], schema: FactSchema) -> list[tuple[str, list[str], str]]:
    """(label, what each unit reported, the sum) for every figure that anybody reported; "" where nothing was."""
    summed = {found.label: found for found in combine([(one.who, one.sheet) for one in forms], schema).facts}
    table = []
    for item in schema.fields:
        if not item.type.numeric:
            continue
        told = [plain_text(fact.value, item, fact.approximate) for one in forms if (fact := one.sheet.fact(item.label))]
        if any(told):
            found = summed.get(item.label)
            total = plain_text(found.fact.value, item, found.fact.approximate) if found else "不相加"
            table.append((item.label, told, total))
    return table
