"""In what a column's head says its figures are counted, and a typed cell below it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from assistant.facts.arithmetic import work_out
from assistant.facts.fields import FieldType, TableColumn
from assistant.facts.hanzi_figures import in_figures
from assistant.facts.values import MONEY_UNITS, read_cell

#: What a head may count money in; cells below it carry figures alone.
_HEAD_UNITS = {**{unit: scale for unit, scale in MONEY_UNITS.items() if unit},
    "百元": 100, "千元": 1000, "十万元": 10**5, "百万元": 10**6, "千万元": 10**7}  # fmt: skip
TAIL_UNIT = re.compile(rf"[/:\-]?(?:单位:?)?({'|'.join(sorted(_HEAD_UNITS, key=len, reverse=True))})$")
BRACKETS = re.compile(r"[(（\[【](.*?)[)）\]】]")
#: Between a unit and what else a bracket says: 万元/年, 万元，含税; and around it: 单位：万元, 以万元计.
_PARTS = re.compile(r"[/:,、;]")
_AROUND = re.compile(r"^(?:计量)?(?:单位|人民币|以|按|均为)|(?:人民币|计算?|为单位|整)$")
#: What is put behind a head: the star of what must be filled in, a colon.
HEAD_END = "*:※#"
#: What a head may count things in: 份数（万份）.
_MANY = {"万": 10**4, "千": 1000, "百": 100}
_HEAD_COUNT = re.compile(r"[(\[【](?:单位:?)?([万千百])[^\d()元]{1,2}[)\]】]$")
_FRACTION = re.compile(r"\d+\.\d+")


def plain_head(head: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", head))


def unit_in(head: str, column: TableColumn | None) -> str:
    """万元 of 金额（万元）, （万元/年）金额, 金额/万元 or 金额 万元, 万 of 份数（万份）, where cells are bare."""
    plain = plain_head(head)
    if column is not None and column.type is FieldType.COUNT:
        many = _HEAD_COUNT.search(plain)
        return many[1] if many else ""
    said = {unit for bracket in BRACKETS.findall(plain) for part in _PARTS.split(bracket) if (unit := _as_unit(part))}
    if not said and (tail := TAIL_UNIT.search(BRACKETS.sub("", plain).strip(HEAD_END))):
        said = {tail[1]}
    return said.pop() if len(said) == 1 else ""


def _as_unit(part: str) -> str:
    """万元 and 万 alone are the same in a bracket; "" for what is no unit of money."""
    bare = _AROUND.sub("", part)
    return next((unit for unit in (bare, f"{bare}元") if bare and unit in _HEAD_UNITS), "")


def read_typed_cell(cell: str, column: TableColumn, unit: str = "") -> int | Decimal | str:
    """A cell as a person types it, sums too; ``unit``: what a bare amount of money is counted in.

    Raises:
        ValueError: what was expected, in Chinese.
    """
    worked = work_out(cell, column)
    if unit and not re.search(r"[\d万亿]", cell):
        # 三百 below 万元 are 300 of them; 三万 says what it counts.
        cell = in_figures(cell)
    own = {FieldType.MONEY: r"[元万亿千百]", FieldType.COUNT: r"[^\d.,]"}.get(column.type, "")
    bare = not re.search(own, cell)
    scale = {**_HEAD_UNITS, **_MANY}[unit] if bare and unit else 1
    if scale != 1 and column.type is FieldType.COUNT and (rough := _FRACTION.fullmatch(cell)):
        # 2.5 below 万份 is 25000.
        return read_cell(_whole(Decimal(rough[0]) * scale), column)
    if worked is not None:
        return read_cell(worked.value * scale, column)
    read = read_cell(cell, column)
    return read_cell(read * scale, column) if scale != 1 and not isinstance(read, str) else read


def _whole(number: Decimal) -> int | str:
    return int(number) if number == int(number) else str(number)
