"""Over the form: find a fact, show only what is missing or needed, take back and do again."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assistant.facts.fields import FactField
from assistant.facts.search import Hit, find_facts
from assistant.reports.fact_history import FactOrigin, FactStep, told_step
from assistant.reports.report import Report
from assistant.reports.steps import Ways
from assistant.ui import session, texts
from assistant.ui.form_commit import entered_since, renew_facts, ways_drawn
from assistant.ui.form_regions import FormPage, region, whole_page
from assistant.ui.session import action, desk, generation, renew

_FOUND = 8


@dataclass(frozen=True)
class Choice:
    """What the form is to show: ``missing`` only what has no value, ``required`` only what the shape needs."""

    missing: bool
    required: bool

    def __bool__(self) -> bool:
        return self.missing or self.required


def tools(report: Report) -> Choice:
    """Draws the tools; returns what to show."""
    with st.container(key="fact-tools"):
        finding, undoing = st.columns([4.4, 5.6], gap="small", vertical_alignment="center")
        with finding:
            query = _search()
        with undoing:
            region("undo", _ways, _undo_redo)
        if query:
            _found(report, query)
        with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
            missing = st.checkbox("只看没填的", key="facts-missing", persist_state="session")
            required = st.checkbox("只看本文种必填", key="facts-required", persist_state="session")
            region("lacking", _lacking, _say_lacking)
    return Choice(missing, required)


def _lacking(page: FormPage) -> int:
    report = page.report
    return sum(report.sheet.fact(item.label).empty for item in report.sheet.schema.required(report.shape.key))


def _say_lacking(lacking: int) -> None:
    said = f"必填的还缺 {lacking} 项" if lacking else "必填的都填好了"
    st.html(f'<div class="ng-eyebrow">{said}</div>')


def choose_group(group: str) -> None:
    st.session_state["group"] = group


# ---- search


def _search() -> str:
    with st.container(key="fact-search"):
        typed = st.text_input(
            "找事实",
            key=f"fact-search:{generation('fact-search')}",
            placeholder="找事实：名称、拼音或首字母（按 / 到这里）",
            icon=":material/search:",
            label_visibility="collapsed",
            live="200ms",
        )
    return (typed or "").strip()


def _found(report: Report, query: str) -> None:
    hits = find_facts(report.sheet.schema, query, _FOUND)
    asked = html.escape(query, quote=True)
    with st.container(key="found-box"):
        st.html(f'<div class="ng-found ng-eyebrow" data-query="{asked}">{_said(query, hits)}</div>')
        with st.container(horizontal=True, gap="small", key="found"):
            _hits(hits)


def _hits(hits: Sequence[Hit]) -> None:
    for number, hit in enumerate(hits):
        alias = f"（{hit.by}）" if hit.by else ""
        name = f"{texts.as_text(hit.item.label + alias)} :gray[{texts.as_text(hit.item.group)}]"
        st.button(name, key=f"found-{number}", on_click=_open, args=(hit.item,))


def _said(query: str, hits: Sequence[Hit]) -> str:
    if not hits:
        return f"没有找到“{html.escape(query)}”，可以换一个说法或拼音首字母。"
    return f"找到 {len(hits)} 项，回车到第一项："


def _open(item: FactField) -> None:
    renew("fact-search")
    _seek(item)


def _seek(item: FactField) -> None:
    """The next drawing shows the fact, whatever is chosen to be shown, with the caret in it."""
    choose_group(item.group)
    st.session_state["fact"] = item.label


# ---- what is shown


def shown_items(report: Report, group: str, choice: Choice) -> list[FactField]:
    """The rows of a group. A row filled in meanwhile stays until the person looks elsewhere: nothing jumps away."""
    items = list(report.sheet.schema.in_group(group))
    view = (report.id, group, choice)
    kept: set[str] = st.session_state.get("facts-kept", {}).get(view, set())
    sought = st.session_state.get("facts-sought")
    if not choice:
        st.session_state["facts-kept"] = {}
        return items
    found = [
        item
        for item in items
        if item.label in kept
        or item.label == sought
        or (
            (not choice.missing or report.sheet.fact(item.label).empty)
            and (not choice.required or report.shape.key in item.required_by)
        )
    ]
    st.session_state["facts-kept"] = {view: {item.label for item in found}}
    return found


def next_open(report: Report, group: str, choice: Choice) -> str | None:
    """The next group, from this one on and round, where something of the choice is still empty."""
    schema = report.sheet.schema
    place = schema.groups.index(group)
    for name in (*schema.groups[place + 1 :], *schema.groups[:place]):
        for item in schema.in_group(name):
            needed = not choice.required or report.shape.key in item.required_by
            if needed and report.sheet.fact(item.label).empty:
                return name
    return None


def nothing_to_show(report: Report, group: str, choice: Choice) -> None:
    """Said in place of an empty form, with the way on."""
    said = "这一组都填好了" if choice.missing else "这一组没有本文种必填的"
    if choice.missing and choice.required:
        said = "这一组必填的都填好了"
    following = next_open(report, group, choice)
    more = "" if following else "，其他组也没有缺的了"
    st.html(f'<div class="ng-empty"><b>{said}</b>{more.removeprefix("，")}</div>')
    if following:
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.button(f"去还缺的一组：{following}", key="next-open", on_click=choose_group, args=(following,))


# ---- undo and redo


def _ways(page: FormPage) -> tuple[Report, Ways[FactStep]]:
    return page.report, page.ways


def _undo_redo(of: tuple[Report, Ways[FactStep]]) -> None:
    report, ways = of
    ways_drawn()
    with st.container(horizontal=True, horizontal_alignment="right", key="undo-redo", gap="small"):
        for key, word, step, icon in (
            ("undo-facts", "撤销", ways.undo, ":material/undo:"),
            ("redo-facts", "重做", ways.redo, ":material/redo:"),
        ):
            what = told_step(step, report.sheet.schema) if step else ""
            st.button(
                texts.as_text(f"{word}：{what}" if what else word),
                key=key,
                icon=icon,
                type="tertiary",
                disabled=step is None,
                help=texts.as_text(what) or None,
                on_click=whole_page(_undo_last if key == "undo-facts" else redo),
                args=(report.id, step),
            )


@action
def undo(report_id: str, step: FactStep) -> None:
    """Takes back the step that the button named, and shows where."""
    _went(report_id, desk().undo_facts(report_id, step.number), "已撤销")


@action
def _undo_last(report_id: str, step: FactStep) -> None:
    """Who types and presses at once has both come together: the button named the step before, the entry is meant."""
    meant = entered_since(report_id) or step
    _went(report_id, desk().undo_facts(report_id, meant.number), "已撤销")


@action
def redo(report_id: str, step: FactStep) -> None:
    _went(report_id, desk().redo_facts(report_id, step.number), "已重做")


def _went(report_id: str, step: FactStep, word: str) -> None:
    schema = desk().report(report_id).sheet.schema
    renew_facts(report_id, step.labels)
    session.tell(f"{word}：{told_step(step, schema)}", "success")
    item = schema.by_label.get(step.labels[0])
    if item is not None and len(step.labels) == 1:
        _seek(item)


def last_load(ways: Ways[FactStep]) -> FactStep | None:
    """The sheet that was loaded, while nothing was changed since."""
    return ways.undo if ways.undo is not None and ways.undo.origin is FactOrigin.LOAD else None
