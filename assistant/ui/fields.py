"""The rows of the 事实 page: one a fact, its inputs by type, and what is to be said about it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import streamlit as st

from assistant.checks.finding import Finding
from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import Fact
from assistant.reports.fact_entry import SUM, part_shown, shown
from assistant.reports.report import Report
from assistant.ui.form_clash import clash_box
from assistant.ui.form_commit import became_exact, commit, drawn_key, fact_of, faults
from assistant.ui.form_details import details, more
from assistant.ui.form_regions import entry
from assistant.ui.form_tables import table_row

_EXACT = "按准数保存，已去掉“概数”；如仍是概数，请再勾上。"


def row_key(report: Report, item: FactField) -> str:
    """The key of a row's container, by which the keyboard finds it and the style sheet lays it out as a grid.

    Streamlit's columns would be eight boxes more a row, each a message of its own to the browser.
    """
    kind = "table" if item.type is FieldType.TABLE else "figure" if item.type.numeric else "words"
    return f"fact-row-{kind}-{report.sheet.schema.places[item.label]}"


def head_row(items: Sequence[FactField]) -> None:
    """What the columns of figures are: last year's stand beside this year's. Nothing over texts alone."""
    if any(item.type.numeric for item in items):
        st.html('<div class="ng-eyebrow ng-form-head"><span>今年</span><span>去年</span></div>')


def field_row(report: Report, item: FactField, findings: Sequence[Finding]) -> None:
    """One fact: its inputs, then in one piece its label, what is to be said about it and its ⋯; its details while open.

    The style sheet puts the label first.

    What is said is drawn also where it is empty: a box that comes or goes before the details would have the browser
    make them anew under somebody's hands.
    """
    with st.container(key=row_key(report, item)):
        if item.type is FieldType.TABLE:
            table_row(report, item)
        else:
            _inputs(report, item)
        note = f'<div class="ng-note">{_note(report, item, findings)}</div>'
        st.html(f"{_label(report, item)}{note}{more(report, item)}")
        details(report, item)
        clash_box(report, item)


def _inputs(report: Report, item: FactField) -> None:
    fact = fact_of(report, item.label)
    parts = ("value", "approximate", "last_year") if item.type.numeric else ("value",)
    keys = {part: drawn_key(report, item, part) for part in parts}
    committed: dict[str, Any] = {"on_change": entry(commit), "args": (report.id, item, keys)}
    _input(item, fact, keys["value"], committed)
    if item.type.numeric:
        # Given by its state, for an entry beside it turns it while it may have the focus.
        st.session_state.setdefault(keys["approximate"], bool(fact.approximate))
        st.checkbox("概数", key=keys["approximate"], **committed)
        st.text_input(
            "去年数",
            value=part_shown(fact, "last_year", item),
            key=keys["last_year"],
            placeholder="去年",
            label_visibility="collapsed",
            **committed,
        )


def _input(item: FactField, fact: Fact, key: str, committed: dict[str, Any]) -> None:
    value = shown(fact.value, item)
    common: dict[str, Any] = {"key": key, "label_visibility": "collapsed", **committed}
    if item.type is FieldType.CHOICE:
        index = item.choices.index(value) if value in item.choices else None
        st.selectbox(item.label, item.choices, index=index, placeholder="请选择", **common)
    elif item.type is FieldType.LIST or item.lines > 1:
        st.text_area(item.label, value=value, placeholder="一条一行", height=30 + 26 * max(item.lines, 4), **common)
    else:
        example = {FieldType.MONEY: "如 7.5万元", FieldType.DATE: "如 2025年12月1日", FieldType.YEAR: "如 2025"}
        st.text_input(item.label, value=value, placeholder=example.get(item.type, ""), **common)


def _label(report: Report, item: FactField) -> str:
    must = '<span class="must">*</span>' if report.shape.key in item.required_by else ""
    unit = {FieldType.PERCENT: "%", FieldType.MONEY: "元 / 万元"}.get(item.type, item.measure)
    tail = f"<small>{html.escape(unit)}</small>" if unit else ""
    meaning, name = html.escape(item.meaning, quote=True), html.escape(item.label, quote=True)
    return f'<div class="ng-field" data-label="{name}" title="{meaning}">{must}{name}{tail}</div>'


def _note(report: Report, item: FactField, findings: Sequence[Finding]) -> str:
    """Why an entry was not saved, else what is to be looked at, else source and note, else the hint; as HTML."""
    fault = faults().get((report.id, item.label))
    if fault:
        return f'<span class="bad">没有保存：{html.escape(fault)}</span>'
    warned = [("bad" if finding.severity == "error" else "warn", finding.message) for finding in findings]
    if became_exact(report.id, item.label):
        warned.insert(0, ("warn", _EXACT))
    if warned:
        return "<br>".join(f'<span class="{tone}">{html.escape(said)}</span>' for tone, said in warned)
    fact = fact_of(report, item.label)
    # A sum names itself.
    note = fact.note if not fact.note or fact.note.startswith(SUM) else f"备注：{fact.note}"
    kept = "；".join(part for part in (f"来源：{fact.source}" if fact.source else "", note) if part)
    return html.escape(kept or item.hint)
