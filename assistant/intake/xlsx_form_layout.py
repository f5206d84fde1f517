"""What a form in Excel looks like to both its writer and its reader: tabs, headers, names of its parts."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator

from assistant.facts.expressions import names_in
from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType
from assistant.facts.sheet import FactSheet
from assistant.reports.types import Shape
from assistant.slots.grammar import slots_in

FORM = "nigao-form"
FORM_VERSION = "1"
HELP_TAB = "填写说明"

GROUP, FACT, VALUE, UNIT, APPROXIMATE, LAST_YEAR, HINT, SOURCE, NOTE = HEADERS = (
    "分组",
    "事实",
    "数值",
    "计量单位",
    "概数",
    "去年",
    "填写说明",
    "来源",
    "备注",
)
#: Over the header of a group: who it is of, and who wrote it.
FILLED_BY, FILLED_IN_BY = "填表单位", "填表人"
MONEY_UNITS = ("元", "万元", "亿元")
APPROXIMATIONS = ("余", "多", "近", "约")
#: Table tabs: the fact's label in A1, units of money columns over the header, then rows.
TABLE_UNIT_ROW, TABLE_HEADER_ROW = 3, 4
LAST_YEAR_MARK = "（去年）"
#: Empty rows that a table offers, and lines that a list does.
TABLE_ROWS, LIST_LINES = 30, 5

_LINE = re.compile(r"（第\d+条）$")
_NOT_IN_TAB = re.compile(r"[\[\]:*?/\\']")


def line_label(label: str, number: int) -> str:
    """存在问题（第2条）: one line of a list fact."""
    return f"{label}（第{number}条）"


def fact_label(written: str) -> str:
    """The fact's label without the number of the line."""
    return _LINE.sub("", written.strip())


def tab_names(wanted: list[str], taken: set[str]) -> list[str]:
    """Names that Excel allows: 31 characters, none of []:*?/\\, no two alike."""
    names: list[str] = []
    for title in wanted:
        base = _NOT_IN_TAB.sub("·", title)[:28].strip() or "表"
        name, number = base, 2
        while name.lower() in taken:
            name, number = f"{base}{number}", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


def used_labels(shape: Shape, schema: FactSchema) -> frozenset[str]:
    """The facts that a shape has a use for: in its sections, its title and closing, and behind its derived facts."""
    texts = [shape.title, shape.byline, shape.addressee, shape.signature, shape.date, shape.file_name]
    named: set[str] = {item.label for item in schema.required(shape.key)} | set(shape.presets)
    for section, _ in shape.walk():
        named.update(section.facts)
        texts.extend(section.headings)
    named.update(slot.label for text in texts for slot in slots_in(text))
    open_names = list(named)
    while open_names:
        derived = schema.derived_by_label.get(open_names.pop())
        fresh = set(names_in(derived.expr)) - named if derived else set()
        named |= fresh
        open_names.extend(fresh)
    return frozenset(named)


def rows_of_group(group: str, schema: FactSchema, shape: Shape, used: frozenset[str]) -> list[FactField]:
    """The fields of a group as the form shows them: required ones first, then used ones, then the rest."""

    def rank(item: FactField) -> int:
        return 0 if shape.key in item.required_by else 1 if item.label in used else 2

    return sorted(schema.in_group(group), key=rank)


def given_derived(sheet: FactSheet) -> Iterator[DerivedFact]:
    """Derived facts that were given by hand because nobody knows what they derive from."""
    return (derived for label, derived in sheet.schema.derived_by_label.items() if label in sheet.facts)


def schema_version(schema: FactSchema) -> str:
    """Changes whenever a label, a type or a column of the report type does."""
    content = [
        [item.label, item.type.value, [[column.label, column.type.value] for column in item.columns]]
        for item in schema.fields
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]


def expectation(item: FactField | DerivedFact) -> str:
    """What to write into a cell, in the words of an office."""
    match item.type:
        case FieldType.COUNT:
            return "填整数；没有的填 0，不知道的空着"
        case FieldType.MONEY:
            return "填数字，右边选元或万元"
        case FieldType.PERCENT:
            return "填百分数，如 98.5"
        case FieldType.YEAR:
            return "填四位数的年份"
        case FieldType.DATE:
            return "填日期，如 2025-12-1"
        case FieldType.CHOICE:
            return "点右边的箭头选一项"
        case FieldType.LIST:
            return "一格一条"
        case _:
            return "填文字"
