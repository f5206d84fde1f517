"""What an entry on 事实 draws anew: its row and what counts the entries; the rest of the page stands as it stood.

The page is a hundred and fifty messages to the browser, what an entry changes is a fifth of them. So rows and counters
are fragments that are drawn by name. Whatever else an entry changes (a contradiction with another fact, the title, what
an import still waits for), or somebody else changed meanwhile, has the whole page drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx

from assistant.checks.finding import Finding
from assistant.facts.fields import FactField
from assistant.reports.fact_history import FactOrigin, FactStep
from assistant.reports.report import Report
from assistant.reports.steps import Ways
from assistant.ui.session import desk, heading_line, told

P = ParamSpec("P")
Shown = TypeVar("Shown")
DrawRow = Callable[[Report, FactField, Sequence[Finding]], None]
_PAGE = "facts-page"
_REGIONS = "facts-regions"
#: The fact of the entry that the next drawing comes of.
_ENTERED = "facts-entered"


@dataclass(frozen=True)
class FormPage:
    """What the page was drawn from, read once, and what stands beside its regions."""

    report: Report
    findings: Sequence[Finding]
    ways: Ways[FactStep]
    beside: tuple[object, ...]


def page_begins(report: Report) -> FormPage:
    """To be called where the whole page is drawn, before its regions."""
    page = _state(report)
    st.session_state[_PAGE] = page
    st.session_state[_REGIONS] = {}
    return page


def form_page() -> FormPage:
    """The page as it was drawn, or after the last entry since."""
    page: FormPage = st.session_state[_PAGE]
    return page


def _state(report: Report) -> FormPage:
    ways = desk().fact_ways(report.id)
    waiting = [(pending.id, desk().offers(report, pending)) for pending in desk().pendings(report)]
    # 撤销载入 stands only until the next entry.
    load = ways.undo.number if ways.undo is not None and ways.undo.origin is FactOrigin.LOAD else None
    beside = (heading_line(report), report.shape.key, load, waiting)
    return FormPage(report, tuple(desk().sheet_findings(report)), ways, beside)


def region(name: str, look: Callable[[FormPage], Shown], draw: Callable[[Shown], None]) -> None:
    """A part of the page that an entry draws anew where it would show something else.

    Args:
        look: What the part shows.
        draw: Draws it. A press in it that concerns more than the part is to be a ``whole_page``.
    """

    def drawn() -> None:
        shown = look(form_page())
        st.session_state[_REGIONS][name] = look, shown
        draw(shown)

    st.fragment(drawn, key=name)()


def row_region(report: Report, item: FactField, draw: DrawRow) -> None:
    """One fact's row, drawn anew at each of its entries, with the findings that concern it."""
    st.fragment(_row, key=_row_name(report, item.label))(item, draw)


def _row(item: FactField, draw: DrawRow) -> None:
    page = form_page()
    draw(page.report, item, [finding for finding in page.findings if item.label in finding.facts])


def _row_name(report: Report, label: str) -> str:
    return f"row-{report.sheet.schema.places[label]}"


def entry(
    write: Callable[Concatenate[str, FactField, P], bool | None], row: bool = True
) -> Callable[Concatenate[str, FactField, P], None]:
    """A callback that writes a fact, and has drawn what this changes; its errors are told on the page.

    Args:
        write: May return True where the row is to be drawn whatever ``row`` says.
        row: False for what is typed on in while it is saved: the row stands as it stood, but for regions in it.
    """

    @wraps(write)
    def run(report_id: str, item: FactField, /, *args: P.args, **kwargs: P.kwargs) -> None:
        with told():
            changed = write(report_id, item, *args, **kwargs)
            _draw_changed(report_id, item.label, row or bool(changed))
            return
        # What went wrong stands over the page.
        _draw_page()

    return run


def is_of_entry(label: str) -> bool:
    """Whether the row of this fact is being drawn because of an entry into it; to be asked once a drawing."""
    if st.session_state.get(_ENTERED) != label:
        return False
    del st.session_state[_ENTERED]
    return True


def whole_page(press: Callable[P, None]) -> Callable[P, None]:
    """A callback in a region that has the whole page drawn."""

    @wraps(press)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        press(*args, **kwargs)
        _draw_page()

    return run


def _draw_page() -> None:
    """Ends a callback of a region; a press elsewhere, or in a page without a browser, draws the page by itself."""
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:
        st.rerun()


def _draw_changed(report_id: str, label: str, row: bool) -> None:
    st.session_state[_ENTERED] = label
    context = get_script_run_ctx()
    if context is None or not context.fragment_ids_this_run:
        return
    report = desk().report(report_id)
    page: FormPage | None = st.session_state.get(_PAGE)
    now = _state(report)
    if page is None or st.session_state.get("messages") or _elsewhere(page, label) != _elsewhere(now, label):
        st.rerun()
    st.session_state[_PAGE] = now
    regions: dict[str, tuple[Callable[[FormPage], object], object]] = st.session_state[_REGIONS]
    changed = [name for name, (look, shown) in regions.items() if look(now) != shown]
    if row:
        changed.insert(0, _row_name(report, label))
    else:
        # The next drawing of the row is of something else.
        del st.session_state[_ENTERED]
    try:
        st.rerun(changed)
    except StreamlitAPIException:
        # The row went from the page meanwhile: in another group there is none of this name.
        st.rerun()


def _elsewhere(page: FormPage, label: str) -> object:
    others = {name: fact for name, fact in page.report.sheet.facts.items() if name != label}
    return others, page.findings, page.beside
