"""A ledger's hidden rows: told, left out, and taken when a person says so."""

from __future__ import annotations

import html

import streamlit as st

from assistant.pending import Pending
from assistant.reports.report import Report
from assistant.ui.session import action, desk

_SHOWN = 12


@action
def _count(report_id: str, import_id: str, sheet: str, counted: bool) -> None:
    desk().count_hidden(desk().report(report_id), import_id, sheet, counted)


def hidden_rows_of(report: Report, pending: Pending) -> None:
    """A line for each sheet that has some; nothing for any other ledger."""
    for number, (sheet, rows) in enumerate(desk().hidden_rows(pending).items()):
        if sheet in pending.content.skipped:
            continue
        counted = sheet in pending.content.with_hidden
        shown = "、".join(map(str, rows[:_SHOWN])) + ("等" if len(rows) > _SHOWN else "")
        with st.container(key=f"hidden-{number}", horizontal=True, vertical_alignment="center"):
            done = "已经计入" if counted else "没有计入"
            name = f"工作表“{sheet}”" if sheet else ""
            st.html(
                f'<div class="ng-units">{html.escape(name)}第 {shown} 行在 Excel 里是隐藏的（共 {len(rows)} 行），'
                f"<b>{done}</b>。</div>"
            )
            st.button(
                "不计入隐藏的行" if counted else "计入隐藏的行", key=f"count-hidden-{number}", on_click=_count,
                args=(report.id, pending.id, sheet, not counted), help="按新的办法重读一遍，采用过的仍在表里。",
            )  # fmt: skip
