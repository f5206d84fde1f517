"""Rows of a ledger that perhaps should not count: told, all counted, and each left out by one press."""

from __future__ import annotations

import html

import streamlit as st

from assistant.intake.workbook_grid import column_letters
from assistant.ledger_review import Questioned
from assistant.pending import Pending
from assistant.reports.report import Report
from assistant.ui.session import action, desk

#: Names with a line of their own.
_SHOWN = 8
#: Rows of one village with a press of their own.
_PRESSES = 4
_WHY = {
    "twice": "“{name}”有 {count} {line}（{rows}）",
    "sum": "“{name}”（{rows}）正好是其他各数的和，像是合计",
    "nameless": "{rows}没有写是谁的",
}


@action
def _count(report_id: str, import_id: str, sheet: str, row: int, counted: bool) -> None:
    desk().count_row(desk().report(report_id), import_id, sheet, row, counted)


def questioned_of(report: Report, pending: Pending) -> None:
    """A line for each; nothing for any other file."""
    found = desk().questioned(report, pending)
    several = len({one.sheet for one in found}) > 1
    for number, one in enumerate(found[:_SHOWN]):
        with st.container(key=f"questioned-{number}", horizontal=True, vertical_alignment="center"):
            st.html(f'<div class="ng-units">{_told(one, several)}</div>')
            for row in one.rows[:_PRESSES]:
                out = row in one.left
                st.button(
                    f"{'计入' if out else '不计'}{_rows(one, (row,))}", key=f"questioned-{number}-{row}",
                    on_click=_count, args=(report.id, pending.id, one.sheet, row, out),
                    help="按新的办法重读一遍，采用过的仍在表里。",
                )  # fmt: skip
    if len(found) > _SHOWN:
        st.html(f'<div class="ng-note">另有 {len(found) - _SHOWN} 处也要核对，都计入了。</div>')


def _told(one: Questioned, several: bool) -> str:
    where = f"工作表“{html.escape(one.sheet)}”的" if several else ""
    name, line = html.escape(one.name), _line(one)
    told = _WHY[one.why].format(name=name, count=len(one.rows), line=line, rows=_rows(one, one.rows))
    rows = where + told
    if not one.left:
        return f"{rows}，<b>{'计入了' if len(one.rows) == 1 else '都计入了'}</b>。"
    kept = tuple(row for row in one.rows if row not in one.left)
    done = f"只计入{_rows(one, kept)}" if kept else "没有计入"
    return f"{rows}，<b>{done}</b>。"


def _line(one: Questioned) -> str:
    return "列" if one.across else "行"


def _rows(one: Questioned, rows: tuple[int, ...]) -> str:
    shown = "、".join(column_letters(row) if one.across else str(row) for row in rows[:6])
    return f"{'' if one.across else '第 '}{shown}{'等' if len(rows) > 6 else ''} {_line(one)}"
