"""The grids of 事实, each under the key that it was drawn with: an entry that comes late is one into the old grid.

A browser shows a grid until the next one has come; what is typed meanwhile is told under the old key, and its rows are
those of the old grid.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from assistant.facts.grid import Grid

_GRIDS = "fact-grids"
#: Grids of one table that are kept. More at once a browser has never had on the way.
_KEPT = 4


@dataclass(frozen=True)
class Held:
    """A grid, and the key of its widget."""

    grid: Grid
    key: str


def current(report_id: str, label: str) -> Held | None:
    """The grid whose place the next one takes."""
    held = _held(report_id, label)
    return held[-1] if held else None


def drawn_with(report_id: str, label: str, key: str) -> Held | None:
    """None for one so old that it is not known any more."""
    return next((one for one in _held(report_id, label) if one.key == key), None)


def keep(report_id: str, label: str, held: Held) -> None:
    """Makes a grid the current one."""
    kept = _held(report_id, label)
    kept[:] = [*(one for one in kept if one is not held), held][-_KEPT:]


def forget_waiting(report_id: str, label: str | None = None) -> None:
    """What waits in grids of a report, or of one table, belongs to rows that were replaced as a whole."""
    for (of, name), kept in _grids().items():
        if of == report_id and label in (None, name):
            for held in kept:
                held.grid.forget()


def _held(report_id: str, label: str) -> list[Held]:
    return _grids().setdefault((report_id, label), [])


def _grids() -> dict[tuple[str, str], list[Held]]:
    found: dict[tuple[str, str], list[Held]] = st.session_state.setdefault(_GRIDS, {})
    return found
