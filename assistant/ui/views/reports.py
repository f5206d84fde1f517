"""报告: all my reports — new, open, copy to next year, delete with undo."""

from __future__ import annotations

import html

import streamlit as st

from assistant.reports.types import Length
from assistant.storage.summaries import ReportSummary
from assistant.ui import session, texts
from assistant.ui.export_all import export_all
from assistant.ui.import_entries import ask_for_missing
from assistant.ui.session import action, desk

#: In front of the id of a shape of the user's own, among the keys of the presets.
_OWN = "own:"


@action
def _create(type_key: str) -> None:
    shape = st.session_state["new-shape"]
    length = Length(st.session_state["new-length"] or Length.NORMAL)
    own = shape.removeprefix(_OWN)
    made = desk().create(type_key, shape, length) if own == shape else desk().create_own(own, length)
    session.open_report(made.id)
    st.session_state["go"] = "facts"


@action
def _example(name: str) -> None:
    session.open_report(desk().create_from_example(name).id)
    st.session_state["go"] = "draft"


@action
def _open(report_id: str, page: str) -> None:
    session.open_report(report_id)
    st.session_state["go"] = page


@action
def _copy(report_id: str) -> None:
    copied = desk().copy_to_next_year(report_id)
    session.open_report(copied.id)
    ask_for_missing(copied)
    session.tell("已建立下一年的报告：数字转为“去年数”，等待填写今年的。", "success")
    st.session_state["go"] = "facts"


@action
def _delete(report_id: str, title: str) -> None:
    desk().delete(report_id)
    if session.report_id() == report_id:
        session.close_report()
    st.session_state["deleted"] = (report_id, title)


@action
def _drop_shape(own_id: str) -> None:
    desk().drop_own_shape(own_id)
    st.session_state.pop("new-shape", None)
    session.tell("已删去这个样式；用它写的报告不受影响。", "success")


@action
def _undelete() -> None:
    report_id, title = st.session_state.pop("deleted")
    desk().undelete(report_id)
    session.tell(f"已恢复：{title}", "success")


def _new() -> None:
    types = desk().library.all()
    with st.container(key="card-new"):
        st.markdown("##### 新建报告")
        by_key = {found.key: found for found in types}
        chosen = by_key[
            st.selectbox(
                "报告类型", list(by_key), index=_default_type(list(by_key)), format_func=lambda key: by_key[key].name
            )
        ]
        shapes = {shape.key: shape for shape in chosen.shapes}
        shapes |= {f"{_OWN}{own.id}": own.shape for own in desk().own_shapes(chosen.key)}
        shape = st.radio(
            "样式",
            list(shapes),
            format_func=lambda key: f"我的样式：{shapes[key].name}" if key.startswith(_OWN) else shapes[key].name,
            captions=[shape.description for shape in shapes.values()],
            key="new-shape",
        )
        if shape and shape.startswith(_OWN):
            st.button("删去这个样式", key="drop-shape", type="tertiary", on_click=_drop_shape,
                      args=(shape.removeprefix(_OWN),))  # fmt: skip
        st.segmented_control(
            "篇幅",
            [length.value for length in Length],
            default=Length.NORMAL.value,
            format_func=lambda name: f"{name} {chosen.lengths[Length(name)]} 字",
            key="new-length",
        )
        with st.container(horizontal=True):
            st.button("新建", type="primary", on_click=_create, args=(chosen.key,), disabled=not shape)
            example = desk().example_for(chosen.key, shape or "")
            if example:
                st.button(
                    "用示例试一试", on_click=_example, args=(example,), help="载入虚构单位的一整套事实，可直接起草"
                )


def _default_type(keys: list[str]) -> int:
    return keys.index("armed-forces-work") if "armed-forces-work" in keys else 0


def _card(summary: ReportSummary) -> None:
    title = summary.title
    with st.container(key=f"card-{summary.id}"):
        left, right = st.columns([5, 4], vertical_alignment="center")
        with left:
            share = round(100 * summary.drafted / max(summary.sections, 1))
            state = "未起草" if not share else ("已起草" if share == 100 else f"起草中 {share}%")
            st.html(
                f'<div class="ng-card-title">{html.escape(title)}</div>'
                f'<div class="ng-card-sub">{html.escape(summary.shape_name)} · {summary.length}'
                f" · 事实已填 {summary.filled} 项 · 章节 {summary.drafted}/{summary.sections}"
                f" · {state} · {_local(summary)}</div>"
                f'<div class="ng-bar"><i style="width:{share}%"></i></div>'
            )
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            st.button("打开", key=f"open-{summary.id}", type="primary", on_click=_open, args=(summary.id, "draft"))
            st.button("填事实", key=f"facts-{summary.id}", on_click=_open, args=(summary.id, "facts"))
            with st.popover("更多", key=f"more-{summary.id}"):
                st.button(
                    "复制到下一年",
                    key=f"copy-{summary.id}",
                    on_click=_copy,
                    args=(summary.id,),
                    help="结构照旧，今年的数变为“去年数”",
                    width="stretch",
                )
                st.button(
                    "删除", key=f"delete-{summary.id}", on_click=_delete, args=(summary.id, title), width="stretch"
                )


def _local(summary: ReportSummary) -> str:
    return summary.updated.astimezone().strftime("%-m月%-d日 %H:%M 保存")


if target := st.session_state.pop("go", None):
    st.switch_page(f"assistant/ui/views/{target}.py")
session.show_messages()
reports, new = st.columns([7, 4], gap="large")
with new:
    _new()
with reports:
    st.markdown("#### 我的报告")
    if "deleted" in st.session_state:
        with st.container(horizontal=True, vertical_alignment="center", key="card-undo"):
            st.markdown(f"已删除：{texts.as_text(st.session_state['deleted'][1])}")
            st.button("撤销删除", on_click=_undelete)
    summaries = desk().summaries()
    if not summaries:
        st.html(
            '<div class="ng-empty"><b>还没有报告</b>'
            "在右边选一种样式新建；第一次用，可按“用示例试一试”看完整过程。</div>"
        )
    for summary in summaries:
        _card(summary)
    export_all(summaries)
