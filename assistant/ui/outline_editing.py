"""编辑提纲 at the left of 起草: move, group, add and delete sections. The tools stand still over the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from assistant.drafting.jobs import Job
from assistant.errors import NigaoError
from assistant.reports.outline import numbers
from assistant.reports.outline_edit import Way, hosts, parent_of, ways
from assistant.reports.outline_history import OutlineStep, mark_of, told_outline_step
from assistant.reports.report import Report, Section
from assistant.ui import session, texts
from assistant.ui.outline_voice import voice_button
from assistant.ui.session import action, desk, renew

MODE = "outline-mode"
PICK = "outline-pick"
#: The generation of the settings' inputs.
INPUTS = "outline"
_WAYS = (
    (Way.UP, "上移", ":material/arrow_upward:", "和上面的一节换位置，下属的节一起走"),
    (Way.DOWN, "下移", ":material/arrow_downward:", "和下面的一节换位置，下属的节一起走"),
    (Way.OUT, "升一级", ":material/format_indent_decrease:", "升一级，序号随之改变"),
    (Way.IN, "降一级", ":material/format_indent_increase:", "降一级，归到上面那一节的标题之下"),
)
_TOP = "（第一级）"


def editing() -> bool:
    return bool(st.session_state.get(MODE))


def picked(report: Report) -> Section | None:
    """The section that the tools and the settings are about."""
    return report.section(st.session_state.get(PICK) or "")


def begin() -> None:
    st.session_state[MODE] = True
    st.session_state[PICK] = st.session_state.get("section")
    st.session_state.pop("editing", None)
    _show_settings()


def _show_settings() -> None:
    """The settings stand on the panel's page of the section."""
    st.session_state["panel-tab"] = "本节"


def _end() -> None:
    st.session_state[MODE] = False


def pick(key: str, *, holds_text: bool) -> None:
    st.session_state[PICK] = key
    st.session_state["section"] = key if holds_text else None
    _show_settings()
    st.session_state["turn"] = st.session_state.get("turn", 0) + 1
    st.session_state.pop("editing", None)
    st.session_state.pop("here", None)


def tried(change: Callable[[], object]) -> None:
    """A change of the outline; when it is refused the inputs take their values from the store again."""
    try:
        change()
    except NigaoError:
        renew(INPUTS)
        raise


@action
def _move(report_id: str, seen: str, key: str, way: Way) -> None:
    tried(lambda: desk().move_section(report_id, seen, key, way))


@action
def _regroup(report_id: str, seen: str, key: str, widget: str) -> None:
    host = st.session_state[widget]
    if host is not None:
        tried(lambda: desk().regroup_section(report_id, seen, key, None if host == _TOP else host))
        renew("outline-host")


@action
def _delete(report_id: str, seen: str, key: str, title: str) -> None:
    tried(lambda: desk().delete_section(report_id, seen, key))
    st.session_state.pop(PICK, None)
    st.session_state.pop("section", None)
    session.tell(f"已删去“{title}”，文字都留着，可以撤销，也可以在“添加”里放回。", "success")


@action
def _add_own(report_id: str, seen: str, after: str | None, widget: str, group: bool) -> None:
    title = st.session_state.get(widget, "")
    key = ""

    def add() -> None:
        nonlocal key
        key = desk().add_own_section(report_id, seen, title, after, group=group)

    tried(add)
    renew("outline-new")
    pick(key, holds_text=not group)


@action
def _add_known(report_id: str, seen: str, after: str | None, widget: str) -> None:
    template = st.session_state.get(widget)
    if template is None:
        session.tell("请先选一节。", "warning")
        return
    came = 0
    key = ""

    def add() -> None:
        nonlocal key, came
        key, came = desk().add_known_section(report_id, seen, template, after)

    tried(add)
    _added(key, came)


@action
def _bring_back(report_id: str, seen: str, after: str | None, key: str) -> None:
    came = 0

    def back() -> None:
        nonlocal came
        came = desk().bring_back_section(report_id, seen, key, after)

    tried(back)
    _added(key, came)


def _added(key: str, came: int) -> None:
    renew("outline-new")
    pick(key, holds_text=True)
    if came:
        session.tell(f"有 {came} 项事实原在别的节，现在归这一节写；那几节已有的文字没有动。", "success")


@action
def _undo(report_id: str, step: OutlineStep) -> None:
    desk().undo_outline(report_id, step.number)
    _went(report_id, f"已撤销：{told_outline_step(step)}")


@action
def _redo(report_id: str, step: OutlineStep) -> None:
    desk().redo_outline(report_id, step.number)
    _went(report_id, f"已重做：{told_outline_step(step)}")


def _went(report_id: str, word: str) -> None:
    renew(INPUTS)
    for section in desk().report(report_id).written:
        renew(f"body:{section.key}")
    session.tell(word, "success")


def edit_button() -> None:
    """The way into the mode."""
    st.button(
        "编辑提纲",
        key="outline-edit",
        icon=":material/format_list_numbered:",
        type="tertiary",
        on_click=begin,
        help="改标题、增删、排序、归并章节，定每节写哪些事实",
    )


def stages(jobs: Mapping[str, Job]) -> tuple[tuple[str, str], ...]:
    """What has the page drawn again when it changes: that a section waits no longer is shown where it is written."""
    return tuple(sorted((key, "" if job.live else str(job.state)) for key, job in jobs.items()))


def _watch(report_id: str, drawn: tuple[tuple[str, str], ...]) -> None:
    if stages(desk().progress(report_id)) != drawn:
        st.rerun()


def outline_editor(report: Report, running: tuple[tuple[str, str], ...] | None) -> None:
    """The whole left column while the outline is edited.

    Args:
        running: the stages of what is being written, as drawn; the page follows when they change. None: nothing is.
    """
    if running is not None:
        st.fragment(_watch, run_every=0.5)(report.id, running)
    seen = mark_of(report)
    chosen = picked(report)
    with st.container(horizontal=True, vertical_alignment="center", key="outline-head"):
        st.html('<div class="ng-eyebrow">编辑提纲</div>')
        st.button("完成", key="outline-done", type="primary", on_click=_end)
    _tools(report, seen, chosen)
    with st.container(key="outline"):
        _rows(report, chosen)
    with st.container(horizontal=True, gap="small", key="outline-more"):
        _adding(report, seen, chosen)
        _grouping(report, seen, chosen)
    _steps(report)
    voice_button(report, seen)


def _tools(report: Report, seen: str, chosen: Section | None) -> None:
    possible = ways(report.sections, chosen.key) if chosen else frozenset()
    key = chosen.key if chosen else ""
    with st.container(horizontal=True, gap="small", key="outline-tools"):
        for way, name, icon, told in _WAYS:
            st.button(
                name, key=f"outline-{way}", icon=icon, help=told if chosen else "请先在下面点一节",
                disabled=way not in possible, on_click=_move, args=(report.id, seen, key, way),
            )  # fmt: skip
        st.button(
            "删去", key="outline-delete", icon=":material/delete:", disabled=chosen is None,
            help="从提纲里删去这一节；文字留着，下属的节升一级" if chosen else "请先在下面点一节",
            on_click=_delete, args=(report.id, seen, key, chosen.title if chosen else ""),
        )  # fmt: skip


def _rows(report: Report, chosen: Section | None) -> None:
    numbered = numbers(report.sections)
    for section in report.sections:
        on = "on" if chosen is not None and section.key == chosen.key else "off"
        depth = "flat" if section.depth == 1 else f"deep{section.depth}"
        facts = f"{len(section.facts)} 项" if section.facts else ""
        word = ("已锁 " if section.locked else "") + (facts if section.holds_text else "标题")
        with st.container(key=f"{on}-{depth}-{section.key}"):
            st.button(
                f"{numbered[section.key]}{texts.as_text(section.title)} :gray[{word or '—'}]",
                key=f"outline-row-{section.key}",
                on_click=pick,
                args=(section.key,),
                kwargs={"holds_text": section.holds_text},
                width="stretch",
            )


def _adding(report: Report, seen: str, chosen: Section | None) -> None:
    after = chosen.key if chosen else None
    # Another key after each press: the box is shut then.
    with st.popover("添加", icon=":material/add:", key=f"outline-add-box-{session.generation('outline-new')}"):
        where = f"加在“{texts.as_text(chosen.title)}”后面。" if chosen else "加在最后；先点一节，就加在它后面。"
        st.caption(where)
        widget = f"outline-new:{session.generation('outline-new')}"
        st.text_input("自己加一节", key=widget, max_chars=30, placeholder="名称，如：防汛抢险")
        with st.container(horizontal=True):
            st.button(
                "加为一节", key="outline-add", type="primary", on_click=_add_own,
                args=(report.id, seen, after, widget, False),
            )  # fmt: skip
            st.button(
                "加为标题", key="outline-add-group", help="只有标题，下面放别的节", on_click=_add_own,
                args=(report.id, seen, after, widget, True),
            )  # fmt: skip
        known = {section.template: section.title for section in desk().sections_to_add(report)}
        if known:
            choice = f"outline-known:{session.generation('outline-new')}"
            st.selectbox(
                "现成的节", list(known), index=None, key=choice, format_func=known.__getitem__,
                placeholder="提纲里还没有的",
            )  # fmt: skip
            st.button("加这一节", key="outline-add-known", on_click=_add_known, args=(report.id, seen, after, choice))
        gone = desk().removed_sections(report.id)
        if gone:
            st.html('<div class="ng-eyebrow">删去的节</div>')
        for section in gone:
            st.button(
                f"放回“{texts.as_text(section.title)}”", key=f"outline-back-{section.key}", on_click=_bring_back,
                args=(report.id, seen, after, section.key), help="连同它的文字和历次稿",
            )  # fmt: skip


def _grouping(report: Report, seen: str, chosen: Section | None) -> None:
    numbered = numbers(report.sections)
    found = hosts(report.sections, chosen.key) if chosen else []
    names = {section.key: f"{numbered[section.key]}{section.title}" for section in found}
    if chosen is not None and parent_of(report.sections, chosen.key) is not None:
        names[_TOP] = _TOP
    with st.popover(
        "归到", icon=":material/drive_file_move:", disabled=not names, help="放到另一个标题下面",
        key=f"outline-host-box-{session.generation('outline-host')}",
    ):  # fmt: skip
        if chosen is not None and names:
            widget = f"outline-host:{chosen.key}:{session.generation('outline-host')}"
            st.selectbox(
                f"把“{chosen.title}”归到", list(names), index=None, key=widget, format_func=names.__getitem__,
                placeholder="选一个标题", on_change=_regroup, args=(report.id, seen, chosen.key, widget),
            )  # fmt: skip


def _steps(report: Report) -> None:
    """撤销 and 重做 of the outline, named on the buttons."""
    found = desk().outline_ways(report.id)
    with st.container(key="outline-undo", gap="small"):
        for key, word, icon, step, call in (
            ("undo-outline", "撤销提纲", ":material/undo:", found.undo, _undo),
            ("redo-outline", "重做提纲", ":material/redo:", found.redo, _redo),
        ):
            told = f"：{texts.as_text(told_outline_step(step))}" if step else ""
            st.button(
                f"{word}{told}", key=key, icon=icon, type="tertiary", disabled=step is None,
                help="提纲回到这一步之前" if step and call is _undo else None,
                on_click=call, args=(report.id, step),
            )  # fmt: skip
