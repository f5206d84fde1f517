"""What the pages share: the desk, the open report, and messages that survive a rerun."""

from __future__ import annotations

import gc
import html
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import NoReturn, ParamSpec

import streamlit as st

from assistant.configuration import configuration
from assistant.desk import Desk, open_desk
from assistant.errors import ConsentNeeded, NigaoError, NotFound
from assistant.facts.fields import FactField
from assistant.reports.report import Report
from assistant.ui import texts

P = ParamSpec("P")
#: Where a press is kept that wants to send something nobody has agreed to: (callback, args, kwargs).
ASKED = "asked-to-send"
ROOT = Path(__file__).resolve().parents[2]


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """The one desk of this process."""
    opened = open_desk(configuration(os.environ, ROOT))
    gc.collect()
    # Streamlit collects garbage after every run; what was imported never becomes garbage (measured: 150 ms a run).
    gc.freeze()
    return opened


def plain_editor() -> bool:
    """Whether text is edited in a plain text area: for a browser or a test that cannot use the paper's own editor."""
    return _plain_for_all() or bool(st.session_state.get("plain-editor"))


@st.cache_resource(show_spinner=False)
def _plain_for_all() -> bool:
    return configuration(os.environ, ROOT).get("NIGAO_PLAIN_EDITOR", "") in ("1", "true")


#: After how many drawings of a page what it brought into memory is taken for lasting: what fills at first use (texts,
#: findings, models of services) comes later than the page itself.
_WARM = frozenset({2, 8, 32})
_drawn: Counter[str] = Counter()


#: Seconds after which a message has been read.
_READ = 6.0


def settle_memory(page: str) -> None:
    """Takes what a page's first drawings brought into memory (modules, tables, caches) for lasting.

    Streamlit collects garbage after every run, and looks at all of it (measured: 80 ms of a run of 200). A few times
    a page and process, so that what is taken for lasting is bounded. Messages stay behind on the page that showed them.
    """
    if st.session_state.get("page") != page:
        _forget(st.session_state.get("messages-drawn", ()))
        st.session_state["page"] = page
        # What was left open on 事实 does not lie over it on return.
        st.session_state.pop("fact-details", None)
    _drawn[page] += 1
    if _drawn[page] in _WARM:
        gc.collect()
        gc.freeze()


def open_report(report_id: str) -> None:
    st.session_state["doc"] = report_id
    for key in ("section", "editing", "group", "here", "fact"):
        st.session_state.pop(key, None)


def show_fact(field: FactField) -> None:
    """The next drawing of a page that minds ``go`` leads to the fact's input on 事实."""
    st.session_state["group"] = field.group
    st.session_state["fact"] = field.label
    st.session_state["go"] = "facts"


def close_report() -> None:
    st.session_state.pop("doc", None)
    # Or the next run would open it again from the address.
    st.query_params.pop("doc", None)


def report_id() -> str | None:
    """The open report: the address first, so that a reload or a second tab finds it."""
    return st.session_state.get("doc")


def current_report() -> Report:
    """The open report; the page ends with a sentence and a way out when there is none."""
    wanted = report_id()
    if wanted:
        try:
            return desk().report(wanted)
        except NotFound as error:
            close_report()
            tell(error.for_user(), "warning")
    show_messages()
    st.html(f'<div class="ng-empty"><b>没有打开的报告</b>{texts.NO_REPORT}</div>')
    with st.container(horizontal=True, horizontal_alignment="center"):
        st.page_link("assistant/ui/views/reports.py", label="去“报告”页", icon=":material/arrow_back:")
    return end_page()


def tell(message: str, kind: str = "error") -> None:
    """A message for the next drawing of the page; ``kind`` is error, warning or success."""
    waiting = st.session_state.setdefault("messages", [])
    if all(message != other for _, other in waiting):
        waiting.append((kind, message))


def show_messages() -> None:
    """Shows what was told since the last drawing."""
    # A box of their own, drawn also when it is empty: a message that comes or goes beside the rest of the page would
    # have the browser make all that follows anew, editors with their carets too.
    with st.container(key="messages"):
        waiting = st.session_state.get("messages", [])
        # A toast outlives the run that showed it.
        st.session_state["messages"] = [one for one in waiting if one[0] != "success"]
        since = st.session_state.get("messages-shown", {})
        st.session_state["messages-shown"] = {one: since.get(one, time.monotonic()) for one in waiting}
        for kind, message in waiting:
            shown = texts.as_text(message)
            if kind == "success":
                st.toast(shown, icon=":material/check:")
            else:
                {"error": st.error, "warning": st.warning}[kind](shown)


def page_drawn() -> None:
    """Forgets the messages that were shown long enough to be read: while text streams, or after typing, the page is
    drawn again without anybody's press. A run that is cut short before took them off the page again."""
    shown = st.session_state.get("messages-shown", {})
    read = [one for one, since in shown.items() if time.monotonic() - since >= _READ or one[0] == "success"]
    _forget(read)
    st.session_state["messages-drawn"] = list(shown)


def _forget(messages: Iterable[tuple[str, str]]) -> None:
    gone = set(messages)
    if gone:
        st.session_state["messages"] = [one for one in st.session_state.get("messages", []) if one not in gone]
        for one in gone:
            st.session_state.get("messages-shown", {}).pop(one, None)


def end_page() -> NoReturn:
    """Nothing more is drawn. Streamlit's state cannot be touched any more behind ``st.stop``."""
    page_drawn()
    st.stop()


@contextmanager
def told() -> Iterator[None]:
    """Any error of ours inside becomes a message on the page; nothing else is caught."""
    try:
        yield
    except NigaoError as error:
        tell(error.for_user())


def action(function: Callable[P, None]) -> Callable[P, None]:
    """A widget callback whose errors are told on the page; what must be agreed to first is asked in a dialog."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        # What the last press had to say is answered by the next.
        _forget(st.session_state.get("messages-drawn", ()))
        with told():
            try:
                function(*args, **kwargs)
            except ConsentNeeded:
                st.session_state[ASKED] = (run, args, kwargs)

    return run


def generation(name: str) -> int:
    """The generation of a widget's key; a new one makes the widget take its value from the store again."""
    return int(st.session_state.get("generations", {}).get(name, 0))


def renew(name: str) -> None:
    st.session_state.setdefault("generations", {})
    st.session_state["generations"][name] = generation(name) + 1


def heading_line(report: Report) -> str:
    """Which report is open, over every page: its title and shape, as HTML."""
    return html.escape(f"{desk().title(report)} · {report.shape.name}")
