"""Text that was printed, edited elsewhere and came back: its facts are found again and stay slots."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.slots.differences import differences
from assistant.slots.grammar import Literal, Node, Slot, print_nodes
from assistant.slots.render import Piece, join

Takes = Callable[[Slot, str], bool]
"""Whether a fact can be what somebody wrote in the place of its slot."""


@dataclass(frozen=True)
class Altered:
    """A fact's value that somebody changed on paper: ``before`` was printed, ``after`` stands there now."""

    slot: Slot
    before: str
    after: str


@dataclass(frozen=True)
class Rebound:
    """Slot text, and the facts whose values were changed; their slots are kept."""

    text: str
    altered: tuple[Altered, ...] = ()


@dataclass(frozen=True)
class _Edit:
    """Characters [start, end) of the old text became [place, place + len(text)) of the new one."""

    start: int
    end: int
    place: int
    text: str


def rebind(pieces: Sequence[Piece], returned: str, takes: Takes) -> Rebound:
    """The returned paragraph as slot text.

    Args:
        pieces: the paragraph as it was printed.
        returned: the paragraph as it came back.
        takes: asked where all of a value was written anew; where it says no, the new words stay as they are.
    """
    edits = list(_edits(join(pieces), returned))
    nodes: list[Node] = []
    altered: list[Altered] = []
    at = copied = 0
    for piece in pieces:
        start, end = at, at + len(piece.text)
        at = end
        if piece.slot is None or not piece.text or (place := _kept(edits, start, end)) is None:
            continue
        value = returned[place[0] : place[1]]
        if value != piece.text:
            if not value or not takes(piece.slot, value):
                continue
            altered.append(Altered(piece.slot, piece.text, value))
        nodes += [Literal(returned[copied : place[0]]), piece.slot]
        copied = place[1]
    return Rebound(print_nodes([*nodes, Literal(returned[copied:])]), tuple(altered))


def _kept(edits: Sequence[_Edit], start: int, end: int) -> tuple[int, int] | None:
    """Where [start, end) of the old text stands in the new one; None where an edit reaches over its edges."""
    shift = grown = 0
    for edit in edits:
        gap = len(edit.text) - (edit.end - edit.start)
        if edit.end <= start and not start == edit.start == edit.end:
            shift += gap
        elif edit.start >= end:
            break
        elif (
            start <= edit.start and edit.end <= end and edit.start < edit.end
        ) or start < edit.start == edit.end < end:
            grown += gap
        elif edit.start == edit.end == start:
            shift += gap
        else:
            return None
    return start + shift, end + shift + grown


def _edits(old: str, new: str) -> Iterator[_Edit]:
    """The differences, without what is the same at the edges of a word: 镇党委 → 镇政府 leaves 镇 alone."""
    at = place = 0
    gone = ""
    for change in (*differences(old, new, tidy=False), None):
        if change is not None and change.kind == "delete":
            gone = change.text
            continue
        came = change.text if change is not None and change.kind == "insert" else ""
        if gone or came:
            left = _common(gone, came)
            right = _common(gone[left:][::-1], came[left:][::-1])
            yield _Edit(at + left, at + len(gone) - right, place + left, came[left : len(came) - right])
            at, place, gone = at + len(gone), place + len(came), ""
        if change is not None and change.kind == "same":
            at, place = at + len(change.text), place + len(change.text)


def _common(one: str, other: str) -> int:
    """How many characters both begin with; a number is never shared in part."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right or left.isdecimal() or left in ".,%":
            break
        count += 1
    return count
