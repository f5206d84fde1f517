"""Redrawing a section: whole, by an instruction, or only some of its sentences."""

from __future__ import annotations

import streamlit as st

from assistant.reports.report import Report, Section, SectionState
from assistant.ui import session
from assistant.ui.session import action, desk

PRESETS = ("更精简", "更详实", "换个写法")
BESIDE = "这一节您改过，新稿会放在旁边"


def redraw(report_id: str, key: str, instruction: str = "") -> None:
    """Has the section written anew. A person's own text stays in place, and they are told so."""
    desk().redraw(report_id, key, instruction)
    _say_beside(report_id, key)


def _say_beside(report_id: str, key: str) -> None:
    section = desk().report(report_id).section(key)
    # The difference takes the place of the text; who wants to go on typing says so.
    st.session_state.pop("here", None)
    if section is not None and section.state is SectionState.EDITED:
        session.tell(f"{BESIDE}，由您逐处选用。", "success")


def redraw_help(section: Section) -> str | None:
    """What the button says of itself."""
    if section.locked:
        return "已锁定，请先解锁"
    if section.state is SectionState.EDITED:
        return BESIDE
    return "换一种写法；旧稿留在“历次稿”里，也可以撤销" if section.text else None


@action
def _redraw(report_id: str, key: str, instruction: str) -> None:
    redraw(report_id, key, instruction)


@action
def _redraw_told(report_id: str, key: str) -> None:
    told = st.session_state.get("instruction", "").strip()
    if not told:
        session.tell("请先写下要求，例如“突出大学生征兵”。", "warning")
        return
    redraw(report_id, key, told)
    st.session_state["instruction"] = ""


def redraw_tools(report: Report, section: Section, busy: bool) -> None:
    """The instruction and its presets."""
    status = desk().engines.status()
    off = busy or section.locked
    if section.state is SectionState.EDITED and not section.locked:
        st.html(f'<div class="ng-note">{BESIDE}。</div>')
    if status.tone not in ("local", "remote"):
        st.html('<div class="ng-note">内置范式只能换写法；要按文字要求改写，请在“设置”里接一个模型。</div>')
        return
    st.text_area(
        "按要求重写这一节", key="instruction", placeholder="如：突出大学生征兵，再短一些", height=84, disabled=off
    )
    with st.container(horizontal=True):
        st.button(
            "按要求重写", type="primary", on_click=_redraw_told, args=(report.id, section.key), key="redraw-told",
            disabled=off,
        )  # fmt: skip
        for preset in PRESETS:
            st.button(
                preset, key=f"preset-{preset}", on_click=_redraw, args=(report.id, section.key, preset), disabled=off
            )
