"""The frame around every page: theme, navigation, the engine's badge, and the report's place in the address."""

from __future__ import annotations

import html
from pathlib import Path

import streamlit as st

from assistant.ui.looked_up import look_up_state
from assistant.ui.turns import turn
from assistant.ui.whole_callbacks import keep_entries

_HERE = Path(__file__).parent
_PAGES = (
    ("reports.py", "报告", "reports"),
    ("facts.py", "事实", "facts"),
    ("draft.py", "起草", "draft"),
    ("review.py", "核校", "review"),
    ("export.py", "导出", "export"),
    ("settings.py", "设置", "settings"),
)


def run() -> None:
    """Draws the frame and the chosen page."""
    keep_entries()
    look_up_state()
    st.set_page_config(page_title="拟稿", page_icon=str(_HERE / "static" / "icon.svg"), layout="wide")
    st.html(_HERE / "static" / "style.css")
    # Loading the desk takes seconds in a new process: until the style is there, Streamlit shows words of its own.
    from assistant.errors import NigaoError
    from assistant.ui import session, texts
    from assistant.ui.connection import mind_connection
    from assistant.ui.handing import hand_over
    from assistant.ui.sending_dialog import ask_if_needed

    st.logo(str(_HERE / "static" / "logo.svg"), size="large")
    _keep_address()
    page = st.navigation(
        [
            st.Page(_HERE / "views" / file, title=title, url_path=path, default=path == "reports")
            for file, title, path in _PAGES
        ],
        position="top",
    )
    try:
        _badge()
    except NigaoError as error:
        st.error(texts.as_text(error.for_user()))
        st.stop()
    ask_if_needed()
    hand_over()
    mind_connection()
    session.settle_memory(page.url_path)
    try:
        with turn():
            page.run()
        session.page_drawn()
    except NigaoError as error:
        # A data file of the user's own (leftovers.yaml, numerals.yaml) that cannot be read concerns every text.
        st.error(texts.as_text(error.for_user()))


def _keep_address() -> None:
    """``?doc=`` owns the open report. Navigation drops it, so it is put back on every run."""
    from assistant.ui import session

    named = st.query_params.get("doc")
    if named and named != st.session_state.get("doc") and "doc" not in st.session_state:
        session.open_report(named)
    wanted = session.report_id()
    if wanted and named != wanted:
        st.query_params["doc"] = wanted
    elif not wanted and named:
        del st.query_params["doc"]


def _badge() -> None:
    from assistant.ui import session

    status = session.desk().engines.status()
    st.html(f'<div class="ng-badge {status.tone}"><i></i>{html.escape(status.badge)}</div>')
