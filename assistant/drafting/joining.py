"""A text and its continuation become one: nothing said twice, no greeting between them."""

from __future__ import annotations

import re

from assistant.drafting.trimming import strip_resuming

LEAST_OVERLAP = 6
"""Characters that the end of one part and the start of the next must share to count as said twice."""

OVERLAP_WINDOW = 400
"""Characters within which such an overlap is looked for."""

RESTART = 20
"""Characters of the text's own beginning from which a continuation counts as having begun all over again."""

_SENTENCE_END = re.compile(r"[。！？；][”’」』）]*")


def join(before: str, part: str) -> str:
    """The text with its continuation: no greeting, nothing said twice, a line break only after a sentence."""
    if not before:
        return part
    new = strip_resuming(part.lstrip("\n"))
    if before.startswith(new) and len(new) >= RESTART:
        return before
    overlap = overlap_length(before, new)
    if overlap:
        return before + new[overlap:]
    breaks_line = part.startswith("\n") and bool(new) and ends_a_sentence(before)
    return f"{before}\n{new}" if breaks_line else before + new


def overlap_length(before: str, new: str) -> int:
    """Length of the longest end of one text that is the start of the other; 0 under `LEAST_OVERLAP`.

    Looks at `OVERLAP_WINDOW` characters, and at the case that the model began all over again.
    """
    if len(before) >= LEAST_OVERLAP and new.startswith(before):
        return len(before)
    for length in range(min(len(before), len(new), OVERLAP_WINDOW), LEAST_OVERLAP - 1, -1):
        if before.endswith(new[:length]):
            return length
    return 0


def repeats_so_far(before: str, part: str) -> bool:
    """Whether all of a continuation so far stands in the text already: then it may still be an overlap."""
    new = strip_resuming(part.lstrip("\n"))
    return bool(before) and len(new) < len(before) and new in before


def ends_a_sentence(text: str) -> bool:
    return any(match.end() == len(text) for match in _SENTENCE_END.finditer(text))
