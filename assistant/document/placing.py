"""Where the words of a manuscript stand in the Word file that was written from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.document.flow import flow_of
from assistant.document.parts import qn
from assistant.document.text import clean_text
from assistant.reports.manuscript import Block, Manuscript
from assistant.slots.render import join

_SAME = str.maketrans({"\ue0fe": "-", "\u00a0": " "})
#: How far a block may be behind the last one found: tables and blank lines stand between.
_AHEAD = 40


@dataclass(frozen=True)
class Place:
    """A block of the manuscript and its ``w:p``."""

    block: Block
    paragraph: Any


def places(manuscript: Manuscript, blocks: Sequence[Any]) -> list[Place]:
    """The blocks that are found in the file, in order. ``blocks``: the children of its ``w:body``."""
    texts = [flow_of(block).text.translate(_SAME) if block.tag == qn("p") else None for block in blocks]
    found: list[Place] = []
    at = 0
    for block in manuscript.blocks:
        wanted = clean_text(block.text).strip(" \t\u00a0\u3000")
        for place in range(at, min(at + _AHEAD, len(texts))) if wanted else ():
            if texts[place] == wanted:
                found.append(Place(block, blocks[place]))
                at = place + 1
                break
    return found


def title_paragraph(manuscript: Manuscript, blocks: Sequence[Any]) -> Any:
    """The title's ``w:p``; the first paragraph where it cannot be told."""
    title = "".join(join(manuscript.title).split())
    paragraphs = [block for block in blocks if block.tag == qn("p")]
    return next((p for p in paragraphs if title and "".join(flow_of(p).text.split()) == title), paragraphs[0])


def span_in(block: Block, part: str, start: int, end: int, source: str) -> tuple[int, int] | None:
    """Characters of the block's printed text that come from [start, end) of the section's slot text.

    Args:
        part: ``text`` or ``heading``: which slot text is meant. ``source``: that slot text.
    """
    at = 0
    found: list[tuple[int, int]] = []
    for pieces, name in ((block.heading, "heading"), (block.pieces, "text")):
        for piece in pieces:
            if name == part and piece.end > piece.start:
                if piece.kind != "text":
                    if piece.start < end and start < piece.end:
                        found.append((at, at + len(piece.text)))
                else:
                    # Blanks at the ends of a line are not printed.
                    shift = max(0, source[piece.start : piece.end].find(piece.text))
                    left, right = start - piece.start - shift, end - piece.start - shift
                    if left < len(piece.text) and right > 0:
                        found.append((at + max(left, 0), at + min(right, len(piece.text))))
            at += len(piece.text)
    return (found[0][0], found[-1][1]) if found else None


def sections_in(found: Sequence[Place]) -> Iterator[tuple[str, list[Place]]]:
    """Section by section, those with a block in the file."""
    by_key: dict[str, list[Place]] = {}
    for place in found:
        by_key.setdefault(place.block.section, []).append(place)
    yield from by_key.items()
