"""撤销 and 重做 under the outline, which stays while the paper scrolls: the report's last step, named on the button."""

from __future__ import annotations

import streamlit as st

from assistant.reports.report import Report
from assistant.reports.text_history import StepKind, TextStep, told_done, told_step
from assistant.ui import session, texts
from assistant.ui.section_editor import typed_here
from assistant.ui.session import action, desk, renew


def undo_bar(report: Report) -> None:
    ways = desk().text_ways(report.id)
    with st.container(key="undo-redo", gap="small"):
        for key, word, step in (("undo-text", "撤销", ways.undo), ("redo-text", "重做", ways.redo)):
            what = texts.as_text(told_step(step)) if step else ""
            st.button(
                f"{word}：{what}" if what else word,
                key=key,
                icon=":material/undo:" if word == "撤销" else ":material/redo:",
                type="tertiary",
                disabled=step is None,
                help=f"{word}“{what}”，{_undone(step)}" if step and word == "撤销" else None,
                on_click=_undo if word == "撤销" else _redo,
                args=(report.id, step),
            )


def _undone(step: TextStep) -> str:
    refused = step.kind in (StepKind.REFUSE, StepKind.REFUSE_PART)
    return "那份新稿重新等您选用，文字不动" if refused else "文字回到那一步之前"


@action
def _undo(report_id: str, step: TextStep) -> None:
    _went(desk().undo_text(report_id, _last_typed(report_id, step).number), "已撤销")


def _last_typed(report_id: str, step: TextStep) -> TextStep:
    """What was typed here since the button was drawn, which the page follows only after a pause, else its step."""
    last = desk().text_ways(report_id).undo
    if last is None or last.kind is not StepKind.EDIT:
        return step
    report = desk().report(report_id)
    return last if all(typed_here(report, move.section_key) for move in last.moves) else step


@action
def _redo(report_id: str, step: TextStep) -> None:
    _went(desk().redo_text(report_id, step.number), "已重做")


def _went(step: TextStep, word: str) -> None:
    for move in step.moves:
        renew(f"body:{move.section_key}")
    session.tell(f"{word}：{told_done(step)}", "success")
    if len(step.moves) == 1 and st.session_state.get("section") != step.moves[0].section_key:
        st.session_state["section"] = step.moves[0].section_key
        st.session_state["turn"] = st.session_state.get("turn", 0) + 1
        st.session_state.pop("editing", None)
        st.session_state.pop("here", None)
