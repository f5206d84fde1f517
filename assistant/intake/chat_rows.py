"""Rows of a table in a message: which one a name means, and new ones: 民兵分队加一行：防汛应急排，编制20人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.facts.fields import FactField, FactSchema, FieldType, TableColumn
from assistant.facts.formatting import cell
from assistant.facts.totals import is_total
from assistant.facts.values import Row, Value, read_cell, table_rows
from assistant.intake.chat_names import labels_of

_ADDED = re.compile(
    r"(?:请|帮我|麻烦|把|将|给|在){0,4}(?P<table>[一-龥]{2,8}?)(?:这张)?(?:表)?(?:里|中)?(?:面)?(?:再|还|也){0,3}"
    r"(?:加|增加|新增|添|补)(?:上|进)?一(?P<unit>[行项笔支个类种条])\s*[：:，,]?\s*"
    r"(?P<name>[^，,：:。；;\n0-9]{2,20}?)(?:[，,：:]|(?=[0-9]))(?P<cells>[^。；;\n]+)"
)
#: 新添了一支医疗救护分队，编制15人: what is formed, with cells behind.
_FORMED = re.compile(
    r"(?:今年|我们|我镇|还|又|新){0,4}(?:增|添|建|组建|成立|编|组)(?:加|设|起|建)?了?一?[支个]"
    r"(?P<name>[一-龥]{2,10}?(?:排|班|连|分队|队|组))[，,：: ]*(?P<cells>[一-龥][^。；;\n]*)"
)
#: Between cells. 1,200 is one figure: what has no name of a column in front is no cell of its own.
_NEXT_CELL = re.compile(r"、|(?<!\d)[，,]|[，,](?!\d{3}(?!\d))")
#: What may stand in front of a row's name without being part of it. 防汛 of 防汛应急排 is no such word.
_FREE = re.compile(
    r"(?:^|[^一-龥]|[的了是有为在和与及把将对给从由到向叫等个支项年镇乡道办们我咱看里]|其中|下辖|辖|设|共有|现有|另有|"
    r"里[头面边]|还有|另外|包括|关于|至于|今年|全年|现在|目前|当前|全镇|本镇|发放|兑现|落实|支付|拨付|支出|拨|发|组建|成立|建立|编建|"
    r"编|调整|核对|更正|修改|补充|配备|民兵)$"
)
#: What makes a name longer behind it: 应急排二排, 优待金补助款.
_GOES_ON = re.compile(
    r"(?:第?[0-9一二三四五六七八九十]{1,2}|[一-龥]{0,3}?)(?:排|班|连|(?<!编)组|分队|队|金|费|补助|款)(?![长员伍织成建额])"
)
#: 排长1人 is no figure of the platoon.
_OFFICER = re.compile(r"的?[一二三四五]?[排班连队组]长")


@dataclass(frozen=True)
class ToldRow:
    """A row that is added by characters [start, end). ``wrong``: what of it could not be read."""

    label: str
    name: str
    start: int
    end: int
    cells: Row = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


def told_rows(text: str, schema: FactSchema) -> Iterator[ToldRow]:
    """Every row that a message adds in so many words."""
    for found in _ADDED.finditer(text):
        labels = labels_of(found["table"], schema)
        item = schema.by_label.get(labels[0]) if len(labels) == 1 else None
        if item is None or item.type is not FieldType.TABLE:
            continue
        name = found["name"].strip(' “”"')
        if is_total(name):
            said = f"“{name}”由程序算，“{item.label}”里没有加这一行。"
            yield ToldRow(item.label, name, found.start(), found.end(), wrong=(said,))
            continue
        cells, wrong = _cells(_NEXT_CELL.split(found["cells"]), item)
        if found["unit"] != "行" and (wrong or not cells):
            # 先进典型再加一个：…: no row in so many words; the reader of reports may know it.
            continue
        yield ToldRow(item.label, name, found.start(), found.end(), cells, tuple(wrong))
    for found in _FORMED.finditer(text):
        for item in schema.fields:
            if item.type is FieldType.TABLE and next(_columns(found["cells"], item), None):
                cells, wrong = _cells(_told_cells(found["cells"], item), item)
                if not wrong:
                    yield ToldRow(item.label, found["name"], found.start(), found.end(), cells)
                    break


def _cells(told: Sequence[str], item: FactField) -> tuple[dict[str, int | Decimal | str], list[str]]:
    """The cells that are told, and what is to be said of those that cannot be read."""
    cells: dict[str, int | Decimal | str] = {}
    wrong: list[str] = []
    for one in filter(None, map(str.strip, told)):
        column = next(_columns(one, item), None) or _only_column(one, item)
        if column is None:
            wrong.append(f"“{one}”没有说是“{item.label}”的哪一列，没有记。")
            continue
        try:
            cells[column[0].label] = read_cell(one.removeprefix(column[1]).strip(" 是为有：:"), column[0])
        except ValueError as error:
            wrong.append(f"“{one}”没有记，“{column[0].label}”应为{error}。")
    return cells, wrong


def _told_cells(words: str, item: FactField) -> list[str]:
    """编制15人 and 实有15人 of 编制15人实有15人."""
    names = "|".join(re.escape(name) for column in item.columns[1:] for name in (column.label, *column.aliases))
    return re.split(rf"{_NEXT_CELL.pattern}|(?<=[0-9人个名支])(?={names})", words)


def row_names(value: Value | None, key: str) -> list[str]:
    """The names of a table's rows."""
    return [str(row.get(key) or "") for row in table_rows(value)]


def row_named(names: Sequence[str], words: str) -> str:
    """The row that is named last in words, the longest there; "" for none."""
    return max((name for name in names if name and name in words), key=lambda one: _place(one, words), default="")


def within(short: str, long: str) -> bool:
    """Whether all characters of a name stand in the other one, in this order."""
    rest = iter(long)
    return all(sign in rest for sign in short)


def longer_name(text: str, begin: int, name: str, end: int, item: FactField) -> str | None:
    """The name that a row's name is only part of, in text[begin:end] where it stands last; "" where it stands alone.

    None where what follows is no figure of the row at all.
    """
    at = text.rfind(name, begin, end)
    behind = text[at + len(name) : end]
    if _OFFICER.match(behind):
        return None
    ahead = text[begin:at]
    own = (item.label, *item.aliases, item.key_column.label, *item.key_column.aliases)
    more = "" if _FREE.search(ahead) or ahead.endswith(own) else re.split(r"[^一-龥]", ahead)[-1]
    column = next(_columns(behind.removeprefix("的"), item), None)
    goes_on = _GOES_ON.match(behind) if column is None else None
    return f"{more}{name}{goes_on.group() if goes_on else ''}" if more or goes_on else ""


def columns_named(words: str, schema: FactSchema) -> bool:
    """Whether words name a column of a table."""
    columns = (column for item in schema.fields for column in item.columns[1:])
    return any(name in words for column in columns for name in (column.label, *column.aliases))


def cells_of(row: Row, item: FactField) -> str:
    """A row's cells as they are told: 编制人数20人，实有人数18人."""
    return "，".join(f"{one.label}{told}" for one in item.columns[1:] if (told := cell(row, one)))


def _place(name: str, words: str) -> tuple[int, int]:
    return words.rfind(name) + len(name), len(name)


def _only_column(told: str, item: FactField) -> tuple[TableColumn, str] | None:
    """The one column that can take what names none: 无人机2万."""
    money = [column for column in item.columns[1:] if column.type is FieldType.MONEY]
    return (money[0], "") if len(money) == 1 and re.fullmatch(r"[0-9.]+\s*(?:万|亿|千|百)?元?", told) else None


def _columns(words: str, item: FactField) -> Iterator[tuple[TableColumn, str]]:
    """The columns whose names words begin with, the longest name first."""
    names = [(name, column) for column in item.columns[1:] for name in (column.label, *column.aliases)]
    for name, column in sorted(names, key=lambda one: -len(one[0])):
        if words.startswith(name):
            yield column, name
