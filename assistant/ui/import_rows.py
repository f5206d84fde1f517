"""One find, a line: what it is, its value to edit, the words it came from, what the sheet has, and the two presses."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from assistant.errors import InputError
from assistant.facts.fields import FactField, FieldType
from assistant.facts.formatting import money
from assistant.facts.sheet import plain
from assistant.intaking import Choice
from assistant.pending import Offer, Pending
from assistant.reports.report import Report
from assistant.ui import session
from assistant.ui.form_commit import renew_facts
from assistant.ui.import_quote import quote_html
from assistant.ui.session import action, desk

#: Label, value, quote, what the sheet has, presses.
WIDTHS = [1.6, 2.3, 4.1, 1.5, 1.9]
#: A row's cells take the room of label and value.
_CELLS, _REST = 4.9, [3.3, 1.5, 1.9]
_LONG = 22
_BY_CONTEXT = '<span title="原话里没有常用的说法，是按上下文认出的">按上下文认出</span>'


@action
def take(report_id: str, import_id: str, offers: Sequence[Offer]) -> None:
    """Into the sheet, as one step that 撤销 takes back."""
    # What was typed in vain stands where somebody does not want the figure that was found.
    unread = [offer for offer in offers if _fault(import_id, offer)]
    if unread:
        names = "、".join(dict.fromkeys(offer.proposal.label for offer in unread))
        session.tell(f"“{names}”改的没有读懂，没有采用。请按旁边的提示改好再采用。", "warning")
        offers = [offer for offer in offers if offer not in unread]
    choices = [Choice(offer.number, offer.proposal.here) for offer in offers]
    done = desk().accept(report_id, import_id, choices)
    renew_facts(report_id, {offer.proposal.label for offer in offers})
    if done.changed:
        said = "、".join(done.changed[:5]) + ("等" if len(done.changed) > 5 else "")
        session.tell(f"“{said}”刚刚改过，没有采用。请看过现在的数再定。", "warning")
    if len(offers) > 1 and done.taken:
        session.tell(f"已采用 {len(done.taken)} 项。", "success")


@action
def _refuse(import_id: str, number: int, refused: bool) -> None:
    desk().refuse(import_id, number, refused)


@dataclass(frozen=True)
class _Fault:
    """What was typed in vain, and why: part → key of its input, and what stands there."""

    typed: dict[str, tuple[str, str]]
    why: str


def _faults() -> dict[tuple[str, int], _Fault]:
    found: dict[tuple[str, int], _Fault] = st.session_state.setdefault("find-faults", {})
    return found


def _fault(import_id: str, offer: Offer) -> str:
    """Why what stands in a find's inputs is not what is taken; "" where all of it is.

    A file that is read anew has other finds under the same numbers: what was typed beside one is gone with its inputs.
    """
    fault = _faults().get((import_id, offer.number))
    if fault is None or not all(
        key == _key(import_id, offer, part) and (st.session_state.get(key) or "") == text
        for part, (key, text) in fault.typed.items()
    ):
        return ""
    return fault.why


@action
def _edit(report_id: str, import_id: str, number: int, keys: dict[str, str]) -> None:
    """``keys``: column → key of its input for a row; "" → the key of the only one."""
    state = st.session_state
    typed: Any = {name: state.get(key) or "" for name, key in keys.items()}
    try:
        desk().edit_find(desk().report(report_id), import_id, number, typed.get("", typed))
    except InputError as error:
        _faults()[import_id, number] = _Fault({name: (key, typed[name]) for name, key in keys.items()}, error.message)
        return
    _faults().pop((import_id, number), None)


def find_line(report: Report, pending: Pending, offer: Offer) -> None:
    """One fact."""
    item = report.sheet.schema.by_label[offer.proposal.label]
    with st.container(key=f"line-{offer.number}"):
        label, value, quote, here, presses = st.columns(WIDTHS, gap="small")
        with label:
            target = "（去年数）" if offer.proposal.target == "last_year" else ""
            st.html(f'<div class="ng-field">{html.escape(item.label)}<small>{target}</small></div>')
        with value:
            if offer.open:
                _input(report, pending, offer, item)
            else:
                st.html(f'<div class="ng-quote">{html.escape(offer.proposal.found_text)}</div>')
            _said(pending, offer)
        _rest(report, pending, offer, quote, here, presses)


def row_lines(report: Report, pending: Pending, item: FactField, offers: Sequence[Offer]) -> None:
    """The rows of one table, under its columns."""
    # The names of rows are longer than their figures.
    widths = [1.8, *[1.0] * (len(item.columns) - 1)]
    widths = [_CELLS * width / sum(widths) for width in widths]
    with st.container(key=f"finds-of-{report.sheet.schema.places[item.label]}"):
        heads = st.columns([*widths, *_REST], gap="small")
        for place, column in zip(heads, item.columns, strict=False):
            place.html(f'<div class="ng-eyebrow">{html.escape(column.label)}</div>')
        for offer in offers:
            with st.container(key=f"line-{offer.number}"):
                *cells, quote, here, presses = st.columns([*widths, *_REST], gap="small")
                _cells(report, pending, offer, item, cells)
                _rest(report, pending, offer, quote, here, presses)
                _said(pending, offer)


def _key(import_id: str, offer: Offer, part: str = "") -> str:
    """An input is of what it shows: edited or read anew, the find has another one."""
    found = offer.proposal.found
    shown = hash((offer.proposal.label, offer.proposal.target, offer.proposal.found_text, str(found.row)))
    return f"find:{import_id}:{offer.number}:{part}:{shown:x}"


def _cells(report: Report, pending: Pending, offer: Offer, item: FactField, places: Sequence[Any]) -> None:
    row = offer.proposal.found.row or {}
    keys = {column.label: _key(pending.id, offer, column.label) for column in item.columns}
    for place, column in zip(places, item.columns, strict=True):
        given = row.get(column.label)
        if column.type is FieldType.MONEY and isinstance(given, int | Decimal):
            shown = money(Decimal(given))
        else:
            shown = "" if given is None else str(plain(given))
        if offer.open:
            place.text_input(
                column.label,
                value=shown,
                key=keys[column.label],
                label_visibility="collapsed",
                on_change=_edit,
                args=(report.id, pending.id, offer.number, keys),
            )
        else:
            place.html(f'<div class="ng-quote">{html.escape(shown)}</div>')


def _input(report: Report, pending: Pending, offer: Offer, item: FactField) -> None:
    value = offer.proposal.found.fact.value
    shown = offer.proposal.found_text
    if isinstance(value, str):
        shown = value
    elif item.type is FieldType.LIST and isinstance(value, tuple):
        shown = "\n".join(str(line) for line in value)
    key = _key(pending.id, offer)
    common: dict[str, Any] = {
        "key": key,
        "label_visibility": "collapsed",
        "on_change": _edit,
        "args": (report.id, pending.id, offer.number, {"": key}),
    }
    if item.type is FieldType.CHOICE:
        index = item.choices.index(shown) if shown in item.choices else None
        st.selectbox(item.label, item.choices, index=index, **common)
    elif len(shown) > _LONG or "\n" in shown:
        st.text_area(item.label, value=shown, height=104 if len(shown) > 3 * _LONG else 78, **common)
    else:
        st.text_input(item.label, value=shown, **common)


def _said(pending: Pending, offer: Offer) -> None:
    """Why to look twice, and what comes with it."""
    fault = _fault(pending.id, offer)
    lines = []
    if fault and offer.open:
        lines.append(f'<span class="bad">没有改：{html.escape(fault)}</span>')
    if offer.open and offer.proposal.doubt:
        lines.append(f'<span class="warn">{html.escape(offer.proposal.doubt)}</span>')
    elif offer.by_context:
        lines.append(_BY_CONTEXT)
    if offer.open and offer.proposal.found.row is not None and offer.proposal.target == "last_year":
        lines.append("去年的一行")
    if offer.open and offer.beside:
        lines.append(f"同时填去年数 {html.escape(offer.beside)}")
    if lines:
        st.html(f'<div class="ng-note tight">{"<br>".join(lines)}</div>')


def _rest(report: Report, pending: Pending, offer: Offer, quote: Any, here: Any, presses: Any) -> None:
    assert pending.extraction is not None
    # The words as they were found, whatever a person made of them.
    quote.html(quote_html(pending.extraction.facts[offer.place]))
    item = report.sheet.schema.by_label[offer.proposal.label]
    here.html(f'<div class="ng-here">{_here(offer, item)}</div>')
    with presses, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if offer.refused:
            st.button("恢复", key=f"again-{offer.number}", on_click=_refuse, args=(pending.id, offer.number, False))
        elif offer.open:
            word = "换成这个" if offer.proposal.state == "conflict" else "采用"
            st.button(word, key=f"take-{offer.number}", on_click=take, args=(report.id, pending.id, [offer]))
            st.button(
                "不用", key=f"refuse-{offer.number}", type="tertiary", on_click=_refuse,
                args=(pending.id, offer.number, True),
            )  # fmt: skip


def _here(offer: Offer, item: FactField) -> str:
    if offer.settled:
        return "已在表中"
    if offer.refused:
        return "不用"
    if offer.proposal.state == "conflict":
        return f"<b>{html.escape(offer.proposal.here)}</b>"
    if item.type is FieldType.LIST and offer.proposal.here:
        return f"加在已有的后面：{html.escape(offer.proposal.here[:40])}"
    return html.escape(offer.proposal.here) or "空"
