"""导出: the Word file, as 送审稿 with marks or as 正式稿 when nothing is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import streamlit as st

from assistant.document.conformance import ConformanceFinding, conformance_findings
from assistant.document.fonts import font_states
from assistant.document.profile import load_profile
from assistant.errors import NigaoError
from assistant.reports.manuscript import manuscript
from assistant.reports.report import Report, SectionState
from assistant.ui import session, texts
from assistant.ui.session import desk

_LEVELS = {"error": "不符合规定", "warning": "不合一般要求", "hint": "提示"}
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
        _conformance(conformance_findings(file.data, load_profile(), file.name))


def _conformance(found: list[ConformanceFinding]) -> None:
    """What the checker says of the file as it stands here, before anybody downloads it."""
    told = [finding for finding in found if finding.severity != "hint"]
    name = texts.as_text(load_profile().name)
    if not told:
        st.caption(f"版式核对：符合 {name}" + (f"，另有提示 {len(found)} 项" if found else "。"))
    else:
        counted = Counter[str](finding.severity for finding in found)
        parts = "，".join(f"{said} {counted[key]} 项" for key, said in _LEVELS.items() if counted[key])
        st.caption(f"版式核对（{name}）：{parts}。")
    if found:
        with st.expander("版式核对结果"):
            for finding in found:
                st.markdown(f"- {_LEVELS[finding.severity]}　{texts.as_text(finding.sentence)}")


def _fonts() -> None:
    states = font_states(load_profile())
    missing = [state for state in states if not state.installed]
    names = "、".join(state.name for state in states)
    st.caption(
        texts.as_text(f"文件中的字体为{names}。软件不附带字体，打开文件的电脑上要装有这些字体，印出来才是原样。")
    )
    if missing:
        with st.expander(f"这台电脑上有 {len(missing)} 种字体没有安装"):
            for state in missing:
                st.markdown(f"- {texts.as_text(state.sentence)}")


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
_fonts()
