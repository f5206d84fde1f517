"""读回送审稿: what an edited file changes, to be taken or left one by one."""

from __future__ import annotations

import html

import streamlit as st

from assistant.errors import InputError
from assistant.reports.fact_history import FactOrigin
from assistant.reports.report import Report
from assistant.returned_changes import Returned, ReturnedChange
from assistant.returned_facts import ReturnedFact
from assistant.ui import session, texts
from assistant.ui.compared import compared_html
from assistant.ui.session import action, desk, renew

_KINDS = {"changed": "改动", "new": "新增一段", "gone": "删去一段", "heading": "标题"}


def returned_pane(report: Report) -> None:
    """Takes a file, shows what it changes."""
    st.markdown("改过的送审稿可以读回来：逐段对照，采用的存成新的一稿，不采用的不动。事实的数字不会自动改。")
    # The other kinds are taken to be refused with the reason.
    kinds = ["docx", "doc", "wps", "docm"]
    given = st.file_uploader("改过的送审稿（.docx）", type=kinds, key="returned-file")
    if given is not None:
        st.session_state["returned"] = (report.id, given.name, given.getvalue())
    kept = st.session_state.get("returned")
    if not kept or kept[0] != report.id:
        return
    _, name, data = kept
    accept = st.session_state.get("returned-tracked", "接受") != "拒绝"
    try:
        found = desk().read_returned(report.id, data, name, accept=accept)
    except InputError as error:
        st.error(texts.as_text(error.for_user()))
        return
    if found.tracked:
        st.segmented_control(
            "文件里有没处理的修订，读的时候全部", ["接受", "拒绝"], default="接受", key="returned-tracked"
        )
    for note in found.notes:
        st.html(f'<div class="ng-note tight">{html.escape(note)}</div>')
    _changes(report, found)
    _facts(report, found)
    _comments(found)


def _left(report: Report) -> set[object]:
    """What the person decided to leave, for this file."""
    kept: set[object] = st.session_state.setdefault(f"returned-left:{report.id}", set())
    return kept


@action
def _take(report_id: str, *changes: ReturnedChange) -> None:
    for change in changes:
        section = desk().take_returned(report_id, change)
        renew(f"body:{section.key}")
    session.tell(f"已采用 {len(changes)} 处，旧稿在“历次稿”里。", "success")


def _leave(report: Report, item: object) -> None:
    _left(report).add(item)


def _changes(report: Report, found: Returned) -> None:
    open_ = [change for change in found.changes if change not in _left(report)]
    if not open_:
        st.success("文字没有别的改动。", icon=":material/check:")
        return
    free = [change for change in open_ if not change.contested]
    with st.container(horizontal=True, vertical_alignment="center", key="returned-head"):
        st.markdown(f"##### 改动 {len(open_)} 处")
        if len(free) > 1:
            st.button("全部采用", key="returned-all", on_click=_take, args=(report.id, *free))
    for number, change in enumerate(open_):
        with st.container(key=f"card-returned-{number}"):
            st.html(f'<div class="ng-eyebrow">{html.escape(change.title)} · {_KINDS[change.kind]}</div>')
            st.html(compared_html(change.before, change.after, report.sheet))
            if change.contested:
                st.caption("导出以后，这一段在软件里也改过。请到“起草”页对照着改。")
            with st.container(horizontal=True, horizontal_alignment="right"):
                if not change.contested:
                    st.button("采用", type="primary", key=f"take-{number}", on_click=_take, args=(report.id, change))
                st.button("不采用", key=f"leave-{number}", on_click=_leave, args=(report, change))


@action
def _set_fact(report_id: str, fact: ReturnedFact) -> None:
    report = desk().report(report_id)
    desk().set_fact(report_id, fact.label, desk().fact_entry(report, fact), FactOrigin.IMPORT, "读回的送审稿")
    done = f"已改为{fact.after}" if fact.after else "已删去"
    session.tell(f"“{fact.name}”{done}，全文随之更新。", "success")


def _facts(report: Report, found: Returned) -> None:
    open_ = [fact for fact in found.facts if fact not in _left(report)]
    if not open_:
        return
    st.markdown(f"##### 数字或名称与事实不同 {len(open_)} 项")
    st.caption("文字里仍然引用事实；确认文件里的对，再改事实。")
    for number, fact in enumerate(open_):
        with st.container(horizontal=True, vertical_alignment="center", key=f"card-fact-{number}"):
            st.markdown(f"**{texts.as_text(fact.name)}**　{_told(fact)}（{texts.as_text(fact.title)}）")
            st.button("改事实", key=f"fact-{number}", on_click=_set_fact, args=(report.id, fact))
            st.button("不改", key=f"fact-leave-{number}", on_click=_leave, args=(report, fact))


def _told(fact: ReturnedFact) -> str:
    before, after = texts.as_text(fact.before), texts.as_text(fact.after)
    if fact.row and not fact.column:
        return f"文件里多了这一行：{after}" if fact.after else f"文件里没有这一行（现为 {before}）"
    return f"现为 {before or '空'}，文件里是 {after or '空'}"


def _comments(found: Returned) -> None:
    if not found.comments:
        return
    st.markdown(f"##### 批注 {len(found.comments)} 条")
    for comment in found.comments:
        about = f"　“{comment.about}”" if comment.about else ""
        st.markdown(
            f"- **{texts.as_text(comment.author or '未署名')}**{texts.as_text(about)}：{texts.as_text(comment.text)}"
        )
