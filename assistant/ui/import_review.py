"""The finds of one file, to accept, edit or refuse one by one."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.pending import Offer, Pending
from assistant.reports.fact_history import told_step
from assistant.reports.report import Report
from assistant.ui import texts
from assistant.ui.form_tools import undo
from assistant.ui.import_rows import WIDTHS, find_line, row_lines, take
from assistant.ui.import_told import told_of
from assistant.ui.import_year import leave, year_asked
from assistant.ui.session import action, desk

#: More lines than these are drawn a group at a time.
_AT_ONCE = 40
#: Rows of one table on a page.
_ROWS = 15
_ALL, _OPEN, _CONFLICTS, _DOUBTS, _BY_CONTEXT = "全部", "待定", "与表中不同", "有疑问", "按上下文认出"


@action
def _finish(import_id: str) -> None:
    desk().drop_import(import_id)
    leave()


@action
def ask_model(import_id: str) -> None:
    """Has the model read the text too; where it is elsewhere, a person is asked first."""
    room = desk().engines
    if room.settings is not None:
        desk().ask_model(import_id, room.settings, room.send_values, room.gate())


def review(report: Report, pending: Pending) -> None:
    """Draws the finds in the place of the form."""
    offers = desk().offers(report, pending)
    with st.container(key="finds"):
        _head(report, pending, offers)
        waits = year_asked(report, pending)
        _model(pending)
        told_of(report, pending, offers)
        if waits:
            # Until a person has said which year's place is meant, there is nothing to decide about a find.
            return
        shown = _chosen(offers)
        if not offers:
            st.html('<div class="ng-empty"><b>没有找到能填进事实表的内容</b>可以换一份材料，或直接填表。</div>')
        elif not shown:
            st.html('<div class="ng-empty"><b>这一类没有了</b></div>')
        _table(report, pending, shown)


def _head(report: Report, pending: Pending, offers: Sequence[Offer]) -> None:
    open_ = [offer for offer in offers if offer.open]
    certain = [offer for offer in offers if offer.certain]
    settled = sum(offer.settled for offer in offers)
    refused = sum(offer.refused and not offer.settled for offer in offers)
    left, right = st.columns([4.6, 6.4], vertical_alignment="center")
    with left:
        told = f"找到 {len(offers)} 项：已在表中 {settled} 项，不用 {refused} 项，待定 {len(open_)} 项"
        name = html.escape(pending.name)
        st.html(f'<div class="ng-card-title">{name}</div><div class="ng-card-sub">{told}</div>')
    with right, st.container(horizontal=True, horizontal_alignment="right", gap="small", key="find-presses"):
        step = desk().fact_ways(report.id).undo
        if step is not None:
            what = told_step(step, report.sheet.schema)
            st.button(
                texts.as_text(f"撤销：{what}"), key="undo-find", icon=":material/undo:", type="tertiary",
                on_click=undo, args=(report.id, step),
            )  # fmt: skip
        st.button("先去填表", key="leave-finds", on_click=leave)
        with st.popover("核对完了", key="finish"):
            said = f"还有 {len(open_)} 项没有定，结束后不再列出；已采用的都在表里。" if open_ else "都定下来了。"
            st.markdown(texts.as_text(said))
            st.button("结束核对", key="finish-finds", on_click=_finish, args=(pending.id,))
        st.button(
            f"全部采用没有疑问的（{len(certain)}）", key="take-certain", type="primary", disabled=not certain,
            on_click=take, args=(report.id, pending.id, certain),
        )  # fmt: skip


def _model(pending: Pending) -> None:
    settings = desk().engines.settings
    if settings is None or pending.extraction is None or not pending.extraction.text:
        return
    if desk().reading(pending.id) is not None:
        _progress(pending.id)
        return
    if pending.content.model == "done":
        st.html('<div class="ng-eyebrow">模型也读过了，它补充的都标了“请对照原文核对”。</div>')
    elif not desk().engines.send_values.allows(settings):
        st.html('<div class="ng-eyebrow">按现在的设置，原文不发给模型；以下由内置规则找到。</div>')
    else:
        with st.container(horizontal=True, vertical_alignment="center", key="ask-model-line"):
            where = "" if settings.is_local else f"（原文会整篇发往 {settings.host}）"
            said = f"模型没有读成：{pending.content.model}" if pending.content.model else f"可以请模型再读一遍{where}。"
            st.html(f'<div class="ng-eyebrow">{html.escape(said)}</div>')
            st.button("请模型再找", key="ask-model", type="tertiary", on_click=ask_model, args=(pending.id,))


@st.fragment(run_every=1.0)
def _progress(import_id: str) -> None:
    now = desk().reading(import_id)
    if now is None:
        st.rerun()
        return
    said = f"模型正在读原文（{now.done} / {now.total} 段），以下是内置规则找到的，可以先核对。"
    st.progress(now.done / max(now.total, 1), text=said)


def _chosen(offers: Sequence[Offer]) -> list[Offer]:
    kinds = {
        _ALL: list(offers),
        _OPEN: [offer for offer in offers if offer.open],
        _CONFLICTS: [offer for offer in offers if offer.open and offer.proposal.state == "conflict"],
        _DOUBTS: [offer for offer in offers if offer.open and offer.proposal.doubt],
    }
    if any(offer.proposal.found.guessed for offer in offers):
        kinds[_BY_CONTEXT] = [offer for offer in offers if offer.by_context]
    if not offers:
        return []
    chosen = st.segmented_control(
        "看哪些",
        list(kinds),
        default=_ALL,
        key="find-kinds",
        format_func=lambda kind: f"{kind} {len(kinds[kind])}",
        label_visibility="collapsed",
    )
    return kinds[chosen or _ALL]


def _table(report: Report, pending: Pending, offers: Sequence[Offer]) -> None:
    """By the groups of the form; the rows of a table together."""
    schema = report.sheet.schema
    by_label: dict[str, list[Offer]] = {}
    for offer in offers:
        by_label.setdefault(offer.proposal.label, []).append(offer)
    groups = _groups(schema, by_label)
    if by_label:
        for place, word in zip(st.columns(WIDTHS, gap="small"), ("事实", "找到的", "原文", "表中现有"), strict=False):
            place.html(f'<div class="ng-eyebrow">{word}</div>')
    for group in groups:
        items = [item for item in schema.in_group(group) if item.label in by_label]
        st.html(f'<div class="ng-findgroup">{html.escape(group)}</div>')
        for item in items:
            _item(report, pending, item, by_label[item.label])


def _groups(schema: FactSchema, by_label: Mapping[str, Sequence[Offer]]) -> list[str]:
    """The groups to draw: all, or of many finds the one that was chosen; a press draws the whole page anew."""
    finds = {
        group: [offer for item in schema.in_group(group) for offer in by_label.get(item.label, ())]
        for group in schema.groups
    }
    filled = [group for group in schema.groups if finds[group]]
    if sum(map(len, finds.values())) <= _AT_ONCE:
        return filled
    chosen = st.segmented_control(
        "看哪一组",
        filled,
        default=filled[0],
        key="find-group",
        format_func=lambda group: f"{group} {sum(offer.open for offer in finds[group])}",
        label_visibility="collapsed",
    )
    return [chosen if chosen in filled else filled[0]]


def _page_of(pending: Pending, item: FactField, rows: Sequence[Offer]) -> Sequence[Offer]:
    """The rows of a long table that are drawn: every cell is an input, and a press draws all of them anew."""
    if len(rows) <= _ROWS:
        return rows
    name = f"rows:{pending.id}:{item.label}"
    last = (len(rows) - 1) // _ROWS
    page = min(int(st.session_state.get(name, 0)), last)
    start = page * _ROWS
    with st.container(horizontal=True, vertical_alignment="center", key=f"pages-{rows[0].number}"):
        st.html(f'<div class="ng-card-sub">第 {start + 1}—{min(start + _ROWS, len(rows))} 行</div>', width="content")
        for word, to in (("上一页", page - 1), ("下一页", page + 1)):
            st.button(
                word, key=f"{word}-{rows[0].number}", disabled=not 0 <= to <= last, on_click=_turn, args=(name, to)
            )
    return rows[start : start + _ROWS]


def _turn(name: str, page: int) -> None:
    st.session_state[name] = page


def _item(report: Report, pending: Pending, item: FactField, offers: Sequence[Offer]) -> None:
    rows = [offer for offer in offers if offer.proposal.found.row is not None]
    for offer in offers:
        if offer.proposal.found.row is None:
            find_line(report, pending, offer)
    if rows and item.type is FieldType.TABLE:
        certain = [offer for offer in rows if offer.certain]
        with st.container(horizontal=True, vertical_alignment="center", key=f"table-{rows[0].number}"):
            st.html(f'<div class="ng-field">{html.escape(item.label)}<small>{len(rows)} 行</small></div>')
            if len(certain) > 1:
                st.button(
                    f"采用这 {len(certain)} 行", key=f"take-rows-{rows[0].number}", on_click=take,
                    args=(report.id, pending.id, certain),
                )  # fmt: skip
        row_lines(report, pending, item, _page_of(pending, item, rows))
