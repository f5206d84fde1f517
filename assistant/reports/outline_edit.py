"""Operations on an outline: pure functions from sections in reading order to sections in reading order.

An outline is flat: a section belongs to the last one before it that stands less deep. Every operation moves a section
together with what stands below it. Texts and briefs go along unchanged; ``outline.numbers`` counts anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

from assistant.errors import InputError
from assistant.reports.outline import NUMBERED, without_number
from assistant.reports.report import Section
from assistant.reports.types import HeadingStyle

Sections = tuple[Section, ...]

#: 一、（一）1.（1）: GB/T 9704-2012, 7.3.3 knows no fifth.
DEEPEST = 4
#: The template of a section that a person added: no file of its own, the shared prompt and plain sentences serve it.
OWN = "_own"


class Way(StrEnum):
    """Where a section can be moved with one press."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def place_of(sections: Sequence[Section], key: str) -> int:
    """Raises InputError for a section that is not there."""
    for place, section in enumerate(sections):
        if section.key == key:
            return place
    raise InputError("这一节已经不在提纲里了。", "请刷新页面后再试。")


def end_of(sections: Sequence[Section], start: int) -> int:
    """The place behind the section at ``start`` and everything below it."""
    end = start + 1
    while end < len(sections) and sections[end].depth > sections[start].depth:
        end += 1
    return end


def below(sections: Sequence[Section], key: str) -> Sections:
    """What stands below a section, at any depth."""
    start = place_of(sections, key)
    return tuple(sections[start + 1 : end_of(sections, start)])


def parent_of(sections: Sequence[Section], key: str) -> Section | None:
    """The section that this one belongs to; None for one that stands at the top."""
    place = place_of(sections, key)
    depth = sections[place].depth
    return next((section for section in reversed(sections[:place]) if section.depth < depth), None)


def can_hold(section: Section) -> bool:
    """Whether sections may stand below it: its heading has a line of its own."""
    return section.style is HeadingStyle.NUMBERED and bool(section.heading)


def moved(sections: Sections, key: str, way: Way) -> Sections | None:
    """The outline with the section one step that way; None where there is no such step.

    ``UP`` and ``DOWN`` change places with the neighbour under the same heading. ``IN`` goes below the neighbour in
    front, as its last; ``OUT`` behind the heading that it stood under, and all that belongs to that.
    """
    start = place_of(sections, key)
    end = end_of(sections, start)
    depth = sections[start].depth
    block = sections[start:end]
    if way is Way.DOWN:
        if end >= len(sections) or sections[end].depth != depth:
            return None
        return (*sections[:start], *sections[end : (behind := end_of(sections, end))], *block, *sections[behind:])
    if way is Way.OUT:
        parent = parent_of(sections, key)
        if parent is None:
            return None
        behind = end_of(sections, place_of(sections, parent.key))
        return (*sections[:start], *sections[end:behind], *_deeper(block, -1), *sections[behind:])
    before = _neighbour(sections, start)
    if before is None:
        return None
    if way is Way.UP:
        return (*sections[:before], *block, *sections[before:start], *sections[end:])
    fits = can_hold(sections[before]) and max(section.depth for section in block) < DEEPEST
    return (*sections[:start], *_deeper(block, 1), *sections[end:]) if fits else None


def ways(sections: Sections, key: str) -> frozenset[Way]:
    """The moves that are possible now."""
    return frozenset(way for way in Way if moved(sections, key, way) is not None)


def _neighbour(sections: Sequence[Section], start: int) -> int | None:
    """The place of the one in front under the same heading."""
    depth = sections[start].depth
    for place in range(start - 1, -1, -1):
        if sections[place].depth <= depth:
            return place if sections[place].depth == depth else None
    return None


def _deeper(block: Sequence[Section], by: int) -> Sections:
    return tuple(replace(section, depth=section.depth + by) for section in block)


def hosts(sections: Sections, key: str) -> list[Section]:
    """The headings that the section could be moved under, the one that it stands under left out."""
    start = place_of(sections, key)
    own = {section.key for section in sections[start : end_of(sections, start)]}
    height = max(section.depth for section in sections[start : end_of(sections, start)]) - sections[start].depth
    parent = parent_of(sections, key)
    return [
        section
        for section in sections
        if can_hold(section) and section.key not in own and section.depth + 1 + height <= DEEPEST
        if parent is None or section.key != parent.key
    ]


def regrouped(sections: Sections, key: str, host: str | None) -> Sections:
    """The section as the last below ``host``; None takes it to the top, behind all that it stood in.

    Raises InputError where it cannot stand there.
    """
    start = place_of(sections, key)
    end = end_of(sections, start)
    block = sections[start:end]
    if host is None:
        top = next(place for place in range(start, -1, -1) if sections[place].depth == 1)
        if top == start:
            return sections
        behind = end_of(sections, top)
        return (*sections[:start], *sections[end:behind], *_deeper(block, 1 - block[0].depth), *sections[behind:])
    parent = parent_of(sections, key)
    if parent is not None and parent.key == host:
        return sections
    if host not in {section.key for section in hosts(sections, key)}:
        raise InputError("这一节放不到那个标题下面。", "请选一个单独成行的标题；标题最多四层。")
    rest = (*sections[:start], *sections[end:])
    place = place_of(rest, host)
    behind = end_of(rest, place)
    return (*rest[:behind], *_deeper(block, rest[place].depth + 1 - block[0].depth), *rest[behind:])


def added(sections: Sections, new: Section, after: str | None) -> Sections:
    """The outline with ``new`` behind ``after`` and what belongs to it; at the end where nothing is named.

    Behind a heading that only holds sections it becomes the last of them.
    """
    if after is None:
        return (*sections, replace(new, depth=1))
    place = place_of(sections, after)
    there = sections[place]
    inside = can_hold(there) and not there.holds_text and there.depth < DEEPEST
    behind = end_of(sections, place)
    return (*sections[:behind], replace(new, depth=there.depth + inside), *sections[behind:])


def removed(sections: Sections, key: str) -> Sections:
    """The outline without the section; what stood below it moves up a step, nothing else is lost.

    Raises InputError for the last section that holds text.
    """
    start = place_of(sections, key)
    end = end_of(sections, start)
    left = (*sections[:start], *_deeper(sections[start + 1 : end], -1), *sections[end:])
    if not any(section.holds_text for section in left):
        raise InputError("这是最后一节，不能删。", "可以改它的标题和内容，或先添加别的节。")
    return left


def with_brief(
    sections: Sections,
    key: str,
    *,
    title: str | None = None,
    heading: str | None = None,
    style: HeadingStyle | None = None,
    instruction: str | None = None,
    weight: int | None = None,
) -> Sections:
    """The outline with what is given changed in one section.

    Raises InputError for an empty title, or a style that takes the sections below their heading away.
    """
    place = place_of(sections, key)
    old = sections[place]
    title = old.title if title is None else without_number(" ".join(title.split()))
    heading = old.heading if heading is None else " ".join(heading.split()).rstrip("。；;，,、")
    style = style or old.style
    if style in NUMBERED:
        heading = without_number(heading)
    if not title:
        raise InputError("名称不能空着。", "请写几个字，例如“经费保障”。")
    if style is not HeadingStyle.PLAIN and not heading:
        heading = title
    new = replace(
        old,
        title=title,
        heading=heading,
        style=style,
        instruction=old.instruction if instruction is None else instruction.strip(),
        weight=old.weight if weight is None else min(100, max(1, weight)),
    )
    if below(sections, key) and not can_hold(new):
        raise InputError(f"“{title}”下面还有别的节，它的标题要单独成行。", "请先把下面的节移到别处。")
    return (*sections[:place], new, *sections[place + 1 :])


def at_home(sections: Sections, key: str, facts: Sequence[str], shared: Collection[str] = ()) -> Sections:
    """The outline with these facts in this section; those that came leave where they were, but for ``shared`` ones."""
    wanted = tuple(dict.fromkeys(facts))
    came = set(wanted) - set(sections[place_of(sections, key)].facts) - set(shared)

    def housed(section: Section) -> Section:
        left = wanted if section.key == key else tuple(label for label in section.facts if label not in came)
        return section if left == section.facts else replace(section, facts=left)

    return tuple(housed(section) for section in sections)


def fresh_key(taken: Collection[str], stem: str = "own") -> str:
    """``own-1``, ``own-2`` …: the first that nobody has, not even a section that was deleted."""
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def own_section(key: str, title: str, *, group: bool = False) -> Section:
    """A section without a preset; with ``group`` a heading that only holds others."""
    title = without_number(" ".join(title.split()))
    if not title:
        raise InputError("名称不能空着。", "请写几个字，例如“经费保障”。")
    template, weight = ("", 0) if group else (OWN, 10)
    return Section(key, 1, title, title, HeadingStyle.NUMBERED, template, (), weight)


def sound(sections: Sections) -> bool:
    """Whether depths begin at 1, rise one step at a time, and no key stands twice."""
    depths = [0, *(section.depth for section in sections)]
    steps = all(1 <= new <= old + 1 and new <= DEEPEST for old, new in pairwise(depths))
    return steps and len({section.key for section in sections}) == len(sections)
