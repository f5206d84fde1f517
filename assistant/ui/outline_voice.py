"""述职 ↔ 工作情况: everything that another voice changes, before it is done; what is left for the writer, after."""

from __future__ import annotations

import html

import streamlit as st

from assistant.reports.report import Report, Section
from assistant.reports.voice_places import VoicePlace, amiss_places, speaker_of
from assistant.ui import session
from assistant.ui.compared import compared_html
from assistant.ui.session import action, desk, renew
from assistant.voicing import VoicePlan

_OPEN = "voice-open"
#: Places of one section that are shown.
_SHOWN = 4


def _open() -> None:
    st.session_state[_OPEN] = True


def _close() -> None:
    st.session_state[_OPEN] = False


def voice_button(report: Report, seen: str) -> None:
    """The way into the preview; nothing where the report type has one voice only."""
    shape = desk().other_voice(report)
    if shape is None:
        return
    st.button(
        f"改为{shape.document}……",
        key="voice",
        icon=":material/record_voice_over:",
        type="tertiary",
        on_click=_open,
        help="先看要改哪些，再定",
    )
    if st.session_state.get(_OPEN):
        st.dialog(f"改为{shape.document}", width="large", on_dismiss=_close)(_preview)(report, seen)


@action
def _switch(report_id: str, seen: str, shape: str, document: str) -> None:
    _close()
    left = desk().switch_voice(report_id, seen, shape)
    desk().redraw_together(report_id, left)
    renew("outline")
    for section in desk().report(report_id).written:
        renew(f"body:{section.key}")
    more = f"另有 {len(left)} 节正由模型重写。" if left else ""
    session.tell(f"已改为{document}，可以撤销。{more}", "success")


def _preview(report: Report, seen: str) -> None:
    if not st.session_state.get(_OPEN):
        # A press inside a dialog draws the dialog alone; its answer is for the page.
        st.rerun()
    plan = desk().voice_plan(report)
    if plan is None:
        return
    _lines(plan)
    _rewritten(report, plan)
    _by_hand(plan)
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button("不改", key="voice-no", on_click=_close)
        st.button(
            f"改为{plan.shape.document}", key="voice-yes", type="primary", on_click=_switch,
            args=(report.id, seen, plan.shape.key, plan.shape.document),
        )  # fmt: skip


def _lines(plan: VoicePlan) -> None:
    rows = "".join(
        f"<tr><td>{html.escape(name)}</td><td>{html.escape(old) or '（无）'}</td>"
        f"<td>{html.escape(new) or '（无）'}</td></tr>"
        for name, old, new in plan.lines
    )
    head = "<tr><td></td><td>现在</td><td>改后</td></tr>"
    st.html(f'<div class="ng-wide"><table class="ng-lines">{head}{rows}</table></div>')
    if plan.added:
        names = "、".join(f"“{html.escape(section.title)}”" for section in plan.added)
        st.html(f'<div class="ng-note">添加{names}，还没有文字。</div>')


def _rewritten(report: Report, plan: VoicePlan) -> None:
    if plan.rewritten:
        st.html(
            f'<div class="ng-eyebrow">跟着改写的 {len(plan.rewritten)} 节（没有手工改过的；旧稿留在“历次稿”里）</div>'
        )
    for one in plan.rewritten:
        if one.new is None:
            st.html(
                f'<div class="ng-note">“{html.escape(one.title)}”由模型重写；要撤销时，模型写的另按一次“撤销”。</div>'
            )
            continue
        with st.expander(one.title, expanded=len(plan.rewritten) == 1):
            st.html(compared_html(one.old, one.new, report.sheet))


def _by_hand(plan: VoicePlan) -> None:
    if plan.by_hand:
        st.html(
            f'<div class="ng-eyebrow">需改口吻 {len(plan.by_hand)} 节：您写过或锁定的，不会动，请自己看这些地方</div>'
        )
    for section, places in plan.by_hand:
        st.html(_places_html(section, places))


def _places_html(section: Section, places: tuple[VoicePlace, ...] | list[VoicePlace]) -> str:
    shown = "；".join(
        f"{html.escape(place.before)}<b>{html.escape(place.word)}</b>{html.escape(place.after)}"
        for place in places[:_SHOWN]
    )
    more = f"，等 {len(places)} 处" if len(places) > _SHOWN else ""
    return f'<div class="ng-here">“{html.escape(section.title)}”：{shown}{more}</div>'


def voice_note(report: Report, section: Section) -> None:
    """Where a section does not speak in the report's voice."""
    if not section.text:
        return
    places = amiss_places(section.text, report.sheet, speaker_of(report))
    if places:
        st.html(f'<div class="ng-stale"><b>需改口吻</b>{_places_html(section, places)}</div>')
