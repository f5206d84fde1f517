"""The groups of the 事实 page with how far each is: one piece of HTML, for it is drawn anew at most entries.

As Streamlit's buttons they were a third of what an entry draws. ``form_keys`` tells which one is pressed.
"""

from __future__ import annotations

import html
from dataclasses import dataclass

import streamlit as st

from assistant.reports.report import Report
from assistant.ui.form_details import close_details
from assistant.ui.form_regions import FormPage, region
from assistant.ui.form_tools import choose_group


@dataclass(frozen=True)
class _Line:
    """A group; ``tone`` is a class of the style sheet."""

    name: str
    tone: str
    state: str


@dataclass(frozen=True)
class _Groups:
    lines: tuple[_Line, ...]
    chosen: str
    filled: int
    total: int


def chosen_group(report: Report) -> str:
    """The group whose rows are shown."""
    chosen: str | None = st.session_state.get("group")
    groups = report.sheet.schema.groups
    return chosen if chosen in groups else groups[0]


def look_at(group: str) -> None:
    """Another group: what was sought by name, or filled in meanwhile, no longer stands out of the choice."""
    st.session_state.pop("facts-sought", None)
    st.session_state.pop("facts-kept", None)
    close_details()
    choose_group(group)


def groups() -> None:
    """How many facts are filled in, and the groups to choose from."""
    region("groups", _look, _draw)


def _look(page: FormPage) -> _Groups:
    report, schema, sheet = page.report, page.report.sheet.schema, page.report.sheet
    wrong = {label for finding in page.findings if finding.severity == "error" for label in finding.facts}
    lines = []
    for group in schema.groups:
        items = list(schema.in_group(group))
        missing = sum(report.shape.key in item.required_by and sheet.fact(item.label).empty for item in items)
        line = _Line(group, "", f"{sheet.filled(item.label for item in items)}/{len(items)}")
        if any(item.label in wrong for item in items):
            line = _Line(group, "bad", "有矛盾")
        elif missing:
            line = _Line(group, "warn", f"缺 {missing}")
        lines.append(line)
    return _Groups(tuple(lines), chosen_group(report), sheet.filled(), len(schema.fields))


def _draw(groups: _Groups) -> None:
    lines = "".join(
        # The class by which Streamlit would name its key.
        f'<div class="st-key-group-{number}"><button type="button" data-group="{html.escape(line.name, quote=True)}" '
        f'aria-current="{"true" if line.name == groups.chosen else "false"}">'
        f'{html.escape(line.name)}<small class="{line.tone}">{line.state}</small></button></div>'
        for number, line in enumerate(groups.lines)
    )
    share = groups.filled / groups.total
    st.html(
        f'<div class="ng-eyebrow">事实已填 {groups.filled} / {groups.total}</div>'
        f'<div class="ng-bar"><i style="width:{share:.1%}"></i></div><div class="ng-groups">{lines}</div>'
    )
