"""Facts by sections on 核校: which fact is used where, each cell leading to its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from assistant.checks.coverage_grid import FRAME, CoverageRow
from assistant.reports.outline import numbers
from assistant.reports.report import Report
from assistant.ui.session import desk

#: The first columns, which lead to the fact; the others are sections.
_FACT = ("分组", "事实", "现值")
_WAYS = "几种写法"
_KEY = "coverage-grid"
_AMBER, _GREEN, _RED = (
    "background-color:#fff1cf;color:#8a5a00",
    "background-color:#eaf1ea;color:#1f5a3d",
    "color:#a8201a",
)
LEGEND = (
    "● 用了一次，×2 用了两次；绿底是它该在的一节，“未用”是填了没写进去，“待填”是必填还没有填。"
    "点一格，去到那一节或那项事实。"
)


def columns(report: Report) -> dict[str, str]:
    """Section key → the head of its column, the lines around the text first; sections of one name stay apart."""
    numbered = numbers(report.sections)
    heads: dict[str, str] = {FRAME: "题头落款"}
    for section in report.sections:
        if section.holds_text or section.heading:
            head = section.title
            heads[section.key] = f"{numbered[section.key]}{head}" if head in heads.values() else head
    return heads


def cell(row: CoverageRow, key: str, drafted: bool) -> str:
    """What stands in a cell."""
    count = row.uses.get(key, 0)
    if count:
        return "●" if count == 1 else f"●×{count}"
    if key not in row.home:
        return ""
    if not row.filled:
        return "待填" if row.required else ""
    if row.zero:
        return "（零）"
    return "未用" if drafted else "·"


def _frame(rows: Sequence[CoverageRow], report: Report, heads: dict[str, str]) -> pd.DataFrame:
    drafted = {FRAME: True} | {section.key: bool(section.text) for section in report.sections}
    lines: list[dict[str, str]] = []
    group = ""
    for row in rows:
        shown = row.value if len(row.value) <= 12 else f"{row.value[:11]}…"
        line = dict(zip(_FACT, (row.group if row.group != group else "", row.label, shown), strict=True))
        line |= {head: cell(row, key, drafted[key]) for key, head in heads.items()}
        lines.append({**line, _WAYS: "、".join(row.forms)})
        group = row.group
    return pd.DataFrame(lines, columns=[*_FACT, *heads.values(), _WAYS])


def _style(rows: Sequence[CoverageRow], heads: dict[str, str]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def styled(frame: pd.DataFrame) -> pd.DataFrame:
        styles = pd.DataFrame("", index=frame.index, columns=frame.columns)
        for place, row in enumerate(rows):
            for key, head in heads.items():
                text = frame.at[place, head]
                if text == "未用":
                    styles.at[place, head] = _AMBER
                elif text == "待填":
                    styles.at[place, head] = _RED
                elif key in row.home and text:
                    styles.at[place, head] = _GREEN
            if row.forms:
                styles.at[place, _WAYS] = _AMBER
        return styles

    return styled


def place_of(selected: tuple[int, str], rows: Sequence[CoverageRow], heads: dict[str, str]) -> tuple[str, str]:
    """Where a cell leads: ("draft", section key) or ("facts", group)."""
    number, head = selected
    key = next((key for key, name in heads.items() if name == head), None)
    if key is not None and key != FRAME:
        return "draft", key
    return "facts", rows[number].group


def _follow(rows: Sequence[CoverageRow], heads: dict[str, str]) -> None:
    cells: list[Any] = st.session_state[_KEY]["selection"]["cells"]
    if not cells:
        return
    page, name = place_of(tuple(cells[0]), rows, heads)
    st.session_state["section" if page == "draft" else "group"] = name
    st.session_state["go"] = page


def coverage_grid(report: Report) -> None:
    """Draws the grid with its legend."""
    rows = desk().coverage(report)
    heads = columns(report)
    # What has no section of its own (自称, 文种) shapes the words and is not printed.
    unused = sum(bool(row.home) and row.filled and not row.zero and not row.used for row in rows)
    with st.container(key="card-coverage"):
        st.markdown("##### 事实用在哪里")
        told = f"共 {len(rows)} 项，填了没有用到的 {unused} 项。" if unused else f"共 {len(rows)} 项，填了的都用到了。"
        st.caption(f"{told}{LEGEND}")
        frame = _frame(rows, report, heads)
        st.dataframe(
            frame.style.apply(_style(rows, heads), axis=None),
            hide_index=True,
            width="stretch",
            height=min(560, 36 * (len(rows) + 1) + 3),
            on_select=lambda: _follow(rows, heads),
            selection_mode="single-cell",
            key=_KEY,
            column_config={
                "分组": st.column_config.TextColumn(width=84, pinned=True),
                "事实": st.column_config.TextColumn(width=118, pinned=True),
                **{head: st.column_config.TextColumn(width="small", alignment="center") for head in heads.values()},
            },
        )
