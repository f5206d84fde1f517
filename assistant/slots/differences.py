"""What changed between two texts, in words: for candidates on the page, tracked changes in Word, a file read back.

A slot, a placeholder and a number are one token each, hanzi are cut into words, so that a reader sees 组织领导 become
组织指导 and 326 become 362, never a changed digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Literal as OneOf

import rjieba
from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from assistant.slots.grammar import Slot, parse_placed

ChangeKind = OneOf["same", "delete", "insert"]

_NUMBER = r"[0-9０-９]+(?:[.,．:][0-9０-９]+)*[%％‰]?"
_PLACEHOLDER = r"【待[补填定核][^【】\n]*】"
_WHOLE = re.compile(rf"{_PLACEHOLDER}|{_NUMBER}|[\n\u2029]")
#: Equal tokens that a reader holds on to: never swallowed by the edits around them.
_ANCHOR = re.compile(rf"\{{\{{.*\}}\}}|{_WHOLE.pattern}", re.DOTALL)
#: An equal stretch of fewer tokens, with something going and coming on both sides of it, is part of the edit.
_ISLAND = 2
_KINDS: dict[int, ChangeKind] = {0: "same", -1: "delete", 1: "insert"}
#: One character stands for one token while differences are tidied: a letter for a word, a private character for the
#: rest, because the tidying likes to cut at what is no letter.
_LETTERS = (range(0x20000, 0x2A6D7), range(0x4E00, 0xA000), range(0x100000, 0x10FFFE))
_MARKS = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE))


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that stays, goes or comes."""

    kind: ChangeKind
    text: str


def differences(old: str, new: str, *, tidy: bool = True) -> list[Change]:
    """The way from ``old`` to ``new`` (plain or slot text), in reading order; what goes stands before what comes.

    No two neighbours are of one kind and none is empty. ``same`` and ``delete`` joined are ``old``, ``same`` and
    ``insert`` joined ``new``. Few small islands of equal words are left between edits, none at the cost of a slot or a
    number that stays.

    Args:
        tidy: False keeps every equal token, for a program that asks what stayed rather than for a reader.
    """
    if old == new:
        return [Change("same", old)] if old else []
    code = _Code()
    before, after = code.encoded(tokens(old)), code.encoded(tokens(new))
    edits = _edits(before, after)
    tidied = chain.from_iterable(_tidied(part) for part in _between_anchors(edits, code)) if tidy else edits
    return [Change(_KINDS[kind], code.decoded(text)) for kind, text in _merged(tidied)]


def tokens(text: str) -> list[str]:
    """The text cut into what changes as a whole; joined it is the text again."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[str]:
    at = 0
    for placed in parse_placed(text):
        if isinstance(placed.node, Slot):
            yield from _words(text[at : placed.start])
            yield text[placed.start : placed.end]
            at = placed.end
    yield from _words(text[at:])


def _words(text: str) -> Iterator[str]:
    at = 0
    for found in _WHOLE.finditer(text):
        if at < found.start():
            yield from rjieba.cut(text[at : found.start()])
        yield found.group()
        at = found.end()
    if at < len(text):
        yield from rjieba.cut(text[at:])


class _Code:
    """Tokens as single characters, and back."""

    def __init__(self) -> None:
        self._letters = chain.from_iterable(_LETTERS)
        self._marks = chain.from_iterable(_MARKS)
        self._characters: dict[str, str] = {}
        self._tokens: dict[str, str] = {}

    def encoded(self, tokens: Iterable[str]) -> str:
        return "".join(self._characters.get(token) or self._new(token) for token in tokens)

    def decoded(self, text: str) -> str:
        return "".join(self._tokens[character] for character in text)

    def anchor(self, character: str) -> bool:
        return _ANCHOR.fullmatch(self._tokens[character]) is not None

    def _new(self, token: str) -> str:
        character = chr(next(self._letters if token.isalnum() else self._marks))
        self._characters[token] = character
        self._tokens[character] = token
        return character


_Edit = tuple[int, str]


def _edits(before: str, after: str) -> Iterator[_Edit]:
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            yield 0, before[step.src_start : step.src_end]
            continue
        if step.src_start < step.src_end:
            yield -1, before[step.src_start : step.src_end]
        if step.dest_start < step.dest_end:
            yield 1, after[step.dest_start : step.dest_end]


def _between_anchors(edits: Iterable[_Edit], code: _Code) -> Iterator[list[_Edit]]:
    """The edits in parts, each equal anchor a part of its own."""
    part: list[_Edit] = []
    for kind, text in edits:
        if kind:
            part.append((kind, text))
            continue
        for anchored, characters in groupby(text, code.anchor):
            stretch = (0, "".join(characters))
            if anchored:
                yield from ([part] if part else [])
                yield [stretch]
                part = []
            else:
                part.append(stretch)
    if part:
        yield part


def _tidied(part: list[_Edit]) -> list[_Edit]:
    if len(part) == 1:
        return part
    diffs = list(part)
    tidy = diff_match_patch()
    tidy.Diff_EditCost = _ISLAND
    tidy.diff_cleanupEfficiency(diffs)
    tidy.diff_cleanupSemanticLossless(diffs)
    return diffs


def _merged(edits: Iterable[_Edit]) -> Iterator[_Edit]:
    """Neighbours of one kind as one, what goes before what comes."""
    for changed, group in groupby((edit for edit in edits if edit[1]), lambda edit: edit[0] != 0):
        texts: dict[int, str] = {}
        for kind, text in group:
            texts[kind] = texts.get(kind, "") + text
        yield from ((kind, texts[kind]) for kind in ((-1, 1) if changed else (0,)) if kind in texts)
