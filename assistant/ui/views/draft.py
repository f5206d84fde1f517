"""起草: the outline with states, the paper, and the section's panel."""

from __future__ import annotations

import streamlit as st

from assistant.ui import session
from assistant.ui.chat import TABS, chat, tab_to_show
from assistant.ui.coming import on_paper
from assistant.ui.outline import outline
from assistant.ui.panel import panel
from assistant.ui.scroll import scroll_to
from assistant.ui.session import desk
from assistant.ui.sheet_of_paper import paper
from assistant.ui.soft_lock import ask_if_wanted
from assistant.ui.status import status_line
from assistant.ui.undo import undo_bar

if target := st.session_state.pop("go", None):
    st.switch_page(f"assistant/ui/views/{target}.py")
report = session.current_report()
session.show_messages()
ask_if_wanted()
live = desk().progress(report.id)
selected = st.session_state.get("section")
if report.section(selected or "") is None:
    selected = None
st.html(f'<div class="ng-eyebrow">{session.heading_line(report)}</div>')
left, middle, right = st.columns([2.3, 6.2, 2.7], gap="medium")
with left:
    outline(report, live)
    undo_bar(report)
with middle:
    editors = paper(report, on_paper(live), selected)
with right, st.container(key="panel"):
    talk, own = st.tabs(TABS, key=tab_to_show(), on_change="rerun")
    # What is behind the other tab is drawn when somebody looks: a conversation is as long as the rest of the page.
    with talk:
        chat(report, live, selected, shown=not own.open)
    if own.open:
        with own:
            panel(report, live, selected)
for draw in editors:
    draw()
# Whoever went into a text by a press on it has it before their eyes.
if selected and selected != st.session_state.get("here"):
    scroll_to(f"sec-on-{selected}", st.session_state.get("turn", 0))
status_line(report)
