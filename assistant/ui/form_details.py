"""Behind the ⋯ of a row: what the fact means, source, note, the word of 概数, and who filled it in when."""

from __future__ import annotations

import html

import streamlit as st

from assistant.facts.fields import FactField
from assistant.facts.formatting import plain_text
from assistant.reports.fact_history import FactChange, difference
from assistant.reports.report import Report
from assistant.ui.form_commit import commit_part, fact_of, key_of
from assistant.ui.session import desk

_WORDS = ("余", "多", "近", "约")
_CHANGES = 5


def details(report: Report, item: FactField) -> None:
    """The button of a row. Its body is drawn only while it is open: 120 closed ones would cost 600 elements."""
    key = f"more:{report.id}:{item.label}"
    # The same button always: another label would be another popover, and close the open one. Its words are shown by the
    # style sheet as a tip; a help of Streamlit's would be a second, hidden button in every row.
    opened = st.popover(
        "来源、备注、不外发和修改记录", icon=":material/more_horiz:", type="tertiary", key=key, on_change="rerun"
    )
    if opened.open:
        with opened:
            _body(report, item)


def _body(report: Report, item: FactField) -> None:
    fact = fact_of(report, item.label)
    meaning = f"<small>{html.escape(item.meaning)}</small>" if item.meaning else ""
    st.html(f'<div class="ng-details"><b>{html.escape(item.label)}</b>{meaning}</div>')
    for part, name, example in (
        ("source", "来源", "如 区人武部通报、民兵花名册"),
        ("note", "备注", "只给自己看，不写进报告"),
    ):
        key = key_of(report.id, item.label, part)
        st.text_input(
            name,
            value=fact.source if part == "source" else fact.note,
            key=key,
            placeholder=example,
            on_change=commit_part,
            args=(report.id, item.label, part, key),
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
        on_change=commit_part,
        args=(report.id, item.label, "private", key),
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
                on_change=commit_part,
                args=(report.id, item.label, "approximate", key),
            )
        st.html(f'<div class="ng-details">去年：{html.escape(plain_text(fact.last_year, item)) or "没有填"}</div>')
    changes = desk().fact_changes(report.id, item.label, _CHANGES)
    lines = "".join(_line(change, item) for change in changes)
    none = "还没有填过。" if fact.blank else "建立报告时带来的，之后没有改过。"
    st.html(f'<div class="ng-details">谁、什么时候填的{lines or f"<p>{none}</p>"}</div>')


def _line(change: FactChange, item: FactField) -> str:
    who = change.by or "（没有署名）"
    when = change.at.astimezone().strftime("%m-%d %H:%M")
    way = f"{change.origin.name_shown}“{change.detail}”" if change.detail else change.origin.name_shown
    return f"<p><small>{when} {html.escape(who)} {html.escape(way)}</small>{html.escape(difference(change, item))}</p>"
