"""合计, 小计, 总计 as the name of a row: code adds up, and such a row would be added once more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from assistant.facts.fields import FactField
from assistant.facts.values import Value, table_rows

_TOTAL = re.compile(r"(?:全年|本年|年度|累计)?(?:合计|总计|小计|共计|累计|总额|总数)(?:数|额)?:?")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


def is_total(name: object) -> bool:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(name)))
    return bool(_TOTAL.fullmatch(_BRACKETS.sub("", plain)))


def why_no_row(name: object) -> str:
    """Why there can be no row of such a name, and what to do; "" for the name of an item."""
    return f"“{name}”由程序算，请删去这一行" if is_total(name) else ""


def totals_among(value: Value | None, item: FactField) -> Iterator[str]:
    """The rows of a table that are none."""
    names = (row.get(item.key_column.label) for row in table_rows(value))
    return (str(name) for name in names if name is not None and is_total(name))
