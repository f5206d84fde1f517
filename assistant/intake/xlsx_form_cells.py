"""What stands in one cell of a form, as a value: the unit beside it, 概数 words, faults with their place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assistant.errors import SheetProblem
from assistant.facts.arithmetic import is_range, work_out
from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.tables import shortened
from assistant.facts.values import measures_of, read_count
from assistant.intake.workbook_grid import CellValue, Grid, shown
from assistant.slots.legible import mended, simple_name
from assistant.slots.numeral_values import value_of
from assistant.slots.numerals import find_numerals
from assistant.slots.vocabulary import HANZI_DIGITS

_UNIT_AT_END = re.compile(r"(亿元|万元|元)(?:左右)?$")
_IN_HANZI = re.compile(rf"(?P<before>约|近|大约)?(?P<number>[{HANZI_DIGITS}]{{1,12}})(?P<behind>[^\d{HANZI_DIGITS}]*)")
_MONEY_IN_HANZI = re.compile(
    rf"(?:人民币)?(?P<before>约|近|大约)?"
    rf"(?P<number>(?![百千万亿])[{HANZI_DIGITS}]{{1,16}}|[0-9]+(?:\.[0-9]+)?[百千]|[0-9]+万[0-9]千)"
    r"(?P<word>[余多]?)(?P<scale>万?)元[整正]?(?P<behind>左右)?"
)
_SCALE_AT_END = re.compile(r"(亿|万)(?:左右)?$")


@dataclass
class Faults:
    """Everything that is wrong, each with its cell."""

    grid: Grid
    problems: list[SheetProblem] = field(default_factory=list)

    def add(self, row: int, column: int, label: str, message: str, expected: str = "") -> None:
        self.problems.append(SheetProblem(label, message, expected, place=self.grid.place(row, column)))

    def unreadable(self, row: int, column: int, label: str, error: ValueError) -> None:
        self.add(row, column, label, f"写的是“{shortened(self.grid.text(row, column))}”", str(error))

    def uncomputed(self, row: int, column: int, label: str) -> bool:
        """Whether the cell is a formula that gives nothing; told if so."""
        if (row, column) in self.grid.errors:
            self.add(row, column, label, f"的公式出错（{self.grid.text(row, column)}）", "一个值")
        elif (row, column) in self.grid.uncomputed:
            self.add(row, column, label, "是公式，文件里没有算出的值", "数值（用 Excel 或 WPS 打开保存一次，就有了）")
        else:
            return False
        return True


def raw(value: CellValue, kind: FieldType) -> Any:
    """A cell as ``facts.values`` reads it; a number where a text is meant is the text that is shown."""
    if isinstance(value, bool) or (kind in (FieldType.TEXT, FieldType.CHOICE, FieldType.LIST) and value is not None):
        return shown(value)
    if isinstance(value, Decimal) and kind is FieldType.DATE:
        return shown(value)
    return value


def typed(value: CellValue, item: FactField | TableColumn) -> Any:
    """The same with what people write for a count worked out: 三十五 → 35, 12+9+3 → 24. Raises ValueError."""
    given = raw(value, item.type)
    if item.type is not FieldType.COUNT or not isinstance(given, str):
        return given
    if is_range(given):
        # 45-50 and 3-5次 are no sums; whoever means a difference writes it with =, and Excel works it out.
        raise ValueError("一个准数；是算式的，前面加 =")
    if (worked := work_out(given, item)) is not None:
        if worked.value < 0:
            raise ValueError(f"不小于 0 的整数，这个算式得 {worked.value:f}")
        return f"{worked.value:f}"
    try:
        read_count(figures := in_figures(given), measures_of(item) if isinstance(item, FactField) else (item.measure,))
    except ValueError:
        # What cannot be read is quoted as it was written.
        return given
    return figures


def in_figures(text: str) -> str:
    """A count in hanzi as one in figures: 十二人 → 12人, 约两千余 → 约2000余; any other text as it is."""
    found = _IN_HANZI.fullmatch(text.strip())
    # 三 alone is no number in a sentence; in a cell it is.
    numbers = find_numerals(f"{found['number']}人") if found else []
    if found is None or len(numbers) != 1 or numbers[0].text != f"{found['number']}人":
        return text
    value = numbers[0].value
    return text if value is None else f"{found['before'] or ''}{value:f}{found['behind']}"


def money_in_figures(text: str) -> str:
    """An amount in hanzi as one in figures: 三万八千元 → 38000元, 肆万伍仟元整 → 45000元; any other text as it is."""
    plain = mended(simple_name(re.sub(r"\s", "", text)).replace("圆", "元"))
    found = _MONEY_IN_HANZI.fullmatch(plain)
    value = value_of(found["number"]) if found else None
    if found is None or value is None:
        return text
    number = f"{value:f}{found['word']}{found['scale']}元"
    return f"{found['before'] or ''}{number}{found['behind'] or ''}"


def with_unit(value: CellValue, unit: str) -> str:
    """An amount with the unit that its column or its neighbour names: 7.5 and 万元 → 7.5万元.

    Raises:
        ValueError: no unit at all, or two that contradict each other.
    """
    text = money_in_figures(re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(value))))
    own = _UNIT_AT_END.search(text)
    if own:
        if unit and own.group(1) != unit:
            raise ValueError(f"同一个单位（这里写的是{own.group(1)}，计量单位选的是{unit}）")
        return text
    scale = _SCALE_AT_END.search(text)
    if scale:
        if unit not in ("", "元", scale.group(1) + "元"):
            raise ValueError(f"同一个单位（这里写的是{scale.group(1)}，计量单位选的是{unit}）")
        return text
    if not unit and text not in ("", "0"):
        raise ValueError("带计量单位的金额：请选元或万元")
    return f"{text.removesuffix('左右')}{unit}{'左右' if text.endswith('左右') else ''}" if text else ""
