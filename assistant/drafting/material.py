"""What the facts of a report give to the phrases of one section: what can be told there, and what is missing there."""

from __future__ import annotations

from decimal import Decimal

from assistant.drafting.brief import Brief
from assistant.drafting.offers import wanted
from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.formatting import cell
from assistant.facts.values import Row, table_rows
from assistant.slots.forms import Missing, Unknown
from assistant.slots.grammar import Slot, print_slot, slots_in
from assistant.slots.render import print_reference

#: Tables with more rows than this are not told whole in running text: of them the largest stand for the rest.
LONG_TABLE, LARGEST = 6, 3


class Material:
    """The facts as one section may tell them.

    Facts that are at home in another section of the report count as empty here, so that no fact is told twice.
    A count of zero is no achievement either, nor a row whose figures are all zero: phrases that mean zero say so with
    ``{% if 信访举报 == 0 %}``.
    """

    def __init__(self, brief: Brief) -> None:
        self._sheet = brief.sheet
        self._report = brief.report
        self._foreign = _elsewhere(brief)

    def usable(self, slot: Slot) -> bool:
        """Whether the slot prints something worth saying in this section."""
        if slot.label in self._foreign:
            return False
        try:
            print_reference(slot, self._sheet)
        except (Missing, Unknown):
            return False
        return not self._zero(slot)

    def _zero(self, slot: Slot) -> bool:
        value = self._sheet.value(slot.label)
        if len(slot.path) == 1:
            return value == 0 or (self._is_table(slot.label) and not self._telling(slot.label))
        if len(slot.path) == 3 and isinstance(value, tuple):
            row = next((row for row in value if not isinstance(row, str) and slot.path[1] in row.values()), None)
            return row is not None and row.get(slot.path[2]) == 0
        return False

    def lacking(self, label: str) -> bool:
        """Whether the shape requires this fact, this section is its place, and nobody has filled it in."""
        return self.at_home(label) and wanted(self._sheet.schema.by_label.get(label), self._report)

    def at_home(self, label: str) -> bool:
        """Whether this section may tell the fact."""
        return label not in self._foreign

    def values(self) -> dict[str, object]:
        """Every fact under its label, None where it is empty or at home elsewhere; of tables the rows that tell."""
        found: dict[str, object] = {}
        for label, value in self._sheet.values().items():
            told = tuple(self._telling(label)) or None if self._is_table(label) else value
            found[label] = None if label in self._foreign else told
        return found

    def items(self, label: str) -> list[str]:
        """The slots of a list fact's items."""
        value = None if label in self._foreign else self._sheet.value(label)
        count = len(value) if isinstance(value, tuple) else 0
        return [print_slot(Slot((label, str(number)))) for number in range(1, count + 1)]

    def rows(self, label: str, form: str = "") -> list[dict[str, str]]:
        """The rows of a table fact that tell something: column → slot, "" where the cell is empty, zero or 无.

        Args:
            form: how the sums among them are to be printed.
        """
        if label in self._foreign or not self._is_table(label):
            return []
        item = self._sheet.schema.by_label[label]
        return [
            {
                c.label: _cell_slot(label, row, item, c, form) if row.get(c.label) and cell(row, c) else ""
                for c in item.columns
            }
            for row in self._telling(label)
        ]

    def table(self, label: str) -> str:
        """A table in running text: its one slot, or the slots of its rows where others have nothing to tell."""
        item, told = self._sheet.schema.by_label[label], self._telling(label)
        counted = [name for name in item.row if (c := item.column(name)) and c.type is not FieldType.TEXT]
        if len(told) > LONG_TABLE:
            told = _largest(told, counted[-1]) if counted else told[:LARGEST]
        if not told or len(told) == len(table_rows(self._sheet.value(label))):
            return print_slot(Slot((label,)))
        return "、".join(print_slot(Slot((label, _name(row, item)))) for row in told)

    def largest(self, label: str, column: str, slots: list[dict[str, str]]) -> list[dict[str, str]]:
        """Of many rows, as ``rows`` gives them, those that have most in a column; all where they are not many."""
        if len(slots) <= LONG_TABLE:
            return slots
        item = self._sheet.schema.by_label[label]
        named = [row for row in self._telling(label) if cell(row, item.key_column)]
        names = [_name(row, item) for row in _largest(named, column)]
        by_name = {slot.path[1]: row for row in slots for slot in slots_in(row[item.key_column.label])}
        return [by_name[name] for name in names if name in by_name]

    def _is_table(self, label: str) -> bool:
        item = self._sheet.schema.by_label.get(label)
        return item is not None and item.type is FieldType.TABLE

    def _telling(self, label: str) -> list[Row]:
        """The rows of a table without those that were counted and came to nothing."""
        item = self._sheet.schema.by_label[label]
        counted = [name for name in item.row if (c := item.column(name)) and c.type is not FieldType.TEXT]
        rows = table_rows(self._sheet.value(label))
        figures = [[row[name] for name in counted if name in row] for row in rows]
        return [row for row, given in zip(rows, figures, strict=True) if not given or any(given)]


def _largest(rows: list[Row], column: str) -> list[Row]:
    return sorted(rows, key=lambda row: -Decimal(row.get(column) or 0))[:LARGEST]


def _cell_slot(label: str, row: Row, item: FactField, column: TableColumn, form: str) -> str:
    return print_slot(Slot((label, _name(row, item), column.label), form if column.type is FieldType.MONEY else ""))


def _name(row: Row, item: FactField) -> str:
    return str(row[item.key_column.label])


def _elsewhere(brief: Brief) -> frozenset[str]:
    """Figures, lists and tables that another section of this report tells and this one does not.

    Names (the year, the authority above) may stand anywhere.
    """
    here = set(brief.section.facts)
    return frozenset(
        label
        for section in brief.report.sections
        for label in section.facts
        if label not in here and _is_told_once(brief, label)
    )


def _is_told_once(brief: Brief, label: str) -> bool:
    item = brief.sheet.schema.find(label)
    return item is not None and (item.type.numeric or item.type in (FieldType.LIST, FieldType.TABLE))
