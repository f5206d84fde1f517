"""Proposals in the conversation: facts as a table to take one by one or all, a section's new wording."""

from __future__ import annotations

import html
from collections.abc import Mapping

import streamlit as st

from assistant.drafting.jobs import Job
from assistant.reports.chat import FactOffer, RedrawOffer, Standing, Turn
from assistant.reports.report import Report
from assistant.revising import changes_between
from assistant.slots.hunks import hunks
from assistant.ui import session
from assistant.ui.outline import select
from assistant.ui.session import action, desk, renew

_STANDINGS = {
    Standing.TAKEN: "已采用",
    Standing.REFUSED: "不用",
    Standing.UNDONE: "已撤销",
    Standing.REPLACED: "已由新的一条代替",
}


@action
def _take(report_id: str, number: int, label: str | None) -> None:
    desk().chat.take_facts(report_id, number, None if label is None else (label,))


@action
def _refuse(report_id: str, number: int, label: str | None) -> None:
    desk().chat.refuse_facts(report_id, number, None if label is None else (label,))


@action
def _undo(report_id: str, number: int, label: str) -> None:
    desk().chat.undo_taken(report_id, number, label)


@action
def _reopen(report_id: str, number: int, label: str) -> None:
    desk().chat.reopen(report_id, number, label)


def fact_card(turn: Turn, report: Report) -> None:
    """What each fact is and would be, with 采用 and 不用; what was taken can be taken back."""
    offers = turn.said.facts
    waiting = [one for one in offers if one.standing is Standing.OPEN]
    with st.container(key=f"offers-{turn.number}", gap="small"):
        st.html('<div class="ng-offer head"><span>事实</span><span>现在</span><span>改成</span></div>')
        for place, offer in enumerate(offers):
            _fact(turn.number, place, offer, report.id, alone=len(waiting) == 1)
        if len(waiting) > 1:
            with st.container(horizontal=True, gap="small"):
                st.button(
                    "全部采用", type="primary", key=f"take-all-{turn.number}", on_click=_take,
                    args=(report.id, turn.number, None),
                )  # fmt: skip
                st.button(
                    "全不用", key=f"refuse-all-{turn.number}", on_click=_refuse, args=(report.id, turn.number, None)
                )


def _fact(number: int, place: int, offer: FactOffer, report_id: str, *, alone: bool) -> None:
    label = f"{offer.label}（去年）" if offer.last_year else offer.label
    done = "" if offer.standing is Standing.OPEN else f' class="{offer.standing.value}"'
    # A row or an item that is added stands beside what is there.
    now = offer.now or ("原有的不变" if offer.before is not None and not offer.last_year and offer.new else "—")
    cells = (label, now, offer.new or "（空）")
    told = "".join(f"<span{done if at == 2 else ''}>{html.escape(cell)}</span>" for at, cell in enumerate(cells))
    doubt = f'<p class="doubt">{html.escape(offer.doubt)}</p>' if offer.doubt else ""
    title = html.escape(f"您说的是：{offer.quote}" if offer.quote else "", quote=True)
    st.html(f'<div class="ng-offer" title="{title}">{told}</div>{doubt}')
    args = (report_id, number, offer.label)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"offer-{number}-{place}"):
        if offer.standing is Standing.OPEN:
            st.button(
                "采用",
                key=f"take-{number}-{place}",
                type="primary" if alone else "tertiary",
                on_click=_take,
                args=args,
            )
            st.button(
                "不用", key=f"refuse-{number}-{place}", type="secondary" if alone else "tertiary", on_click=_refuse,
                args=args,
            )  # fmt: skip
            return
        st.html(f'<div class="ng-said-note">{_STANDINGS[offer.standing]}</div>')
        if offer.standing is Standing.TAKEN:
            st.button("撤销", key=f"untake-{number}-{place}", type="tertiary", on_click=_undo, args=args)
        else:
            st.button("重新考虑", key=f"reopen-{number}-{place}", type="tertiary", on_click=_reopen, args=args)


@action
def _take_text(report_id: str, number: int, key: str, candidate: int) -> None:
    desk().chat.take_text(report_id, number, key, candidate)
    renew(f"body:{key}")
    session.tell("已采用新稿；不合意可以撤销。", "success")


@action
def _refuse_text(report_id: str, number: int, key: str, candidate: int) -> None:
    desk().chat.refuse_text(report_id, number, key, candidate)


@action
def _undo_text(report_id: str, number: int, key: str) -> None:
    desk().chat.undo_text(report_id, number, key)
    renew(f"body:{key}")


def _look(key: str) -> None:
    select(key)
    st.session_state.pop("here", None)
    st.session_state["panel-turn"] = st.session_state["turn"]


def redraw_card(turn: Turn, offer: RedrawOffer, report: Report, live: Mapping[str, Job]) -> None:
    """How far a section's new wording is, and what can be done with it. The difference itself stands on the paper."""
    section = report.section(offer.section)
    if section is None:
        _note(f"“{offer.title}”这一节已经不在了。")
        return
    args = (report.id, turn.number, offer.section)
    job = live.get(offer.section)
    if offer.standing is not Standing.OPEN:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"text-done-{turn.number}"):
            _note("留了原稿" if offer.standing is Standing.REFUSED else f"新稿{_STANDINGS[offer.standing]}")
            if offer.standing is Standing.TAKEN:
                st.button("撤销", key=f"text-undo-{turn.number}", type="tertiary", on_click=_undo_text, args=args)
        return
    if job is not None and job.live:
        _note(f"正在写“{offer.title}”…")
        return
    waiting = desk().chat.waiting(report, offer)
    if waiting is None:
        failed = job is not None and job.state == "failed" and job.error is not None
        if failed and job is not None and job.error is not None:
            _note(f"没有写成：{job.error.for_user()}")
        else:
            _note("写好了，就在纸上。" if section.revision != offer.base else "没有新稿等着选用了。")
        return
    places = len(hunks(changes_between(section.text, waiting.text)))
    with st.container(key=f"text-offer-{turn.number}", gap="small"):
        _note(f"“{offer.title}”的新稿已写出，改动 {places} 处，原稿没有动。" if places else "新稿与原稿一样。")
        if voice := desk().waiting_voice(report, section, waiting):
            _note(voice)
        with st.container(horizontal=True, gap="small"):
            st.button(
                "采用新稿", type="primary", key=f"text-take-{turn.number}", on_click=_take_text,
                args=(*args, waiting.number),
            )  # fmt: skip
            st.button("看对照", key=f"text-look-{turn.number}", on_click=_look, args=(offer.section,))
            st.button("留原稿", key=f"text-refuse-{turn.number}", on_click=_refuse_text, args=(*args, waiting.number))


def _note(text: str) -> None:
    st.html(f'<div class="ng-said-note">{html.escape(text)}</div>')
