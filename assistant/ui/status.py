"""The line at the foot of the page: length, facts, open places, last save."""

from __future__ import annotations

import streamlit as st

from assistant.reports.report import Report
from assistant.ui.session import desk


def status_line(report: Report) -> None:
    whole = desk().manuscript(report)
    goal = desk().goal(report)
    missing = len(whole.open_places)
    bare = sum(len(marks) for marks in desk().bare_numbers(report).values())
    warnings = [text for count, text in ((bare, f"{bare} 处裸数字"), (missing, f"{missing} 处待补")) if count]
    saved = report.updated.astimezone().strftime("%H:%M:%S")
    st.html(
        '<div class="ng-status">'
        f"<span><b>{whole.characters:,}</b> 字 / 目标 {goal:,}</span>"
        f"<span>事实 {report.sheet.filled()}/{len(report.sheet.schema.fields)} 已填</span>"
        f'<span class="warn">{" · ".join(warnings)}</span><span class="right">已保存 {saved}</span></div>'
    )
