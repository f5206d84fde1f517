"""A new text that will wait beside the section's own, as it comes: at the right. The paper keeps the person's."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assistant.drafting.jobs import Job
from assistant.reports.report import Report, Section
from assistant.slots.render import render
from assistant.ui.paper import pieces_html
from assistant.ui.session import action, desk


def on_paper(live: Mapping[str, Job]) -> dict[str, Job]:
    """The jobs without those whose text comes beside: the paper shows their sections as they are."""
    return {key: job for key, job in live.items() if not (job.live and job.beside)}


def coming(report: Report, section: Section, job: Job | None) -> None:
    """The text that is being written, and a way to stop it; nothing where none comes beside."""
    if job is None or not job.live or not job.beside:
        return
    with st.container(key="coming"):
        st.html('<div class="ng-eyebrow">正在写新稿，写好放在旁边</div>')
        st.fragment(_draw, run_every=1.0)(report, section.key)
        st.button("停止这一节", key=f"stop-{section.key}", on_click=_stop, args=(report.id, section.key))


def _draw(report: Report, key: str) -> None:
    job = desk().progress(report.id).get(key)
    if job is None or not job.live:
        st.rerun()
    words = pieces_html(render(job.text, report.sheet)).replace("\n", "<br>")
    waits = "排队等待" if job.state == "queued" else job.waiting
    st.html(f'<div class="ng-said">{words or waits}<span class="ng-caret"></span></div>')


@action
def _stop(report_id: str, key: str) -> None:
    desk().stop(report_id, key)
