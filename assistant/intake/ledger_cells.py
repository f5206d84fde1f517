"""One cell of a ledger as a value of its fact, with everything a person should know of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.tables import shortened
from assistant.facts.values import (
    MAX_COUNT,
    Approximation,
    Value,
    plain_money,
    read_cell,
    read_count,
    read_money,
    read_value,
)
from assistant.intake.found import Notice
from assistant.intake.workbook_grid import CellValue, Grid
from assistant.intake.xlsx_form_cells import raw, with_unit

_BLANKS = ("/", "—", "-", "－", "——")
#: What people write for a figure that somebody has, but not they: a sum without it is told.
_UNKNOWN = ("无数据", "暂无数据", "未统计", "不详", "待报", "未报")
_SMALL_UNITS = {"千元": 1000, "百元": 100}


@dataclass(frozen=True)
class CellReading:
    """A value, the 概数 word beside it, the unit where the cell itself wrote one, and why a person should look."""

    value: Value
    approximate: Approximation = ""
    own_unit: str = ""
    doubt: str = ""


class Cells:
    """Reads cells of one sheet and keeps what could not be read."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.notices: list[Notice] = []
        self.unread: list[str] = []
        self.unread_rows: set[int] = set()

    def read(self, row: int, column: int, item: FactField | TableColumn, unit: str = "") -> CellReading | None:
        """The cell's value, None where it is empty or cannot be read (told as a notice that names it)."""
        value = self.grid.value(row, column)
        if (row, column) in self.grid.uncomputed:
            self._unread(row, column, "是公式，文件里没有算出的值，没有读；用 Excel 或 WPS 打开保存一次就有了", "")
            return None
        if value is None or value == "" or (isinstance(value, str) and value.strip() in _BLANKS):
            return None
        if isinstance(value, str) and value.strip() in _UNKNOWN:
            self._unread(row, column, f"写的是“{value.strip()}”，没有数可计", value)
            return None
        if (row, column) in self.grid.errors:
            self._unread(row, column, f"的公式出错（{value}），没有读", str(value))
            return None
        if unit.endswith("元") and item.type is FieldType.COUNT:
            # 万元 over a whole table is the unit of its amounts.
            unit = ""
        if item.type is FieldType.COUNT and not unit.startswith("万"):
            # Most cells of a ledger are plain counts.
            plain = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
            if type(plain) is int and 0 <= plain <= MAX_COUNT:
                return CellReading(plain)
        given = raw(value, item.type)
        if item.type is FieldType.MONEY and isinstance(given, str):
            given = plain_money(given)
        try:
            return self._reading(given, item, unit)
        except ValueError as error:
            text = self.grid.text(row, column)
            self._unread(row, column, f"写的是“{shortened(text)}”，应为{error}；没有读", text)
            return None

    def _reading(self, given: CellValue, item: FactField | TableColumn, unit: str) -> CellReading:
        written = given if isinstance(given, str) else ""
        match item.type:
            case FieldType.MONEY:
                own = _own_unit(written)
                if not own and unit in _SMALL_UNITS:
                    yuan, word = read_money(given)
                    return CellReading(yuan * _SMALL_UNITS[unit], word)
                text = given if own else with_unit(given, unit if unit.endswith("元") else "元")
                return CellReading(*read_money(text), own)
            case FieldType.COUNT:
                measures = measures_for(item, unit)
                text = f"{given}{unit}" if unit.startswith("万") and not _own_unit(written) else given
                return CellReading(*read_count(text, measures))
            case _:
                if isinstance(item, TableColumn):
                    return CellReading(read_cell(given, item))
                found, word = read_value(given, item)
                bare = item.type is FieldType.PERCENT and "%" not in unicodedata.normalize("NFKC", written + unit)
                return CellReading(found, word, doubt=small_percent(item, found) if bare and unit != "百分比" else "")

    def foreign(self, row: int, column: int, unit: str) -> None:
        """An amount that is no yuan: told, and left out."""
        text = self.grid.text(row, column)
        if text:
            self._unread(row, column, f"是按{unit}计的，没有读，请换算成人民币后填写", text)

    def _unread(self, row: int, column: int, why: str, quote: str) -> None:
        place = self.grid.place(row, column)
        self.unread.append(place)
        self.unread_rows.add(row)
        self.notices.append(Notice("unread", f"{place} {why}", quote, place=place))


def measures_for(item: FactField | TableColumn, unit: str) -> tuple[str, ...]:
    others: Sequence[str] = item.measures if isinstance(item, FactField) else ()
    wanted = (item.measure, *others, unit.removeprefix("万"))
    return tuple(dict.fromkeys(measure for measure in wanted if measure))


def _own_unit(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").removesuffix("左右")
    return next((unit for unit in ("亿元", "万元", "元", "亿", "万") if plain.endswith(unit)), "")


def added(values: Sequence[Value]) -> int | Decimal:
    """The sum of counts, or of amounts in yuan."""
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    if any(isinstance(number, Decimal) for number in numbers):
        return sum((Decimal(number) for number in numbers), Decimal(0))
    return int(sum(numbers))


def word_of_sum(words: Iterable[Approximation]) -> Approximation:
    """The 概数 word of what was added up: 约 where the parts have different ones."""
    told = set(words) - {""}
    return told.pop() if len(told) == 1 else "约" if told else ""


def small_percent(item: FactField, value: Value | None) -> str:
    """A doubt about a share of 1 % and less: 0.35 is what Excel keeps of 35 %."""
    if item.type is not FieldType.PERCENT or not isinstance(value, int | Decimal) or not 0 < value <= 1:
        return ""
    return f"填的是 {value}%，像是没有写成百分数（{(Decimal(value) * 100).normalize():f}%），请核对"
