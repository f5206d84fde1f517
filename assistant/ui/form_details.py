"""Behind the ⋯ of a row: what the fact means, source, note, the word of 概数, and who filled it in when."""

from __future__ import annotations

import html

import streamlit as st

from assistant.facts.fields import FactField
from assistant.facts.formatting import plain_text
from assistant.reports.fact_history import FactChange, difference
from assistant.reports.report import Report
from assistant.ui.form_commit import commit, commit_mark, drawn_key, fact_of, key_of
from assistant.ui.form_regions import entry
from assistant.ui.session import desk

_WORDS = ("余", "多", "近", "约")
_CHANGES = 5
#: The key of their box, by which the style sheet and the keyboard find it, and of what says which are open.
DETAILS = "fact-details"


_NAME = "来源、备注、不外发和修改记录"


def more(report: Report, item: FactField) -> str:
    """The ⋯ of a row, as HTML: a popover of Streamlit's in each row is a third of the time in which a form opens."""
    name, label = html.escape(_NAME), html.escape(item.label, quote=True)
    expanded = "true" if _open(report.id) == item.label else "false"
    return (
        f'<button type="button" class="ng-more" data-more="{label}" aria-label="{name}" title="{name}" '
        f'aria-expanded="{expanded}">⋯</button>'
    )


def details(report: Report, item: FactField) -> None:
    """The details of the fact whose ⋯ was pressed, over the rows beneath."""
    if _open(report.id) == item.label:
        with st.container(key=DETAILS):
            _body(report, item)


def _open(report_id: str) -> str | None:
    opened: tuple[str, str] | None = st.session_state.get(DETAILS)
    return opened[1] if opened is not None and opened[0] == report_id else None


def turn_details(report_id: str, label: str, opened: bool) -> None:
    """Opens the details of a fact, in place of another's, or closes them."""
    if opened:
        st.session_state[DETAILS] = report_id, label
    elif _open(report_id) == label:
        close_details()


def close_details() -> None:
    st.session_state.pop(DETAILS, None)


def _body(report: Report, item: FactField) -> None:
    fact = fact_of(report, item.label)
    meaning = f"<small>{html.escape(item.meaning)}</small>" if item.meaning else ""
    st.html(f'<div class="ng-details"><b>{html.escape(item.label)}</b>{meaning}</div>')
    for part, name, example in (
        ("source", "来源", "如 区人武部通报、民兵花名册"),
        ("note", "备注", "只给自己看，不写进报告"),
    ):
        key = drawn_key(report, item, part)
        st.text_input(
            name,
            value=fact.source if part == "source" else fact.note,
            key=key,
            placeholder=example,
            on_change=entry(commit),
            args=(report.id, item, {part: key}),
        )
    key = key_of(report.id, item.label, "private")
    st.checkbox(
        "不外发",
        value=item.private or fact.private,
        key=key,
        disabled=item.private,
        help="这一项按报告类型的规定从不发给模型。"
        if item.private
        else "勾上后，这一项的内容在任何情况下都不给模型看，模型只见到它的名称；由它算出的数也一样。",
        on_change=entry(commit_mark),
        args=(report.id, item, "private", key),
    )
    if item.type.numeric:
        if fact.approximate:
            key = key_of(report.id, item.label, "word")
            st.segmented_control(
                "概数写作",
                _WORDS,
                default=fact.approximate,
                required=True,
                format_func=lambda word: plain_text(fact.value, item, word) or word,
                key=key,
                on_change=entry(commit_mark),
                args=(report.id, item, "approximate", key),
            )
        last = html.escape(plain_text(fact.last_year, item, fact.last_approximate)) or "没有填"
        st.html(f'<div class="ng-details">去年：{last}</div>')
    changes = desk().fact_changes(report.id, item.label, _CHANGES)
    lines = "".join(_line(change, item) for change in changes)
    none = "还没有填过。" if fact.blank else "建立报告时带来的，之后没有改过。"
    st.html(f'<div class="ng-details">谁、什么时候填的{lines or f"<p>{none}</p>"}</div>')


def _line(change: FactChange, item: FactField) -> str:
    who = change.by or "（没有署名）"
    when = change.at.astimezone().strftime("%m-%d %H:%M")
    way = f"{change.origin.name_shown}“{change.detail}”" if change.detail else change.origin.name_shown
    return f"<p><small>{when} {html.escape(who)} {html.escape(way)}</small>{html.escape(difference(change, item))}</p>"
