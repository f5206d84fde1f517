"""What the facts of a report give to the phrases of one section: what can be told there, and what is missing there."""

from __future__ import annotations

from assistant.drafting.brief import Brief
from assistant.facts.fields import FieldType
from assistant.slots.forms import Missing, Unknown
from assistant.slots.grammar import Slot, print_slot
from assistant.slots.render import print_reference


class Material:
    """The facts as one section may tell them.

    Facts that are at home in another section of the report count as empty here, so that no fact is told twice.
    A count of zero is no achievement either: phrases that mean zero say so with ``{% if 信访举报 == 0 %}``.
    """

    def __init__(self, brief: Brief) -> None:
        self._sheet = brief.sheet
        self._shape = brief.report.shape.key
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
            return value == 0
        if len(slot.path) == 3 and isinstance(value, tuple):
            row = next((row for row in value if not isinstance(row, str) and slot.path[1] in row.values()), None)
            return row is not None and row.get(slot.path[2]) == 0
        return False

    def lacking(self, label: str) -> bool:
        """Whether the shape requires this fact, this section is its place, and nobody has filled it in."""
        item = self._sheet.schema.by_label.get(label)
        return (
            item is not None
            and self._shape in item.required_by
            and label not in self._foreign
            and self._sheet.fact(label).empty
        )

    def values(self) -> dict[str, object]:
        """Every fact under its label, None where it is empty or at home elsewhere."""
        return {label: None if label in self._foreign else value for label, value in self._sheet.values().items()}

    def items(self, label: str) -> list[str]:
        """The slots of a list fact's items."""
        value = None if label in self._foreign else self._sheet.value(label)
        count = len(value) if isinstance(value, tuple) else 0
        return [print_slot(Slot((label, str(number)))) for number in range(1, count + 1)]

    def rows(self, label: str) -> list[dict[str, str]]:
        """The rows of a table fact: column → slot, "" where the cell is empty or zero."""
        value = None if label in self._foreign else self._sheet.value(label)
        item = self._sheet.schema.by_label.get(label)
        if item is None or item.type is not FieldType.TABLE or not isinstance(value, tuple):
            return []
        found = []
        for row in value:
            if isinstance(row, str):
                continue
            name = str(row[item.key_column.label])
            found.append(
                {c.label: print_slot(Slot((label, name, c.label))) if row.get(c.label) else "" for c in item.columns}
            )
        return found


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
