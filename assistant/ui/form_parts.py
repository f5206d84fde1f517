"""A group of very many facts in parts: Streamlit's cost of an input grows with the inputs already on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assistant.facts.fields import FactField

#: A group up to the first is drawn whole: no report type of ours has a longer one. Measured: 120 rows at once are
#: 320 ms of the server's time at every entry, 30 rows are 40 ms; a browser needs 5 ms more for each row that it opens.
_WHOLE, _PART = 24, 20


@dataclass(frozen=True)
class Part:
    """The rows that are drawn, and how many stand before and behind them in the group."""

    items: Sequence[FactField]
    before: int = 0
    behind: int = 0


def part_of(group: str, items: Sequence[FactField]) -> Part:
    """Draws the choice of parts where there are several; what is sought by name is in the part that is shown."""
    if len(items) <= _WHOLE:
        return Part(items)
    starts = range(0, len(items), _PART)
    chosen: dict[str, int] = st.session_state.setdefault("facts-part", {})
    sought = st.session_state.get("fact")
    place = next((place for place, item in enumerate(items) if item.label == sought), None)
    if place is not None:
        chosen[group] = place - place % _PART
    start = chosen.get(group, 0)
    start = start if start in starts else 0
    with st.container(horizontal=True, gap="small", key="facts-rows"):
        for one in starts:
            st.button(
                f"{one + 1}—{min(one + _PART, len(items))}",
                key=f"rows-{one}",
                type="secondary" if one != start else "primary",
                help=f"从“{items[one].label}”起",
                on_click=choose_part,
                args=(group, one),
            )
    end = min(start + _PART, len(items))
    return Part(items[start:end], start, len(items) - end)


def choose_part(group: str, start: int) -> None:
    st.session_state.setdefault("facts-part", {})[group] = start


def before_and_behind(group: str, part: Part) -> bool:
    """The presses under the rows that stay in the group; False where it goes on to the next group."""
    if part.before:
        start = max(0, part.before - _PART)
        st.button("上面的几项", key="previous-part", on_click=choose_part, args=(group, start))
    if part.behind:
        start = part.before + len(part.items)
        # The key by which the keyboard goes on.
        st.button(
            f"下面 {min(part.behind, _PART)} 项", type="primary", key="next-group", on_click=choose_part,
            args=(group, start),
        )  # fmt: skip
    return bool(part.behind)
