"""What happened to a report's outline: its state as data, the steps of 撤销提纲, and how they are told."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.facts.sheet import JsonValue
from assistant.reports import steps
from assistant.reports.report import Report, Section

#: What of a section is outline; its text, lock and seed are not.
FIELDS = ("key", "depth", "title", "heading", "style", "template", "facts", "weight", "instruction")
State = list[dict[str, JsonValue]]


class OutlineKind(StrEnum):
    """What changed an outline."""

    RENAME = "rename"
    STYLE = "style"
    BRIEF = "brief"
    ADD = "add"
    REMOVE = "remove"
    MOVE = "move"
    VOICE = "voice"
    UNDO = steps.UNDO
    REDO = steps.REDO

    @property
    def name_shown(self) -> str:
        return _NAMES[self]


_NAMES = {
    OutlineKind.RENAME: "改标题",
    OutlineKind.STYLE: "改标题样式",
    OutlineKind.BRIEF: "改写作要点",
    OutlineKind.ADD: "添加",
    OutlineKind.REMOVE: "删去",
    OutlineKind.MOVE: "移动",
    OutlineKind.VOICE: "改为",
    OutlineKind.UNDO: "撤销",
    OutlineKind.REDO: "重做",
}


@dataclass(frozen=True)
class OutlineStep:
    """One change of the outline.

    Attributes:
        detail: the section's title, or the 文种 that a report was made into.
        texts: number of the step of texts that came with it; None for none.
    """

    number: int
    kind: OutlineKind
    detail: str
    by: str
    at: datetime.datetime
    texts: int | None = None


def told_outline_step(step: OutlineStep) -> str:
    """移动“征兵”; 改为“工作情况报告”."""
    return f"{step.kind.name_shown}“{step.detail}”" if step.detail else step.kind.name_shown


def state_of(sections: Iterable[Section]) -> State:
    """The outline as JSON, in reading order."""
    return [
        {
            "key": one.key, "depth": one.depth, "title": one.title, "heading": one.heading, "style": one.style.value,
            "template": one.template, "facts": list(one.facts), "weight": one.weight, "instruction": one.instruction,
        }
        for one in sections
    ]  # fmt: skip


def mark_of(report: Report) -> str:
    """Names the outline as it stands: another one after every change of it, and of who speaks. For compare-and-swap."""
    return mark(state_of(report.sections), report.shape.model_dump_json())


def mark(state: State, shape: str) -> str:
    told = json.dumps([state, shape], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def skeleton(state: Iterable[Mapping[str, JsonValue]]) -> list[tuple[JsonValue, JsonValue]]:
    """Which sections, in which order, how deep."""
    return [(one["key"], one["depth"]) for one in state]


def carried(now: State, there: State, goal: State) -> State | None:
    """``goal`` as it looks from ``now``: what was changed between ``there`` and ``goal`` becomes the goal's, what
    came from elsewhere meanwhile (an instruction given in the talk) stays. None where the order is another one by now.
    """
    if skeleton(now) != skeleton(there):
        return None
    current = {one["key"]: one for one in now}
    before = {one["key"]: one for one in there}
    found: State = []
    for wanted in goal:
        key = wanted["key"]
        if key not in current:
            found.append(wanted)
            continue
        changed = {name for name in FIELDS if wanted[name] != before[key][name]}
        found.append({name: wanted[name] if name in changed else current[key][name] for name in FIELDS})
    return found
