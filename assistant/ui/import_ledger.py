"""A ledger's columns: what each is, confirmed once."""

from __future__ import annotations

import html

import streamlit as st

from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.ledger import Choice, LedgerMapping
from assistant.pending import Pending
from assistant.reports.report import Report
from assistant.ui.import_column import column_of
from assistant.ui.import_hidden import hidden_rows_of
from assistant.ui.import_questioned import questioned_of
from assistant.ui.import_year import leave
from assistant.ui.session import action, desk

_NONE = "不取"
_WIDTHS = [2.4, 2.6, 2.8, 3.2]
#: What amounts stand in.
_UNITS = ("元", "万元")
_FORMS = {
    "pairs": "一行一项事实",
    "units": "一行一个村或单位，数相加",
    "rows": "一行是表格的一行",
    "people": "名单，数人数",
    "journal": "日记账，用途相同的支出相加",
}


@action
def _assign(import_id: str, mapping: LedgerMapping, choice: Choice, key: str) -> None:
    given = st.session_state[key]
    fact = None if given in (None, _NONE) else given
    if fact is not None and mapping.table:
        desk().assign(import_id, mapping.sheet, choice.key, mapping.table, fact)
    else:
        desk().assign(import_id, mapping.sheet, choice.key, fact)


@action
def _unit(import_id: str, sheet: str, choice: Choice, key: str) -> None:
    desk().assign(import_id, sheet, choice.key, choice.fact, choice.part, st.session_state[key] or "")


@action
def _skip(import_id: str, sheet: str, key: str) -> None:
    desk().skip_sheet(import_id, sheet, not st.session_state[key])


@action
def _confirm(report_id: str, import_id: str) -> None:
    desk().confirm_columns(desk().report(report_id), import_id)


@action
def _drop(import_id: str) -> None:
    desk().drop_import(import_id)
    leave()


def columns_of(report: Report, pending: Pending) -> None:
    """Draws the sheets of a ledger, a line a column."""
    mappings = desk().mappings(report, pending)
    with st.container(key="finds"):
        left, right = st.columns([6, 4], vertical_alignment="center")
        with left:
            st.html(
                f'<div class="ng-card-title">{html.escape(pending.name)}</div>'
                '<div class="ng-card-sub">先核对每一列是哪项事实；确认一次，以后同样表头的台账就照此读取。</div>'
            )
        with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            st.button("先去填表", key="leave-finds", on_click=leave)
            st.button("不读这份表", key="drop-ledger", on_click=_drop, args=(pending.id,))
            st.button(
                "对应无误，读取", key="confirm-columns", type="primary", on_click=_confirm, args=(report.id, pending.id)
            )
        hidden_rows_of(report, pending)
        questioned_of(report, pending)
        for number, mapping in enumerate(mappings):
            _sheet(report.sheet.schema, pending, number, mapping, len(mappings) > 1)


def _sheet(schema: FactSchema, pending: Pending, number: int, mapping: LedgerMapping, several: bool) -> None:
    skipped = mapping.sheet in pending.content.skipped
    said = "一列一个村或单位，数相加" if mapping.across else _FORMS[mapping.form]
    said += f"：{mapping.table}" if mapping.table else ""
    name = f"工作表“{mapping.sheet}”" if mapping.sheet else "文本表"
    if several:
        key = f"read-sheet:{pending.id}:{number}"
        st.checkbox(
            f"读取{name}（{said}）", value=not skipped, key=key, on_change=_skip, args=(pending.id, mapping.sheet, key)
        )
    else:
        st.html(f'<div class="ng-findgroup">{html.escape(name)}<small>{html.escape(said)}</small></div>')
    if skipped:
        return
    column_of(pending, mapping, str(number))
    for place, word in zip(st.columns(_WIDTHS, gap="small"), ("表头", "前几格", "是哪项事实", ""), strict=True):
        place.html(f'<div class="ng-eyebrow">{word}</div>')
    for at, choice in enumerate(choice for choice in mapping.choices if not mapping.is_names(choice)):
        _column(schema, pending, mapping, choice, f"{number}-{at}")


def _column(schema: FactSchema, pending: Pending, mapping: LedgerMapping, choice: Choice, at: str) -> None:
    header, samples, chosen, doubt = st.columns(_WIDTHS, gap="small")
    header.html(f'<div class="ng-field">{html.escape(choice.header)}<small>{html.escape(choice.place)}</small></div>')
    samples.html(f'<div class="ng-note">{html.escape("、".join(choice.samples))}</div>')
    if mapping.table:
        options = [_NONE, *(column.label for column in schema.by_label[mapping.table].columns)]
        now = choice.part if choice.fact else _NONE
    else:
        options = [_NONE, *(item.label for item in schema.fields if item.type is not FieldType.TABLE)]
        now = choice.fact or _NONE
    key = f"column:{pending.id}:{at}"
    chosen.selectbox(
        choice.header,
        options,
        index=options.index(now) if now in options else 0,
        key=key,
        label_visibility="collapsed",
        on_change=_assign,
        args=(pending.id, mapping, choice, key),
    )
    told = [f'<span class="warn">{html.escape(choice.doubt)}</span>'] if choice.doubt else []
    money = _is_money(schema, choice)
    told += [
        html.escape(text)
        for text in ("去年数" if choice.last_year else "", choice.unit and not money and f"单位：{choice.unit}")
        if text
    ]
    with doubt:
        if money:
            _unit_of(pending, mapping, choice, at)
        if told or not money:
            st.html(f'<div class="ng-note">{"<br>".join(told)}</div>')


def _is_money(schema: FactSchema, choice: Choice) -> bool:
    item = schema.by_label.get(choice.fact or "")
    column = item.column(choice.part) if item is not None and choice.part else None
    return item is not None and (column or item).type is FieldType.MONEY


def _unit_of(pending: Pending, mapping: LedgerMapping, choice: Choice, at: str) -> None:
    """What a bare number of the column counts in; a cell with a unit of its own keeps that."""
    # Nothing says it: a person does, for a unit that stands there already is not looked at.
    now = choice.unit or (None if choice.unit_asked else "元")
    key = f"unit:{pending.id}:{at}:{choice.fact}:{mapping.value_column}"
    st.segmented_control(
        "单位",
        _UNITS if now is None or now in _UNITS else (*_UNITS, now),
        default=now,
        required=now is not None,
        key=key,
        label_visibility="collapsed",
        help="没有写单位的格按这个算，写了单位的按写的算。",
        on_change=_unit,
        args=(pending.id, mapping.sheet, choice, key),
    )
