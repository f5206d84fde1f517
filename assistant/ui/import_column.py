"""Which column of a ledger says whose each row is, or holds the values: chosen by a person where code cannot tell."""

from __future__ import annotations

import html

import streamlit as st

from assistant.facts.tables import shortened
from assistant.intake.ledger import LedgerMapping
from assistant.pending import Pending
from assistant.ui.session import action, desk

_ACROSS = -1
_NONE = 0


@action
def _choose(import_id: str, mapping: LedgerMapping, key: str) -> None:
    at = st.session_state[key]
    if at is not None:
        desk().choose_column(import_id, mapping, max(at, 0), at == _ACROSS)


def column_of(pending: Pending, mapping: LedgerMapping, at: str) -> None:
    """A line with the choice; nothing where there is none."""
    names = mapping.form == "units" and not mapping.across
    if mapping.form in ("rows", "journal") or (names and not mapping.columns) or not (names or mapping.may_be_across):
        return
    said = {column.at: _said(column.letters, column.header) for column in mapping.columns}
    now: int | None
    if names:
        label, options, now = "村或单位的名称在", [*said, _NONE], mapping.names
    elif mapping.across:
        # What can be chosen instead is known when the sheet is read the other way.
        label, options, now = "数取自", [_ACROSS, _NONE], _ACROSS
    else:
        label, options, now = "数取自", [*said, _ACROSS], None if mapping.unsure else mapping.value_column
    words = {**said, _ACROSS: "各列相加（一列一个村、单位或季度）", _NONE: "没有这一列" if names else "只取一列"}
    key = f"names-or-values:{pending.id}:{at}:{mapping.across}:{now}"
    with st.container(key=f"which-column-{at}", horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="ng-units">{label}</div>', width="content")
        st.selectbox(
            label, options, index=None if now is None else options.index(now), key=key,
            format_func=lambda option: words[option], label_visibility="collapsed", placeholder="请选一列", width=320,
            on_change=_choose, args=(pending.id, mapping, key),
        )  # fmt: skip
        if mapping.unsure:
            st.html(f'<div class="ng-units"><span class="warn">{html.escape(mapping.unsure)}，请选一列</span></div>')


def _said(letters: str, header: str) -> str:
    return f"{letters} 列：{shortened(header)}" if header else f"{letters} 列"
