"""Several units in one import: who reported what, who is still missing (缺报), and the list they are held against."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from assistant.form_review import counting, who_reported
from assistant.pending import Pending
from assistant.reports.report import Report
from assistant.ui import session, texts
from assistant.ui.session import action, desk, generation, renew

#: More names than these are counted.
_NAMED = 60
_ANEW = "按新的办法重新相加，采用过的仍在表里。"


@action
def _expect(report_id: str, key: str) -> None:
    desk().expect_units(report_id, st.session_state.get(key) or "")
    renew("units-expected")
    count = len(desk().expected_units(report_id))
    session.tell(f"已记下 {count} 个应报单位，以后的汇总都照此核对。" if count else "应报单位的名单已清空。", "success")


@action
def _count(report_id: str, import_id: str, number: int, counted: bool) -> None:
    # A box that was ticked for nothing stands as it was.
    renew("which-forms")
    desk().count_form(desk().report(report_id), import_id, number, counted)


def units_of(report: Report, pending: Pending) -> None:
    """Who reported, against who should have; nothing for a file that one alone wrote."""
    if not pending.came:
        return
    state = desk().reporting(pending)
    with st.container(key="units-told", horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="ng-units">{_told(pending, state.expected, state.absent, state.unlisted)}</div>')
        with st.popover(f"应报单位（{len(state.expected)}）" if state.expected else "列出应报单位", key="units-box"):
            _list(report, pending, state.expected)
        if pending.content.forms:
            _which(report, pending)
    if pending.content.forms:
        _asked(report, pending)
        _table(report, pending)


def _told(pending: Pending, expected: Sequence[str], absent: Sequence[str], unlisted: Sequence[str]) -> str:
    came = len(dict.fromkeys(pending.came))
    if not expected:
        return f"{came} 个单位报了数。列出应报单位，就能看到还有谁没报。"
    told = [
        f'<b class="bad">缺报 {len(absent)} 个：{_names(absent)}。</b>合计里没有他们的数。'
        if absent
        else f"应报 {len(expected)} 个，都报了。"
    ]
    if unlisted:
        told.append(f'<span class="warn">名单以外的 {len(unlisted)} 个：{_names(unlisted)}，也计入了。</span>')
    return "".join(told)


def _names(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
    return html.escape("、".join(names[:_NAMED])) + more


def _list(report: Report, pending: Pending, expected: Sequence[str]) -> None:
    key = f"units-expected:{pending.id}:{generation('units-expected')}"
    st.text_area(
        "应报单位",
        value="\n".join(expected or dict.fromkeys(pending.came)),
        key=key,
        height=220,
        help="一行一个，也可以用顿号隔开。文件名里有这个名称的，就算这个单位的。",
    )
    if not expected:
        st.html('<div class="ng-note">上面是这次报了数的，请补上还没有报的。</div>')
    st.button("记下名单", key="expect-units", type="primary", on_click=_expect, args=(report.id, key))


def _asked(report: Report, pending: Pending) -> None:
    """The forms of which it is not plain that they count, each with its press."""
    for number, said in desk().form_remarks(report, pending).items():
        out = number in pending.content.left_forms
        with st.container(key=f"twice-form-{number}", horizontal=True, vertical_alignment="center"):
            st.html(f'<div class="ng-units">{html.escape(said)}，<b>{"没有计入" if out else "已计入"}</b>。</div>')
            st.button(
                "计入这一份" if out else "不计这一份", key=f"count-form-{number}", on_click=_count,
                args=(report.id, pending.id, number, out), help=_ANEW,
            )  # fmt: skip


def _which(report: Report, pending: Pending) -> None:
    """All forms, to leave any of them out."""
    forms, left = pending.content.forms, pending.content.left_forms
    box = st.popover(f"计入 {len(forms) - len(left)} 份", key="which-forms", on_change="rerun", help=_ANEW)
    if not box.open:
        return
    with box:
        for number, one in enumerate(forms):
            key = f"form-counts:{pending.id}:{number}:{generation('which-forms')}"
            st.checkbox(
                texts.as_text(one.file or one.who), value=number not in left, key=key, on_change=_count,
                args=(report.id, pending.id, number, number in left),
            )  # fmt: skip


def _table(report: Report, pending: Pending) -> None:
    """Who reported what, and the sum."""
    forms = counting(pending.content.forms, pending.content.left_forms)
    whose = [one.who for one in forms]
    # Of one unit's two forms the files tell which is which.
    names = [one.file or one.who if whose.count(one.who) > 1 else one.who for one in forms]
    with st.expander(f"{len(names)} 份表：谁报了多少", expanded=True):
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            f"<tr><td>{html.escape(label)}</td>"
            + "".join(f"<td>{html.escape(one) or '—'}</td>" for one in told)
            + f"<td><b>{html.escape(total)}</b></td></tr>"
            for label, told, total in who_reported(forms, report.sheet.schema)
        )
        table = f'<table class="ng-paste"><tr><th>事实</th>{head}<th>合计</th></tr>{body}</table>'
        st.html(f'<div class="ng-wide">{table}</div>')
