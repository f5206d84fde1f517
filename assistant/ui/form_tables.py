"""Table facts on the 事实 page: a grid to type into, and cells pasted from a spreadsheet."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from assistant.facts.arithmetic import is_sum
from assistant.facts.fields import FactField
from assistant.facts.paste import read_typed_cell
from assistant.facts.sheet import plain
from assistant.facts.values import table_rows
from assistant.reports.report import Report
from assistant.ui.form_commit import entry_of, fact_of, faults, key_of, save
from assistant.ui.form_paste import paste_box
from assistant.ui.form_regions import entry
from assistant.ui.session import desk, renew


def table_row(report: Report, item: FactField) -> None:
    """The grid and, under it, 粘贴到表格."""
    fact = fact_of(report, item.label)
    rows = table_rows(fact.value)
    frame = pd.DataFrame(
        [{column.label: _cell(row.get(column.label)) for column in item.columns} for row in rows],
        columns=[column.label for column in item.columns],
        dtype="object",
    )
    config = {
        column.label: st.column_config.TextColumn(
            f"{column.label}（{column.measure}）" if column.measure else column.label,
            required=column == item.key_column,
        )
        for column in item.columns
    }
    key = key_of(report.id, item.label)
    st.data_editor(
        frame,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config=config,
        width="stretch",
        on_change=entry(_commit_table),
        args=(report.id, item, key, frame),
    )
    paste_box(report, item)


def _cell(value: Any) -> str | None:
    shown = plain(value)
    if value is None or shown is None:
        return None
    return str(shown)


def _commit_table(report_id: str, item: FactField, key: str, frame: pd.DataFrame) -> None:
    """The grid's edits on top of the rows it was drawn with; a row without its name waits in the grid."""
    edits = st.session_state[key]
    rows: list[dict[str, Any]] = frame.to_dict("records")
    for number, changed in edits["edited_rows"].items():
        rows[int(number)].update(changed)
    deleted = set(edits["deleted_rows"])
    rows = [row for number, row in enumerate(rows) if number not in deleted]
    rows += [row for row in edits["added_rows"] if row.get(item.key_column.label)]
    waiting = any(not row.get(item.key_column.label) for row in edits["added_rows"])
    fact = desk().report(report_id).sheet.fact(item.label)
    try:
        worked = [{label: _worked(cell, label, item) for label, cell in row.items()} for row in rows]
    except ValueError as error:
        faults()[report_id, item.label] = str(error)
        return
    if save(report_id, item.label, {**entry_of(fact), "value": worked}) is not None and not waiting:
        renew(f"{report_id}:{item.label}")


def _worked(cell: Any, label: str, item: FactField) -> Any:
    """A sum typed into a cell worked out; anything else is left to be read with its row."""
    column = item.column(label)
    if column is None or not isinstance(cell, str) or not is_sum(cell):
        return cell
    try:
        return read_typed_cell(cell, column)
    except ValueError as error:
        raise ValueError(f"“{label}”写的是“{cell}”：{error}") from error
