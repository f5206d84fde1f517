"""From an input of the 事实 page to the store: keys of inputs, commits, and what could not be saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assistant.errors import SheetError
from assistant.facts.arithmetic import work_out
from assistant.facts.fields import FactField, FieldType
from assistant.facts.formatting import money
from assistant.facts.sheet import Fact, plain
from assistant.reports.fact_history import FactOrigin, FactStep
from assistant.reports.report import Report
from assistant.ui.session import desk, generation, renew

#: How a sum is kept beside its fact; a note of a person's own is never replaced.
SUM = "算式："
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


def faults() -> dict[tuple[str, str], str]:
    """(report, label) → why what stands in the input was not saved."""
    found: dict[tuple[str, str], str] = st.session_state.setdefault("fact-faults", {})
    return found


def renew_form(report_id: str) -> None:
    """Every input takes its value from the store again: the facts were replaced as a whole."""
    renew(f"form:{report_id}")
    for place in [place for place in faults() if place[0] == report_id]:
        del faults()[place]


def renew_facts(report_id: str, labels: Iterable[str]) -> None:
    """The same for some facts."""
    for label in labels:
        renew(f"{report_id}:{label}")
        faults().pop((report_id, label), None)


def save(report_id: str, label: str, entry: Any, origin: FactOrigin = FactOrigin.FORM, detail: str = "") -> Fact | None:
    """Writes one fact; None where it cannot be read, which is then told beside its input."""
    try:
        fact = desk().set_fact(report_id, label, entry, origin, detail)
    except SheetError as error:
        faults()[report_id, label] = "；".join(
            f"{problem.message}" + (f"，应为{problem.expected}" if problem.expected else "")
            if problem.label == label
            else str(problem).rstrip("。")
            for problem in error.problems
        )
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


@dataclass(frozen=True)
class _Typed:
    """What stands in an input: for the store, and the sum that it was, "" where it was none."""

    value: Any
    written: str = ""


def _typed(raw: Any, item: FactField) -> _Typed:
    worked = work_out(raw, item)
    return _Typed(raw) if worked is None else _Typed(worked.value, worked.written)


def commit(report_id: str, item: FactField, keys: Mapping[str, str]) -> None:
    """Writes one row of the form. What cannot be read stays in its input, with the reason beside it."""
    inputs: dict[str, Any] = {}
    for part, key in keys.items():
        # What the person has left behind is not known any more; it is not taken for empty.
        with suppress(KeyError):
            inputs[part] = st.session_state[key]
    fact = desk().report(report_id).sheet.facts.get(item.label, Fact())
    try:
        value = _typed(inputs["value"], item) if "value" in inputs else _Typed(plain(fact.value))
        last_year = _typed(inputs["last_year"], item) if "last_year" in inputs else _Typed(plain(fact.last_year))
    except ValueError as error:
        faults()[report_id, item.label] = str(error)
        return
    standing = shown(fact.value, item)
    entry = {
        "value": value.value,
        # Ticked already: the word that it has (近, 约) stays.
        "approximate": (fact.approximate or True) if inputs.get("approximate", fact.approximate) else False,
        "last_year": last_year.value,
        "source": fact.source,
        "note": _note(fact, value.written, changed=inputs.get("value", standing) != standing),
    }
    saved = save(report_id, item.label, entry)
    if saved is None and value.written:
        faults()[report_id, item.label] += f"（算式 {value.written}）"
    if saved is not None:
        _tidy(report_id, item, inputs, saved)


def _note(fact: Fact, written: str, changed: bool) -> str:
    """The sum as the note, for a fact without one; a sum that the value no longer comes from goes."""
    if fact.note and not fact.note.startswith(SUM):
        return fact.note
    return f"{SUM}{written}" if written else ("" if changed else fact.note)


def _tidy(report_id: str, item: FactField, inputs: Mapping[str, Any], saved: Fact) -> None:
    """Only an input that shows other than what was saved is drawn anew: the one that has the focus keeps it."""
    stands = {
        "value": shown(saved.value, item),
        "approximate": bool(saved.approximate),
        "last_year": shown(saved.last_year, item),
    }
    for part, now in inputs.items():
        if (now or "") != (stands[part] or ""):
            renew(f"{report_id}:{item.label}:{part}")


def commit_part(report_id: str, item: FactField, part: str, key: str) -> None:
    """Writes the source, the note, the mark 不外发 or the word of 概数; the rest of the fact stays as it is."""
    fact = desk().report(report_id).sheet.facts.get(item.label, Fact())
    given = st.session_state.get(key)
    save(report_id, item.label, {**entry_of(fact), part: bool(given) if part == "private" else given or ""})


def entry_of(fact: Fact) -> dict[str, Any]:
    """A fact as it is, to be written with some parts changed."""
    return {
        "value": plain(fact.value),
        "approximate": fact.approximate,
        "last_year": plain(fact.last_year),
        "source": fact.source,
        "note": fact.note,
        "private": fact.private,
    }


def shown(value: Any, item: FactField) -> str:
    """A value as it stands in an input: without measure word, so that it can be typed over."""
    given = plain(value)
    if given is None:
        return ""
    if item.type is FieldType.MONEY:
        return money(value)
    if item.type is FieldType.LIST and isinstance(given, list):
        return "\n".join(str(part) for part in given)
    return str(given)


def fact_of(report: Report, label: str) -> Fact:
    """The fact as it was typed, derived ones aside."""
    return report.sheet.facts.get(label, Fact())
