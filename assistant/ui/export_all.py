"""报告: many reports as one zip."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.storage.summaries import ReportSummary
from assistant.ui import texts
from assistant.ui.handing import download
from assistant.ui.session import action, desk

_REVIEW, _FINAL = "送审稿", "正式稿"


def export_all(summaries: Sequence[ReportSummary]) -> None:
    """Which ones, as what; then one file with all of them."""
    drafted = {summary.id: summary.title for summary in summaries if summary.drafted}
    if len(drafted) < 2:
        return
    with st.expander("全部导出", icon=":material/folder_zip:"):
        st.multiselect(
            "报告", list(drafted), default=list(drafted), format_func=lambda key: drafted[key], key="export-all-which"
        )
        st.segmented_control("导出为", [_REVIEW, _FINAL], default=_REVIEW, key="export-all-kind")
        bar = st.empty()
        st.button(
            "生成压缩包",
            key="export-all",
            disabled=not st.session_state.get("export-all-which"),
            on_click=_make,
            args=(bar,),
        )
        _made()


@action
def _make(bar: st.delta_generator.DeltaGenerator) -> None:
    chosen = list(st.session_state["export-all-which"])
    kind = st.session_state.get("export-all-kind") or _REVIEW

    def told(done: int, total: int, name: str) -> None:
        bar.progress(done / total, f"{done}/{total} {texts.as_text(name)}")

    made = desk().export_many(chosen, final=kind == _FINAL, progress=told)
    bar.empty()
    st.session_state["bundle"] = (kind, made)


def _made() -> None:
    kept = st.session_state.get("bundle")
    if kept is None:
        return
    kind, made = kept
    count = len(made.names)
    if count:
        download(
            f"下载 {count} 份{kind}",
            "download-bundle",
            lambda: (f"{kind}.zip", made.data),
            "application/zip",
            primary=True,
            icon=":material/download:",
        )
        if not made.departing:
            st.caption(f"版式核对：都符合 {texts.as_text(desk().layout().name)}。")
    for file in made.departing:
        st.caption(f"版式核对：{texts.as_text(file.name)}有 {len(file.told)} 项不符合，见压缩包里的“说明.txt”。")
    if made.refused:
        st.warning(f"{len(made.refused)} 份没有导出：")
        for refused in made.refused:
            st.markdown(f"- {texts.as_text(refused.name)}：{texts.as_text(refused.reason)}")
