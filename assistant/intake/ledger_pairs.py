"""A ledger of labels with their values beside them."""

from __future__ import annotations

from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.sheet import Fact
from assistant.intake.found import FoundFact, Notice
from assistant.intake.ledger_cells import Cells
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_types import Choice, LedgerMapping


def read_pairs(
    layout: Layout, mapping: LedgerMapping, schema: FactSchema, source: str
) -> tuple[list[FoundFact], list[Notice]]:
    """One fact a label. A label that is there twice is read twice, and told."""
    cells = Cells(layout.grid)
    facts: list[FoundFact] = []
    first: dict[str, FoundFact] = {}
    notices: list[Notice] = []
    for choice in mapping.taken:
        found = _fact(layout, mapping, schema, source, choice, cells)
        if found is None:
            continue
        before = first.setdefault(found.label, found)
        if before is not found:
            same = before.fact.value == found.fact.value
            message = f"“{found.label}”有两处：{before.place} 是{before.quote}，{found.place} 是{found.quote}"
            notices.append(Notice("choice", message + ("，两处相同" if same else "，请选一个"), place=found.place))
            if same:
                continue
            found = FoundFact(
                **{**vars(found), "doubt": found.doubt or f"与 {before.place} 不一致，请选一个"},
            )
        facts.append(found)
    return facts, [*cells.notices, *notices]


def _fact(
    layout: Layout, mapping: LedgerMapping, schema: FactSchema, source: str, choice: Choice, cells: Cells
) -> FoundFact | None:
    item = schema.by_label.get(choice.fact or "")
    if item is None or item.type is FieldType.TABLE:
        return None
    grid = layout.grid
    row = choice.row
    unit = mapping.unit_of(choice)
    now = cells.read(row, mapping.value_column, item, unit)
    last_unit = mapping.last_unit_of(choice)
    before = cells.read(row, mapping.last_column, item, last_unit or unit) if mapping.last_column else None
    doubt = choice.doubt or next((one.doubt for one in (now, before) if one is not None and one.doubt), "")
    if before is not None and item.type is FieldType.MONEY and unit and not (before.own_unit or last_unit):
        doubt = doubt or f"去年数没有写单位，按{unit}计，请核对"
    if choice.last_year:
        now, before = None, now
    if now is None and before is None:
        return None
    note = grid.text(row, mapping.note_column) if mapping.note_column else ""
    last = before.value if before is not None and item.type.numeric else None
    place = grid.place(row, mapping.value_column)
    fact = Fact(
        now.value if now else None,
        now.approximate if now else "",
        last,
        f"{source} {place}".strip(),
        note,
        last_told=(last, before.approximate) if before and last is not None else None,
    )
    quote = f"{choice.header} {grid.text(row, mapping.value_column)}".strip()
    unit = (now.own_unit if now else "") or unit
    return FoundFact(choice.fact or "", fact, quote, place=place, unit=unit, doubt=doubt)
