"""A table under somebody's hands: what a grid shows, what the store holds, and the one into the other cell by cell.

A grid tells its edits as what differs from the rows that it was drawn with. So these stay as long as the grid does, and
only what was changed since the last time goes to the store, onto what the store holds by then. What cannot be saved yet
waits beside its reason; the rest is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.facts.arithmetic import work_out
from assistant.facts.fields import FactField
from assistant.facts.grid_line import Cells, Line, Table, by_name, cells_of, rename, renamed_elsewhere, text_of
from assistant.facts.head_units import read_typed_cell
from assistant.facts.sheet import plain
from assistant.facts.tables import shortened
from assistant.facts.values import Row, clean_text

#: Empty rows under the filled ones. Streamlit's own way to a new row, the line with the +, drops what is typed on it.
SPARE = 5


class Grid:
    """A grid from one making to the next. ``drawn`` are the rows that it is drawn with all that time."""

    def __init__(self, item: FactField, stored: Sequence[Row], before: Grid | None = None) -> None:
        """``before``: the grid in whose place this one comes; what waits there waits here."""
        self.item = item
        self._labels = [column.label for column in item.columns]
        self._key = item.key_column.label
        self._base = [self._line(row) for row in stored]
        self._added: list[Line] = []
        #: Behind those that the browser's grid has.
        self._pasted: list[Line] = []
        self._told: list[str] = list(before._told) if before else []
        #: Shows what the store does not hold, and nothing but a new grid can mend it.
        self.broken = False
        table = by_name(stored, self._key)
        lines = before.lines if before else []
        for line in lines:
            self._carry(line, lines, table)
        self._base += [self._blank() for _ in range(SPARE)]
        for line in self._base:
            line.drawn = dict(line.shown)
        self.drawn: tuple[Cells, ...] = tuple(line.drawn for line in self._base)

    @property
    def lines(self) -> list[Line]:
        return [line for line in (*self._base, *self._added, *self._pasted) if not line.gone]

    def holds(self, stored: Sequence[Row]) -> bool:
        """Whether the store holds what the person has before the eyes, unsaved cells and sums aside."""
        rows = by_name(stored, self._key)
        lines = {line.name: line for line in self.lines if line.name}
        return lines.keys() == rows.keys() and all(
            line.known[label] == text_of(rows[name].get(label))
            for name, line in lines.items()
            for label in self._labels
            if label not in line.waiting
        )

    # ---- from the grid to the store

    def take(self, edits: Mapping[str, Any], stored: Sequence[Row]) -> list[dict[str, Any]] | None:
        """The stored rows with what was changed since the last time; None where there is nothing to save.

        Args:
            edits: all that differs from ``drawn``, as Streamlit's grid tells it.
        """
        self._told = []
        removed = self._read(edits)
        return self._written(stored, removed)

    def paste(self, at: int, rows: Sequence[Cells], stored: Sequence[Row]) -> list[dict[str, Any]] | None:
        """The stored rows with cells that were pasted into the grid from row ``at`` on, from 0; None as in ``take``."""
        self._told = []
        lines = self.lines
        self._pasted += [self._blank() for _ in range(at + len(rows) - len(lines))]
        for line, cells in zip(self.lines[at:], rows, strict=False):
            line.under = {label: line.shown[label] for label in cells} | line.under
            self._type(line, {**line.shown, **cells})
        # The browser shows none of it.
        self.broken = True
        return self._written(stored, [])

    def decide(self, mine: bool, stored: Sequence[Row]) -> list[dict[str, Any]] | None:
        """What is to stand in the contested cells: what was typed here, or what the store holds."""
        for line in self.lines:
            if mine:
                line.waiting |= dict.fromkeys(line.contested, "")
            line.contested.clear()
        # What stands in the cells is no longer what was typed.
        self.broken |= not mine
        return self._written(stored, [])

    def forget(self) -> None:
        """Nothing waits any more: the rows were replaced as a whole."""
        self._told = []
        for line in self.lines:
            line.waiting.clear()
            line.contested.clear()

    def _read(self, edits: Mapping[str, Any]) -> list[Line]:
        """Takes over what the grid shows; returns the rows that were deleted."""
        deleted = {int(place) for place in edits["deleted_rows"]}
        removed = [line for place, line in enumerate(self._base) if place in deleted and not line.gone]
        for place, line in enumerate(self._base):
            changed = edits["edited_rows"].get(place, edits["edited_rows"].get(str(place), {}))
            line.gone = place in deleted
            self._type(line, line.heard({**line.drawn, **self._typed(changed)}))
        rows = [{**dict.fromkeys(self._labels, ""), **self._typed(row)} for row in edits["added_rows"]]
        removed += self._match_added(rows)
        for line, cells in zip(self._added, rows, strict=True):
            self._type(line, line.heard(cells))
        return removed

    def _match_added(self, rows: Sequence[Cells]) -> list[Line]:
        """One line for each added row. A deleted one is not told: those behind it move up."""
        kept: list[Line] = []
        removed: list[Line] = []
        for place, line in enumerate(self._added):
            left = len(self._added) - place
            if left > len(rows) - len(kept) and (len(kept) == len(rows) or line.heard(rows[len(kept)]) != line.shown):
                removed.append(line)
            else:
                kept.append(line)
        self._added = [*kept, *(self._blank() for _ in rows[len(kept) :])]
        return removed

    def _typed(self, row: Mapping[str, Any]) -> Cells:
        return {label: clean_text(str(cell or "")) for label, cell in row.items() if label in self._labels}

    def _type(self, line: Line, cells: Cells) -> None:
        for label, text in cells.items():
            if text != line.shown[label]:
                line.contested.pop(label, None)
                line.waiting[label] = ""
        line.shown = cells
        if not line.name and not any(cells.values()):
            line.waiting.clear()

    def _written(self, stored: Sequence[Row], removed: Iterable[Line]) -> list[dict[str, Any]] | None:
        table = by_name(stored, self._key)
        for line in removed:
            if line.name:
                self._remove(line, table)
        waiting = [line for line in self.lines if line.waiting]
        for line in waiting:
            if line.name and line.name not in table:
                self._find(line, table)
        rename(waiting, table, self._key)
        for line in waiting:
            self._put(line, table)
        rows = [{label: plain(cell) for label, cell in row.items()} for row in table.values()]
        before = [{label: plain(cell) for label, cell in row.items()} for row in stored]
        return rows if rows != before else None

    def _remove(self, line: Line, table: Table) -> None:
        if cells_of(table.get(line.name, {}), self._labels) == line.known:
            del table[line.name]
        elif line.name in table:
            self._told.append(f"“{line.name}”这一行别处刚改过，没有删；还要删，请再删一次")
            self.broken = True

    def _find(self, line: Line, table: Table) -> None:
        """A row that is no longer in the store under its name: it has another one there, or is added again."""
        new = renamed_elsewhere(line, self.lines, table, self._key)
        if new is None:
            self._told.append(f"“{line.name}”这一行别处刚删掉或改了名，这里又改过，已加回表里，请看有没有重复")
            table[line.name] = {self._key: line.name}
            line.waiting |= {label: "" for label, text in line.shown.items() if text}
            line.known = {**dict.fromkeys(self._labels, ""), self._key: line.name}
        elif line.waiting.pop(self._key, None) is None:
            self._told.append(_renamed(line.name, new))
            line.name = line.known[self._key] = new
            self.broken = True
        else:
            line.name = line.known[self._key] = new
            if line.shown[self._key] != new:
                line.contested[self._key] = new

    def _put(self, line: Line, table: Table) -> None:
        """Whatever of the line can be saved goes into its row."""
        if not line.name:
            if self._key not in line.waiting:
                line.waiting = dict.fromkeys(line.waiting, f"还没有填“{self._key}”")
            return
        # Under an empty name it is still the row that it was; under a twin's it may be the other one.
        if self._key in line.waiting and line.shown[self._key]:
            return
        row = table[line.name]
        for label in [label for label in self._labels if label in line.waiting and label != self._key]:
            self._put_cell(line, label, row)

    def _put_cell(self, line: Line, label: str, row: dict[str, Any]) -> None:
        typed = line.shown[label]
        column = self.item.column(label)
        assert column is not None
        try:
            value = read_typed_cell(typed, column) if typed else None
        except ValueError as error:
            line.waiting[label] = f"写的是“{shortened(typed)}”，应为{error}"
            return
        theirs, mine = text_of(row.get(label)), text_of(value)
        del line.waiting[label]
        if theirs not in (line.known[label], mine):
            line.contested[label] = theirs
            line.known[label] = theirs
            return
        line.known[label] = mine
        if value is None:
            row.pop(label, None)
        else:
            row[label] = value

    # ---- from the store to the grid

    def _line(self, row: Row) -> Line:
        cells = cells_of(row, self._labels)
        return Line(cells[self._key], dict(cells), cells)

    def _blank(self) -> Line:
        return Line("", dict.fromkeys(self._labels, ""), dict.fromkeys(self._labels, ""))

    def _carry(self, line: Line, before: Sequence[Line], table: Table) -> None:
        """What waits in a line of the grid before goes into the line of the same row.

        It was typed over what stood there then, which is still what it is judged against: nobody has seen more.
        """
        if not line.open:
            return
        if not line.name:
            self._base.append(Line("", dict(line.shown), dict(line.known), dict(line.waiting)))
            return
        name = line.name if line.name in table else renamed_elsewhere(line, before, table, self._key)
        here = next((one for one in self._base if one.name == name), None)
        open_ = [label for label in self._labels if label in line.waiting or label in line.contested]
        if here is None:
            typed = "、".join(f"“{shortened(text)}”" for label in open_ if (text := line.shown[label]))
            self._told.append(f"“{line.name}”这一行别处刚删掉或改了名，这里还没有保存的{typed}没有留下")
            return
        here.waiting = dict(line.waiting)
        here.contested = {label: here.known[label] for label in line.contested}
        if name != line.name:
            self._told.append(_renamed(line.name, here.name))
            if here.waiting.pop(self._key, None) is not None:
                here.contested[self._key] = here.name
        here.known |= {label: line.known[label] for label in line.waiting if label != self._key}
        here.shown |= {label: line.shown[label] for label in open_}

    # ---- what is to be said

    def said(self) -> list[str]:
        """Why cells are not saved, each with its row; what happened to rows that somebody else changed."""
        told = list(self._told)
        for place, line in enumerate(self.lines, 1):
            row = f"“{line.name}”" if line.name else f"第{place}行"
            if line.waiting and not line.name and self._key not in line.waiting:
                told.append(f"{row}还没有填“{self._key}”")
                continue
            told += [
                f"{row}{why}" if label == self._key and not line.name else f"{row}的“{label}”{why}"
                for label, why in line.waiting.items()
                if why
            ]
        return told

    def contested(self) -> list[str]:
        """What somebody else wrote where something else was typed here."""
        return [
            f"“{line.name}”的“{label}”：别处刚改成“{theirs or '空'}”，这里填的是“{line.shown[label] or '空'}”"
            for line in self.lines
            for label, theirs in line.contested.items()
        ]

    def sums(self) -> list[str]:
        """The sums that stand in cells, with what they come to."""
        found: list[str] = []
        for line in self.lines:
            for label, text in line.shown.items():
                column = self.item.column(label)
                if column is None or label in line.waiting or label in line.contested:
                    continue
                worked = work_out(text, column)
                if worked is not None:
                    found.append(f"“{line.name}”的“{label}” {worked.written} = {line.known[label]}")
        return found


def _renamed(old: str, new: str) -> str:
    return f"“{old}”这一行别处刚改名为“{new}”，这里改的填在它那一行"
