"""An old report's headings, confirmed one by one as a shape of one's own."""

from __future__ import annotations

import html
from dataclasses import replace

import streamlit as st

from assistant.pending import Pending
from assistant.reports.report import Report
from assistant.shaping import LEAVE_OUT, Outline, Planned
from assistant.ui import session
from assistant.ui.session import action, desk, generation, renew

_WIDTHS = [3.6, 2.6, 4.8]
_ONLY = "只作标题"
_OUT = "不要"
_FACTS = 14


@action
def _save(report_id: str, import_id: str, key: str) -> None:
    report = desk().report(report_id)
    outline = desk().outline_of(report, desk().pending(report, import_id))
    if outline is None:
        return
    state = st.session_state
    planned = tuple(
        replace(one, heading=_heading(one, state.get(f"{key}:heading:{number}")), template=state[f"{key}:as:{number}"])
        for number, one in enumerate(outline.planned)
    )
    confirmed = Outline(state[f"{key}:base"], planned)
    desk().add_own_shape(report.report_type, state.get(f"{key}:name") or "", confirmed)
    renew("own-shape")
    session.tell("已存为我的样式：新建报告时在“我的样式”里选用。", "success")


def _heading(one: Planned, typed: str | None) -> str:
    # A slot in it (the year) was made by code; what a person types is plain words or the same slot.
    return one.heading if typed is None else " ".join(typed.split())


def shape_of_file(report: Report, pending: Pending) -> None:
    """Behind a line to open; nothing for a text without headings."""
    outline = desk().outline_of(report, pending)
    if outline is None:
        return
    report_type = desk().report_type(report)
    known = desk().sections_known(report.report_type)
    key = f"own-shape:{pending.id}:{generation('own-shape')}"
    with st.expander("把这份稿子的标题和顺序存为“我的样式”"):
        st.html(
            '<div class="ng-note">只取标题和先后，原来的句子一句不带。标题可以改，每个标题对应写哪一节请核对。</div>'
        )
        for place, word in zip(st.columns(_WIDTHS, gap="small"), ("标题", "写哪一节", "稿子里说到的事实"), strict=True):
            place.html(f'<div class="ng-eyebrow">{word}</div>')
        options = ["", *known, LEAVE_OUT]
        names = {"": _ONLY, LEAVE_OUT: _OUT, **{template: section.title for template, section in known.items()}}
        for number, one in enumerate(outline.planned):
            _line(one, key, number, options, names)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            shapes = {shape.key: shape.name for shape in report_type.shapes}
            st.text_input("样式名称", key=f"{key}:name", placeholder="如 本镇历年写法")
            st.selectbox(
                "题名、称呼、落款依照",
                list(shapes),
                index=list(shapes).index(outline.base),
                format_func=lambda name: shapes[name],
                key=f"{key}:base",
            )
            st.button("存为我的样式", key="save-shape", on_click=_save, args=(report.id, pending.id, key))


def _line(one: Planned, key: str, number: int, options: list[str], names: dict[str, str]) -> None:
    heading, section, facts = st.columns(_WIDTHS, gap="small")
    with heading:
        if one.heading:
            with st.container(key=f"deep-{one.depth}-{number}"):
                st.text_input("标题", value=one.heading, key=f"{key}:heading:{number}", label_visibility="collapsed")
        else:
            st.html(f'<div class="ng-field">{html.escape(one.told)}<small>没有标题</small></div>')
    section.selectbox(
        "写哪一节",
        options,
        index=options.index(one.template),
        format_func=lambda template: names[template],
        key=f"{key}:as:{number}",
        label_visibility="collapsed",
    )
    shown = "、".join(one.found[:_FACTS]) + (f"等 {len(one.found)} 项" if len(one.found) > _FACTS else "")
    told = f"{one.told}。" if one.told and one.heading else ""
    doubt = '　<span class="warn">没有认出对应的章节</span>' if one.template == LEAVE_OUT else ""
    facts.html(f'<div class="ng-note">{html.escape(told + shown)}{doubt}</div>')
