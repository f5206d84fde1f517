"""Slot text → the text that is read: every slot replaced by its fact's value."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal as OneOf

from assistant.facts import formatting
from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.sheet import FactSheet
from assistant.facts.totals import why_no_row
from assistant.facts.values import Row
from assistant.slots import forms
from assistant.slots.grammar import Placed, Slot, parse_placed

#: ``value``: a fact's value. ``missing``: the fact is empty. ``fault``: no such fact, row, column or form.
Kind = OneOf["text", "value", "missing", "fault"]

TOTAL = "合计"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of rendered text.

    Attributes:
        start, end: where it comes from in the slot text.
        note: what is missing or wrong, in Chinese; "" otherwise.
    """

    kind: Kind
    text: str
    start: int
    end: int
    slot: Slot | None = None
    note: str = ""


#: Sheets whose texts are remembered, texts of each, and characters of one: a line is rendered as fast as found.
_SHEETS, _TEXTS, _SHORTEST, _LONGEST = 64, 64, 60, 8000
_recent: deque[tuple[FactSheet, dict[str, tuple[Piece, ...]]]] = deque(maxlen=_SHEETS)


def placeholder(name: str) -> str:
    """The mark of an empty fact, as DESIGN.md 1 has it."""
    return f"【待补：{name}】"


def render(text: str, sheet: FactSheet) -> Sequence[Piece]:
    """The pieces of a slot text in order. Never raises: what cannot be printed is a ``missing`` or ``fault`` piece."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return _rendered(text, sheet)
    known = _known(sheet)
    found = known.get(text)
    if found is None:
        if len(known) >= _TEXTS:
            known.clear()
        found = known[text] = _rendered(text, sheet)
    return found


def _known(sheet: FactSheet) -> dict[str, tuple[Piece, ...]]:
    """What was rendered on this very sheet: a page and its checks ask for each text several times."""
    for one, known in tuple(_recent):
        if one is sheet:
            return known
    found: dict[str, tuple[Piece, ...]] = {}
    _recent.append((sheet, found))
    return found


def _rendered(text: str, sheet: FactSheet) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    before = ""
    for placed in parse_placed(text):
        piece = _piece(placed, sheet, before)
        pieces.append(piece)
        before = piece.text
    return tuple(pieces)


def render_text(text: str, sheet: FactSheet) -> str:
    """Slot text as plain text."""
    return join(render(text, sheet))


def join(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _piece(placed: Placed, sheet: FactSheet, before: str) -> Piece:
    node = placed.node
    if not isinstance(node, Slot):
        return Piece("text", node.text, placed.start, placed.end)
    try:
        printed = print_reference(node, sheet, before)
    except forms.Missing as missing:
        return Piece("missing", placeholder(str(missing)), placed.start, placed.end, node, str(missing))
    except forms.Unknown as fault:
        return Piece("fault", placeholder(node.name), placed.start, placed.end, node, str(fault))
    return Piece("value", printed, placed.start, placed.end, node)


def print_reference(slot: Slot, sheet: FactSheet, before: str = "") -> str:
    """What a slot prints.

    Raises:
        forms.Missing: the fact, row's cell or last year's figure is empty.
        forms.Unknown: no such fact, row, column or form.
    """
    item = sheet.schema.find(slot.label)
    if item is None:
        nearest = sheet.schema.nearest(slot.label)
        hint = f"，最接近的是“{nearest[0]}”" if nearest else ""
        raise forms.Unknown(f"没有“{slot.label}”这项事实{hint}")
    fact = sheet.fact(item.label)
    if len(slot.path) == 1:
        return forms.print_fact(fact, item, slot.form, before)
    if isinstance(item, FactField) and item.type is FieldType.TABLE:
        rows = fact.value if fact.told and isinstance(fact.value, tuple) else ()
        return _cell(slot, item, tuple(row for row in rows if isinstance(row, Mapping)))
    if isinstance(item, FactField) and item.type is FieldType.LIST and len(slot.path) == 2:
        return _list_item(slot, fact.value if fact.told and isinstance(fact.value, tuple) else ())
    raise forms.Unknown(f"“{item.label}”没有下一级“{slot.path[1]}”")


def _list_item(slot: Slot, items: tuple[object, ...]) -> str:
    """``{{存在问题.1}}``: one item of a list, counted from 1, without its end mark."""
    if not slot.path[1].isdecimal() or slot.form:
        raise forms.Unknown(f"“{slot.label}”按序号取，如“{slot.label}.1”")
    place = int(slot.path[1])
    if not 1 <= place <= len(items):
        raise forms.Missing(slot.name)
    return formatting.items_told([str(item) for item in items])[place - 1]


def _cell(slot: Slot, item: FactField, rows: tuple[Row, ...]) -> str:
    column = item.column(slot.path[2]) if len(slot.path) == 3 else None
    if len(slot.path) == 3 and column is None:
        columns = "、".join(c.label for c in item.columns)
        raise forms.Unknown(f"“{item.label}”没有“{slot.path[2]}”这一列（有：{columns}）")
    if slot.path[1] == TOTAL:
        return _total(slot, item, rows, column)
    row = next((row for row in rows if row.get(item.key_column.label) == slot.path[1]), None)
    if row is None:
        raise forms.Missing(slot.name)
    if column is None:
        if slot.form:
            raise forms.Unknown(f"“{slot.name}”是一整行，不能写成“{slot.form}”")
        return formatting.row_text(row, item)
    if slot.form:
        return _cell_form(slot, row, column)
    printed = formatting.cell(row, column)
    if printed is None:
        raise forms.Missing(slot.name)
    return printed


def _cell_form(slot: Slot, row: Row, column: TableColumn) -> str:
    value = row.get(column.label)
    if value is None:
        raise forms.Missing(slot.name)
    if column.type is FieldType.MONEY and slot.form in forms.MONEY_FORMS and not isinstance(value, str):
        return formatting.money(Decimal(value), slot.form)
    if column.type is FieldType.COUNT and isinstance(value, int):
        if slot.form == "数":
            return formatting.digits(value)
        if slot.form == "汉字":
            return formatting.counted(value, column.measure, in_hanzi=True)
        if slot.form in {column.measure, *forms.SAME_MEASURES.get(column.measure, ())}:
            return formatting.counted(value, slot.form)
    raise forms.Unknown(f"“{slot.name}”不能写成“{slot.form}”")


def _total(slot: Slot, item: FactField, rows: tuple[Row, ...], column: TableColumn | None) -> str:
    """``{{民兵分队.合计}}``: the total of the named column, or of the last column that ``row`` tells."""
    if any(row.get(item.key_column.label) == TOTAL for row in rows):
        raise forms.Unknown(f"“{item.label}”里有一行“{TOTAL}”：{why_no_row(TOTAL)}")
    if column is None:
        counted = [c for label in item.row if (c := item.column(label)) and c.type is not FieldType.TEXT]
        counted = counted or [c for c in item.columns if c.type is not FieldType.TEXT]
        if not counted:
            raise forms.Unknown(f"“{item.label}”没有可以合计的列")
        column = counted[-1]
    if column.type is FieldType.TEXT or column.measure_from:
        raise forms.Unknown(f"“{item.label}”的“{column.label}”不能合计")
    cells = [value for row in rows if isinstance(value := row.get(column.label), int | Decimal)]
    if not cells:
        raise forms.Missing(slot.name)
    return _cell_form_or_plain(slot, {column.label: sum(cells)}, column)


def _cell_form_or_plain(slot: Slot, row: Row, column: TableColumn) -> str:
    if slot.form:
        return _cell_form(slot, row, column)
    return formatting.cell(row, column) or ""
