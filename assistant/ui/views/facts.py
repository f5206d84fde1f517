"""事实: the typed form in groups, with search, undo, progress, rule findings beside the fields, and YAML in and out."""

from __future__ import annotations

import html

import streamlit as st

from assistant.exporting import file_stem
from assistant.reports.fact_history import FactStep
from assistant.reports.report import Report
from assistant.reports.steps import Ways
from assistant.ui import session
from assistant.ui.fields import field_row, head_row
from assistant.ui.form_commit import renew_form
from assistant.ui.form_groups import chosen_group, groups, look_at
from assistant.ui.form_keys import keyboard
from assistant.ui.form_parts import Part, before_and_behind, part_of
from assistant.ui.form_regions import FormPage, page_begins, row_region
from assistant.ui.form_tools import Choice, last_load, nothing_to_show, shown_items, tools, undo
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


def _rows(report: Report, group: str, choice: Choice) -> Part:
    items = shown_items(report, group, choice)
    part = part_of(group, items)
    head_row(part.items)
    for item in part.items:
        row_region(report, item, field_row)
    if not items:
        nothing_to_show(report, group, choice)
    return part


def _ways_on(report: Report, group: str, part: Part) -> None:
    schema = report.sheet.schema
    place = schema.groups.index(group)
    with st.container(horizontal=True, horizontal_alignment="right"):
        if place and not part.before:
            before = schema.groups[place - 1]
            st.button(f"上一组：{before}", on_click=look_at, args=(before,), key="previous-group")
        if before_and_behind(group, part):
            return
        if place + 1 < len(schema.groups):
            following = schema.groups[place + 1]
            st.button(f"下一组：{following}", type="primary", on_click=look_at, args=(following,), key="next-group")
        else:
            with st.container(key="next-group", width="content"):
                link = "assistant/ui/views/draft.py"
                st.page_link(link, label="填好了，去起草", icon=":material/arrow_forward:")


def _side(page: FormPage) -> None:
    errors = [finding for finding in page.findings if finding.severity == "error"]
    if errors:
        said = "".join(f'<div class="ng-note tight bad">{html.escape(finding.message)}</div>' for finding in errors)
        st.html(f'<div class="ng-eyebrow">相互矛盾的事实 {len(errors)} 处</div>{said}')
    box = st.expander("事实表文件", icon=":material/description:", key="sheet-files-open", on_change="rerun")
    if box.open:
        with box:
            _files(page.report, page.ways)


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
page = page_begins(report)
st.html(f'<div class="ng-eyebrow">{session.heading_line(report)}</div>')
import_entries(report)
left, middle = st.columns([2.1, 8.4], gap="medium")
group = chosen_group(report)
with middle:
    choice = tools(report)
    form = st.container(key="form")
# Outside of the boxes around them: a fragment copies all that it is drawn in.
with left:
    groups()
    _side(page)
with form:
    st.markdown(f"#### {group}")
    _ways_on(report, group, _rows(report, group, choice))
keyboard(report.id)
focus_field(st.session_state.pop("fact", None))
