"""Steps that are undone and done again: of facts, of texts and of the outline by one rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

#: As every journal writes them; anything else is a change of its own.
UNDO = "undo"
REDO = "redo"
Step = TypeVar("Step")


@dataclass(frozen=True)
class Ways(Generic[Step]):
    """The steps that 撤销 and 重做 would take back and do again; None where there is none."""

    undo: Step | None = None
    redo: Step | None = None


def open_steps(rows: Iterable[tuple[int, str, int | None]]) -> tuple[list[int], list[int]]:
    """The steps that can be undone and redone, last first to go at the end, from (step, kind, step undone or redone).

    As in every editor: a new change ends what could be done again.
    """
    undo: list[int] = []
    redo: list[int] = []
    for step, kind, target in rows:
        if kind == UNDO and target in undo:
            undo.remove(target)
            redo.append(target)
        elif kind == REDO and target in redo:
            redo.remove(target)
            undo.append(target)
        else:
            undo.append(step)
            redo = []
    return undo, redo
