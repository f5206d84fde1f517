"""导出: the pages as they will print, the 花脸稿, and where LibreOffice is there, the pages as it prints them."""

from __future__ import annotations

import base64

import streamlit as st

from assistant.document.fonts import font_states
from assistant.document.preview import Page, preview
from assistant.document.preview_breaks import first_difference
from assistant.document.preview_html import pages_html
from assistant.errors import NigaoError
from assistant.office import office, page_pictures, page_texts
from assistant.reports.report import Report
from assistant.ui import texts
from assistant.ui.export_cards import Made, make_pdf, pdf_of, review_options
from assistant.ui.session import desk

_REVIEW, _REDLINE, _PRINTED = "送审稿", "花脸稿", "实际版面"


def preview_pane(report: Report, tracked: Made | None) -> None:
    """A stack of pages, drawn from the very file that is offered; a comment is a dotted line.

    Args:
        tracked: writes the 花脸稿 that is chosen on its card; None where nothing is.
    """
    pdf = pdf_of(report)
    kinds = [_REVIEW, *([_REDLINE] if tracked else []), *([_PRINTED] if pdf else [])]
    with st.container(horizontal=True, vertical_alignment="center", key="preview-head"):
        st.markdown("##### 预览")
        shown = _chosen(kinds)
        if pdf is None and office() is not None:
            st.button(
                "按实际版面预览",
                key="preview-print",
                on_click=_print,
                args=(report.id,),
                help="用这台电脑上的 LibreOffice 排版，要几秒钟",
            )
    if shown == _REDLINE and tracked:
        _tracked(tracked)
        return
    profile = desk().layout()
    pages = preview(desk().review_copy(report, review_options()).data, profile)
    if pdf is None:
        st.caption(f"共 {len(pages)} 页，每页 {profile.grid.rows.value} 行、每行 {profile.grid.columns.value} 字。")
    else:
        st.caption(_compared(pages, _pictures(pdf), _texts(pdf)))
    if shown == _PRINTED and pdf:
        st.html(f'<div class="ng-sheets">{"".join(map(_picture, _pictures(pdf)))}</div>')
    else:
        st.html(f'<div class="ng-sheets">{pages_html(pages, profile)}</div>')


def _chosen(kinds: list[str]) -> str:
    if len(kinds) == 1:
        return kinds[0]
    if st.session_state.get("preview-kind") not in kinds:
        st.session_state["preview-kind"] = kinds[0]
    return st.segmented_control("看", kinds, key="preview-kind", label_visibility="collapsed") or kinds[0]


def _print(report_id: str) -> None:
    make_pdf(report_id)
    st.session_state["preview-kind"] = _PRINTED


def _tracked(made: Made) -> None:
    profile = desk().layout()
    try:
        pages = preview(made().data, profile)
    except NigaoError as error:
        st.caption(texts.as_text(error.for_user()))
        return
    st.caption("蓝字带下划线的是新写的，红字带删除线的是删去的；接受或拒绝修订以后，页数会变。")
    st.html(f'<div class="ng-sheets">{pages_html(pages, profile)}</div>')


def _compared(pages: tuple[Page, ...], pictures: list[str], printed: list[str]) -> str:
    said = f"实际为 {len(pictures)} 页，"
    found = first_difference(pages, printed)
    if found is None:
        said += "分页与这里估计的相同。"
    else:
        said += f"这里估计 {len(pages)} 页；" if len(pages) != len(pictures) else "页数与这里估计的相同；"
        said += f"从第 {found.page} 页起分页不同：实际{_begins(found.printed)}，估计{_begins(found.estimated)}。"
    missing = [state.name for state in font_states(desk().layout()) if not state.installed]
    if missing:
        said += f"这台电脑没有{'、'.join(missing)}，“实际版面”用的是代替的字体，分页可能与装有字体的电脑不同。"
    return texts.as_text(said)


def _begins(words: str) -> str:
    return f"从“{words}”开始" if words else "没有这一页"


@st.cache_data(max_entries=4, show_spinner=False)
def _pictures(pdf: bytes) -> list[str]:
    return [base64.b64encode(picture).decode() for picture in page_pictures(pdf)]


@st.cache_data(max_entries=4, show_spinner=False)
def _texts(pdf: bytes) -> list[str]:
    return page_texts(pdf)


def _picture(data: str) -> str:
    return f'<div class="ng-sheet"><img alt="" src="data:image/png;base64,{data}"></div>'
