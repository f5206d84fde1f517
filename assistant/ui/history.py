"""历次稿 of a section: who wrote what and when, any two compared, any one put in place again."""

from __future__ import annotations

import html

import streamlit as st

from assistant.reports.report import Report, Section, Version
from assistant.slots.render import render_text
from assistant.ui import session
from assistant.ui.candidate import version_line
from assistant.ui.compared import compared_html
from assistant.ui.session import action, desk, renew

#: Versions that are listed; older ones can be chosen where two are compared.
_LISTED = 10
_LOCKED = "已锁定，请先解锁"


@action
def _restore(report_id: str, key: str, number: int) -> None:
    desk().restore(report_id, key, number)
    renew(f"body:{key}")
    session.tell(f"已恢复第 {number} 稿，成为最新的一稿。", "success")


def history(report: Report, section: Section) -> None:
    """The section's versions; nothing before the first."""
    if not section.revision:
        return
    box = st.expander("历次稿", icon=":material/history:", key="history-open", on_change="rerun")
    if not box.open:
        return
    with box:
        found = desk().history(report.id, section)
        if len(found) > 1 and st.button("比较两稿", key="compare", icon=":material/compare_arrows:"):
            _compare(report.id, section.key)
        for entry in found[:_LISTED]:
            version = entry.version
            current = version.number == section.revision
            st.html(_entry_html(version_line(version, entry.saves), version.instruction, current=current))
            if current:
                continue
            with st.container(horizontal=True, gap="small", key=f"version-{version.number}"):
                with st.popover("看这一稿"):
                    st.text(render_text(version.text, report.sheet))
                st.button(
                    "恢复", key=f"restore-{section.key}-{version.number}", on_click=_restore,
                    args=(report.id, section.key, version.number),
                    disabled=section.locked, help=_LOCKED if section.locked else None,
                )  # fmt: skip
        if len(found) > _LISTED:
            st.caption(f"更早的 {len(found) - _LISTED} 稿在“比较两稿”里。")


def _entry_html(line: str, instruction: str, *, current: bool) -> str:
    asked = f"<small>要求：{html.escape(instruction)}</small>" if instruction else ""
    mark = "<i>当前稿</i>" if current else ""
    return f'<div class="ng-version">{mark}{html.escape(line)}{asked}</div>'


@st.dialog("比较两稿", width="large")
def _compare(report_id: str, key: str) -> None:
    report = desk().report(report_id)
    section = report.section(key)
    if section is None:
        return
    found = [entry.version for entry in desk().history(report_id, section)]
    now = next((place for place, version in enumerate(found) if version.number == section.revision), 0)
    left, right = st.columns(2)
    # The one before; of the oldest one what waits beside it.
    other = now + 1 if now + 1 < len(found) else now - 1
    older = left.selectbox("从", found, index=other, format_func=version_line, key="older")
    newer = right.selectbox("到", found, index=now, format_func=version_line, key="newer")
    if older.text == newer.text:
        st.caption("这两稿的文字相同。")
    st.html(compared_html(older.text, newer.text, report.sheet))
    st.html('<div class="ng-note">删去的划线，添上的加底色；数按现在的事实显示。</div>')
    with st.container(horizontal=True, horizontal_alignment="right"):
        for version in dict.fromkeys((older, newer)):
            _restore_button(report_id, section, version)


def _restore_button(report_id: str, section: Section, version: Version) -> None:
    why = "就是当前稿" if version.number == section.revision else _LOCKED if section.locked else None
    if st.button(
        f"恢复第 {version.number} 稿", key=f"back-{version.number}", disabled=why is not None, on_click=_restore,
        args=(report_id, section.key, version.number), help=why,
    ):  # fmt: skip
        st.rerun()
