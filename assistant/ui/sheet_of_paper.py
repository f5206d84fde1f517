"""The paper in the middle of 起草: read it, edit one section on it, watch sections being written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.checks.finding import Finding
from assistant.drafting.job import JobState
from assistant.drafting.jobs import Job
from assistant.reports.manuscript import Block, Manuscript, section_blocks
from assistant.reports.outline import numbers
from assistant.reports.report import Report, Section, SectionState
from assistant.ui.candidate import beside, candidate, candidate_of
from assistant.ui.failed import failed_alike, failure, failures, write_again
from assistant.ui.merge import merging, parted, save
from assistant.ui.outline import select
from assistant.ui.paper import Mark, closing_html, head_html, live_html, section_html
from assistant.ui.redraw import redraw_help
from assistant.ui.section_editor import editors_of_page, section_editor
from assistant.ui.session import action, desk, generation, plain_editor

#: What draws something in a place that was kept for it.
Later = Callable[[], None]


@dataclass(frozen=True)
class _Stream:
    """A section that is being written, and where its text is drawn as it comes."""

    section: Section
    number: str
    place: DeltaGenerator


def paper(report: Report, live: Mapping[str, Job], selected: str | None) -> list[Later]:
    """The whole report on its paper; the chosen section with its tools.

    Returns:
        What is still to be drawn: the editors, each in its place, to be called outside of any other box. A fragment
        copies all boxes around it with all that is around each of those (measured: a seventh of a run with eleven).
    """
    whole = desk().manuscript(report)
    marks = desk().bare_numbers(report) if plain_editor() else {}
    findings = [] if plain_editor() else desk().findings(report)
    numbered = numbers(report.sections)
    streams: list[_Stream] = []
    later: list[Later] = []
    with st.container(key="paper"):
        st.html(head_html(whole))
        if all(section.state is SectionState.EMPTY for section in report.written) and not live:
            _invite(report)
        alike = failed_alike(report, live)
        failures(report, alike)
        told = {key for keys in alike.values() for key in keys}
        for section in report.sections:
            # What is told once for all is not told again in each section.
            job = live.get(section.key) if section.key not in told else None
            if not plain_editor():
                drawn = _part(report, whole, section, numbered[section.key], job, section.key == selected, streams)
                if drawn is not None:
                    later.append(partial(_editor_in, *drawn, report, findings, section, section.key == selected))
            elif job is not None and job.live:
                _stop_button(report, section, "停止这一节")
                streams.append(_Stream(section, numbered[section.key], st.empty()))
            elif section.key == selected:
                _chosen(report, section, whole.of(section.key), job, marks.get(section.key, ()))
            else:
                _read(report, section, whole.of(section.key), job, marks.get(section.key, ()))
        if closing := closing_html(whole):
            st.html(closing)
        if not plain_editor():
            editors_of_page(report, live)
    if streams:
        # One for all: a browser draws a page with many parts anew for each fragment that runs, which a typing hand
        # feels: less often while somebody is in a text. An editor elsewhere is never touched while text streams.
        st.fragment(_draw_streams, run_every=1.0 if "here" in st.session_state else 0.5)(report, streams)
    return later


@action
def _draft_all(report_id: str) -> None:
    desk().draft_all(report_id)


def _invite(report: Report) -> None:
    filled = report.sheet.filled()
    st.info(
        f"还没有文字。已填事实 {filled} 项；按下面的按钮起草全部章节，没有填的事实会留出【待补】。",
        icon=":material/edit_note:",
    )
    st.button("起草全部章节", type="primary", on_click=_draft_all, args=(report.id,), key="draft-all-paper")


def _read(report: Report, section: Section, blocks: Sequence[Block], job: Job | None, marks: tuple[Mark, ...]) -> None:
    if section.holds_text or blocks:
        st.html(section_html(blocks, marks, "（未起草）" if section.holds_text else ""))
    failure(report, section, job)


def _part(
    report: Report,
    whole: Manuscript,
    section: Section,
    number: str,
    job: Job | None,
    selected: bool,
    streams: list[_Stream],
) -> tuple[DeltaGenerator, Block | None] | None:
    """A section whose text is edited in its place.

    The text's box is always the first, and what comes and goes stands behind it: an editor drawn in another box would
    lose its caret and what can be undone. The tools stand in the margin by style.

    Returns:
        Where its editor belongs, with the paragraph that begins with its heading; None where it has none.
    """
    place = None
    live = job is not None and job.live
    with st.container(key=f"part-{section.key}"):
        with (box := st.container(key=f"text-{section.key}")):
            if live:
                if not selected:
                    _stop_button(report, section, "停止")
                streams.append(_Stream(section, number, st.empty()))
            else:
                blocks = whole.of(section.key)
                if bare_heading := [block for block in blocks if block.heading and not block.runin]:
                    st.html(section_html(bare_heading))
                if section.holds_text:
                    place = box, next((block for block in blocks if block.runin), None)
        if selected:
            with st.container(key=f"sec-on-{section.key}"):
                if section.holds_text:
                    _tools(report, section, editing=None, live=live)
        if (waiting_texts := parted().get((report.id, section.key))) is not None:
            merging(report, section.key, waiting_texts)
        if selected and (waiting := candidate_of(report, section)) is not None:
            beside(report, section, waiting, whole.of(section.key))
        failure(report, section, job)
    return place


def _editor_in(
    box: DeltaGenerator,
    lead: Block | None,
    report: Report,
    findings: Sequence[Finding],
    section: Section,
    selected: bool,
) -> None:
    with box:
        section_editor(report, findings, section, lead, selected)


def _stop_button(report: Report, section: Section, label: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="right", key=f"live-tools-{section.key}"):
        _stop_here(report, section, label)


def _stop_here(report: Report, section: Section, label: str) -> None:
    st.button(label, key=f"stop-{section.key}", on_click=_stop, args=(report.id, section.key))


def _draw_streams(report: Report, streams: list[_Stream]) -> None:
    jobs = desk().progress(report.id)
    if any((job := jobs.get(stream.section.key)) is None or not job.live for stream in streams):
        st.rerun()
    for stream in streams:
        job = jobs[stream.section.key]
        blocks = section_blocks(replace(stream.section, text=job.text), stream.number, report.sheet)
        queued = job.state is JobState.QUEUED
        stream.place.html(section_html(blocks, (), "（排队等待起草）") if queued else live_html(blocks))


@action
def _stop(report_id: str, key: str) -> None:
    desk().stop(report_id, key)


def _chosen(
    report: Report, section: Section, blocks: Sequence[Block], job: Job | None, marks: tuple[Mark, ...]
) -> None:
    editing = st.session_state.get("editing") == section.key
    with st.container(key=f"sec-on-{section.key}"):
        _tools(report, section, editing)
        waiting = candidate_of(report, section)
        if waiting is not None:
            candidate(report, section, waiting, blocks)
        if editing:
            _editor(report, section)
        elif waiting is None:
            st.html(section_html(blocks, marks, "（未起草）"))
        failure(report, section, job)


def _edit(key: str) -> None:
    st.session_state["editing"] = key


@action
def _done() -> None:
    # What could not be stored is tried again first: closing the box would take it away.
    if unsaved := st.session_state.get("unsaved"):
        _save(*unsaved)
        if st.session_state.get("unsaved"):
            return
    st.session_state.pop("editing", None)


def _tools(report: Report, section: Section, editing: bool | None, live: bool = False) -> None:
    """``editing``: whether the plain text area is open; None where the text is edited in its place.

    While it is written, it can be stopped where else it can be written anew.
    """
    in_place = editing is None
    with st.container(horizontal=not in_place, horizontal_alignment="right", key="tools"):
        if editing:
            st.button("完成", type="primary", on_click=_done, key="edit-done")
        elif not in_place:
            st.button("编辑", on_click=_edit, args=(section.key,), key="edit", icon=":material/edit:")
        # In the margin of the paper there is room for two characters.
        label = "重写" if section.text else ("起草" if in_place else "起草这一节")
        if live:
            _stop_here(report, section, "停止")
        else:
            st.button(
                label, on_click=write_again, args=(report.id, section.key), key="redraw", disabled=section.locked,
                icon=None if in_place else ":material/refresh:",
                help=redraw_help(section),
            )  # fmt: skip
        st.button(
            "解锁" if section.locked else "锁定",
            on_click=_lock,
            args=(report.id, section.key, not section.locked),
            key="lock",
            help="锁定的章节不会被“全部起草”“重写”改动",
        )
        st.button("收起", on_click=select, args=(None,), key="unselect")


@action
def _lock(report_id: str, key: str, locked: bool) -> None:
    desk().lock(report_id, key, locked)


@action
def _save(report_id: str, key: str, revision: int, widget: str) -> None:
    st.session_state["unsaved"] = (report_id, key, revision, widget)
    save(report_id, key, st.session_state[widget], revision)
    del st.session_state["unsaved"]


def _editor(report: Report, section: Section) -> None:
    if (waiting := parted().get((report.id, section.key))) is not None:
        merging(report, section.key, waiting)
        return
    widget = f"body:{report.id}:{section.key}:{generation(f'body:{section.key}')}"
    st.text_area(
        "正文",
        value=section.text,
        key=widget,
        height=max(180, 34 * (len(section.text) // 34 + 3)),
        label_visibility="collapsed",
        on_change=_save,
        args=(report.id, section.key, section.revision, widget),
        help=None,
    )
    st.caption("写事实用双花括号，如 {{入伍人数}}；点到别处即保存。直接写的数字会被标为“裸数字”。")
