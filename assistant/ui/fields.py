"""The inputs of the 事实 page: one a fact type, each writing to the store when it changes."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from assistant.checks.finding import Finding
from assistant.errors import SheetError
from assistant.facts.fields import FactField, FieldType
from assistant.facts.formatting import money
from assistant.facts.sheet import Fact, plain
from assistant.reports.report import Report
from assistant.ui.session import desk, generation, renew

#: Label, value, 概数, last year, note; without 概数 and last year the value takes their room.
_WIDTHS = [2.3, 2.4, 1.1, 1.5, 3.2]
_WIDE = [2.3, 5.0, 3.2]


def _key(report: Report, label: str, part: str = "value") -> str:
    age = f"{generation(f'form:{report.id}')}.{generation(f'{report.id}:{label}')}"
    return f"fact:{report.id}:{label}:{part}:{age}"


def _faults() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = st.session_state.setdefault("fact-faults", {})
    return found


def renew_form(report_id: str) -> None:
    """Every input takes its value from the store again: the facts were replaced as a whole."""
    renew(f"form:{report_id}")
    for place in [place for place in _faults() if place[0] == report_id]:
        del _faults()[place]


def _commit(report_id: str, item: FactField, keys: Mapping[str, str]) -> None:
    """Writes one fact. What cannot be read stays in its input, with the reason beside it."""
    state = st.session_state
    fact = desk().report(report_id).sheet.facts.get(item.label, Fact())
    entry: dict[str, Any] = {
        "value": state.get(keys["value"]),
        "approximate": bool(state.get(keys["approximate"], False)) if "approximate" in keys else False,
        "last_year": state.get(keys["last_year"]) if "last_year" in keys else plain(fact.last_year),
        "source": fact.source,
        "note": fact.note,
    }
    try:
        desk().set_fact(report_id, item.label, entry)
    except SheetError as error:
        _faults()[report_id, item.label] = "；".join(
            f"{problem.message}" + (f"，应为{problem.expected}" if problem.expected else "")
            for problem in error.problems
        )
        return
    _faults().pop((report_id, item.label), None)
    renew(f"{report_id}:{item.label}")


def _shown(value: Any, item: FactField) -> str:
    """A value as it stands in an input: without measure word, so that it can be typed over."""
    given = plain(value)
    if given is None:
        return ""
    if item.type is FieldType.MONEY:
        return money(value)
    if item.type is FieldType.LIST and isinstance(given, list):
        return "\n".join(str(part) for part in given)
    return str(given)


def field_row(report: Report, item: FactField, findings: list[Finding]) -> None:
    """One fact: label, input, 概数, last year, and what is to be said about it."""
    if item.type is FieldType.TABLE:
        _table(report, item, findings)
        return
    label, *inputs, note = st.columns(_WIDTHS if item.type.numeric else _WIDE, gap="small")
    with label:
        _label(report, item)
    fact = report.sheet.facts.get(item.label, Fact())
    keys = {"value": _key(report, item.label)}
    if item.type.numeric:
        keys["approximate"] = _key(report, item.label, "approximate")
        keys["last_year"] = _key(report, item.label, "last_year")
    commit: dict[str, Any] = {"on_change": _commit, "args": (report.id, item, keys)}
    with inputs[0]:
        _input(item, fact, keys["value"], commit)
    if item.type.numeric:
        inputs[1].checkbox("概数", value=bool(fact.approximate), key=keys["approximate"], **commit)
        inputs[2].text_input(
            "去年数",
            value=_shown(fact.last_year, item),
            key=keys["last_year"],
            placeholder="去年",
            label_visibility="collapsed",
            **commit,
        )
    with note:
        _note(report, item, findings)


def _input(item: FactField, fact: Fact, key: str, commit: dict[str, Any]) -> None:
    shown = _shown(fact.value, item)
    common: dict[str, Any] = {"key": key, "label_visibility": "collapsed", **commit}
    if item.type is FieldType.CHOICE:
        index = item.choices.index(shown) if shown in item.choices else None
        st.selectbox(item.label, item.choices, index=index, placeholder="请选择", **common)
    elif item.type is FieldType.LIST or item.lines > 1:
        st.text_area(item.label, value=shown, placeholder="一条一行", height=30 + 26 * max(item.lines, 4), **common)
    else:
        example = {FieldType.MONEY: "如 7.5万元", FieldType.DATE: "如 2025年12月1日", FieldType.YEAR: "如 2025"}
        st.text_input(item.label, value=shown, placeholder=example.get(item.type, ""), **common)


def _label(report: Report, item: FactField) -> None:
    must = '<span class="must">*</span>' if report.shape.key in item.required_by else ""
    unit = {FieldType.PERCENT: "%", FieldType.MONEY: "元 / 万元"}.get(item.type, item.measure)
    tail = f"<small>{html.escape(unit)}</small>" if unit else ""
    meaning, name = html.escape(item.meaning, quote=True), html.escape(item.label)
    st.html(f'<div class="ng-field" title="{meaning}">{must}{name}{tail}</div>')


def _note(report: Report, item: FactField, findings: list[Finding]) -> None:
    fault = _faults().get((report.id, item.label))
    if fault:
        st.html(f'<div class="ng-note"><span class="bad">没有保存：{html.escape(fault)}</span></div>')
        return
    if findings:
        lines = "<br>".join(
            f'<span class="{"bad" if finding.severity == "error" else "warn"}">{html.escape(finding.message)}</span>'
            for finding in findings
        )
        st.html(f'<div class="ng-note">{lines}</div>')
        return
    if item.hint:
        st.html(f'<div class="ng-note">{html.escape(item.hint)}</div>')


def _table(report: Report, item: FactField, findings: list[Finding]) -> None:
    _label(report, item)
    fact = report.sheet.facts.get(item.label, Fact())
    rows = [dict(row) for row in fact.value] if isinstance(fact.value, tuple) else []  # type: ignore[arg-type]
    frame = pd.DataFrame(
        [{column.label: _cell(row.get(column.label)) for column in item.columns} for row in rows],
        columns=[column.label for column in item.columns],
        dtype="object",
    )
    config = {
        column.label: st.column_config.TextColumn(
            f"{column.label}（{column.measure}）" if column.measure else column.label,
            required=column == item.key_column,
        )
        for column in item.columns
    }
    key = _key(report, item.label)
    st.data_editor(
        frame,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config=config,
        width="stretch",
        on_change=_commit_table,
        args=(report.id, item, key, frame),
    )
    _note(report, item, findings)


def _cell(value: Any) -> str | None:
    shown = plain(value)
    if value is None or shown is None:
        return None
    return str(shown)


def _commit_table(report_id: str, item: FactField, key: str, frame: pd.DataFrame) -> None:
    """The grid's edits on top of the rows it was drawn with; a row without its name waits in the grid."""
    edits = st.session_state[key]
    rows: list[dict[str, Any]] = frame.to_dict("records")
    for number, changed in edits["edited_rows"].items():
        rows[int(number)].update(changed)
    deleted = set(edits["deleted_rows"])
    rows = [row for number, row in enumerate(rows) if number not in deleted]
    rows += [row for row in edits["added_rows"] if row.get(item.key_column.label)]
    waiting = any(not row.get(item.key_column.label) for row in edits["added_rows"])
    try:
        desk().set_fact(report_id, item.label, {"value": rows})
    except SheetError as error:
        _faults()[report_id, item.label] = "；".join(str(problem) for problem in error.problems)
        return
    _faults().pop((report_id, item.label), None)
    if not waiting:
        renew(f"{report_id}:{item.label}")
