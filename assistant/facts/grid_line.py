"""One row of a grid under somebody's hands, and the rows of the store under their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.facts.sheet import plain
from assistant.facts.tables import shortened
from assistant.facts.totals import why_no_row
from assistant.facts.values import Row

Cells = dict[str, str]
#: The rows of the store in order, each under its name.
Table = dict[str, dict[str, Any]]


@dataclass
class Line:
    """One row of the grid.

    Attributes:
        name: the stored row that it stands for, by its name; "" where there is none yet.
        shown: the cells as they stand in the grid.
        known: the cells of the store as the person last had them before the eyes.
        waiting: cells that are not in the store, label → why.
        contested: cells that somebody else changed meanwhile, label → what the store holds.
        under: cells that were pasted over without the browser's grid, label → what it still has there.
    """

    name: str
    shown: Cells
    known: Cells
    waiting: Cells = field(default_factory=dict)
    contested: Cells = field(default_factory=dict)
    under: Cells = field(default_factory=dict)
    drawn: Cells = field(default_factory=dict)
    gone: bool = False

    def heard(self, told: Mapping[str, str]) -> Cells:
        """The cells as the browser tells them, but for those of which it does not know what was pasted there."""
        return {label: self.shown[label] if self.under.get(label) == text else text for label, text in told.items()}

    @property
    def open(self) -> bool:
        return bool(self.waiting or self.contested)


def text_of(value: Any) -> str:
    shown = plain(value)
    return "" if shown is None else str(shown)


def cells_of(row: Mapping[str, Any], labels: Iterable[str]) -> Cells:
    return {label: text_of(row.get(label)) for label in labels}


def by_name(rows: Sequence[Row], key: str) -> Table:
    return {text_of(row.get(key)): dict(row) for row in rows}


def renamed_elsewhere(line: Line, lines: Sequence[Line], table: Table, key: str) -> str | None:
    """The name that somebody else gave the line's row: a row unknown here stands in its place, with its cells.

    A row without any cells is told by nothing; it may as well be a new one.
    """
    others = {label: text for label, text in line.known.items() if label != key}
    if not any(others.values()):
        return None
    at = next(place for place, one in enumerate(lines) if one is line)
    names = list(table)
    before = next((one.name for one in reversed(lines[:at]) if one.name in table), None)
    behind = next((one.name for one in lines[at + 1 :] if one.name in table), None)
    start = 0 if before is None else names.index(before) + 1
    end = len(names) if behind is None else names.index(behind)
    known = {one.name for one in lines}
    found = [name for name in names[start:end] if name not in known and cells_of(table[name], others) == others]
    return found[0] if len(found) == 1 else None


def rename(lines: Iterable[Line], table: Table, key: str) -> None:
    """Every row under the name that was typed for it, all at once, so that names may be exchanged or move up.

    A name that another row has waits, and with it the whole line: whose its figures are is not known yet.
    """
    typed: list[Line] = []
    for line in lines:
        if key not in line.waiting:
            continue
        if not line.shown[key]:
            line.waiting[key] = "不能空着" if line.name else f"还没有填“{key}”"
        elif line.shown[key] == line.name:
            del line.waiting[key]
        elif why := why_no_row(line.shown[key]):
            line.waiting[key] = f"不能保存：{why}"
        else:
            typed.append(line)
    free = _free(typed, table, key)
    for line in typed:
        if line not in free:
            held = "，这一行改的都还没有保存" if line.waiting.keys() - {key} else ""
            line.waiting[key] = f"写的是“{shortened(line.shown[key])}”，与别的行重复{held}"
    new = {line.name: line.shown[key] for line in free if line.name}
    rows = {new.get(name, name): {**row, key: new[name]} if name in new else row for name, row in table.items()}
    table.clear()
    table.update(rows)
    for line in free:
        line.name = line.known[key] = line.shown[key]
        table.setdefault(line.name, {key: line.name})
        del line.waiting[key]


def _free(typed: Sequence[Line], table: Table, key: str) -> list[Line]:
    """Those whose name no other row has, once all of them have theirs."""
    while True:
        taken = table.keys() - {line.name for line in typed}
        free: list[Line] = []
        for line in typed:
            if line.shown[key] not in taken:
                taken |= {line.shown[key]}
                free.append(line)
        if len(free) == len(typed):
            return free
        typed = free
