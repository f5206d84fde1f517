"""事实: the typed form in groups, with search, undo, progress, rule findings beside the fields, and YAML in and out."""

from __future__ import annotations

import html

import streamlit as st

from assistant.checks.finding import Finding
from assistant.exporting import file_stem
from assistant.reports.fact_history import FactStep
from assistant.reports.report import Report
from assistant.reports.steps import Ways
from assistant.ui import session
from assistant.ui.fields import field_row, head_row
from assistant.ui.form_commit import renew_form
from assistant.ui.form_details import close_details
from assistant.ui.form_keys import keyboard
from assistant.ui.form_parts import before_and_behind, part_of
from assistant.ui.form_tools import Choice, choose_group, last_load, nothing_to_show, shown_items, tools, undo
from assistant.ui.handing import download
from assistant.ui.import_entries import excel_form, import_entries
from assistant.ui.scroll import focus_field
from assistant.ui.session import action, desk


@action
def _load(report_id: str) -> None:
    uploaded = st.session_state.get("sheet-file")
    if uploaded is None:
        return
    count = desk().load_form(report_id, uploaded.name, uploaded.getvalue())
    renew_form(report_id)
    session.tell(f"已从“{uploaded.name}”载入 {count} 项事实。", "success")


def _look_at(group: str) -> None:
    """Another group: what was sought by name, or filled in meanwhile, no longer stands out of the choice."""
    st.session_state.pop("facts-sought", None)
    st.session_state.pop("facts-kept", None)
    close_details()
    choose_group(group)


def _groups(report: Report, by_label: dict[str, list[Finding]]) -> str:
    schema = report.sheet.schema
    chosen = st.session_state.get("group")
    if chosen not in schema.groups:
        chosen = schema.groups[0]
    filled, total = report.sheet.filled(), len(schema.fields)
    st.html(f'<div class="ng-eyebrow">事实已填 {filled} / {total}</div>')
    st.progress(filled / total)
    with st.container(key="outline"):
        for number, group in enumerate(schema.groups):
            items = list(schema.in_group(group))
            done = report.sheet.filled(item.label for item in items)
            missing = [
                item.label
                for item in items
                if report.shape.key in item.required_by and report.sheet.fact(item.label).empty
            ]
            broken = any(finding.severity == "error" for item in items for finding in by_label.get(item.label, []))
            colour, word = "gray", f"{done}/{len(items)}"
            if broken:
                colour, word = "red", "有矛盾"
            elif missing:
                colour, word = "orange", f"缺 {len(missing)}"
            on = "on-" if group == chosen else "off-"
            with st.container(key=f"{on}group-{number}"):
                name = f"{group} :{colour}[{word}]"
                st.button(name, key=f"group-{number}", on_click=_look_at, args=(group,), width="stretch")
    return chosen


def _form(report: Report, group: str, choice: Choice, by_label: dict[str, list[Finding]]) -> None:
    schema = report.sheet.schema
    with st.container(key="form"):
        st.markdown(f"#### {group}")
        items = shown_items(report, group, choice)
        part = part_of(group, items)
        head_row(part.items)
        for item in part.items:
            field_row(report, item, by_label.get(item.label, []))
        if not items:
            nothing_to_show(report, group, choice)
        place = schema.groups.index(group)
        with st.container(horizontal=True, horizontal_alignment="right"):
            if place and not part.before:
                before = schema.groups[place - 1]
                st.button(f"上一组：{before}", on_click=_look_at, args=(before,), key="previous-group")
            if before_and_behind(group, part):
                return
            if place + 1 < len(schema.groups):
                following = schema.groups[place + 1]
                st.button(
                    f"下一组：{following}", type="primary", on_click=_look_at, args=(following,), key="next-group"
                )
            else:
                with st.container(key="next-group", width="content"):
                    link = "assistant/ui/views/draft.py"
                    st.page_link(link, label="填好了，去起草", icon=":material/arrow_forward:")


def _side(report: Report, findings: list[Finding], ways: Ways[FactStep]) -> None:
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        st.html(f'<div class="ng-eyebrow">相互矛盾的事实 {len(errors)} 处</div>')
        for finding in errors:
            st.html(f'<div class="ng-note"><span class="bad">{html.escape(finding.message)}</span></div>')
    box = st.expander("事实表文件", icon=":material/description:", key="sheet-files-open", on_change="rerun")
    if box.open:
        with box:
            _files(report, ways)


def _as_yaml(report_id: str) -> tuple[str, bytes]:
    report = desk().report(report_id)
    return f"{file_stem(report)}-事实表.yaml", desk().sheet_text(report).encode()


def _files(report: Report, ways: Ways[FactStep]) -> None:
    download("存为事实表（YAML）", "sheet-yaml", lambda: _as_yaml(report.id), "application/yaml", width="stretch")
    excel_form(report, blank=False)
    st.file_uploader("载入事实表", type=["xlsx", "yaml", "yml"], key="sheet-file")
    st.button(
        "用这个文件替换全部事实",
        on_click=_load,
        args=(report.id,),
        disabled=st.session_state.get("sheet-file") is None,
        width="stretch",
    )
    loaded = last_load(ways)
    if loaded is not None:
        st.button("撤销载入", on_click=undo, args=(report.id, loaded), width="stretch")


report = session.current_report()
if sought := st.session_state.get("fact"):
    st.session_state["facts-sought"] = sought
session.show_messages()
findings = desk().sheet_findings(report)
ways = desk().fact_ways(report.id)
by_label: dict[str, list[Finding]] = {}
for finding in findings:
    for label in finding.facts:
        by_label.setdefault(label, []).append(finding)
st.html(f'<div class="ng-eyebrow">{session.heading_line(report)}</div>')
import_entries(report)
left, middle = st.columns([2.1, 8.4], gap="medium")
with left:
    group = _groups(report, by_label)
    _side(report, findings, ways)
with middle:
    choice = tools(report, ways)
    _form(report, group, choice, by_label)
keyboard(report.id)
focus_field(st.session_state.pop("fact", None))
