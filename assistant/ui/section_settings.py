"""The panel at the right while the outline is edited: a section's name, heading, facts, instruction and share."""

from __future__ import annotations

import streamlit as st

from assistant.reports.outline_edit import below
from assistant.reports.outline_history import mark_of
from assistant.reports.report import Report, Section, budget
from assistant.reports.types import HeadingStyle
from assistant.ui import beside_page, texts
from assistant.ui.outline_editing import INPUTS, picked, tried
from assistant.ui.session import action, desk, generation, renew

_STYLES = {
    HeadingStyle.NUMBERED: "编号，单独成行",
    HeadingStyle.NUMBERED_RUNIN: "编号，接着正文",
    HeadingStyle.RUNIN: "不编号，接着正文",
    HeadingStyle.PLAIN: "不设标题",
}


@action
def _put(report_id: str, seen: str, key: str, name: str, widget: str) -> None:
    value = st.session_state[widget]
    tried(lambda: desk().brief_section(report_id, seen, key, **{name: value}))
    if name in ("title", "heading", "style"):
        # What was typed may have been tidied, and a style may bring a heading.
        renew(INPUTS)


@action
def _take(report_id: str, seen: str, key: str, heading: str) -> None:
    tried(lambda: desk().brief_section(report_id, seen, key, heading=heading))
    renew(INPUTS)


def _turn(key: str) -> None:
    st.session_state[f"turn-{key}"] = st.session_state.get(f"turn-{key}", 0) + 1
    st.session_state.pop(f"told-{key}", None)


@action
def _ask(report_id: str, key: str) -> None:
    room, report = desk(), desk().report(report_id)
    beside_page.begin(f"asked-{key}", lambda: room.model_headings_for(report, key))


def section_settings(report: Report) -> None:
    """Inputs that save when they are left; or a word on how to begin."""
    section = picked(report)
    if section is None:
        st.html(
            '<div class="ng-note">点左边的一节，可以改名称、标题，定它写哪些事实、有什么要求。'
            "序号由程序编排，移动后自动重排。</div>"
        )
        return
    seen = mark_of(report)
    st.html('<div class="ng-eyebrow">这一节</div>')
    _text(report, seen, section, "title", "名称", section.title, "提纲里显示的短名")
    if section.style is not HeadingStyle.PLAIN:
        _text(report, seen, section, "heading", "标题", section.heading, "印在文中的标题，不写序号和句号")
        _proposals(report, seen, section)
    _style(report, seen, section)
    if section.holds_text:
        _facts(report, seen, section)
        _instruction(report, seen, section)
        _weight(report, seen, section)
    else:
        st.html('<div class="ng-note">这是只有标题的一级，文字写在它下面的节里。</div>')


def _widget(section: Section, name: str) -> str:
    return f"brief-{name}:{section.key}:{generation(INPUTS)}"


def _text(report: Report, seen: str, section: Section, name: str, label: str, value: str, told: str) -> None:
    widget = _widget(section, name)
    st.text_input(
        label, value=value, key=widget, max_chars=60, help=told, on_change=_put,
        args=(report.id, seen, section.key, name, widget),
    )  # fmt: skip


def _proposals(report: Report, seen: str, section: Section) -> None:
    if came := beside_page.answer(f"asked-{section.key}", "模型拟标题"):
        st.session_state[f"told-{section.key}"] = came
    told = st.session_state.get(f"told-{section.key}")
    found = told or desk().headings_for(report, section.key, st.session_state.get(f"turn-{section.key}", 0))
    with st.container(key="headings", gap="small"):
        for place, heading in enumerate(found):
            st.button(
                texts.as_text(heading), key=f"heading-{place}", width="stretch", help="用作这一节的标题",
                on_click=_take, args=(report.id, seen, section.key, heading),
            )  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            st.button("换两个", key="heading-turn", type="tertiary", icon=":material/cached:", on_click=_turn,
                      args=(section.key,))  # fmt: skip
            if desk().engines.settings is not None:
                st.button("请模型拟", key="heading-ask", type="tertiary", icon=":material/edit_note:", on_click=_ask,
                          args=(report.id, section.key))  # fmt: skip


def _style(report: Report, seen: str, section: Section) -> None:
    holds = bool(below(report.sections, section.key)) or not section.holds_text
    widget = _widget(section, "style")
    styles = [HeadingStyle.NUMBERED] if holds else list(_STYLES)
    if section.style not in styles:
        styles.append(section.style)
    st.selectbox(
        "标题样式", styles, index=styles.index(section.style), key=widget, format_func=_STYLES.__getitem__,
        disabled=holds, help="下面还有节的标题单独成行" if holds else None, on_change=_put,
        args=(report.id, seen, section.key, "style", widget),
    )  # fmt: skip


def _facts(report: Report, seen: str, section: Section) -> None:
    schema = report.sheet.schema
    homes = {label: other.title for other in report.sections if other.key != section.key for label in other.facts}
    labels = [*schema.by_label, *schema.derived_by_label]
    widget = _widget(section, "facts")
    # The browser sends what it shows: a choice that was called otherwise when it was made would be dropped.
    homes = st.session_state.setdefault("homes", {}).setdefault(widget, homes)
    st.multiselect(
        "写哪些事实",
        labels,
        default=[label for label in section.facts if label in labels],
        key=widget,
        format_func=lambda label: f"{label}（{homes[label]}）" if label in homes else label,
        placeholder="输入名称查找",
        help="括号里是它原来所在的节；选过来以后由这一节写，每个数只写一次",
        on_change=_put,
        args=(report.id, seen, section.key, "facts", widget),
    )


def _instruction(report: Report, seen: str, section: Section) -> None:
    widget = _widget(section, "instruction")
    st.text_area(
        "这一节的要求", value=section.instruction, key=widget, height=84, max_chars=500,
        placeholder="如：突出大学生征兵，少写过程", on_change=_put,
        args=(report.id, seen, section.key, "instruction", widget),
        help="每次起草这一节都会带上；内置范式不看这一条",
    )  # fmt: skip


def _weight(report: Report, seen: str, section: Section) -> None:
    widget = _widget(section, "weight")
    st.number_input(
        "篇幅比重", 1, 100, value=max(1, section.weight), step=1, key=widget, on_change=_put,
        args=(report.id, seen, section.key, "weight", widget), help="和别的节相比占多少篇幅",
    )  # fmt: skip
    share = budget(section, report.sections, desk().goal(report))
    st.html(f'<div class="ng-note tight">约 {share} 字，全文 {desk().goal(report)} 字。</div>')
