"""Another wording of single sentences without a model: from the phrases, where they say the same facts otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafting.brief import Brief
from assistant.drafting.phrasebook import ALL_LEVELS, at_level, phrase
from assistant.drafting.tidy import sentences
from assistant.slots.grammar import slots_in

#: Seeds that are tried for another wording, and for the one that the page has.
_SEEDS, _NEAR = 24, 3
_ITEM = re.compile(r"[一二三四五六七八九十]+是")


def other_wordings(brief: Brief, chosen: Sequence[str]) -> list[str]:
    """For each sentence of the section another one of the phrases with the same facts in it; "" where there is none.

    A sentence without a fact is never replaced: nothing would tell that the other one says the same.
    """
    found = [""] * len(chosen)
    taken = set(sentences(brief.section.text)) | {one.strip() for one in sentences(brief.section.text)}
    for seed in range(brief.seed, brief.seed + _SEEDS):
        if all(found):
            break
        offered = [one.strip() for one in sentences(phrase(brief, seed))]
        for place, old in enumerate(chosen):
            if found[place] or not _facts(old):
                continue
            new = next((one for one in offered if one not in taken and _alike(one, old)), "")
            if new:
                found[place] = old.replace(old.strip(), new)
                taken.add(new)
    return found


def same_choices(before: Brief, after: Brief) -> str | None:
    """A section that the phrases wrote for ``before``, with the same alternatives for ``after``: only what the two
    briefs have otherwise is another text. None where the phrases would not write it today."""
    for seed in range(before.seed, before.seed + _NEAR):
        for level in ALL_LEVELS:
            if at_level(before, seed, level) == before.section.text:
                return at_level(after, seed, level)
    return None


def _alike(one: str, other: str) -> bool:
    mark, wanted = (_ITEM.match(text.strip()) for text in (one, other))
    return _facts(one) == _facts(other) and (mark and mark.group()) == (wanted and wanted.group())


def _facts(text: str) -> set[tuple[str, ...]]:
    return {slot.path for slot in slots_in(text)}
