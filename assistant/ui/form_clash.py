"""What two people wrote into the same input: both are told beside it, and either is taken by a press."""

from __future__ import annotations

import html

import streamlit as st

from assistant.facts.fields import FactField, FieldType
from assistant.facts.lines import Side
from assistant.reports.fact_entry import TYPED, Change, Clash, chosen, part_shown
from assistant.reports.report import Report
from assistant.ui.form_commit import clashes, fact_of, show_saved, write
from assistant.ui.form_regions import entry
from assistant.ui.session import desk


def clash_box(report: Report, item: FactField) -> None:
    """To be drawn last in a row; nothing where nothing clashes."""
    waiting = clashes().get((report.id, item.label))
    if waiting:
        with st.container(key=f"fact-clash-{report.sheet.schema.places[item.label]}"):
            for part, clash in waiting.items():
                _asked(report, item, part, clash)


def _asked(report: Report, item: FactField, part: str, clash: Clash) -> None:
    now = part_shown(fact_of(report, item.label), part, item)
    st.html(f'<div class="ng-note tight bad">{html.escape(_told(report.id, item, part, clash, now))}</div>')
    place = f"{report.sheet.schema.places[item.label]}-{part}"
    with st.container(horizontal=True, gap="small", key=f"clash-tools-{place}"):
        for side, word in ((Side.MINE, "用我填的"), (Side.THEIRS, "用对方的")):
            st.button(word, key=f"clash-{side}-{place}", on_click=entry(_take), args=(report.id, item, part, now, side))


def _told(report_id: str, item: FactField, part: str, clash: Clash, now: str) -> str:
    who = _who(report_id, item.label)
    if item.type is FieldType.LIST and part == "value":
        return (
            f"{who}也改了同一条，您的改动还没有保存。现在存的是{_quoted(now)}，您填的是{_quoted(clash.mine)}。"
            "都改了的那条请选一个，其余各条会合在一起："
        )
    name = f"的{TYPED[part]}" if TYPED[part] else ""
    ticked = "" if clash.tick is None else "（概数）" if clash.tick.given else "（准数）"
    return f"{who}刚把这一项{name}改成了{_quoted(now)}，您填的{_quoted(clash.mine)}{ticked}还没有保存，请选一个："


def _who(report_id: str, label: str) -> str:
    last = next(iter(desk().fact_changes(report_id, label, 1)), None)
    # Under one name several windows may be at work.
    return last.by if last is not None and last.by and last.by != desk().person else "别处"


def _quoted(text: str) -> str:
    return f"“{text.replace(chr(10), '；')}”" if text else "空"


def _take(report_id: str, item: FactField, part: str, seen: str, side: Side) -> None:
    """``seen``: the other's value as it was told; one that came since is told anew."""
    waiting = clashes().get((report_id, item.label), {})
    if part not in waiting:
        return
    clash = waiting[part]
    changes = {part: Change(seen, chosen(item, part, clash, seen, side))}
    if clash.tick is not None and side is Side.MINE:
        changes["approximate"] = clash.tick
    written = write(report_id, item, changes, (part,))
    if written is not None and not written.waits(part):
        show_saved(report_id, item, part, written)
