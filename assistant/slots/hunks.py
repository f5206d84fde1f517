"""The places at which two texts differ, each to be taken or left by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.slots.differences import Change


@dataclass(frozen=True, slots=True)
class Hunk:
    """One place: ``deleted`` goes, ``inserted`` comes in its stead; one of them may be "". ``number`` counts from 1."""

    number: int
    deleted: str
    inserted: str


def hunks(changes: Sequence[Change]) -> list[Hunk]:
    """The places in reading order, of what ``differences`` gives."""
    found: list[Hunk] = []
    for number, change in _numbered(changes):
        if not number:
            continue
        if number > len(found):
            found.append(Hunk(number, "", ""))
        last = found[-1]
        if change.kind == "delete":
            found[-1] = Hunk(number, last.deleted + change.text, last.inserted)
        else:
            found[-1] = Hunk(number, last.deleted, last.inserted + change.text)
    return found


def taken(changes: Sequence[Change], wanted: set[int]) -> str:
    """The old text with the places of these numbers as in the new one; all other places stay as they were."""
    return "".join(
        change.text
        for number, change in _numbered(changes)
        if change.kind == "same" or (change.kind == "insert") == (number in wanted)
    )


def _numbered(changes: Sequence[Change]) -> list[tuple[int, Change]]:
    """Each change with the number of its place, 0 for what stays."""
    found: list[tuple[int, Change]] = []
    number, inside = 0, False
    for change in changes:
        if change.kind == "same":
            inside = False
            found.append((0, change))
            continue
        number += not inside
        inside = True
        found.append((number, change))
    return found
