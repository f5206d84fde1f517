"""Bare numbers that a person keeps: the press that keeps one, and the list of those that were kept."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.checks.finding import Finding
from assistant.reports.acceptance import AcceptedNumber
from assistant.reports.report import Report
from assistant.slots.render import render_text
from assistant.ui import session, texts
from assistant.ui.session import action, desk

#: Characters of the sentence that are shown on either side of the number.
_AROUND = 24


@action
def keep(report_id: str, finding: Finding) -> None:
    """The press 保留这个数."""
    desk().keep_number(report_id, finding)
    session.tell(f"已保留“{finding.excerpt}”；这句话改动后会再提醒。", "success")


@action
def _take_back(report_id: str, accepted_id: int) -> None:
    desk().take_back_number(report_id, accepted_id)


def kept_numbers(report: Report, kept: Sequence[AcceptedNumber]) -> None:
    """已保留的数, with who kept them and when; nothing where there are none."""
    if not kept:
        return
    with st.container(key="card-kept"):
        st.markdown(f"##### 已保留的数（{len(kept)}）")
        for one in kept:
            section = report.section(one.section_key)
            text, tools = st.columns([7, 3], vertical_alignment="center")
            with text:
                title = f"**{texts.as_text(section.title)}**　" if section else ""
                st.markdown(f"{title}{texts.as_text(_sentence(one, report))}")
                st.caption(texts.as_text(_who(one)))
            with tools, st.container(horizontal=True, horizontal_alignment="right"):
                st.button("取消保留", key=f"take-back-{one.id}", on_click=_take_back, args=(report.id, one.id))


def _sentence(one: AcceptedNumber, report: Report) -> str:
    end = one.place + len(one.number)
    before = render_text(one.sentence[: one.place], report.sheet)[-_AROUND:]
    after = render_text(one.sentence[end:], report.sheet)[:_AROUND]
    return f"{before}“{one.number}”{after}".strip()


def _who(one: AcceptedNumber) -> str:
    when = one.when.astimezone().strftime("%Y-%m-%d %H:%M") if one.when else ""
    told = f"事实是{one.expected.replace('=', '：')}" if one.expected else "没有事实支持"
    return " · ".join(part for part in (one.by, when, told) if part)
