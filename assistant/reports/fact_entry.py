"""An entry on top of what the store has by now: only the parts that the person changed, and nobody's over another's.

A part that somebody else changed meanwhile, and otherwise, is a clash: it stays as it is until a person chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from assistant.errors import SheetError
from assistant.facts.arithmetic import work_out
from assistant.facts.fields import FactField, FieldType
from assistant.facts.formatting import counted, money
from assistant.facts.last_year import with_last_year
from assistant.facts.lines import Lines, Side, merge_lines
from assistant.facts.sheet import Fact, plain, read_fact
from assistant.facts.values import Approximation, Value, clean_text, read_list

#: How a sum is kept beside its fact; a note of a person's own is never replaced.
SUM = "算式："
#: The parts that are typed; the other one that an entry may change is ``approximate``, a tick.
TYPED = {"value": "", "last_year": "去年数", "source": "来源", "note": "备注"}


@dataclass(frozen=True)
class Change:
    """What an input showed when it was drawn, and what stands in it now."""

    base: Any
    given: Any

    @property
    def made(self) -> bool:
        return (self.base or "") != (self.given or "")


@dataclass(frozen=True)
class Clash:
    """``mine`` was typed over ``base`` while the store came to have another value.

    ``tick``: the 概数 that was put or taken away with it.
    """

    base: str
    mine: str
    tick: Change | None = None


@dataclass
class Entered:
    """What is to be written, and what is not: parts → why they cannot be read, parts → clashes.

    ``exact``: the word of the 概数 went, because another figure was typed without one.
    """

    fact: Fact
    unread: dict[str, str] = field(default_factory=dict)
    clashes: dict[str, Clash] = field(default_factory=dict)
    exact: bool = False

    def waits(self, part: str) -> bool:
        """Whether the part stays as it is in its input; a tick is about the value beside it."""
        of = "value" if part == "approximate" else part
        return of in self.unread or of in self.clashes


@dataclass(frozen=True)
class _Read:
    value: Value | None
    word: Approximation = ""
    written: str = ""


def enter(item: FactField, fact: Fact, changes: Mapping[str, Change]) -> Entered:
    """The changes of one row on top of ``fact``, the store's."""
    entered = Entered(fact)
    tick = changes.get("approximate")
    for part in TYPED:
        if part in changes and changes[part].made:
            _type(entered, item, part, changes[part], tick)
    typed = "value" in changes and changes["value"].made
    if tick is not None and not typed and (tick.made or (tick.given and fact.empty)):
        entered.fact = replace(entered.fact, approximate=_ticked(fact, tick))
    return entered


def _type(entered: Entered, item: FactField, part: str, change: Change, tick: Change | None) -> None:
    fact = entered.fact
    given, base, now = str(change.given or ""), str(change.base or ""), part_shown(fact, part, item)
    try:
        read = _read(given, item, part)
    except ValueError as error:
        entered.unread[part] = str(error)
        return
    value = read.value
    # A sum came to be the note by itself: it is nobody's words.
    if now != base and not _same(value, getattr(fact, part)) and not (part == "note" and now.startswith(SUM)):
        merged = _merged(item, part, Clash(base, given), now)
        if merged is None:
            ticked = tick if part == "value" and tick is not None and tick.made else None
            entered.clashes[part] = Clash(base, given, ticked)
            return
        value = merged
    if part == "last_year":
        told = None if value is None else (value, read.word)
        entered.fact = replace(with_last_year(fact, value), last_told=told)
        return
    if part != "value":
        parts: dict[str, Any] = {part: value}
        entered.fact = replace(fact, **parts)
        return
    word = _word(fact, read.word, value, tick)
    entered.exact = bool(fact.approximate and not word and not _blank(value) and not (tick is not None and tick.made))
    entered.fact = replace(fact, value=value, approximate=word, note=_note(fact, read.written))


def _ticked(fact: Fact, tick: Change) -> Approximation:
    # Ticked already: the word that it has (近, 约) stays.
    return (fact.approximate or "余") if tick.given else ""


def _word(before: Fact, said: Approximation, value: Value | None, tick: Change | None) -> Approximation:
    """The word of the 概数 with a value that was typed over ``before``."""
    if said or _blank(value):
        return said
    if tick is not None and tick.made:
        return _ticked(before, tick)
    if before.empty:
        # Ticked for the figure that was to come.
        return before.approximate if tick is None else _ticked(before, tick)
    # A tick that somebody else put meanwhile was not seen by who typed.
    seen = tick is None or bool(tick.base)
    return "" if seen and value != before.value else before.approximate


def _note(fact: Fact, written: str) -> str:
    """The sum as the note, for a fact without one; a sum that the value no longer comes from goes."""
    if fact.note and not fact.note.startswith(SUM):
        return fact.note
    return f"{SUM}{written}" if written else ""


def _read(given: str, item: FactField, part: str) -> _Read:
    """What a person typed into the input of a part. Raises ValueError with the reason, in Chinese."""
    if part not in ("value", "last_year"):
        return _Read(clean_text(given))
    worked = work_out(given, item)
    written = worked.written if worked is not None else ""
    try:
        fact = read_fact({"value": given if worked is None else worked.value}, item)
    except SheetError as error:
        raise ValueError(f"{told(error, item.label)}{f'（算式 {written}）' if written else ''}") from error
    signed = worked is not None or given.rstrip().endswith(("%", "％"))
    if item.type is FieldType.PERCENT and not signed and isinstance(fact.value, Decimal) and 0 < fact.value < 1:
        # What is in the store came in by other ways too, and is shown without its sign: only what is typed is asked.
        raise ValueError(
            f"“{given}”像是比值：若是 {plain(fact.value * 100)}%，请填百分数；若就是 {fact.value}%，请带上百分号"
        )
    return _Read(fact.value, fact.approximate, written)


def told(error: SheetError, label: str) -> str:
    """What is wrong with an entry, beside its input."""
    return "；".join(
        f"{problem.message}" + (f"，应为{problem.expected}" if problem.expected else "")
        if problem.label == label
        else str(problem).rstrip("。")
        for problem in error.problems
    )


# ---- clashes


def chosen(item: FactField, part: str, clash: Clash, now: str, side: Side) -> str:
    """What becomes of a clash, as it would be typed: of a list only the lines that both changed are one side's."""
    merged = _merged(item, part, clash, now, side)
    if merged is not None:
        return shown(merged, item)
    return clash.mine if side is Side.MINE else now


def _merged(item: FactField, part: str, clash: Clash, now: str, of_both: Side | None = None) -> Lines | None:
    if part != "value" or item.type is not FieldType.LIST:
        return None
    return merge_lines(read_list(clash.base), read_list(clash.mine), read_list(now), of_both)


# ---- as it stands in an input


def part_shown(fact: Fact, part: str, item: FactField) -> str:
    if part == "value" or part == "last_year":
        return shown(fact.value, item) if part == "value" else shown(fact.last_year, item, fact.last_approximate)
    return fact.source if part == "source" else fact.note


def shown(value: Any, item: FactField, word: Approximation = "") -> str:
    """A value as it stands in an input: without measure word, so that it can be typed over.

    Args:
        word: of a 概数 that has no mark of its own beside the input.
    """
    given = plain(value)
    if given is None:
        return ""
    if item.type is FieldType.MONEY:
        return money(value, "", word)
    if item.type is FieldType.LIST and isinstance(given, list):
        return "\n".join(str(part) for part in given)
    return counted(given, "", word) if word and isinstance(given, int) else f"{'约' if word else ''}{given}"


def _blank(value: Value | None) -> bool:
    return value is None or value == "" or value == ()


def _same(one: Value | None, other: Value | None) -> bool:
    return one == other or (_blank(one) and _blank(other))
