"""Which paragraphs of two texts belong together: kept, changed, split, merged, gone or new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

#: Below this share of common characters two paragraphs have nothing to do with each other.
_RELATED = 0.4
#: A split or a merge must explain this many characters more than a pair does.
_REGROUPED = 8.0
#: Stretches larger than this (old × new paragraphs) are told as taken out and written anew.
_LARGEST = 60_000


@dataclass(frozen=True, slots=True)
class Group:
    """Paragraphs that belong together, by index: one and one; one and two (split); two and one (merged);
    one and none (gone); none and one (new)."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def align(old: Sequence[str], new: Sequence[str]) -> list[Group]:
    """Every paragraph of both texts in one group, in reading order; what is gone stands before what is new.

    A paragraph that moved is gone in one place and new in another.
    """
    groups: list[Group] = []
    for step in Indel.opcodes(list(old), list(new)):
        rows, columns = range(step.src_start, step.src_end), range(step.dest_start, step.dest_end)
        if step.tag == "equal":
            groups += (Group((i,), (j,)) for i, j in zip(rows, columns, strict=True))
        else:
            groups += _unequal(old, new, rows, columns)
    return _joined_gaps(old, new, groups)


def _joined_gaps(old: Sequence[str], new: Sequence[str], groups: list[Group]) -> list[Group]:
    """Neighbouring gone and new paragraphs, which the first pass tells apart, held against each other."""
    found: list[Group] = []
    gone: list[int] = []
    came: list[int] = []

    def flush() -> None:
        if gone or came:
            rows = range(gone[0], gone[-1] + 1) if gone else range(0)
            columns = range(came[0], came[-1] + 1) if came else range(0)
            found.extend(_unequal(old, new, rows, columns))
            gone.clear()
            came.clear()

    for group in groups:
        if group.old and group.new:
            flush()
            found.append(group)
        else:
            gone.extend(group.old)
            came.extend(group.new)
    flush()
    return found


def _unequal(old: Sequence[str], new: Sequence[str], rows: range, columns: range) -> Iterator[Group]:
    if not rows or not columns or len(rows) * len(columns) > _LARGEST:
        yield from (Group((i,), ()) for i in rows)
        yield from (Group((), (j,)) for j in columns)
        return
    yield from _ordered(_best([old[i] for i in rows], [new[j] for j in columns], rows.start, columns.start))


def _ordered(groups: list[Group]) -> Iterator[Group]:
    """What is gone before what is new, between two groups that stay."""
    came: list[Group] = []
    for group in groups:
        if group.old and group.new:
            yield from came
            came = []
        elif group.new:
            came.append(group)
            continue
        yield group
    yield from came


def _best(old: list[str], new: list[str], row: int, column: int) -> list[Group]:
    """The grouping that explains the most characters, by dynamic programming over both texts."""
    steps = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))
    score = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    taken = [[(0, 0)] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            best, way = -1.0, (0, 0)
            for down, right in steps:
                if down > i or right > j:
                    continue
                gain = score[i - down][j - right] + _gain(old[i - down : i], new[j - right : j])
                if gain > best:
                    best, way = gain, (down, right)
            score[i][j], taken[i][j] = max(best, 0.0), way
    groups: list[Group] = []
    i, j = len(old), len(new)
    while i or j:
        down, right = taken[i][j]
        groups.append(Group(tuple(range(row + i - down, row + i)), tuple(range(column + j - right, column + j))))
        i, j = i - down, j - right
    return groups[::-1]


def _gain(old: list[str], new: list[str]) -> float:
    if not old or not new:
        return 0.0
    one, other = "".join(old), "".join(new)
    if len(old) + len(new) > 2 and not all((*old, *new)):
        return -1.0
    like = Indel.normalized_similarity(one, other, score_cutoff=_RELATED)
    if not like:
        return 0.1 if one == other else -1.0
    regrouped = _REGROUPED if len(old) + len(new) > 2 else 0.0
    return (like - _RELATED / 2) * (len(one) + len(other)) - regrouped
