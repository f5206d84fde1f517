"""A report as it is read: numbered headings and paragraphs with the facts' values in place.

Word, the page and plain text are all made from this one, so they cannot disagree.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.facts.sheet import FactSheet
from assistant.reports.outline import numbers
from assistant.reports.report import Report, Section
from assistant.reports.types import HeadingStyle
from assistant.slots.grammar import slots_in
from assistant.slots.render import Piece, join, render

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """One paragraph of a section.

    Attributes:
        heading: number, heading and for a run-in its 。; empty where the paragraph has none.
        pieces: the paragraph; empty for a heading on a line of its own.
        runin: the heading stands in the same paragraph as the text.
        line: the line of the section's slot text that it comes from, counted from 0; None for a bare heading.
    """

    section: str
    depth: int
    heading: Pieces
    pieces: Pieces
    runin: bool = False
    line: int | None = None

    @property
    def text(self) -> str:
        return join(self.heading) + join(self.pieces)


@dataclass(frozen=True)
class Manuscript:
    """A whole report in reading order. ``byline``, ``addressee``, ``signature`` are empty where the report has none."""

    title: Pieces
    byline: Pieces
    addressee: Pieces
    blocks: tuple[Block, ...]
    signature: Pieces
    date: datetime.date | None

    @property
    def characters(self) -> int:
        """Characters of headings and text, blanks not counted: what an office calls 字数."""
        return _characters(self.blocks)

    def of(self, section: str) -> list[Block]:
        """The paragraphs of one section, by its key."""
        return [block for block in self.blocks if block.section == section]

    def characters_of(self, section: str) -> int:
        """The section's share of ``characters``: those of all sections add up to it."""
        return _characters(self.of(section))

    def pieces(self) -> Iterable[Piece]:
        for part in (self.title, self.byline, self.addressee):
            yield from part
        for block in self.blocks:
            yield from block.heading
            yield from block.pieces
        yield from self.signature

    @property
    def open_places(self) -> list[Piece]:
        """Every placeholder of the manuscript, in order."""
        return [piece for piece in self.pieces() if piece.kind in ("missing", "fault")]

    def plain(self) -> str:
        """The whole as plain text, a paragraph a line."""
        head = [join(self.title), join(self.byline), f"{join(self.addressee)}：" if self.addressee else ""]
        return "\n".join(line for line in (*head, *(block.text for block in self.blocks), join(self.signature)) if line)


def _characters(blocks: Iterable[Block]) -> int:
    return sum(len("".join(block.text.split())) for block in blocks)


def manuscript(report: Report) -> Manuscript:
    """The report with its facts in place."""
    numbered = numbers(report.sections)
    shape, sheet = report.shape, report.sheet
    return Manuscript(
        title=_line(shape.title, sheet),
        byline=_optional(shape.byline, sheet),
        addressee=_optional(shape.addressee, sheet),
        blocks=tuple(
            block for section in report.sections for block in section_blocks(section, numbered[section.key], sheet)
        ),
        signature=_optional(shape.signature, sheet),
        date=_date(shape.date, sheet),
    )


def section_blocks(section: Section, number: str, sheet: FactSheet) -> list[Block]:
    """A section's paragraphs; a section with neither heading nor text has none."""
    heading = _heading(section, number, sheet)
    paragraphs = _paragraphs(section.text, sheet)
    runin = section.style in (HeadingStyle.RUNIN, HeadingStyle.NUMBERED_RUNIN)
    blocks = [Block(section.key, section.depth, (), pieces, line=line) for line, pieces in paragraphs]
    if not heading:
        return blocks
    if runin and blocks:
        return [replace(blocks[0], heading=(*heading, _plain("。")), runin=True), *blocks[1:]]
    return [Block(section.key, section.depth, heading, ()), *blocks]


def _heading(section: Section, number: str, sheet: FactSheet) -> Pieces:
    if section.style is HeadingStyle.PLAIN or not section.heading:
        return ()
    pieces = _line(section.heading, sheet)
    return (_plain(number), *pieces) if number else pieces


def _plain(text: str) -> Piece:
    return Piece("text", text, 0, 0)


def _line(text: str, sheet: FactSheet) -> Pieces:
    return tuple(_flat(piece) for piece in render(text, sheet))


def _flat(piece: Piece) -> Piece:
    """A value with line ends in it stays in its paragraph."""
    return replace(piece, text=" ".join(piece.text.split("\n"))) if "\n" in piece.text else piece


def _optional(text: str, sheet: FactSheet) -> Pieces:
    """A line that is left out while every fact in it is empty; half filled it shows what is missing."""
    pieces = _line(text, sheet)
    slots = [piece for piece in pieces if piece.slot]
    return () if not text or (slots and all(piece.kind == "missing" for piece in slots)) else pieces


def _paragraphs(text: str, sheet: FactSheet) -> list[tuple[int, Pieces]]:
    """The slot text's lines that are not blank, rendered, each with its line number."""
    lines: list[list[Piece]] = [[]]
    for piece in render(text, sheet):
        if piece.kind != "text":
            lines[-1].append(_flat(piece))
            continue
        start = piece.start
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(replace(piece, text=part, start=start, end=start + len(part)))
            start += len(part) + 1
    stripped = [(number, _stripped(line)) for number, line in enumerate(lines)]
    return [(number, line) for number, line in stripped if line]


def _stripped(line: list[Piece]) -> Pieces:
    """Without the blanks that people put in front of a paragraph: the indent is the layout's."""
    if line and line[0].kind == "text":
        line = [replace(line[0], text=line[0].text.lstrip(" \t\u3000")), *line[1:]]
    if line and line[-1].kind == "text":
        line = [*line[:-1], replace(line[-1], text=line[-1].text.rstrip(" \t\u3000"))]
    return tuple(piece for piece in line if piece.text)


def _date(text: str, sheet: FactSheet) -> datetime.date | None:
    for slot in slots_in(text):
        value = sheet.value(slot.label)
        if isinstance(value, datetime.date):
            return value
    return None
