"""Rows of table facts out of tables: which table fact a table is, by its head or by the names that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.facts.cues_tables import TableCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value, read_rough_cell
from assistant.intake.cleaning import BLANK
from assistant.intake.extract_cues import pattern
from assistant.intake.extract_grid_read import Cell, Grid, Line
from assistant.intake.extract_row import Row, rough

#: Heads that may name the rows of any table.
_GENERIC = re.compile(
    "(?:支出|开支|经费|使用|资金|发放|具体)?(?:项目|名称|类别|内容|事项|分类|用途|科目|品名|品种)|指标(?:名称)?"
)
_NUMBERING = re.compile(
    r"^(?:[0-9]{1,2}[.．、]|[（(][0-9一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}、|[①-⑳])[ ]*"
)
_OF = re.compile("^其中[：:]?")
_MONEY = ("元", "千元", "万元", "亿元")
_HANZI = re.compile("[一-龥]")
#: Amounts are long, or have decimals; so many people are not paid.
_AMOUNT = re.compile(r".*[.,].*|[0-9]{4,}|.*元")
_LEAST = 0.5


@dataclass(frozen=True)
class _Reading:
    """How a table is read as one table fact.

    Attributes:
        key: the number of its column of names.
        columns: number of a column → (label, unit).
        any_name: its head says what the names are.
    """

    item: FactField
    key: int
    columns: dict[int, tuple[str, str]]
    any_name: bool


def table_rows(grid: Grid, schema: FactSchema) -> list[tuple[Line, Row]] | None:
    """The rows with their lines; places are those of the text. None where the table is no table fact."""
    names = [_name(cell.text) for line in grid.rows for cell in line.filled[:1]]
    facts = sum(1 for name in names if (item := schema.find(name)) is not None and item.type.numeric)
    readings = [
        told for item in schema.fields if item.type is FieldType.TABLE for told in _readings(grid, item, schema)
    ]
    if not readings or facts * 2 > len(names):
        return None
    # The table that explains more of the columns: 项目｜人数｜金额 is no list of expenses.
    readings.sort(key=lambda told: -len(told.columns))
    found: list[tuple[Line, Row]] = []
    for line in grid.rows:
        rows = (_row(line, told, schema, sure=sure) for sure in (True, False) for told in readings)
        if (row := next((row for row in rows if row is not None), None)) is not None:
            found.append((line, row))
    return found or None


def _readings(grid: Grid, item: FactField, schema: FactSchema) -> Iterator[_Reading]:
    cues = schema.hints.tables.get(item.label)
    named: dict[int, tuple[str, str]] = {}
    for number, column in enumerate(grid.columns):
        label = _label(column.name, column.unit, column.role, item, cues)
        if label and label not in {told for told, _ in named.values()}:
            named[number] = (label, column.unit)
    key = next((number for number, (label, _) in named.items() if label == item.key_column.label), None)
    people = schema.hints.people.get(item.label)
    if people is not None and people.columns[-1] not in {label for label, _ in named.values()}:
        # A list of names and telephones praises nobody.
        return
    if (
        key is not None
        and len(named) > 1
        and (not _GENERIC.fullmatch(grid.columns[key].name) or _about(grid, item, cues))
    ):
        yield _Reading(item, key, {at: _scaled(grid, item, told) for at, told in named.items()}, any_name=True)
        return
    if cues is None or cues.key.endswith("$"):
        return
    # 义务兵｜30｜66 below 优抚对象｜人数｜金额: short names, in a table that says what they are given.
    heads = grid.caption + "".join(column.name for column in grid.columns)
    about = bool(cues.short) and bool(cues.about) and pattern(cues.about).search(heads) is not None
    for number in range(min(grid.width, 3)):
        cells = [line.cells[number].text for line in grid.rows if number < len(line.cells)]
        mine = sum(1 for text in cells if _is_key(text, cues) or (about and pattern(cues.short).search(text)))
        if mine and (mine >= len(cells) * _LEAST or key == number):
            columns = {at: told for at, told in named.items() if told[0] != item.key_column.label}
            columns = columns or ({} if grid.columns else _unnamed(grid, item, number))
            if columns:
                columns = {at: _scaled(grid, item, told) for at, told in columns.items()}
                yield _Reading(item, number, {number: (item.key_column.label, ""), **columns}, any_name=False)
            return


def _about(grid: Grid, item: FactField, cues: TableCues | None) -> bool:
    """项目｜金额 under a caption that says what is spent."""
    if cues is None:
        return True
    said = any(name in grid.caption for name in (item.label, *item.aliases))
    near = cues.open.near if cues.open else ""
    money = any(column.unit in _MONEY or column.name in ("金额", "经费", "支出") for column in grid.columns)
    heads = grid.caption + "".join(column.name for column in grid.columns)
    spent = cues.key.endswith("$") and money and near and re.search(near, heads) is not None
    return said or bool(spent)


def _label(name: str, unit: str, role: str, item: FactField, cues: TableCues | None) -> str:
    """The column of the table fact that a head names; "" where it names none."""
    if role in ("number", "change", "before", "plan", "remark"):
        return ""
    plain = _OF.sub("", name)
    for each in (name, plain):
        if column := item.column(each):
            return column.label
    for label, said in cues.columns.items() if cues else ():
        if said.say and re.fullmatch(f"(?:{said.say})(?:人数|数|人员)?", plain):
            return label
    if re.fullmatch("(?:支出|开支|使用)(?:内容|事项|用途|科目)", plain):
        return item.key_column.label
    if unit in _MONEY:
        return next((column.label for column in item.columns if column.type is FieldType.MONEY), "")
    return ""


def _unnamed(grid: Grid, item: FactField, key: int) -> dict[int, tuple[str, str]]:
    """Columns without heads, by what stands in them: an amount, a count."""
    found: dict[int, tuple[str, str]] = {}
    for number in range(key + 1, grid.width):
        cells = [line.cells[number] for line in grid.rows if number < len(line.cells)]
        figures = [cell.text for cell in cells if cell.is_figure]
        if not figures or len(figures) * 2 < len(cells):
            continue
        money = bool(grid.unit) and all(_AMOUNT.fullmatch(text) for text in figures)
        kind = FieldType.MONEY if money else FieldType.COUNT
        labels = [column.label for column in item.columns if column.type is kind]
        mine = next((label for label in labels if label not in {told for told, _ in found.values()}), "")
        # Two counts without heads may be any two of three.
        if not mine or (kind is FieldType.COUNT and len(labels) > 1):
            return {}
        found[number] = (mine, "")
    return found


def _scaled(grid: Grid, item: FactField, told: tuple[str, str]) -> tuple[str, str]:
    label, unit = told
    column = item.column(label)
    money = column is not None and column.type is FieldType.MONEY
    return label, unit if unit in _MONEY or not money else grid.unit


def _is_key(text: str, cues: TableCues) -> bool:
    name = _name(text)
    found = pattern(cues.key).search(f"\n{name}：") or pattern(cues.key).search(name)
    if found is None or (cues.unless and pattern(cues.unless).search(name)):
        return False
    said = sum(len(found[group] or "") for group in ("v", "w") if group in found.re.groupindex)
    return said * 2 > len(name)


def _name(text: str) -> str:
    return _NUMBERING.sub("", text).strip("：: ")


def _row(line: Line, told: _Reading, schema: FactSchema, *, sure: bool) -> Row | None:
    """The row in a line; ``sure``: only where its name is one that this table is known to have."""
    cues = schema.hints.tables.get(told.item.label)
    if told.key >= len(line.cells):
        return None
    key = line.cells[told.key]
    name = _name(key.text)
    if not _HANZI.search(name) or BLANK in name or (cues is not None and not _admitted(name, cues, told, sure=sure)):
        return None
    cells: dict[str, Value | None] = {told.item.key_column.label: cues.names.get(name, name) if cues else name}
    used, doubt = [key], ""
    for number, (label, unit) in told.columns.items():
        if number == told.key or number >= len(line.cells):
            continue
        cell = line.cells[number]
        value, why = _value(cell, label, unit, told.item)
        if value is not None:
            cells[label] = value
            used.append(cell)
            doubt = doubt or why
    needed = cues.needs if cues else ()
    if len(used) < 2 or (needed and not any(cells.get(label) is not None for label in needed)):
        return None
    start = min(cell.start for cell in used)
    return Row(told.item.label, cells, start, max(cell.start + len(cell.text) for cell in used), doubt=doubt)


def _admitted(name: str, cues: TableCues, told: _Reading, *, sure: bool) -> bool:
    if cues.unless and pattern(cues.unless).search(name):
        return False
    if sure or told.any_name:
        return told.any_name or _is_key(name, cues)
    return not cues.siblings or pattern(cues.siblings).search(name) is not None


def _value(cell: Cell, label: str, unit: str, item: FactField) -> tuple[Value | None, str]:
    """What the cell says, None for nothing; and why it is in doubt."""
    column = item.column(label)
    text = cell.text
    if column is None or not text or BLANK in text or (cell.is_empty and text not in ("0", "无")):
        return None, ""
    if column.type is FieldType.TEXT:
        return text, ""
    if not cell.is_figure:
        return None, ""
    if column.type is FieldType.MONEY and re.fullmatch(r"[0-9.,]+", text):
        text += unit
    try:
        value, word = read_rough_cell(text, column)
    except ValueError:
        return None, ""
    return value, rough(cell.text) if word else ""


def list_columns(grid: Grid, schema: FactSchema) -> dict[int, str]:
    """Numbers of columns that a list fact names, if the table is one of such lists: 问题｜打算."""
    found: dict[int, str] = {}
    for number, column in enumerate(grid.columns):
        words = re.sub("^(?:存在的?|主要|具体)|(?:清单|情况|内容)$", "", column.name)
        for label, cues in schema.hints.lists.items():
            names = (label, *schema.by_label[label].aliases)
            if words in names or column.name in names or pattern(cues.heading).fullmatch(column.name):
                found[number] = label
                break
            if cues.word and pattern(cues.word).fullmatch(words):
                found[number] = label
                break
    for number, column in enumerate(grid.columns) if found else ():
        # 打算, 措施 beside 问题: the end of a fact's own name.
        mine = [label for label in schema.hints.lists if _ends(column.name, label, schema.by_label[label].aliases)]
        if number not in found and mine:
            found[number] = mine[0]
    texts = [line.cells[number].text for number in found for line in grid.rows if number < len(line.cells)]
    return found if texts and not any(re.fullmatch("[0-9.,%]+[一-龥]{0,2}", text) for text in texts) else {}


def _ends(name: str, label: str, aliases: Sequence[str]) -> bool:
    return len(name) > 1 and any(one.endswith(name) for one in (label, *aliases))
