"""Tables that are forms: a name and its value by turns along every line, 适龄青年｜512｜兵役登记｜510.

Such a table has no head, though its first line may hold no figure: 填报单位｜某街道｜第一书记｜某人. The names of facts
stand in two columns or more, and their values beside them.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.facts.fields import FactSchema
from assistant.intake.extract_grid_read import Cell, Grid, Line, counts

#: So many known names make a column one of names.
_KNOWN = 2


def form_pairs(grid: Grid, lines: Sequence[Line], schema: FactSchema) -> dict[int, list[tuple[Cell, Cell]]]:
    """Where a line begins → its names with their values; {} where the table is no form."""
    mine = [line for line in lines[grid.first : grid.last + 1] if line.kind == lines[grid.first].kind]
    if grid.width < 4 or grid.width % 2 or lines[grid.first].kind == " ":
        return {}
    known = [0] * (grid.width // 2)
    figures = 0
    pairs: dict[int, list[tuple[Cell, Cell]]] = {}
    for line in mine:
        found = pairs.setdefault(line.start, [])
        for turn, name in enumerate(line.cells[::2]):
            value = line.cells[2 * turn + 1] if 2 * turn + 1 < len(line.cells) else Cell("", name.start)
            if counts(name) or (value.text and schema.find(value.text) is not None):
                return {}
            known[turn] += bool(name.text) and schema.find(name.text) is not None
            figures += value.is_figure
            if name.text and value.text:
                found.append((name, value))
    return pairs if min(known) >= _KNOWN and figures >= sum(known) // 2 else {}
