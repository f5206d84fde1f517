"""The outline at the left of 起草: sections with their states, drafting all, stopping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from assistant.drafting.jobs import Job
from assistant.reports.outline import numbers
from assistant.reports.report import Report, Section, SectionState
from assistant.reports.types import Length
from assistant.ui import session, texts
from assistant.ui.outline_editing import edit_button, editing, outline_editor, stages
from assistant.ui.sending_progress import progress_word, summary
from assistant.ui.session import action, desk, generation, renew

_BESIDE = "redraft-beside"


def select(key: str | None) -> None:
    st.session_state["section"] = key
    st.session_state["turn"] = st.session_state.get("turn", 0) + 1
    st.session_state.pop("editing", None)
    st.session_state.pop("here", None)


@action
def _draft_all(report_id: str) -> None:
    started = desk().draft_all(report_id)
    if not started:
        session.tell("各节都已有文字，没有要起草的。要换个写法，请点某一节后按“重写”。", "warning")


@action
def _redraft_all(report_id: str) -> None:
    beside = bool(st.session_state.get(_BESIDE))
    edited, locked = desk().passed_over(desk().report(report_id))
    started = desk().draft_all(report_id, again=True, beside=beside)
    renew("redraft-box")
    passed = (("您改过的", () if beside else edited), ("已锁定的", locked))
    left = [f"{word}：{_titles(sections)}" for word, sections in passed if sections]
    told = [f"重写 {len(started)} 节。"]
    if beside and edited:
        told.append(f"您改过的（{_titles(edited)}），新稿写好后放在旁边，由您逐处选用。")
    if left:
        told.append(f"没有动{'；'.join(left)}。")
    if len(told) > 1:
        session.tell("".join(told), "warning" if left else "success")


def _titles(sections: Iterable[Section]) -> str:
    return "、".join(section.title for section in sections)


@action
def _stop_all(report_id: str) -> None:
    desk().stop(report_id)


@action
def _set_length(report_id: str) -> None:
    desk().set_length(report_id, Length(st.session_state["length"]))


def outline(report: Report, live: Mapping[str, Job]) -> None:
    """Draws the outline; while something is being written it draws itself again every second."""
    running = any(job.live for job in live.values())
    if editing():
        outline_editor(report, stages(live) if running else None)
        return
    with st.container(key="outline"):
        # Only while something is written is the board a fragment of its own: it draws itself again once a second and
        # asks for the whole page when a section starts or ends. More often would be felt by whoever types.
        board = st.fragment(_board, run_every=2.0 if "here" in st.session_state else 1.0) if running else _board
        board(report, _states(report, live), st.session_state.get("section"), stages(live))
    with st.container(horizontal=True):
        if running:
            st.button("停止", on_click=_stop_all, args=(report.id,), icon=":material/stop:", key="stop-all")
        else:
            states = {section.state for section in report.written if not section.locked}
            cut = SectionState.INTERRUPTED in states
            st.button(
                "全部起草" if SectionState.EMPTY in states else "补完中断的" if cut else "补齐空节",
                type="primary",
                on_click=_draft_all,
                args=(report.id,),
                key="draft-all",
                disabled=not (cut or SectionState.EMPTY in states),
                help=_what_is_drafted(cut),
            )
            if any(section.state is not SectionState.EMPTY for section in report.written):
                _redrafting(report)
    edit_button()
    st.selectbox(
        "篇幅",
        [length.value for length in Length],
        index=list(Length).index(report.length),
        key="length",
        on_change=_set_length,
        args=(report.id,),
        help="下次起草时生效",
    )


def _what_is_drafted(cut: bool) -> str:
    if not cut:
        return "起草所有还没有文字的章节；已有文字的不动"
    with_model = desk().engines.engine.key != "embedded"
    how = "从断开处接着写（被审核拦下的从头写）" if with_model else "内置范式从头重新起草，那一稿留在“历次稿”里"
    return f"起草所有还没有文字的章节；已中断的，{how}；写完的不动"


def _redrafting(report: Report) -> None:
    """全部重写; what a person wrote is written anew only where they say so, and then beside it."""
    edited, locked = desk().passed_over(report)
    # Another key after each press: the box is shut then.
    with st.popover("全部重写", key=f"redraft-box-{generation('redraft-box')}"):
        kept = f"锁定的{len(locked)}节不动。" if locked else ""
        st.markdown(f"各节重新写一遍，旧稿留在“历次稿”里，可以恢复。{kept}")
        if edited:
            st.checkbox(
                f"您改过的 {len(edited)} 节也写一份新稿，放在旁边",
                key=_BESIDE,
                help=f"{_titles(edited)}：您写的文字不会被覆盖。不勾，这几节不动",
            )
        st.button("确定重写", on_click=_redraft_all, args=(report.id,), key="redraft-all")


def _board(
    report: Report, states: Mapping[str, tuple[str, str]], selected: str | None, drawn: tuple[tuple[str, str], ...]
) -> None:
    """Where it runs by itself only what is being written moves; all else is as the page was drawn (``states``)."""
    live = desk().progress(report.id)
    if stages(live) != drawn or st.session_state.get("section") != selected:
        st.rerun()
    numbered = numbers(report.sections)
    for section in report.sections:
        name = f"{numbered[section.key]}{section.title}"
        if not section.holds_text:
            st.html(f'<div class="ng-group">{name}</div>')
            continue
        job = live.get(section.key)
        colour, word = _moving(job, report) if job is not None and job.live else states[section.key]
        st.button(
            # An element of its own: a text alone cannot be shortened with an ellipsis beside its word.
            f"*{name}* :{colour}[{word}]",
            key=f"pick-{section.key}",
            on_click=select,
            args=(section.key,),
            width="stretch",
        )
    # Always there: a line that comes and goes would shift what is below.
    st.html(f"{_look(report, selected)}<div>{summary(live)}</div>")


def _look(report: Report, selected: str | None) -> str:
    """Which lines are set in and which one is chosen, as a style: a box for every line would be as many elements."""
    deep = [section.key for section in report.sections if section.depth > 1]
    rules = (
        (deep, "padding-left: 24px;"),
        ([selected] if selected else [], "--ng-row: #fff; background: #fff; border-color: var(--ng-line);"),
    )
    return "<style>" + "".join(f"{_lines(keys)} {{ {rule} }}" for keys, rule in rules if keys) + "</style>"


def _lines(keys: Iterable[str]) -> str:
    return f".st-key-outline :is({', '.join(f'.st-key-pick-{key}' for key in keys)}) .stButton button"


def _moving(job: Job, report: Report) -> tuple[str, str]:
    return "gray" if job.state == "queued" or job.waiting else "red", progress_word(job, report)


def _states(report: Report, live: Mapping[str, Job]) -> dict[str, tuple[str, str]]:
    """Colour and word of every section, by its key, what is being written left aside."""
    waiting, stale = desk().candidates(report.id), desk().stale(report)
    return {
        section.key: _state(
            section, live.get(section.key), report, waiting=section.key in waiting, stale=section.key in stale
        )
        for section in report.written
    }


def _state(section: Section, job: Job | None, report: Report, *, waiting: bool, stale: bool) -> tuple[str, str]:
    if job is not None and job.state == "failed":
        return "red", texts.JOB_STATES[str(job.state)]
    if waiting:
        return "orange", "新稿待定"
    if stale:
        return "orange", "可能过期"
    whole = desk().manuscript(report)
    missing = sum(piece.kind in ("missing", "fault") for block in whole.of(section.key) for piece in block.pieces)
    if missing:
        return "orange", f"缺 {missing} 数"
    if section.state is SectionState.INTERRUPTED:
        return "orange", texts.STATES[section.state]
    return "gray", texts.section_state(section, whole.characters_of(section.key))
