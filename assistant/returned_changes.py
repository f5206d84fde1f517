"""What a file that came back changes in a report: paragraphs as slot text, facts as proposals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from assistant.document.returned import ReturnedComment, ReturnedFile, ReturnedParagraph
from assistant.errors import InputError
from assistant.reports.manuscript import Block, manuscript, section_blocks
from assistant.reports.outline import numbers
from assistant.reports.report import Report, Section
from assistant.returned_facts import ReturnedFact, proposal, tables_in, takes
from assistant.returned_sections import SAME_HEADING, by_section, notes_on
from assistant.slots.alignment import align
from assistant.slots.grammar import Literal as Words
from assistant.slots.grammar import Slot, print_nodes
from assistant.slots.rebinding import Altered, rebind
from assistant.slots.render import Piece, join, render_text

Kind = Literal["changed", "new", "gone", "heading"]
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．]|（[0-9]+）)\s*")
#: No heading is longer.
_LONGEST = 60


@dataclass(frozen=True)
class ReturnedChange:
    """One paragraph that is another one in the file.

    Attributes:
        kind: ``changed``, ``new`` or ``gone``; ``heading`` for the section's heading, slot text without its number.
        before: slot text of the paragraph that it was made from; "" for a new one.
        after: slot text to put in its place; "" for one that is gone.
        printed_before, printed_after: the same as a reader sees them.
        behind: slot texts of the paragraphs in front of a new one, the nearest first; a new one goes behind the first
            of them that is there.
        contested: the paragraph was changed here too since the file was made.
    """

    section_key: str
    title: str
    kind: Kind
    before: str
    after: str
    printed_before: str
    printed_after: str
    behind: tuple[str, ...] = ()
    contested: bool = False


@dataclass(frozen=True)
class Returned:
    """What a file that came back holds. ``notes``: what a person should know, in sentences."""

    changes: tuple[ReturnedChange, ...]
    facts: tuple[ReturnedFact, ...]
    comments: tuple[ReturnedComment, ...]
    notes: tuple[str, ...]
    tracked: bool


def compare(report: Report, file: ReturnedFile, bases: Mapping[str, str] | None = None) -> Returned:
    """The file against the report. ``bases``: section key → slot text of then, where it is another one now."""
    bases = bases or {}
    whole = manuscript(report)
    parts = by_section(report, file, whole)
    if not parts:
        raise InputError("这份文件里没有找到本报告的任何一节。", "请确认选对了文件：应是从本报告导出的送审稿。")
    numbered = numbers(report.sections)
    changes: list[ReturnedChange] = []
    facts: list[ReturnedFact] = []
    notes = list(notes_on(report, file, parts, whole))
    own = file.travelling if file.travelling and file.travelling.report == report.id else None
    for section in report.sections:
        if section.key in parts:
            heading = own.headings.get(section.key, section.heading) if own else section.heading
            base = replace(section, text=bases.get(section.key, section.text), heading=heading)
            printed = file.travelling.slots.get(section.key, ()) if file.travelling else ()
            blocks = _as_printed(section_blocks(base, numbered[section.key], report.sheet), printed)
            made = _Compared(report, section, base, blocks, numbered[section.key])
            made.run(parts[section.key])
            changes += made.changes
            facts += made.facts
            notes += made.notes
    tables = tables_in(report, file)
    facts += tables.facts
    notes += tables.notes
    return Returned(tuple(changes), tuple(dict.fromkeys(facts)), file.comments, tuple(notes), file.tracked)


def _as_printed(blocks: list[Block], slots: Sequence[tuple[str, str]]) -> list[Block]:
    """The blocks with the values that stood in the file when it was made, where it tells them."""
    then = dict(slots)

    def printed(piece: Piece) -> Piece:
        return replace(piece, text=then.get(str(piece.slot), piece.text)) if piece.slot else piece

    return [
        replace(block, heading=tuple(map(printed, block.heading)), pieces=tuple(map(printed, block.pieces)))
        for block in blocks
    ]


class _Compared:
    """One section held against its paragraphs in the file."""

    def __init__(self, report: Report, section: Section, base: Section, blocks: list[Block], number: str) -> None:
        self._report = report
        self._section = section
        self._base = base
        self._number = number
        self._lines = base.text.split("\n")
        self._blocks = blocks
        self._before: list[str] = []
        self._present = [line.strip() for line in section.text.split("\n")]
        self.changes: list[ReturnedChange] = []
        self.facts: list[ReturnedFact] = []
        self.notes: list[str] = []

    def run(self, paragraphs: Sequence[ReturnedParagraph]) -> None:
        texts = self._without_heading([paragraph.text for paragraph in paragraphs], paragraphs[0])
        blocks = [block for block in self._blocks if block.line is not None]
        for group in align([join(block.pieces) for block in blocks], texts):
            olds, news = [blocks[i] for i in group.old], [texts[j] for j in group.new]
            if olds and news:
                # A paragraph that was split changes and is followed by a new one; one merged takes in the next.
                self._changed(olds[0], news[0])
            elif news:
                self._new(news[0])
            else:
                self._gone(olds[0])
            for text in news[1:]:
                self._new(text)
            for block in olds[1:]:
                self._gone(block)

    def _source(self, block: Block) -> str:
        return self._lines[block.line].strip() if block.line is not None else ""

    def _without_heading(self, texts: list[str], came: ReturnedParagraph) -> list[str]:
        block = next((block for block in self._blocks if block.heading), None)
        if block is None:
            return texts
        shown, first = join(block.heading), texts[0]
        if not block.runin:
            if came.heading or self._is_heading(shown, first):
                self._heading(block.heading, first)
                return texts[1:]
        elif first.startswith(shown):
            return [first[len(shown) :], *texts[1:]]
        else:
            words, stop, rest = first.partition("。")
            if stop and (came.opening in (words, f"{words}。") or self._is_heading(shown, words)):
                self._heading(block.heading[:-1], words)
                return [rest, *texts[1:]]
        self.notes.append(f"标题“{shown}”在文件里没有了，报告里的没有改动。")
        return texts

    def _is_heading(self, shown: str, text: str) -> bool:
        if fuzz.ratio(shown, text) >= SAME_HEADING:
            return True
        # All of it was put otherwise: known by having a number.
        numbered = bool(self._number) and _NUMBERED.match(text) is not None
        return numbered and "。" not in text and len(text) <= _LONGEST

    def _heading(self, pieces: Sequence[Piece], text: str) -> None:
        """``pieces``: number and heading as they were printed. The number is the outline's, whatever was made of it."""
        words = pieces[1:] if self._number else pieces
        text = _NUMBERED.sub("", text, count=1) if self._number else text
        if join(words) == text:
            return
        made = rebind(words, text, self._takes)
        self._told(made.altered)
        before, now, sheet = self._base.heading, self._section.heading, self._report.sheet
        if made.text not in (before, now):
            shown = render_text(before, sheet), render_text(made.text, sheet)
            self._add("heading", before, made.text, *shown, contested=before != now)

    def _takes(self, slot: Slot, text: str) -> bool:
        return takes(self._report, slot, text)

    def _changed(self, block: Block, text: str) -> None:
        before = self._source(block)
        self._before.append(before)
        if join(block.pieces) == text:
            return
        made = rebind(block.pieces, text, self._takes)
        self._told(made.altered)
        self._before.append(made.text)
        if made.text == before or (made.text in self._present and before not in self._present):
            return
        # Numbers are written as the report has them now.
        after = render_text(made.text, self._report.sheet)
        contested = before not in self._present
        self._add("changed", before, made.text, render_text(before, self._report.sheet), after, contested=contested)

    def _told(self, altered: Sequence[Altered]) -> None:
        for found in altered:
            fact = proposal(self._report, found.slot, found.after, self._section.title)
            if fact is not None and fact.before != fact.after:
                self.facts.append(fact)

    def _new(self, text: str) -> None:
        made = print_nodes([Words(text)])
        if made not in self._present:
            self._add("new", "", made, "", text)
        self._before.append(made)

    def _gone(self, block: Block) -> None:
        before = self._source(block)
        self._before.append(before)
        if before in self._present:
            self._add("gone", before, "", render_text(before, self._report.sheet), "")

    def _add(
        self,
        kind: Kind,
        before: str,
        after: str,
        shown_before: str,
        shown_after: str,
        *,
        contested: bool = False,
    ) -> None:
        section = self._section
        behind = tuple(reversed(self._before)) if kind == "new" else ()
        self.changes.append(
            ReturnedChange(
                section.key, section.title, kind, before, after, shown_before, shown_after, behind, contested
            )
        )
