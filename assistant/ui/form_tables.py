"""Table facts on the 事实 page: a grid to type into, and cells pasted from a spreadsheet.

A grid that is made anew takes the caret out of somebody's hands, and what is typed on goes into another cell. So it
stays as it was drawn while the person's own entries are saved; it is made anew where the store holds something else.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from assistant.facts.fields import FactField
from assistant.facts.grid import Grid
from assistant.facts.values import Row, table_rows
from assistant.reports.report import Report
from assistant.ui import form_grids, session
from assistant.ui.form_commit import entry_of, fact_of, key_of, save
from assistant.ui.form_grids import Held
from assistant.ui.form_paste import paste_box
from assistant.ui.form_regions import FormPage, entry, is_of_entry, region
from assistant.ui.session import desk, renew


def table_row(report: Report, item: FactField) -> None:
    """The grid, what is to be said about its cells and, under it, 粘贴到表格."""
    held = _held(report, item)
    labels = [column.label for column in item.columns]
    config = {
        # Not ``required``: a row without its name would not be told to the server, and be lost with its figures.
        column.label: st.column_config.TextColumn(
            f"{column.label}（{column.measure}）" if column.measure else column.label
        )
        for column in item.columns
    }
    st.data_editor(
        pd.DataFrame(
            [{label: text or None for label, text in cells.items()} for cells in held.grid.drawn],
            columns=labels,
            dtype="object",
        ),
        key=held.key,
        num_rows="dynamic",
        hide_index=True,
        column_config=config,
        width="stretch",
        placeholder="",
        on_change=entry(_commit_table, row=False),
        args=(report.id, item, held.key),
    )
    _say(report, item, held)
    paste_box(report, item)


def _held(report: Report, item: FactField) -> Held:
    """The grid of the drawing before, or a new one where that shows other than the store or is off the page."""
    rows = table_rows(fact_of(report, item.label).value)
    held, key = form_grids.current(report.id, item.label), key_of(report.id, item.label)
    # The next drawing after an entry into it: the person goes on in it.
    entered = is_of_entry(item.label)
    if held is not None and held.key == key:
        # Off the page meanwhile: Streamlit has forgotten the edits.
        drawn = key in st.session_state
        if drawn and not held.grid.broken and (entered or held.grid.holds(rows)):
            return held
        renew(f"{report.id}:{item.label}:value")
        key = key_of(report.id, item.label)
    made = Held(Grid(item, rows, held.grid if held is not None else None), key)
    form_grids.keep(report.id, item.label, made)
    return made


def _commit_table(report_id: str, item: FactField, key: str) -> bool:
    edits = st.session_state[key]
    return _write(report_id, item, key, lambda grid, stored: grid.take(edits, stored))


def _decide(report_id: str, item: FactField, key: str, mine: bool) -> bool:
    return _write(report_id, item, key, lambda grid, stored: grid.decide(mine, stored))


def _write(
    report_id: str, item: FactField, key: str, change: Callable[[Grid, list[Row]], list[dict[str, Any]] | None]
) -> bool:
    """Writes what was done in the grid of this key; returns whether the grid on the page shows something else now."""
    held = form_grids.drawn_with(report_id, item.label, key)
    if held is None:
        session.tell(
            f"“{item.label}”刚填的没有保存：这张表在您填的时候换过几次。请看一下现在的表，再填一次。", "warning"
        )
        return True
    fact = desk().report(report_id).sheet.fact(item.label)
    rows = change(held.grid, table_rows(fact.value))
    if rows is not None:
        save(report_id, item.label, {**entry_of(fact), "value": rows})
    late = held is not form_grids.current(report_id, item.label)
    if late:
        # The one that is on its way to the browser knows nothing of this entry: the next takes over from this one.
        form_grids.keep(report_id, item.label, held)
        renew(f"{report_id}:{item.label}:value")
    return late or held.grid.broken


@dataclass(frozen=True)
class _Said:
    unsaved: tuple[str, ...]
    contested: tuple[str, ...]
    sums: tuple[str, ...]


def _say(report: Report, item: FactField, held: Held) -> None:
    """What is to be said about the cells: a region, for the grid above it is not drawn while somebody types in it."""
    place = report.sheet.schema.places[item.label]

    def look(_: FormPage) -> _Said:
        grid = (form_grids.current(report.id, item.label) or held).grid
        return _Said(tuple(grid.said()), tuple(grid.contested()), tuple(grid.sums()))

    def draw(said: _Said) -> None:
        told = [*(f"没有保存：{one}" for one in said.unsaved), *said.contested]
        if said.contested:
            told.append("请选一个：" if len(said.contested) == 1 else "这几处请一并选一个：")
        bad = "<br>".join(map(html.escape, told))
        lines = [f'<span class="bad">{bad}</span>'] if bad else []
        lines += [html.escape("；".join(said.sums))] if said.sums else []
        # Drawn also where there is nothing to say: a box that comes has the browser make those behind it anew.
        st.html(f'<div class="ng-note">{"<br>".join(lines)}</div>' if lines else "<span></span>")
        if said.contested:
            with st.container(horizontal=True, gap="small", key=f"grid-choice-{place}"):
                for word, mine in (("用我填的", True), ("用对方的", False)):
                    key = f"grid-{place}-{'mine' if mine else 'theirs'}"
                    st.button(word, key=key, on_click=entry(_decide), args=(report.id, item, held.key, mine))

    region(f"grid-said-{place}", look, draw)
