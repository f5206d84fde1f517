"""导出: the pages as they will print, and where LibreOffice is there, as it prints them."""

from __future__ import annotations

import base64

import streamlit as st

from assistant.document.fonts import font_states
from assistant.document.preview import preview
from assistant.document.preview_html import pages_html
from assistant.office import office, page_pictures
from assistant.reports.report import Report
from assistant.ui import texts
from assistant.ui.export_cards import make_pdf, pdf_of, review_options
from assistant.ui.session import desk

_ESTIMATE, _PRINTED = "估计版面", "实际版面"


def preview_pane(report: Report) -> None:
    """A stack of pages. The estimate is drawn from the 送审稿's own file, comments as dotted lines."""
    profile = desk().layout()
    pages = preview(desk().review_copy(report, review_options()).data, profile)
    pdf = pdf_of(report)
    with st.container(horizontal=True, vertical_alignment="center", key="preview-head"):
        st.markdown("##### 预览")
        shown = _ESTIMATE
        if pdf is not None:
            shown = st.segmented_control(
                "版面", [_PRINTED, _ESTIMATE], default=_PRINTED, key="preview-kind", label_visibility="collapsed"
            ) or _PRINTED  # fmt: skip
        elif office() is not None:
            st.button(
                "按实际版面预览",
                key="preview-print",
                on_click=make_pdf,
                args=(report.id,),
                help="用这台电脑上的 LibreOffice 排版，要几秒钟",
            )
    if pdf is None:
        st.caption(f"共 {len(pages)} 页，每页 {profile.grid.rows.value} 行、每行 {profile.grid.columns.value} 字。")
        st.html(f'<div class="ng-sheets">{pages_html(pages, profile)}</div>')
        return
    pictures = _pictures(pdf)
    st.caption(_compared(len(pictures), len(pages)))
    if shown == _PRINTED:
        st.html(f'<div class="ng-sheets">{"".join(map(_picture, pictures))}</div>')
    else:
        st.html(f'<div class="ng-sheets">{pages_html(pages, profile)}</div>')


def _compared(printed: int, estimated: int) -> str:
    if printed == estimated:
        said = f"实际为 {printed} 页，与此处估计的相同。"
    else:
        said = f"实际为 {printed} 页，此处估计 {estimated} 页。"
    missing = [state.name for state in font_states(desk().layout()) if not state.installed]
    if missing:
        said += f"这台电脑没有{'、'.join(missing)}，“实际版面”用的是代替的字体，分页可能与装有字体的电脑不同。"
    return texts.as_text(said)


@st.cache_data(max_entries=4, show_spinner=False)
def _pictures(pdf: bytes) -> list[str]:
    return [base64.b64encode(picture).decode() for picture in page_pictures(pdf)]


def _picture(data: str) -> str:
    return f'<div class="ng-sheet"><img alt="" src="data:image/png;base64,{data}"></div>'
