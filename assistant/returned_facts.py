"""Facts that a file that came back says otherwise, and its tables: proposals, never taken by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from assistant.document.compose import fact_table, table_of
from assistant.document.returned import ReturnedFile, ReturnedTable
from assistant.errors import InputError, SheetError
from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import plain_fact, read_fact
from assistant.facts.values import Row
from assistant.reports.report import Report
from assistant.slots.forms import FORMS
from assistant.slots.grammar import Slot
from assistant.slots.render import TOTAL, render_text

#: Forms that compare with last year: what somebody writes there is no value of the fact.
_COMPARING = frozenset(FORMS) - {"数", "汉字"}
_IMPRINT = ("抄送：", "印发")


@dataclass(frozen=True)
class ReturnedFact:
    """A value that was written differently in the file.

    Attributes:
        before: as the report prints it now, "" for a new row. after: as the file has it, "" for a row that is gone.
        title: where it stands.
        row, column: for a cell of a table fact its row and column; for a whole row ``column`` is "".
        cells: a new row's cells, column → text.
    """

    label: str
    before: str
    after: str
    title: str
    row: str = ""
    column: str = ""
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """What a person calls it: 民兵分队 · 应急排 · 实有人数."""
        return " · ".join(filter(None, (self.label, self.row, self.column)))


@dataclass
class TablesRead:
    """What the tables of a file say. ``notes``: sentences for a person."""

    facts: list[ReturnedFact] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def proposal(report: Report, slot: Slot, after: str, title: str) -> ReturnedFact | None:
    """The fact that a slot prints as somebody wrote it; None where the slot prints no single value of one."""
    item = report.sheet.schema.find(slot.label)
    if not isinstance(item, FactField) or slot.form in _COMPARING:
        return None
    now = render_text(str(slot), report.sheet)
    if len(slot.path) == 1 and item.type not in (FieldType.LIST, FieldType.TABLE):
        return ReturnedFact(item.label, now, after, title)
    if len(slot.path) == 3 and item.type is FieldType.TABLE and (column := item.column(slot.path[2])) is not None:
        return ReturnedFact(item.label, now, after, title, slot.path[1], column.label)
    return None


def takes(report: Report, slot: Slot, text: str) -> bool:
    """Whether ``text`` can be the value that a slot prints."""
    fact = proposal(report, slot, text, "")
    if fact is None or not text:
        return False
    try:
        return fact_entry(report, fact) is not None
    except (SheetError, InputError):
        return False


def fact_entry(report: Report, fact: ReturnedFact) -> object:
    """The entry that makes the fact what the file says; last year's figure, source and note stay.

    Raises:
        InputError: there is no such fact or row any more. SheetError: it cannot be read.
    """
    item, old = report.sheet.schema.find(fact.label), report.sheet.fact(fact.label)
    if not isinstance(item, FactField):
        raise InputError(f"没有“{fact.label}”这项事实。", "请刷新页面。")
    raw: object = fact.after
    if item.type is FieldType.TABLE:
        raw = _rows_with(item, cast("tuple[Row, ...]", old.value or ()), fact)
    read = read_fact(raw, item)
    return plain_fact(replace(old, value=read.value, approximate=read.approximate))


def _rows_with(item: FactField, rows: Sequence[Row], fact: ReturnedFact) -> list[dict[str, object]]:
    made: list[dict[str, object]] = [dict(row) for row in rows]
    key = item.key_column.label
    place = next((number for number, row in enumerate(made) if str(row.get(key)) == fact.row), None)
    if fact.cells and place is None:
        return [*made, _typed(item, dict(fact.cells), {})]
    if place is None or fact.cells:
        raise InputError(f"“{fact.label}”里“{fact.row}”这一行已经变了。", "请到“事实”页对照着改。")
    if not fact.column:
        return [row for number, row in enumerate(made) if number != place]
    typed = _typed(item, {fact.column: fact.after}, made[place])
    made[place] = {**made[place], **typed}
    return made


def _typed(item: FactField, cells: Mapping[str, str], beside: Mapping[str, object]) -> dict[str, object]:
    """Cells as a form would have them: a measure word that stands in a column of its own is taken off a count."""
    made: dict[str, object] = {}
    for column in item.columns:
        if column.label in cells:
            text = cells[column.label]
            own = str(beside.get(column.measure_from) or "") if column.measure_from else ""
            made[column.label] = text.removesuffix(own) if own else text
    return made


def tables_in(report: Report, file: ReturnedFile) -> TablesRead:
    """The file's tables against the facts that they were made from."""
    read = TablesRead()
    then = file.travelling.tables if file.travelling and file.travelling.report == report.id else {}
    foreign = 0
    for table in file.tables:
        item = _item_of(table, report)
        now = table_of(item.label, report.sheet) if item else None
        if item is None or now is None:
            foreign += not _is_imprint(table)
            continue
        before = then.get(item.label, (now.columns, *now.rows))[1:]
        # The sums are worked out anew from the rows.
        came = [row for row in table.rows[1:] if TOTAL not in row]
        for fact in _changes(item, before, now.rows, came, read.notes):
            try:
                fact_entry(report, fact)
            except (SheetError, InputError):
                told = f"写成了“{fact.after}”" if fact.after else "删去了"
                read.notes.append(f"表格里“{fact.name}”在文件里{told}，不能照着改事实，请到“事实”页核对。")
            else:
                read.facts.append(fact)
    if foreign:
        read.notes.append(f"文件里有 {foreign} 张表格不是由事实列出的，里面的文字没有读回。")
    return read


def _item_of(table: ReturnedTable, report: Report) -> FactField | None:
    """The table fact with these heads; where several have them, the one that the caption names."""
    heads = table.rows[0] if table.rows else ()
    items = [item for item in report.sheet.schema.fields if item.type is FieldType.TABLE]
    same = [item for item in items if fact_table(item, ()).columns == heads]
    named = [item for item in items if item.label == table.caption and len(fact_table(item, ()).columns) == len(heads)]
    return next((item for item in same if item in named), None) or next(iter((*named, *same)), None)


def _is_imprint(table: ReturnedTable) -> bool:
    cells = [cell for row in table.rows for cell in row]
    return all(len(row) == 1 for row in table.rows) and any(
        cell.startswith(_IMPRINT[0]) or cell.endswith(_IMPRINT[1]) for cell in cells
    )


Cells = tuple[str, ...]


def _changes(
    item: FactField, then: Sequence[Cells], now: Sequence[Cells], came: Sequence[Cells], notes: list[str]
) -> Iterator[ReturnedFact]:
    borrowed = {column.measure_from for column in item.columns}
    labels = [column.label for column in item.columns if column.label not in borrowed]
    key = labels.index(item.key_column.label)
    rows = [row for row in came if any(row)]
    if any(len(row) != len(labels) for row in rows):
        notes.append(f"表格“{item.label}”在文件里合并或增减过单元格，没有读回，请到“事实”页核对。")
        return
    twice = [name for name, times in Counter(row[key] for row in rows).items() if times > 1 or not name]
    if twice:
        notes.append(f"表格“{item.label}”在文件里有几行的“{labels[key]}”相同或空着，没有读回，请到“事实”页核对。")
        return
    today = {row[key]: row for row in now}
    pairs, fresh, gone = _paired(then, rows, key)
    for old, new in pairs:
        here = today.get(old[key])
        for place, label in enumerate(labels):
            if old[place] == new[place] or here is None or here[place] == new[place]:
                continue
            yield ReturnedFact(item.label, here[place], new[place], "表格", old[key], label)
    for row in fresh:
        if row[key] not in today:
            cells = tuple((label, cell) for label, cell in zip(labels, row, strict=True) if cell)
            yield ReturnedFact(item.label, "", "、".join(cell for _, cell in cells), "表格", row[key], "", cells)
    for row in gone:
        if row[key] in today:
            yield ReturnedFact(item.label, "、".join(filter(None, today[row[key]])), "", "表格", row[key])


def _paired(
    then: Sequence[Cells], came: Sequence[Cells], key: int
) -> tuple[list[tuple[Cells, Cells]], list[Cells], list[Cells]]:
    """Rows of one key; and where no row came or went, rows of one place whose key was changed."""
    by_key = {row[key]: row for row in came}
    known = {row[key] for row in then}
    pairs = [(row, by_key[row[key]]) for row in then if row[key] in by_key]
    fresh = [row for row in came if row[key] not in known]
    gone = [row for row in then if row[key] not in by_key]
    if len(then) == len(came):
        renamed = [(old, new) for old, new in zip(then, came, strict=True) if old in gone and new in fresh]
        return (
            [*pairs, *renamed],
            [row for row in fresh if row not in [new for _, new in renamed]],
            [row for row in gone if row not in [old for old, _ in renamed]],
        )
    return pairs, fresh, gone
