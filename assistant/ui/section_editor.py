"""A section's text edited on the paper: what its editor is told, and what becomes of what it tells."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from assistant.checks.finding import Finding
from assistant.drafting.jobs import Job
from assistant.errors import StorageError
from assistant.reports.manuscript import Block
from assistant.reports.memory import Memory
from assistant.reports.report import Report, Section
from assistant.slots.forms import COMPARED
from assistant.ui import editor, session
from assistant.ui.editor.told import choices_told, heading_told, marks_told, slots_told
from assistant.ui.editor_watch import turn, watch, widget_of
from assistant.ui.merge import parted, save
from assistant.ui.redraw import rewrite_selected, ways
from assistant.ui.session import action, desk

_EMPTY = "（未起草）"
#: What can be put into texts, by report: made again only when a fact changed.
_choices: Memory[tuple[str, list[dict[str, Any]]]] = Memory(64)
#: How the slots of a text print, by report and section.
_slots: Memory[dict[str, dict[str, str]]] = Memory(1024)


def editors_of_page(report: Report, live: Mapping[str, Job]) -> None:
    """What all editors of a page share: the facts, the way to have the whole page drawn again, who minds that all come.

    A fragment that asked for the whole page by itself could overtake a press that leads to another page.
    """
    with st.container(key="editors"):
        st.fragment(_facts)([report], report.id)
        widget = widget_of("page", report.id)
        presets, free = ways()
        editor.mount(
            widget,
            {"kind": "page", "presets": list(presets), "free": free},
            turn(),
            on_rest_change=lambda: None,
            on_enter_change=partial(_enter, widget),
            on_open_fact_change=partial(_open_fact, report.id, widget),
            on_rewrite_change=partial(_rewrite, report.id, widget),
        )
        written = [section.key for section in report.sections if section.holds_text]
        watch(report.id, [key for key in written if (job := live.get(key)) is None or not job.live])


def _enter(widget: str) -> None:
    """A person went into a section's text: it is the chosen one, and stays where it is on the screen."""
    st.session_state["section"] = st.session_state["here"] = st.session_state[widget]["enter"]


@action
def _open_fact(report_id: str, widget: str) -> None:
    label = st.session_state[widget]["open_fact"]
    field = desk().report(report_id).sheet.schema.by_label.get(label)
    if field is None:
        session.tell(f"“{label}”是由其他事实算出来的，请改相关的事实。", "warning")
    else:
        session.show_fact(field)


def _rewrite(report_id: str, widget: str) -> None:
    told = st.session_state[widget]["rewrite"]
    rewrite_selected(report_id, told["section"], told["text"], told["from"], told["to"], told["words"])


def _facts(drawn: list[Report], report_id: str) -> None:
    sheet = (drawn.pop() if drawn else desk().report(report_id)).sheet
    digest, choices = _choices.get(report_id, sheet, lambda: _digested(choices_told(sheet)))
    widget = widget_of("facts", report_id)
    # Some thirty kilobytes: sent until the browser says that it has them.
    known = st.session_state.get(widget, {}).get("have") == digest
    data = {"kind": "facts", "digest": digest, "choices": None if known else choices, "compared": list(COMPARED)}
    editor.mount(widget, data, turn(), on_have_change=lambda: None)


def _digested(choices: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    return hashlib.sha256(json.dumps(choices).encode()).hexdigest()[:16], choices


def section_editor(
    report: Report, findings: Sequence[Finding], section: Section, lead: Block | None, selected: bool
) -> None:
    """The editor in place of the section's text, in a fragment of its own: saving draws nothing else again.

    Args:
        lead: the paragraph that begins with the section's heading, where heading and text share one.
    """
    heading = heading_told(lead.heading) if lead else []
    # What the page has read already is used once; when the fragment runs by itself it reads what is then.
    drawn = [(report, findings)]
    st.fragment(_drawn)(drawn, report.id, section.key, heading, min(lead.depth, 2) if lead else 0, selected)


def _drawn(
    drawn: list[tuple[Report, Sequence[Finding]]],
    report_id: str,
    key: str,
    heading: list[tuple[str, str]],
    depth: int,
    selected: bool,
) -> None:
    report, findings = drawn.pop() if drawn else (desk().report(report_id), None)
    section = report.section(key)
    if section is None:
        return
    widget = widget_of("text", report_id, key)
    sheet, text = report.sheet, section.text
    # While somebody types only their text is saved; numbers are looked at when they pause.
    typing = st.session_state.pop("typing", None) == widget and findings is None
    if findings is None and not typing:
        findings = desk().findings(report)
    data = {
        "kind": "section",
        "doc": f"{report_id}/{key}",
        "section": key,
        "revision": section.revision,
        "text": text,
        "title": section.title,
        "empty": _EMPTY,
        "slots": _slots.get(f"{report_id}/{key}", (text, sheet), lambda: slots_told(text, sheet)),
        "bare": None if findings is None else marks_told(text, findings, key),
        "lead": heading,
        "depth": depth,
        "own": list(section.facts),
        "selected": selected,
        "fixed": section.locked,
        "locked": (report_id, key) in parted(),
        "ack": _acks().get(widget),
    }
    editor.mount(
        widget,
        data,
        turn(),
        on_edit_change=partial(_save, report_id, key, widget),
    )


def _acks() -> dict[str, Mapping[str, Any]]:
    """Editor → the last save that was dealt with: client, seq, and the revision that the text got (0: not in place)."""
    found: dict[str, Mapping[str, Any]] = st.session_state.setdefault("acks", {})
    return found


def typed_here(report: Report, key: str) -> bool:
    """Whether the section's text is what was saved last from the editor of this page."""
    section, last = report.section(key), _acks().get(widget_of("text", report.id, key))
    return section is not None and last is not None and last["revision"] == section.revision


@action
def _save(report_id: str, key: str, widget: str) -> None:
    edit = st.session_state[widget]["edit"]
    last = _acks().get(widget, {"client": "", "seq": 0, "revision": 0})
    own = last["client"] == edit["client"]
    if own and edit["seq"] <= last["seq"]:
        return
    if not edit["rest"]:
        st.session_state["typing"] = widget
    # An editor may save again before it heard what its last save made: nobody came in between, it is its own text.
    base = max(edit["base"], last["revision"]) if own else edit["base"]
    answer = {"client": edit["client"], "seq": edit["seq"], "revision": 0}
    _acks()[widget] = answer
    try:
        answer["revision"] = save(report_id, key, edit["text"], base, edit.get("move", ""), edit.get("tried", ()))
    except StorageError:
        # Without an answer the editor sends it again by itself, until there is room.
        _acks()[widget] = last
        raise
