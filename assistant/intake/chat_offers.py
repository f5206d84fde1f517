"""Two sheets beside each other: what a person would take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.formatting import cell, plain_text, row_text
from assistant.facts.last_year import with_last_year
from assistant.facts.sheet import EMPTY, Fact, FactSheet, plain_fact, read_fact
from assistant.facts.values import Row, Value, list_items, table_rows
from assistant.reports.chat import FactOffer, Standing

_LAST = ("last",)


def offers_between(now: FactSheet, new: FactSheet) -> Iterator[FactOffer]:
    """One offer for each fact that is another in ``new``, in the order of the form."""
    for label, item in now.schema.by_label.items():
        before, after = now.facts.get(label, EMPTY), new.facts.get(label, EMPTY)
        last_year = (before.value, before.approximate) == (after.value, after.approximate)
        if last_year and _last(before) == _last(after):
            continue
        old, fresh = _shown(before, after, item, last_year=last_year)
        yield FactOffer(
            label=label,
            before=None if before.blank else plain_fact(before),
            after=None if after.blank else plain_fact(after),
            now=old,
            new=fresh,
            last_year=last_year,
        )


def remaining(old: FactOffer, new: FactOffer, sheet: FactSheet) -> FactOffer:
    """What of an open proposal still stands beside a newer one of the same fact: all, a part, or nothing (replaced).

    Cells, items and last year's value that only the older one tells are not lost with it.
    """
    item = sheet.schema.by_label[old.label]
    made = _read(old.after, item)
    told = _changes(_read(old.before, item), made, item)
    rest = told - _changes(_read(new.before, item), _read(new.after, item), item)
    here = sheet.facts.get(old.label, EMPTY)
    if rest == {_LAST} != told:
        only = sheet.with_fact(old.label, with_last_year(here, made.last_year, word=made.last_approximate))
        for offer in offers_between(sheet, only):
            return offer.model_copy(update={"quote": old.quote, "doubt": old.doubt})
    return old if rest - {_LAST} or rest == told else old.model_copy(update={"standing": Standing.REPLACED})


def _changes(had: Fact, made: Fact, item: FactField) -> set[tuple[str, ...]]:
    """What of a fact is another: its value, of a table each cell, of a list each item, and last year's."""
    found: set[tuple[str, ...]] = {_LAST} if _last(had) != _last(made) else set()
    if item.type is FieldType.TABLE:
        key = item.key_column.label
        old, new = ({str(row.get(key)): row for row in table_rows(fact.value)} for fact in (had, made))
        found |= {("row", name) for name in old if name not in new}
        found |= {
            ("cell", name, label)
            for name, row in new.items()
            for label, value in row.items()
            if name not in old or value != old[name].get(label)
        }
    elif item.type is FieldType.LIST:
        found |= {("item", one) for one in set(list_items(had.value)) ^ set(list_items(made.value))}
    elif (had.value, had.approximate) != (made.value, made.approximate):
        found.add(("value",))
    return found


def onto(had: Value | None, before: Value | None, wanted: Value, item: FactField) -> Value:
    """What a proposal changes of a list or a table, on top of what has become of it since.

    Args:
        had: the value of now; ``before``: the one that the proposal was made on; ``wanted``: the one that it proposes.
    """
    if item.type is FieldType.TABLE:
        return _rows_onto(table_rows(had), table_rows(before), table_rows(wanted), item.key_column.label)
    here, old, new = (list_items(one) for one in (had, before, wanted))
    kept = [one for one in here if one in new or one not in old]
    return tuple(dict.fromkeys([*kept, *(one for one in new if one not in old)]))


def _rows_onto(had: Sequence[Row], before: Sequence[Row], wanted: Sequence[Row], key: str) -> tuple[Row, ...]:
    old, new = ({str(row.get(key)): row for row in rows} for rows in (before, wanted))
    made: dict[str, Row] = {}
    for row in had:
        name = str(row.get(key))
        if name in old and name not in new:
            continue
        moved = {label: value for label, value in new.get(name, {}).items() if value != old.get(name, {}).get(label)}
        made[name] = {**row, **moved}
    made |= {name: row for name, row in new.items() if name not in made and row != old.get(name)}
    return tuple(made.values())


def _read(stored: object, item: FactField) -> Fact:
    return EMPTY if stored is None else read_fact(stored, item)


def cleared(sheet: FactSheet, label: str) -> FactSheet:
    """The sheet without this year's value of a fact; last year's, its note and its mark stay."""
    had = sheet.facts.get(label, EMPTY)
    return sheet.with_fact(label, Fact(last_year=had.last_year, note=had.note, private=had.private))


def _shown(before: Fact, after: Fact, item: FactField, *, last_year: bool) -> tuple[str, str]:
    old, new = (before.last_year, after.last_year) if last_year else (before.value, after.value)
    if item.type is FieldType.TABLE:
        return _rows(table_rows(old), table_rows(new), item)
    if item.type is FieldType.LIST:
        lines, fresh = list_items(old), list_items(new)
        added, kept = [line for line in fresh if line not in lines], [line for line in lines if line in fresh]
        gone = [line for line in lines if line not in kept]
        if gone and kept and not added:
            return "；".join(gone), f"删去，其余 {len(kept)} 条不变"
        return "；".join(gone), ("加：" if kept and added and not gone else "") + "；".join(added)
    word, fresh_word = (one.last_approximate if last_year else one.approximate for one in (before, after))
    shown = plain_text(new, item, fresh_word)
    if not last_year and _last(before) != _last(after) and after.last_year is not None:
        shown += f"（去年{plain_text(after.last_year, item, after.last_approximate)}）"
    return plain_text(old, item, word), shown


def _rows(old: Sequence[Row], new: Sequence[Row], item: FactField) -> tuple[str, str]:
    """The rows that are others, each with every cell that is another."""
    key = item.key_column.label
    gone, come = [row for row in old if row not in new], [row for row in new if row not in old]
    names = [row.get(key) for row in gone]
    told_old, told_new = [], []
    for row in come:
        had = gone[names.index(row.get(key))] if names.count(row.get(key)) == 1 else None
        moved = [
            column for column in item.columns if had is not None and had.get(column.label) != row.get(column.label)
        ]
        if had is None:
            # A new row too shows all that it holds.
            moved = [column for column in item.columns if column != item.key_column and row.get(column.label)]
        if all(column.label in item.row for column in moved):
            # As the report writes it: all that is another is in it.
            told_new.append(row_text(row, item))
            continue
        told_new.append(_cells(row, moved, item))
        if had is None:
            continue
        told_old.append(_cells(had, moved, item))
        gone.remove(had)
        names.remove(row.get(key))
    return "；".join([*(row_text(row, item) for row in gone), *told_old]), "；".join(told_new)


def _cells(row: Row, columns: Sequence[TableColumn], item: FactField) -> str:
    """应急排（编制人数32人、民兵干部2人）."""
    told = "、".join(f"{column.label}{cell(row, column) or '空'}" for column in columns)
    return f"{row.get(item.key_column.label) or ''}（{told}）"


def _last(fact: Fact) -> tuple[Value | None, str]:
    return fact.last_year, fact.last_approximate
