"""Drafts that failed, on the paper: why, what was kept, and another try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from assistant.drafting.jobs import Job
from assistant.errors import EndpointError
from assistant.reports.report import Report, Section
from assistant.slots.render import render_text
from assistant.ui import texts
from assistant.ui.redraw import redraw
from assistant.ui.session import action, desk, renew

_UNSAVED = "写好的文字还留在程序里，没有丢；能保存以后按“再存一次”，不用重写。关掉程序就没有了。"


def failed_alike(report: Report, live: Mapping[str, Job]) -> dict[str, list[str]]:
    """Why several sections failed → their keys, where it is the same for them: a service that cannot be reached."""
    found: dict[str, list[str]] = {}
    for section in report.sections:
        job = live.get(section.key)
        if job is not None and job.state == "failed" and job.error is not None:
            found.setdefault(job.error.for_user(), []).append(section.key)
    return {why: keys for why, keys in found.items() if len(keys) > 1}


def failures(report: Report, alike: Mapping[str, Sequence[str]]) -> None:
    """Tells each reason once, over the text, and has all of its sections tried again with one press."""
    live = desk().progress(report.id) if alike else {}
    # Always there: a box that comes and goes would have the browser make the paper below anew.
    with st.container(key="failed-alike"):
        for number, (why, keys) in enumerate(alike.items()):
            unsaved = [key for key in keys if key in live and live[key].unsaved]
            came = (live[key] for key in keys if key in live)
            kept = "已来的部分留在各节里。" if any(job.in_place and not job.same for job in came) else ""
            st.error(f"{len(keys)} 节没有写成：{texts.as_text(why)}{kept}", icon=":material/error:")
            if unsaved:
                st.caption(_UNSAVED)
            with st.container(horizontal=True, horizontal_alignment="right"):
                if unsaved:
                    st.button("再存一次", key=f"keep-all-{number}", on_click=_keep, args=(report.id, *unsaved))
                st.button(
                    "全部重写" if unsaved else "全部再试",
                    key=f"again-all-{number}",
                    on_click=_all_again,
                    args=(report.id, keys),
                    type="primary",
                )
                away = "都不要了" if unsaved else "知道了"
                st.button(away, key=f"dismiss-all-{number}", on_click=_dismiss, args=(report.id, *keys))


@action
def _all_again(report_id: str, keys: Sequence[str]) -> None:
    report = desk().report(report_id)
    for key in keys:
        # Locked meanwhile: its box stays, with the reason on its own button.
        if (section := report.section(key)) is not None and not section.locked:
            desk().redraw(report_id, key)


@action
def write_again(report_id: str, key: str) -> None:
    redraw(report_id, key)


@action
def _keep(report_id: str, *keys: str) -> None:
    for key in keys:
        desk().keep_draft(report_id, key)
        renew(f"body:{key}")


@action
def _dismiss(report_id: str, *keys: str) -> None:
    for key in keys:
        desk().dismiss(report_id, key)


def failure(report: Report, section: Section, job: Job | None) -> None:
    """What became of a section's draft that failed, in its place; what is to be said of one that did not."""
    if job is not None and job.state == "done" and job.told:
        st.warning(texts.as_text(f"“{section.title}”请留意：{'；'.join(job.told)}。"))
        with st.container(horizontal=True, horizontal_alignment="right"):
            st.button("知道了", key=f"dismiss-{section.key}", on_click=_dismiss, args=(report.id, section.key))
    if job is None or job.state != "failed" or job.error is None:
        return
    told = texts.as_text(job.error.for_user()) + _kept(section, job)
    st.error(f"“{section.title}”没有写成：{told}", icon=":material/error:")
    if job.unsaved:
        with st.expander(f"看写好的 {job.characters} 字"):
            st.text(render_text(job.text, report.sheet))
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if job.unsaved:
            st.button("再存一次", key=f"keep-{section.key}", type="primary", on_click=_keep,
                      args=(report.id, section.key))  # fmt: skip
        if isinstance(job.error, EndpointError):
            st.page_link("assistant/ui/views/settings.py", label="去设置")
        again = "重写" if job.unsaved else "再试一次"
        st.button(again, key=f"again-{section.key}", on_click=write_again, args=(report.id, section.key))
        st.button(
            "不要了" if job.unsaved else "知道了", key=f"dismiss-{section.key}", on_click=_dismiss,
            args=(report.id, section.key),
        )  # fmt: skip


def _kept(section: Section, job: Job) -> str:
    """What became of what had come, and of the text that was there."""
    if job.unsaved:
        return _UNSAVED
    if job.same or (section.text and not job.text.strip()):
        return "" if job.error is not None and "没有动" in job.error.message else "原来的文字没有动。"
    if job.in_place:
        return "已来的部分留在这一节里。"
    if job.in_place is False:
        return "已来的部分作为新稿放在旁边，原来的文字没有动。"
    return ""
