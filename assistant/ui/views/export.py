"""导出: the Word file, as 送审稿 with marks or as 正式稿 when nothing is open."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.errors import NigaoError
from assistant.reports.manuscript import manuscript
from assistant.reports.report import Report, SectionState
from assistant.ui import session, texts
from assistant.ui.session import desk

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _fresh(report_id: str, *, final: bool) -> Callable[[], bytes]:
    the_desk = desk()
    return lambda: the_desk.export(the_desk.report(report_id), final=final).data


def _offer(report: Report, *, final: bool, blocked: str) -> None:
    title = "正式稿" if final else "送审稿"
    with st.container(key=f"card-{'final' if final else 'review'}"):
        st.markdown(f"##### {title}")
        st.markdown(
            "版式按 GB/T 9704—2012，没有任何标记，可直接打印。"
            if final
            else "同样的版式；待补的事实以【待补】标黄，方便送领导审阅。"
        )
        if blocked:
            st.warning(texts.as_text(blocked), icon=":material/block:")
            st.page_link("assistant/ui/views/review.py", label="去核校", icon=":material/arrow_forward:")
            return
        try:
            file = desk().export(report, final=final)
        except NigaoError as error:
            st.error(texts.as_text(error.for_user()))
            return
        st.download_button(
            f"下载{title}",
            # Drawn at the press: an edit that was on its way when this page opened is in it.
            data=_fresh(report.id, final=final),
            file_name=file.name,
            mime=_WORD,
            on_click="ignore",
            type="primary",
            key=f"download-{'final' if final else 'review'}",
            icon=":material/download:",
        )
        st.caption(texts.as_text(file.name))


def _blocked(report: Report) -> str:
    errors = [finding for finding in desk().findings(report) if finding.severity == "error"]
    return f"还有 {len(errors)} 处必须处理的问题，处理完才能出正式稿。" if errors else ""


if target := st.session_state.pop("go", None):
    st.switch_page(f"assistant/ui/views/{target}.py")
report = session.current_report()
session.show_messages()
st.html(f'<div class="ng-eyebrow">{session.heading_line(report)}</div>')
st.markdown("#### 导出")
whole = manuscript(report)
if all(section.state is SectionState.EMPTY for section in report.written):
    st.html('<div class="ng-empty"><b>还没有文字</b>先到“起草”页起草，再来导出。</div>')
    st.page_link("assistant/ui/views/draft.py", label="去起草", icon=":material/arrow_forward:")
    st.stop()
if any(job.live for job in desk().progress(report.id).values()):
    st.warning("有章节正在起草，导出的是此刻已经写好的文字。")
st.caption(f"全文 {whole.characters:,} 字，待补 {len(whole.open_places)} 处。")
left, right = st.columns(2, gap="large")
with left:
    _offer(report, final=False, blocked="")
with right:
    _offer(report, final=True, blocked=_blocked(report))
st.caption("文件中的字体为仿宋_GB2312、楷体_GB2312、方正小标宋简体；打开的电脑没有这些字体时，Word 会以相近字体代替。")
