"""The panel at the right of 起草: what can be done with the section, its facts, its history, kept versions of all."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import partial

import streamlit as st

from assistant.drafting.jobs import Job
from assistant.reports.report import Report, Section, budget
from assistant.slots.forms import Missing, Unknown, print_fact
from assistant.slots.grammar import slots_in
from assistant.ui.coming import coming
from assistant.ui.history import history
from assistant.ui.milestones import milestones
from assistant.ui.outline_editing import editing
from assistant.ui.outline_voice import voice_note
from assistant.ui.redraw import redraw_tools
from assistant.ui.section_settings import section_settings
from assistant.ui.sending_progress import section_note
from assistant.ui.session import desk
from assistant.ui.upkeep import affirmed_note, going_on, stale_note, unused_note

#: Hints that are shown beside the section; the others are in 核校.
_HINTS = 3
_LENGTHS = {"length.under": "，偏短", "length.over": "，偏长"}


def panel(report: Report, live: Mapping[str, Job], selected: str | None) -> None:
    """What can be done with the chosen section, or with the report when none is chosen."""
    if editing():
        section_settings(report)
        return
    section = report.section(selected) if selected else None
    _engine_note()
    if section is None:
        st.html('<div class="ng-note">在纸上点进文字就能改；点左边的一节，可重写，查看它用到的事实和历次稿。</div>')
        milestones(report)
        return
    job = live.get(section.key)
    busy = job is not None and job.live
    # A box for each, drawn also where it is empty: what comes or goes over the others would have the browser make all
    # that follows anew, and the panel, shorter for a moment, would lose its place under a press.
    for part in (
        partial(_length, report, section),
        partial(stale_note, report, section, busy),
        partial(voice_note, report, section),
        partial(going_on, report, section, busy),
        partial(coming, report, section, job),
        partial(redraw_tools, report, section, busy),
        partial(unused_note, report, section, busy),
        partial(_facts, report, section),
        partial(affirmed_note, section),
        partial(_sent, job),
        partial(history, report, section),
        partial(milestones, report),
    ):
        with st.container():
            part()


def _sent(job: Job | None) -> None:
    if note := section_note(job):
        st.html(note)


def _engine_note() -> None:
    status = desk().engines.status()
    label, note = html.escape(status.label), html.escape(status.note)
    st.html(f'<div class="ng-eyebrow">{label}</div><div class="ng-note">{note}</div>')


def _length(report: Report, section: Section) -> None:
    """How long the section is beside its share of the report, and what may be said better: hints only."""
    share = budget(section, report.sections, desk().goal(report))
    now = desk().manuscript(report).characters_of(section.key)
    found = [one for one in desk().findings(report) if one.section_key == section.key and one.severity == "hint"]
    far = next((word for one in found for rule, word in _LENGTHS.items() if one.rule == rule), "")
    hints = [one.message for one in found if one.rule.startswith("repetition.")]
    more = f"<li>还有 {len(hints) - _HINTS} 处，见“核校”</li>" if len(hints) > _HINTS else ""
    lines = "".join(f"<li>{html.escape(hint)}</li>" for hint in hints[:_HINTS]) + more
    told = f'<ul class="ng-hints">{lines}</ul>' if lines else ""
    st.html(f'<div class="ng-note">本节 {now} 字 / 目标约 {share} 字{far}{told}</div>')


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
            rows.append((label, "未填" if fact.empty else "没有", "gray"))
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
