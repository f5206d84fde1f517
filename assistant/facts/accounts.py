"""A sum that stands twice in a sheet: as a fact of its own, and as a row of the account that it is part of."""

from __future__ import annotations

from itertools import pairwise

from assistant.facts.fields import FieldType
from assistant.facts.sheet import FactSheet
from assistant.facts.values import table_rows


def told_by_row(sheet: FactSheet, label: str, table: str) -> bool:
    """Whether a row of the table says what the money fact says, so that both told would read as two sums.

    Where another fact is as much, the row must also be called something like it.
    """
    item, account = sheet.schema.by_label.get(label), sheet.schema.by_label.get(table)
    value = sheet.value(label)
    if item is None or account is None or item.type is not FieldType.MONEY or not value:
        return False
    columns = [column.label for column in account.columns if column.type is FieldType.MONEY]
    rows = [row for row in table_rows(sheet.value(table)) if any(row.get(column) == value for column in columns)]
    if not rows:
        return False
    twins = [one for one in sheet.schema.fields if one.type is FieldType.MONEY and sheet.value(one.label) == value]
    names = (label, *item.aliases)
    return len(twins) == 1 or any(_alike(str(row.get(account.key_column.label, "")), names) for row in rows)


def _alike(name: str, others: tuple[str, ...]) -> bool:
    """Whether two names share a word of two characters."""
    pairs = {first + second for first, second in pairwise(name)}
    return any(first + second in pairs for other in others for first, second in pairwise(other))
