"""From an input of the 事实 page to the store: keys of inputs, commits, and what could not be saved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import streamlit as st

from assistant.errors import SheetError
from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import Fact, plain, plain_last
from assistant.reports.fact_entry import TYPED, Change, Clash, Entered, enter, part_shown, told
from assistant.reports.fact_history import FactOrigin, FactStep
from assistant.reports.report import Report
from assistant.ui.form_grids import forget_waiting
from assistant.ui.session import desk, generation, renew

#: The fact that was saved since 撤销 was drawn.
_ENTERED = "fact-entered"


def key_of(report_id: str, label: str, part: str = "value") -> str:
    """The key of one input; it changes, and the input takes its value from the store again, after ``renew``."""
    ages = (
        generation(f"form:{report_id}"),
        generation(f"{report_id}:{label}"),
        generation(f"{report_id}:{label}:{part}"),
    )
    return f"fact:{report_id}:{label}:{part}:{'.'.join(map(str, ages))}"


def _shown() -> dict[str, Any]:
    """Key of an input → what it showed of the store when it last took it, or gave it.

    By key, for a browser shows an input until the next one has come: what is typed there was typed over what that one
    showed.
    """
    found: dict[str, Any] = st.session_state.setdefault("fact-shown", {})
    return found


def drawn_key(report: Report, item: FactField, part: str) -> str:
    """The key of a part's input, to be drawn now. One in which nothing waits shows what somebody else wrote since."""
    place = report.id, item.label, part
    fact = fact_of(report, item.label)
    key, now = key_of(*place), _shows(fact, part, item)
    if key in _shown() and key in st.session_state:
        before = _shown()[key]
        # The tick of a figure that is still to come is in no store.
        ahead = part == "approximate" and fact.empty
        if before == now or ahead or (st.session_state[key] or "") != (before or ""):
            return key
        key = _show(place, key, now)
    _shown()[key] = now
    return key


def _show(place: tuple[str, str, str], key: str, now: Any) -> str:
    """Has an input that was drawn show something else; returns the key that it has then."""
    if place[2] == "approximate":
        st.session_state[key] = now
        return key
    renew(":".join(place))
    return key_of(*place)


def _shows(fact: Fact, part: str, item: FactField) -> Any:
    return bool(fact.approximate) if part == "approximate" else part_shown(fact, part, item)


def faults() -> dict[tuple[str, str], str]:
    """(report, label) → why what stands in the input was not saved."""
    found: dict[tuple[str, str], str] = st.session_state.setdefault("fact-faults", {})
    return found


def clashes() -> dict[tuple[str, str], dict[str, Clash]]:
    """(report, label) → part → what was typed there while somebody else wrote it too."""
    found: dict[tuple[str, str], dict[str, Clash]] = st.session_state.setdefault("fact-clashes", {})
    return found


def _exact() -> dict[tuple[str, str], bool]:
    found: dict[tuple[str, str], bool] = st.session_state.setdefault("fact-exact", {})
    return found


def became_exact(report_id: str, label: str) -> bool:
    """Whether the last entry took the word of the 概数 away."""
    return _exact().get((report_id, label), False)


def _forget(report_id: str, label: str) -> None:
    for said in (faults(), clashes(), _exact()):
        said.pop((report_id, label), None)


def renew_form(report_id: str) -> None:
    """Every input takes its value from the store again: the facts were replaced as a whole."""
    renew(f"form:{report_id}")
    forget_waiting(report_id)
    for place in {*faults(), *clashes(), *_exact()}:
        if place[0] == report_id:
            _forget(*place)


def renew_facts(report_id: str, labels: Iterable[str]) -> None:
    """The same for some facts."""
    for label in labels:
        renew(f"{report_id}:{label}")
        _forget(report_id, label)


def save(report_id: str, label: str, entry: Any, origin: FactOrigin = FactOrigin.FORM, detail: str = "") -> Fact | None:
    """Writes one fact; None where it cannot be read, which is then told beside its input."""
    try:
        fact = desk().set_fact(report_id, label, entry, origin, detail)
    except SheetError as error:
        faults()[report_id, label] = told(error, label)
        return None
    faults().pop((report_id, label), None)
    st.session_state[_ENTERED] = label
    return fact


def ways_drawn() -> None:
    """撤销 names the last entry again."""
    st.session_state.pop(_ENTERED, None)


def entered_since(report_id: str) -> FactStep | None:
    """The report's last step, where it is an entry of this window that 撤销 does not name yet."""
    label = st.session_state.get(_ENTERED)
    last = desk().fact_ways(report_id).undo if label else None
    return last if last is not None and last.labels == (label,) else None


def commit(report_id: str, item: FactField, keys: Mapping[str, str]) -> None:
    """Writes what the person changed in one row. What cannot be read stays in its input, with the reason beside it."""
    # What the person has left behind is not known any more; it is not taken for empty.
    inputs = {part: st.session_state[key] for part, key in keys.items() if key in st.session_state}
    changes = {part: Change(_shown()[keys[part]], given) for part, given in inputs.items()}
    saved = write(report_id, item, changes)
    for part, change in changes.items():
        late = keys[part] != key_of(report_id, item.label, part)
        if late:
            # The input that is on its way to the browser knows nothing of this entry.
            renew(f"{report_id}:{item.label}:{part}")
        if saved is not None and not saved.waits(part):
            _tidy(report_id, item, part, change, saved, keys[part] if late else "")


def write(
    report_id: str, item: FactField, changes: Mapping[str, Change], settled: Collection[str] = ()
) -> Entered | None:
    """Writes the changes of one fact, and tells beside it what of them waits; None where nothing could be written.

    Args:
        settled: parts whose clash is decided by these changes.
    """
    place = report_id, item.label
    fact = desk().report(report_id).sheet.facts.get(item.label, Fact())
    entered = enter(item, fact, changes)
    if entered.fact != fact and save(report_id, item.label, entry_of(entered.fact)) is None:
        return None
    decided = {*settled, *(part for part, change in changes.items() if change.made)}
    waiting = {part: one for part, one in clashes().pop(place, {}).items() if part not in decided}
    if waiting | entered.clashes:
        clashes()[place] = waiting | entered.clashes
    faults().pop(place, None)
    if entered.unread:
        faults()[place] = "；".join(f"{TYPED[part]}{why}" for part, why in entered.unread.items())
    _exact()[place] = entered.exact
    return entered


def _tidy(report_id: str, item: FactField, part: str, change: Change, saved: Entered, old: str) -> None:
    """Only an input that shows other than what was saved is drawn anew: the one that has the focus keeps it.

    Args:
        old: the key of an input that stands in the browser alone: what it shows cannot be changed any more.
    """
    place, now = (report_id, item.label, part), _shows(saved.fact, part, item)
    if old:
        # A list may have come to hold another's lines too, which are not in it.
        _shown()[old] = change.given if item.type is FieldType.LIST and part == "value" else now
        return
    key = key_of(*place)
    if (change.given or "") != (now or ""):
        key = _show(place, key, now)
    _shown()[key] = now


def show_saved(report_id: str, item: FactField, part: str, saved: Entered) -> None:
    """The input of a part in which something waited shows what was saved, and the tick beside a figure with it."""
    for one in (part, "approximate") if part == "value" and item.type.numeric else (part,):
        place, now = (report_id, item.label, one), _shows(saved.fact, one, item)
        _shown()[_show(place, key_of(*place), now)] = now


def commit_mark(report_id: str, item: FactField, part: str, key: str) -> None:
    """Writes the mark 不外发 or the word of 概数; the rest of the fact stays as it is."""
    fact = desk().report(report_id).sheet.facts.get(item.label, Fact())
    given = st.session_state.get(key)
    save(report_id, item.label, {**entry_of(fact), part: bool(given) if part == "private" else given or ""})


def entry_of(fact: Fact) -> dict[str, Any]:
    """A fact as it is, to be written with some parts changed."""
    return {
        "value": plain(fact.value),
        "approximate": fact.approximate,
        "last_year": plain_last(fact),
        "source": fact.source,
        "note": fact.note,
        "private": fact.private,
    }


def fact_of(report: Report, label: str) -> Fact:
    """The fact as it was typed, derived ones aside."""
    return report.sheet.facts.get(label, Fact())
