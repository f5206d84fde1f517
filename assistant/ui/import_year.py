"""The question whose year a source speaks of, over its finds."""

from __future__ import annotations

import streamlit as st

from assistant.intake.source_year import YearQuestion, year_question
from assistant.pending import Aim, Pending
from assistant.reports.report import Report
from assistant.ui import session
from assistant.ui.session import action, desk

_ANSWERS: tuple[tuple[Aim, str], ...] = (("last_year", "作为去年数填入"), ("value", "作为今年数填入"))


def leave() -> None:
    """Back to the form; the finds wait."""
    st.session_state["find"] = ""
    st.query_params.pop("find", None)


@action
def _aim(import_id: str, aim: Aim) -> None:
    desk().aim(import_id, aim)


@action
def _take_nothing(import_id: str) -> None:
    desk().drop_import(import_id)
    leave()
    session.tell("这份稿子没有取数，也不再列出。", "success")


def year_asked(report: Report, pending: Pending) -> bool:
    """Draws the question, or its answer with the way to another; whether it still waits for one."""
    question = year_question(pending.extraction, report.sheet)
    if question is None:
        return False
    aim = pending.content.aim
    with st.container(key="find-year", horizontal=True, vertical_alignment="center"):
        st.html(_said(question, aim))
        for key, word in _ANSWERS:
            if aim != key:
                first = not aim and key == "last_year" and question.last_year
                st.button(
                    word, key=f"aim-{key}", type="primary" if first else "secondary",
                    on_click=_aim, args=(pending.id, key),
                )  # fmt: skip
        if not aim:
            st.button("不取", key="aim-nothing", type="tertiary", on_click=_take_nothing, args=(pending.id,))
    return not aim


def _said(question: YearQuestion, aim: Aim) -> str:
    source, report = question.source, question.report
    if source is None:
        told = "<b>这是哪一年的稿子？</b>稿子里没有写年份。"
    elif report is None:
        told = f"<b>这是 {source} 年的稿子，</b>本报告的年度还没有填。"
    elif question.last_year:
        told = f"<b>这是 {source} 年的稿子。</b>"
    else:
        told = f"<b>这是 {source} 年的稿子，</b>本报告写 {report} 年，它的去年是 {report - 1} 年。"
    if not aim:
        return f"{told}数值填到哪里？"
    return f"{told}数值作为{'去年数' if aim == 'last_year' else '今年数'}填入。"
