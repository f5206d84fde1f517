"""Several units in one import: who reported what, who is still missing (缺报), and the list they are held against."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from assistant.ledger_review import who_reported
from assistant.pending import Pending
from assistant.reports.report import Report
from assistant.ui import session
from assistant.ui.session import action, desk, generation, renew

#: More names than these are counted.
_NAMED = 60


@action
def _expect(report_id: str, key: str) -> None:
    desk().expect_units(report_id, st.session_state.get(key) or "")
    renew("units-expected")
    count = len(desk().expected_units(report_id))
    session.tell(f"已记下 {count} 个应报单位，以后的汇总都照此核对。" if count else "应报单位的名单已清空。", "success")


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


def _table(report: Report, pending: Pending) -> None:
    """Who reported what, and the sum."""
    names = [who for who, _ in pending.content.forms]
    with st.expander(f"{len(names)} 份表：谁报了多少", expanded=True):
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            f"<tr><td>{html.escape(label)}</td>"
            + "".join(f"<td>{html.escape(one) or '—'}</td>" for one in told)
            + f"<td><b>{html.escape(total)}</b></td></tr>"
            for label, told, total in who_reported(pending.content.forms, report.sheet.schema)
        )
        table = f'<table class="ng-paste"><tr><th>事实</th>{head}<th>合计</th></tr>{body}</table>'
        st.html(f'<div class="ng-wide">{table}</div>')
