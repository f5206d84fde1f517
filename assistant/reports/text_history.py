"""What happened to a report's texts: the steps that 撤销 and 重做 stand for, and how a section's versions are told."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.reports import steps
from assistant.reports.report import Origin, Version

#: Saves of one person's typing that follow each other this closely are one step, and one line of the history.
PAUSE = datetime.timedelta(seconds=45)
#: Of an hour of typing without a pause not all goes with one press.
LONGEST = datetime.timedelta(minutes=5)


class StepKind(StrEnum):
    """What changed a section's text."""

    DRAFT = "draft"
    REDRAW = "redraw"
    CHAT = "chat"
    EDIT = "edit"
    MOVE = "move"
    FIX = "fix"
    ACCEPT = "accept"
    ACCEPT_PART = "accept_part"
    REFUSE = "refuse"
    REFUSE_PART = "refuse_part"
    RESTORE = "restore"
    MILESTONE = "milestone"
    IMPORT = "import"
    UNDO = steps.UNDO
    REDO = steps.REDO

    @property
    def name_shown(self) -> str:
        return _NAMES[self]


_NAMES = {
    StepKind.DRAFT: "起草",
    StepKind.REDRAW: "重写",
    StepKind.CHAT: "助手改写",
    StepKind.EDIT: "修改",
    StepKind.MOVE: "移动文字",
    StepKind.FIX: "改正",
    StepKind.ACCEPT: "采用新稿",
    StepKind.ACCEPT_PART: "采用一处",
    StepKind.REFUSE: "不用新稿",
    StepKind.REFUSE_PART: "不用一处",
    StepKind.RESTORE: "恢复旧稿",
    StepKind.MILESTONE: "回到",
    StepKind.IMPORT: "导入",
    StepKind.UNDO: "撤销",
    StepKind.REDO: "重做",
}
_OF_ORIGIN = {
    Origin.CHAT: StepKind.CHAT,
    Origin.EDIT: StepKind.EDIT,
    Origin.RESTORE: StepKind.RESTORE,
    Origin.IMPORT: StepKind.IMPORT,
}


def kind_of(origin: Origin, *, had_text: bool) -> StepKind:
    """What a new text of this origin does to a section."""
    return _OF_ORIGIN.get(origin, StepKind.REDRAW if had_text else StepKind.DRAFT)


@dataclass(frozen=True)
class TextMove:
    """One section going from version ``before`` to version ``after``; 0 is the time before its first text.

    Attributes:
        waiting: what waits beside the text, before and after, where that was refused and the text stayed as it was.
    """

    section_key: str
    title: str
    before: int
    after: int
    waiting: tuple[int, int] | None = None


@dataclass(frozen=True)
class TextStep:
    """What one press or one stretch of typing changed; it is undone as a whole. ``moves``: one for each section.

    Attributes:
        detail: more about it in words (a milestone's name), "" where there is nothing to say.
        by: who worked, "" where no name was given. ``at``: when it ended, aware, UTC.
        put_aside: titles of sections where it took the place of another text that waited; that one is in the history.
    """

    number: int
    kind: StepKind
    detail: str
    moves: tuple[TextMove, ...]
    by: str
    at: datetime.datetime
    put_aside: tuple[str, ...] = ()


def told_done(step: TextStep) -> str:
    """What was undone or done again, with what a person has to hear of it."""
    aside = "、".join(f"“{title}”" for title in step.put_aside)
    return told_step(step) + (f"；{aside}后来的那份新稿收进了“历次稿”" if aside else "")


def told_step(step: TextStep) -> str:
    """重写 征兵工作; 回到 送审稿一; 移动文字 开头、征兵工作."""
    where = step.detail or step.moves[0].title
    if not step.detail and len(step.moves) > 1:
        moved = step.kind is StepKind.MOVE
        where = "、".join(move.title for move in step.moves) if moved else f"{len(step.moves)} 节"
    return f"{step.kind.name_shown} {where}"


def moves_of(moves: Iterable[TextMove]) -> tuple[TextMove, ...]:
    """The moves of a step in their order, those of one section joined."""
    joined: dict[str, TextMove] = {}
    for move in moves:
        first = joined.get(move.section_key, move)
        joined[move.section_key] = replace(move, before=first.before)
    return tuple(joined.values())


@dataclass(frozen=True)
class Entry:
    """A line of a section's history. ``saves``: how many versions it stands for, ``version`` being their last."""

    version: Version
    saves: int = 1


def entries(versions: Iterable[Version], current: int) -> list[Entry]:
    """A section's versions, newest first, the saves of one stretch of typing as one line."""
    told: list[Entry] = []
    later: Version | None = None
    for version in versions:
        same = later is not None and _one_stretch(version, later) and version.number != current
        if same:
            told[-1] = replace(told[-1], saves=told[-1].saves + 1)
        else:
            told.append(Entry(version))
        later = version
    return told


def _one_stretch(earlier: Version, later: Version) -> bool:
    typed = earlier.origin is Origin.EDIT and later.origin is Origin.EDIT and later.source is None
    # The clock may have been set back in between.
    return typed and earlier.by == later.by and abs(later.written - earlier.written) <= PAUSE
