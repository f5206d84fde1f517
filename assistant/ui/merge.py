"""A section that was saved in two places: what does not clash is put together, what clashes is chosen by a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from assistant.errors import EditConflict
from assistant.facts.sheet import FactSheet
from assistant.reports.report import Report
from assistant.slots.merging import Choice, Side, Stretch, clashes, decided, merge
from assistant.slots.render import render
from assistant.ui import session
from assistant.ui.paper import pieces_html
from assistant.ui.session import action, desk, renew

_CHOICES = {Choice.MINE: "用我写的这处", Choice.THEIRS: "用别处的这处", Choice.BOTH: "两处都留"}
_LEGEND = '<div class="ng-note"><ins class="mine">绿底</ins>是您改的，<ins class="theirs">蓝底</ins>是别处改的。</div>'
_GONE = "（删去）"
_TRIES = 3


@dataclass(frozen=True)
class Parted:
    """Texts that wait to become one: the common one, mine, and the one in place (``revision``)."""

    base: str
    mine: str
    theirs: str
    revision: int


def parted() -> dict[tuple[str, str], Parted]:
    """What waits, by report and section."""
    found: dict[tuple[str, str], Parted] = st.session_state.setdefault("parted", {})
    return found


def save(report_id: str, key: str, text: str, base: int, move: str = "", tried: Collection[str] = ()) -> int:
    """Saves what a person typed on version ``base``; where somebody saved first both texts wait to be put together.

    Args:
        move: a name for what goes from one section to another and is saved in both.
        tried: texts that the same editor saved before without hearing of it: it goes on from them.

    Returns:
        The revision that the text got, 0 where it waits. It is in the section's history then.
    """
    try:
        return desk().edit(report_id, key, text, base, move).revision
    except EditConflict as conflict:
        if conflict.theirs in tried:
            return save(report_id, key, text, conflict.revision, move)
        # On disk before anybody is asked: a reload at the question loses nothing.
        desk().keep_aside(report_id, key, conflict.mine)
        common = next((one.text for one in desk().versions(report_id, key) if one.number == base), "")
        parted()[report_id, key] = Parted(common, conflict.mine, conflict.theirs, conflict.revision)
        # The question stands below the text, which may be below the window.
        session.tell("这一节在别处也改过，两份都没有丢；请在这一节下面把它们合成一份。", "warning")
        return 0


@action
def _take(report_id: str, key: str, text: str | None) -> None:
    """``text``: None leaves the one in place."""
    waiting = parted()[report_id, key]
    again = None if text is None else _put_together(report_id, key, replace(waiting, mine=text))
    # The question stands until one text is on disk.
    del parted()[report_id, key]
    renew(f"body:{key}")
    if text is None:
        session.tell("已用别处保存的；您写的在“历次稿”里。", "success")
    elif again is None:
        session.tell("已保存；合并前的两份都在“历次稿”里，也可以撤销。", "success")
    else:
        desk().keep_aside(report_id, key, again.mine)
        parted()[report_id, key] = again
        session.tell("别处刚刚又保存了一次，请再看一遍。", "warning")


def _put_together(report_id: str, key: str, chosen: Parted) -> Parted | None:
    """Saves what was chosen (``mine``); what went on over there meanwhile stays in it. None: it is in place.

    Who writes over there without a pause would have everybody here asked for ever: only a clash is asked about again.
    """
    for _ in range(_TRIES):
        try:
            desk().edit(report_id, key, chosen.mine, chosen.revision)
        except EditConflict as conflict:
            stretches = merge(chosen.theirs, chosen.mine, conflict.theirs)
            if clashes(stretches):
                return Parted(chosen.theirs, chosen.mine, conflict.theirs, conflict.revision)
            chosen = Parted(chosen.theirs, decided(stretches, ()), conflict.theirs, conflict.revision)
        else:
            return None
    return chosen


def merging(report: Report, key: str, waiting: Parted) -> None:
    """Shows what comes out, asks for what clashes; nothing is taken before a press."""
    stretches = merge(waiting.base, waiting.mine, waiting.theirs)
    open_ones = clashes(stretches)
    with st.container(key=f"merge-{key}"):
        told = f"有 {len(open_ones)} 处两边都改了，请逐处选" if open_ones else "两边改的不是同一处，已合在一起，请过目"
        st.html(f'<div class="ng-stale"><b>这一节在别处先保存了</b>两份都留在“历次稿”里。{told}。</div>')
        choices = [_asked(report.sheet, key, number, one) for number, one in enumerate(open_ones, 1)]
        st.html(merged_html(stretches, choices, report.sheet))
        st.html(_LEGEND)
        made = [choice for choice in choices if choice is not None]
        whole = len(made) == len(open_ones)
        with st.container(horizontal=True, key=f"merge-tools-{key}"):
            st.button(
                "用合并稿", type="primary", key="merge-take", disabled=not whole, on_click=_take,
                args=(report.id, key, decided(stretches, made) if whole else None),
                help=None if whole else "先选好每一处",
            )  # fmt: skip
            st.button("用我写的", key="merge-mine", on_click=_take, args=(report.id, key, waiting.mine))
            st.button("用别处的", key="merge-theirs", on_click=_take, args=(report.id, key, None))


def _asked(sheet: FactSheet, key: str, number: int, clash: Stretch) -> Choice | None:
    with st.container(key=f"clash-{number}"):
        sides = (("您写的", "mine", clash.mine), ("别处保存的", "theirs", clash.theirs))
        shown = "".join(
            f'<div><b>{name}</b><p class="{side}">{_printed(text, sheet) or _GONE}</p></div>'
            for name, side, text in sides
        )
        st.html(f'<div class="ng-clash"><sup class="ng-place">{number}</sup>{shown}</div>')
        offered = [one for one in Choice if one is not Choice.BOTH or (clash.mine and clash.theirs)]
        chosen: Choice | None = st.radio(
            f"第 {number} 处", offered, index=None, format_func=lambda one: _CHOICES[one], horizontal=True,
            key=f"clash:{key}:{number}:{hash((clash.mine, clash.theirs))}", label_visibility="collapsed",
        )  # fmt: skip
    return chosen


def merged_html(stretches: Sequence[Stretch], choices: Sequence[Choice | None], sheet: FactSheet) -> str:
    """The merged text as paragraphs of the paper; whose words stand where marked, an open clash by its number."""
    body = ""
    left = iter(enumerate(choices, 1))
    for stretch in stretches:
        if stretch.side is Side.SAME or stretch.side is Side.AGREED:
            body += _printed(stretch.text, sheet)
        elif stretch.side is not Side.CLASH:
            body += _marked(stretch.side.value, stretch.text, stretch.base, sheet)
        else:
            number, choice = next(left)
            if choice is None:
                body += f'<span class="ng-chip missing">第 {number} 处待选</span>'
            if choice in (Choice.THEIRS, Choice.BOTH):
                body += _marked("theirs", stretch.theirs, "", sheet)
            if choice in (Choice.MINE, Choice.BOTH):
                body += _marked("mine", stretch.mine, "", sheet)
    paragraphs = (f"<p>{part}</p>" for part in body.split("\n") if part)
    return f'<div class="ng-paper ng-compared">{"".join(paragraphs)}</div>'


def _marked(side: str, text: str, gone: str, sheet: FactSheet) -> str:
    """What a side wrote; what it only took out struck through."""
    tag, shown = ("ins", text) if text else ("del", gone)
    # A mark ends with its paragraph.
    parts = (f'<{tag} class="{side}">{_printed(part, sheet)}</{tag}>' if part else "" for part in shown.split("\n"))
    return ("\n" if text else "").join(parts)


def _printed(text: str, sheet: FactSheet) -> str:
    return pieces_html(render(text, sheet))
