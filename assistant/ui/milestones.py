"""留存稿: the whole report kept under a name, compared with now, put in place again."""

from __future__ import annotations

import html

import streamlit as st

from assistant.facts.formatting import plain_text
from assistant.facts.sheet import Fact
from assistant.reports.milestone import Milestone
from assistant.reports.report import Report
from assistant.ui import session, texts
from assistant.ui.compared import compared_html
from assistant.ui.session import action, desk, generation, renew


@action
def _keep(report_id: str, widget: str) -> None:
    kept = desk().keep_milestone(report_id, st.session_state[widget])
    renew("milestone-name")
    session.tell(f"已留存“{kept.name}”。", "success")


@action
def _delete(report_id: str, milestone: Milestone) -> None:
    desk().delete_milestone(report_id, milestone.id)
    session.tell(f"已删去“{milestone.name}”；各节的历次稿不受影响。", "success")


@action
def _restore(report_id: str, milestone: Milestone) -> None:
    facts = bool(st.session_state.get(f"with-facts-{milestone.id}"))
    changed, left = desk().restore_milestone(report_id, milestone, facts=facts)
    for section in desk().report(report_id).sections:
        renew(f"body:{section.key}")
    if changed:
        session.tell(f"已恢复“{milestone.name}”的 {len(changed)} 节，可以撤销。", "success")
    elif not left:
        session.tell(f"各节文字与“{milestone.name}”相同。", "success")
    if left:
        session.tell(f"没有恢复：{'、'.join(left)}（已锁定，或提纲里已没有这一节）。", "warning")


def milestones(report: Report) -> None:
    """Keeps, lists, compares, restores and deletes them."""
    box = st.expander("留存稿", icon=":material/bookmark:", key="milestones-open", on_change="rerun")
    if not box.open:
        return
    with box:
        found = desk().milestones(report.id)
        widget = f"milestone-name:{report.id}:{generation('milestone-name')}"
        st.text_input("把现在的全文留一份", value=desk().next_milestone(report.id), key=widget, max_chars=40)
        st.button("留存", key="milestone-keep", on_click=_keep, args=(report.id, widget))
        for milestone in found:
            _listed(report, milestone)


def _listed(report: Report, milestone: Milestone) -> None:
    when = milestone.at.astimezone().strftime("%m-%d %H:%M")
    line = " · ".join(part for part in (milestone.name, milestone.by, when) if part)
    st.html(f'<div class="ng-factline"><span>{html.escape(line)}</span></div>')
    with st.container(horizontal=True, key=f"milestone-{milestone.id}"):
        if st.button("与现在比较", key=f"milestone-compare-{milestone.id}"):
            _compare(report.id, milestone.id)
        with st.popover("恢复"):
            st.markdown(f"各节文字回到**{texts.as_text(milestone.name)}**，成为新的一稿；锁定的章节不动，可以撤销。")
            st.checkbox("事实也恢复到那时", key=f"with-facts-{milestone.id}")
            st.button(
                "确定恢复", key=f"milestone-restore-{milestone.id}", on_click=_restore, args=(report.id, milestone)
            )
        with st.popover("删去"):
            st.markdown(f"删去留存的**{texts.as_text(milestone.name)}**？报告现在的文字和各节历次稿不受影响。")
            st.button("确定删去", key=f"milestone-delete-{milestone.id}", on_click=_delete, args=(report.id, milestone))


@st.dialog("与留存稿比较", width="large")
def _compare(report_id: str, milestone_id: int) -> None:
    report = desk().report(report_id)
    milestone = desk().milestone(report_id, milestone_id)
    since = desk().since_milestone(report, milestone)
    st.caption(f"从“{milestone.name}”到现在：文字改了 {len(since.texts)} 节，事实改了 {len(since.facts)} 项。")
    for title, then, now in since.texts:
        st.html(f'<div class="ng-eyebrow">{html.escape(title)}</div>{compared_html(then, now, report.sheet)}')
    rows = "".join(_fact_line(report, label, then, now) for label, (then, now) in since.facts.items())
    if rows:
        st.html(f'<div class="ng-eyebrow">事实</div>{rows}<div class="ng-note">文字里的数按现在的事实显示。</div>')


def _fact_line(report: Report, label: str, then: Fact, now: Fact) -> str:
    item = report.sheet.schema.by_label[label]
    old, new = (plain_text(fact.value, item, fact.approximate) or "（空）" for fact in (then, now))
    told = "其他内容有改动" if old == new else f"{old} → {new}"
    return f'<div class="ng-factline"><span>{html.escape(label)}</span><small>{html.escape(told)}</small></div>'
