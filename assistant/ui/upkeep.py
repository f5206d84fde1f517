"""What the panel says of a section that needs a look: words that facts may have overtaken, facts that it leaves out."""

from __future__ import annotations

import html

import streamlit as st

from assistant.reports.report import Report, Section, SectionState
from assistant.ui import session
from assistant.ui.redraw import leave_text, redraw, redraw_help
from assistant.ui.session import action, desk
from assistant.ui.soft_lock import BESIDE, asked_first

_SHOWN = 4


@action
def _redraw(report_id: str, key: str) -> None:
    redraw(report_id, key)


@action
def _affirm(report_id: str, key: str, revision: int) -> None:
    desk().affirm(report_id, key, revision)
    session.tell("已记下：这一节仍然有效。", "success")


@action
def _work_in(report_id: str, key: str) -> None:
    def write() -> None:
        desk().work_in(report_id, key)
        leave_text()

    asked_first(report_id, key, write)


def stale_note(report: Report, section: Section, busy: bool) -> None:
    """Why the section may be out of date, and the two ways out."""
    reasons = desk().stale(report).get(section.key, [])
    if not reasons:
        return
    with st.container(key="stale"):
        lines = "".join(f"<li>{html.escape(reason.message)}</li>" for reason in reasons)
        st.html(f'<div class="ng-stale"><b>可能过期</b><ul>{lines}</ul></div>')
        with st.container(horizontal=True):
            st.button(
                "重写这一节", type="primary", on_click=_redraw, args=(report.id, section.key), key="stale-redraw",
                disabled=busy or section.locked, help=redraw_help(section),
            )  # fmt: skip
            st.button(
                "仍然有效", on_click=_affirm, args=(report.id, section.key, section.revision), key="stale-affirm",
                disabled=busy, help="文字不动，以现在的事实为准；事实再变时会再提醒",
            )  # fmt: skip


@action
def _go_on(report_id: str, key: str) -> None:
    desk().go_on(report_id, key)


@action
def _embedded(report_id: str, key: str) -> None:
    desk().draft_embedded(report_id, key)


def going_on(report: Report, section: Section, busy: bool) -> None:
    """For a text that was cut off: one press goes on from its end, where that can help."""
    if section.state is not SectionState.INTERRUPTED or busy:
        return
    if not desk().can_go_on(section):
        _filtered(report, section)
        return
    with_model = desk().engines.engine.key != "embedded"
    why = "从断开处接着写，已写的不动" if with_model else "内置范式不会接着写，会从头重新起草；这一稿留在“历次稿”里"
    with st.container(key="going-on"):
        st.html('<div class="ng-stale"><b>已中断</b>这一节没有写完，已来的部分留着。</div>')
        st.button(
            "接着写" if with_model else "重新起草", type="primary", on_click=_go_on, args=(report.id, section.key),
            key="go-on", disabled=section.locked, help="已锁定，请先解锁" if section.locked else why,
        )  # fmt: skip


def _filtered(report: Report, section: Section) -> None:
    """The chosen service's own filter cut it off: going on would meet it again, so other ways are offered."""
    told = "已锁定，请先解锁" if section.locked else None
    with st.container(key="filtered"):
        st.html(
            '<div class="ng-stale"><b>被审核拦下</b>模型服务的内容审核拦下了后面的文字，'
            "这个模型接着写还会被拦。已来的部分留着，可以在纸上自己补完，也可以：</div>"
        )
        with st.container(horizontal=True):
            st.button(
                "重写这一节", type="primary", on_click=_redraw, args=(report.id, section.key), key="filtered-redraw",
                disabled=section.locked, help=told or "从头换一种写法，不一定再被拦；这一稿留在“历次稿”里",
            )  # fmt: skip
            st.button(
                "用内置范式写", on_click=_embedded, args=(report.id, section.key), key="filtered-embedded",
                disabled=section.locked, help=told or "不经模型服务，不会被拦；这一稿留在“历次稿”里",
            )  # fmt: skip
            st.page_link("assistant/ui/views/settings.py", label="换一个模型")


def affirmed_note(section: Section) -> None:
    """When a person last said that the text still holds."""
    if section.affirmed is not None:
        when = section.affirmed.astimezone().strftime("%m-%d %H:%M")
        st.html(f'<div class="ng-note">{when} 确认过仍然有效。</div>')


def unused_note(report: Report, section: Section, busy: bool) -> None:
    """How many of its facts the section leaves out, and one press that has them worked in."""
    unused = desk().unused(report, section)
    if not unused:
        return
    names = "、".join(unused[:_SHOWN]) + ("等" if len(unused) > _SHOWN else "")
    st.html(f'<div class="ng-note">未用 {len(unused)} 项：{html.escape(names)}</div>')
    possible = section.locked is False and desk().fuller(report, section) is not None
    why = (
        "重写这一节，把这几项写进去；原稿留着"
        if possible
        else "内置范式没有能写进这几项的说法，请直接编辑，或接一个模型"
    )
    if section.locked:
        why = "已锁定，请先解锁"
    elif possible and section.state is SectionState.EDITED:
        why = f"{BESIDE}；{why}"
    st.button(
        "把未用的写进去", on_click=_work_in, args=(report.id, section.key), key="work-in",
        disabled=busy or not possible, help=why, icon=":material/playlist_add:",
    )  # fmt: skip
