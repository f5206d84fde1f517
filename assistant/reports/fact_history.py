"""What happened to a report's facts: changes, the steps that they make up, and how a step is told."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from assistant.facts.fields import FactField, FactSchema
from assistant.facts.formatting import plain_text
from assistant.facts.sheet import Fact
from assistant.reports import steps

_SHOWN = 14


class FactOrigin(StrEnum):
    """By which way a fact was changed."""

    FORM = "form"
    PASTE = "paste"
    LOAD = "load"
    IMPORT = "import"
    CHAT = "chat"
    UNDO = steps.UNDO
    REDO = steps.REDO

    @property
    def name_shown(self) -> str:
        return _NAMES[self]


_NAMES = {
    FactOrigin.FORM: "填写",
    FactOrigin.PASTE: "粘贴",
    FactOrigin.LOAD: "载入",
    FactOrigin.IMPORT: "导入",
    FactOrigin.CHAT: "对话",
    FactOrigin.UNDO: "撤销",
    FactOrigin.REDO: "重做",
}


@dataclass(frozen=True)
class FactChange:
    """One fact before and after; a fact that was not there is an empty one.

    Attributes:
        step: number of the step that it belongs to, counted up in each report.
        detail: where it came from in words (a file's name), "" where there is nothing to say.
        by: who worked, "" where no name was given. ``at``: aware, UTC.
    """

    step: int
    label: str
    before: Fact
    after: Fact
    origin: FactOrigin
    detail: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True)
class FactStep:
    """What one press or one entry changed; it is undone as a whole. ``changes`` is never empty."""

    number: int
    changes: tuple[FactChange, ...]

    @property
    def origin(self) -> FactOrigin:
        return self.changes[0].origin

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(change.label for change in self.changes)


def told_step(step: FactStep, schema: FactSchema) -> str:
    """入伍人数 12人 → 15人; 载入“柳林.yaml”，12 项."""
    first = step.changes[0]
    if len(step.changes) == 1:
        return told_change(first, schema)
    where = f"“{first.detail}”" if first.detail else ""
    return f"{first.origin.name_shown}{where}，{len(step.changes)} 项"


def told_change(change: FactChange, schema: FactSchema) -> str:
    """入伍人数 12人 → 15人; where the value stayed, the part that changed: 入伍人数（去年数）10人 → 11人."""
    return f"{change.label}{difference(change, schema.by_label.get(change.label))}"


def difference(change: FactChange, item: FactField | None) -> str:
    """`` 12人 → 15人``, or ``（去年数）10人 → 11人``."""
    before, after = change.before, change.after
    if (before.value, before.approximate) != (after.value, after.approximate):
        return f" {_arrow(_value(before, item), _value(after, item))}"
    if (before.last_year, before.last_approximate) != (after.last_year, after.last_approximate):
        return f"（去年数）{_arrow(_last(before, item), _last(after, item))}"
    if before.source != after.source:
        return f"（来源）{_arrow(before.source, after.source)}"
    if before.private != after.private:
        return "标为不外发" if after.private else "不再标为不外发"
    return f"（备注）{_arrow(before.note, after.note)}"


def _value(fact: Fact, item: FactField | None) -> str:
    return plain_text(fact.value, item, fact.approximate) if item else ""


def _last(fact: Fact, item: FactField | None) -> str:
    return plain_text(fact.last_year, item, fact.last_approximate) if item else ""


def _arrow(before: str, after: str) -> str:
    old, new = _short(before), _short(after)
    # Two long texts that begin alike would look the same.
    return "已改" if old == new else f"{old} → {new}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        return "（空）"
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
