"""核校: what is still open, each finding leading to its place, with a fix where one is certain."""

from __future__ import annotations

import streamlit as st

from assistant.checks.acceptance import KEEPABLE
from assistant.checks.finding import Finding, by_severity
from assistant.reports.report import Report
from assistant.ui import session, texts
from assistant.ui.coverage import coverage_grid
from assistant.ui.import_words import own_words
from assistant.ui.kept import keep, kept_numbers
from assistant.ui.session import action, desk, renew
from assistant.ui.twins import side_by_side

_KINDS = {
    "placeholder": "待补的事实",
    "number": "没有事实支持的数字",
    "stale": "可能过期的章节",
    "wording": "与事实不符的说法",
    "voice": "口吻",
    "leftover": "残留检查",
    "rule": "相互矛盾的事实",
    "coverage": "没有用上的事实",
    "repetition": "套话和重复",
    "length": "篇幅",
    "enclosure": "附件",
}


def _go_section(key: str) -> None:
    st.session_state["section"] = key
    st.session_state["go"] = "draft"
    st.session_state.pop("here", None)


def _go_fact(group: str) -> None:
    st.session_state["group"] = group
    st.session_state["go"] = "facts"


@action
def _fix(report_id: str, finding: Finding) -> None:
    desk().apply_fix(report_id, finding)
    renew(f"body:{finding.section_key}")
    session.tell("已改正。" if finding.kind in ("leftover", "voice", "enclosure") else "已改为引用事实。", "success")


def _row(report: Report, finding: Finding, number: int) -> None:
    section = report.section(finding.section_key) if finding.section_key else None
    field = next((report.sheet.schema.by_label.get(label) for label in finding.facts if label), None)
    text, tools = st.columns([7, 3], vertical_alignment="center")
    with text:
        place = f"**{section.title}**　" if section else ""
        st.markdown(f"{place}{texts.as_text(finding.message)}")
    with tools, st.container(horizontal=True, horizontal_alignment="right"):
        if finding.fix is not None:
            st.button(
                finding.fix.label or "改正",
                key=f"fix-{number}",
                type="primary",
                on_click=_fix,
                args=(report.id, finding),
            )
        if finding.rule in KEEPABLE:
            st.button(
                "保留这个数", key=f"keep-{number}", on_click=keep, args=(report.id, finding),
                help="由您负责：不再提醒，直到这句话改动",
            )  # fmt: skip
        if field is not None and finding.kind in ("placeholder", "rule", "coverage"):
            st.button(f"去填“{field.label}”", key=f"fact-{number}", on_click=_go_fact, args=(field.group,))
        if section is not None and finding.kind != "rule":
            st.button("看这一节", key=f"see-{number}", on_click=_go_section, args=(section.key,))
    side_by_side(finding)


if target := st.session_state.pop("go", None):
    st.switch_page(f"assistant/ui/views/{target}.py")
report = session.current_report()
session.show_messages()
st.html(f'<div class="ng-eyebrow">{session.heading_line(report)}</div>')
review = desk().review(report)
findings = (*review.findings, *desk().enclosed(report), *desk().compared(report))
counts = {level: sum(finding.severity == level for finding in findings) for level in texts.SEVERITIES}
st.markdown("#### 核校")
if not counts["error"] and not counts["warning"]:
    st.success("没有待补、没有裸数字、事实之间没有矛盾，可以导出正式稿。", icon=":material/check_circle:")
else:
    st.markdown(
        "　".join(
            f":{texts.SEVERITY_COLOURS[level]}[{name} {counts[level]} 处]" for level, name in texts.SEVERITIES.items()
        )
    )
number = 0
# A check that is newer than this page is shown too.
for kind in dict.fromkeys([*_KINDS, *(finding.kind for finding in findings)]):
    title = _KINDS.get(kind, "其他")
    mine = [finding for finding in findings if finding.kind == kind]
    if kind == "leftover":
        # They come from two checks; what weighs most stands first.
        mine.sort(key=by_severity)
    if not mine:
        continue
    hints_only = all(finding.severity == "hint" for finding in mine)
    with st.container(key=f"card-kind-{kind}"):
        holder = st.expander(f"{title}（{len(mine)}）", expanded=False) if hints_only else st.container()
        with holder:
            if not hints_only:
                st.markdown(f"##### {title}（{len(mine)}）")
            for finding in mine:
                _row(report, finding, number)
                number += 1
            if kind == "leftover":
                own_words("review")
kept_numbers(report, review.kept)
coverage_grid(report)
