"""Which sentence of a model's answer stands for which of those it was asked to write anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.facts.item_marks import Kind, without_marks
from assistant.repair.faults import Sentence, sentences_of

#: How like a sentence one of the answer must be to stand for it, where neither lines nor their number tell.
LIKE = 0.45
#: What a model puts before a line to say which sentence it stands for.
_LABEL = re.compile(r"(?:第[一二三四五六七八九十]{1,3}句[、：:]\s*|(?:原句|改后|改为|改写)[：:]\s*)+")
#: “改写如下：” and whatever else only announces.
_ANNOUNCED = re.compile(r"[：:]\s*$")


def matched(wanted: Sequence[Sentence], answer: str) -> list[str]:
    """For each wanted sentence the one of the answer that stands for it; "" where none does."""
    return in_order(wanted, answer) or alike([one.text for one in wanted], offered_in(answer))


def in_order(wanted: Sequence[Sentence], answer: str) -> list[str]:
    """One line for each wanted sentence, or as many sentences as were wanted; else nothing."""
    lines = _lines(answer)
    if len(lines) == len(wanted) and all(
        _count(line) <= _count(one.text) + 1 for line, one in zip(lines, wanted, strict=True)
    ):
        return lines
    offered = offered_in(answer)
    return offered if len(offered) == len(wanted) else []


def offered_in(answer: str) -> list[str]:
    """The sentences of an answer, without the marks of its lines."""
    return [one for line in _lines(answer) for start, end in sentences_of(line) if (one := line[start:end].strip())]


def alike(wanted: Sequence[str], offered: Sequence[str]) -> list[str]:
    """For each wanted sentence the offered one that is most like it; "" where none is.

    An offered sentence stands for one wanted sentence only, and for none where it says two of them in one: beside
    the other, which stays as it was, it would say that twice.
    """
    pairs = [(likeness(new, old), at, by) for at, old in enumerate(wanted) for by, new in enumerate(offered)]
    chosen: dict[int, int] = {}
    for like, at, by in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if like >= LIKE and at not in chosen and by not in chosen.values():
            chosen[at] = by
    left = [at for at in range(len(wanted)) if at not in chosen]
    return [
        offered[chosen[at]] if at in chosen and not _says_both(offered[chosen[at]], at, left, wanted) else ""
        for at in range(len(wanted))
    ]


def likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _says_both(new: str, at: int, left: Sequence[int], wanted: Sequence[str]) -> bool:
    alone = likeness(new, wanted[at])
    return any(likeness(new, "".join(wanted[place] for place in sorted((at, other)))) > alone for other in left)


def _lines(answer: str) -> list[str]:
    """The lines as they are told, without their numbers; ``fitted`` gives a sentence the one back that was its own."""
    bare = [_unlabelled(raw) for raw in answer.splitlines()]
    told = without_marks([line for line in bare if line], Kind.NUMBER | Kind.BULLET)
    lines = [line for one in told if (line := _unlabelled(one))]
    while len(lines) > 1 and _ANNOUNCED.search(lines[0]):
        lines.pop(0)
    return lines


def _unlabelled(line: str) -> str:
    line = line.strip()
    label = _LABEL.match(line)
    return line[label.end() :].strip() if label else line


def _count(text: str) -> int:
    return len(list(sentences_of(text.strip())))
