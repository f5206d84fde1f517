"""What a message asks: which of the questions that code answers, and of which facts, rows and sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.facts.cues import ColumnCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.sheet import FactSheet
from assistant.facts.values import table_rows
from assistant.intake.chat_names import Named, named
from assistant.intake.chat_sections import Meant
from assistant.intake.chat_words import ASKING, CHECKING, HOW_MUCH, LAST_YEAR, LISTED, QUESTIONS, STYLE, USED
from assistant.reports.report import Report

_SURELY_ASKING = re.compile(r"[?？]|吗|哪|什么|多少|几")
#: What is asked for: 侦察排 of 侦察排现在有多少人.
_ASKED_FOR = re.compile(
    r"^(?:请问|那|那么|我们?|咱们?|镇里的?|今年|本年|现在|目前|,|，|\s)*(?P<name>[\u4e00-\u9fff]{2,10}?)"
    r"(?:的(?:实有|编制|人)?(?:人?数)?)?(?:现在|目前|今年|一共|总共|共|到底|实际|编)*(?:有|是|编了?|发了?|花了?)?(?:多少|几)"
    r"[\u4e00-\u9fff]{0,4}[?？。]*$"
)
#: 好多钱 in the south-west.
_HOW_MANY = re.compile(r"好多(?=[个人名次户块份起天钱元件条]{0,2}(?:哦|喃|嘛|啊|呢|哇|嘞|来着)*[?？。]*$)")
_WHY = re.compile(r"为什么|为啥|咋个会|怎么会|啥原因|什么原因")
_NOT_DONE = re.compile(r"(?:几|多少)[个户人块条名]?[一-龥]{0,4}(?:没|未)(?!填|写)")
_JOINED = re.compile(r"[、和与及跟]")
_MONEY = re.compile(r"投|花|钱|经费|资金")
#: 合格率 for 体检合格率.
_RATE = re.compile(r"[一-龥]{2}率")
#: Shorter words for columns (人数, 金额) are everybody's.
_OWN_WORD = 3
_NO_NAME = re.compile(r"[了的吗呢么着过还要得用写填缺差我你他]|一共|总共|大概|报告|全文|这[节段]")


@dataclass(frozen=True)
class AskedRow:
    """A row of a table fact that a question names, "" for all rows; ``column``: what of it, "" for all."""

    table: str
    name: str
    column: str = ""


@dataclass(frozen=True)
class Question:
    """A question on the report.

    Attributes:
        labels: the facts that it names; ``section``: the one section that it names; ``sections``: all that it means.
        words: words of the text that it is about, or the name that nothing has; ``near``: names that may be meant.
        rows: the rows of tables that it names. ``last``: it asks for last year's value;
            ``why``: it asks for a reason as well.
    """

    kind: str
    labels: tuple[str, ...] = ()
    section: str = ""
    words: str = ""
    sections: tuple[str, ...] = ()
    rows: tuple[AskedRow, ...] = field(default=())
    near: tuple[str, ...] = ()
    last: bool = False
    why: bool = False


def question_in(sentence: str, report: Report, meant: Callable[[str], Meant]) -> Question | None:
    """The question that a sentence asks; None where it asks none that code can answer.

    Args:
        meant: the sections that words mean.
    """
    sentence = _HOW_MANY.sub("多少", sentence)
    if not ASKING.search(sentence) or (STYLE.search(sentence) and not _SURELY_ASKING.search(sentence)):
        return None
    sheet = report.sheet
    labels, strict = _labels(sentence, sheet.schema)
    where = meant(sentence)
    section = where.keys[0] if where.certain and where.spoken else ""
    last = LAST_YEAR.search(sentence) is not None
    why = _WHY.search(sentence) is not None
    if USED.search(sentence) and (where.spoken or where.whole or not strict):
        return Question("used", sections=where.keys if where.spoken or where.certain else ())
    rows = tuple(_rows_asked(sentence, sheet))
    beside = _labels_beside(sentence, rows, sheet.schema)
    if rows and CHECKING.search(sentence) and not beside:
        return Question("rows", rows=rows, why=why)
    if labels and CHECKING.search(sentence):
        return Question("value", labels, section, why=why)
    for kind, pattern in QUESTIONS:
        if kind == "value" and _NOT_DONE.search(sentence):
            # 还有几个村没挂: no fact counts that.
            continue
        if kind == "value" and rows and (HOW_MUCH.search(sentence) or pattern.search(sentence)):
            joined = _JOINED.search(sentence) is not None
            return Question("rows", rows=rows, labels=_measured(sentence, beside, sheet.schema) if joined else ())
        if not pattern.search(sentence) or (kind in ("uses", "value") and not labels):
            continue
        asked = _measured(sentence, labels, sheet.schema) if kind == "value" else labels
        return Question(kind, asked, section, last=last, why=why)
    several = tuple(label for label in labels if _listed(label, sheet.schema))
    if several and LISTED.search(sentence):
        return Question("value", several, section, last=last)
    return _nowhere(sentence, sheet) if not labels else None


def _labels(sentence: str, schema: FactSchema) -> tuple[tuple[str, ...], bool]:
    """The facts that a sentence names, and whether one is named by more than a short word."""
    cells = {column.label for item in schema.fields for column in item.columns}
    # 民兵干部 is a column of a table, and no 民兵.
    every = [
        one
        for one in named(sentence, schema)
        if not any(len(cell) > len(one.name) and sentence.startswith(cell, one.start) for cell in cells)
    ]
    names = [one for one in every if not one.loose] or every
    labels = tuple(dict.fromkeys(label for one in names for label in one.labels[:1]))
    rates = _rates(sentence, schema, names)
    if rates:
        labels = (*rates, *(label for one in names if not one.loose for label in one.labels[:1]))
    return labels, bool(rates) or any(not one.loose for one in names)


def _labels_beside(sentence: str, rows: Sequence[AskedRow], schema: FactSchema) -> tuple[str, ...]:
    """The facts that are named beside the rows: 库室 of 库室、征兵宣传各投了多少."""
    for row in rows:
        sentence = sentence.replace(row.name, "□") if row.name else sentence
    for item in schema.fields:
        if item.type is FieldType.TABLE:
            for column in item.columns[1:]:
                sentence = sentence.replace(column.label, "□")
    money = _MONEY.search(sentence) is not None
    found: list[str] = []
    for one in named(sentence, schema):
        kinds = [label for label in one.labels if _is_money(label, schema)]
        found += (kinds or list(one.labels))[:1] if money else one.labels[:1]
    tables = {row.table for row in rows}
    return tuple(label for label in dict.fromkeys(found) if label not in tables)


def _is_money(label: str, schema: FactSchema) -> bool:
    item = schema.find(label)
    return item is not None and item.type is FieldType.MONEY


def labels_asked(words: str, schema: FactSchema) -> tuple[str, ...]:
    """The facts that words name, by their full names before short ones."""
    return _labels(words, schema)[0]


def _rates(sentence: str, schema: FactSchema, names: Sequence[Named]) -> tuple[str, ...]:
    """The shares that a sentence names by their last words, where only one ends so."""
    every = (*schema.by_label, *schema.derived_by_label)
    found = []
    for rate in _RATE.finditer(sentence):
        labels = [label for label in every if label.endswith(rate.group())]
        if len(labels) == 1 and not any(one.end == rate.end() for one in names):
            found += labels
    return tuple(found)


def _listed(label: str, schema: FactSchema) -> bool:
    item = schema.by_label.get(label)
    return item is not None and item.type in (FieldType.LIST, FieldType.TABLE)


def _measured(sentence: str, labels: tuple[str, ...], schema: FactSchema) -> tuple[str, ...]:
    """The facts that are asked for, by how they are counted: 慰问了几户 is not 慰问人数."""
    asked = HOW_MUCH.search(sentence)
    if _MONEY.search(sentence):
        money = [next((one for one in name.labels if _is_money(one, schema)), "") for name in named(sentence, schema)]
        if any(money):
            return tuple(dict.fromkeys(one for one in money if one))
    every = dict.fromkeys(label for one in named(sentence, schema) for label in one.labels)
    fitting = [
        label
        for label in every
        if asked and asked["measure"] and (item := schema.by_label.get(label)) and item.measure == asked["measure"]
    ]
    return tuple(fitting) or labels


# ---- rows of tables


def _names_of_rows(sheet: FactSheet) -> Iterator[tuple[FactField, str]]:
    for item in sheet.schema.fields:
        if item.type is FieldType.TABLE:
            for row in table_rows(sheet.value(item.label)):
                if name := str(row.get(item.key_column.label) or ""):
                    yield item, name


def rows_beside(table: str, sheet: FactSheet) -> list[str]:
    """The names of a table's rows."""
    return [name for item, name in _names_of_rows(sheet) if item.label == table]


def rows_named(words: str, sheet: FactSheet) -> tuple[AskedRow, ...]:
    """The rows of tables that words name, whole or by a part."""
    every = list(_names_of_rows(sheet)) if words else []
    found = [(item, name) for item, name in every if name in words] or [one for one in every if words in one[1]]
    return tuple(
        AskedRow(item.label, name, _column(item, words.replace(name, ""), sheet.schema)) for item, name in found
    )


def _rows_asked(sentence: str, sheet: FactSheet) -> Iterator[AskedRow]:
    """The rows that a sentence names, whole (应急排) or by a part that only one table has (优待金)."""
    facts = [one.name for one in named(sentence, sheet.schema) if not one.loose]
    every = [(item, name) for item, name in _names_of_rows(sheet) if not any(name in fact for fact in facts)]
    found = [(item, name) for item, name in every if name in sentence]
    asked = _ASKED_FOR.match(sentence)
    if not found and asked and not facts:
        found = [(item, name) for item, name in every if asked["name"] in name]
    for item, name in found:
        yield AskedRow(item.label, name, _column(item, sentence.replace(name, ""), sheet.schema))
    if not found:
        yield from _columns_asked(sentence, sheet, facts)


def _columns_asked(sentence: str, sheet: FactSheet, facts: Sequence[str]) -> Iterator[AskedRow]:
    """A column that a sentence names by a word that only one table has: 民兵干部几个.

    Args:
        facts: names of facts in the sentence: 民兵干部学习 is no column.
    """
    named_here = [
        AskedRow(item.label, "", column.label)
        for item in sheet.schema.fields
        if item.type is FieldType.TABLE and table_rows(sheet.value(item.label))
        for column in item.columns[1:]
        if column.type.numeric and len(column.label) >= _OWN_WORD and column.label in sentence
        if not any(column.label in fact for fact in facts)
    ]
    if len(named_here) == 1:
        yield from named_here


def _column(item: FactField, words: str, schema: FactSchema) -> str:
    """What of a row is asked: the column that is named, else the usual one that is counted so."""
    for column in item.columns[1:]:
        if any(name in words for name in (column.label, *column.aliases)):
            return column.label
    measure = (HOW_MUCH.search(words) or {"measure": ""})["measure"]
    hints = schema.hints.tables.get(item.label)
    cues: Mapping[str, ColumnCues] = dict(hints.columns) if hints else {}
    measure = measure.removeprefix("个") if measure.endswith("人") else measure
    counted = [column for column in item.columns[1:] if measure and column.measure == measure[:1]]
    usual = [column for column in counted if column.label in cues and cues[column.label].usual]
    one = usual or counted
    return one[0].label if len(one) == 1 else ""


def _nowhere(sentence: str, sheet: FactSheet) -> Question | None:
    """侦察排多少人 where no table has such a row and no fact such a name, with the names that come near."""
    asked = _ASKED_FOR.match(sentence)
    if asked is None or _NO_NAME.search(asked["name"]):
        return None
    name = asked["name"]
    pairs = {name[place : place + 2] for place in range(len(name) - 1)}
    rows = [row for _, row in _names_of_rows(sheet)]
    near = [row for row in rows if row[-1] == name[-1] or any(pair in row for pair in pairs)]
    near += [label for label in sheet.schema.by_label if any(pair in label for pair in pairs)]
    return Question("nowhere", words=name, near=tuple(dict.fromkeys(near))[:4]) if near else None
