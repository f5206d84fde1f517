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
from assistant.facts.values import plain_money
from assistant.intake.workbook_grid import CellValue, Grid, shown

_UNIT_AT_END = re.compile(r"(亿元|万元|元)(?:左右)?$")
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
    """The same with what people write for a count worked out: 12+9+3 → 24. Raises ValueError."""
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
    return given


def with_unit(value: CellValue, unit: str) -> str:
    """An amount with the unit that its column or its neighbour names: 7.5 and 万元 → 7.5万元.

    Raises:
        ValueError: no unit at all, or two that contradict each other.
    """
    text = plain_money(re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(value))))
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
