"""Typed values of facts, and how people write them.

Every ``read_*`` function takes what a person or a YAML file gave and returns a typed value, or raises
``ValueError`` whose text says in Chinese what was expected.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.hanzi_figures import in_figures
from assistant.facts.nothing import is_nothing

Scalar = int | Decimal | datetime.date | str
Row = Mapping[str, int | Decimal | str]
Value = Scalar | tuple[str, ...] | tuple[Row, ...]
#: The word of a 概数 as a sheet keeps it; "" where the figure is exact.
Approximation = Literal["", "余", "多", "近", "约"]

MONEY_UNITS: dict[str, int] = {"亿元": 100_000_000, "亿": 100_000_000, "万元": 10_000, "万": 10_000, "元": 1, "": 1}
#: Beyond these a count or an amount is a slip of the keyboard, not a township's figure.
MAX_COUNT = 10**9
MAX_YUAN = Decimal(10) ** 13

#: How a person writes a 概数, and the word that it is kept as.
_APPROXIMATE_BEFORE: dict[str, Approximation] = {
    "大约": "约",
    "约": "约",
    "接近": "近",
    "近": "近",
    "超过": "余",
    "逾": "余",
}
_APPROXIMATE_AFTER: tuple[Approximation, ...] = ("余", "多")
#: Every line end that some program writes; U+200D stays out of the list below, for it joins emoji.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ud800-\udfff]"
)
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?|[+-]?\.\d+")
#: 千分空, as a typesetter sets it (GB/T 15835); the space of a keyboard there is as likely a forgotten sign.
_THIN = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_GAP = re.compile(r"(?<=[\d.])\s+(?=[\d.])")
_DATE = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?")


@dataclass(frozen=True)
class Reading:
    """A number as it was written: its value and the word that made it approximate."""

    value: Decimal
    approximate: Approximation
    unit: str


def clean_text(raw: str) -> str:
    """Text without control, zero-width and direction characters; hanzi of any plane and emoji stay."""
    return _CONTROL.sub("", _LINE_END.sub("\n", raw)).strip()


def table_rows(value: Value | None) -> list[Row]:
    """The rows of a table's value; none of any other value."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []


def filled_cells(row: Mapping[str, Value | None] | None) -> dict[str, int | Decimal | str]:
    """Column label → cell of a row that was read, without the empty ones; {} for no row."""
    return {label: cell for label, cell in (row or {}).items() if isinstance(cell, int | Decimal | str) and cell != ""}


def list_items(value: Value | None) -> tuple[str, ...]:
    """The items of a list's value; none of any other value."""
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()


def _read_number(raw: object, units: tuple[str, ...], expected: str) -> Reading:
    if isinstance(raw, bool) or raw is None:
        raise ValueError(expected)
    if isinstance(raw, int | float | Decimal):
        number = Decimal(str(raw))
        if not number.is_finite():
            raise ValueError(expected)
        return Reading(number, "", "")
    if not isinstance(raw, str):
        raise ValueError(expected)
    spaced = unicodedata.normalize("NFKC", _THIN.sub("", clean_text(raw)))
    if _GAP.search(spaced):
        raise ValueError("一个数（数字中间有空格：是一个数请删去空格，是几个数请用加号连起来）")
    text = re.sub(r"\s+", "", spaced)
    # As it stands first: the 千 of 千米 is a part of the unit.
    reading = _reading(text, units) or _reading(in_figures(text), units)
    if reading is None:
        raise ValueError(expected)
    return reading


def _reading(text: str, units: tuple[str, ...]) -> Reading | None:
    approximate: Approximation = ""
    for written, word in _APPROXIMATE_BEFORE.items():
        if text.startswith(written):
            text, approximate = text.removeprefix(written), word
            break
    found = _NUMBER.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    for word in _APPROXIMATE_AFTER:
        # 7万余元, 2000余份, 7余万元: the word may stand before, inside or after the scale.
        if word in rest:
            rest, approximate = rest.replace(word, "", 1), approximate or word
            break
    if rest.endswith("左右"):
        rest, approximate = rest.removesuffix("左右"), approximate or "约"
    if rest not in units:
        return None
    try:
        value = Decimal(found.group().replace(",", ""))
    except InvalidOperation:
        return None
    return Reading(value, approximate, rest)


def read_count(raw: object, measures: tuple[str, ...] = ()) -> tuple[int, Approximation]:
    """A non-negative integer, with or without its measure word (``12``, ``"1,200人"``, ``"2000余份"``, ``"1.2万"``).

    Returns:
        (value, approximate).
    """
    scales = {"万": 10_000, "千": 1_000, "百": 100, "": 1}
    units = tuple(scale + measure for scale in scales for measure in ("", *measures))
    measure_names = f"（可带“{measures[0]}”）" if measures else ""
    expected = f"不小于 0 的整数{measure_names}"
    reading = _read_number(raw, units, expected)
    unit = reading.unit
    for measure in sorted(measures, key=len, reverse=True):
        if unit.endswith(measure):
            unit = unit.removesuffix(measure)
            break
    number = reading.value * scales.get(unit, 1)
    if number != number.to_integral_value() or number < 0:
        raise ValueError(expected)
    if number > MAX_COUNT:
        raise ValueError("合理大小的整数（这个数过大，请核对）")
    return int(number), reading.approximate


_YUAN_SIGN = re.compile(r"^\s*(?:[¥￥]|人民币|RMB|CNY)[:：\s]*(?=\S)", re.IGNORECASE)
_ROUND_YUAN = re.compile(r"[圆圓元][整正]?(?=(?:左右)?\s*$)")


def plain_money(text: str) -> str:
    """An amount as it is typed, out of what a receipt or a spreadsheet writes: ¥1,500.00, 人民币叁万圆整."""
    return _ROUND_YUAN.sub("元", _YUAN_SIGN.sub("", text))


def read_money(raw: object) -> tuple[Decimal, Approximation]:
    """An amount in yuan from 元, 万元 or 亿元; a bare number is yuan. Returns (yuan, approximate)."""
    expected = "金额，如 7.5万元、75000元（只写数字按元计）"
    given = plain_money(raw) if isinstance(raw, str) else raw
    reading = _read_number(given, tuple(MONEY_UNITS), expected)
    yuan = reading.value * MONEY_UNITS[reading.unit]
    if yuan < 0:
        raise ValueError("不小于 0 的金额")
    if yuan > MAX_YUAN:
        raise ValueError("合理大小的金额（这个数过大，请核对单位是元还是万元）")
    if yuan != yuan.quantize(Decimal("0.01")):
        raise ValueError("精确到分的金额")
    return yuan, reading.approximate


_OF_HUNDRED = re.compile(r"^\s*(大约|约|接近|近|超过|逾)?百分之(.+)$")


def read_percent(raw: object) -> tuple[Decimal, Approximation]:
    """Percentage points, 0–100, from ``98``, ``"98.5%"`` or ``"98.5％"``. Returns (points, approximate)."""
    expected = "0 到 100 之间的百分数，如 98.5%"
    given = _OF_HUNDRED.sub(r"\1\2%", raw) if isinstance(raw, str) else raw
    reading = _read_number(given, ("%", ""), expected)
    if not 0 <= reading.value <= 100:
        raise ValueError(expected)
    return reading.value, reading.approximate


def read_year(raw: object) -> int:
    expected = "四位数的年份，如 2025"
    reading = _read_number(raw, ("年", "年度", ""), expected)
    if reading.value != reading.value.to_integral_value() or not 1949 <= reading.value <= 2100:
        raise ValueError(expected)
    return int(reading.value)


def read_date(raw: object) -> datetime.date:
    """A date from 2025年12月1日, 2025-12-01, 2025.12.1, 2025/12/1, or YAML's own date."""
    expected = "日期，如 2025年12月1日"
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    if not isinstance(raw, str):
        raise ValueError(expected)
    text = in_figures(unicodedata.normalize("NFKC", clean_text(raw)))
    found = _DATE.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    if not found:
        raise ValueError(expected)
    try:
        return datetime.date(*(int(part) for part in found.groups()))
    except ValueError:
        raise ValueError("日历上有的日期，如 2025年12月1日") from None


def read_text(raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise ValueError("文字")
    return clean_text(str(raw))


def read_list(raw: object) -> tuple[str, ...]:
    """Texts from a list, or from a text with one item a line. Empty items are dropped, and 无 beside others."""
    if isinstance(raw, str):
        raw = raw.splitlines()
    if not isinstance(raw, list | tuple):
        raise ValueError("若干条文字（一条一行）")
    items = [read_text(item) for item in raw if item is not None]
    items = [item for item in items if item]
    return tuple(item for item in items if not is_nothing(item)) or tuple(items)


def read_cell(raw: object, column: TableColumn) -> int | Decimal | str:
    """One cell of a table fact. A 概数 is none: cells are added up, and an exact total of 约6 would be invented."""
    value, word = read_rough_cell(raw, column)
    if word:
        raise ValueError(f"准数（表格里的数要相加，不写“{word}”；还没有准数的，先空着）")
    return value


def read_rough_cell(raw: object, column: TableColumn) -> tuple[int | Decimal | str, Approximation]:
    """A cell and the word of its 概数, for readers that tell the word to a person."""
    if column.type is FieldType.TEXT:
        return read_text(raw), ""
    return read_money(raw) if column.type is FieldType.MONEY else read_count(raw, measures_of(column))


def measures_of(field: FactField | TableColumn) -> tuple[str, ...]:
    more = field.measures if isinstance(field, FactField) else ()
    return tuple(dict.fromkeys(measure for measure in (field.measure, *more) if measure))


def read_value(raw: object, field: FactField) -> tuple[Value, Approximation]:
    """A typed value for any field but a table (those are read cell by cell). Returns (value, approximate)."""
    match field.type:
        case FieldType.COUNT:
            return read_count(raw, measures_of(field))
        case FieldType.MONEY:
            return read_money(raw)
        case FieldType.PERCENT:
            return read_percent(raw)
        case FieldType.YEAR:
            return read_year(raw), ""
        case FieldType.DATE:
            return read_date(raw), ""
        case FieldType.LIST:
            return read_list(raw), ""
        case FieldType.CHOICE:
            text = read_text(raw)
            if text not in field.choices:
                raise ValueError(f"{'、'.join(field.choices)} 之一")
            return text, ""
        case FieldType.TEXT:
            return read_text(raw), ""
        case FieldType.TABLE:
            raise AssertionError("tables are read by assistant.facts.sheet")
