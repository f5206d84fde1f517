"""How a typed value is printed in a report: value, 概数 word and measure word."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

import cn2an

from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.item_marks import without_marks
from assistant.facts.nothing import is_nothing
from assistant.facts.values import Approximation, Row, Value

_ENDS = "。；;，,、 "
MONEY_SCALES = {"亿元": Decimal(100_000_000), "万元": Decimal(10_000), "元": Decimal(1)}


def digits(value: int | Decimal) -> str:
    """The exact number, no separators, no trailing zeros (GB/T 15835: 2000, 7.5)."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def hanzi(value: int, before_measure: bool = True) -> str:
    """三十二, 两千, 一百零五; before a measure word 2 is 两."""
    if before_measure and value == 2:
        return "两"
    text = str(cn2an.an2cn(str(value), "low"))
    for unit in ("千", "万", "亿"):
        text = text.replace(f"二{unit}", f"两{unit}")
    # 十二万, 一百零二万: only a 二 that opens its group is 两.
    return text.replace("十两", "十二").replace("零两", "零二")


def counted(value: int, measure: str, word: Approximation = "", in_hanzi: bool = False) -> str:
    """12人, 2000余份, 近500人, 三十二人."""
    number = hanzi(value) if in_hanzi else str(value)
    before, after = _around(word)
    return f"{before}{number}{after}{measure}"


def money(yuan: Decimal, unit: str = "", word: Approximation = "") -> str:
    """7.5万元, 7万余元, 800元.

    Args:
        unit: 元, 万元 or 亿元; "" picks the largest in which the amount is at least one and has at most two decimals.
    """
    if not unit:
        unit = next(
            (name for name, scale in MONEY_SCALES.items() if yuan >= scale and _decimals(yuan / scale) <= 2), "元"
        )
    number = digits(yuan / MONEY_SCALES[unit])
    before, after = _around(word)
    scale = unit.removesuffix("元")
    return f"{before}{number}{scale}{after}元"


def percent(points: Decimal | int, word: Approximation = "") -> str:
    """98.5%; a 概数 of a percentage is 约98.5%."""
    return f"{'约' if word else ''}{digits(points)}%"


def date(value: datetime.date) -> str:
    """2025年12月1日: full year, no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{value.year}年{value.month}月{value.day}日"


def _around(word: Approximation) -> tuple[str, str]:
    return (word, "") if word in ("近", "约") else ("", word)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def cell(row: Row, column: TableColumn) -> str | None:
    """One cell with its measure word, None where it is empty or says 无."""
    value = row.get(column.label)
    if value is None or value == "" or (isinstance(value, str) and is_nothing(value)):
        return None
    if column.type is FieldType.COUNT and isinstance(value, int):
        return counted(value, str(row.get(column.measure_from, "")) if column.measure_from else column.measure)
    if column.type is FieldType.MONEY and isinstance(value, int | Decimal):
        return money(Decimal(value))
    return str(value).rstrip(_ENDS)


def row_text(row: Row, item: FactField) -> str:
    """A row in running text: the columns that the field names in ``row`` (应急排28人)."""
    named = [item.column(label) for label in item.row] or [item.key_column]
    return "".join(text for column in named if column and (text := cell(row, column)))


def listed(items: Sequence[str]) -> str:
    """Items of a list fact in running text, without their own numbers and end marks."""
    return "；".join(items_told(items))


def items_told(items: Sequence[str]) -> list[str]:
    """Each item as a part of another sentence. What is nothing but a number stays."""
    bare = without_marks(items)
    return [told.strip().rstrip(_ENDS) or item for told, item in zip(bare, items, strict=True)]


def plain_text(value: Value | None, item: FactField, word: Approximation = "") -> str:
    """A value as a form or a message shows it; "" where empty."""
    match value:
        case None:
            return ""
        case int() if item.type is FieldType.YEAR:
            return f"{value}年"
        case int() | Decimal() if item.type is FieldType.MONEY:
            return money(Decimal(value), "", word)
        case int() | Decimal() if item.type is FieldType.PERCENT:
            return percent(value, word)
        case int():
            return counted(value, item.measure, word)
        case datetime.date():
            return date(value)
        case tuple() if item.type is FieldType.TABLE:
            return "、".join(row_text(row, item) for row in value if isinstance(row, Mapping))
        case tuple():
            return listed(tuple(str(part) for part in value))
        case _:
            return str(value)
