"""导出: the copies to hand over beside the pages as they will print; an edited 送审稿 is read in again."""

from __future__ import annotations

import streamlit as st

from assistant.document.fonts import font_states
from assistant.document.layout import LayoutProfile
from assistant.drafting.secrecy import refuse_marked
from assistant.errors import NigaoError, SecrecyMarked
from assistant.reports.manuscript import manuscript
from assistant.reports.report import SectionState
from assistant.ui import session, texts
from assistant.ui.export_cards import final_card, other_card, redline_card, review_card, tell_nothing_written
from assistant.ui.export_fittings import fittings_box
from assistant.ui.export_preview import preview_pane
from assistant.ui.layout_choice import usable_layout
from assistant.ui.returned import returned_pane
from assistant.ui.session import desk

_EXPORT, _RETURN = "导出", "读回送审稿"


def _fonts(profile: LayoutProfile) -> None:
    states = font_states(profile)
    missing = [state for state in states if not state.installed]
    names = "、".join(state.name for state in states)
    st.caption(
        texts.as_text(f"文件中的字体为{names}。软件不附带字体，打开文件的电脑上要装有这些字体，印出来才是原样。")
    )
    if missing:
        with st.expander(f"这台电脑上有 {len(missing)} 种字体没有安装"):
            for state in missing:
                st.markdown(f"- {texts.as_text(state.sentence)}")


if target := st.session_state.pop("go", None):
    st.switch_page(f"assistant/ui/views/{target}.py")
report = session.current_report()
session.show_messages()
st.html(f'<div class="ng-eyebrow">{session.heading_line(report)}</div>')
st.markdown("#### 导出")
whole = manuscript(report)
if all(section.state is SectionState.EMPTY for section in report.written):
    tell_nothing_written()
    session.end_page()
part = st.segmented_control(
    "做什么", [_EXPORT, _RETURN], default=_EXPORT, key="export-part", label_visibility="collapsed"
)
if part == _RETURN:
    returned_pane(report)
    session.end_page()
try:
    refuse_marked(report, "导出")
except SecrecyMarked as error:
    st.error(texts.as_text(error.for_user()), icon=":material/block:")
    session.end_page()
layout = usable_layout()
if layout is None:
    session.end_page()
try:
    desk().paper(report)
except NigaoError as error:
    st.error(texts.as_text(error.for_user()), icon=":material/block:")
    fittings_box(report)
    session.end_page()
if any(job.live for job in desk().progress(report.id).values()):
    st.warning("有章节正在起草，导出的是此刻已经写好的文字。")
st.caption(f"全文 {whole.characters:,} 字，待补 {len(whole.open_places)} 处。")
left, right = st.columns([5, 6], gap="large")
with left:
    fittings_box(report)
    review_card(report)
    final_card(report)
    tracked = redline_card(report)
    other_card(report)
    _fonts(layout)
with right:
    preview_pane(report, tracked)
