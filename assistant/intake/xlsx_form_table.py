"""The tab of a table fact in a form: label in A1, units over the header, rows below. A totals row is no item."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.values import Row, read_cell
from assistant.intake import xlsx_form_layout as layout
from assistant.intake.ledger_cells import added
from assistant.intake.ledger_totals import shown
from assistant.intake.ledger_words import total_name, total_word
from assistant.intake.workbook_grid import Grid
from assistant.intake.xlsx_form_cells import Faults, typed, with_unit
from assistant.intake.xlsx_form_header import HEADER_WITHIN

_ADDED = (FieldType.COUNT, FieldType.MONEY)


@dataclass
class TableTab:
    """Reads one tab; what cannot be read is among the faults."""

    grid: Grid
    item: FactField
    title: str
    faults: Faults
    _places: dict[object, int] = field(default_factory=dict)

    def rows(self) -> tuple[Row, ...]:
        top = next((row for row in range(2, HEADER_WITHIN) if self._column(row, 1)), 0)
        if not top:
            self.faults.add(layout.TABLE_HEADER_ROW, 1, self.title, "找不到表头", self.item.key_column.label)
            return ()
        columns = {at: column for at in range(1, self.grid.width + 1) if (column := self._column(top, at))}
        found: dict[int, Row] = {}
        totals: dict[int, tuple[str, dict[str, Any]]] = {}
        for row in range(top + 1, len(self.grid.rows) + 1):
            cells, broken = self._cells(row, top, columns)
            if word := self._total_word(row, columns, cells):
                totals[row] = word, cells
            elif cells and self._keyed(cells, row, row - top, broken):
                found[row] = {
                    column.label: cells[column.label] for column in self.item.columns if column.label in cells
                }
        since = 0
        for row, (word, told) in totals.items():
            # A subtotal adds up what stands since the one before it; a total may stand over the rows.
            part = word == "小计"
            above = [one for at, one in found.items() if since * part < at < row]
            self._compare(row, word, told, columns, above or list(found.values()))
            since = row if part else since
        return tuple(found.values())

    def _total_word(self, row: int, columns: dict[int, TableColumn], cells: dict[str, Any]) -> str:
        """What makes a row a total; a name like 清河镇合计 does so only beside figures that can be held against it."""
        texts = (self.grid.text(row, at) for at, column in columns.items() if not column.type.numeric)
        first = next((text for text in texts if text), "")
        figures = any(column.type in _ADDED and cells.get(column.label) is not None for column in columns.values())
        return total_name(first) if figures else total_word(first)

    def _cells(self, row: int, top: int, columns: dict[int, TableColumn]) -> tuple[dict[str, Any], bool]:
        cells: dict[str, Any] = {}
        broken = False
        for at, column in columns.items():
            label = f"{self.title}.第{row - top}行.{column.label}"
            value = self.grid.value(row, at)
            if self.faults.uncomputed(row, at, label):
                broken = True
            elif value not in (None, ""):
                try:
                    cells[column.label] = read_cell(self._raw(value, column, top, at), column)
                except ValueError as error:
                    broken = True
                    self.faults.unreadable(row, at, label, error)
        return cells, broken

    def _raw(self, value: Any, column: TableColumn, top: int, at: int) -> Any:
        given = typed(value, column)
        return with_unit(given, self.grid.text(top - 1, at)) if column.type is FieldType.MONEY else given

    def _compare(
        self, row: int, word: str, told: dict[str, Any], columns: dict[int, TableColumn], rows: list[Row]
    ) -> None:
        for at, column in columns.items():
            total = told.get(column.label)
            if column.type not in _ADDED or not isinstance(total, int | Decimal):
                continue
            own = added([value for one in rows if (value := one.get(column.label)) is not None])
            if own != total:
                said = f"的{word}是{shown(total, column)}，各行相加是{shown(own, column)}"
                self.faults.add(row, at, f"{self.title}.{column.label}", said, "两个一样的数")

    def _keyed(self, cells: dict[str, Any], row: int, number: int, broken: bool) -> bool:
        label = f"{self.title}.第{number}行"
        name = self.item.key_column.label
        key = cells.get(name)
        if key in (None, ""):
            if not broken:
                self.faults.add(row, 1, label, f"缺“{name}”")
            return False
        if key in self._places:
            said = f"的“{name}”与第 {self._places[key]} 行重复：{key}"
            self.faults.add(row, 1, label, said, "每行一个不同的名称")
            return False
        self._places[key] = row
        return True

    def _column(self, row: int, at: int) -> TableColumn | None:
        text = self.grid.text(row, at)
        return self.item.column(text) or self.item.column(text.partition("（")[0])
