"""A model's text beside a person's: the difference in its place, to take whole, place by place, or not at all."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from assistant.reports.manuscript import Block
from assistant.reports.report import Report, Section, Version
from assistant.revising import changes_between
from assistant.slots.hunks import Hunk, hunks
from assistant.slots.render import render_text
from assistant.ui import session, texts
from assistant.ui.compared import compared_html
from assistant.ui.session import action, desk, renew

_SHOWN = 44


def candidate_of(report: Report, section: Section) -> Version | None:
    """The text that waits beside the section's own."""
    return desk().candidates(report.id).get(section.key)


@action
def _accept(report_id: str, key: str, number: int, revision: int) -> None:
    desk().accept_candidate(report_id, key, number, revision)
    renew(f"body:{key}")
    session.tell("已采用新稿；不合意可以撤销。", "success")


@action
def _discard(report_id: str, key: str, number: int) -> None:
    desk().refuse_candidate(report_id, key, number)
    session.tell("已留原稿；新稿仍在“历次稿”里，也可以撤销。", "success")


@action
def _accept_change(report_id: str, key: str, number: int, revision: int, hunk: Hunk) -> None:
    desk().accept_change(report_id, key, number, revision, hunk)
    renew(f"body:{key}")


@action
def _refuse_change(report_id: str, key: str, number: int, hunk: Hunk) -> None:
    desk().refuse_change(report_id, key, number, hunk)


def _one_by_one(key: str) -> None:
    st.session_state["by-place"] = None if st.session_state.get("by-place") == key else key


def candidate(report: Report, section: Section, waiting: Version, blocks: Sequence[Block]) -> None:
    """The difference and what can be done with it.

    Args:
        blocks: the section's own paragraphs, for the heading that stands before the text.
    """
    places = hunks(changes_between(section.text, waiting.text))
    one_by_one = st.session_state.get("by-place") == section.key
    with st.container(key=f"candidate-{section.key}"):
        with st.container(horizontal=True, vertical_alignment="center", key="candidate-tools"):
            st.html(f'<div class="ng-eyebrow">{_head(waiting, len(places))}</div>')
            st.button(
                "采用新稿" if section.text else "采用这一稿", type="primary", on_click=_accept, key="accept",
                args=(report.id, section.key, waiting.number, section.revision), help="全部采用；可以撤销",
            )  # fmt: skip
            if len(places) > 1:
                st.button(
                    "整段看" if one_by_one else "逐处看",
                    on_click=_one_by_one,
                    args=(section.key,),
                    key="by-place-toggle",
                )
            st.button("留原稿", on_click=_discard, key="discard", args=(report.id, section.key, waiting.number))
        if voice := desk().waiting_voice(report, section, waiting):
            st.html(f'<div class="ng-stale"><b>口吻不对</b>{html.escape(voice)}</div>')
        if one_by_one and len(places) > 1:
            _places(report, section, waiting, places)
        lead = next((block for block in blocks if block.runin), None)
        heads = [block for block in blocks if block.heading and not block.runin]
        title = "".join(f'<p class="h{min(one.depth, 2)}">{html.escape(one.text)}</p>' for one in heads)
        shown = compared_html(section.text, waiting.text, report.sheet, lead, numbered=len(places) > 1)
        st.html((f'<div class="ng-paper">{title}</div>' if title else "") + shown)


def beside(report: Report, section: Section, waiting: Version, blocks: Sequence[Block]) -> None:
    """The difference in the place of an editor's text, or under it while a person goes on with their own."""
    typing = st.session_state.get("here") == section.key
    candidate(report, section, waiting, () if typing else blocks)
    if not typing:
        # By style, not by leaving the editor out: a caret and what can be undone stay where they are.
        with st.container(key="in-place", horizontal=True, horizontal_alignment="right"):
            st.button("接着改原稿", key="own-text", on_click=_own, args=(section.key,), type="tertiary")


def _own(key: str) -> None:
    st.session_state["here"] = key


def _head(waiting: Version, places: int) -> str:
    what = f"改动 {places} 处" if places else "与原稿相同"
    asked = waiting.instruction.strip()
    said = f"按“{asked if len(asked) <= _SHOWN else asked[:_SHOWN] + '…'}”重写" if asked else ""
    parts = ("新稿，没有替换您的文字", "" if waiting.complete else "未写完", what, said)
    return html.escape(" · ".join(part for part in parts if part))


def _places(report: Report, section: Section, waiting: Version, places: list[Hunk]) -> None:
    for hunk in places:
        with st.container(key=f"place-{hunk.number}", horizontal=True, vertical_alignment="center"):
            st.html(f'<div class="ng-hunk"><sup class="ng-place">{hunk.number}</sup>{_told(report, hunk)}</div>')
            st.button(
                "采用这一处", key=f"take-{hunk.number}", on_click=_accept_change,
                args=(report.id, section.key, waiting.number, section.revision, hunk),
            )  # fmt: skip
            st.button(
                "不用", key=f"leave-{hunk.number}", on_click=_refuse_change,
                args=(report.id, section.key, waiting.number, hunk), help="这一处留原稿的写法",
            )  # fmt: skip


def _told(report: Report, hunk: Hunk) -> str:
    gone, come = (_short(render_text(text, report.sheet)) for text in (hunk.deleted, hunk.inserted))
    return (f"<del>{gone}</del>" if gone else "") + (f"<ins>{come}</ins>" if come else "")


def _short(text: str) -> str:
    line = text.replace("\n", "¶")
    return html.escape(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…")


def version_line(version: Version, saves: int = 1) -> str:
    """第 3 稿 · 起草 · 内置范式稿 · 王芳 · 03-01 09:12."""
    engine = {"embedded": texts.EMBEDDED_LABEL, "endpoint": version.model}.get(version.engine, "")
    origin = texts.ORIGINS[str(version.origin)] if version.source is None else f"恢复第 {version.source} 稿"
    when = version.written.astimezone().strftime("%m-%d %H:%M")
    state = "" if version.complete else "未写完"
    count = f"{saves} 次保存" if saves > 1 else ""
    who = (engine if version.source is None else "", version.by)
    parts = (f"第 {version.number} 稿", origin, *who, when, count, state)
    return " · ".join(part for part in parts if part)
