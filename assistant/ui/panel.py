"""The panel at the right of 起草: redraw with an instruction, the section's facts, its history."""

from __future__ import annotations

import html
from collections.abc import Mapping

import streamlit as st

from assistant.drafting.jobs import Job
from assistant.reports.report import Report, Section
from assistant.slots.forms import Missing, Unknown, print_fact
from assistant.slots.grammar import slots_in
from assistant.ui import session, texts
from assistant.ui.session import action, desk, renew
from assistant.ui.upkeep import affirmed_note, stale_note, unused_note

_PRESETS = ("更精简", "更详实", "换个写法")


def panel(report: Report, live: Mapping[str, Job], selected: str | None) -> None:
    """What can be done with the chosen section, or with the report when none is chosen."""
    section = report.section(selected) if selected else None
    _engine_note()
    if section is None:
        st.html('<div class="ng-note">在纸上点进文字就能改；点左边的一节，可重写，查看它用到的事实和历次稿。</div>')
        return
    job = live.get(section.key)
    busy = job is not None and job.live
    stale_note(report, section, busy)
    _instruct(report, section, busy)
    unused_note(report, section, busy)
    _facts(report, section)
    affirmed_note(section)
    _history(report, section)


def _engine_note() -> None:
    status = desk().engines.status()
    label, note = html.escape(status.label), html.escape(status.note)
    st.html(f'<div class="ng-eyebrow">{label}</div><div class="ng-note">{note}</div>')


@action
def _redraw(report_id: str, key: str, instruction: str) -> None:
    desk().redraw(report_id, key, instruction)


@action
def _redraw_told(report_id: str, key: str) -> None:
    told = st.session_state.get("instruction", "").strip()
    if not told:
        session.tell("请先写下要求，例如“突出大学生征兵”。", "warning")
        return
    desk().redraw(report_id, key, told)
    st.session_state["instruction"] = ""


def _instruct(report: Report, section: Section, busy: bool) -> None:
    status = desk().engines.status()
    if status.tone in ("local", "remote"):
        st.text_area(
            "按要求重写这一节",
            key="instruction",
            placeholder="如：突出大学生征兵，再短一些",
            height=84,
            disabled=busy or section.locked,
        )
        with st.container(horizontal=True):
            st.button(
                "按要求重写", type="primary", on_click=_redraw_told, args=(report.id, section.key), key="redraw-told",
                disabled=busy or section.locked,
            )  # fmt: skip
            for preset in _PRESETS:
                st.button(
                    preset, key=f"preset-{preset}", on_click=_redraw, args=(report.id, section.key, preset),
                    disabled=busy or section.locked,
                )  # fmt: skip
    else:
        st.html('<div class="ng-note">内置范式只能换写法；要按文字要求改写，请在“设置”里接一个模型。</div>')


def _facts(report: Report, section: Section) -> None:
    """The facts that this section should use: value, whether used, and what is missing."""
    if not section.facts:
        return
    used = {report.sheet.schema.find(slot.label) for slot in slots_in(section.text)}
    rows = []
    count = 0
    for label in section.facts:
        item = report.sheet.schema.find(label)
        if item is None:
            continue
        fact = report.sheet.fact(label)
        try:
            value = print_fact(fact, item)
        except (Missing, Unknown):
            value = ""
        if not value:
            rows.append((label, "未填", "gray"))
        # A zero is told in words (未出现信访举报), not as a figure.
        elif section.text and item not in used and fact.value != 0:
            rows.append((label, f"{_short(value)} · 未用", "warn"))
        else:
            count += 1
            rows.append((label, _short(value), ""))
    lines = (
        f'<div class="ng-factline {tone}"><span>{html.escape(label)}</span><small>{html.escape(value)}</small></div>'
        for label, value, tone in rows
    )
    head = f'<div class="ng-eyebrow" style="margin-top:14px">本节的事实 {count}/{len(rows)}</div>'
    st.html(head + "".join(lines))
    st.page_link("assistant/ui/views/facts.py", label="去填事实", icon=":material/edit_square:")


def _short(text: str) -> str:
    return text if len(text) <= 12 else text[:11] + "…"


@action
def _restore(report_id: str, key: str, number: int) -> None:
    desk().restore(report_id, key, number)
    renew(f"body:{key}")
    session.tell(f"已恢复第 {number} 稿，成为最新的一稿。", "success")


def _history(report: Report, section: Section) -> None:
    if not section.revision:
        return
    with st.expander("历次稿", icon=":material/history:"):
        for version in desk().versions(report.id, section.key):
            engine = {"embedded": texts.EMBEDDED_LABEL, "endpoint": version.model}.get(version.engine, "")
            when = version.written.astimezone().strftime("%m-%d %H:%M")
            parts = (f"第 {version.number} 稿", texts.ORIGINS[str(version.origin)], engine, when)
            st.caption(" · ".join(part for part in parts if part) + ("" if version.complete else " · 未写完"))
            if version.number == section.revision:
                st.caption("当前稿")
                continue
            with st.popover("看这一稿"):
                st.text(version.text)
            st.button(
                "恢复", key=f"restore-{section.key}-{version.number}", on_click=_restore,
                args=(report.id, section.key, version.number),
            )  # fmt: skip
