"""Redrawing a section: whole, by an instruction, or only some of its sentences."""

from __future__ import annotations

import streamlit as st

from assistant.drafting.resizing import LONGER, SHORTER, SIZES
from assistant.reports.report import Report, Section, SectionState
from assistant.rewriting import Span, sentence_spans, touched
from assistant.slots.render import render_text
from assistant.ui import session, texts
from assistant.ui.session import action, desk, renew
from assistant.ui.soft_lock import BESIDE, asked_first

PRESETS = (*SIZES, "换个写法")
_SHOWN = 46
_SIZE_HELP = {
    SHORTER: "少说做法，先留事实；事实也要少写的，会说明少了哪几项",
    LONGER: "事实不变，做法说得细一些",
}


def redraw(report_id: str, key: str, instruction: str = "") -> None:
    """Has the section written anew; a person's own text stays in place, and they are asked first."""

    def write() -> None:
        desk().redraw(report_id, key, instruction)
        leave_text()

    asked_first(report_id, key, write)


def leave_text() -> None:
    """The difference takes the place of the text; who wants to go on typing says so."""
    st.session_state.pop("here", None)


def redraw_help(section: Section) -> str | None:
    """What the button says of itself."""
    if section.locked:
        return "已锁定，请先解锁"
    if section.state is SectionState.EDITED:
        return BESIDE
    return "换一种写法；旧稿留在“历次稿”里，也可以撤销" if section.text else None


def _written(report_id: str, section: Section, spans: tuple[Span, ...], words: str) -> None:
    if not spans:
        redraw(report_id, section.key, words)
        return

    def write() -> None:
        left = desk().rewrite(report_id, section.key, section.revision, spans, words)
        leave_text()
        renew(f"body:{section.key}")
        if left:
            session.tell(
                f"{len(spans) - len(left)} 句换了写法；{len(left)} 句内置范式没有别的说法，没有动，请在纸上直接改。",
                "warning",
            )

    report = desk().report(report_id)
    if ways()[1] or section.locked or any(desk().other_words(report, section, spans)):
        asked_first(report_id, section.key, write)
    else:
        # Nothing will come beside their text: nothing to ask them.
        write()


def ways() -> tuple[tuple[str, ...], bool]:
    """How chosen sentences can be written anew: the presets, and whether also as somebody tells it."""
    with_model = desk().engines.status().tone in ("local", "remote")
    return (PRESETS if with_model else PRESETS[-1:]), with_model


@action
def rewrite_selected(report_id: str, key: str, text: str, start: int, end: int, words: str) -> None:
    """Has the sentences written anew that a selection touches.

    Args:
        text: the section's text as the person had it before them; ``start`` and ``end`` are places in it.
    """
    section = desk().report(report_id).section(key)
    if section is None or section.text != text:
        session.tell("这一节的文字刚刚变了，没有动。请再选一次。", "warning")
        return
    spans = touched(text, start, end)
    if not spans:
        session.tell("选中的地方没有句子。", "warning")
        return
    st.session_state["section"] = key
    _written(report_id, section, spans, words)


@action
def _redraw(report_id: str, section: Section, spans: tuple[Span, ...], words: str) -> None:
    _written(report_id, section, spans, words)


@action
def _resize(report_id: str, key: str, size: str) -> None:
    def write() -> None:
        lost = desk().resize(report_id, key, size)
        leave_text()
        if lost:
            session.tell(f"写短了，这一节不再写“{'、'.join(lost)}”；要留，按“撤销”。", "warning")

    asked_first(report_id, key, write)


@action
def _redraw_told(report_id: str, section: Section, spans: tuple[Span, ...]) -> None:
    told = st.session_state.get("instruction", "").strip()
    if not told:
        session.tell("请先写下要求，例如“突出大学生征兵”。", "warning")
        return
    _written(report_id, section, spans, told)
    st.session_state["instruction"] = ""


def redraw_tools(report: Report, section: Section, busy: bool) -> None:
    """The instruction and its presets, for the section or for chosen sentences."""
    presets, with_model = ways()
    off = busy or section.locked
    if section.state is SectionState.EDITED and not off:
        st.html(f'<div class="ng-note">{BESIDE}。</div>')
    if with_model:
        st.text_area(
            "按要求重写这一节",
            key="instruction",
            placeholder="如：突出大学生征兵，再短一些",
            height=84,
            disabled=off,
            persist_state="page",
        )
    else:
        st.html('<div class="ng-note">内置范式只能换写法、调详略；要按文字要求改写，请在“设置”里接一个模型。</div>')
    spans = _chosen(report, section, off) if section.text else ()
    which = f"这 {len(spans)} 句" if spans else ""
    with st.container(horizontal=True):
        if with_model:
            st.button(
                f"按要求改{which}" if which else "按要求重写", type="primary", on_click=_redraw_told,
                args=(report.id, section, spans), key="redraw-told", disabled=off,
            )  # fmt: skip
        for size in SIZES if section.text and not (with_model or spans) else ():
            st.button(
                size, key=f"preset-{size}", on_click=_resize, args=(report.id, section.key, size), disabled=off,
                help=_SIZE_HELP[size],
            )  # fmt: skip
        for preset in presets if with_model or spans else ():
            st.button(
                preset if with_model else f"给{which}{preset}", key=f"preset-{preset}", on_click=_redraw,
                args=(report.id, section, spans, preset), disabled=off,
                help=f"只改{which}，其余一字不动" if which else None,
            )  # fmt: skip


def _chosen(report: Report, section: Section, off: bool) -> tuple[Span, ...]:
    """The sentences that are ticked, of the text as it stands."""
    choosing = st.expander("只改选中的句子", icon=":material/checklist:", key="sentences-open", on_change="rerun")
    if not choosing.open:
        return ()
    spans = sentence_spans(section.text)
    with choosing, st.container(key="sentences"):
        fixed = set() if ways()[1] or off else _without_other_words(report, section, spans)
        ticked = [
            st.checkbox(
                texts.as_text(_short(render_text(section.text[start:end], report.sheet))),
                key=f"sentence:{report.id}:{section.key}:{section.revision}:{start}",
                disabled=off or (start, end) in fixed,
            )
            for start, end in spans
        ]
    return tuple(span for span, on in zip(spans, ticked, strict=True) if on)


def _without_other_words(report: Report, section: Section, spans: list[Span]) -> set[Span]:
    """Told beforehand: sentences that the embedded engine can say in one way only."""
    made = desk().other_words(report, section, spans)
    fixed = {span for span, new in zip(spans, made, strict=True) if not new}
    if fixed:
        which = "灰色的" if len(fixed) < len(spans) else "这一节的"
        st.html(f'<div class="ng-note">{which}句子内置范式没有别的说法，请在纸上直接改。</div>')
    return fixed


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 12]}…{line[-10:]}"
